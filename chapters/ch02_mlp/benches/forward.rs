//! How long a forward pass takes: the net of page one on 64 digits, and its first layer by
//! loops over rows, units and inputs: `cargo bench -p ch02_mlp`.

use ch02_mlp::activation::Activation;
use ch02_mlp::digits::digits;
use ch02_mlp::mlp::Mlp;
use criterion::{Criterion, criterion_group, criterion_main};
use tensor::Rng;

/// Digits in the batch.
const BATCH: usize = 64;

fn forward(criterion: &mut Criterion) {
    let x = digits(BATCH)
        .expect("data/mnist10k is part of the repository")
        .x; // [B, 784]
    let mut rng = Rng::new(1).fork("net");
    let net = Mlp::new(&[784, 256, 128, 10], Activation::Relu, &mut rng);
    criterion.bench_function("forward, 64 digits", |bencher| {
        bencher.iter(|| net.forward(&x));
    });
    let (first, rows) = (&net.layers[0], x.to_vec());
    criterion.bench_function("first layer, 64 digits", |bencher| {
        bencher.iter(|| first.scores(&x));
    });
    criterion.bench_function("first layer by loops, 64 digits", |bencher| {
        bencher.iter(|| first.scores_by_loops(&rows));
    });
}

criterion_group!(benches, forward);
criterion_main!(benches);
