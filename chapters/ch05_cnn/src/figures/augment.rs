//! Figures of the section `augment`.

use nn::data::Labelled;
use plots::{Bar, Bars, Error, Figure, Picture, Pictures, Role, Size};
use tensor::{Rng, Tensor};

use crate::augment::{Change, Warp};
use crate::digits::SIDE;

/// Times that a digit is shown in the figure.
const SHOWN: usize = 6;

/// One digit as a net gets to see it, each time anew; a row a change.
pub(crate) fn changes(digit: &Tensor, rng: &mut Rng) -> Result<Figure, Error> {
    let rows = [
        Change::Shift,
        Change::Turn,
        Change::Scale,
        Change::All,
        Change::Mirror,
    ];
    let mut pictures = Vec::new();
    for change in rows {
        for _ in 0..SHOWN {
            let batch = Labelled::new(digit.clone(), vec![0]);
            let changed = change.apply(batch, rng).x.to_vec();
            pictures.push(Picture::ink(SIDE, &changed));
        }
    }
    Pictures::new(pictures)
        .columns(SHOWN)
        .row_names(["moved", "turned", "scaled", "all three", "mirrored"])
        .size(Size::Wide)
        .draw()
}

/// A digit, turned by the value between pixels, and turned by the nearest pixel.
pub(crate) fn warp(digit: &Tensor, warp: Warp) -> Result<Figure, Error> {
    let pixels = digit.to_vec();
    let turned = warp.apply(&pixels, [SIDE, SIDE]);
    let back = Warp {
        turn: -warp.turn,
        ..warp
    };
    let back = back.apply(&turned, [SIDE, SIDE]);
    let lost: Vec<f32> = back.iter().zip(&pixels).map(|(b, p)| b - p).collect();
    Pictures::new([
        Picture::ink(SIDE, &pixels).caption("a digit"),
        Picture::ink(SIDE, &turned).caption(format!("turned by {}°", warp.turn)),
        Picture::ink(SIDE, &back).caption("and back"),
        Picture::signed(SIDE, &lost).caption("the difference"),
    ])
    .columns(4)
    .each_own_scale()
    .draw()
}

/// The digits read after each change, for few and for more training digits.
pub(crate) fn gain(all: &[(&str, usize, Vec<f32>)]) -> Result<Figure, Error> {
    let least = all.iter().flat_map(|(_, _, read)| read).copied();
    let least = (100.0 * least.fold(1.0, f32::min)).floor();
    let mut bars = Bars::new("test digits read", "%")
        .dots(least, 100.0)
        .decimals(1);
    let mut sizes: Vec<usize> = all.iter().map(|(_, n, _)| *n).collect();
    sizes.dedup();
    sizes.sort_unstable();
    sizes.dedup();
    for n in sizes {
        bars = bars.group(format!("{n} digits"));
        for (name, _, read) in all.iter().filter(|(_, of, _)| *of == n) {
            let mean = read.iter().sum::<f32>() / read.len() as f32;
            let [low, high] = [f32::min, f32::max]
                .map(|pick| 100.0 * read.iter().copied().fold(mean, pick));
            let role = match *name {
                "as they are" => Role::Grey,
                "mirrored" => Role::Vermilion,
                _ => Role::Blue,
            };
            bars = bars.bar(Bar::new(*name, 100.0 * mean).role(role).spread(low, high));
        }
    }
    bars.size(Size::Wide).draw()
}
