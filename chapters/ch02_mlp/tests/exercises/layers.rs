//! Exercises 2.1, 2.2, 2.3 and 2.10: shapes, scores, a net by hand, and a layer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ch02_mlp::activation::Activation;
use lesson::exercise::Exercise;
use tensor::{Rng, Tensor};

use crate::{answer, check_tensor, shown};

#[test]
fn ex2_01_step1_layer_shapes() {
    let ex = Exercise::load("2.1");
    for [batch, inputs, units] in [[32, 784, 10], [4, 2, 3], [1, 5, 1], [7, 1, 9]] {
        let asked = ex.given(format!(
            "batch = {batch}, inputs = {inputs}, units = {units}"
        ));
        let (weights, bias, scores) = answer::layer_shapes(batch, inputs, units);
        let part = |what: &str| asked.step(format!("1: the shape of {what}"));
        part("W, [inputs, units]").equal(weights, [inputs, units]);
        part("b, a number for each unit").equal(bias, [units]);
        part("z, a row for each row of x").equal(scores, [batch, units]);
    }
}

#[test]
fn ex2_01_step2_parameter_count() {
    let ex = Exercise::load("2.1").step("2: weights and biases of all layers");
    let cases: [(&[usize], usize); 5] = [
        (&[2, 3, 1], 13),
        (&[784, 10], 7850),
        (&[784, 256, 128, 10], 235_146),
        (&[5, 5, 5, 5], 90),
        (&[9], 0),
    ];
    for (sizes, count) in cases {
        let asked = ex.given(format!("sizes = {sizes:?}"));
        asked.equal(answer::parameter_count(sizes), count);
    }
}

#[test]
fn ex2_02_scores_by_unit() {
    let ex = Exercise::load("2.2");
    #[rustfmt::skip]
    let cases = [
        ("one row, two units",
         Tensor::from([[1.0, 2.0]]), Tensor::from([[1.0, 0.0], [3.0, 4.0]]),
         Tensor::from([0.0, 10.0]), Tensor::from([[1.0, 21.0]])),
        ("more inputs than units",
         Tensor::from([[1.0, 2.0, 3.0], [0.0, 1.0, 0.0]]),
         Tensor::from([[1.0, 10.0, 100.0]]),
         Tensor::from([0.5]), Tensor::from([[321.5], [10.5]])),
        ("as many rows as units as inputs: no shape gives a mistake away",
         Tensor::from([[1.0, 0.0], [0.0, 1.0]]), Tensor::from([[1.0, 2.0], [3.0, 4.0]]),
         Tensor::from([10.0, 20.0]), Tensor::from([[11.0, 23.0], [12.0, 24.0]])),
    ];
    for (what, x, weights, bias, scores) in cases {
        let asked = ex.given(format!(
            "x = {}, weights = {}, bias = {}",
            shown(&x),
            shown(&weights),
            shown(&bias)
        ));
        let got = answer::scores_by_unit(&x, &weights, &bias);
        check_tensor(&asked, what, &got, &scores);
    }
}

#[test]
fn ex2_03_same() {
    let ex = Exercise::load("2.3");
    let net = answer::same();
    let units: Vec<usize> = net.layers.iter().map(|layer| layer.bias.len()).collect();
    ex.step("two units, then one").equal(units, [2, 1]);
    for (x, says) in [
        ([0.0, 0.0], 1.0),
        ([0.0, 1.0], 0.0),
        ([1.0, 0.0], 0.0),
        ([1.0, 1.0], 1.0),
    ] {
        let hidden = net.layers[0].forward(&Tensor::from([x]));
        let asked = ex.given(format!(
            "the inputs {x:?}; your two ReLU units say {:?}",
            hidden.to_vec()
        ));
        let got = net.forward(&Tensor::from([x]));
        check_tensor(&asked, "what the net says", &got, &Tensor::from([[says]]));
    }
    let bends: Vec<Activation> =
        net.layers.iter().map(|layer| layer.activation).collect();
    ex.step("the activation of each layer")
        .equal(bends, [Activation::Relu, Activation::Identity]);
}

/// A layer of 2 inputs and 3 units with the given numbers, and words for it.
fn layer(numbers: &[f32]) -> (answer::PReluLayer, String) {
    let mut layer = answer::PReluLayer::new(2, 3, &mut Rng::new(1));
    layer.set_parameters(numbers);
    (layer, format!("2 inputs, 3 units, parameters {numbers:?}"))
}

/// W, row by row; b; slopes.
const NUMBERS: [f32; 12] = [
    1.0, 2.0, 3.0, 10.0, 20.0, 30.0, 0.0, 1.0, -1.0, 0.5, 0.1, -2.0,
];

#[test]
fn ex2_10_step1_new() {
    let ex = Exercise::load("2.10");
    let (inputs, units) = (300, 100);
    let layer = answer::PReluLayer::new(inputs, units, &mut Rng::new(7));
    let numbers = layer.parameters();
    let asked = ex.given(format!("{inputs} inputs, {units} units"));
    let count = inputs * units + 2 * units;
    asked
        .step("1: how many numbers it has: weights, biases, slopes")
        .equal(numbers.len(), count);
    let (weights, rest) = numbers.split_at(inputs * units);
    let mean = weights.iter().sum::<f32>() / weights.len() as f32;
    let squares = weights.iter().map(|w| (w - mean).powi(2)).sum::<f32>();
    let deviation = (squares / weights.len() as f32).sqrt();
    let wanted = (2.0 / (1.0625 * inputs as f32)).sqrt();
    let step = |what: &str| asked.step(format!("1: {what}"));
    step("the mean of the weights").close(mean, 0.0, 0.004);
    step("their deviation √(2 / ((1 + 0.25²) D))").close(deviation, wanted, 0.004);
    step("the biases are 0").close_each(&rest[..units], &[0.0; 100], 0.0);
    step("the slopes are 0.25").close_each(&rest[units..], &[0.25; 100], 0.0);
}

#[test]
fn ex2_10_step3_there_and_back() {
    let ex = Exercise::load("2.10");
    let (mut layer, what) = layer(&NUMBERS);
    let asked = ex.given(&what);
    asked
        .step("3: what was put in comes out again, in the same order")
        .close_each(&layer.parameters(), &NUMBERS, 0.0);
    for count in [11, 13] {
        let given = ex.given(format!("{count} parameters for {what}"));
        let numbers = vec![0.0; count];
        let set = catch_unwind(AssertUnwindSafe(|| layer.set_parameters(&numbers)));
        given.holds(set.is_err(), "a wrong number of parameters panics");
    }
}

#[test]
fn ex2_10_step4_forward() {
    let ex = Exercise::load("2.10");
    let mut small = answer::PReluLayer::new(1, 2, &mut Rng::new(1));
    small.set_parameters(&[1.0, 2.0, 0.0, 1.0, 0.5, 0.1]);
    let asked = ex.given("W = [[1, 2]], b = [0, 1], slopes = [0.5, 0.1], x = [[−2]]");
    let got = small.forward(&Tensor::from([[-2.0]]));
    check_tensor(
        &asked,
        "4: the example",
        &got,
        &Tensor::from([[-1.0, -0.3]]),
    );
    let (layer, what) = layer(&NUMBERS);
    // Scores: 1, 3, 2; −11, −21, −34; 0, 1, −1; 8, 17, 23.
    let x = Tensor::from([[1.0, 0.0], [-1.0, -1.0], [0.0, 0.0], [-2.0, 1.0]]);
    let says = Tensor::from([
        [1.0, 3.0, 2.0],
        [-5.5, -2.1, 68.0],
        [0.0, 1.0, 2.0],
        [8.0, 17.0, 23.0],
    ]);
    let asked = ex.given(format!("{what}, x = {}", shown(&x)));
    let step = "4: W row by row, a slope for each unit";
    check_tensor(&asked, step, &layer.forward(&x), &says);
}
