//! What the page *How far to step* claims.

use ch04_training::clothes::Clothes;
use ch04_training::range_test::range_test;
use ch04_training::schedules::Shape;
use ch04_training::trial::{CHANCE, Method, Trial, finish};
use nn::Schedule;
use nn::classify::Classification;
use nn::data::Labelled;
use nn::train::Plan;

/// A few clothes to learn from and to validate on.
fn some_clothes() -> (Labelled, Labelled) {
    let clothes = Clothes::load().expect("the clothes are in data/");
    let first = |all: &Labelled, n: usize| all.pick(&(0..n).collect::<Vec<_>>());
    (
        first(&clothes.training, 1000),
        first(&clothes.validation, 500),
    )
}

/// A small net with momentum.
fn trial(schedule: Schedule, epochs: usize) -> Trial {
    Trial {
        sizes: vec![784, 32, 10],
        dropout: 0.0,
        method: Method::Momentum,
        plan: Plan::new(50, epochs, schedule),
    }
}

#[test]
fn every_schedule_has_the_given_highest_rate() {
    for shape in Shape::ALL {
        for steps in [40, 100, 1000] {
            let schedule = shape.schedule(0.3, steps);
            let highest = (0..steps).map(|t| schedule.at(t)).fold(0.0, f32::max);
            // Warm-up and one cycle may pass their peak between two steps.
            assert!(
                highest <= 0.3 + 1e-6 && highest > 0.29,
                "{}, {steps} steps: {highest}",
                shape.name()
            );
        }
    }
}

#[test]
fn every_schedule_but_the_constant_one_ends_at_a_tenth_or_less() {
    for shape in Shape::ALL {
        let last = shape.schedule(1.0, 1000).at(999);
        let falls = shape != Shape::Constant;
        assert_eq!(last <= 0.101, falls, "{}: {last}", shape.name());
    }
}

#[test]
fn the_range_test_finds_a_rate_that_trains() {
    let (training, validation) = some_clothes();
    let task = Classification {
        training: &training,
        validation: &validation,
    };
    let test = range_test(
        &trial(Schedule::Constant { lr: 0.0 }, 10),
        &task,
        [1e-4, 10.0],
        200,
        1,
    );
    let scores = [0.01, 1.0, 100.0].map(|factor| {
        let lr = factor * test.rate();
        let mut trainer = trial(Schedule::Constant { lr }, 5).begin(1);
        let outcome = finish(&mut trainer, &task, |_| Ok::<(), ()>(()));
        outcome.expect("nobody stops it").score()
    });
    let [low, right, high] = scores;
    assert!(
        right > 0.7 && right > low + 0.1 && right > high + 0.1,
        "{scores:?}"
    );
}

#[test]
fn the_range_test_stops_when_the_loss_has_exploded() {
    let (training, validation) = some_clothes();
    let task = Classification {
        training: &training,
        validation: &validation,
    };
    let trial = trial(Schedule::Constant { lr: 0.0 }, 100);
    let test = range_test(&trial, &task, [1e-3, 1e6], 300, 1);
    let steps = test.losses.len();
    assert!(steps < 300, "it made all {steps} steps");
    assert_eq!([test.rates.len(), test.smooth.len()], [steps, steps]);
    assert!(test.lowest() < test.rates[steps - 1]);
}

#[test]
fn a_training_that_diverges_scores_what_guessing_does() {
    let (training, validation) = some_clothes();
    let task = Classification {
        training: &training,
        validation: &validation,
    };
    let mut trainer = trial(Schedule::Constant { lr: f32::INFINITY }, 5).begin(1);
    let outcome = finish(&mut trainer, &task, |_| Ok::<(), ()>(()));
    let outcome = outcome.expect("nobody stops it");
    assert!(outcome.diverged.is_some());
    assert_eq!(outcome.score(), CHANCE);
}
