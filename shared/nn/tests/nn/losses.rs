//! The claims of `nn::loss`: slopes that central differences confirm, limits, and refusals.

use nn::loss::{
    balanced_weights, huber, mae, smoothed_cross_entropy, weighted_cross_entropy,
};
use tensor::gradcheck::check;
use tensor::{Rng, Tensor, assert_close};

/// The gradients of a loss of `x` and of what it is compared with are right.
#[track_caller]
fn confirmed(loss: impl Fn(&[Tensor]) -> Tensor, inputs: &[Tensor]) {
    for checked in check(loss, inputs, 1e-2) {
        assert!(checked.error < 1e-2, "{checked:?}");
    }
}

#[test]
fn central_differences_confirm_the_slopes() {
    // Differences of at least 0.05 from 0 and from both deltas, where the slope bends.
    let x = Tensor::from([[0.2, -0.4, 1.3], [-2.0, 0.8, -0.1]]);
    let inputs = [x, Tensor::zeros(&[2, 3])];
    confirmed(|i| mae(&i[0], &i[1]), &inputs);
    confirmed(|i| huber(&i[0], &i[1], 1.0), &inputs);
    confirmed(|i| huber(&i[0], &i[1], 0.5), &inputs);
    let (logits, classes) = (Rng::new(1).normal_tensor(&[4, 3], 0.0, 2.0), [2, 0, 1, 0]);
    let weighted = |i: &[Tensor]| weighted_cross_entropy(&i[0], &classes, &[0.5, 3.0, 1.0]);
    confirmed(weighted, std::slice::from_ref(&logits));
    confirmed(|i| smoothed_cross_entropy(&i[0], &classes, 0.2), &[logits]);
}

#[test]
fn hubers_loss_is_squared_near_and_straight_far_away() {
    let zero = Tensor::from([0.0]);
    let at = |d: f32, delta: f32| huber(&Tensor::from([d]), &zero, delta).item();
    assert_eq!(at(-0.5, 1.0), 0.125);
    assert_eq!((at(7.0, 1.0), at(-8.0, 1.0)), (6.5, 7.5));
    // With a delta beyond all errors it is half the mean squared error.
    let (x, t) = (Tensor::from([1.0, -3.0]), Tensor::from([0.5, 2.0]));
    assert_close!(huber(&x, &t, 100.0), x.mse_loss(&t) / 2.0, 1e-6);
}

#[test]
fn with_equal_weights_or_without_smoothing_it_is_plain_cross_entropy() {
    let (logits, classes) = (
        Rng::new(2).normal_tensor(&[5, 4], 0.0, 3.0),
        [3, 0, 1, 1, 2],
    );
    let plain = logits.cross_entropy(&classes);
    let weighted = weighted_cross_entropy(&logits, &classes, &[7.0; 4]);
    assert_close!(weighted, plain, 1e-5);
    assert_close!(smoothed_cross_entropy(&logits, &classes, 0.0), plain, 1e-5);
}

#[test]
fn a_weight_of_two_is_an_example_seen_twice() {
    let logits = Tensor::from([[1.0, -1.0], [0.5, 2.0]]);
    let twice = logits.select(0, &[0, 1, 1]).cross_entropy(&[0, 1, 1]);
    let weighted = weighted_cross_entropy(&logits, &[0, 1], &[1.0, 2.0]);
    assert_close!(weighted, twice, 1e-6);
}

#[test]
fn a_huge_logit_leaves_the_losses_finite() {
    let logits = Tensor::from([[1e4, -1e4]]);
    let loss = weighted_cross_entropy(&logits, &[1], &[1.0, 1.0]);
    assert_eq!(loss.item(), 2e4);
    assert!(
        smoothed_cross_entropy(&logits, &[1], 0.1)
            .item()
            .is_finite()
    );
}

#[test]
fn balanced_weights_give_every_class_the_same_sum() {
    let classes = [0, 1, 1, 1, 1, 3, 3, 0];
    let weights = balanced_weights(&classes, 4);
    assert_eq!(weights, [1.0, 0.5, 0.0, 1.0]);
}

#[test]
#[should_panic(
    expected = "mae: expected predictions and targets of one shape, and at least one \
                           number, got [3] and [3, 1]"
)]
fn shapes_that_would_broadcast_are_refused() {
    mae(&Tensor::zeros(&[3]), &Tensor::zeros(&[3, 1]));
}

#[test]
#[should_panic(expected = "huber: expected a delta above 0, got 0")]
fn a_delta_of_zero_is_refused() {
    huber(&Tensor::zeros(&[3]), &Tensor::zeros(&[3]), 0.0);
}

#[test]
#[should_panic(expected = "expected a weight for each of K = 3 classes, got 2")]
fn a_missing_weight_is_refused() {
    weighted_cross_entropy(&Tensor::zeros(&[1, 3]), &[0], &[1.0, 1.0]);
}

#[test]
#[should_panic(
    expected = "expected weights that add up to more than 0, got 0 over these examples"
)]
fn a_batch_that_weighs_nothing_is_refused() {
    weighted_cross_entropy(&Tensor::zeros(&[1, 2]), &[0], &[0.0, 1.0]);
}

#[test]
#[should_panic(expected = "expected classes below K = 2, got 2 in row 1")]
fn a_class_too_large_is_refused() {
    smoothed_cross_entropy(&Tensor::zeros(&[2, 2]), &[0, 2], 0.1);
}

#[test]
#[should_panic(expected = "expected a smoothing in 0..=1, got 1.5")]
fn a_smoothing_above_one_is_refused() {
    smoothed_cross_entropy(&Tensor::zeros(&[1, 2]), &[0], 1.5);
}
