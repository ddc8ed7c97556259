//! Exercise 4.13: stopped, kept, and gone on with.

use ch04_training::walk::Walk;
use lesson::exercise::Exercise;

use crate::answer;

/// The walk of D directions after so many steps.
fn walked(d: usize, steps: usize) -> Walk {
    let mut walk = Walk::new(d, 7);
    (0..steps).for_each(|_| walk.step());
    walk
}

/// The bits of each number.
fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

/// The walk as it comes back from its numbers.
fn back(walk: &Walk) -> Walk {
    answer::go_on(&answer::keep(walk))
}

#[test]
fn ex4_13_kept() {
    let ex = Exercise::load("4.13");
    for (d, steps) in [(1, 1), (3, 5), (2, 0), (5, 100)] {
        let asked = ex.given(format!("a walk of {d} directions after {steps} steps"));
        let walk = walked(d, steps);
        let got = back(&walk);
        let step = asked.step("the weights come back, bit for bit");
        step.equal(bits(&got.weights), bits(&walk.weights));
        let step = asked.step("the velocity comes back: momentum does not start anew");
        step.equal(bits(&got.velocity), bits(&walk.velocity));
        let step = asked.step("the steps come back: the rate decays by them");
        step.equal(got.steps, walk.steps);
        let step = asked.step("the generator stands where it stood");
        step.equal(got.rng.state(), walk.rng.state());
    }
}

#[test]
fn ex4_13_goes_on() {
    let ex = Exercise::load("4.13").step("the same end as without a stop");
    for stops in [&[1][..], &[10], &[3, 4, 17], &[0, 29]] {
        let asked = ex.given(format!("30 steps, stopped after {stops:?}"));
        let mut walk = walked(3, 0);
        for step in 0..30 {
            if stops.contains(&step) {
                walk = back(&walk);
            }
            walk.step();
        }
        let whole = walked(3, 30);
        asked.equal(bits(&walk.weights), bits(&whole.weights));
    }
}

#[test]
fn ex4_13_unusual_numbers() {
    let ex = Exercise::load("4.13").step("every number comes back, bit for bit");
    let mut walk = walked(4, 3);
    walk.weights = vec![-0.0, f32::MIN_POSITIVE / 4.0, f32::MAX, f32::INFINITY];
    walk.velocity = vec![f32::NAN, 0.1 + 0.2, -1e-30, 16_777_217.0];
    walk.steps = u64::MAX;
    let asked = ex.given("weights and velocities such as -0, NaN and infinity");
    let got = back(&walk);
    asked.equal(bits(&got.weights), bits(&walk.weights));
    asked.equal(bits(&got.velocity), bits(&walk.velocity));
    asked.equal(got.steps, walk.steps);
}
