//! How long the gradient of softmax regression takes by loops and by arrays, on the same batch
//! of digits: `cargo bench -p ch01_perceptron`.

use ch01_perceptron::softmax::{gradient_by_arrays, gradient_by_loops};
use criterion::{Criterion, criterion_group, criterion_main};
use tensor::{Rng, Tensor};

/// Digits in the batch.
const BATCH: usize = 100;
/// Pixels of a digit, D.
const PIXELS: usize = 784;
/// Digits there are, K.
const CLASSES: usize = 10;

fn gradients(criterion: &mut Criterion) {
    let digits = datasets::mnist10k().expect("data/mnist10k is part of the repository");
    let digits = digits.subset(&(0..BATCH).collect::<Vec<_>>());
    let x = Tensor::from_array(digits.to_f32()); // [N, D]
    let classes = digits.targets(); // [N]
    let targets = Tensor::one_hot(&classes, CLASSES); // [N, K]
    // Small random weights: at zero weights every exponential would be that of 0.
    let weights = Rng::new(1).normal_tensor(&[PIXELS, CLASSES], 0.0, 0.01); // [D, K]
    let bias = Tensor::zeros(&[CLASSES]); // [K]

    let x_rows = rows(&x);
    let weight_rows = rows(&weights);
    let bias_list = bias.to_vec();
    criterion.bench_function("gradient_by_loops, 100 digits", |bencher| {
        bencher.iter(|| gradient_by_loops(&x_rows, &classes, &weight_rows, &bias_list));
    });
    criterion.bench_function("gradient_by_arrays, 100 digits", |bencher| {
        bencher.iter(|| gradient_by_arrays(&x, &targets, &weights, &bias));
    });
}

/// The rows of a matrix as lists of numbers.
fn rows(matrix: &Tensor) -> Vec<Vec<f32>> {
    let [_, columns] = matrix.dims();
    matrix
        .to_vec()
        .chunks(columns)
        .map(<[f32]>::to_vec)
        .collect()
}

criterion_group!(benches, gradients);
criterion_main!(benches);
