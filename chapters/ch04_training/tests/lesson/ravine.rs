//! The claims of the page *Out of the ravine*.

use ch04_training::ravine::{
    best_momentum, best_nesterov, best_plain, height, ravine, rosenbrock, steps_to,
    turn, turned, walk,
};
use nn::optim::{Adam, Optimizer, Sgd};
use tensor::Tensor;

/// The straight ravine with this condition number.
fn straight(kappa: f32) -> impl Fn(&Tensor) -> Tensor {
    move |at| ravine(at, kappa)
}

/// Steps to a millionth of the height from (√κ, 1).
fn steps(kappa: f32, lr: f32, rule: Sgd) -> usize {
    let optimizer = Optimizer::new(rule);
    let start = [kappa.sqrt(), 1.0];
    steps_to(straight(kappa), start, optimizer, lr, 1e-6, 20_000)
        .expect("the best setting arrives")
}

#[test]
fn plain_descent_multiplies_each_coordinate_by_a_factor_of_its_own() {
    let optimizer = Optimizer::new(Sgd::default());
    let way = walk(straight(4.0), [8.0, 1.0], optimizer, 0.25, 3);
    // 1 − 0.25 · 1 along, 1 − 0.25 · 4 across.
    assert_eq!(way, [[8.0, 1.0], [6.0, 0.0], [4.5, 0.0], [3.375, 0.0]]);
}

#[test]
fn a_rate_above_two_over_the_curvature_jumps_out() {
    let end = |lr: f32| {
        let optimizer = Optimizer::new(Sgd::default());
        walk(straight(100.0), [1.0, 1.0], optimizer, lr, 100)[100][1].abs()
    };
    assert!(end(0.0195) < 0.1, "{}", end(0.0195));
    assert!(end(0.0205) > 10.0, "{}", end(0.0205));
}

#[test]
fn on_an_even_slope_the_steps_grow_to_the_rate_over_one_minus_mu() {
    let slope = |at: &Tensor| (at * Tensor::from([-1.0, 0.0])).sum();
    for (mu, longest) in [(0.0, 1.0), (0.5, 2.0), (0.9, 10.0)] {
        let optimizer = Optimizer::new(Sgd::momentum(mu));
        let way = walk(slope, [0.0, 0.0], optimizer, 0.01, 200);
        let last = (way[200][0] - way[199][0]) / 0.01;
        assert!((last - longest).abs() < 0.01, "μ = {mu}: {last}");
    }
}

#[test]
fn plain_descent_takes_steps_by_the_condition_number_momentum_by_its_root() {
    let plain = [100.0, 400.0].map(|k| steps(k, best_plain(k), Sgd::default()) as f32);
    let growth = plain[1] / plain[0];
    assert!((3.7..4.3).contains(&growth), "plain: {plain:?}");
    let momentum = [100.0, 400.0].map(|kappa| {
        let (lr, mu) = best_momentum(kappa);
        steps(kappa, lr, Sgd::momentum(mu)) as f32
    });
    let growth = momentum[1] / momentum[0];
    assert!((1.7..2.3).contains(&growth), "momentum: {momentum:?}");
    let nesterov = [100.0, 400.0].map(|kappa| {
        let (lr, mu) = best_nesterov(kappa);
        steps(kappa, lr, Sgd::nesterov(mu)) as f32
    });
    let growth = nesterov[1] / nesterov[0];
    assert!((1.7..2.3).contains(&growth), "Nesterov: {nesterov:?}");
    assert!(plain[0] > 4.0 * momentum[0], "{plain:?}, {momentum:?}");
}

#[test]
fn too_much_momentum_is_as_slow_as_none() {
    let [none, good, much] =
        [0.0, 0.8, 0.99].map(|mu| steps(100.0, 0.01, Sgd::momentum(mu)));
    assert!(4 * good < none && 4 * good < much, "{none}, {good}, {much}");
}

#[test]
fn rosenbrocks_lowest_place_is_one_one() {
    assert_eq!(height(rosenbrock, [1.0, 1.0]), 0.0);
    let at = Tensor::from([1.0, 1.0]).require_grad();
    let gradients = rosenbrock(&at).backward();
    let gradient = gradients.get(&at).expect("it depends on the place");
    assert_eq!(gradient.to_vec(), [0.0, 0.0]);
    // (1 + 1.2)² + 100 (1 − 1.44)²
    assert!((height(rosenbrock, [-1.2, 1.0]) - 24.2).abs() < 1e-4);
}

#[test]
fn momentum_does_not_mind_a_turn_and_adam_does() {
    let start = [-10.0, 2.0];
    let start_turned = turn(start);
    let bend = |at: &Tensor| turned(at, 30.0);
    let [a, b] = [height(straight(30.0), start), height(bend, start_turned)];
    assert!((a - b).abs() < 1e-3, "{a}, {b}");
    let ends = |make: fn() -> Optimizer, lr: f32| {
        let along = walk(straight(30.0), start, make(), lr, 20)[20];
        let across = walk(bend, start_turned, make(), lr, 20)[20];
        [height(straight(30.0), along), height(bend, across)]
    };
    let [a, b] = ends(|| Optimizer::new(Sgd::momentum(0.5)), 0.05);
    assert!((a - b).abs() < 1e-3 * a.max(1e-3), "momentum: {a}, {b}");
    let [a, b] = ends(|| Optimizer::new(Adam::default()), 0.5);
    assert!((a - b).abs() > 0.1 * a, "Adam: {a}, {b}");
}
