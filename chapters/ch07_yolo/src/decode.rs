//! From the net's numbers to boxes (page *The net*).
//!
//! Dimension key: B batch, S rows or columns of the grid, A anchors, K classes, R rows: one
//! for each anchor of each cell of each picture.

use tensor::{Tensor, no_grad};

use crate::boxes::{BBox, Detection};
use crate::suppress::nms;

/// What a head's numbers mean: for each cell of a grid, A boxes of 5 + K numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// Pixels from one cell to the next.
    pub stride: usize,
    /// Width and height in pixels that each of the A boxes of a cell starts from.
    pub anchors: Vec<[f32; 2]>,
    /// How many classes there are.
    pub classes: usize,
}

/// A row of numbers: which anchor of which cell of which picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The picture of the batch.
    pub picture: usize,
    /// Column and row of the cell.
    pub cell: [usize; 2],
    /// The anchor.
    pub anchor: usize,
}

/// How far a box may be from its anchor: `e^4`, about 55 times as large or as small.
pub const LARGEST: f32 = 4.0;

impl Grid {
    /// Where the objectness stands among a box's numbers: behind x, y, width and height.
    pub const OBJECTNESS: usize = 4;

    /// Numbers for each box: t_x, t_y, t_w, t_h, objectness, and one for each class.
    pub fn numbers_a_box(&self) -> usize {
        5 + self.classes
    }

    /// Numbers for each cell, A·(5 + K).
    pub fn numbers(&self) -> usize {
        self.anchors.len() * self.numbers_a_box()
    }

    /// The head's numbers, a row for each box: `[B, A·(5+K), S, S] -> [R, 5+K]`. The anchors of
    /// a cell follow each other, then the cells of a row, the rows, the pictures.
    pub fn rows(&self, numbers: &Tensor) -> Tensor {
        let [b, _, s, t] = numbers.dims();
        let (a, n) = (self.anchors.len(), self.numbers_a_box());
        let boxes = numbers.reshape(&[b, a, n, s, t]).permute(&[0, 3, 4, 1, 2]);
        boxes.reshape(&[b * s * t * a, n]) // [B, S, S, A, 5+K] -> [R, 5+K]
    }

    /// The number of the row of a place, on a grid of so many columns and rows.
    pub fn row(&self, place: Place, [columns, rows]: [usize; 2]) -> usize {
        let [x, y] = place.cell;
        ((place.picture * rows + y) * columns + x) * self.anchors.len() + place.anchor
    }

    /// All places, in the order of the rows.
    pub fn places(&self, pictures: usize, [columns, rows]: [usize; 2]) -> Vec<Place> {
        let anchors = self.anchors.len();
        let place = |row: usize| Place {
            picture: row / (anchors * columns * rows),
            cell: [row / anchors % columns, row / (anchors * columns) % rows],
            anchor: row % anchors,
        };
        let all = pictures * rows * columns * anchors;
        (0..all).map(place).collect()
    }

    // ANCHOR: boxes
    /// The boxes that rows of numbers stand for: left, top, right and bottom edge in pixels,
    /// `[R, 5+K] -> [R, 4]`.
    ///
    /// The centre is `(2σ(t) − 0.5 + cell) · stride`, so that it can leave its cell by half a
    /// cell and reach the edge without an infinite t; the size is `anchor · e^t`.
    ///
    /// Source: J. Redmon, A. Farhadi, "YOLO9000", CVPR (2017), section 2, for cell plus σ(t) and
    /// anchor times e^t; G. Jocher, YOLOv5 (2020), for 2σ(t) − 0.5.
    pub fn boxes(&self, rows: &Tensor, places: &[Place]) -> Tensor {
        let each = |of: &dyn Fn(&Place) -> [f32; 2]| {
            let pairs = places.iter().flat_map(of).collect();
            Tensor::from_vec(pairs, &[places.len(), 2])
        };
        let cell = each(&|place| place.cell.map(|n| n as f32)); // [R, 2]
        let anchor = each(&|place| self.anchors[place.anchor]); // [R, 2]

        let within = rows.slice(1, 0..2).sigmoid() * 2.0 - 0.5; // [R, 2]
        let centre = (within + cell) * self.stride as f32;
        let size = rows.slice(1, 2..4).clamp(-LARGEST, LARGEST).exp() * anchor; // [R, 2]
        let half = size * 0.5;
        Tensor::concat(1, &[&centre - &half, &centre + &half]) // [R, 4]
    }
    // ANCHOR_END: boxes
}

/// What is kept of a net's boxes.
#[derive(Clone, Copy, Debug)]
pub struct Keep {
    /// The lowest score.
    pub score: f32,
    /// The most that two boxes of a class may overlap, as IoU.
    pub overlap: f32,
    /// The most boxes of a picture.
    pub most: usize,
}

impl Keep {
    /// To be measured: everything that might still be right, as COCO's evaluation wants it.
    pub const ALL: Keep = Keep {
        score: 0.01,
        overlap: 0.45,
        most: 100,
    };
    /// To be shown.
    pub const SURE: Keep = Keep {
        score: 0.4,
        ..Keep::ALL
    };
}

impl Grid {
    // ANCHOR: detections
    /// What the net found in each picture of a batch. A score is σ(objectness) times the
    /// softmax of the class: the probability that something is there, times what it would be.
    pub fn detections(&self, numbers: &Tensor, keep: Keep) -> Vec<Vec<Detection>> {
        let [b, _, s, t] = numbers.dims();
        let places = self.places(b, [t, s]);
        no_grad(|| {
            let rows = self.rows(numbers); // [R, 5+K]
            let edges = self.boxes(&rows, &places).to_vec(); // [R, 4]
            let there = rows.slice(1, 4..5).sigmoid(); // [R, 1]
            let scores = rows.slice(1, 5..).softmax(1) * there; // [R, K]
            let (best, scores) = (scores.argmax(1), scores.to_vec());

            let mut found = vec![Vec::new(); b];
            for (row, place) in places.iter().enumerate() {
                let score = scores[row * self.classes + best[row]];
                if score >= keep.score {
                    let [x0, y0, x1, y1] = edges.as_chunks().0[row];
                    let bbox = BBox::new(x0, y0, x1, y1);
                    let class = best[row];
                    found[place.picture].push(Detection { bbox, class, score });
                }
            }
            let once = |boxes: Vec<Detection>| {
                let mut once = nms(&boxes, keep.overlap);
                once.truncate(keep.most);
                once
            };
            found.into_iter().map(once).collect()
        })
    }
    // ANCHOR_END: detections
}
