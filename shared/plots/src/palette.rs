//! The colours, by role, and the marks of the classes.
//!
//! A figure never names a colour: it names a role, and the page decides what
//! the role looks like. `Role::Blue` is written into the SVG as
//! `var(--fig-blue, #0072B2)`: inside the book the theme's value holds, in
//! light and in dark; outside it (a README, a viewer) the fallback does. The
//! hues are those of Okabe and Ito, chosen to stay apart for colour-blind
//! readers; orange, sky and yellow are darkened on white until they reach the
//! contrast of 3:1 that graphics need.
//!
//! Source: M. Okabe, K. Ito, "Color Universal Design", 2008,
//! <https://jfly.uni-koeln.de/color/>; contrast: WCAG 2.2, 1.4.3 and 1.4.11.

use plotters::style::Color;
use plotters_backend::BackendColor;

/// What a colour is for. Each role is one CSS variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Background of the figure.
    Bg,
    /// Text and axes.
    Fg,
    /// Tick labels and secondary text.
    Muted,
    /// Grid lines.
    Grid,
    /// Rings around highlighted marks, outlines in diagrams.
    Ink,
    /// First class, first series, "ours".
    Blue,
    /// Second class, second series.
    Vermilion,
    /// Third class, third series.
    Green,
    /// Fourth class.
    Purple,
    /// Fifth class.
    Orange,
    /// Sixth class.
    Sky,
    /// Seventh class.
    Yellow,
    /// Eighth class; PyTorch and other comparisons.
    Grey,
    /// Region where class A is predicted.
    BlueTint,
    /// Region where class B is predicted.
    VermilionTint,
    /// Region where class C is predicted.
    GreenTint,
    /// Region where class D is predicted.
    PurpleTint,
    /// Region where class E is predicted.
    OrangeTint,
    /// Region where class F is predicted.
    SkyTint,
    /// Region where class G is predicted.
    YellowTint,
    /// Region where class H is predicted; neutral boxes in diagrams.
    GreyTint,
    /// Blue, dark enough for text.
    BlueText,
    /// Vermilion, dark enough for text.
    VermilionText,
    /// Green, dark enough for text.
    GreenText,
    /// Purple, dark enough for text.
    PurpleText,
    /// Orange, dark enough for text.
    OrangeText,
    /// Sky, dark enough for text.
    SkyText,
    /// Yellow, dark enough for text.
    YellowText,
    /// Grey, dark enough for text.
    GreyText,
    /// Full strength of a heat map's cells; numbers on it stay readable.
    Heat,
    /// Full strength of a negative cell.
    Negative,
    /// Full strength of a positive cell.
    Positive,
}

/// One row of the palette: role, CSS variable, value in light, value in dark.
pub(crate) type Row = (Role, &'static str, u32, u32);

/// The whole palette. `figures.css` is written from it (a test compares).
#[rustfmt::skip]
pub(crate) const PALETTE: [Row; 32] = [
    (Role::Bg,            "--fig-bg",             0xFFFFFF, 0x16191D),
    (Role::Fg,            "--fig-fg",             0x1D2329, 0xE4E8EC),
    (Role::Muted,         "--fig-muted",          0x59626C, 0xA3ADB8),
    (Role::Grid,          "--fig-grid",           0xE3E7EB, 0x2D333A),
    (Role::Ink,           "--fig-ink",            0x2F373F, 0xD3D9DF),
    (Role::Blue,          "--fig-blue",           0x0072B2, 0x4FA8E0),
    (Role::Vermilion,     "--fig-vermilion",      0xD55E00, 0xF0833A),
    (Role::Green,         "--fig-green",          0x009E73, 0x2CC199),
    (Role::Purple,        "--fig-purple",         0xB9639A, 0xDB93C0),
    (Role::Orange,        "--fig-orange",         0xB97A00, 0xE9A820),
    (Role::Sky,           "--fig-sky",            0x288EC7, 0x7CC8F5),
    (Role::Yellow,        "--fig-yellow",         0x9C8D00, 0xEDE154),
    (Role::Grey,          "--fig-grey",           0x6F7882, 0x98A2AD),
    (Role::BlueTint,      "--fig-blue-tint",      0xDCEBF6, 0x18344A),
    (Role::VermilionTint, "--fig-vermilion-tint", 0xFAE5D6, 0x4A2C18),
    (Role::GreenTint,     "--fig-green-tint",     0xE4F6EE, 0x153D32),
    (Role::PurpleTint,    "--fig-purple-tint",    0xF5E4EF, 0x43293A),
    (Role::OrangeTint,    "--fig-orange-tint",    0xFBEFD3, 0x42330E),
    (Role::SkyTint,       "--fig-sky-tint",       0xDFF2FC, 0x1C3B4E),
    (Role::YellowTint,    "--fig-yellow-tint",    0xF8F5CC, 0x3B3810),
    (Role::GreyTint,      "--fig-grey-tint",      0xEEF0F2, 0x272C32),
    (Role::BlueText,      "--fig-blue-text",      0x0069A4, 0x68B6E8),
    (Role::VermilionText, "--fig-vermilion-text", 0xAD4B00, 0xF69656),
    (Role::GreenText,     "--fig-green-text",     0x00765A, 0x3BCBA3),
    (Role::PurpleText,    "--fig-purple-text",    0x9C4A7F, 0xE2A0CA),
    (Role::OrangeText,    "--fig-orange-text",    0x8A5B00, 0xEDB239),
    (Role::SkyText,       "--fig-sky-text",       0x1F6F9E, 0x8CCFF7),
    (Role::YellowText,    "--fig-yellow-text",    0x6E6300, 0xEFE46A),
    (Role::GreyText,      "--fig-grey-text",      0x5A636D, 0xA6AFB9),
    (Role::Heat,          "--fig-heat",           0x57A9D8, 0x1F6AA0),
    (Role::Negative,      "--fig-negative",       0x58AADB, 0x1F6BA2),
    (Role::Positive,      "--fig-positive",       0xF08A48, 0xA84A05),
];

impl Role {
    fn row(self) -> &'static Row {
        PALETTE
            .iter()
            .find(|row| row.0 == self)
            .expect("every role stands in the palette: a test counts them")
    }

    /// The CSS variable, such as `--fig-blue`.
    pub fn variable(self) -> &'static str {
        self.row().1
    }

    /// The value in light mode, which is the fallback too, as `0xRRGGBB`.
    pub fn light(self) -> u32 {
        self.row().2
    }

    /// The value in dark mode, as `0xRRGGBB`.
    pub fn dark(self) -> u32 {
        self.row().3
    }

    /// What stands in the SVG: `var(--fig-blue, #0072B2)`.
    pub fn css(self) -> String {
        format!("var({}, #{:06X})", self.variable(), self.light())
    }

    /// The same hue, for text: at least 4.5:1 against the background.
    /// Roles that are text already stay as they are.
    pub fn text(self) -> Role {
        match self {
            Role::Blue | Role::Negative | Role::Heat => Role::BlueText,
            Role::Vermilion | Role::Positive => Role::VermilionText,
            Role::Green => Role::GreenText,
            Role::Purple => Role::PurpleText,
            Role::Orange => Role::OrangeText,
            Role::Sky => Role::SkyText,
            Role::Yellow => Role::YellowText,
            Role::Grey => Role::GreyText,
            other => other,
        }
    }

    /// The same hue, pale, for surfaces behind marks and text.
    pub fn tint(self) -> Role {
        match self {
            Role::Blue => Role::BlueTint,
            Role::Vermilion => Role::VermilionTint,
            Role::Green => Role::GreenTint,
            Role::Purple => Role::PurpleTint,
            Role::Orange => Role::OrangeTint,
            Role::Sky => Role::SkyTint,
            Role::Yellow => Role::YellowTint,
            _ => Role::GreyTint,
        }
    }

    /// All roles, in the palette's order.
    pub fn all() -> impl Iterator<Item = Role> {
        PALETTE.iter().map(|row| row.0)
    }

    /// The role with this light value: how the SVG writer finds back from
    /// the RGB triple that plotters hands on to the role it was.
    pub(crate) fn of_rgb((r, g, b): (u8, u8, u8)) -> Option<Role> {
        let value = u32::from_be_bytes([0, r, g, b]);
        Role::all().find(|role| role.light() == value)
    }
}

/// A role is a plotters colour: `Role::Blue.filled()`, `.stroke_width(150)`.
impl Color for Role {
    fn to_backend_color(&self) -> BackendColor {
        let [_, r, g, b] = self.light().to_be_bytes();
        BackendColor {
            alpha: 1.0,
            rgb: (r, g, b),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colormap::linear;

    /// Contrast of two colours, 1 to 21 (WCAG 2.2).
    fn contrast(a: u32, b: u32) -> f64 {
        let luminance = |rgb: u32| {
            let [_, r, g, b] = rgb.to_be_bytes().map(linear);
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    /// Checks a contrast in light and in dark.
    fn check(role: Role, on: Role, least: f64) {
        for (mode, pick) in [
            ("light", Role::light as fn(Role) -> u32),
            ("dark", Role::dark),
        ] {
            let got = contrast(pick(role), pick(on));
            assert!(
                got >= least,
                "{role:?} on {on:?} in {mode}: expected {least}:1 at least, got {got:.2}:1"
            );
        }
    }

    const HUES: [Role; 8] = [
        Role::Blue,
        Role::Vermilion,
        Role::Green,
        Role::Purple,
        Role::Orange,
        Role::Sky,
        Role::Yellow,
        Role::Grey,
    ];

    #[test]
    fn black_on_white_is_21() {
        assert!((contrast(0x000000, 0xFFFFFF) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn graphics_stand_out_from_the_background_and_their_own_region() {
        check(Role::Ink, Role::Bg, 3.0);
        for hue in HUES {
            check(hue, Role::Bg, 3.0);
            check(hue, hue.tint(), 3.0);
        }
    }

    #[test]
    fn text_can_be_read_on_every_surface() {
        for surface in HUES.map(Role::tint).into_iter().chain([Role::Bg]) {
            check(Role::Fg, surface, 4.5);
            check(Role::Muted, surface, 4.5);
        }
        for hue in HUES {
            check(hue.text(), Role::Bg, 4.5);
            check(hue.text(), hue.tint(), 4.5);
        }
    }

    #[test]
    fn numbers_can_be_read_on_the_fullest_cell() {
        for cell in [Role::Heat, Role::Negative, Role::Positive] {
            check(Role::Fg, cell, 4.5);
        }
    }

    #[test]
    fn every_fallback_names_one_role() {
        for role in Role::all() {
            let [_, r, g, b] = role.light().to_be_bytes();
            assert_eq!(Role::of_rgb((r, g, b)), Some(role));
        }
    }
}
