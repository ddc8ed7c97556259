//! Sums do not drift, and do not depend on memory layout or threads.

use tensor::sum::sum;
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
    assert!(
        error(sum(&values)) < 1e-6,
        "pairwise: {:e}",
        error(sum(&values))
    );
    assert!(
        error(running) > 1e-6,
        "one running total: {:e}",
        error(running)
    );
}

#[test]
fn a_long_sum_down_columns_rounds_like_a_short_one() {
    let values = Rng::new(2).uniform_tensor(&[1_000_000, 3], 0.0, 1.0);
    let sums = values.sum_axis(0, Keep::No).to_vec();
    for (column, got) in sums.into_iter().enumerate() {
        let expected = exact(&values.slice(1, column..=column).to_vec());
        assert!(
            ((f64::from(got) - expected) / expected).abs() < 1e-6,
            "column {column}"
        );
    }
}

#[test]
fn every_length_is_summed_completely() {
    for length in (0..100_usize).chain([511, 512, 513, 528, 1023, 1025, 4097]) {
        let values: Vec<f32> = (0..length).map(|i| i as f32).collect();
        assert_eq!(
            sum(&values),
            (length * length.saturating_sub(1) / 2) as f32,
            "{length}"
        );
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

/// Every reduction, the elementwise functions and the random tensors, as bits.
fn everything() -> Vec<u32> {
    let x = Rng::new(4).normal_tensor(&[300, 1000], 0.0, 1.0);
    let row = x.mean_axis(0, Keep::Yes);
    let results = [
        x.sum(),
        x.sum_axis(1, Keep::No),
        x.max_axis(0, Keep::No),
        (x - row).exp(),
    ];
    results.iter().flat_map(bits).collect()
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(everything)
    };
    let expected = everything();
    assert!([1, 2, 5].into_iter().all(|threads| on(threads) == expected));
}

#[test]
fn the_product_at_one_and_two_threads_is_right_and_repeats() {
    let mut rng = Rng::new(5);
    let (a, b) = (
        rng.normal_tensor(&[300, 300], 0.0, 1.0),
        rng.normal_tensor(&[300, 300], 0.0, 1.0),
    );
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| a.matmul(&b))
    };
    tensor::assert_close!(on(1), on(2), 1e-5);
    for threads in [1, 2] {
        assert_eq!(bits(&on(threads)), bits(&on(threads)), "{threads} threads");
    }
}
