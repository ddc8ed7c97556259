//! Exercises 2.4, 2.8, 2.11 and 2.12: bends, no bends, a tower of bends, and maxout.

use ch02_mlp::activation::Activation;
use ch02_mlp::dense::Dense;
use ch02_mlp::mlp::Mlp;
use lesson::exercise::Exercise;
use tensor::Tensor;

use crate::{answer, check_tensor, shown};

#[test]
fn ex2_04_step1_elu() {
    let ex = Exercise::load("2.4");
    let z =
        Tensor::from([[3.0, 0.5, 0.0], [-0.5, -1.0, -1000.0], [1000.0, 90.0, -0.1]]);
    for alpha in [1.0, 2.0, 0.5] {
        let below = Tensor::from([
            [0.0, 0.0, 0.0],
            [-0.393_469, -0.632_121, -1.0],
            [0.0, 0.0, -0.095_163],
        ]);
        let wanted = z.relu() + alpha * below;
        let asked = ex.given(format!("z = {}, alpha = {alpha}", shown(&z)));
        let got = answer::elu(&z, alpha);
        check_tensor(&asked, "1: z, or α (e^z − 1)", &got, &wanted);
    }
    let one_axis = Tensor::from([3.0, 0.0]);
    let asked = ex.given("z = [3, 0], alpha = 2");
    let got = answer::elu(&one_axis, 2.0);
    check_tensor(&asked, "1: any shape", &got, &one_axis);
}

#[test]
fn ex2_04_step2_elu_slope() {
    let ex = Exercise::load("2.4");
    let z = Tensor::from([[3.0, 0.0], [-1000.0, -0.5], [1000.0, -1.0]]);
    for alpha in [1.0, 2.0] {
        let wanted = Tensor::from([
            [1.0, alpha],
            [0.0, alpha * 0.606_531],
            [1.0, alpha * 0.367_879],
        ]);
        let asked = ex.given(format!("z = {}, alpha = {alpha}", shown(&z)));
        let got = answer::elu_slope(&z, alpha);
        check_tensor(&asked, "2: 1, or α e^z", &got, &wanted);
    }
}

/// A layer without a bend.
fn linear(weights: Tensor, bias: Tensor) -> Dense {
    Dense {
        weights,
        bias,
        activation: Activation::Identity,
    }
}

#[test]
fn ex2_08_collapse() {
    let ex = Exercise::load("2.8");
    #[rustfmt::skip]
    let cases = [
        ("one number each",
         linear(Tensor::from([[2.0]]), Tensor::from([1.0])),
         linear(Tensor::from([[3.0]]), Tensor::from([4.0]))),
        ("square matrices, whose order the shapes do not give away",
         linear(Tensor::from([[1.0, 2.0], [0.0, 1.0]]), Tensor::from([1.0, -1.0])),
         linear(Tensor::from([[1.0, 0.0], [3.0, 1.0]]), Tensor::from([0.5, 0.0]))),
        ("2 inputs, 3 units, 1 unit",
         linear(Tensor::from([[1.0, 0.0, 2.0], [-1.0, 1.0, 0.0]]),
                Tensor::from([1.0, 2.0, 3.0])),
         linear(Tensor::from([[1.0], [10.0], [-1.0]]), Tensor::from([0.5]))),
    ];
    for (what, first, second) in cases {
        let asked = ex.given(format!(
            "W₁ = {}, b₁ = {}, W₂ = {}, b₂ = {}",
            shown(&first.weights),
            shown(&first.bias),
            shown(&second.weights),
            shown(&second.bias)
        ));
        let layer = answer::collapse(&first, &second);
        let ([inputs, _], [_, outputs]) = (first.weights.dims(), second.weights.dims());
        let form = |part: &str| asked.step(format!("{what}: {part}"));
        form("the activation").equal(layer.activation, Activation::Identity);
        form("the shape of W").equal(layer.weights.shape(), [inputs, outputs]);
        form("the shape of b").equal(layer.bias.shape(), [outputs]);
        // Row 0 is all zeros: there only the bias speaks.
        let rows = [Tensor::zeros(&[1, inputs]), Tensor::eye(inputs)];
        let x = Tensor::concat(0, &rows);
        let both = second.forward(&first.forward(&x));
        let says = format!("{what}: what it says to {}", shown(&x));
        check_tensor(&asked, &says, &layer.forward(&x), &both);
    }
}

/// How high the bump [a, b, c, d] is at x.
fn bump([a, b, c, d]: [f32; 4], x: f32) -> f32 {
    let (up, down) = ((x - a) / (b - a), (d - x) / (d - c));
    up.min(down).clamp(0.0, 1.0)
}

/// Before, at, between and behind the corners of a bump.
fn places([a, b, c, d]: [f32; 4]) -> [f32; 9] {
    let middle = |from: f32, to: f32| (from + to) / 2.0;
    let (left, top, right) = (middle(a, b), middle(b, c), middle(c, d));
    [a - 5.0, a, left, b, top, c, right, d, d + 5.0]
}

#[test]
fn ex2_11_tower() {
    let ex = Exercise::load("2.11");
    let cases = [
        ([0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 2.0, 3.0]),
        ([-3.0, -2.5, 0.5, 4.5], [10.0, 10.25, 10.5, 12.5]),
    ];
    for (first, second) in cases {
        let net = answer::tower(first, second);
        let asked = ex.given(format!("first = {first:?}, second = {second:?}"));
        let bends: Vec<Activation> =
            net.layers.iter().map(|layer| layer.activation).collect();
        let wanted = [Activation::Relu, Activation::Relu, Activation::Identity];
        asked.step("the activations").equal(bends, wanted);
        for x1 in places(first) {
            for x2 in places(second) {
                let heights = [bump(first, x1), bump(second, x2)];
                check_tower(&asked, &net, [x1, x2], heights);
            }
        }
    }
}

/// Checks the tower at one place, where the two bumps have these heights.
fn check_tower(ex: &Exercise, net: &Mlp, x: [f32; 2], heights: [f32; 2]) {
    let got = net.forward(&Tensor::from([x]));
    ex.step("one row, one answer").equal(got.shape(), [1, 1]);
    let got = got.item();
    let at = |what: &str| {
        ex.step(format!("at {x:?}, where the bumps are {heights:?}: {what}"))
    };
    if heights == [1.0, 1.0] {
        at("1 where both are 1").close(got, 1.0, 1e-3);
    } else if heights.contains(&0.0) {
        at("0 where one of them is 0").close(got, 0.0, 1e-3);
    } else {
        let holds = (-1e-3..=1.001).contains(&got);
        at("between").holds(holds, format!("{got} lies from 0 to 1"));
    }
}

#[test]
fn ex2_12_step1_maxout() {
    let ex = Exercise::load("2.12");
    #[rustfmt::skip]
    let cases = [
        ("1: the absolute value", 2,
         Tensor::from([[1.0, -1.0]]), Tensor::from([0.0, 0.0]),
         Tensor::from([[-3.0], [2.0]]), Tensor::from([[3.0], [2.0]])),
        ("1: two units of two pieces", 2,
         Tensor::from([[1.0, -1.0, 0.0, 2.0]]), Tensor::from([0.0, 0.0, 1.0, 0.0]),
         Tensor::from([[-3.0], [2.0]]), Tensor::from([[3.0, 1.0], [2.0, 4.0]])),
        ("1: one unit of three pieces, two inputs", 3,
         Tensor::from([[1.0, 0.0, -1.0], [0.0, 1.0, -1.0]]),
         Tensor::from([0.0, 0.0, 5.0]),
         Tensor::from([[1.0, 7.0], [-2.0, -3.0]]), Tensor::from([[7.0], [10.0]])),
        ("1: one piece is no choice", 1,
         Tensor::from([[1.0, 2.0]]), Tensor::from([0.0, -1.0]),
         Tensor::from([[-3.0]]), Tensor::from([[-3.0, -7.0]])),
    ];
    for (what, pieces, weights, bias, x, says) in cases {
        let asked = ex.given(format!(
            "x = {}, weights = {}, bias = {}, pieces = {pieces}",
            shown(&x),
            shown(&weights),
            shown(&bias)
        ));
        let got = answer::maxout(&x, &weights, &bias, pieces);
        check_tensor(&asked, what, &got, &says);
    }
}

#[test]
fn ex2_12_step2_maxout_from_relu() {
    let ex = Exercise::load("2.12");
    #[rustfmt::skip]
    let cases = [
        (Tensor::from([[5.0]]), Tensor::from([1.0]),
         Tensor::from([[0.0], [1.0], [-1.0]])),
        (Tensor::from([[1.0, -2.0], [3.0, 0.5]]), Tensor::from([1.0, -1.0]),
         Tensor::from([[0.0, 0.0], [1.0, 0.0], [0.0, 4.0], [-2.0, -1.0]])),
    ];
    for (weights, bias, x) in cases {
        let [inputs, units] = weights.dims();
        let asked = ex.given(format!(
            "weights = {}, bias = {}, then x = {}",
            shown(&weights),
            shown(&bias),
            shown(&x)
        ));
        let (new_weights, new_bias) = answer::maxout_from_relu(&weights, &bias);
        let form = |part: &str| asked.step(format!("2: the shape of the {part}"));
        form("weights").equal(new_weights.shape(), [inputs, 2 * units]);
        form("bias").equal(new_bias.shape(), [2 * units]);
        let relu = (x.matmul(&weights) + &bias).relu();
        let got = answer::maxout(&x, &new_weights, &new_bias, 2);
        let what = "2: what your step 1 makes of them, against max(0, x W + b)";
        check_tensor(&asked, what, &got, &relu);
    }
}
