//! The claims of lesson 1, each as a test.

#![allow(clippy::unwrap_used)]

use ch01_perceptron::flowers::{Irises, PETALS};
use ch01_perceptron::leak::mean_of_similar;
use ch01_perceptron::limits::{best_line, two_moons, with_product, xor};
use ch01_perceptron::logic::{
    ThresholdUnit, check_all_tables, fires_absolute, inputs_of_row, net_for,
    one_unit_tables,
};
use ch01_perceptron::loss::{self, HINGE, PERCEPTRON};
use ch01_perceptron::margin::{
    Cycle, cycle, gap, growth, novikoff_bound, one_input_each, radius, separable,
};
use ch01_perceptron::models::{Model, Training, Unit};
use ch01_perceptron::perceptron::{Example, Perceptron, film, train};
use ch01_perceptron::prepare::{Standardiser, stratified_split, summary};
use ch01_perceptron::softmax::{self, cross_entropy};
use tensor::{Rng, Tensor, assert_close};

#[test]
fn units_compute_and_or_and_not() {
    let table = |unit: &ThresholdUnit, n: usize| -> Vec<bool> {
        (0..1 << n)
            .map(|row| unit.fires(&inputs_of_row(row, n)))
            .collect()
    };
    assert_eq!(
        table(&ThresholdUnit::new(&[1, 1], 2), 2),
        [false, false, false, true]
    );
    assert_eq!(
        table(&ThresholdUnit::new(&[1, 1], 1), 2),
        [false, true, true, true]
    );
    assert_eq!(table(&ThresholdUnit::new(&[-1], 0), 1), [true, false]);
}

#[test]
fn one_veto_silences_a_unit_with_absolute_inhibition_only() {
    let relative = ThresholdUnit::new(&[1, 1, 1, -1], 2);
    assert!(relative.fires(&[true; 4]));
    assert!(!fires_absolute(&[true; 3], &[true], 2));
    assert!(fires_absolute(&[true; 3], &[false], 2));
}

#[test]
fn nets_compute_every_truth_table_of_up_to_four_inputs() {
    let tables: usize = (1..=4).map(|n| check_all_tables(n).unwrap()).sum();
    assert_eq!(tables, 4 + 16 + 256 + 65_536);
}

#[test]
fn the_net_for_xor_has_two_hidden_units() {
    assert_eq!(net_for(&[false, true, true, false]).hidden.len(), 2);
}

#[test]
fn one_unit_computes_as_many_tables_as_published() {
    // OEIS A000609.
    let counts = [1, 2, 3, 4].map(|n| one_unit_tables(n).len());
    assert_eq!(counts, [4, 14, 104, 1882]);
    let two = one_unit_tables(2);
    assert!(!two.contains(&vec![false, true, true, false]));
    assert!(!two.contains(&vec![true, false, false, true]));
}

#[test]
fn an_update_raises_the_margin_by_the_squared_length_and_one() {
    let mut unit = Perceptron {
        weights: vec![0.5, -1.0],
        bias: 0.25,
    };
    let (x, y) = ([1.0, 2.0], 1.0);
    let before = y * unit.score(&x);
    assert!(unit.learn(&x, y));
    assert_eq!(y * unit.score(&x), before + 5.0 + 1.0);
}

#[test]
fn the_film_ends_with_every_flower_right() {
    for seed in 1..=3 {
        let irises = Irises::load().unwrap();
        let order = Rng::new(seed).permutation(150);
        let flowers = ch01_perceptron::flowers::pick(
            &irises.examples(&PETALS, 0).unwrap(),
            &order,
        );
        let updates = film(&flowers, 1000);
        assert_eq!(
            updates.last().unwrap().after.accuracy(&flowers),
            1.0,
            "seed {seed}"
        );
    }
}

#[test]
fn mistakes_stay_below_novikoffs_bound_on_data_with_a_known_gap() {
    for seed in 0..50 {
        for wanted in [0.3, 0.1, 0.03] {
            let (examples, direction) = separable(100, wanted, &mut Rng::new(seed));
            let (radius, gap) = (radius(&examples), gap(&examples, &direction));
            assert!(gap >= wanted && radius <= 1.0);
            let growth = growth(&examples, &direction);
            let bound = novikoff_bound(radius, gap);
            assert!(
                growth.mistakes() as f32 <= bound,
                "seed {seed}: {} > {bound}",
                growth.mistakes()
            );
            for (k, (reach, length)) in
                growth.reach.iter().zip(&growth.length).enumerate()
            {
                let k = k as f32 + 1.0;
                assert!(
                    *reach >= k * gap - 1e-4 && *length <= k.sqrt() * radius + 1e-4
                );
                assert!(reach <= length);
            }
        }
    }
}

#[test]
fn the_bound_is_reached_by_examples_with_one_input_each() {
    for n in [1, 2, 10, 50] {
        let (examples, direction) = one_input_each(n);
        assert_eq!(growth(&examples, &direction).mistakes(), n);
        let bound = novikoff_bound(radius(&examples), gap(&examples, &direction));
        assert!((bound - n as f32).abs() < 1e-3 * n as f32);
    }
}

#[test]
fn on_xor_the_perceptron_runs_in_a_circle() {
    assert_eq!(
        cycle(&xor()),
        Cycle {
            before: 0,
            updates: 4
        }
    );
    let or = [
        ([0.0, 0.0], -1.0),
        ([0.0, 1.0], 1.0),
        ([1.0, 0.0], 1.0),
        ([1.0, 1.0], 1.0),
    ];
    assert_eq!(cycle(&or.map(|(x, y)| Example::new(&x, y))).updates, 0);
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
fn the_hinge_leaves_a_wider_gap_than_the_rule_in_its_middle_order() {
    let flowers = Irises::load().unwrap().examples(&PETALS, 0).unwrap();
    let (hinge, losses) = loss::train(&flowers, HINGE, 0.1, 20_000);
    assert_eq!(*losses.last().unwrap(), 0.0);
    let mut by_rule: Vec<f32> = (0..21)
        .map(|seed| {
            let order = Rng::new(seed).permutation(150);
            let examples = ch01_perceptron::flowers::pick(&flowers, &order);
            train(&examples, 20).0.clearance(&flowers)
        })
        .collect();
    by_rule.sort_by(f32::total_cmp);
    assert!(hinge.clearance(&flowers) > 1.5 * by_rule[10], "{by_rule:?}");
}

#[test]
fn gradients_of_the_smooth_models_agree_with_central_differences() {
    let mut rng = Rng::new(3);
    let x = rng.normal_tensor(&[8, 3], 0.0, 1.0); // [N, D]
    let cases = [
        (Model::Linear, rng.normal_tensor(&[8, 1], 0.0, 1.0)),
        (
            Model::Logistic,
            rng.uniform_tensor(&[8, 1], 0.0, 1.0).gt(0.5),
        ),
        (
            Model::Softmax,
            Tensor::one_hot(&[0, 1, 2, 3, 3, 2, 1, 0], 4),
        ),
    ];
    for (model, targets) in cases {
        let k = targets.shape()[1];
        let mut unit = Unit::new(model, 3, k);
        unit.weights = rng.normal_tensor(&[3, k], 0.0, 0.5);
        let (by_formula, _) = unit.gradient(&x, &targets);
        let loss = |weights: &[f32]| {
            let moved = Unit {
                weights: Tensor::from_vec(weights.to_vec(), &[3, k]),
                ..unit.clone()
            };
            moved.loss(&x, &targets)
        };
        let measured = softmax::central_difference(loss, &unit.weights.to_vec(), 0.01);
        assert_close!(by_formula, Tensor::from_vec(measured, &[3, k]), 1e-3);
    }
}

#[test]
fn logistic_regression_finds_the_weights_that_scikit_learn_finds() {
    let fixture: serde_json::Value =
        serde_json::from_str(include_str!("../fixtures/logistic_sklearn.json"))
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
fn summaries_leave_missing_values_out() {
    let column = [Some(4.0), None, Some(1.0), Some(2.0), Some(3.0)];
    let s = summary(&column).unwrap();
    assert_eq!((s.present, s.missing, s.mean), (4, 1, 2.5));
    assert_eq!(s.five, [1.0, 1.75, 2.5, 3.25, 4.0]);
    assert_eq!(summary(&[None]), None);
}

#[test]
fn a_stratified_split_keeps_the_mix_and_loses_no_row() {
    let classes: Vec<usize> = (0..90).map(|row| if row < 60 { 0 } else { 1 }).collect();
    let (mut first, second) = stratified_split(&classes, 1.0 / 3.0, &mut Rng::new(1));
    let of = |rows: &[usize], class: usize| {
        rows.iter().filter(|&&row| classes[row] == class).count()
    };
    assert_eq!(
        (of(&first, 0), of(&first, 1), of(&second, 0), of(&second, 1)),
        (40, 20, 20, 10)
    );
    first.extend(second);
    first.sort_unstable();
    assert!(first.into_iter().eq(0..90));
}

#[test]
fn a_constant_column_is_standardised_to_zeros() {
    let train = Tensor::from_vec(vec![7.0, 1.0, 7.0, 3.0], &[2, 2]);
    let scaled = Standardiser::fit(&train).apply(&train);
    assert_eq!(scaled.to_vec(), [0.0, -1.0, 0.0, 1.0]);
}

#[test]
fn a_patient_like_nobody_known_gets_the_mean_of_all() {
    let keys = [(20, 5, 1), (20, 5, 1), (31, 8, 2)];
    let targets = [100.0, 200.0, 90.0];
    assert_eq!(
        mean_of_similar(&keys, &targets, &[0, 1, 2]),
        [150.0, 150.0, 90.0]
    );
    assert_eq!(
        mean_of_similar(&keys, &targets, &[0, 1]),
        [150.0, 150.0, 150.0]
    );
}

#[test]
fn no_line_gets_more_than_three_points_of_xor() {
    assert_eq!(best_line(&xor(), 360).1, 0.75);
}

#[test]
fn the_product_of_the_inputs_lets_the_perceptron_solve_xor() {
    let points: Vec<Example> = xor().iter().map(with_product).collect();
    assert_eq!(train(&points, 100).0.accuracy(&points), 1.0);
}

#[test]
fn two_moons_are_not_separable_by_the_best_line() {
    let moons = two_moons(250, 0.1, &mut Rng::new(1));
    let (_, accuracy) = best_line(&moons, 180);
    assert!((0.8..0.95).contains(&accuracy), "{accuracy}");
}
