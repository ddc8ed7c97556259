//! The symmetry detector of 1986.

use ch03_backprop::sweeps::{Layer, Momentum, Step};
use ch03_backprop::symmetry::{
    BITS, Detector, GENTLER, PAPER, PATTERNS, asymmetry, nearer, opposition, patterns,
    ratios, train,
};
use tensor::{Rng, Tensor, assert_close};

#[test]
fn eight_of_the_64_patterns_are_symmetric() {
    let (x, targets) = patterns();
    assert_eq!((x.shape(), targets.shape()), (&[64, 6][..], &[64, 1][..]));
    assert_eq!(targets.sum().item(), 8.0);
    for (bits, &target) in x.to_vec().chunks(BITS).zip(&targets.to_vec()) {
        let turned: Vec<f32> = bits.iter().rev().copied().collect();
        assert_eq!(target == 1.0, turned == bits, "{bits:?}");
    }
}

#[test]
fn the_gradient_agrees_with_central_differences() {
    let (x, targets) = patterns();
    let net = Detector::new(&mut Rng::new(2));
    let error = |net: &Detector| Detector::error(&net.forward(&x), &targets);
    let slopes = error(&net).backward()[&net.hidden.weights].to_vec();
    let weights = net.hidden.weights.to_vec();
    for place in 0..weights.len() {
        let moved = |by: f32| {
            let mut weights = weights.clone();
            weights[place] += by;
            let mut net = net.clone();
            net.hidden.weights = Tensor::from_vec(weights, &[BITS, 2]);
            error(&net).item()
        };
        let measured = (moved(0.05) - moved(-0.05)) / 0.1;
        let slope = slopes[place];
        assert!((measured - slope).abs() < 2e-3, "{measured} and {slope}");
    }
}

#[test]
fn a_step_has_momentum_and_decay() {
    let layer = |w: f32| Layer {
        weights: Tensor::from([[w]]).require_grad(),
        bias: Tensor::from([0.0]).require_grad(),
    };
    let (mut one, mut momentum) = (layer(1.0), Momentum::default());
    let by = Step {
        lr: 0.1,
        momentum: 0.5,
        decay: 0.01,
    };
    // The slope by the weight is 2, that by the bias 0.
    let mut step = |one: &mut Layer| {
        let error = 2.0 * one.weights.sum() + 0.0 * one.bias.sum();
        momentum.step(&mut [one], &error.backward(), by);
    };
    step(&mut one);
    assert_close!(one.weights, [[0.99 * 0.8]], 1e-6);
    step(&mut one);
    // The change is −0.2 now and half of −0.2 from before.
    assert_close!(one.weights, [[0.99 * (0.99 * 0.8 - 0.3)]], 1e-6);
    assert_close!(one.bias, [0.0], 1e-6);
}

#[test]
fn weights_of_the_papers_form_solve_the_task() {
    let w = [1.0, 2.0, 4.0, -4.0, -2.0, -1.0];
    let both: Vec<f32> = w.iter().flat_map(|w| [8.0 * w, -8.0 * w]).collect();
    let hidden = Layer {
        weights: Tensor::from_vec(both, &[BITS, 2]),
        bias: Tensor::from([-4.0, -4.0]),
    };
    assert_eq!(asymmetry(&hidden, 0), 0.0);
    assert_eq!(ratios(&hidden, 1), [1.0, 2.0, 4.0]);
    assert_eq!(opposition(&hidden), 0.0);
    let output = Layer {
        weights: Tensor::from([[-10.0], [-10.0]]),
        bias: Tensor::from([5.0]),
    };
    let (x, targets) = patterns();
    let says = output.forward(&hidden.forward(&x));
    assert_eq!(nearer(&says, &targets, 0.2), PATTERNS);
}

#[test]
fn nets_that_learn_have_equal_and_opposite_weights() {
    for (seed, step) in [(1, PAPER), (4, PAPER), (1, GENTLER), (2, GENTLER)] {
        let training = train(seed, step, 2500);
        assert!(training.done_after.is_some(), "seed {seed}, {step:?}");
        let hidden = training.detector.hidden;
        assert!(asymmetry(&hidden, 0) < 0.02 && asymmetry(&hidden, 1) < 0.02);
        assert!(opposition(&hidden) < 0.2);
        // Whatever the sizes are, no sum or difference of all three is near 0.
        let [one, two, three] = ratios(&hidden, 0);
        assert!(one == 1.0 && two > 1.2 && (three - two - one).abs() > 0.3);
    }
}

#[test]
fn a_start_that_learns_nothing_says_no_to_everything() {
    let training = train(5, PAPER, 1000);
    assert_eq!(training.done_after, None);
    let last = training.errors[999];
    assert!((last - 4.0).abs() < 0.01, "{last}"); // ½ · 8 missed patterns
    let says = training.detector.forward(&patterns().0);
    assert!(says.max().item() < 0.1);
}
