//! Boxes in a grid of cells, so that those near another are found at once.

use std::ops::RangeInclusive;

use crate::boxes::{BBox, Detection};

/// Columns and rows of the grid; chosen by us.
const SIDE: usize = 16;

/// Boxes, each in the cell of its left top corner.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    /// The least left and top edge, in pixels.
    low: [f32; 2],
    /// Cells a pixel.
    scale: [f32; 2],
    /// Row by row; nothing until there is a box.
    cells: Vec<Vec<BBox>>,
}

impl Cells {
    /// An empty grid over the corners of these boxes.
    pub(super) fn over(boxes: &[Detection]) -> Cells {
        let corners = || {
            let boxes = boxes.iter().map(|detection| detection.bbox);
            boxes.filter(counts).map(|bbox| [bbox.x0, bbox.y0])
        };
        let edge = |axis: usize, start: f32, pick: fn(f32, f32) -> f32| {
            corners().map(|corner| corner[axis]).fold(start, pick)
        };
        let low = [0, 1].map(|axis| edge(axis, f32::INFINITY, f32::min));
        let high = [0, 1].map(|axis| edge(axis, f32::NEG_INFINITY, f32::max));
        let scale = [0, 1].map(|axis| SIDE as f32 / (high[axis] - low[axis]));
        let cells = Vec::new();
        Cells { low, scale, cells }
    }

    /// Adds a box, unless it can cover nothing.
    pub(super) fn put(&mut self, bbox: BBox) {
        if counts(&bbox) {
            self.cells.resize(SIDE * SIDE, Vec::new());
            let [column, row] = [self.cell(0, bbox.x0), self.cell(1, bbox.y0)];
            self.cells[row * SIDE + column].push(bbox);
        }
    }

    // ANCHOR: covers
    /// Whether one of the boxes overlaps this one by an IoU above `limit`, 0 to 1.
    pub(super) fn covers(&self, bbox: BBox, limit: f32) -> bool {
        if self.cells.is_empty() || !counts(&bbox) {
            return false;
        }
        let columns = self.near(0, [bbox.x0, bbox.x1], limit);
        let mut rows = self.near(1, [bbox.y0, bbox.y1], limit);
        rows.any(|row| {
            let cells = &self.cells[row * SIDE..][columns.clone()];
            cells
                .iter()
                .flatten()
                .any(|other| other.covers(bbox, limit))
        })
    }
    // ANCHOR_END: covers

    /// The columns, or rows, of all boxes that can overlap one from `start` to `end` enough.
    ///
    /// An IoU above t takes an overlap longer than t times either side. So the other box is
    /// less than 1/t as long, at most 1 − t of it lies before this one, and it starts before
    /// the last t of this one.
    fn near(
        &self,
        axis: usize,
        [start, end]: [f32; 2],
        limit: f32,
    ) -> RangeInclusive<usize> {
        let share = 0.99 * limit; // a little less: products are rounded
        let size = end - start;
        let first = start - size * (1.0 - share) / share;
        self.cell(axis, first)..=self.cell(axis, end - size * share)
    }

    /// The column, or row, of an edge; the nearest one for an edge outside.
    fn cell(&self, axis: usize, edge: f32) -> usize {
        let cell = (edge - self.low[axis]) * self.scale[axis];
        (cell as usize).min(SIDE - 1)
    }
}

/// Whether a box has an area: without one it covers nothing and is covered by nothing.
fn counts(bbox: &BBox) -> bool {
    let area = bbox.area();
    area > 0.0 && area.is_finite()
}
