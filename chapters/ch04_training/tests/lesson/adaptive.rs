//! The claims of the page *A step size for each weight*.

use ch04_training::adaptive::{Uncorrected, decay, first_steps, follow, learn_words};
use ch04_training::ravine::{ravine, walk};
use nn::optim::{AdaGrad, Adam, AdamW, Optimizer, RmsProp, Sgd};
use tensor::{Rng, Tensor};

#[test]
fn adagrad_goes_the_same_way_in_steep_and_flat_directions() {
    let surface = |at: &Tensor| ravine(at, 100.0);
    let optimizer = Optimizer::new(AdaGrad::default());
    for [x, y] in walk(surface, [1.0, 1.0], optimizer, 0.3, 50) {
        assert!((x - y).abs() < 1e-5, "{x} along, {y} across");
    }
}

#[test]
fn adagrad_brings_the_rare_word_home_and_plain_descent_does_not() {
    let rarest = |optimizer: Optimizer, lr: f32| {
        let way = learn_words(optimizer, lr, 400, 0.5, &mut Rng::new(1));
        way[399][3]
    };
    let plain = rarest(Optimizer::new(Sgd::default()), 1.0);
    let adagrad = rarest(Optimizer::new(AdaGrad::default()), 0.3);
    assert!((adagrad - 1.0).abs() < 0.25, "{adagrad}");
    assert!(plain < 0.7, "{plain}");
}

/// Steps from the turn of the target, after `turn` steps, until the mean crosses 0.
fn crossing(optimizer: Optimizer, lr: f32, turn: usize) -> usize {
    let way = follow(optimizer, lr, 2 * turn, &mut Rng::new(1));
    let crossed = way[turn..].iter().position(|(mean, _)| *mean < 0.0);
    crossed.unwrap_or(turn)
}

#[test]
fn adagrad_turns_the_slower_the_longer_it_has_run() {
    let steps = [250, 4000].map(|turn| {
        let optimizer = Optimizer::new(AdaGrad::default());
        crossing(optimizer, 0.3, turn)
    });
    assert!(steps[1] > 2 * steps[0], "{steps:?}");
    let steps = [250, 4000].map(|turn| {
        let optimizer = Optimizer::new(RmsProp::default());
        crossing(optimizer, 0.02, turn)
    });
    assert!(steps[0].abs_diff(steps[1]) <= 10, "{steps:?}");
}

#[test]
fn adams_first_step_is_one_rate_long_and_three_without_the_correction() {
    let with = first_steps(Optimizer::new(Adam::default()), 20);
    for length in &with {
        assert!((length - 1.0).abs() < 1e-3, "{with:?}");
    }
    let without = first_steps(Optimizer::new(Uncorrected::default()), 20);
    // (1 − 0.9ᵗ) / √(1 − 0.999ᵗ)
    for (t, length) in (1..).zip(&without) {
        let expected = (1.0 - 0.9_f64.powi(t)) / (1.0 - 0.999_f64.powi(t)).sqrt();
        assert!((f64::from(*length) - expected).abs() < 1e-2, "{without:?}");
    }
}

#[test]
fn l2_in_adam_spares_weights_with_large_gradients_and_adamw_treats_all_alike() {
    let left = |optimizer: Optimizer, size: f32| {
        decay(optimizer, 0.01, size, 500, &mut Rng::new(1))
    };
    let l2 = [1.0, 10.0].map(|size| left(Optimizer::new(Adam::with_decay(0.1)), size));
    assert!(l2[1] > l2[0] + 0.2, "{l2:?}");
    let decoupled =
        [0.1, 1.0, 10.0].map(|size| left(Optimizer::new(AdamW::with_decay(0.1)), size));
    // (1 − ηλ)⁵⁰⁰ of each weight.
    let expected = (1.0 - 0.001_f32).powi(500);
    for left in decoupled {
        assert!((left - expected).abs() < 0.05, "{decoupled:?}");
    }
}
