//! What a net costs: parameters and multiply-adds, counted by walking shapes.
//!
//! Dimension key: C channels in, O channels out, H, W rows and columns, K of a kernel.

use nn::layers::{BatchNorm, Conv2d, Linear};
use tensor::pictures::Pool;
use tensor::pictures::window::places;

/// One layer on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is: `5×5, 6 maps`.
    pub what: String,
    /// What comes out for one picture, `[O, H', W']`.
    pub shape: [usize; 3],
    /// Numbers learnt.
    pub parameters: usize,
    /// Multiplications, each with its addition, for one picture on the way forward.
    pub multiply_adds: usize,
}

/// A walk through a net with the shape of one picture.
#[derive(Clone, Debug)]
pub struct Walk {
    shape: [usize; 3],
    /// The layers so far.
    pub steps: Vec<Step>,
}

/// A net whose cost can be counted without running it.
pub trait Counted {
    /// The walk on through all layers.
    #[must_use]
    fn walk(&self, walk: Walk) -> Walk;
}

// ANCHOR: walk
impl Walk {
    /// A convolution: each of O · H' · W' sums takes all numbers under the window.
    #[must_use]
    #[track_caller]
    pub fn conv(self, conv: &Conv2d) -> Walk {
        let [o, c, kh, kw] = conv.weight.dims();
        let [_, h, w] = self.shape;
        let how = conv.how;
        let side = |length: usize, axis: usize| {
            let (stride, padding) = (how.stride[axis], how.padding[axis]);
            places(length, [kh, kw][axis], stride, padding, how.dilation[axis])
                .unwrap_or_else(|| {
                    panic!("cost: a window of {kh} finds nothing in {length}")
                })
        };
        let shape = [o, side(h, 0), side(w, 1)];
        let bias = conv.bias.as_ref().map_or(0, |bias| bias.len());
        let sums = o * shape[1] * shape[2];
        let what = format!("{kh}×{kw}, {o} maps");
        self.step(what, shape, conv.weight.len() + bias, sums * c * kh * kw)
    }

    /// A dense layer: one multiply-add for each weight.
    #[must_use]
    pub fn dense(self, layer: &Linear) -> Walk {
        let [inputs, outputs] = layer.weight.dims();
        let what = format!("dense, {outputs}");
        let parameters = layer.weight.len() + layer.bias.len();
        self.step(what, [outputs, 1, 1], parameters, inputs * outputs)
    }
}
// ANCHOR_END: walk

impl Walk {
    /// The beginning: a picture, `[C, H, W]`.
    pub fn new(shape: [usize; 3]) -> Walk {
        Walk {
            shape,
            steps: Vec::new(),
        }
    }

    /// What comes out of the last layer.
    pub fn shape(&self) -> [usize; 3] {
        self.shape
    }

    /// Numbers learnt by all layers so far.
    pub fn parameters(&self) -> usize {
        self.steps.iter().map(|step| step.parameters).sum()
    }

    /// Multiply-adds of all layers so far, for one picture.
    pub fn multiply_adds(&self) -> usize {
        self.steps.iter().map(|step| step.multiply_adds).sum()
    }

    /// Batch normalisation, which counts to the convolution before it. In use its factor
    /// can be multiplied into the weights, so it costs no multiplications.
    #[must_use]
    pub fn norm(mut self, norm: &BatchNorm) -> Walk {
        if let Some(last) = self.steps.last_mut() {
            last.parameters += norm.scale.len() + norm.shift.len();
        }
        self
    }

    /// A pool: comparisons, no multiplications.
    #[must_use]
    #[track_caller]
    pub fn pool(self, pool: Pool) -> Walk {
        let [c, h, w] = self.shape;
        let side = |length: usize, axis: usize| {
            let (stride, padding) = (pool.stride[axis], pool.padding[axis]);
            places(length, pool.kernel[axis], stride, padding, 1)
                .unwrap_or_else(|| panic!("cost: a pool finds nothing in {length}"))
        };
        let (what, shape) = (
            format!("pool {}", pool.kernel[0]),
            [c, side(h, 0), side(w, 1)],
        );
        self.step(what, shape, 0, 0)
    }

    /// The mean of each map.
    #[must_use]
    pub fn mean(self) -> Walk {
        let shape = [self.shape[0], 1, 1];
        self.step("mean of each map".to_owned(), shape, 0, 0)
    }

    /// All maps in one row, which is no layer.
    #[must_use]
    pub fn flat(mut self) -> Walk {
        self.shape = [self.shape.iter().product(), 1, 1];
        self
    }

    /// A walk that begins where this one stands.
    #[must_use]
    pub fn branch(&self) -> Walk {
        Walk::new(self.shape)
    }

    /// This walk, on through branches whose maps are put on top of each other.
    #[must_use]
    pub fn side_by_side(&self, branches: impl IntoIterator<Item = Walk>) -> Walk {
        let mut all = self.clone();
        let mut maps = 0;
        for branch in branches {
            let [c, h, w] = branch.shape;
            maps += c;
            all.shape = [maps, h, w];
            all.steps.extend(branch.steps);
        }
        all
    }

    fn step(
        mut self,
        what: String,
        shape: [usize; 3],
        parameters: usize,
        multiply_adds: usize,
    ) -> Walk {
        self.shape = shape;
        self.steps.push(Step {
            what,
            shape,
            parameters,
            multiply_adds,
        });
        self
    }
}
