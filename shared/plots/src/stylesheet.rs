//! The stylesheet that a page needs for its figures.

use crate::palette::PALETTE;

/// The stylesheet that gives every role its value in light and in dark, and
/// figures their place in a page: the text of `shared/plots/figures.css`.
///
/// Light or dark follows the page's `color-scheme`.
pub fn stylesheet() -> String {
    let values: String = PALETTE
        .iter()
        .map(|(_, name, light, dark)| format!("  {name}: light-dark(#{light:06X}, #{dark:06X});\n"))
        .collect();
    format!(
        "/* Written by `cargo run -p plots --example gallery`; do not edit. */\n\
         :root {{\n{values}}}\n\n{}",
        include_str!("layout.css")
    )
}
