//! A net that tells whether six bits are the same from both ends (page *The same from both
//! ends*).
//!
//! Dimension key: N patterns (64 of them), D = 6 bits, H = 2 hidden units.
//!
//! Source: Rumelhart, Hinton and Williams, "Learning representations by back-propagating
//! errors", Nature 323 (1986), figure 1.

use tensor::{Rng, Tensor, no_grad};

use crate::sweeps::{Layer, Momentum, Step};

/// Bits of a pattern.
pub const BITS: usize = 6;
/// All patterns there are.
pub const PATTERNS: usize = 1 << BITS;

/// The paper's learning rate and momentum; it speaks of no decay here.
pub const PAPER: Step = Step {
    lr: 0.1,
    momentum: 0.9,
    decay: 0.0,
};

/// Half the paper's rate.
pub const GENTLER: Step = Step { lr: 0.05, ..PAPER };

/// Weights start between minus this and this.
pub const WIDTH: f32 = 0.3;

/// All patterns of six bits, `[N, D]`, and for each a 1 if it is symmetric, `[N, 1]`.
pub fn patterns() -> (Tensor, Tensor) {
    let bit = |pattern: usize, place: usize| pattern >> place & 1;
    let symmetric = |pattern: usize| {
        (0..BITS / 2).all(|i| bit(pattern, i) == bit(pattern, BITS - 1 - i))
    };
    let bits = (0..PATTERNS).flat_map(|n| (0..BITS).map(move |i| bit(n, i) as f32));
    let targets = (0..PATTERNS).map(|n| f32::from(symmetric(n)));
    (
        Tensor::from_vec(bits.collect(), &[PATTERNS, BITS]),
        Tensor::from_vec(targets.collect(), &[PATTERNS, 1]),
    )
}

/// Six inputs, two hidden units, one output unit; all logistic.
#[derive(Clone, Debug)]
pub struct Detector {
    /// From the bits to the hidden units, `[D, H]`.
    pub hidden: Layer,
    /// From the hidden units to the answer, `[H, 1]`.
    pub output: Layer,
    momentum: Momentum,
}

impl Detector {
    /// A detector that knows nothing.
    pub fn new(rng: &mut Rng) -> Detector {
        Detector {
            hidden: Layer::new(BITS, 2, WIDTH, rng),
            output: Layer::new(2, 1, WIDTH, rng),
            momentum: Momentum::default(),
        }
    }

    // ANCHOR: detector
    /// What it says of patterns: `[N, D] -> [N, 1]`, near 1 for "symmetric".
    pub fn forward(&self, x: &Tensor) -> Tensor {
        self.output.forward(&self.hidden.forward(x))
    }

    /// The error E = ½ Σ (ŷ − t)² of outputs ŷ and targets t, both `[N, 1]`.
    pub fn error(outputs: &Tensor, targets: &Tensor) -> Tensor {
        0.5 * (outputs - targets).square().sum()
    }

    /// One change of all weights, down the slopes of `error`.
    pub fn learn(&mut self, error: &Tensor, step: Step) {
        let gradients = error.backward();
        let layers = &mut [&mut self.hidden, &mut self.output];
        self.momentum.step(layers, &gradients, step);
    }
    // ANCHOR_END: detector
}

/// How a training went.
#[derive(Clone, Debug)]
pub struct Training {
    /// The net at its end.
    pub detector: Detector,
    /// E before each sweep.
    pub errors: Vec<f32>,
    /// The sweeps after which all 64 answers were on the right side of ½; `None` if that
    /// never happened.
    pub right_after: Option<usize>,
    /// The sweeps after which all 64 answers were within [`CLOSE`] of their targets.
    pub done_after: Option<usize>,
}

/// An output so close to its target counts as settled: the tolerance that the paper uses
/// for its second net.
pub const CLOSE: f32 = 0.2;

/// The number of outputs that are nearer to their target than `far`.
pub fn nearer(outputs: &Tensor, targets: &Tensor, far: f32) -> usize {
    (outputs - targets).abs().lt(far).sum().item() as usize
}

/// Trains until all outputs are settled, or for `most` sweeps.
pub fn train(seed: u64, step: Step, most: usize) -> Training {
    let (x, targets) = patterns();
    let mut training = Training {
        detector: Detector::new(&mut Rng::new(seed).fork("symmetry")),
        errors: Vec::new(),
        right_after: None,
        done_after: None,
    };
    for sweep in 0..most {
        let outputs = training.detector.forward(&x);
        let error = Detector::error(&outputs, &targets);
        training.errors.push(error.item());
        let farthest = (outputs.detach() - &targets).abs().max().item();
        if farthest < 0.5 {
            training.right_after.get_or_insert(sweep);
        }
        if farthest < CLOSE {
            training.done_after = Some(sweep);
            break;
        }
        training.detector.learn(&error, step);
    }
    training
}

/// How far the weights of hidden unit `unit` are from being equal and opposite about the
/// middle: the largest |w_i + w_(7−i)| as a part of the largest |w|.
pub fn asymmetry(hidden: &Layer, unit: usize) -> f32 {
    let w = column(hidden, unit);
    let sums = (0..BITS / 2).map(|i| (w[i] + w[BITS - 1 - i]).abs());
    sums.fold(0.0, f32::max) / largest(&w)
}

/// The sizes of the three weights on one side of the middle, the smallest taken as 1, in
/// rising order.
pub fn ratios(hidden: &Layer, unit: usize) -> [f32; 3] {
    let w = column(hidden, unit);
    let mut sizes = [w[0].abs(), w[1].abs(), w[2].abs()];
    sizes.sort_by(f32::total_cmp);
    sizes.map(|size| size / sizes[0])
}

/// How far the two hidden units are from having the same weights with opposite signs.
pub fn opposition(hidden: &Layer) -> f32 {
    let (v, w) = (column(hidden, 0), column(hidden, 1));
    let sums = v.iter().zip(&w).map(|(v, w)| (v + w).abs());
    sums.fold(0.0, f32::max) / largest(&v)
}

/// The weights into one hidden unit, D.
pub fn column(hidden: &Layer, unit: usize) -> Vec<f32> {
    no_grad(|| hidden.weights.slice(1, unit..unit + 1)).to_vec()
}

fn largest(w: &[f32]) -> f32 {
    w.iter().fold(0.0, |most, w| f32::max(most, w.abs()))
}
