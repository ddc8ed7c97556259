//! What holds of `nn` whatever it is given.

use nn::data::{Standardiser, stratified_split};
use nn::metrics::{accuracy, confusion};
use proptest::prelude::*;
use tensor::{Keep, Rng, Tensor};

proptest! {
    #[test]
    fn standardised_training_columns_have_mean_0_and_deviation_1(
        values in prop::collection::vec(-100.0_f32..100.0, 12..60),
    ) {
        let n = values.len() / 2;
        let x = Tensor::from_vec(values[..2 * n].to_vec(), &[n, 2]);
        let z = Standardiser::fit(&x).apply(&x);
        for mean in z.mean_axis(0, Keep::No).to_vec() {
            prop_assert!(mean.abs() < 1e-4);
        }
        for square in z.square().mean_axis(0, Keep::No).to_vec() {
            prop_assert!((square - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn a_split_holds_every_row_once_and_its_share_of_each_class(
        classes in prop::collection::vec(0..4_usize, 0..80),
        share in 0.0_f32..=1.0,
        seed in 0..1000_u64,
    ) {
        let (first, second) = stratified_split(&classes, share, &mut Rng::new(seed));
        for class in 0..4 {
            let of = |rows: &[usize]| rows.iter().filter(|&&row| classes[row] == class).count();
            let all = classes.iter().filter(|&&c| c == class).count();
            prop_assert_eq!(of(&second), (all as f32 * share).round() as usize);
            prop_assert_eq!(of(&first) + of(&second), all);
        }
        let mut rows = [first, second].concat();
        rows.sort_unstable();
        prop_assert!(rows.into_iter().eq(0..classes.len()));
    }

    #[test]
    fn the_diagonal_of_the_confusions_is_the_accuracy(
        rows in prop::collection::vec((prop::array::uniform3(-5.0_f32..5.0), 0..3_usize), 1..50),
    ) {
        let scores: Vec<f32> = rows.iter().flat_map(|(scores, _)| *scores).collect();
        let scores = Tensor::from_vec(scores, &[rows.len(), 3]); // [N, K=3]
        let truths: Vec<usize> = rows.iter().map(|(_, truth)| *truth).collect();
        let counts = confusion(&scores.argmax(1), &truths, 3);
        prop_assert_eq!(counts.iter().sum::<usize>(), rows.len());
        for truth in 0..3 {
            let row: usize = counts[3 * truth..3 * truth + 3].iter().sum();
            prop_assert_eq!(row, truths.iter().filter(|&&t| t == truth).count());
        }
        let right = (counts[0] + counts[4] + counts[8]) as f32;
        prop_assert_eq!(accuracy(&scores, &truths), right / rows.len() as f32);
    }
}
