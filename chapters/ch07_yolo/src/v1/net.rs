//! A small net of this kind, and what its numbers mean.

use nn::layers::Conv2d;
use nn::{Module, Net, Pass, Visitor};
use tensor::{Rng, Tensor};

use super::{Grid, OF_BOX};
use crate::boxes::{BBox, Detection};
use crate::model::Block;

/// Channels behind each convolution; all but the last halve the picture.
const CHANNELS: [usize; 5] = [16, 32, 64, 64, 64];

// ANCHOR: activate
/// From the last layer's maps `[B, A·5 + K, S, S]` to what the cells say,
/// `[B, S, S, A·5 + K]`.
///
/// The paper leaves all numbers as they come. A width below 0 has no root, so here x,
/// y, width and height go through the logistic function. Confidence and classes do not:
/// where a logistic function is sure, it is flat, and a squared error could not correct
/// it.
#[track_caller]
pub fn activate(grid: Grid, maps: &Tensor) -> Tensor {
    let [b, _, s, _] = maps.dims();
    let (a, edge) = (grid.boxes, grid.boxes * OF_BOX);
    let cells = maps.permute(&[0, 2, 3, 1]); // [B, S, S, A·5 + K]
    let boxes = cells.slice(3, ..edge).reshape(&[b, s, s, a, OF_BOX]);
    let (places, confidence) = (boxes.slice(4, ..4).sigmoid(), boxes.slice(4, 4..));
    let boxes = Tensor::concat(4, &[places, confidence]); // [B, S, S, A, 5]
    let boxes = boxes.reshape(&[b, s, s, edge]);
    Tensor::concat(3, &[boxes, cells.slice(3, edge..)]) // [B, S, S, A·5 + K]
}
// ANCHOR_END: activate

/// What the cells say, `[B, S, S, A·5 + K]`, as boxes on pictures of this width and
/// height: every box with every class whose score is above `threshold`. The score is
/// the confidence times the chance of the class, both pushed into 0 to 1.
///
/// Source: section 2, equation 1.
///
/// # Panics
/// If the predictions do not belong to the grid.
#[track_caller]
pub fn decode(
    grid: Grid,
    predicted: &Tensor,
    size: [f32; 2],
    threshold: f32,
) -> Vec<Vec<Detection>> {
    let [b, rows, columns, depth] = predicted.dims();
    let s = grid.cells;
    assert!(
        [rows, columns, depth] == [s, s, grid.depth()],
        "decode: expected predictions [B, S={s}, S={s}, {}], got {:?}",
        grid.depth(),
        predicted.shape()
    );
    let said = predicted.to_vec();
    let of_cell = |cell: usize| {
        let corner = [cell % s, cell / s % s].map(|place| place as f32);
        let (boxes, chances) =
            said[cell * depth..(cell + 1) * depth].split_at(grid.boxes * OF_BOX);
        boxes.chunks(OF_BOX).flat_map(move |x| {
            let centre = [x[0] + corner[0], x[1] + corner[1]];
            let unit =
                BBox::centred(centre.map(|place| place / s as f32), [x[2], x[3]]);
            let bbox = unit.scaled(size);
            let scores = chances
                .iter()
                .map(|chance| share(x[4]) * share(*chance))
                .enumerate();
            let sure = scores.filter(move |(_, score)| *score > threshold);
            sure.map(move |(class, score)| Detection { bbox, class, score })
        })
    };
    let cells = |picture: usize| picture * s * s..(picture + 1) * s * s;
    (0..b)
        .map(|picture| cells(picture).flat_map(of_cell).collect())
        .collect()
}

/// A number that is meant to be a share, as one.
fn share(x: f32) -> f32 {
    x.clamp(0.0, 1.0)
}

// ANCHOR: small
/// Four blocks that halve the picture, one that does not, and a dense layer at every
/// cell: 128 pixels become 8 cells. The paper's net has 24 convolutions and two dense
/// layers over the whole picture.
#[derive(Clone)]
pub struct Small {
    /// Windows of 3 × 3, each with its normalisation and a leaky ReLU.
    pub blocks: Vec<Block>,
    /// To `A·5 + K` numbers a cell.
    pub head: Conv2d,
    /// What the numbers are.
    pub grid: Grid,
}

impl Net for Small {
    /// `[B, 3, 16·S, 16·S] -> [B, S, S, A·5 + K]`.
    #[track_caller]
    fn forward(&self, x: &Tensor, pass: &mut Pass) -> Tensor {
        let blocks = self.blocks.iter();
        let maps = blocks.fold(x.clone(), |x, block| block.forward(&x, pass));
        activate(self.grid, &self.head.forward(&maps)) // [B, 64, S, S] -> [B, S, S, A·5 + K]
    }
}
// ANCHOR_END: small

impl Module for Small {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parts("blocks", &mut self.blocks);
        visitor.part("head", &mut self.head);
    }
}

impl Small {
    /// A net for so many boxes and classes; the grid is a sixteenth of the picture.
    pub fn new(grid: Grid, rng: &mut Rng) -> Small {
        let mut from = 3;
        let block = |(i, &to): (usize, &usize)| {
            let stride = if i + 1 < CHANNELS.len() { 2 } else { 1 };
            let block = Block::new(from, to, 3, stride, rng);
            from = to;
            block
        };
        let blocks = CHANNELS.iter().enumerate().map(block).collect();
        let head = Conv2d::new(CHANNELS[4], grid.depth(), 1, rng);
        Small { blocks, head, grid }
    }
}
