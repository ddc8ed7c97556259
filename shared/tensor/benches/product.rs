//! The matrix product against ndarray's own: `cargo bench -p tensor`.
//!
//! Criterion measures both at each size. A table follows in which the two take turns, so that
//! whatever else the machine does falls on both alike; its ratios are the figures to quote.
#![allow(missing_docs, reason = "criterion_group writes an undocumented function")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group};
use ndarray::{Array2, ArrayView2, Ix2};
use tensor::{Rng, Tensor};

/// `[M, K] x [K, N]`: a layer on a batch of pictures, two cubes, a matrix times a vector.
const SIZES: [[usize; 3]; 5] =
    [[64, 784, 256], [256, 256, 256], [1024, 1024, 1024], [256, 256, 1], [1024, 1024, 1]];

/// How one size is called in the output.
fn name([m, k, n]: [usize; 3]) -> String {
    format!("{m}x{k}x{n}")
}

/// The same two matrices for us and for ndarray. A vector has one axis for both.
struct Pair {
    tensors: [Tensor; 2],
    arrays: [Array2<f32>; 2],
}

impl Pair {
    fn new([m, k, n]: [usize; 3]) -> Pair {
        let mut rng = Rng::new(1);
        let [a, b] = [[m, k], [k, n]].map(|shape| rng.normal_tensor(&shape, 0.0, 1.0));
        let owned = |t: &Tensor| -> Array2<f32> {
            let view: ArrayView2<f32> = t.array().into_dimensionality::<Ix2>().expect("a matrix");
            view.to_owned()
        };
        let arrays = [owned(&a), owned(&b)];
        let b = if n == 1 { b.squeeze(1) } else { b };
        Pair { tensors: [a, b], arrays }
    }

    fn ours(&self) {
        let [a, b] = &self.tensors;
        black_box(black_box(a).matmul(black_box(b)));
    }

    fn ndarrays(&self) {
        let [a, b] = &self.arrays;
        if b.ncols() == 1 {
            black_box(black_box(a).dot(&black_box(b).column(0)));
        } else {
            black_box(black_box(a).dot(black_box(b)));
        }
    }
}

fn product(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("product");
    for size in SIZES {
        let pair = Pair::new(size);
        group.bench_function(BenchmarkId::new("tensor", name(size)), |b| b.iter(|| pair.ours()));
        group.bench_function(BenchmarkId::new("ndarray", name(size)), |b| {
            b.iter(|| pair.ndarrays())
        });
    }
    group.finish();
}

/// How long one call takes, in microseconds.
fn microseconds(f: impl FnOnce()) -> f64 {
    let start = Instant::now();
    f();
    start.elapsed().as_secs_f64() * 1e6
}

/// The median; half of the `times` are shorter.
fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Lets the two take turns for a second and prints a line with both medians.
fn compare(size: [usize; 3]) {
    let pair = Pair::new(size);
    let (mut ours, mut ndarrays) = (Vec::new(), Vec::new());
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(1) || ours.len() < 20 {
        ours.push(microseconds(|| pair.ours()));
        ndarrays.push(microseconds(|| pair.ndarrays()));
    }
    let (ours, ndarrays) = (median(ours), median(ndarrays));
    println!("{:<16} {ours:>10.1} {ndarrays:>10.1} {:>10.2}", name(size), ndarrays / ours);
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(20);
    targets = product
}

fn main() {
    benches();
    Criterion::default().configure_from_args().final_summary();
    println!("\nMedians in microseconds, taking turns; the ratio is ndarray's time over ours.");
    println!("{:<16} {:>10} {:>10} {:>10}", "product", "tensor", "ndarray", "ratio");
    SIZES.into_iter().for_each(compare);
}
