//! A photo made what the net takes.

use ch07_yolo::face::fit::{Shrink, fit, shrunk};
use image::imageops::{FilterType, resize};
use ndarray::{Array3, s};
use proptest::prelude::*;
use tensor::{Rng, Tensor, assert_close};

proptest! {
    #[test]
    fn an_even_picture_stays_even_whatever_its_size(
        h in 1_usize..50,
        w in 1_usize..50,
        side in 1_usize..60,
        grey in 0_u8..=255,
        skips in any::<bool>(),
    ) {
        let shrink = if skips { Shrink::Skips } else { Shrink::Means };
        let small = shrunk(&Array3::from_elem((h, w, 3), grey), side, shrink);
        let (rows, columns, _) = small.dim();
        prop_assert_eq!(rows.max(columns), side);
        for value in small {
            prop_assert!((value - f32::from(grey)).abs() < 1e-3);
        }
    }
}

#[test]
fn half_as_many_pixels_are_means_of_four_with_the_middle_two_counted_threefold() {
    // Two old pixels apart, the tent reaches two to each side: 1/4, 3/4, 3/4, 1/4 of 2.
    let row = [0_u8, 0, 0, 80, 0, 0, 0, 0];
    let picture = Array3::from_shape_fn((1, 8, 3), |(_, j, _)| row[j]);
    let small = shrunk(&picture, 4, Shrink::Means);
    let red: Vec<f32> = small.slice(s![0, .., 0]).to_vec();
    assert_close!(Tensor::from(red.as_slice()), [0.0, 30.0, 10.0, 0.0], 1e-4);
    // Counted from the corner, every second pixel: the 80 is never looked at.
    let skipped = shrunk(&picture, 4, Shrink::Skips);
    assert!(skipped.iter().all(|&value| value == 0.0));
}

#[test]
fn shrinking_agrees_with_the_image_crate() {
    let mut rng = Rng::new(7).fork("pixels");
    for (h, w, side) in [(90, 60, 30), (64, 64, 17), (20, 30, 75)] {
        let photo = Array3::from_shape_fn((h, w, 3), |_| rng.below(256) as u8);
        let ours = shrunk(&photo, side, Shrink::Means);
        let (rows, columns, _) = ours.dim();
        let bytes: Vec<u8> = photo.iter().copied().collect();
        let theirs =
            image::RgbImage::from_raw(w as u32, h as u32, bytes).expect("all pixels");
        let theirs = resize(&theirs, columns as u32, rows as u32, FilterType::Triangle);
        for ((i, j, c), value) in ours.indexed_iter() {
            let other = f32::from(theirs.get_pixel(j as u32, i as u32).0[c]);
            assert!(
                (value - other).abs() <= 1.0,
                "{value} and {other} at {i}, {j}"
            );
        }
    }
}

#[test]
fn what_the_photo_does_not_fill_is_black_less_the_mean() {
    let white = Array3::from_elem((20, 10, 3), 255);
    let x = fit(&white, 64, Shrink::Means);
    assert_eq!(x.shape(), [1, 3, 64, 64]);
    let red = |i: usize, j: usize| x.array()[[0, 0, i, j]];
    assert!((red(63, 31) - (255.0 - 117.001) / 255.0).abs() < 1e-5);
    assert!((red(0, 32) - -117.001 / 255.0).abs() < 1e-5);
}
