//! Every schedule that PyTorch has, step by step.

use std::collections::BTreeMap;

use nn::Schedule;
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixture {
    rates: BTreeMap<String, Vec<f64>>,
}

/// Each rate within a millionth of PyTorch's, whatever its size.
fn equals_pytorch(name: &str, schedule: &Schedule, steps: usize) {
    let fixture: Fixture =
        serde_json::from_str(include_str!("../../fixtures/schedules.json"))
            .expect("the script writes such a file");
    let rates = &fixture.rates[name];
    assert_eq!(rates.len(), steps);
    for (t, &theirs) in rates.iter().enumerate() {
        let ours = f64::from(schedule.at(t));
        let near = (ours - theirs).abs() <= 1e-6 * theirs;
        assert!(near, "{name} at {t}: ours {ours}, PyTorch's {theirs}");
    }
}

#[test]
fn decays_are_pytorchs() {
    let step = Schedule::Step {
        lr: 0.1,
        factor: 0.5,
        every: 10,
    };
    equals_pytorch("step", &step, 60);
    let exponential = Schedule::Exponential {
        lr: 0.1,
        factor: 0.95,
    };
    equals_pytorch("exponential", &exponential, 60);
    let inverse = Schedule::Inverse {
        lr: 0.1,
        decay: 0.05,
    };
    equals_pytorch("inverse", &inverse, 60);
}

#[test]
fn the_cosine_is_pytorchs() {
    let cosine = Schedule::Cosine {
        lr: 0.1,
        end: 0.001,
        steps: 60,
    };
    equals_pytorch("cosine", &cosine, 60);
}

#[test]
fn cycles_are_pytorchs() {
    let cyclical = Schedule::Cyclical {
        low: 0.01,
        high: 0.1,
        half: 10,
    };
    equals_pytorch("cyclical", &cyclical, 60);
    let one_cycle = |steps| Schedule::OneCycle { peak: 0.1, steps };
    equals_pytorch("one_cycle", &one_cycle(60), 60);
    equals_pytorch("one_cycle_short", &one_cycle(7), 7);
}

#[test]
fn a_warm_up_is_pytorchs_linear_schedule() {
    let warm_up = |then| Schedule::WarmUp {
        steps: 10,
        then: Box::new(then),
    };
    equals_pytorch("warm_up", &warm_up(Schedule::Constant { lr: 0.1 }), 60);
    let cosine = Schedule::Cosine {
        lr: 0.1,
        end: 0.0,
        steps: 60,
    };
    equals_pytorch("warm_up_cosine", &warm_up(cosine), 60);
}
