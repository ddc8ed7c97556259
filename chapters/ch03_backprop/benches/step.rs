//! How long a training step of the digit reader takes, on the engine and in burn:
//! `cargo bench -p ch03_backprop --bench step`.

#[allow(dead_code, unreachable_pub)]
#[path = "../examples/concise.rs"]
mod concise;

use burn::nn::activation::ActivationConfig;
use burn::tensor::Device;
use ch03_backprop::digits::{BATCH, Digits, pass};
use ch03_backprop::mlp::Mlp;
use criterion::{Criterion, criterion_group, criterion_main};
use tensor::{Rng, Tensor};

fn steps(criterion: &mut Criterion) {
    let digits = Digits::load().expect("data/mnist10k is part of the repository");
    let batch = digits.training.pick(&Vec::from_iter(0..BATCH));
    let mut rng = Rng::new(1).fork("bench");
    let mut net = Mlp::new(&[784, 100, 10], Tensor::relu, &mut rng);
    let device = Device::flex().autodiff();
    let relu = ActivationConfig::Relu;
    let mut burns = Some(concise::Mlp::with_weights_of(&net, relu, &device));

    let mut group = criterion.benchmark_group("a step on 50 digits");
    let order = &mut rng;
    group.bench_function("the engine", |bencher| {
        bencher.iter(|| pass(&mut net, &batch, 0.01, order));
    });
    group.bench_function("burn", |bencher| {
        bencher.iter(|| {
            let net = burns.take().expect("it was put back");
            burns = Some(concise::pass(net, &batch, 0.01, order));
        });
    });
    group.finish();
}

criterion_group!(benches, steps);
criterion_main!(benches);
