//! Every optimiser over 100 steps on a smooth problem.

use std::collections::BTreeMap;

use nn::layers::Linear;
use nn::optim::{AdaGrad, Adam, AdamW, Optimizer, RmsProp, Rule, Sgd};
use serde::Deserialize;

use crate::{Table, equal};

#[derive(Deserialize)]
struct Fixture {
    steps: usize,
    every: usize,
    problem: Problem,
    optimisers: BTreeMap<String, Trace>,
}

#[derive(Deserialize)]
struct Problem {
    x: Table,
    targets: Table,
    weight: Table,
    bias: Table,
}

#[derive(Deserialize)]
struct Trace {
    path: Vec<Vec<f32>>,
    first_loss: f32,
    last_loss: f32,
}

/// The same steps with our rule: the weights before the first step and after every tenth.
fn equals_pytorch(name: &str, rule: impl Rule + 'static, lr: f32) {
    let fixture: Fixture =
        serde_json::from_str(include_str!("../../fixtures/optimisers.json"))
            .expect("the script writes such a file");
    let (problem, trace) = (&fixture.problem, &fixture.optimisers[name]);
    let mut net = Linear {
        weight: problem.weight.parameter(),
        bias: problem.bias.parameter(),
    };
    let (x, targets) = (problem.x.tensor(), problem.targets.tensor());
    let mut optimizer = Optimizer::new(rule);
    let flat = |net: &Linear| [net.weight.to_vec(), net.bias.to_vec()].concat();
    equal(&format!("{name}, start"), &flat(&net), &trace.path[0]);
    for step in 1..=fixture.steps {
        let loss = net.forward(&x).tanh().mse_loss(&targets);
        if step == 1 {
            equal(name, &[loss.item()], &[trace.first_loss]);
        }
        if step == fixture.steps {
            equal(name, &[loss.item()], &[trace.last_loss]);
        }
        optimizer.step(&mut net, &loss.backward(), lr);
        if step % fixture.every == 0 {
            let theirs = &trace.path[step / fixture.every];
            equal(&format!("{name}, step {step}"), &flat(&net), theirs);
        }
    }
}

fn with_decay(rule: Sgd) -> Sgd {
    Sgd {
        weight_decay: 0.05,
        ..rule
    }
}

#[test]
fn plain_descent_goes_pytorchs_way() {
    equals_pytorch("sgd", Sgd::default(), 0.2);
}

#[test]
fn descent_with_weight_decay_goes_pytorchs_way() {
    equals_pytorch("sgd_decay", with_decay(Sgd::default()), 0.2);
}

#[test]
fn momentum_goes_pytorchs_way() {
    equals_pytorch("momentum", Sgd::momentum(0.9), 0.05);
    equals_pytorch("momentum_decay", with_decay(Sgd::momentum(0.9)), 0.05);
}

#[test]
fn nesterov_goes_pytorchs_way() {
    equals_pytorch("nesterov", Sgd::nesterov(0.9), 0.05);
}

#[test]
fn adagrad_goes_pytorchs_way() {
    equals_pytorch("adagrad", AdaGrad::default(), 0.1);
}

#[test]
fn rmsprop_goes_pytorchs_way() {
    equals_pytorch("rmsprop", RmsProp::default(), 0.002);
}

#[test]
fn adam_goes_pytorchs_way() {
    equals_pytorch("adam", Adam::default(), 0.02);
    equals_pytorch("adam_decay", Adam::with_decay(0.05), 0.02);
}

#[test]
fn adamw_goes_pytorchs_way() {
    equals_pytorch("adamw", AdamW::with_decay(0.1), 0.02);
}

#[test]
fn adamw_of_matrices_alone_is_pytorchs_with_two_groups_of_parameters() {
    let rule = AdamW {
        only_matrices: true,
        ..AdamW::with_decay(0.1)
    };
    equals_pytorch("adamw_only_matrices", rule, 0.02);
}

#[test]
#[should_panic(expected = "nesterov, step 10")]
fn momentum_does_not_pass_for_nesterov() {
    equals_pytorch("nesterov", Sgd::momentum(0.9), 0.05);
}
