//! YOLO's head: the lesson's own, on any backbone.

use std::time::Instant;

use nn::layers::Conv2d;
use nn::{Module, Pass, Visitor};
use tensor::{Rng, Tensor};

use super::{CHANNELS, Found, Head};
use crate::boxes::Object;
use crate::decode::{Grid, Keep};
use crate::loss::loss;
use crate::model::head;
use crate::target::Cells;

/// A window of one pixel, to A·(5 + K) numbers a cell.
#[derive(Clone)]
pub struct Yolo {
    /// The window.
    pub conv: Conv2d,
    /// What the numbers mean.
    pub grid: Grid,
}

impl Head for Yolo {
    fn loss(&self, maps: &Tensor, truth: &[&[Object]], _: &mut Pass) -> Tensor {
        let numbers = self.conv.forward(maps); // [B, A·(5+K), S, S]
        loss(&self.grid, &numbers, truth, Cells::One).total()
    }

    fn find(&self, maps: &Tensor, keep: Keep) -> Found {
        let numbers = self.conv.forward(maps); // [B, A·(5+K), S, S]
        let start = Instant::now();
        (self.grid.detections(&numbers, keep), start.elapsed())
    }
}

impl Yolo {
    /// A head that has learnt nothing and says "nothing here".
    pub fn new(grid: Grid, rng: &mut Rng) -> Yolo {
        let conv = head(CHANNELS, &grid, rng);
        Yolo { conv, grid }
    }
}

impl Module for Yolo {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("conv", &mut self.conv);
    }
}
