//! Slopes by limits and by rule, ways downhill, the chain rule three ways, the net.

use ch03_backprop::chain::{Arrow, Graph, example};
use ch03_backprop::net::{Dot, Mlp, by_recipe, moons};
use ch03_backprop::scalar::Scalar;
use ch03_backprop::slope::{
    RULES, central_difference, central_difference_f64, forward_difference,
};
use ch03_backprop::surface::{
    HOLLOWS, bowl_slope, descend, ended_in, pass, pass_gradient, plain, plain_gradient,
    steps_to_escape,
};
use proptest::prelude::*;
use tensor::Rng;

#[test]
fn differences_of_a_square_are_what_algebra_says() {
    let square = |x: f32| x * x;
    // ((x + h)² − x²) / h = 2x + h, and ((x + h)² − (x − h)²) / 2h = 2x.
    assert_eq!(forward_difference(square, 3.0, 0.5), 6.5);
    assert_eq!(central_difference(square, 3.0, 0.5), 6.0);
    assert_eq!(central_difference_f64(|x| x * x, 3.0, 0.5), 6.0);
}

#[test]
fn a_step_that_rounding_swallows_measures_no_slope() {
    assert_eq!(1.0_f32 + 1e-8, 1.0);
    assert_eq!(forward_difference(libm::expf, 1.0, 1e-8), 0.0);
}

#[test]
fn the_rules_agree_with_measured_slopes() {
    for rule in RULES {
        for x in [0.6_f32, 1.0, 1.4, 1.9] {
            let (measured, slope) =
                (central_difference(rule.f, x, 0.005), (rule.slope)(x));
            assert!(
                (measured - slope).abs() < 1e-3 * slope.abs().max(1.0),
                "{} at {x}: {measured}, {slope}",
                rule.name
            );
        }
    }
}

#[test]
fn descent_on_the_bowl_multiplies_by_one_minus_twice_the_rate() {
    for (lr, factor) in [(0.25, 0.5), (0.5, 0.0), (0.75, -0.5), (1.0, -1.0)] {
        let way = descend(bowl_slope, [2.0], lr, 3);
        let right = [2.0, 2.0 * factor, 2.0 * factor * factor];
        assert_eq!([way[0][0], way[1][0], way[2][0]], right);
    }
}

#[test]
fn gradients_of_the_surfaces_agree_with_central_differences() {
    for [x, y] in [[0.3_f32, -0.8], [1.1, 0.4], [-0.7, -1.3], [2.0, 2.0]] {
        let [by_x, by_y] = plain_gradient([x, y]);
        let measured_x = central_difference(|x| plain([x, y]), x, 0.01);
        let measured_y = central_difference(|y| plain([x, y]), y, 0.01);
        assert!((by_x - measured_x).abs() < 1e-3 && (by_y - measured_y).abs() < 1e-3);
        let [by_x, by_y] = pass_gradient([x, y]);
        let measured_x = central_difference(|x| pass([x, y]), x, 0.01);
        let measured_y = central_difference(|y| pass([x, y]), y, 0.01);
        assert!((by_x - measured_x).abs() < 1e-2 && (by_y - measured_y).abs() < 1e-2);
    }
}

#[test]
fn on_the_ridge_descent_ends_at_the_saddle_and_beside_it_in_a_valley() {
    let stuck = descend(pass_gradient, [0.0, 1.0], 0.05, 1000)[1000];
    assert_eq!(stuck[0], 0.0);
    assert!(stuck[1].abs() < 1e-6);
    for push in [1e-6, -1e-6] {
        let free = descend(pass_gradient, [push, 1.0], 0.05, 1000)[1000];
        assert!((free[0] - push.signum()).abs() < 1e-3, "{free:?}");
    }
}

#[test]
fn leaving_the_ridge_takes_a_step_more_for_each_factor_of_one_point_two() {
    // Near the saddle x grows by 1 + 4η = 1.2 a step: ln 10 / ln 1.2 = 12.6 for ten.
    let steps = |push| steps_to_escape(push, 0.05, 1000).expect("it leaves");
    let tenfold = (steps(1e-6) - steps(1e-3)) as f32 / 3.0;
    assert!((tenfold - 12.63).abs() < 0.4, "{tenfold}");
    assert_eq!(steps_to_escape(0.0, 0.05, 1000), None);
}

#[test]
fn a_start_in_a_hollow_stays_in_it() {
    for (i, hollow) in HOLLOWS.iter().enumerate() {
        let start = [hollow.at[0] + 0.2, hollow.at[1] - 0.2];
        let end = descend(plain_gradient, start, 0.2, 200)[200];
        assert_eq!(ended_in(end, 0.1), Some(i));
    }
    assert_eq!(ended_in([9.0, 9.0], 0.1), None);
}

#[test]
fn the_example_of_the_page_has_slopes_15_and_6_three_ways() {
    let graph = example(2.0, 3.0);
    for slopes in [graph.by_paths(), graph.forward(), graph.backward()] {
        assert_eq!(slopes.slopes, [15.0, 6.0]);
    }
    let products = [graph.by_paths(), graph.forward(), graph.backward()];
    assert_eq!(products.map(|s| s.products), [6, 10, 5]);
}

#[test]
fn the_engine_agrees_with_the_example() {
    let (x, y) = (Scalar::from(2.0), Scalar::from(3.0));
    let f = (&x * &y) * (&x + 1.0);
    f.backward();
    assert_eq!((f.value(), x.gradient(), y.gradient()), (18.0, 15.0, 6.0));
}

#[test]
fn a_number_squared_twenty_times_has_a_million_paths_and_forty_arrows() {
    let graph = Graph::squares(1.0, 20);
    assert_eq!(graph.backward().slopes, [1_048_576.0]);
    assert_eq!(graph.backward().products, 40);
    // x⁸ at 2: 8 · 2⁷.
    let power = Graph::squares(2.0, 3);
    assert_eq!(power.by_paths().slopes, [1024.0]);
}

#[test]
#[should_panic(expected = "an arrow leads nowhere or back")]
fn a_graph_that_leads_back_is_refused() {
    let back = Arrow {
        from: 1,
        to: 0,
        slope: 1.0,
    };
    Graph::new(2, 1, vec![back]);
}

#[test]
fn a_neuron_by_hand() {
    let net = Mlp::new(&[2, 1], &mut Rng::new(1));
    net.set(&[2.0, -1.0, 0.5]);
    // 2 · 1 − 1 · 3 + 0.5, not bent: it is the last layer.
    assert_eq!(net.score([1.0, 3.0]).value(), -0.5);
    assert_eq!(net.parameters().len(), 3);
}

#[test]
fn the_loss_is_ln_2_for_a_net_that_says_nothing() {
    let net = Mlp::new(&[2, 3, 1], &mut Rng::new(1));
    net.set(&[0.0; 13]);
    let dots = [1.0, -1.0].map(|y| Dot { x: [0.3, 0.7], y });
    let loss = net.loss(&dots).value();
    assert!((loss - 2.0_f64.ln()).abs() < 1e-12, "{loss}");
}

#[test]
fn slopes_of_the_net_agree_with_central_differences() {
    let mut rng = Rng::new(4);
    let (net, dots) = (Mlp::new(&[2, 3, 1], &mut rng), moons(5, 0.1, &mut rng));
    net.loss(&dots).backward();
    let values = net.values();
    let gradients: Vec<f64> = net.parameters().iter().map(Scalar::gradient).collect();
    for i in 0..values.len() {
        let moved = |v: f64| {
            let mut values = values.clone();
            values[i] = v;
            net.set(&values);
            net.loss(&dots).value()
        };
        let measured = central_difference_f64(moved, values[i], 1e-5);
        assert!((measured - gradients[i]).abs() < 1e-8, "parameter {i}");
    }
}

#[test]
fn a_step_goes_down_and_the_net_learns_two_moons() {
    let mut rng = Rng::new(5);
    let dots = moons(40, 0.1, &mut rng);
    let net = Mlp::new(&[2, 8, 1], &mut rng);
    let before = net.loss(&dots).value();
    for _ in 0..300 {
        net.step(&dots, 1.0);
    }
    let after = net.loss(&dots).value();
    assert!(after < 0.2 * before, "{before} to {after}");
    assert!(net.accuracy(&dots) > 0.95, "{}", net.accuracy(&dots));
}

#[test]
fn who_knows_the_recipe_is_right_in_the_middle_of_a_moon() {
    assert!(by_recipe([0.0, 1.0], 0.15) > 5.0);
    assert!(by_recipe([1.0, -0.5], 0.15) < -5.0);
}

proptest! {
    #[test]
    fn the_three_ways_of_the_chain_rule_agree(seed in any::<u64>()) {
        let mut rng = Rng::new(seed);
        let (inputs, nodes) = (3, 9);
        let mut arrows = Vec::new();
        for from in 0..nodes - 1 {
            for _ in 0..1 + rng.below(3) {
                let to = (from + 1 + rng.below(4)).max(inputs).min(nodes - 1);
                let slope = f64::from(rng.uniform(-2.0, 2.0));
                arrows.push(Arrow { from, to, slope });
            }
        }
        let graph = Graph::new(nodes, inputs, arrows);
        let paths = graph.by_paths().slopes;
        for (i, path) in paths.iter().enumerate() {
            let close = |x: f64| (x - path).abs() < 1e-9 * path.abs().max(1.0);
            prop_assert!(close(graph.forward().slopes[i]));
            prop_assert!(close(graph.backward().slopes[i]));
        }
    }
}
