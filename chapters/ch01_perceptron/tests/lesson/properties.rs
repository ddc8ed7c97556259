//! What holds of lesson 1's functions whatever they are given.

use ch01_perceptron::prepare::impute;
use ch01_perceptron::softmax::{self, softmax_rows};
use proptest::prelude::*;
use tensor::Tensor;

proptest! {
    #[test]
    fn softmax_sums_to_one_and_does_not_mind_a_shift(
        logits in prop::collection::vec(-50.0_f32..50.0, 1..12),
        shift in -500.0_f32..500.0,
    ) {
        let p = softmax::softmax(&logits);
        prop_assert!((p.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        let shifted: Vec<f32> = logits.iter().map(|z| z + shift).collect();
        for (a, b) in p.iter().zip(softmax::softmax(&shifted)) {
            prop_assert!((a - b).abs() < 1e-3);
        }
        let rows = softmax_rows(&Tensor::from_vec(logits.clone(), &[1, logits.len()]));
        for (a, b) in p.iter().zip(rows.to_vec()) {
            prop_assert!((a - b).abs() < 1e-6);
        }
    }

    #[test]
    fn imputing_leaves_present_values_alone(
        column in prop::collection::vec(prop::option::of(-100.0_f32..100.0), 1..40),
    ) {
        let training: Vec<usize> = (0..column.len()).collect();
        let (filled, was_missing) = impute(&column, &training);
        for ((value, filled), missing) in column.iter().zip(&filled).zip(&was_missing) {
            prop_assert_eq!(value.is_none(), *missing == 1.0);
            if let Some(value) = value {
                prop_assert_eq!(value, filled);
            }
        }
    }
}
