//! What a pass of the detector costs, counted on paper (page *What it costs*).

use nn::layers::Conv2d;

use crate::model::{Detector, Stage};

// ANCHOR: count
/// Multiply-adds of a convolution that leaves so many places.
fn conv(conv: &Conv2d, places: usize) -> usize {
    conv.weight.len() * places // each weight once at each place
}

impl Detector {
    /// Multiply-adds of a forward pass over one picture of so many columns and rows.
    pub fn multiply_adds(&self, size: [usize; 2]) -> usize {
        let mut side = size;
        let mut sum = 0;
        for stage in &self.stages {
            side = side.map(|n| n.div_ceil(2));
            sum += stage_cost(stage, side[0] * side[1]);
        }
        sum + conv(&self.head, side[0] * side[1])
    }
}
// ANCHOR_END: count

fn stage_cost(stage: &Stage, places: usize) -> usize {
    let blocks = stage.blocks.iter();
    let blocks = blocks.flat_map(|block| [&block.thin, &block.wide]);
    let all = std::iter::once(&stage.down).chain(blocks);
    all.map(|block| conv(&block.conv, places)).sum()
}
