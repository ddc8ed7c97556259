//! Gradients held against central differences: the tool that finds a wrong pullback.
//!
//! Move one number of an input by h up and by h down, and see how the result changes:
//! `(f(x + h) - f(x - h)) / 2h` is the slope, up to a term in h² and up to the rounding of f
//! divided by h. It needs two evaluations for each number, far too many to train with, but it
//! knows nothing of pullbacks, so it cannot make their mistakes.

use crate::{Tensor, no_grad};

/// What one input's gradient is, by the engine and by central differences.
#[derive(Clone, Debug)]
pub struct Checked {
    /// By [`Tensor::backward`], of the input's shape.
    pub engine: Tensor,
    /// By central differences.
    pub numeric: Tensor,
    /// The largest difference between the two, divided by the largest absolute value in either
    /// (or by 0.01, if both are smaller).
    pub error: f32,
}

/// Checks the gradients of `f` at `inputs`, one result for each input.
///
/// `f` may give a tensor of any shape. Its numbers are added up with weights that differ from
/// place to place: in a plain sum the errors of two places could cancel. `h` around 0.01 suits
/// numbers around 1; `f` must be smooth for `h` around the inputs.
///
/// ```
/// use tensor::{Tensor, gradcheck::check};
///
/// let x = Tensor::from([[0.5, -1.0, 2.0]]);
/// let checked = check(|inputs| inputs[0].tanh(), &[x], 1e-2);
/// assert!(checked[0].error < 1e-3);
/// ```
///
/// # Panics
/// If `f` gives a result that none of the inputs leads to.
#[track_caller]
pub fn check(f: impl Fn(&[Tensor]) -> Tensor, inputs: &[Tensor], h: f32) -> Vec<Checked> {
    let parameters: Vec<Tensor> = inputs.iter().map(Tensor::require_grad).collect();
    let result = f(&parameters);
    if !result.requires_grad() {
        panic!(
            "check: expected a result calculated from the inputs, got one of shape {:?} without \
             a history; was it calculated inside no_grad, or detached?",
            result.shape()
        );
    }
    let weights = weights(result.shape());
    let gradients = (result * &weights).sum().backward();
    let inputs = parameters.iter().map(Tensor::detach).collect::<Vec<_>>();
    let check_one = |place: usize| {
        let zeros = || Tensor::zeros(inputs[place].shape());
        let engine = gradients.get(&parameters[place]).cloned();
        let engine = engine.unwrap_or_else(zeros);
        let numeric = no_grad(|| central_differences(&f, &inputs, place, &weights, h));
        let error = relative_error(&engine, &numeric);
        Checked { engine, numeric, error }
    };
    (0..inputs.len()).map(check_one).collect()
}

/// The slopes of the weighted sum of `f` by each number of the input at `place`.
fn central_differences(
    f: impl Fn(&[Tensor]) -> Tensor,
    inputs: &[Tensor],
    place: usize,
    weights: &Tensor,
    h: f32,
) -> Tensor {
    let at = |i: usize, value: f32| -> f64 {
        let mut moved = inputs.to_vec();
        let mut values = moved[place].to_vec();
        values[i] = value;
        moved[place] = Tensor::from_vec(values, inputs[place].shape());
        weighted_sum(&f(&moved), weights)
    };
    let values = inputs[place].to_vec();
    let slope = |(i, &x): (usize, &f32)| {
        let (up, down) = (x + h, x - h);
        // The step that was really taken: x + h is rounded.
        let step = f64::from(up) - f64::from(down);
        ((at(i, up) - at(i, down)) / step) as f32
    };
    let slopes = values.iter().enumerate().map(slope).collect();
    Tensor::from_vec(slopes, inputs[place].shape())
}

/// The sum of `x` times `weights`, in `f64`, so that rounding is that of `f` alone.
fn weighted_sum(x: &Tensor, weights: &Tensor) -> f64 {
    let (x, weights) = (x.to_vec(), weights.to_vec());
    let products = x.iter().zip(&weights).map(|(&x, &w)| f64::from(x) * f64::from(w));
    products.sum()
}

/// Weights from 0.5 to 1.5 that differ from place to place. The golden ratio's multiples are
/// spread evenly and never repeat.
fn weights(shape: &[usize]) -> Tensor {
    let count: usize = shape.iter().product();
    let weight = |i: usize| 0.5 + (i as f64 * 0.618_033_988_75).fract() as f32;
    Tensor::from_vec((0..count).map(weight).collect(), shape)
}

/// The largest difference, divided by the largest absolute value in either or by 0.01.
fn relative_error(a: &Tensor, b: &Tensor) -> f32 {
    if a.is_empty() {
        return 0.0;
    }
    let scale = a.abs().max().item().max(b.abs().max().item()).max(0.01);
    (a - b).abs().max().item() / scale
}
