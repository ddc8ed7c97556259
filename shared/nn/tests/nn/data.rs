//! The claims of `nn::data`: no row is lost, and only training rows are measured.

use nn::data::{Labelled, Standardiser, stratified_split, two_moons};
use tensor::{Rng, Tensor};

#[test]
fn a_stratified_split_keeps_the_mix_and_loses_no_row() {
    let classes: Vec<usize> = (0..90).map(|row| if row < 60 { 0 } else { 1 }).collect();
    let (mut first, second) = stratified_split(&classes, 1.0 / 3.0, &mut Rng::new(1));
    let of = |rows: &[usize], class: usize| {
        rows.iter().filter(|&&row| classes[row] == class).count()
    };
    assert_eq!(
        (of(&first, 0), of(&first, 1), of(&second, 0), of(&second, 1)),
        (40, 20, 20, 10)
    );
    first.extend(second);
    first.sort_unstable();
    assert!(first.into_iter().eq(0..90));
}

#[test]
fn a_stratified_split_is_drawn_by_the_seed_and_mixes_the_classes() {
    let classes: Vec<usize> = (0..90).map(|row| row / 60).collect();
    let split = |seed| stratified_split(&classes, 1.0 / 3.0, &mut Rng::new(seed));
    assert_eq!(split(1), split(1));
    assert_ne!(split(1), split(2), "the seed makes no difference");
    let (first, second) = split(1);
    for part in [first, second] {
        let sorted = part.is_sorted_by_key(|&row| classes[row]);
        assert!(!sorted, "one class after the other: {part:?}");
    }
}

#[test]
fn a_split_may_leave_one_part_empty() {
    let classes = [2, 0, 2];
    let sizes = |share| {
        let (first, second) = stratified_split(&classes, share, &mut Rng::new(1));
        (first.len(), second.len())
    };
    assert_eq!((sizes(0.0), sizes(1.0)), ((3, 0), (0, 3)));
    assert_eq!(
        stratified_split(&[], 0.5, &mut Rng::new(1)),
        (vec![], vec![])
    );
}

#[test]
#[should_panic(expected = "the share must be in 0..=1, and is 1.5")]
fn a_share_above_one_is_refused() {
    stratified_split(&[0, 1], 1.5, &mut Rng::new(1));
}

#[test]
#[should_panic(expected = "the share must be in 0..=1, and is NaN")]
fn a_share_of_no_number_is_refused() {
    stratified_split(&[0, 1], f32::NAN, &mut Rng::new(1));
}

#[test]
fn a_constant_column_is_standardised_to_zeros() {
    let train = Tensor::from_vec(vec![7.0, 1.0, 7.0, 3.0], &[2, 2]);
    let scaled = Standardiser::fit(&train).apply(&train);
    assert_eq!(scaled.to_vec(), [0.0, -1.0, 0.0, 1.0]);
}

#[test]
fn a_constant_column_becomes_zeros_even_where_its_mean_is_rounded() {
    // The sum of seven 0.1 is no multiple of 0.1 in f32.
    let train = Tensor::from_vec(vec![0.1; 7], &[7, 1]);
    let scale = Standardiser::fit(&train);
    assert_eq!(scale.apply(&train).to_vec(), [0.0; 7]);
    let new = Tensor::from_vec(vec![0.1, 0.2, -50.0], &[3, 1]);
    assert_eq!(scale.apply(&new).to_vec(), [0.0; 3]);
}

#[test]
fn new_rows_are_scaled_by_what_the_training_rows_measured() {
    // Means 2 and 20, standard deviations 1 and 10.
    let train = Tensor::from_vec(vec![1.0, 10.0, 3.0, 30.0], &[2, 2]);
    let new = Tensor::from_vec(vec![5.0, 20.0, 2.0, -20.0], &[2, 2]);
    let scaled = Standardiser::fit(&train).apply(&new).to_vec();
    let expected = [3.0, 0.0, 0.0, -4.0];
    for (got, expected) in scaled.iter().zip(expected) {
        assert!((got - expected).abs() < 1e-5, "{scaled:?}");
    }
}

#[test]
fn moons_without_noise_lie_on_their_half_circles() {
    let (x, classes) = two_moons(200, 0.0, &mut Rng::new(3));
    let (points, mut spread) = (x.to_vec(), [0.0_f32; 2]);
    for (point, class) in points.chunks(2).zip(classes) {
        // Both moons as the half circle above (0, 0).
        let (u, v) = match class {
            1 => (point[0], point[1]),
            _ => (1.0 - point[0], 0.5 - point[1]),
        };
        assert!(
            (u.hypot(v) - 1.0).abs() < 1e-5 && v > -1e-5,
            "{point:?} of class {class}"
        );
        spread[class] = spread[class].max(u.abs());
    }
    // From end to end of the half circle, not a part of it.
    assert!(spread.iter().all(|&reach| reach > 0.95), "{spread:?}");
}

#[test]
fn moons_take_their_random_numbers_point_by_point() {
    // Lesson 1's recorded numbers hang on this order: an angle, then the noise of x and y.
    let (x, _) = two_moons(2, 0.5, &mut Rng::new(7));
    let mut rng = Rng::new(7);
    for (i, point) in x.to_vec().chunks(2).enumerate() {
        let angle = rng.uniform(0.0, std::f32::consts::PI);
        let (x, y) = (angle.cos(), angle.sin());
        let clean = [[x, y], [1.0 - x, 0.5 - y]][i % 2];
        let noisy = clean.map(|c| c + 0.5 * rng.normal());
        assert_eq!(point, noisy);
    }
}

#[test]
fn more_moons_begin_with_the_same_points() {
    let moons = |n| two_moons(n, 0.1, &mut Rng::new(5)).0.to_vec();
    assert_eq!(moons(3), moons(10)[..12]);
}

#[test]
fn picked_rows_keep_their_classes() {
    let all = Labelled::new(Tensor::from([[1.0], [2.0], [3.0]]), vec![5, 6, 7]);
    let picked = all.pick(&[2, 0, 2]);
    assert_eq!(
        (picked.x.to_vec(), picked.classes.as_slice()),
        (vec![3.0, 1.0, 3.0], &[7, 5, 7][..])
    );
    assert_eq!((picked.len(), picked.is_empty()), (3, false));
    assert_eq!((all.pick(&[]).len(), all.pick(&[]).is_empty()), (0, true));
    assert_eq!(all.pick(&[]).x.shape(), [0, 1]);
}

#[test]
#[should_panic(expected = "each row needs one class: 2 rows, 3 classes")]
fn rows_and_classes_are_equally_many() {
    Labelled::new(Tensor::zeros(&[2, 4]), vec![0, 1, 2]);
}
