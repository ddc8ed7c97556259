//! Which box of a cell answers for its object.

use tensor::Tensor;

use super::{Grid, OF_BOX};
use crate::boxes::BBox;

/// Which boxes answer for an object, and how well they fit it now.
#[derive(Clone, Debug)]
pub struct Responsible {
    /// `[B, S, S, A]`: 1 for the box that answers for its cell's object, 0 for all
    /// others.
    pub mask: Tensor,
    /// `[B, S, S, A]`: the IoU of that box with the object, 0 for all others.
    pub iou: Tensor,
}

/// In each cell with an object, the box with the highest IoU; of equal ones the first.
///
/// It is chosen by what the net says now, `[B, S, S, A·5 + K]`, so anew in every step.
/// Nothing here has a history: no gradient flows through the choice, nor through the
/// IoU.
///
/// # Panics
/// If predictions or target `[B, S, S, 5 + K]` do not belong to the grid.
#[track_caller]
pub fn responsible(grid: Grid, predicted: &Tensor, target: &Tensor) -> Responsible {
    let Grid {
        cells: s,
        boxes: a,
        classes,
    } = grid;
    let b = check(grid, predicted, target);
    let (said, wanted) = (predicted.to_vec(), target.to_vec());
    let (mut mask, mut iou) = (vec![0.0; b * s * s * a], vec![0.0; b * s * s * a]);
    // ANCHOR: responsible
    for cell in 0..b * s * s {
        let truth = &wanted[cell * (OF_BOX + classes)..][..OF_BOX];
        if truth[4] == 0.0 {
            continue; // no object here
        }
        let said = &said[cell * grid.depth()..][..a * OF_BOX];
        let fits = said
            .chunks(OF_BOX)
            .map(|x| on_picture(x, s).iou(on_picture(truth, s)));
        let (best, fit) = first_highest(fits);
        (mask[cell * a + best], iou[cell * a + best]) = (1.0, fit);
    }
    // ANCHOR_END: responsible
    let shape = [b, s, s, a];
    Responsible {
        mask: Tensor::from_vec(mask, &shape),
        iou: Tensor::from_vec(iou, &shape),
    }
}

/// The box of x, y in cells and width, height in parts of the picture, all in parts of
/// the picture, seen from the cell's own corner: two boxes of one cell have that in
/// common.
fn on_picture(said: &[f32], cells: usize) -> BBox {
    let s = cells as f32;
    BBox::centred([said[0] / s, said[1] / s], [said[2], said[3]])
}

/// The place of the highest value, and the value; place 0 if all are 0.
fn first_highest(values: impl Iterator<Item = f32>) -> (usize, f32) {
    let best = |best: (usize, f32), (i, x): (usize, f32)| {
        if x > best.1 { (i, x) } else { best }
    };
    values.enumerate().fold((0, 0.0), best)
}

/// B, after checking that both tensors belong to the grid.
#[track_caller]
pub(super) fn check(grid: Grid, predicted: &Tensor, target: &Tensor) -> usize {
    let Grid {
        cells: s,
        classes: k,
        ..
    } = grid;
    let [b, ..] = predicted.dims::<4>();
    assert!(
        predicted.shape() == [b, s, s, grid.depth()]
            && target.shape() == [b, s, s, OF_BOX + k],
        "yolo v1: expected predictions [B={b}, S={s}, S={s}, {}] and a target \
         [B={b}, S={s}, S={s}, {}], got {:?} and {:?}",
        grid.depth(),
        OF_BOX + k,
        predicted.shape(),
        target.shape()
    );
    b
}
