//! What lesson 5 claims of turned pictures, warps and what a net looks at.

use ch05_cnn::augment::{Change, Warp, mirrored};
use ch05_cnn::digits::Digits;
use ch05_cnn::inside::{erased, grad_cam, looked_at, maps, scores, share_inside};
use ch05_cnn::models::LeNet;
use ch05_cnn::pasted::{SMALL, background, pasted};
use ch05_cnn::practice::{plain, right, squares};
use ch05_cnn::turned::{drawing, transposed};
use nn::data::Labelled;
use nn::{Net, Pass};
use proptest::prelude::*;
use tensor::{Keep, Rng, Tensor, assert_close};

/// The first training and test digits as pictures.
fn digits(training: usize, test: usize) -> [Labelled; 2] {
    let digits = Digits::load().expect("the digits come with the course");
    let digits = digits.first(training, test);
    [squares(&digits.training), squares(&digits.test)]
}

#[test]
fn a_net_that_learnt_transposed_digits_is_right_in_validation_and_wrong_in_use() {
    let [training, test] = digits(2000, 400);
    let turned = [&training, &test].map(transposed);
    let net = plain(&turned[0], 3, &mut Rng::new(1));
    let (validation, deployed) = (right(&net, &turned[1]), right(&net, &test));
    assert!(validation > 0.8, "in validation {validation}");
    assert!(deployed < 0.4, "in use {deployed}");
}

#[test]
fn a_drawing_tells_each_wrong_way_from_the_right_one() {
    let [_, test] = digits(1, 100);
    let four = test.classes.iter().position(|&class| class == 4);
    let four = test.pick(&[four.expect("there are fours")]);
    let upright = drawing(&four.x);
    let pixels = four.x.to_vec();
    let mirrored = Tensor::from_vec(mirrored(&pixels, 28), four.x.shape());
    let on_its_head: Vec<f32> = pixels.iter().rev().copied().collect();
    let on_its_head = Tensor::from_vec(on_its_head, four.x.shape());
    let wrong = [transposed(&four).x, mirrored, on_its_head, 1.0 - &four.x];
    for wrong in wrong {
        assert_ne!(drawing(&wrong), upright);
    }
}

proptest! {
    #[test]
    fn a_warp_that_does_nothing_returns_the_picture_to_the_last_bit(
        pixels in prop::collection::vec(0.0_f32..1.0, 30),
    ) {
        prop_assert_eq!(Warp::NONE.apply(&pixels, [5, 6]), pixels);
    }

    #[test]
    fn a_warp_by_whole_pixels_moves_them_and_none_comes_back(
        pixels in prop::collection::vec(0.1_f32..1.0, 36), down in -3_i32..4, right in -3_i32..4,
    ) {
        let shift = [down as f32, right as f32];
        let moved = Warp { shift, ..Warp::NONE }.apply(&pixels, [6, 6]);
        for i in 0..6_i32 {
            for j in 0..6_i32 {
                let (from_i, from_j) = (i - down, j - right);
                let inside = (0..6).contains(&from_i) && (0..6).contains(&from_j);
                let wanted = if inside { pixels[(6 * from_i + from_j) as usize] } else { 0.0 };
                prop_assert!((moved[(6 * i + j) as usize] - wanted).abs() < 1e-5);
            }
        }
    }
}

#[test]
fn a_quarter_turn_is_clockwise_and_exact() {
    let turn = Warp {
        turn: 90.0,
        ..Warp::NONE
    };
    let turned = turn.apply(&[1.0, 2.0, 3.0, 4.0], [2, 2]);
    assert_close!(
        Tensor::from([3.0, 1.0, 4.0, 2.0]),
        Tensor::from_vec(turned, &[4]),
        1e-5
    );
}

#[test]
fn twice_as_large_keeps_the_middle_and_loses_the_rim() {
    let twice = Warp {
        scale: 2.0,
        ..Warp::NONE
    };
    let mut pixels = [0.0; 25];
    pixels[12] = 1.0; // the middle
    pixels[0] = 1.0; // a corner
    let large = twice.apply(&pixels, [5, 5]);
    assert_eq!((large[12], large[11], large[0]), (1.0, 0.5, 0.0));
}

#[test]
fn changes_keep_labels_and_shapes_and_none_keeps_all() {
    let [_, test] = digits(1, 20);
    let mut rng = Rng::new(1);
    for change in Change::EACH {
        let changed = change.apply(test.clone(), &mut rng);
        assert_eq!(changed.classes, test.classes);
        assert_eq!(changed.x.shape(), test.x.shape());
        let same = changed.x.to_vec() == test.x.to_vec();
        assert_eq!(same, change == Change::None, "{change:?}");
    }
}

#[test]
fn the_two_halves_of_lenet_are_the_whole() {
    let mut rng = Rng::new(1);
    let net = LeNet::new(1, 28, 10, &mut rng);
    let x = rng.uniform_tensor(&[3, 1, 28, 28], 0.0, 1.0);
    let halves = scores(&net, &maps(&net, &x));
    assert_eq!(halves.to_vec(), net.forward(&x, &mut Pass::Use).to_vec());
}

#[test]
fn grad_cam_of_a_net_built_by_hand() {
    // Two examples of two maps; class 0 is 3 times the mean of map 0, class 1 the mean of
    // map 1 less that of map 0.
    let numbers = [1.0, 2.0, 4.0, 8.0, 2.0, 0.0, 1.0, 3.0];
    let maps = Tensor::from_vec(numbers.to_vec(), &[2, 2, 1, 2]);
    let head = |maps: &Tensor| {
        let means = maps.mean_axis(3, Keep::No).mean_axis(2, Keep::No); // [B, A]
        means.matmul(&Tensor::from([[3.0, -1.0], [0.0, 1.0]])) // [B, K]
    };
    // A mean of two has a slope of 1/2: α = 3/2 and 0 for class 0, −1/2 and 1/2 for class 1.
    let map = grad_cam(&maps, &[0, 1], head);
    assert_eq!(map.shape(), [2, 1, 2]);
    // 1.5 · (1, 2), and (−1 + 0.5, 0 + 1.5), of which the first is dropped.
    assert_eq!(map.to_vec(), [1.5, 3.0, 0.0, 1.5]);
}

#[test]
fn maps_of_heat_are_as_large_as_the_picture_and_never_negative() {
    let [training, test] = digits(1000, 30);
    let net = plain(&training, 2, &mut Rng::new(1));
    let heat = looked_at(&net, &test.x, &test.classes);
    assert_eq!(heat.shape(), [30, 28, 28]);
    assert!(heat.min().item() >= 0.0);
    // The second window has no padding, so the rim of four pixels is nobody's middle.
    assert_eq!(heat.slice(1, 0..4).sum().item(), 0.0);
    assert!(heat.sum().item() > 0.0);
}

#[test]
fn shares_and_erased_pixels_by_hand() {
    let map = Tensor::from([[1.0, 0.0], [2.0, 1.0]]);
    assert_eq!(share_inside(&map, [1, 2], [0, 2]), 0.75);
    assert_eq!(share_inside(&Tensor::zeros(&[2, 2]), [0, 1], [0, 1]), 0.0);
    let x = Tensor::from([[0.0, 0.5], [0.6, 0.7]]).reshape(&[1, 1, 2, 2]);
    let map = Tensor::from([[9.0, 1.0], [3.0, 2.0]]).reshape(&[1, 2, 2]);
    // The hottest place has no ink; the next two are erased.
    assert_eq!(erased(&x, &map, 2).to_vec(), [0.0, 0.5, 0.0, 0.0]);
}

#[test]
fn a_pasted_digit_stands_where_it_is_said_to() {
    let [_, test] = digits(1, 20);
    let black = [Tensor::zeros(&[40, 40])];
    let (on_black, corners) = pasted(&test, &black, &mut Rng::new(1));
    for (row, corner) in corners.iter().enumerate() {
        let picture = on_black.x.slice(0, row..row + 1).reshape(&[28, 28]);
        let [rows, columns] = corner.map(|from| [from, from + SMALL]);
        assert_close!(
            Tensor::from([share_inside(&picture, rows, columns)]),
            Tensor::from([1.0]),
            1e-5
        );
    }
    let photo = background("chelsea").expect("the photo comes with the course");
    assert_eq!(photo.shape(), [128, 128]);
}
