//! The section `product`: convolution by loops, as a matrix product, and by the core.

mod times;

use lesson::{Run, Value};
use tensor::gradcheck::check;
use tensor::pictures::Conv;
use tensor::{Rng, Tensor};

use crate::gradients::{by_kernels, by_pictures};
use crate::loops::Gradients;
use crate::unfold::{convolve, fold, unfold};
use crate::{figures, loops};

/// Channels in and out, and pixels along a side, of the convolution that is timed; its
/// kernel is 3 × 3, with a padding of 1.
const CHANNELS: [usize; 2] = [16, 32];
const SIDE: usize = 28;

/// What a convolution is given.
struct Given {
    x: Tensor,
    weight: Tensor,
    bias: Tensor,
    how: Conv,
}

impl Given {
    /// Random numbers for `n` examples.
    fn new(n: usize, seed: u64) -> Given {
        let mut rng = Rng::new(seed).fork("product");
        let [c, o] = CHANNELS;
        Given {
            x: rng.normal_tensor(&[n, c, SIDE, SIDE], 0.0, 1.0), // [N, C, H, W]
            weight: rng.normal_tensor(&[o, c, 3, 3], 0.0, 0.1),  // [O, C, KH, KW]
            bias: rng.normal_tensor(&[o], 0.0, 0.1),             // [O]
            how: Conv::default().padding(1),
        }
    }

    fn core(&self) -> Tensor {
        self.x.conv2d(&self.weight, Some(&self.bias), self.how)
    }

    /// The gradients by a loss whose slope by each number that came out is `g`, by the tape.
    fn taped(
        &self,
        g: &Tensor,
        convolution: impl Fn(&Tensor, &Tensor, &Tensor) -> Tensor,
    ) -> [Tensor; 3] {
        let inputs = [&self.x, &self.weight, &self.bias].map(Tensor::require_grad);
        let [x, weight, bias] = &inputs;
        let loss = (convolution(x, weight, bias) * g).sum();
        let gradients = loss.backward();
        inputs.each_ref().map(|input| gradients[input].clone())
    }
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    run.figure("patches", figures::product::patches()?)?;
    run.figure("kernel_turned", figures::product::turned()?)?;
    let given = Given::new(run.choose(1, 16, 16), run.seed());
    equal(run, &given)?;
    adjoint(run)?;
    times::run(run, &given)
}

/// The largest difference, divided by the largest number of the second.
fn apart(a: &Tensor, b: &Tensor) -> f32 {
    ((a - b).abs().max() / b.abs().max()).item()
}

/// Each way against the seven loops, forward and backward.
fn equal(run: &mut Run, given: &Given) -> anyhow::Result<()> {
    let Given {
        x,
        weight,
        bias,
        how,
    } = given;
    let y = loops::forward(x, weight, bias, *how); // [N, O, H', W']
    let mut rng = Rng::new(run.seed()).fork("gradient");
    let g = rng.normal_tensor(y.shape(), 0.0, 1.0); // [N, O, H', W']
    let slow = loops::backward(x, weight, *how, &g);
    let worst = |gradients: [Tensor; 3]| {
        let both = gradients.iter().zip([&slow.x, &slow.weight, &slow.bias]);
        both.map(|(a, b)| apart(a, b)).fold(0.0, f32::max)
    };
    let rows = [
        (
            "loops along rows",
            apart(&loops::along_rows(x, weight, bias, *how), &y),
            None,
        ),
        (
            "one product",
            apart(&convolve(x, weight, bias, *how), &y),
            Some(worst(given.taped(&g, |x, w, b| convolve(x, w, b, *how)))),
        ),
        (
            "the core",
            apart(&given.core(), &y),
            Some(worst(given.taped(&g, |x, w, b| x.conv2d(w, Some(b), *how)))),
        ),
    ];
    run.say(
        "Against the seven loops, the largest difference relative to the largest number:",
    );
    run.table(
        &["way", "forward", "backward"],
        rows.map(|(way, forward, backward)| {
            let backward = backward.map_or(String::new(), show);
            [way.to_owned(), show(forward), backward]
        }),
    );
    let all = rows.iter().flat_map(|row| [Some(row.1), row.2]).flatten();
    let value = Value::number(all.fold(0.0, f32::max)).tolerance(1e-5);
    run.record("ways_difference", value)?;
    turned(run, given, &g, &slow)
}

/// The gradients as convolutions against those of the loops.
fn turned(
    run: &mut Run,
    given: &Given,
    g: &Tensor,
    slow: &Gradients,
) -> anyhow::Result<()> {
    let pictures = apart(&by_pictures(g, &given.weight, 1), &slow.x);
    let kernels = apart(&by_kernels(&given.x, g, 1), &slow.weight);
    run.say(format!(
        "The gradients as convolutions: by the pictures {}, by the kernels {}.",
        show(pictures),
        show(kernels)
    ));
    let value = Value::number(pictures.max(kernels)).tolerance(1e-5);
    run.record("turned_difference", value)
}

/// A relative difference in words that do not depend on the machine's rounding.
fn show(apart: f32) -> String {
    match apart {
        0.0 => "none at all".to_owned(),
        apart if apart < 1e-5 => "below 1e-5".to_owned(),
        apart => format!("{apart:.1e}"),
    }
}

/// The inner-product identity of unfold and fold, and gradients by differences.
fn adjoint(run: &mut Run) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("adjoint");
    let how = Conv::default().stride(2).padding(1);
    let x = rng.normal_tensor(&[2, 3, 6, 5], 0.0, 1.0); // [N, C, H, W]
    let patches = unfold(&x, [3, 3], how); // [N·H'·W', C·KH·KW]
    let p = rng.normal_tensor(patches.shape(), 0.0, 1.0);
    let folded = fold(&p, x.dims(), [3, 3], how); // [N, C, H, W]
    let left = (patches * &p).sum().item();
    let right = (&x * folded).sum().item();
    run.say(format!(
        "\nInner products: of unfold(x) and p {left:.3}, of x and fold(p) {right:.3}."
    ));
    let value = Value::number((left - right).abs()).tolerance(1e-3);
    run.record("adjoint_difference", value)?;
    let weight = rng.normal_tensor(&[4, 3, 3, 3], 0.0, 0.5); // [O, C, KH, KW]
    let bias = rng.normal_tensor(&[4], 0.0, 0.5); // [O]
    let inputs = [x, weight, bias];
    let worst = |f: &dyn Fn(&[Tensor]) -> Tensor| {
        let checked = check(f, &inputs, 1e-1);
        checked.iter().map(|c| c.error).fold(0.0, f32::max)
    };
    let product = worst(&|i| convolve(&i[0], &i[1], &i[2], how));
    let core = worst(&|i| i[0].conv2d(&i[1], Some(&i[2]), how));
    run.say("Gradients against central differences, the largest relative error:");
    let show = |error: f32| match error < 1e-3 {
        true => "below 0.001".to_owned(),
        false => format!("{error:.4}"),
    };
    run.table(
        &["way", "error"],
        [["one product", &show(product)], ["the core", &show(core)]],
    );
    let value = Value::number(product.max(core)).tolerance(1e-3);
    run.record("gradient_error", value)
}
