//! The losses of `nn` and of the core: value and gradient.

use std::collections::BTreeMap;

use nn::loss::{
    balanced_weights, huber, mae, smoothed_cross_entropy, weighted_cross_entropy,
};
use serde::Deserialize;
use tensor::Tensor;

use crate::{Table, equal, gradient, same};

#[derive(Deserialize)]
struct Fixture {
    predictions: Table,
    targets: Table,
    yes: Table,
    logits: Table,
    classes: Vec<usize>,
    weights: Vec<f32>,
    balanced_weights: Vec<f32>,
    losses: BTreeMap<String, Case>,
}

#[derive(Deserialize)]
struct Case {
    loss: f32,
    gradient: Table,
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../../fixtures/losses.json"))
        .expect("the script writes such a file")
}

/// Value and gradient of a loss of `x`.
fn equals_pytorch(
    fixture: &Fixture,
    name: &str,
    x: &Table,
    loss: impl Fn(&Tensor) -> Tensor,
) {
    let (x, case) = (x.parameter(), &fixture.losses[name]);
    let ours = loss(&x);
    assert!(ours.shape().is_empty(), "{name}: {:?}", ours.shape());
    equal(name, &[ours.item()], &[case.loss]);
    same(name, gradient(&ours.backward(), &x), &case.gradient);
}

#[test]
fn losses_of_numbers_are_pytorchs() {
    let f = fixture();
    let t = f.targets.tensor();
    let check = |name, loss: &dyn Fn(&Tensor) -> Tensor| {
        equals_pytorch(&f, name, &f.predictions, loss);
    };
    check("mse", &|x| x.mse_loss(&t));
    check("mae", &|x| mae(x, &t));
    check("huber_1", &|x| huber(x, &t, 1.0));
    check("huber_half", &|x| huber(x, &t, 0.5));
    check("smooth_l1", &|x| huber(x, &t, 1.0));
}

#[test]
fn losses_of_classes_are_pytorchs() {
    let f = fixture();
    let check = |name, loss: &dyn Fn(&Tensor) -> Tensor| {
        equals_pytorch(&f, name, &f.logits, loss);
    };
    check("cross_entropy", &|x| x.cross_entropy(&f.classes));
    check("weighted", &|x| {
        weighted_cross_entropy(x, &f.classes, &f.weights)
    });
    check("smoothed", &|x| smoothed_cross_entropy(x, &f.classes, 0.1));
    let yes = f.yes.tensor();
    equals_pytorch(&f, "binary_cross_entropy", &f.predictions, |x| {
        x.binary_cross_entropy(&yes)
    });
}

#[test]
fn balanced_weights_are_scikit_learns() {
    let f = fixture();
    let ours = balanced_weights(&f.classes, f.weights.len());
    equal("balanced weights", &ours, &f.balanced_weights);
}
