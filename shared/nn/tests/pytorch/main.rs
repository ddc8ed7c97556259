//! `nn` held against PyTorch: the numbers of `fixtures/*.json`, made by the scripts beside them.

mod layers;
mod losses;
mod optimisers;
mod schedules;

use serde::Deserialize;
use tensor::{Gradients, Tensor};

/// A tensor as the scripts write it.
#[derive(Debug, Deserialize)]
struct Table {
    shape: Vec<usize>,
    values: Vec<f32>,
}

impl Table {
    /// As a tensor without history.
    fn tensor(&self) -> Tensor {
        Tensor::from_vec(self.values.clone(), &self.shape)
    }

    /// As a parameter.
    fn parameter(&self) -> Tensor {
        self.tensor().require_grad()
    }
}

/// Checks that two lists are equal: `|a - b| <= 1e-5 max(1, max|b|)`.
#[track_caller]
fn equal(what: &str, ours: &[f32], theirs: &[f32]) {
    assert_eq!(ours.len(), theirs.len(), "{what}: the lengths differ");
    let largest = theirs.iter().fold(1.0_f32, |most, b| most.max(b.abs()));
    for (i, (a, b)) in ours.iter().zip(theirs).enumerate() {
        let near = (a - b).abs() <= 1e-5 * largest;
        assert!(near, "{what}, number {i}: ours {a}, PyTorch's {b}");
    }
}

/// The same for a tensor, with its shape.
#[track_caller]
fn same(what: &str, ours: &Tensor, theirs: &Table) {
    assert_eq!(ours.shape(), theirs.shape, "{what}: the shapes differ");
    equal(what, &ours.to_vec(), &theirs.values);
}

/// The gradient of a parameter on which the loss depends.
#[track_caller]
fn gradient<'a>(gradients: &'a Gradients, parameter: &Tensor) -> &'a Tensor {
    gradients.get(parameter).expect("the loss depends on it")
}
