//! The generator: published vectors, pinned values, and fair draws.

use tensor::{Rng, Tensor, assert_close};

#[test]
fn seed_zero_is_the_published_chacha8_stream() {
    // J. Strombergson, "Test vectors for the stream cipher ChaCha" (Internet-Draft
    // draft-strombergson-chacha-test-vectors-01), TC1: key and IV all zero, 256 bits, 8 rounds.
    let published = "3e00ef2f895f40d67f5bb8e81f09a5a12c840ec3ce9a7f3b181be188ef711a1e\
                     984ce172b9216f419f445367456d5619314a42a3da86b001387bfdb80e0cfe42";
    let mut rng = Rng::new(0);
    for word in published.as_bytes().chunks(8) {
        let word = u32::from_str_radix(str::from_utf8(word).unwrap(), 16).unwrap().swap_bytes();
        assert_eq!(rng.uniform(0.0, 1.0), (word >> 8) as f32 / (1 << 24) as f32);
    }
}

#[test]
fn draws_are_pinned() {
    // Calculated by a second program, written in Python from the derivation in the
    // documentation of the module `random`.
    let rng = Rng::new(1);
    let weights = rng.fork("weights");
    assert_eq!(weights.state().stream, 11_241_145_443_220_922_686);
    assert_eq!(weights.fork("layer1").state().stream, 4_725_161_694_339_522_692);
    let uniform = rng.fork("a").uniform_tensor(&[3], -1.0, 1.0);
    assert_close!(uniform, [0.445_781_47, 0.371_764_06, -0.383_486_15], 0.0);
    let normal = rng.fork("b").normal_tensor(&[3], 0.0, 1.0);
    assert_close!(normal, [-0.676_736_06, -0.635_761_46, 0.502_431_5], 1e-7);
    assert_eq!(rng.fork("c").permutation(8), [5, 1, 0, 7, 2, 6, 4, 3]);
    let mut below = rng.fork("d");
    assert_eq!([10, 100, 1000, 1 << 40].map(|n| below.below(n)), [7, 3, 383, 570_064_505_871]);
}

#[test]
fn a_fork_depends_on_the_seed_and_its_names_alone() {
    let rng = Rng::new(9);
    let mut drawn = rng.clone();
    drawn.permutation(1000);
    assert_eq!(drawn.fork("x").state(), rng.fork("x").state());
    let streams = [
        rng.state(),
        rng.fork("x").state(),
        rng.fork("y").state(),
        rng.fork("").state(),
        rng.fork("x").fork("y").state(),
        rng.fork("xy").state(),
        Rng::new(8).fork("x").state(),
    ];
    for (i, stream) in streams.iter().enumerate() {
        assert!(streams[..i].iter().all(|other| other != stream), "{stream:?}");
    }
}

#[test]
fn a_generator_goes_on_from_a_saved_state() {
    let mut rng = Rng::new(3).fork("data");
    for draws in 0..40 {
        let mut saved = Rng::from_state(rng.state());
        let next = |rng: &mut Rng| (rng.uniform(0.0, 1.0), rng.normal(), rng.below(1000));
        assert_eq!(next(&mut saved), next(&mut rng), "after {draws} draws");
    }
}

#[test]
fn uniform_numbers_fill_their_range_evenly() {
    let values = Rng::new(1).uniform_tensor(&[100_000], -2.0, 6.0);
    assert!(values.min().item() >= -2.0 && values.max().item() < 6.0);
    assert_close!(values.mean().item(), 2.0, 0.02);
    assert_close!((&values - 2.0).square().mean().item(), 64.0 / 12.0, 0.02);
}

#[test]
fn uniform_numbers_never_reach_the_upper_end() {
    let mut rng = Rng::new(2);
    let next = 1.0_f32.next_up(); // nothing lies between
    assert!((0..1000).all(|_| rng.uniform(1.0, next) == 1.0));
    let widest = rng.uniform_tensor(&[1000], f32::MIN, f32::MAX);
    assert!(widest.to_vec().iter().all(|x| x.is_finite()));
}

#[test]
fn normal_numbers_have_the_moments_of_the_normal_distribution() {
    let z = Rng::new(1).normal_tensor(&[200_000], 0.0, 1.0);
    let moment = |power| z.powi(power).mean().item();
    for (power, expected) in [(1, 0.0), (2, 1.0), (3, 0.0), (4, 3.0)] {
        let got = moment(power);
        assert!((got - expected).abs() < 0.03, "moment {power}: {got} instead of {expected}");
    }
    assert_close!(z.abs().gt(1.959_964).mean().item(), 0.05, 0.002);
    let shifted = Rng::new(2).normal_tensor(&[100_000], 5.0, 0.5);
    assert_close!(shifted.mean().item(), 5.0, 0.002);
    assert_eq!(Rng::new(3).normal_tensor(&[2], 5.0, 0.0).to_vec(), [5.0, 5.0]);
}

/// More numbers than one thread draws at a time, from a place amid the stream.
#[test]
fn a_large_tensor_has_the_numbers_that_would_be_drawn_one_by_one() {
    let mut rng = Rng::new(5);
    rng.uniform(0.0, 1.0);
    let mut one_by_one = rng.clone();
    let large = rng.normal_tensor(&[3, 5_001], 2.0, 3.0).to_vec();
    assert!(large.iter().all(|&z| z == 2.0 + 3.0 * one_by_one.normal()));
    assert_eq!(rng.state(), one_by_one.state());
    assert_eq!(rng.normal(), one_by_one.normal());
}

/// Pearson's chi-square statistic of counts that should all be equal.
fn chi_square(counts: &[usize]) -> f64 {
    let expected = counts.iter().sum::<usize>() as f64 / counts.len() as f64;
    counts.iter().map(|&count| (count as f64 - expected).powi(2) / expected).sum()
}

#[test]
fn whole_numbers_below_n_are_equally_likely() {
    let mut rng = Rng::new(4);
    let mut counts = [0; 7];
    (0..70_000).for_each(|_| counts[rng.below(7)] += 1);
    assert!(chi_square(&counts) < 22.5, "{counts:?}"); // 6 degrees of freedom: p = 0.001
    assert_eq!(rng.below(1), 0);
    // Above 2^63 a plain multiplication would hit every second number twice as often.
    let n = 3 << 62;
    let lower = (0..30_000).filter(|_| rng.below(n) < 1 << 62).count();
    assert!(lower.abs_diff(10_000) < 330, "{lower} of 30,000 in the lower third");
}

#[test]
fn every_order_is_equally_likely() {
    let mut rng = Rng::new(5);
    let mut counts = [0; 24];
    for _ in 0..48_000 {
        let order = rng.permutation(4);
        let rank = |i: usize| order[i + 1..].iter().filter(|&&x| x < order[i]).count();
        counts[rank(0) * 6 + rank(1) * 2 + rank(2)] += 1;
    }
    assert!(chi_square(&counts) < 49.7, "{counts:?}"); // 23 degrees of freedom: p = 0.001
}

#[test]
fn shuffling_nothing_or_one_thing_draws_nothing() {
    let mut rng = Rng::new(6);
    rng.shuffle::<u8>(&mut []);
    rng.shuffle(&mut [1]);
    assert_eq!(rng.state(), Rng::new(6).state());
    assert_eq!(rng.permutation(0), []);
    assert!(Tensor::is_empty(&rng.normal_tensor(&[0, 3], 0.0, 1.0)));
}
