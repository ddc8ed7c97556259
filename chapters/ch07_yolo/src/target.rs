//! What the net should say of a picture: which anchor of which cell answers for which object
//! (page *The net*).

use crate::anchors::shape_iou;
use crate::boxes::Object;
use crate::decode::{Grid, Place};

/// How many cells answer for an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cells {
    /// The one in which its centre lies.
    One,
    /// That, and the nearest one in x and the nearest one in y: three times the practice,
    /// since the centre of a box can reach half a cell over the border of its own.
    Three,
}

/// An object, and a place that is to find it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The place.
    pub place: Place,
    /// The object.
    pub object: Object,
}

// ANCHOR: targets
impl Grid {
    /// The places that answer for the objects of one picture of a batch, on a grid of so many
    /// columns and rows.
    ///
    /// An object belongs to the anchor whose shape is nearest to its own, in the cell of its
    /// centre. Where another object was there first, it takes the next best anchor.
    pub fn targets(
        &self,
        objects: &[Object],
        picture: usize,
        size: [usize; 2],
        cells: Cells,
    ) -> Vec<Target> {
        let mut targets: Vec<Target> = Vec::new();
        let mut claim = |object: Object, cell: [usize; 2], anchors: &[usize]| {
            let places = anchors.iter().map(|&anchor| Place {
                picture,
                cell,
                anchor,
            });
            let taken =
                |place: &Place| targets.iter().any(|target| target.place == *place);
            let place = places.into_iter().find(|place| !taken(place));
            targets.extend(place.map(|place| Target { place, object }));
        };
        for &object in objects {
            claim(object, self.cell(object, size), &self.by_shape(object));
        }
        if cells == Cells::Three {
            for &object in objects {
                for cell in self.neighbours(object, size) {
                    claim(object, cell, &self.by_shape(object)[..1]);
                }
            }
        }
        targets
    }
}
// ANCHOR_END: targets

impl Grid {
    /// The anchors, the most similar shape first.
    fn by_shape(&self, object: Object) -> Vec<usize> {
        let shape = object.bbox.size();
        let alike = |&a: &usize| shape_iou(self.anchors[a], shape);
        let mut order: Vec<usize> = (0..self.anchors.len()).collect();
        order.sort_by(|a, b| alike(b).total_cmp(&alike(a)));
        order
    }

    /// Column and row of the cell in which the centre lies.
    fn cell(&self, object: Object, size: [usize; 2]) -> [usize; 2] {
        let centre = object.bbox.centre();
        std::array::from_fn(|axis| {
            let cell = (centre[axis] / self.stride as f32) as usize;
            cell.min(size[axis] - 1)
        })
    }

    /// The cell beside it that is nearest to the centre, and the one above or below; as far as
    /// they are on the grid.
    fn neighbours(&self, object: Object, size: [usize; 2]) -> Vec<[usize; 2]> {
        let (own, centre) = (self.cell(object, size), object.bbox.centre());
        let beside = |axis: usize| {
            let within = centre[axis] / self.stride as f32 - own[axis] as f32; // 0 to 1
            let next = match within < 0.5 {
                true => own[axis].checked_sub(1)?,
                false => own[axis] + 1,
            };
            let mut cell = own;
            cell[axis] = next;
            (next < size[axis]).then_some(cell)
        };
        [0, 1].into_iter().filter_map(beside).collect()
    }
}
