//! Slopes of a loss by every number of a tensor, measured (page *Backward through a
//! layer*).

use tensor::Tensor;

// ANCHOR: central
/// The slope of `loss` by each number of `x`, by central differences:
/// (loss(x + h) − loss(x − h)) / 2h, one number moved at
/// a time. The slopes have the shape of `x`.
///
/// `loss` gives `f64`, so that its last sum costs no digits.
pub fn central_differences(
    loss: impl Fn(&Tensor) -> f64,
    x: &Tensor,
    h: f32,
) -> Tensor {
    let numbers = x.to_vec();
    let moved = |i: usize, to: f32| {
        let mut numbers = numbers.clone();
        numbers[i] = to;
        loss(&Tensor::from_vec(numbers, x.shape()))
    };
    let slope = |i: usize| {
        let (up, down) = (numbers[i] + h, numbers[i] - h);
        // The step that `f32` took, which rounding has moved a little.
        let step = f64::from(up) - f64::from(down);
        ((moved(i, up) - moved(i, down)) / step) as f32
    };
    Tensor::from_vec((0..numbers.len()).map(slope).collect(), x.shape())
}
// ANCHOR_END: central

/// The loss that gives an output the gradient `g`: Σ output ⊙ g, added up in `f64`.
///
/// # Panics
/// If the two have different numbers of entries.
pub fn probe(output: &Tensor, g: &Tensor) -> f64 {
    let (output, g) = (output.to_vec(), g.to_vec());
    assert_eq!(output.len(), g.len(), "one gradient for each output");
    let products = output
        .iter()
        .zip(&g)
        .map(|(&o, &g)| f64::from(o) * f64::from(g));
    products.sum()
}

/// The largest difference between two gradients of one shape, divided by the largest
/// absolute value in the second. NaN if either holds one.
///
/// # Panics
/// If the shapes differ.
pub fn largest_error(formula: &Tensor, measured: &Tensor) -> f32 {
    assert_eq!(
        formula.shape(),
        measured.shape(),
        "two gradients of one shape"
    );
    (formula - measured).abs().max().item() / measured.abs().max().item()
}
