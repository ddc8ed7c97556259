//! Figures of the section `suppress`.

use plots::{Error, Figure, Line, Panel, Panels, Role, Size};

use super::boxes::{Outline, sheet};
use crate::boxes::{BBox, Detection};

/// The truth, and what each rule leaves, the fainter the lower the score.
pub(crate) fn crowd(
    neighbours: [BBox; 2],
    left: &[(&str, Vec<Detection>)],
) -> Result<Figure, Error> {
    let panels = left.iter().map(|(name, boxes)| {
        let truth = neighbours
            .map(|thing| Outline::new(thing, Role::Grey).pen(0.0).filled(0.25));
        let outline = |found: &Detection| {
            Outline::new(found.bbox, Role::Blue).opacity(f64::from(found.score))
        };
        let words = match boxes.len() {
            1 => format!("{name}: 1 box"),
            count => format!("{name}: {count} boxes"),
        };
        sheet(BBox::new(45.0, 2.0, 125.0, 138.0))
            .title(words)
            .add_all(truth)
            .add_all(boxes.iter().rev().map(outline))
    });
    Panels::new(panels).columns(4).size(Size::Wide).draw()
}

/// How often both of two neighbours are found, by their IoU, a line a rule.
pub(crate) fn neighbours(found: &[(&str, Vec<(f32, f32)>)]) -> Result<Figure, Error> {
    let roles = [Role::Blue, Role::Purple, Role::Green, Role::Vermilion];
    let lines = found.iter().zip(roles).map(|((name, shares), role)| {
        let points: Vec<(f32, f32)> = shares
            .iter()
            .map(|&(overlap, share)| (overlap, 100.0 * share))
            .collect();
        Line::new(&points).role(role).name(*name)
    });
    Panel::new()
        .x("IoU of the two neighbours", "")
        .y("both found", "%")
        .x_range(0.3, 0.8)
        .y_range(0.0, 100.0)
        .add_all(lines)
        .draw()
}
