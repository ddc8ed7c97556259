//! Classes: a colour and a marker each, the same in every figure of the book.

use crate::palette::Role;

/// A class of the data, counted from 0.
///
/// Class A is blue with circles, B vermilion with triangles, C green with
/// squares, D purple with diamonds, then orange, sky, yellow and grey with
/// the turned triangle, the cross, the plus and the hexagon. Colour never
/// stands alone: the marker says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class(pub usize);

impl Class {
    /// Class 0: blue circles.
    pub const A: Class = Class(0);
    /// Class 1: vermilion triangles.
    pub const B: Class = Class(1);
    /// Class 2: green squares.
    pub const C: Class = Class(2);
    /// Class 3: purple diamonds.
    pub const D: Class = Class(3);

    /// The class's colour. Classes beyond the eighth start again.
    pub fn role(self) -> Role {
        const ROLES: [Role; 8] = [
            Role::Blue,
            Role::Vermilion,
            Role::Green,
            Role::Purple,
            Role::Orange,
            Role::Sky,
            Role::Yellow,
            Role::Grey,
        ];
        ROLES[self.0 % ROLES.len()]
    }

    /// Whether colour and marker repeat an earlier class's; its marks are then
    /// open, so that sixteen classes can be told apart.
    pub fn repeats(self) -> bool {
        self.0 >= 8
    }

    /// The class's marker.
    pub fn marker(self) -> Marker {
        const MARKERS: [Marker; 8] = [
            Marker::Circle,
            Marker::Triangle,
            Marker::Square,
            Marker::Diamond,
            Marker::TriangleDown,
            Marker::Cross,
            Marker::Plus,
            Marker::Hexagon,
        ];
        MARKERS[self.0 % MARKERS.len()]
    }
}

/// The shape of a point's mark. All have about the same area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// A disc.
    Circle,
    /// A triangle standing on its side.
    Triangle,
    /// A square.
    Square,
    /// A square standing on its corner.
    Diamond,
    /// A triangle standing on its corner.
    TriangleDown,
    /// A diagonal cross.
    Cross,
    /// An upright cross.
    Plus,
    /// A hexagon.
    Hexagon,
}

impl Marker {
    /// The corners of the mark around (0, 0), y downwards, for a circle of
    /// radius 1 beside it; none for the circle itself.
    pub(crate) fn corners(self) -> Vec<(f64, f64)> {
        let regular = |n: usize, radius: f64, turn: f64| -> Vec<(f64, f64)> {
            (0..n)
                .map(|i| turn + i as f64 * std::f64::consts::TAU / n as f64)
                .map(|angle| (radius * angle.sin(), -radius * angle.cos()))
                .collect()
        };
        match self {
            Marker::Circle => Vec::new(),
            Marker::Triangle => shift(regular(3, 1.42, 0.0), 0.2),
            Marker::TriangleDown => shift(regular(3, 1.42, std::f64::consts::PI), -0.2),
            Marker::Square => regular(4, 1.28, std::f64::consts::FRAC_PI_4),
            Marker::Diamond => regular(4, 1.34, 0.0),
            Marker::Hexagon => regular(6, 1.12, 0.0),
            Marker::Plus => plus(),
            Marker::Cross => {
                let half = std::f64::consts::FRAC_1_SQRT_2;
                let turn = |(x, y): (f64, f64)| ((x - y) * half, (x + y) * half);
                plus().into_iter().map(turn).collect()
            }
        }
    }
}

/// A triangle's centre of mass is not the middle of its box: nudge it down.
fn shift(corners: Vec<(f64, f64)>, down: f64) -> Vec<(f64, f64)> {
    corners.into_iter().map(|(x, y)| (x, y + down)).collect()
}

/// A plus of arm 1.25 and half thickness 0.4.
fn plus() -> Vec<(f64, f64)> {
    const LONG: f64 = 1.3;
    const THIN: f64 = 0.42;
    let arm = [(-THIN, -THIN), (-THIN, -LONG), (THIN, -LONG)];
    let quarter = |(x, y): (f64, f64), turns: usize| match turns {
        0 => (x, y),
        1 => (-y, x),
        2 => (-x, -y),
        _ => (y, -x),
    };
    (0..4)
        .flat_map(|turns| arm.map(|corner| quarter(corner, turns)))
        .collect()
}
