//! The claims of lesson 1 about losses, the four models and what training finds.

#![allow(clippy::unwrap_used)]

use std::f32::consts::LN_2;

use ch01_perceptron::flowers::{Irises, PETALS, pick};
use ch01_perceptron::loss::{
    self, HINGE, PERCEPTRON, hinge, logistic_loss, perceptron_loss, squared_loss,
    zero_one,
};
use ch01_perceptron::models::{Model, Training, Unit, r2};
use ch01_perceptron::perceptron::{Example, Perceptron, train};
use ch01_perceptron::softmax::cross_entropy;
use nn::data::Standardiser;
use tensor::{Rng, Tensor, assert_close};

/// A column `[N, 1]`.
fn column(values: &[f32]) -> Tensor {
    Tensor::from_vec(values.to_vec(), &[values.len(), 1])
}

#[test]
fn losses_of_the_margin_agree_with_a_calculation_by_hand() {
    let table = [
        // margin, zero-one, perceptron, hinge, logistic, squared
        (-2.0, [1.0, 2.0, 3.0, 2.126_928, 4.5]),
        (-0.5, [1.0, 0.5, 1.5, 0.974_077, 1.125]),
        (0.0, [1.0, 0.0, 1.0, LN_2, 0.5]),
        (0.5, [0.0, 0.0, 0.5, 0.474_077, 0.125]),
        (1.0, [0.0, 0.0, 0.0, 0.313_262, 0.0]),
        (3.0, [0.0, 0.0, 0.0, 0.048_587, 2.0]),
    ];
    for (margin, expected) in table {
        let losses = [
            ("zero_one", zero_one(margin)),
            ("perceptron_loss", perceptron_loss(margin)),
            ("hinge", hinge(margin)),
            ("logistic_loss", logistic_loss(margin)),
            ("squared_loss", squared_loss(margin)),
        ];
        for ((name, got), expected) in losses.iter().zip(expected) {
            assert!(
                (got - expected).abs() < 1e-6,
                "{name}({margin}): expected {expected}, got {got}"
            );
        }
    }
}

#[test]
fn the_logistic_loss_neither_overflows_nor_loses_small_values() {
    assert_eq!(logistic_loss(0.0), LN_2);
    assert_eq!(logistic_loss(-1000.0), 1000.0);
    assert_eq!(logistic_loss(1000.0), 0.0);
    // e^-20: 1 + e^-20 is 1 in f32, and its plain logarithm 0.
    assert!((logistic_loss(20.0) / 2.061_154e-9 - 1.0).abs() < 1e-5);
}

#[test]
fn descent_on_the_perceptron_loss_is_the_rule_bit_for_bit() {
    let mut rng = Rng::new(7);
    let (mut by_rule, mut by_loss) = (Perceptron::new(3), Perceptron::new(3));
    for _ in 0..1000 {
        let x = [rng.normal(), rng.normal(), rng.normal()];
        let example = Example::new(
            &x,
            if rng.uniform(0.0, 1.0) < 0.5 {
                -1.0
            } else {
                1.0
            },
        );
        by_rule.learn(&example.x, example.y);
        loss::descend(&mut by_loss, &[example], PERCEPTRON, 1.0);
        assert_eq!(by_rule, by_loss);
    }
}

#[test]
fn the_hinge_leaves_a_wider_gap_than_the_rule_in_its_middle_order() {
    let flowers = Irises::load().unwrap().examples(&PETALS, 0).unwrap();
    let (hinge, losses) = loss::train(&flowers, HINGE, 0.1, 20_000);
    assert_eq!(*losses.last().unwrap(), 0.0);
    let mut by_rule: Vec<f32> = (0..21)
        .map(|seed| {
            let order = Rng::new(seed).permutation(150);
            let examples = pick(&flowers, &order);
            train(&examples, 20).0.clearance(&flowers)
        })
        .collect();
    by_rule.sort_by(f32::total_cmp);
    assert!(hinge.clearance(&flowers) > 1.5 * by_rule[10], "{by_rule:?}");
}

#[test]
fn the_perceptron_model_agrees_with_a_calculation_by_hand() {
    // Right, wrong by 3, on the line (a mistake that costs nothing), right.
    let (z, y) = (
        column(&[2.0, -3.0, 0.0, -1.0]),
        column(&[1.0, 1.0, -1.0, -1.0]),
    );
    let model = Model::Perceptron;
    assert_eq!(model.output(&z).to_vec(), [1.0, -1.0, 0.0, -1.0]);
    assert_eq!(model.loss(&z, &y), 3.0 / 4.0);
    assert_eq!(model.error(&z, &y).to_vec(), [0.0, -1.0, 1.0, 0.0]);
}

#[test]
fn the_smooth_models_agree_with_a_calculation_by_hand() {
    // Two outputs: an example's loss is the sum over its outputs.
    let z = Tensor::from_vec(vec![0.0, 3_f32.ln()], &[1, 2]);
    let t = Tensor::from_vec(vec![1.0, 0.0], &[1, 2]);
    let cases = [
        // 1/2 ((0 - 1)^2 + (ln 3)^2)
        (Model::Linear, [0.0, 1.098_612], 0.5 * (1.0 + 1.206_949)),
        // -ln 1/2 - ln (1 - 3/4)
        (Model::Logistic, [0.5, 0.75], 8_f32.ln()),
        // e^z is 1 and 3, so that the first class has 1/4.
        (Model::Softmax, [0.25, 0.75], 4_f32.ln()),
    ];
    for (model, output, loss) in cases {
        let [a, b] = output;
        assert_close!(
            model.output(&z),
            Tensor::from_vec(vec![a, b], &[1, 2]),
            1e-6
        );
        assert_close!(
            model.error(&z, &t),
            Tensor::from_vec(vec![a - 1.0, b], &[1, 2]),
            1e-6
        );
        let got = model.loss(&z, &t);
        assert!(
            (got - loss).abs() < 1e-5,
            "{model:?}: expected {loss}, got {got}"
        );
    }
}

#[test]
fn a_unit_in_batches_of_one_at_rate_one_is_the_rule() {
    // Whole numbers, so that sums are exact in any order; classes by lot, so that
    // mistakes go on, some with a score of 0.
    for seed in 0..5 {
        let mut rng = Rng::new(seed);
        let examples: Vec<Example> = (0..30)
            .map(|_| {
                let x = [0; 3].map(|_: i32| rng.below(9) as f32 - 4.0);
                Example::new(&x, if rng.below(2) == 0 { -1.0 } else { 1.0 })
            })
            .collect();
        let inputs = examples.iter().flat_map(|e| e.x.clone()).collect();
        let x = Tensor::from_vec(inputs, &[30, 3]); // [N, D]
        let y: Vec<f32> = examples.iter().map(|e| e.y).collect();
        let (mut rule, mut unit) =
            (Perceptron::new(3), Unit::new(Model::Perceptron, 3, 1));
        let how = Training {
            passes: 1,
            batch: 1,
            lr: 1.0,
        };
        for pass in 1..=4 {
            assert!(rule.pass(&examples) > 0, "seed {seed}: nothing to learn");
            unit.train(&x, &column(&y), how);
            let place = format!("seed {seed}, after pass {pass}");
            assert_eq!(unit.weights.to_vec(), rule.weights, "{place}");
            assert_eq!(unit.bias.to_vec(), [rule.bias], "{place}");
        }
    }
}

#[test]
fn logistic_regression_finds_the_weights_that_scikit_learn_finds() {
    let fixture: serde_json::Value =
        serde_json::from_str(include_str!("../../fixtures/logistic_sklearn.json"))
            .unwrap();
    let number = |value: &serde_json::Value| value.as_f64().unwrap() as f32;
    let irises = Irises::load().unwrap();
    let rows = irises.overlapping();
    let x = irises.inputs(&PETALS).unwrap().select(0, &rows); // [100, 2]
    let x = Standardiser::fit(&x).apply(&x);
    let targets = rows
        .iter()
        .map(|&row| f32::from(irises.species[row] == 2))
        .collect();
    let targets = Tensor::from_vec(targets, &[100, 1]);
    let mut unit = Unit::new(Model::Logistic, 2, 1);
    unit.train(
        &x,
        &targets,
        Training {
            passes: 50_000,
            batch: 100,
            lr: 2.0,
        },
    );
    let weights: Vec<f32> = fixture["weights"]
        .as_array()
        .unwrap()
        .iter()
        .map(number)
        .collect();
    assert_close!(
        unit.weights.reshape(&[2]),
        Tensor::from_vec(weights, &[2]),
        5e-4
    );
    let bias = number(&fixture["bias"]);
    assert!((unit.bias.item() - bias).abs() < 5e-4 * bias.abs().max(1.0));
}

#[test]
fn untrained_softmax_has_the_loss_ln_k() {
    assert!((cross_entropy(&[0.0; 10], 3) - 10_f32.ln()).abs() < 1e-6);
}

#[test]
fn the_loss_falls_on_small_digits() {
    let digits = datasets::digits8().unwrap();
    let x = Tensor::from_array(digits.to_f32());
    let targets = Tensor::one_hot(&digits.targets(), 10);
    for seed in 1..=3 {
        let order = Rng::new(seed).permutation(digits.len());
        let (x, targets) = (x.select(0, &order), targets.select(0, &order));
        let mut unit = Unit::new(Model::Softmax, 64, 10);
        let losses = unit.train(
            &x,
            &targets,
            Training {
                passes: 20,
                batch: 100,
                lr: 0.5,
            },
        );
        assert!(losses[19] < 0.25, "seed {seed}: {}", losses[19]);
    }
}

#[test]
fn the_same_seed_trains_the_same_weights_bit_for_bit() {
    let irises = Irises::load().unwrap();
    let x = irises.inputs(&PETALS).unwrap(); // [150, 2]
    let targets = Tensor::one_hot(&irises.species, 3);
    let how = Training {
        passes: 20,
        batch: 16,
        lr: 0.1,
    };
    let trained = |seed| -> Vec<u32> {
        let order = Rng::new(seed).permutation(150);
        let mut unit = Unit::new(Model::Softmax, 2, 3);
        let losses = unit.train(&x.select(0, &order), &targets.select(0, &order), how);
        let numbers = [unit.weights.to_vec(), unit.bias.to_vec(), losses].concat();
        numbers.into_iter().map(f32::to_bits).collect()
    };
    assert_eq!(trained(1), trained(1));
    assert_ne!(trained(1), trained(2), "the seed makes no difference");
}

#[test]
fn r2_is_one_for_perfect_zero_for_the_mean_and_negative_for_worse() {
    let targets = column(&[1.0, 2.0, 3.0, 6.0]); // mean 3, squares around it 14
    let cases = [
        ("perfect", [1.0, 2.0, 3.0, 6.0], 1.0),
        ("one off by 2", [1.0, 2.0, 3.0, 4.0], 1.0 - 4.0 / 14.0),
        ("the mean", [3.0; 4], 0.0),
        ("far off", [10.0; 4], 1.0 - 210.0 / 14.0), // 81 + 64 + 49 + 16
    ];
    for (name, predictions, expected) in cases {
        let got = r2(&column(&predictions), &targets);
        assert!(
            (got - expected).abs() < 1e-6,
            "{name}: expected {expected}, got {got}"
        );
    }
}
