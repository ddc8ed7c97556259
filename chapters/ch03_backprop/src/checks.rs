//! Every operation of the engine with inputs to check its gradient at (page *Trust, and
//! check*).

use tensor::gradcheck::{self, Checked};
use tensor::{Keep, Rng, Tensor};

/// How far a number is moved up and down. Chosen by us: page *Slopes* shows what a
/// smaller and a larger step would cost.
pub const STEP: f32 = 1e-2;

/// Where the numbers of an input lie.
#[derive(Clone, Copy)]
enum Range {
    /// On both sides of 0, and at least 0.2 away from it, where some have a corner.
    Signed,
    /// From 0.5 to 2.
    Positive,
}

/// An operation on inputs of some shapes.
pub struct Case {
    /// The operation's name.
    pub name: &'static str,
    shapes: &'static [&'static [usize]],
    range: Range,
    f: fn(&[Tensor]) -> Tensor,
}

impl Case {
    // ANCHOR: check
    /// The largest error among the gradients by all inputs.
    pub fn error(&self, rng: &mut Rng) -> f32 {
        let draw = |shape: &&[usize]| self.range.draw(shape, rng);
        let inputs: Vec<Tensor> = self.shapes.iter().map(draw).collect();
        let checked = gradcheck::check(self.f, &inputs, STEP);
        let errors: Vec<f32> = checked.iter().map(|c: &Checked| c.error).collect();
        Tensor::from(errors).max().item() // NaN if one is, which `f32::max` would hide
    }
    // ANCHOR_END: check
}

impl Range {
    fn draw(self, shape: &[usize], rng: &mut Rng) -> Tensor {
        match self {
            Range::Positive => rng.uniform_tensor(shape, 0.5, 2.0),
            Range::Signed => {
                let sizes = rng.uniform_tensor(shape, 0.2, 1.5);
                sizes * rng.normal_tensor(shape, 0.0, 1.0).sign()
            }
        }
    }
}

/// A case whose inputs have both signs.
const fn signed(
    name: &'static str,
    shapes: &'static [&'static [usize]],
    f: fn(&[Tensor]) -> Tensor,
) -> Case {
    Case {
        name,
        shapes,
        range: Range::Signed,
        f,
    }
}

/// A case whose inputs are positive.
const fn positive(
    name: &'static str,
    shapes: &'static [&'static [usize]],
    f: fn(&[Tensor]) -> Tensor,
) -> Case {
    Case {
        name,
        shapes,
        range: Range::Positive,
        f,
    }
}

/// A matrix.
const ONE: &[&[usize]] = &[&[3, 4]];

/// A matrix, and a row that is broadcast to it.
const TWO: &[&[usize]] = &[&[3, 4], &[4]];

/// The operations, each once. `x` stands for the list of inputs.
pub const CASES: &[Case] = &[
    // ANCHOR: cases
    signed("add", TWO, |x| &x[0] + &x[1]),
    signed("sub", TWO, |x| &x[0] - &x[1]),
    signed("mul", TWO, |x| &x[0] * &x[1]),
    positive("div", TWO, |x| &x[0] / &x[1]),
    signed("neg", ONE, |x| -&x[0]),
    signed("exp", ONE, |x| x[0].exp()),
    positive("ln", ONE, |x| x[0].ln()),
    positive("sqrt", ONE, |x| x[0].sqrt()),
    // ANCHOR_END: cases
    signed("abs", ONE, |x| x[0].abs()),
    signed("square", ONE, |x| x[0].square()),
    positive("powf", ONE, |x| x[0].powf(1.7)),
    signed("powi", ONE, |x| x[0].powi(3)),
    signed("tanh", ONE, |x| x[0].tanh()),
    signed("sigmoid", ONE, |x| x[0].sigmoid()),
    signed("relu", ONE, |x| x[0].relu()),
    signed("clamp", ONE, |x| x[0].clamp(-0.1, 0.1)),
    signed("maximum", ONE, |x| x[0].maximum(0.1)),
    signed("minimum", ONE, |x| x[0].minimum(0.1)),
    signed("where_", TWO, |x| {
        Tensor::where_(&Tensor::eye(4).slice(0, ..3), &x[0], &x[1])
    }),
    signed("dropout", ONE, |x| x[0].dropout(0.5, &mut Rng::new(1))),
    signed("matmul", &[&[3, 4], &[4, 2]], |x| x[0].matmul(&x[1])),
    signed("matmul, batched", &[&[2, 3, 4], &[2, 4, 2]], |x| {
        x[0].matmul(&x[1])
    }),
    signed("sum", ONE, |x| x[0].sum()),
    signed("mean", ONE, |x| x[0].mean()),
    signed("max", ONE, |x| x[0].max()),
    signed("min", ONE, |x| x[0].min()),
    signed("sum_axis", ONE, |x| x[0].sum_axis(0, Keep::No)),
    signed("mean_axis", ONE, |x| x[0].mean_axis(1, Keep::Yes)),
    signed("max_axis", ONE, |x| x[0].max_axis(1, Keep::No)),
    signed("min_axis", ONE, |x| x[0].min_axis(0, Keep::Yes)),
    signed("reshape", ONE, |x| x[0].reshape(&[2, 6])),
    signed("permute", &[&[2, 3, 4]], |x| x[0].permute(&[2, 0, 1])),
    signed("t", ONE, |x| x[0].t()),
    signed("unsqueeze", ONE, |x| x[0].unsqueeze(1)),
    signed("squeeze", &[&[3, 1, 4]], |x| x[0].squeeze(1)),
    signed("broadcast_to", &[&[3, 1]], |x| x[0].broadcast_to(&[3, 4])),
    signed("sum_to", ONE, |x| x[0].sum_to(&[4])),
    signed("slice", ONE, |x| x[0].slice(1, 1..3)),
    signed("select", ONE, |x| x[0].select(0, &[2, 0, 2])),
    signed("gather", ONE, |x| x[0].gather(1, &[3, 0, 3])),
    signed("embedding", ONE, |x| x[0].embedding(&[1, 1, 2])),
    signed("concat", &[&[3, 4], &[3, 2]], |x| Tensor::concat(1, x)),
    signed("stack", &[&[3, 4], &[3, 4]], |x| Tensor::stack(1, x)),
    signed("softmax", ONE, |x| x[0].softmax(1)),
    signed("log_softmax", ONE, |x| x[0].log_softmax(1)),
    signed("log_sum_exp", ONE, |x| x[0].log_sum_exp(0, Keep::No)),
    signed("cross_entropy", ONE, |x| x[0].cross_entropy(&[2, 0, 1])),
    signed("binary_cross_entropy", ONE, |x| {
        x[0].binary_cross_entropy(&Tensor::eye(4).slice(0, ..3))
    }),
    signed("mse_loss", ONE, |x| {
        x[0].mse_loss(&Tensor::eye(4).slice(0, ..3))
    }),
];
