//! How long the lesson's net takes in use, for one picture of 128 and of 416 pixels a side:
//! `cargo bench -p ch07_yolo --bench net`.

use ch07_yolo::decode::Grid;
use ch07_yolo::model::{Detector, STAGES};
use criterion::{Criterion, criterion_group, criterion_main};
use nn::{Net, Pass};
use tensor::{Rng, no_grad};

fn forward(criterion: &mut Criterion) {
    let mut rng = Rng::new(1).fork("bench");
    let grid = Grid {
        stride: 8,
        anchors: vec![[16.0, 16.0], [25.0, 26.0], [39.0, 41.0]],
        classes: 10,
    };
    let net = Detector::new(&STAGES, grid, &mut rng);
    let mut group = criterion.benchmark_group("one picture");
    group.sample_size(20);
    for side in [128, 416] {
        let x = rng.uniform_tensor(&[1, 3, side, side], 0.0, 1.0); // [1, 3, H, W]
        group.bench_function(format!("{side} × {side}"), |bencher| {
            bencher.iter(|| no_grad(|| net.forward(&x, &mut Pass::Use)));
        });
    }
    group.finish();
}

criterion_group!(benches, forward);
criterion_main!(benches);
