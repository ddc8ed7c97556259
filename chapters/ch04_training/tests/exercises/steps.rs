//! Exercises 4.1, 4.2 and 4.3: batches, and what to do with their gradients.

use lesson::exercise::Exercise;
use nn::optim::{Adam, Optimizer, Sgd};
use nn::{Module, Visitor};
use tensor::{Rng, Tensor};

use crate::answer;

#[test]
fn ex4_01_every_batch_is_full_and_no_row_comes_twice() {
    let ex = Exercise::load("4.1");
    let cases = [
        (7, 3, 2),
        (12, 4, 3),
        (5, 5, 1),
        (4, 5, 0),
        (6, 1, 6),
        (103, 10, 10),
    ];
    for (examples, batch, count) in cases {
        let asked = ex.given(format!("{examples} examples, batches of {batch}"));
        let batches = answer::epoch_batches(examples, batch, &mut Rng::new(1));
        asked
            .step("the number of batches")
            .equal(batches.len(), count);
        let sizes: Vec<usize> = batches.iter().map(Vec::len).collect();
        asked.step("their sizes").equal(sizes, vec![batch; count]);
        let mut rows: Vec<usize> = batches.concat();
        rows.sort_unstable();
        let twice = rows.windows(2).find(|pair| pair[0] == pair[1]);
        asked.holds(
            twice.is_none(),
            format!("no row comes twice in an epoch; row {twice:?} does"),
        );
        let known = rows.iter().all(|&row| row < examples);
        asked.holds(known, "every row is one of the examples");
    }
}

#[test]
fn ex4_01_rows_are_mixed_anew_in_each_epoch() {
    let ex = Exercise::load("4.1").given("100 examples, batches of 30, two epochs");
    let rng = &mut Rng::new(1);
    let [first, second] = [(); 2].map(|()| answer::epoch_batches(100, 30, rng));
    ex.holds(first != second, "a second call gives other batches");
    let neighbours = |batches: &[Vec<usize>]| {
        let pairs = batches.iter().flat_map(|batch| batch.windows(2));
        pairs.filter(|pair| pair[0].abs_diff(pair[1]) == 1).count()
    };
    // By chance about 2 of the 87 pairs are neighbours.
    ex.holds(
        neighbours(&first) < 20,
        "rows that are neighbours do not stay together: data sorted by class would give \
         batches of a single class",
    );
    let left_out = |batches: &[Vec<usize>]| -> Vec<usize> {
        let used = batches.concat();
        (0..100).filter(|row| !used.contains(row)).collect()
    };
    ex.holds(
        left_out(&first) != left_out(&second),
        "other rows are left out in the second epoch",
    );
}

#[test]
fn ex4_02_by_hand() {
    let ex = Exercise::load("4.2");
    for (nesterov, w, name) in [(false, 0.5, "momentum"), (true, 0.35, "Nesterov")] {
        let asked = ex.given(format!("{name}: w = 1, v = 2, g = 4, η = 0.1, μ = 0.5"));
        let (mut weights, mut velocity) = ([1.0], [2.0]);
        answer::momentum_step(&mut weights, &mut velocity, &[4.0], 0.1, 0.5, nesterov);
        asked.step("the velocity").close(velocity[0], 5.0, 1e-6);
        asked.step("the weight").close(weights[0], w, 1e-6);
        let asked = ex.given(format!("{name}: μ = 0 is plain descent: w = 1, g = 4"));
        let (mut weights, mut velocity) = ([1.0], [2.0]);
        answer::momentum_step(&mut weights, &mut velocity, &[4.0], 0.1, 0.0, nesterov);
        asked.close(weights[0], 0.6, 1e-6);
    }
}

/// A net that is a list of weights.
#[derive(Clone)]
struct Weights(Tensor);

impl Module for Weights {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parameter("weights", &mut self.0);
    }
}

/// One step of the course's optimiser with this gradient.
fn step(net: &mut Weights, optimizer: &mut Optimizer, gradient: &[f32], lr: f32) {
    let gradient = Tensor::from_vec(gradient.to_vec(), &[gradient.len()]);
    let loss = (&net.0 * gradient).sum(); // its gradient is the one given
    optimizer.step(net, &loss.backward(), lr);
}

#[test]
fn ex4_02_equals_the_courses_over_many_steps() {
    for nesterov in [false, true] {
        let ex = Exercise::load("4.2").given(format!(
            "20 steps of three weights, μ = 0.9, η from 0.1 down, nesterov = {nesterov}"
        ));
        let mut rng = Rng::new(3);
        let mut net = Weights(Tensor::from([1.0, -2.0, 0.5]).require_grad());
        let rule = match nesterov {
            false => Sgd::momentum(0.9),
            true => Sgd::nesterov(0.9),
        };
        let mut optimizer = Optimizer::new(rule);
        let (mut weights, mut velocity) = ([1.0, -2.0, 0.5], [0.0; 3]);
        for t in 0..20 {
            let gradient = [rng.normal(), rng.normal(), rng.normal()];
            let lr = 0.1 / (1.0 + t as f32);
            step(&mut net, &mut optimizer, &gradient, lr);
            answer::momentum_step(
                &mut weights,
                &mut velocity,
                &gradient,
                lr,
                0.9,
                nesterov,
            );
        }
        ex.close_each(&weights, &net.0.to_vec(), 1e-5);
    }
}

/// Checks each number of two lists of `f64`.
#[track_caller]
fn close_each(ex: &Exercise, got: &[f64], wanted: &[f64]) {
    let short = |list: &[f64]| -> Vec<f32> { list.iter().map(|&x| x as f32).collect() };
    ex.close_each(&short(got), &short(wanted), 1e-5);
}

#[test]
fn ex4_03_even_gradients_make_even_steps() {
    let ex = Exercise::load("4.3");
    for gradient in [5.0, 0.001, -40.0_f64] {
        let asked = ex.given(format!(
            "start 1, the gradient {gradient} four times, η = 0.1, β = 0.9 and 0.999, \
             ε = 1e-12: whatever its size, each step is η long, the first one too"
        ));
        let got = answer::adam_steps(1.0, &[gradient; 4], 0.1, (0.9, 0.999), 1e-12);
        let wanted = [1.0, 2.0, 3.0, 4.0].map(|t| 1.0 - 0.1 * t * gradient.signum());
        close_each(&asked, &got, &wanted);
    }
}

#[test]
fn ex4_03_by_hand() {
    let ex = Exercise::load("4.3");
    let asked = ex.given("start 0, gradients 4 and 0, η = 1, β = 0.5 and 0.75, ε = 1");
    // m = 2, m̂ = 4; v = 4, v̂ = 16; the step is 4/5. Then m = 1, m̂ = 4/3; v = 3,
    // v̂ = 48/7.
    let second = (4.0 / 3.0) / ((48.0_f64 / 7.0).sqrt() + 1.0);
    let got = answer::adam_steps(0.0, &[4.0, 0.0], 1.0, (0.5, 0.75), 1.0);
    close_each(&asked, &got, &[-0.8, -0.8 - second]);
    let asked = ex.given("start 3, the gradient 0 twice: it stays where it is");
    let got = answer::adam_steps(3.0, &[0.0, 0.0], 1.0, (0.9, 0.999), 1e-8);
    close_each(&asked, &got, &[3.0, 3.0]);
    let asked = ex.given("no gradients");
    let none = answer::adam_steps(3.0, &[], 1.0, (0.9, 0.999), 1e-8);
    asked.equal(none, Vec::<f64>::new());
}

#[test]
fn ex4_03_equals_the_courses_over_many_steps() {
    let ex =
        Exercise::load("4.3").given("50 random gradients, η = 0.01, defaults else");
    let mut rng = Rng::new(4);
    let gradients: Vec<f64> = (0..50).map(|_| f64::from(rng.normal())).collect();
    let mut net = Weights(Tensor::from([2.0]).require_grad());
    let mut optimizer = Optimizer::new(Adam::default());
    let wanted = gradients.iter().map(|&g| {
        step(&mut net, &mut optimizer, &[g as f32], 0.01);
        f64::from(net.0.item())
    });
    let wanted: Vec<f64> = wanted.collect();
    let got = answer::adam_steps(2.0, &gradients, 0.01, (0.9, 0.999), 1e-8);
    close_each(&ex, &got, &wanted);
}
