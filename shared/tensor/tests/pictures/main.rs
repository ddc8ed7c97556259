//! Operations on pictures: against PyTorch's numbers, against plain loops, at their corners and
//! on any number of threads; and what they say of mistakes.
#![allow(clippy::unwrap_used)]

mod against_loops;
mod corners;
mod loops;
mod mistakes;
mod pytorch;
mod threads;

use tensor::{Rng, Tensor};

/// Normal random numbers of this shape.
fn random(seed: u64, name: &str, shape: &[usize]) -> Tensor {
    Rng::new(seed).fork(name).normal_tensor(shape, 0.0, 1.0)
}

/// What `f` gives, and the gradients of the sum of that times `g` by the inputs.
fn walk(
    f: impl Fn(&[Tensor]) -> Tensor,
    inputs: &[Tensor],
    g: impl Fn(&[usize]) -> Tensor,
) -> (Tensor, Vec<Tensor>) {
    let parameters: Vec<Tensor> = inputs.iter().map(Tensor::require_grad).collect();
    let y = f(&parameters);
    let gradients = (&y * g(y.shape())).sum().backward();
    (y.detach(), parameters.iter().map(|x| gradients[x].clone()).collect())
}
