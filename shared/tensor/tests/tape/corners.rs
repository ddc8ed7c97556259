//! Corners and numbers that are not numbers.

use tensor::{Keep, Tensor, assert_close};

use crate::counting::alone;

const NAN: f32 = f32::NAN;

/// The gradient of the sum of `f` at `x`.
fn slope(x: impl Into<Tensor>, f: impl Fn(&Tensor) -> Tensor) -> Vec<f32> {
    let x: Tensor = x.into().require_grad();
    f(&x).sum().backward()[&x].to_vec()
}

#[test]
fn slopes_at_corners_are_those_of_one_side() {
    let _alone = alone();
    assert_eq!(slope([0.0, -0.0], Tensor::relu), [0.0, 0.0]);
    assert_eq!(slope([0.0, -0.0], Tensor::abs), [0.0, 0.0]);
    assert_eq!(slope([-1.0, 1.0], |x| x.clamp(-1.0, 1.0)), [1.0, 1.0]);
    assert_eq!(slope([2.0, 2.0], |x| x.maximum(2.0)), [1.0, 1.0]);
    assert_eq!(slope([2.0, 2.0], Tensor::max), [1.0, 0.0]);
    assert_eq!(slope([[2.0, 2.0]], |x| x.min_axis(1, Keep::No)), [1.0, 0.0]);
    assert_eq!(slope([2.0], |x| x.maximum(x)), [1.0], "not twice");
}

#[test]
fn powers_at_zero() {
    let _alone = alone();
    assert_eq!(slope([0.0, 2.0], |x| x.powi(0)), [0.0, 0.0]);
    assert_eq!(slope([0.0, 2.0], |x| x.powf(0.0)), [0.0, 0.0]);
    assert_eq!(slope([0.0, 2.0], |x| x.powi(1)), [1.0, 1.0]);
    assert_eq!(slope([0.0, -2.0], |x| x.powf(2.0)), [0.0, -4.0]);
    assert_eq!(slope([0.0], Tensor::sqrt), [f32::INFINITY]);
}

#[test]
fn scores_far_apart_have_finite_slopes() {
    let _alone = alone();
    for x in [[1e4, -1e4], [-1e4, -1e4], [88.0, 89.0]] {
        for slopes in [
            slope(x, |x| x.softmax(0).square()),
            slope(x, |x| x.log_softmax(0)),
            slope(x, |x| x.log_sum_exp(0, Keep::No)),
            slope(x, |x| x.unsqueeze(0).cross_entropy(&[1])),
            slope(x, |x| x.binary_cross_entropy(&Tensor::from([0.0, 1.0]))),
            slope(x, Tensor::sigmoid),
            slope(x, Tensor::tanh),
        ] {
            assert!(slopes.iter().all(|slope| slope.is_finite()), "{x:?}: {slopes:?}");
        }
    }
    let far = Tensor::from([[0.0, 3e4]]);
    assert_close!(far.cross_entropy(&[0]), 3e4, 1e-6);
}

#[test]
fn excluded_scores_get_probability_zero() {
    let _alone = alone();
    let masked = [1.0, f32::NEG_INFINITY, 1.0];
    assert_close!(Tensor::from(masked).softmax(0), [0.5, 0.0, 0.5], 1e-6);
    let slopes = slope(masked, |x| x.softmax(0) * Tensor::from([1.0, 2.0, 3.0]));
    assert_close!(slopes, [-0.5, 0.0, 0.5], 1e-6);
    let slopes = slope(masked, |x| x.log_sum_exp(0, Keep::No));
    assert_close!(slopes, [0.5, 0.0, 0.5], 1e-6);
    let slopes = slope([masked], |x| x.cross_entropy(&[0]));
    assert_close!(slopes, [-0.5, 0.0, 0.5], 1e-6);
    let all = Tensor::from([f32::NEG_INFINITY; 2]).log_sum_exp(0, Keep::No);
    assert_eq!(all.item(), f32::NEG_INFINITY);
}

#[test]
fn nan_stays_visible_in_values() {
    let _alone = alone();
    let x = Tensor::from([NAN, 1.0]);
    for y in [x.relu(), x.abs(), x.clamp(0.0, 1.0), x.sign(), x.maximum(0.0), x.minimum(0.0)] {
        assert!(y.to_vec()[0].is_nan() && !y.to_vec()[1].is_nan(), "{y:?}");
    }
    let all = [x.sum(), x.mean(), x.max(), x.min(), x.log_sum_exp(0, Keep::No)];
    assert!(all.iter().all(|y| y.item().is_nan()));
    assert!(x.unsqueeze(0).cross_entropy(&[1]).item().is_nan());
}

#[test]
fn comparisons_with_nan_are_false() {
    let _alone = alone();
    let (x, y) = (Tensor::from([NAN, NAN, 1.0]), Tensor::from([NAN, 1.0, NAN]));
    for answer in [x.gt(&y), x.ge(&y), x.lt(&y), x.le(&y), x.eq(&y)] {
        assert_eq!(answer.to_vec(), [0.0, 0.0, 0.0]);
    }
}

#[test]
fn what_where_did_not_choose_gets_a_slope_of_zero() {
    let _alone = alone();
    // The slope of sqrt is infinite at 0 and NaN below: where_ must not multiply it by 0.
    let x = Tensor::from([0.0, -1.0, 4.0]).require_grad();
    let safe = Tensor::where_(&x.gt(0.0), &x, 1.0).sqrt();
    let slopes = Tensor::where_(&x.gt(0.0), safe, 0.0).sum().backward()[&x].to_vec();
    assert_eq!(slopes, [0.0, 0.0, 0.25]);
    let (yes, no) = (Tensor::from([NAN]).require_grad(), Tensor::from([2.0]).require_grad());
    let chosen = Tensor::where_(&Tensor::from([0.0]), &yes, &no) * Tensor::from([NAN]);
    let gradients = chosen.sum().backward();
    assert_eq!(gradients[&yes].item(), 0.0);
    assert!(gradients[&no].item().is_nan());
}
