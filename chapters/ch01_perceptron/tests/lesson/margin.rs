//! The claims of lesson 1 about why the perceptron stops, and when it never does.

use ch01_perceptron::limits::xor;
use ch01_perceptron::margin::{
    Cycle, cycle, gap, growth, novikoff_bound, one_input_each, radius, separable,
};
use ch01_perceptron::perceptron::{Example, dot, norm};
use tensor::Rng;

#[test]
fn separable_points_lie_in_the_disc_and_outside_the_gap() {
    for wanted in [0.0, 0.05, 0.3, 0.6, 0.9] {
        for seed in 0..5 {
            let case = format!("gap {wanted}, seed {seed}");
            let (examples, direction) = separable(60, wanted, &mut Rng::new(seed));
            assert_eq!(examples.len(), 60, "{case}");
            assert!((norm(&direction) - 1.0).abs() < 1e-6, "{case}");
            for Example { x, y } in &examples {
                let side = dot(&direction, x);
                assert!(norm(x) <= 1.0, "{case}: {x:?} is outside the disc");
                assert!(y * side >= wanted, "{case}: {x:?} of class {y} at {side}");
            }
            for class in [-1.0, 1.0] {
                let some = examples.iter().any(|e| e.y == class);
                assert!(some, "{case}: no example of class {class}");
            }
        }
    }
}

#[test]
fn separable_points_are_drawn_by_the_seed() {
    let draw = |seed| separable(20, 0.1, &mut Rng::new(seed));
    assert_eq!(draw(4), draw(4));
    assert_ne!(draw(4).0, draw(5).0, "seeds 4 and 5 draw the same points");
    assert_ne!(draw(4).1, draw(5).1, "seeds 4 and 5 draw the same line");
}

#[test]
#[should_panic(expected = "separable:")]
fn no_disc_has_points_at_a_gap_of_its_radius() {
    separable(1, 1.0, &mut Rng::new(0));
}

#[test]
#[should_panic(expected = "separable:")]
fn no_disc_has_points_at_a_gap_above_its_radius() {
    separable(1, 1.5, &mut Rng::new(0));
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
#[should_panic(expected = "growth:")]
fn growth_refuses_a_direction_that_does_not_separate() {
    growth(&xor(), &[1.0, 0.0]);
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
fn a_circle_can_have_a_way_in() {
    // One point, three times, with classes -, +, +. Weight and bias stay equal:
    // 0 -> -1 -> 0 -> 1 in the first pass, three updates; then 1 -> 0 -> 1 (right: the
    // third), two updates, for ever. No pass starts from 0 again.
    let examples = [-1.0, 1.0, 1.0].map(|y| Example::new(&[1.0], y));
    assert_eq!(
        cycle(&examples),
        Cycle {
            before: 3,
            updates: 2
        }
    );
}

#[test]
fn weights_that_differ_in_a_fraction_are_no_circle() {
    // Separable, with steps of 1/4: it rests after 21 updates. Cut to whole numbers, the
    // weights would seem to come back after the first pass.
    let examples = [(0.25, -1.0), (0.5, 1.0)].map(|(x, y)| Example::new(&[x], y));
    assert_eq!(
        cycle(&examples),
        Cycle {
            before: 21,
            updates: 0
        }
    );
}
