//! What lesson 2 claims of nets whose weights are written down.

use ch02_mlp::bumps::{bump, errors, folded, follow, hat, ramp, through, values};
use tensor::assert_close;

#[test]
fn a_ramp_a_hat_and_a_bump_have_their_shapes() {
    assert_eq!(
        values(&ramp(1.0, 3.0), &[0.0, 1.0, 2.0, 3.0, 9.0]),
        [0.0, 0.0, 0.5, 1.0, 1.0]
    );
    assert_eq!(
        values(&hat(0.0, 1.0, 3.0), &[-1.0, 0.5, 1.0, 2.0, 4.0]),
        [0.0, 0.5, 1.0, 0.5, 0.0]
    );
    let table = bump([0.0, 1.0, 3.0, 5.0]);
    assert_eq!(
        values(&table, &[-1.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0]),
        [0.0, 0.5, 1.0, 1.0, 1.0, 0.5, 0.0]
    );
}

#[test]
fn they_take_two_three_and_four_units() {
    let units = |net: &ch02_mlp::mlp::Mlp| net.layers[0].bias.len();
    assert_eq!(units(&ramp(0.0, 1.0)), 2);
    assert_eq!(units(&hat(0.0, 1.0, 2.0)), 3);
    assert_eq!(units(&bump([0.0, 1.0, 2.0, 3.0])), 4);
}

#[test]
fn the_net_goes_through_every_point_and_straight_between() {
    let points = [[0.0, 1.0], [0.25, -2.0], [0.5, 3.0], [2.0, 0.0]];
    let net = through(&points);
    assert_eq!(net.layers[0].bias.len(), 3); // a unit for each piece
    let said = values(&net, &points.map(|[x, _]| x));
    assert_close!(tensor::Tensor::from(said), points.map(|[_, y]| y), 1e-5);
    let between = values(&net, &[0.125, 0.375, 1.25]);
    assert_close!(tensor::Tensor::from(between), [-0.5, 0.5, 1.5], 1e-5);
}

#[test]
fn hats_side_by_side_are_the_same_curve() {
    let curve = |x: f32| (3.0 * x).sin();
    let net = follow(curve, [0.0, 1.0], 4);
    let place = |i: i32| i as f32 / 4.0;
    for x in [0.05, 0.3, 0.55, 0.99] {
        let hats: f32 = (0..=4)
            .map(|i| {
                let hat = hat(place(i - 1), place(i), place(i + 1));
                curve(place(i)) * values(&hat, &[x])[0]
            })
            .sum();
        assert!((hats - values(&net, &[x])[0]).abs() < 1e-5, "at {x}");
    }
}

#[test]
fn twice_the_units_quarter_the_error_on_a_smooth_curve() {
    let curve = |x: f32| (std::f32::consts::TAU * x).sin();
    for pieces in [8, 16, 32, 64] {
        let error = |pieces| {
            errors(&follow(curve, [0.0, 1.0], pieces), curve, [0.0, 1.0], 5000).0
        };
        let ratio = error(pieces) / error(2 * pieces);
        assert!((ratio - 4.0).abs() < 0.3, "{pieces} pieces: {ratio}");
        // h² max|f″| / 8, with f″ = (2π)² at the tops
        let bound = std::f32::consts::TAU.powi(2) / (8.0 * (pieces * pieces) as f32);
        assert!(error(pieces) <= 1.001 * bound);
    }
}

#[test]
fn no_number_of_units_makes_the_largest_error_at_a_jump_small() {
    let jump = |x: f32| f32::from(x > 1.0 / 3.0);
    let error =
        |pieces| errors(&follow(jump, [0.0, 1.0], pieces), jump, [0.0, 1.0], 20_000);
    let (few, many) = (error(8), error(512));
    assert!(
        few.0 > 0.5 && many.0 > 0.5,
        "largest: {} and {}",
        few.0,
        many.0
    );
    assert!(
        many.1 < few.1 / 30.0,
        "on average: {} and {}",
        few.1,
        many.1
    );
}

#[test]
fn a_net_without_folds_is_level() {
    assert_eq!(values(&through(&[[0.0, 2.0]]), &[-1.0, 5.0]), [2.0, 2.0]);
    assert_eq!(
        values(&folded(1.0, &[(0.0, 2.0)]), &[-1.0, 3.0]),
        [1.0, 7.0]
    );
}

#[test]
#[should_panic(expected = "does not lie right of")]
fn points_have_to_come_from_left_to_right() {
    through(&[[1.0, 0.0], [0.0, 0.0]]);
}
