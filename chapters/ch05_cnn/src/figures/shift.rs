//! Figures of the section `shift`.

use nn::data::Labelled;
use plots::{Error, Figure, Line, Panel, Picture, Pictures, Role, Size};
use tensor::Tensor;

use crate::sections::Reader;
use crate::shift::{MIDDLE, ROOM, SHEET, placed};

/// The pixels of one sheet.
fn sheet(sheets: &Tensor, row: usize) -> Vec<f32> {
    sheets.slice(0, row..row + 1).to_vec()
}

/// The share of digits read against how far they are moved, a thin line a seed.
pub(crate) fn curve(middle: &Reader, anywhere: &Reader) -> Result<Figure, Error> {
    let mut panel = Panel::new()
        .x("moved by", "pixels")
        .y("test digits read", "%")
        .x_range(0, ROOM)
        .y_range(0.0, 100.0);
    for (name, reader, role) in [
        ("learnt in the middle", middle, Role::Vermilion),
        ("learnt anywhere", anywhere, Role::Blue),
    ] {
        for (i, read) in reader.read.iter().enumerate() {
            let points: Vec<(usize, f32)> = read
                .iter()
                .enumerate()
                .map(|(by, read)| (by, 100.0 * read))
                .collect();
            let line = Line::new(&points).role(role).dots();
            panel = panel.add(if i == 0 { line.name(name) } else { line.thin() });
        }
    }
    panel.draw()
}

/// Digits as they stand on their sheets, and the same with all pixels in another order.
pub(crate) fn shuffled(test: &Labelled, order: &[usize]) -> Result<Figure, Error> {
    let sheets = placed(&test.x.slice(0, 0..6), || MIDDLE); // [6, 1600]
    let mixed = sheets.select(1, order);
    let row = |sheets: &Tensor| -> Vec<Picture> {
        (0..6)
            .map(|n| Picture::ink(SHEET, &sheet(sheets, n)))
            .collect()
    };
    Pictures::new([row(&sheets), row(&mixed)].concat())
        .columns(6)
        .draw()
}

/// Digits at three places, with what the net says; its mistakes in red.
pub(crate) fn moved(
    rows: &[(usize, Tensor, Vec<usize>)],
    truths: &[usize],
) -> Result<Figure, Error> {
    let pictures = rows.iter().flat_map(|(_, sheets, answers)| {
        let both = answers.iter().zip(truths).enumerate();
        both.map(|(n, (answer, truth))| {
            let picture = Picture::ink(SHEET, &sheet(sheets, n));
            match answer == truth {
                true => picture.caption(answer.to_string()),
                false => picture
                    .caption(format!("{answer}?"))
                    .highlight(Role::Vermilion),
            }
        })
    });
    let names = rows.iter().map(|(by, _, _)| match by {
        0 => "middle".to_owned(),
        by => format!("{by} to the right"),
    });
    Pictures::new(pictures.collect::<Vec<_>>())
        .columns(truths.len())
        .row_names(names)
        .size(Size::Wide)
        .draw()
}
