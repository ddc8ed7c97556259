//! The gradients of lesson 1, each against central differences or another way to it.

use ch01_perceptron::loss::{HINGE, PERCEPTRON};
use ch01_perceptron::models::{Model, Unit};
use ch01_perceptron::softmax::{self, gradient_error};
use tensor::{Rng, Tensor, assert_close};

/// The smooth models, each with targets for eight examples; two have several outputs.
fn smooth_models(rng: &mut Rng) -> [(Model, Tensor); 4] {
    [
        (Model::Linear, rng.normal_tensor(&[8, 1], 0.0, 1.0)),
        (Model::Linear, rng.normal_tensor(&[8, 2], 0.0, 1.0)),
        (
            Model::Logistic,
            rng.uniform_tensor(&[8, 1], 0.0, 1.0).gt(0.5),
        ),
        (
            Model::Softmax,
            Tensor::one_hot(&[0, 1, 2, 3, 3, 2, 1, 0], 4),
        ),
    ]
}

#[test]
fn slopes_of_the_losses_agree_with_central_differences() {
    for loss in [PERCEPTRON, HINGE] {
        for margin in [-2.0_f32, -0.7, 0.3, 0.8, 1.5] {
            let slope =
                ((loss.value)(margin + 0.01) - (loss.value)(margin - 0.01)) / 0.02;
            assert!(
                (slope - (loss.slope)(margin)).abs() < 1e-3,
                "margin {margin}"
            );
        }
    }
}

#[test]
fn gradients_of_the_smooth_models_agree_with_central_differences() {
    let mut rng = Rng::new(3);
    let x = rng.normal_tensor(&[8, 3], 0.0, 1.0); // [N, D]
    for (model, targets) in smooth_models(&mut rng) {
        let k = targets.shape()[1];
        let mut unit = Unit::new(model, 3, k);
        unit.weights = rng.normal_tensor(&[3, k], 0.0, 0.5);
        unit.bias = rng.normal_tensor(&[k], 0.0, 0.5);
        let (by_weights, by_bias) = unit.gradient(&x, &targets);

        let loss = |weights: &[f32]| {
            let moved = Unit {
                weights: Tensor::from_vec(weights.to_vec(), &[3, k]),
                ..unit.clone()
            };
            moved.loss(&x, &targets)
        };
        let measured = softmax::central_difference(loss, &unit.weights.to_vec(), 0.01);
        assert_close!(by_weights, Tensor::from_vec(measured, &[3, k]), 1e-3);

        let loss = |bias: &[f32]| {
            let moved = Unit {
                bias: Tensor::from_vec(bias.to_vec(), &[k]),
                ..unit.clone()
            };
            moved.loss(&x, &targets)
        };
        let measured = softmax::central_difference(loss, &unit.bias.to_vec(), 0.01);
        assert_close!(by_bias, Tensor::from_vec(measured, &[k]), 1e-3);
    }
}

#[test]
fn a_step_goes_down_both_gradients() {
    let mut rng = Rng::new(4);
    let x = rng.normal_tensor(&[8, 3], 0.0, 1.0); // [N, D]
    for (model, targets) in smooth_models(&mut rng) {
        let mut unit = Unit::new(model, 3, targets.shape()[1]);
        let (weights, bias) = unit.gradient(&x, &targets);
        unit.step(&x, &targets, 0.5);
        // From zero weights and biases.
        assert_close!(unit.weights, weights * -0.5, 1e-6);
        assert_close!(unit.bias, bias * -0.5, 1e-6);
    }
}

#[test]
fn loops_and_arrays_give_the_same_gradient() {
    let mut rng = Rng::new(5);
    let (n, d, k) = (6, 5, 3);
    let (x, w) = (
        rng.normal_tensor(&[n, d], 0.0, 1.0),
        rng.normal_tensor(&[d, k], 0.0, 1.0),
    );
    let b = rng.normal_tensor(&[k], 0.0, 1.0);
    let classes = [0, 1, 2, 2, 1, 0];
    let rows = |t: &Tensor, width: usize| {
        t.to_vec()
            .chunks(width)
            .map(<[f32]>::to_vec)
            .collect::<Vec<_>>()
    };
    let loops =
        softmax::gradient_by_loops(&rows(&x, d), &classes, &rows(&w, k), &b.to_vec());
    let (weights, bias) =
        softmax::gradient_by_arrays(&x, &Tensor::one_hot(&classes, k), &w, &b);
    assert_close!(
        weights,
        Tensor::from_vec(loops.weights.concat(), &[d, k]),
        1e-5
    );
    assert_close!(bias, Tensor::from_vec(loops.bias, &[k]), 1e-5);
}

#[test]
fn the_formula_for_cross_entropy_is_close_to_central_differences() {
    let mut rng = Rng::new(6);
    let rows: Vec<Vec<f32>> = (0..20)
        .map(|_| rng.normal_tensor(&[10], 0.0, 2.0).to_vec())
        .collect();
    let classes: Vec<usize> = (0..20).map(|row| row % 10).collect();
    let error = gradient_error(&rows, &classes, 0.01);
    assert!(error < 1e-3, "{error}");
    // A step far too large measures something else: the error has to show it.
    let error = gradient_error(&rows, &classes, 5.0);
    assert!(error > 0.01, "{error} with a step of 5");
}

#[test]
fn a_gradient_that_is_not_a_number_is_no_small_error() {
    let (good, bad) = (vec![0.5, -1.0, 2.0], vec![0.5, f32::NAN, 2.0]);
    let cases = [
        vec![bad.clone()],
        vec![good.clone(), bad.clone()],
        vec![bad, good],
    ];
    for rows in cases {
        let classes = vec![0; rows.len()];
        let error = gradient_error(&rows, &classes, 0.01);
        let small = error < 1e-3;
        assert!(!small, "an error of {error} for {rows:?}");
    }
}
