//! The net: Tiny YOLOv2 made smaller still, by convolutions that are taken apart.
//!
//! Dimension key: B batch, C, O channels in and out, H, W rows and columns, A = 5
//! anchors, S rows and columns of the grid.
//!
//! Source: J. Redmon, A. Farhadi, "YOLO9000: better, faster, stronger", CVPR (2017); A.
//! G. Howard et al., "MobileNets", arXiv:1704.04861, section 3.1, for the separable
//! convolutions; the layers as in the sources of `@vladmandic/face-api` 1.7.15,
//! `src/tinyYolov2` and `src/tinyFaceDetector`.

use datasets::Result;
use nn::layers::Conv2d;
use nn::{Module, Visitor};
use tensor::Tensor;
use tensor::pictures::{Conv, Pool};

/// Channels after each convolution.
const WIDTHS: [usize; 6] = [16, 32, 64, 128, 256, 512];
/// Numbers that the net says for a cell: five anchors, and x, y, width, height and
/// score.
pub const OUTPUTS: usize = 25;
/// Pixels of the net's picture along one side of a cell: five pools halve it.
pub const CELL: usize = 32;

// ANCHOR: separable
/// A convolution in two parts: a window of 3 × 3 that sees one channel, and a window of
/// one pixel that sees all.
#[derive(Clone)]
pub struct Separable {
    /// A kernel for each channel, `[C, 1, 3, 3]`, and no bias.
    pub depthwise: Conv2d,
    /// The mix of the channels, `[O, C, 1, 1]`.
    pub pointwise: Conv2d,
}

impl Separable {
    /// `[B, C, H, W] -> [B, O, H, W]`.
    #[track_caller]
    pub fn forward(&self, x: &Tensor) -> Tensor {
        let each = self.depthwise.forward(x); // [B, C, H, W]
        self.pointwise.forward(&each) // [B, O, H, W]
    }
}
// ANCHOR_END: separable

/// The net of the face detector.
#[derive(Clone)]
pub struct FaceNet {
    /// From three colours to 16 maps.
    pub first: Conv2d,
    /// Five separable convolutions, each with twice the maps of the one before.
    pub blocks: Vec<Separable>,
    /// From 512 maps to [`OUTPUTS`].
    pub last: Conv2d,
}

// ANCHOR: forward
impl FaceNet {
    /// What each cell of the grid says: `[B, 3, 32 S, 32 S] -> [B, 25, S, S]`.
    #[track_caller]
    pub fn forward(&self, x: &Tensor) -> Tensor {
        let mut x = pool(&leaky(&self.first.forward(x)), 2); // [B, 16, 16 S, 16 S]
        let (end, halving) = self.blocks.split_last().expect("five blocks");
        for block in halving {
            x = pool(&leaky(&block.forward(&x)), 2); // at last [B, 256, S, S]
        }
        x = pool(&leaky(&end.forward(&x)), 1); // [B, 512, S, S]
        self.last.forward(&x) // [B, 25, S, S]
    }
}
// ANCHOR_END: forward

/// The larger of x and a tenth of x.
fn leaky(x: &Tensor) -> Tensor {
    x.maximum(x * 0.1)
}

/// The largest of 2 × 2 numbers. A window that reaches over the lower or right rim sees
/// the last row or column twice, which does not change what is largest.
fn pool(x: &Tensor, stride: usize) -> Tensor {
    let mut x = x.clone();
    for axis in [2, 3] {
        let length = x.shape()[axis];
        if stride == 1 || length % 2 == 1 {
            x = Tensor::concat(axis, &[&x, &x.slice(axis, length - 1..)]);
        }
    }
    x.max_pool2d(Pool::new(2).stride(stride)) // [B, C, H / stride, W / stride]
}

/// Where a net's tensors come from: the one of this name and shape.
pub type Source<'a> = &'a dyn Fn(&str, &[usize]) -> Result<Tensor>;

impl FaceNet {
    /// The net with the tensors that `source` has. With `padding` 1 the first
    /// convolution sees a rim of zeros, as all others do; the package's own code gives
    /// it none.
    ///
    /// # Errors
    /// If a tensor is missing or has another shape.
    pub fn new(source: Source<'_>, padding: usize) -> Result<FaceNet> {
        let how = Conv::default().padding(padding);
        let first = ordinary(source, "conv0", [3, 3, WIDTHS[0]], how)?;
        let mut blocks = Vec::new();
        for (n, pair) in (1..).zip(WIDTHS.windows(2)) {
            blocks.push(separable(source, &format!("conv{n}"), pair[0], pair[1])?);
        }
        let last = [1, WIDTHS[5], OUTPUTS];
        let last = ordinary(source, "conv8", last, Conv::default())?;
        Ok(FaceNet {
            first,
            blocks,
            last,
        })
    }
}

/// An ordinary convolution. The file has the axes in TensorFlow's order, channels last.
fn ordinary(
    source: Source<'_>,
    name: &str,
    [size, inputs, outputs]: [usize; 3],
    how: Conv,
) -> Result<Conv2d> {
    let shape = [size, size, inputs, outputs]; // [K, K, C, O]
    let kernels = source(&format!("{name}/filters"), &shape)?;
    let bias = source(&format!("{name}/bias"), &[outputs])?; // [O]
    Ok(Conv2d {
        weight: kernels.permute(&[3, 2, 0, 1]), // [O, C, K, K]
        bias: Some(bias),
        how,
    })
}

/// A separable convolution: as many groups as channels, then one pixel.
fn separable(
    source: Source<'_>,
    name: &str,
    inputs: usize,
    outputs: usize,
) -> Result<Separable> {
    let shape = [3, 3, inputs, 1]; // [K, K, C, 1]
    let depthwise = source(&format!("{name}/depthwise_filter"), &shape)?;
    let shape = [1, 1, inputs, outputs]; // [1, 1, C, O]
    let pointwise = source(&format!("{name}/pointwise_filter"), &shape)?;
    let bias = source(&format!("{name}/bias"), &[outputs])?; // [O]
    let groups = Conv::default().padding(1).groups(inputs);
    Ok(Separable {
        depthwise: Conv2d {
            weight: depthwise.permute(&[2, 3, 0, 1]), // [C, 1, K, K]
            bias: None,
            how: groups,
        },
        pointwise: Conv2d {
            weight: pointwise.permute(&[3, 2, 0, 1]), // [O, C, 1, 1]
            bias: Some(bias),
            how: Conv::default(),
        },
    })
}

impl Module for Separable {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("depthwise", &mut self.depthwise);
        visitor.part("pointwise", &mut self.pointwise);
    }
}

impl Module for FaceNet {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.part("first", &mut self.first);
        visitor.parts("blocks", &mut self.blocks);
        visitor.part("last", &mut self.last);
    }
}
