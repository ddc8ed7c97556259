//! Digits that stand somewhere on a larger sheet, and an MLP that learns to read them
//! (page *Why pixels need more than an MLP*).
//!
//! Dimension key: N examples, B batch; a digit has 28 × 28 pixels, a sheet 40 × 40.

use nn::data::Labelled;
use nn::optim::{Adam, Optimizer};
use nn::{Mlp, Net, Pass};
use tensor::{Rng, Tensor};

use crate::digits::SIDE;

/// Pixels along a side of the sheet.
pub const SHEET: usize = 40;

/// How far a digit can move from the middle before it touches the edge.
pub const ROOM: usize = (SHEET - SIDE) / 2;

/// The corner of a digit that stands in the middle: rows from the top, columns from the
/// left.
pub const MIDDLE: [usize; 2] = [ROOM, ROOM];

/// Digits in a step, as in lesson 4.
const BATCH: usize = 50;

/// Adam's learning rate, as its authors propose it.
const LR: f32 = 0.001;

// ANCHOR: placed
/// Each digit on an empty sheet of its own, its top left corner at `corner()`, which is
/// asked anew for each: `[N, 784] -> [N, 1600]`.
///
/// # Panics
/// If the corner leaves no room for the digit.
pub fn placed(digits: &Tensor, mut corner: impl FnMut() -> [usize; 2]) -> Tensor {
    let [n, _] = digits.dims();
    let mut sheets = vec![0.0; n * SHEET * SHEET];
    let (pixels, empty) = (digits.to_vec(), sheets.chunks_mut(SHEET * SHEET));
    for (digit, sheet) in pixels.chunks(SIDE * SIDE).zip(empty) {
        let [top, left] = corner();
        for (i, row) in digit.chunks(SIDE).enumerate() {
            let start = (top + i) * SHEET + left;
            sheet[start..start + SIDE].copy_from_slice(row);
        }
    }
    Tensor::from_vec(sheets, &[n, SHEET * SHEET])
}
// ANCHOR_END: placed

/// A corner anywhere on the sheet.
pub fn anywhere(rng: &mut Rng) -> [usize; 2] {
    [(); 2].map(|()| rng.below(2 * ROOM + 1))
}

/// The four corners of a digit that was moved by so many pixels up, down, left or right.
///
/// # Panics
/// If it would leave the sheet.
pub fn moved_by(pixels: usize) -> [[usize; 2]; 4] {
    assert!(
        pixels <= ROOM,
        "moved_by: at most {ROOM} pixels, got {pixels}"
    );
    let [top, left] = MIDDLE;
    [
        [top - pixels, left],
        [top + pixels, left],
        [top, left - pixels],
        [top, left + pixels],
    ]
}

/// An MLP for sheets that has learnt nothing: 1,600 pixels, 100 hidden units, 10 scores.
pub fn reader(rng: &mut Rng) -> Mlp {
    Mlp::new(&[SHEET * SHEET, 100, 10], rng)
}

// ANCHOR: learn
/// Trains a net on digits; `sheets` puts a batch of them on paper, `[B, 784] -> [B, 1600]`.
pub fn learn(
    net: &mut Mlp,
    digits: &Labelled,
    passes: usize,
    rng: &mut Rng,
    sheets: impl Fn(&Tensor, &mut Rng) -> Tensor,
) {
    let mut optimizer = Optimizer::new(Adam::default());
    for _ in 0..passes {
        for rows in rng.permutation(digits.len()).chunks_exact(BATCH) {
            let batch = digits.pick(rows);
            let x = sheets(&batch.x, rng); // [B, 1600]
            let logits = net.forward(&x, &mut Pass::Use); // [B, 10]
            let gradients = logits.cross_entropy(&batch.classes).backward();
            optimizer.step(net, &gradients, LR);
        }
    }
}
// ANCHOR_END: learn
