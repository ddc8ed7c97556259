//! How long one convolution takes, by loops, as a product, and by the core:
//! `cargo bench -p ch05_cnn`.

use ch05_cnn::{loops, unfold};
use criterion::{Criterion, criterion_group, criterion_main};
use tensor::Rng;
use tensor::pictures::Conv;

fn convolution(criterion: &mut Criterion) {
    let mut rng = Rng::new(1).fork("bench");
    let x = rng.normal_tensor(&[16, 16, 28, 28], 0.0, 1.0); // [N, C, H, W]
    let weight = rng.normal_tensor(&[32, 16, 3, 3], 0.0, 0.1); // [O, C, KH, KW]
    let bias = rng.normal_tensor(&[32], 0.0, 0.1); // [O]
    let how = Conv::default().padding(1);
    let mut group = criterion.benchmark_group("16 pictures, 16 channels to 32");
    group.sample_size(10);
    group.bench_function("seven loops", |bencher| {
        bencher.iter(|| loops::forward(&x, &weight, &bias, how));
    });
    group.bench_function("loops along rows", |bencher| {
        bencher.iter(|| loops::along_rows(&x, &weight, &bias, how));
    });
    group.bench_function("one product", |bencher| {
        bencher.iter(|| unfold::convolve(&x, &weight, &bias, how));
    });
    group.bench_function("the core", |bencher| {
        bencher.iter(|| x.conv2d(&weight, Some(&bias), how));
    });
    group.finish();
}

criterion_group!(benches, convolution);
criterion_main!(benches);
