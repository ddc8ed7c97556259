//! What the cells should say.

use std::collections::BTreeSet;

use tensor::Tensor;

use super::{Grid, OF_BOX};
use crate::boxes::{BBox, Object};

/// What the cells should say of these pictures, `[B, S, S, 5 + K]`: of the cell with an
/// object's centre x and y from the cell's corner in cells, width and height in parts
/// of the picture, all 0 to 1, a 1 for "something is here", and a 1 at its class; all 0
/// elsewhere.
///
/// A cell holds one object. Of several, the first in the list is kept.
///
/// # Panics
/// If a class is not below K.
#[track_caller]
pub fn target(grid: Grid, pictures: &[&[Object]], size: [f32; 2]) -> Tensor {
    let (s, depth) = (grid.cells, OF_BOX + grid.classes);
    let mut values = vec![0.0; pictures.len() * s * s * depth];
    for (picture, objects) in pictures.iter().enumerate() {
        for object in *objects {
            let [row, column] = grid.cell_of(object.bbox, size);
            let start = ((picture * s + row) * s + column) * depth;
            let cell = &mut values[start..start + depth];
            if cell[4] == 0.0 {
                cell[..4].copy_from_slice(&in_cell(
                    object.bbox,
                    [row, column],
                    s,
                    size,
                ));
                cell[4] = 1.0;
                cell[OF_BOX + object.class] = 1.0;
            }
        }
    }
    Tensor::from_vec(values, &[pictures.len(), s, s, depth]) // [B, S, S, 5 + K]
}

/// x, y, width and height as the cell at this row and column says them.
fn in_cell(
    bbox: BBox,
    [row, column]: [usize; 2],
    s: usize,
    size: [f32; 2],
) -> [f32; 4] {
    let ([x, y], [w, h]) = (bbox.centre(), bbox.size());
    let [width, height] = size;
    let s = s as f32;
    [
        x / width * s - column as f32,
        y / height * s - row as f32,
        w / width,
        h / height,
    ]
}

// ANCHOR: left_out
/// How many objects of a picture find their cell taken by another.
pub fn left_out(grid: Grid, objects: &[Object], size: [f32; 2]) -> usize {
    let cells = objects.iter().map(|object| grid.cell_of(object.bbox, size));
    objects.len() - cells.collect::<BTreeSet<_>>().len()
}
// ANCHOR_END: left_out
