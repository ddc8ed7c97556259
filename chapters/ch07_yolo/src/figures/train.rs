//! Figures of the section `train`.

use std::ops::Range;

use plots::{
    Error, Figure, Line, Mark, Panel, Panels, Picture, Pictures, Role, Size, Split,
};

use crate::boxes::{BBox, Detection};
use crate::sections::Step;
use crate::set::{Example, Set};

/// Loss and score over the epochs.
pub(crate) fn curves(history: &[[f64; 2]]) -> Result<Figure, Error> {
    let over = |column: usize| -> Vec<(f64, f64)> {
        let rows = history.iter().enumerate();
        rows.map(|(e, row)| ((e + 1) as f64, row[column])).collect()
    };
    let loss = Panel::new()
        .x("epoch", "")
        .y("training loss", "")
        .add(Line::new(&over(0)).role(Role::Blue));
    let score = Panel::new()
        .x("epoch", "")
        .y("mAP@0.5 on validation scenes", "")
        .add(
            Line::new(&over(1))
                .role(Role::Vermilion)
                .split(Split::Validation),
        );
    Panels::new([loss, score])
        .columns(2)
        .size(Size::Wide)
        .draw()
}

/// A picture in colours chosen for it, so that several fit into a figure.
pub(crate) fn picture(example: &Example) -> Picture {
    let shades: Vec<f32> = example
        .picture
        .iter()
        .map(|&byte| f32::from(byte) / 255.0)
        .collect();
    Picture::colour(example.size()[0], &shades).few_colours()
}

/// The frame of a box that was found.
pub(crate) fn mark(found: &Detection, classes: &[String]) -> Mark {
    let BBox { x0, y0, x1, y1 } = found.bbox;
    let words = format!("{} {:.0}", classes[found.class], 100.0 * found.score);
    Mark::new([x0, y0, x1, y1], Role::Vermilion).words(words)
}

/// What the net finds in the same pictures after more and more epochs, a row each.
pub(crate) fn learning(set: &Set, steps: &[Step]) -> Result<Figure, Error> {
    let shown = steps.iter().flat_map(|(_, found)| {
        let both = set.examples.iter().zip(found);
        both.map(|(one, found)| {
            picture(one).marks(found.iter().map(|f| mark(f, &set.classes)))
        })
    });
    Pictures::new(shown)
        .columns(3)
        .row_names(steps.iter().map(|(epochs, _)| format!("epoch {epochs}")))
        .size(Size::Wide)
        .draw()
}

/// Test pictures with all boxes whose score is high enough to be shown.
pub(crate) fn found(
    set: &Set,
    found: &[Vec<Detection>],
    which: Range<usize>,
) -> Result<Figure, Error> {
    let sure = |of: &Detection| of.score >= crate::decode::Keep::SURE.score;
    let shown = which.filter(|&n| n < found.len()).map(|n| {
        let marks = found[n].iter().filter(|of| sure(of));
        picture(&set.examples[n]).marks(marks.map(|of| mark(of, &set.classes)))
    });
    Pictures::new(shown).columns(4).size(Size::Wide).draw()
}
