//! The loss, term by term.

use tensor::Tensor;

use super::responsible::check;
use super::{Grid, OF_BOX, responsible};

/// λ_coord: how much more a box counts than a class. Source: section 2.2.
pub const COORD: f32 = 5.0;

/// λ_noobj: how much less an empty box counts than one with an object. Source: section
/// 2.2.
pub const NO_OBJECT: f32 = 0.5;

/// The smallest width or height whose root is taken: at 0 the root's slope is infinite.
/// Chosen by us, a millionth of the picture.
const LEAST: f32 = 1e-6;

/// The five terms of the loss before they are weighted: sums over a picture, means over
/// the batch, `[]` each.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Where the centres of the responsible boxes are.
    pub place: Tensor,
    /// How large the responsible boxes are.
    pub size: Tensor,
    /// How sure the responsible boxes are.
    pub object: Tensor,
    /// How sure all other boxes are.
    pub no_object: Tensor,
    /// Which class the cells with an object name.
    pub class: Tensor,
}

impl Terms {
    /// The loss. Source: equation 3.
    pub fn total(&self) -> Tensor {
        let boxes = (&self.place + &self.size) * COORD;
        boxes + &self.object + &self.no_object * NO_OBJECT + &self.class
    }
}

/// The terms for what the net says, `[B, S, S, A·5 + K]`, and a target `[B, S, S, 5 +
/// K]`.
///
/// Source: equation 3. A box is empty, 1ⁿᵒᵒᵇʲ, if it is not responsible, be its cell
/// empty or not: the paper leaves that open, the authors' code has it so.
///
/// # Panics
/// If the shapes do not belong to the grid.
#[track_caller]
pub fn terms(grid: Grid, predicted: &Tensor, target: &Tensor) -> Terms {
    let b = check(grid, predicted, target);
    let (s, a) = (grid.cells, grid.boxes);
    // ANCHOR: terms
    let chosen = responsible(grid, predicted, target);
    let mask = &chosen.mask; // 1ᵒᵇʲᵢⱼ, [B, S, S, A]
    let boxes = predicted
        .slice(3, ..a * OF_BOX)
        .reshape(&[b, s, s, a, OF_BOX]);
    let said = |i: usize| boxes.slice(4, i..=i).squeeze(4); // [B, S, S, A]
    let wanted = |i: usize| target.slice(3, i..=i); // [B, S, S, 1]
    let root = |x: &Tensor| x.maximum(LEAST).sqrt();
    let error = |i: usize| (said(i) - wanted(i)).square(); // [B, S, S, A]
    let root_error = |i: usize| (root(&said(i)) - root(&wanted(i))).square();
    let sum = |x: Tensor| x.sum() / b as f32; // []

    // Σ 1ᵒᵇʲᵢⱼ ((x − x̂)² + (y − ŷ)²)
    let place = sum(mask * (error(0) + error(1)));
    // Σ 1ᵒᵇʲᵢⱼ ((√w − √ŵ)² + (√h − √ĥ)²)
    let size = sum(mask * (root_error(2) + root_error(3)));
    // Σ 1ᵒᵇʲᵢⱼ (C − IoU)²
    let object = sum(mask * (said(4) - &chosen.iou).square());
    // Σ 1ⁿᵒᵒᵇʲᵢⱼ (C − 0)²
    let no_object = sum((1.0 - mask) * said(4).square());
    // Σ 1ᵒᵇʲᵢ Σ (p(c) − p̂(c))² over the classes c
    let chances = predicted.slice(3, a * OF_BOX..); // [B, S, S, K]
    let class = sum(wanted(4) * (chances - target.slice(3, OF_BOX..)).square());
    // ANCHOR_END: terms

    Terms {
        place,
        size,
        object,
        no_object,
        class,
    }
}
