//! Exercise 2.9: hill climbing.

use lesson::exercise::Exercise;
use tensor::Rng;

use crate::answer;

/// What was tried in a climb, in order, with the losses.
type Tried = Vec<(Vec<f32>, f32)>;

/// Climbs with a generator of this seed, and notes every call of the loss.
fn climb(
    start: &[f32],
    tries: usize,
    seed: u64,
    mut loss: impl FnMut(usize, &[f32]) -> f32,
) -> ((Vec<f32>, f32), Tried) {
    let mut tried = Tried::new();
    let noted = |numbers: &[f32]| {
        let loss = loss(tried.len(), numbers);
        tried.push((numbers.to_vec(), loss));
        loss
    };
    let found = answer::climb(start, tries, 0.5, &mut Rng::new(seed), noted);
    (found, tried)
}

/// The squared distance from (1, 2).
fn distance(numbers: &[f32]) -> f32 {
    let errors = numbers.iter().zip([1.0, 2.0]);
    errors.map(|(x, best)| (x - best) * (x - best)).sum()
}

/// Checks a whole climb, try by try, with the same draws.
fn check(ex: &Exercise, start: &[f32], seed: u64, climbed: ((Vec<f32>, f32), Tried)) {
    let ((numbers, loss), tried) = climbed;
    let mut rng = Rng::new(seed);
    let (first, tries) = tried.split_first().expect("the calls were counted");
    let mut best = (start.to_vec(), first.1);
    ex.step("the loss is asked about the start first")
        .close_each(&first.0, start, 0.0);
    for (i, (changed, now)) in tries.iter().enumerate() {
        let wanted = best.0.iter().map(|x| x + 0.5 * rng.normal());
        let wanted: Vec<f32> = wanted.collect();
        let what = format!("try {}: the best so far, {:?}, changed", i + 1, best.0);
        ex.step(what).close_each(changed, &wanted, 1e-5);
        if *now < best.1 {
            best = (changed.clone(), *now);
        }
    }
    ex.step("the numbers of the best try")
        .close_each(&numbers, &best.0, 0.0);
    ex.step("the loss of the best try").close(loss, best.1, 0.0);
}

#[test]
fn ex2_09_climb() {
    let ex = Exercise::load("2.9");
    for (tries, seed) in [(0, 1), (1, 2), (40, 3), (40, 4)] {
        let start = [-3.0, 5.0];
        let asked = ex.given(format!(
            "start = {start:?}, tries = {tries}, step = 0.5, rng = Rng::new({seed}), \
             loss = the squared distance from (1, 2)"
        ));
        let climbed = climb(&start, tries, seed, |_, numbers| distance(numbers));
        asked
            .step("the loss is called once for the start and once for each try")
            .equal(climbed.1.len(), tries + 1);
        check(&asked, &start, seed, climbed);
    }
}

#[test]
fn ex2_09_climb_keeps_only_what_is_better() {
    let ex = Exercise::load("2.9");
    let start = [0.0];
    let asked = ex.given("start = [0], tries = 5, step = 0.5, loss = 7 everywhere");
    let ((numbers, loss), _) = climb(&start, 5, 1, |_, _| 7.0);
    let step = asked.step("an equal loss is no improvement: the start stays");
    step.close_each(&numbers, &start, 0.0);
    step.close(loss, 7.0, 0.0);
    let asked =
        ex.given("start = [0], tries = 5, step = 0.5, loss = NaN but at the start");
    let not_a_number = |call: usize, _: &[f32]| if call == 0 { 7.0 } else { f32::NAN };
    let ((numbers, loss), _) = climb(&start, 5, 1, not_a_number);
    let step = asked.step("NaN is no improvement: the start stays");
    step.close_each(&numbers, &start, 0.0);
    step.close(loss, 7.0, 0.0);
}
