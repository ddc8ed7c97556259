//! Sums do not drift, and do not depend on memory layout or threads.

use tensor::kernels::sum::sum;
use tensor::{Keep, Rng, Tensor};

/// The sum with a running total of twice the digits.
fn exact(values: &[f32]) -> f64 {
    values.iter().map(|&x| f64::from(x)).sum()
}

/// The bits of all numbers, to compare exactly.
fn bits(tensor: &Tensor) -> Vec<u32> {
    tensor.to_vec().into_iter().map(f32::to_bits).collect()
}

#[test]
fn a_long_sum_rounds_like_a_short_one() {
    let values = Rng::new(1).uniform_tensor(&[5_000_000], 0.0, 1.0).to_vec();
    let expected = exact(&values);
    let running: f32 = values.iter().sum();
    let error = |got: f32| (f64::from(got) - expected).abs() / expected;
    assert!(error(sum(&values)) < 1e-6, "pairwise: {:e}", error(sum(&values)));
    assert!(error(running) > 1e-6, "one running total: {:e}", error(running));
}

#[test]
fn a_long_sum_down_columns_rounds_like_a_short_one() {
    let values = Rng::new(2).uniform_tensor(&[1_000_000, 3], 0.0, 1.0);
    let sums = values.sum_axis(0, Keep::No).to_vec();
    for (column, got) in sums.into_iter().enumerate() {
        let expected = exact(&values.slice(1, column..=column).to_vec());
        assert!(((f64::from(got) - expected) / expected).abs() < 1e-6, "column {column}");
    }
}

#[test]
fn every_length_is_summed_completely() {
    for length in (0..100_usize).chain([511, 512, 513, 528, 1023, 1025, 4097]) {
        let values: Vec<f32> = (0..length).map(|i| i as f32).collect();
        assert_eq!(sum(&values), (length * length.saturating_sub(1) / 2) as f32, "{length}");
    }
}

#[test]
fn a_reduction_does_not_depend_on_the_layout_in_memory() {
    let x = Rng::new(3).normal_tensor(&[37, 53, 11], 0.0, 1.0);
    let turned = x.permute(&[2, 0, 1]); // other strides
    let copied = Tensor::from_vec(turned.to_vec(), turned.shape()); // row-major
    assert_eq!(bits(&turned.sum()), bits(&copied.sum()));
    for axis in 0..3 {
        let reduce = |t: &Tensor| bits(&t.sum_axis(axis, Keep::No));
        assert_eq!(reduce(&turned), reduce(&copied), "axis {axis}");
    }
}

/// Reductions, an elementwise function, and products large enough for several threads,
/// by rows and by columns, as bits.
fn everything() -> Vec<u32> {
    let x = Rng::new(4).normal_tensor(&[300, 1000], 0.0, 1.0);
    let centred = &x - x.mean_axis(0, Keep::Yes);
    let mut results = vec![x.sum(), x.sum_axis(1, Keep::No), x.max_axis(0, Keep::No)];
    results.push(centred.exp());
    results.push(x.t().matmul(&x)); // [1000, 300] x [300, 1000]
    results.push(x.slice(0, ..40).matmul(&centred.t())); // [40, 1000] x [1000, 300]
    results.iter().flat_map(bits).collect()
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(everything)
    };
    let expected = everything();
    assert!([1, 2, 5].into_iter().all(|threads| on(threads) == expected));
}
