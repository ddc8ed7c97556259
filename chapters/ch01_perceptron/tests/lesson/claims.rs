//! The claims of lesson 1 about logical neurons, the rule, and what a line cannot do.

#![allow(clippy::unwrap_used)]

use ch01_perceptron::flowers::{Irises, PETALS, pick};
use ch01_perceptron::limits::{best_line, two_moons, with_product, xor};
use ch01_perceptron::logic::{
    ThresholdUnit, check_all_tables, fires_absolute, inputs_of_row, net_for,
    one_unit_tables,
};
use ch01_perceptron::perceptron::{Example, Perceptron, dot, film, train};
use tensor::Rng;

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
#[should_panic(expected = "fires:")]
fn a_threshold_unit_refuses_inputs_without_a_weight() {
    ThresholdUnit::new(&[1, 1], 2).fires(&[true; 3]);
}

#[test]
#[should_panic(expected = "fires:")]
fn a_threshold_unit_refuses_weights_without_an_input() {
    ThresholdUnit::new(&[1, 1], 2).fires(&[true]);
}

#[test]
fn one_veto_silences_a_unit_with_absolute_inhibition_only() {
    let relative = ThresholdUnit::new(&[1, 1, 1, -1], 2);
    assert!(relative.fires(&[true; 4]));
    assert!(!fires_absolute(&[true; 3], &[true], 2));
    assert!(fires_absolute(&[true; 3], &[false], 2));
}

#[test]
fn absolute_inhibition_needs_the_threshold_and_no_veto_at_all() {
    let cases = [
        ([true, true, false], [false, false], true), // exactly the threshold
        ([true, false, true], [false, false], true),
        ([true, true, true], [false, false], true),
        ([false, true, false], [false, false], false), // one too few
        ([true, true, true], [true, false], false),    // one veto of two
        ([true, true, true], [false, true], false),
        ([true, true, true], [true, true], false),
    ];
    for (excitatory, inhibitory, fires) in cases {
        assert_eq!(
            fires_absolute(&excitatory, &inhibitory, 2),
            fires,
            "threshold 2, excitatory {excitatory:?}, inhibitory {inhibitory:?}"
        );
    }
    assert!(fires_absolute(&[true, true], &[], 2), "nobody to veto");
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
fn a_dot_product_adds_the_products() {
    assert_eq!(dot(&[1.0, 2.0, -3.0], &[4.0, 0.5, 2.0]), 4.0 + 1.0 - 6.0);
}

#[test]
#[should_panic(expected = "dot:")]
fn a_dot_product_refuses_a_shorter_second_vector() {
    dot(&[1.0, 2.0], &[1.0]);
}

#[test]
#[should_panic(expected = "dot:")]
fn a_dot_product_refuses_a_longer_second_vector() {
    dot(&[1.0], &[1.0, 2.0]);
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
fn a_right_answer_changes_nothing() {
    let start = Perceptron {
        weights: vec![0.5, -1.0],
        bias: 0.25,
    };
    let mut unit = start.clone();
    assert!(!unit.learn(&[1.0, 2.0], -1.0)); // the score is -1.25
    assert_eq!(unit, start);
}

#[test]
fn the_film_ends_with_every_flower_right() {
    for seed in 1..=3 {
        let irises = Irises::load().unwrap();
        let order = Rng::new(seed).permutation(150);
        let flowers = pick(&irises.examples(&PETALS, 0).unwrap(), &order);
        let updates = film(&flowers, 1000);
        assert_eq!(
            updates.last().unwrap().after.accuracy(&flowers),
            1.0,
            "seed {seed}"
        );
    }
}

#[test]
fn every_picture_of_the_film_begins_where_the_one_before_it_ended() {
    let irises = Irises::load().unwrap();
    let order = Rng::new(1).permutation(150);
    let flowers = pick(&irises.examples(&PETALS, 0).unwrap(), &order);
    let updates = film(&flowers, 1000);
    assert!(updates.len() > 2, "too short a film to say anything");
    let mut unit = Perceptron::new(2);
    for (number, update) in updates.iter().enumerate() {
        assert_eq!(update.before, unit, "before update {number}");
        let Example { x, y } = &flowers[update.example];
        assert!(unit.learn(x, *y), "update {number} was no mistake");
        assert_eq!(update.after, unit, "after update {number}");
    }
}

#[test]
fn no_line_gets_more_than_three_points_of_xor() {
    assert_eq!(best_line(&xor(), 360).1, 0.75);
}

#[test]
fn of_equally_good_lines_the_best_one_keeps_furthest_away() {
    // x1 + x2 = 1/2 cuts one corner off the square, sqrt(1/8) = 0.354 from three of them.
    let (line, _) = best_line(&xor(), 360);
    let distances = xor().into_iter().map(|e| line.score(&e.x).abs());
    let nearest = distances.fold(f32::INFINITY, f32::min);
    assert!(
        (0.34..0.3536).contains(&nearest),
        "the nearest point is {nearest} away, expected about 0.35"
    );
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
