//! Dual numbers: slopes by rule, the scalar engine, and central differences.

use ch03_backprop::dual::{Dual, Number, along, gradient};
use ch03_backprop::forward_or_reverse::{TanhNet, arm, operations};
use ch03_backprop::scalar::Scalar;
use proptest::prelude::*;

/// The slope of `f` at `x` by central differences.
fn central(f: impl Fn(f64) -> f64, x: f64) -> f64 {
    let h = 1e-5;
    (f(x + h) - f(x - h)) / (2.0 * h)
}

/// All operations there are, of one number above 0.
fn everything<T: Number>(x: T) -> T {
    let half = || T::from(0.5);
    let bent = (x.clone() * half()).tanh() + x.ln() * half();
    bent / (T::from(3.0) + (half() - x.clone()).exp()) - x
}

#[test]
fn epsilon_squared_is_nothing() {
    let epsilon = Dual {
        value: 0.0,
        slope: 1.0,
    };
    assert_eq!(epsilon * epsilon, Dual::from(0.0));
}

#[test]
fn a_constant_has_no_slope() {
    assert_eq!(Dual::<f64>::from(4.0).slope, 0.0);
    assert_eq!(Dual::<f64>::from(4.0).exp().slope, 0.0);
}

#[test]
fn dual_numbers_of_dual_numbers_give_second_derivatives() {
    // x³ at 2: slope 3x² = 12, its slope 6x = 12; at 3: 27 and 18.
    let x = Dual {
        value: Dual::variable(3.0),
        slope: Dual::from(1.0),
    };
    let cube = x * x * x;
    assert_eq!((cube.value.value, cube.slope.value), (27.0, 27.0));
    assert_eq!(cube.slope.slope, 18.0);
}

#[test]
fn the_slope_of_a_slope_by_both_modes_is_the_second_derivative() {
    // Reverse mode over forward mode: x³, whose second derivative is 6x.
    let x = Scalar::from(3.0);
    let dual = Dual {
        value: x.clone(),
        slope: Scalar::from(1.0),
    };
    let cube = dual.clone() * dual.clone() * dual;
    cube.slope.backward();
    assert_eq!(x.gradient(), 18.0);
}

#[test]
fn the_joints_of_a_straight_arm_lie_on_a_line() {
    let joints = arm(0.0, 4);
    assert_eq!(joints[3], [1.0, 0.0]);
    assert_eq!(joints[0], [0.25, 0.0]);
}

#[test]
fn an_arm_bent_by_right_angles_comes_back() {
    // tan(90° / 2) = 1: four links make a square.
    let joints = arm(1.0, 4);
    let [x, y] = joints[3];
    assert!(x.abs() < 1e-12 && y.abs() < 1e-12, "({x}, {y})");
}

#[test]
fn the_velocities_of_the_joints_agree_with_central_differences() {
    let moving = arm(Dual::<f64>::variable(0.1), 12);
    for (link, joint) in moving.iter().enumerate() {
        for (axis, coordinate) in joint.iter().enumerate() {
            let measured = central(|u| arm(u, 12)[link][axis], 0.1);
            assert!((coordinate.slope - measured).abs() < 1e-7, "link {link}");
        }
    }
}

#[test]
fn both_modes_find_the_same_gradient_of_a_net() {
    let net = TanhNet { hidden: 5 };
    let n = net.parameter_count();
    let w: Vec<f64> = (0..n).map(|i| 0.3 * libm::sin(i as f64)).collect();
    let forward = gradient(|w| net.loss(w, [0.5, -1.0], 1.0), &w);
    let leaves: Vec<Scalar> = w.iter().map(|&w| w.into()).collect();
    net.loss(&leaves, [0.5, -1.0], 1.0).backward();
    for (forward, leaf) in forward.iter().zip(&leaves) {
        assert!((forward - leaf.gradient()).abs() < 1e-14);
    }
}

#[test]
fn forward_mode_pays_by_the_input_and_reverse_mode_by_the_output() {
    let net = |hidden| {
        let net = TanhNet { hidden };
        let w = vec![0.1; net.parameter_count()];
        let counts = operations(
            |w| vec![net.loss(w, [0.5, -1.0], 1.0)],
            |w| vec![net.loss(w, [0.5, -1.0], 1.0)],
            &w,
        );
        (w.len(), counts)
    };
    let (inputs, counts) = net(8);
    assert_eq!(counts.forward % inputs, 0);
    let pass = counts.forward / inputs;
    assert!(pass < 4 * counts.values, "{counts:?}");
    assert!(counts.reverse <= 5 * counts.values, "{counts:?}");

    let of_arm = operations(
        |u| arm(u[0].clone(), 32).into_iter().flatten().collect(),
        |u| arm(u[0].clone(), 32).into_iter().flatten().collect(),
        &[0.1],
    );
    assert!(of_arm.forward < 4 * of_arm.values, "{of_arm:?}");
    assert!(of_arm.reverse > 50 * of_arm.values, "{of_arm:?}");
}

proptest! {
    #[test]
    fn every_operation_agrees_with_central_differences(x in 0.2_f64..4.0) {
        let dual: Dual<f64> = everything(Dual::variable(x));
        prop_assert_eq!(dual.value, everything(x));
        let measured = central(everything, x);
        prop_assert!((dual.slope - measured).abs() < 1e-7, "{} {measured}", dual.slope);
    }

    #[test]
    fn every_operation_agrees_with_the_scalar_engine(x in 0.2_f64..4.0) {
        let leaf = Scalar::from(x);
        let y = everything(leaf.clone());
        y.backward();
        let dual: Dual<f64> = everything(Dual::variable(x));
        prop_assert_eq!(dual.value, y.value());
        prop_assert!((dual.slope - leaf.gradient()).abs() < 1e-13);
    }

    #[test]
    fn the_slope_along_a_direction_is_gradient_times_direction(
        w in prop::collection::vec(-1.0_f64..1.0, 15),
        direction in prop::collection::vec(-1.0_f64..1.0, 15),
    ) {
        let net = TanhNet { hidden: 2 };
        let loss = |w: &[Dual<f64>]| net.loss(w, [1.0, 0.5], -1.0);
        let gradient = gradient(loss, &w);
        let product: f64 = gradient.iter().zip(&direction).map(|(g, d)| g * d).sum();
        prop_assert!((along(loss, &w, &direction).slope - product).abs() < 1e-12);
    }
}
