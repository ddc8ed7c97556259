//! What lesson 5 claims of digits that move, filters by hand, and windows.

use ch05_cnn::digits::Digits;
use ch05_cnn::filter::{
    BLUR, Filter, LEVEL_EDGES, NEGATIVE, SHARPEN, UPRIGHT_EDGES, slide,
};
use ch05_cnn::photo::{grey, photo, smaller};
use ch05_cnn::shapes::{
    Window, conv_parameters, dense_parameters, receptive_fields, shifted, sides,
};
use ch05_cnn::shift::{MIDDLE, ROOM, SHEET, anywhere, learn, moved_by, placed, reader};
use ndarray::Array3;
use nn::classify::logits;
use nn::metrics::accuracy;
use proptest::prelude::*;
use tensor::pictures::{Conv, Pool};
use tensor::{Rng, Tensor, assert_close};

#[test]
fn training_and_test_digits_share_nothing_and_lose_nothing() {
    let digits = Digits::load().expect("the digits come with the course");
    assert_eq!((digits.training.len(), digits.test.len()), (8000, 2000));
    let ink = digits.training.x.sum().item() + digits.test.x.sum().item();
    let all = datasets::mnist10k().expect("the digits come with the course");
    let wanted = all.to_f32().mapv(f64::from).sum();
    assert!((f64::from(ink) - wanted).abs() < 1e-3 * wanted);
    let classes = &digits.test.classes;
    assert!((0..10).all(|class| classes.contains(&class)));
}

#[test]
fn a_digit_keeps_all_its_ink_wherever_it_stands() {
    let digit = Rng::new(1).uniform_tensor(&[1, 784], 0.0, 1.0);
    let mut rng = Rng::new(2);
    for _ in 0..50 {
        let corner = anywhere(&mut rng);
        let sheet = placed(&digit, || corner).reshape(&[SHEET, SHEET]);
        let [top, left] = corner;
        let part = sheet.slice(0, top..top + 28).slice(1, left..left + 28);
        assert_eq!(part.to_vec(), digit.to_vec());
        assert_close!(sheet.sum(), digit.sum(), 1e-4);
    }
    assert_eq!(moved_by(0), [MIDDLE; 4]);
    assert_eq!(moved_by(ROOM)[0], [0, ROOM]);
}

#[test]
fn an_mlp_that_learnt_in_the_middle_fails_beside_it() {
    let digits = Digits::load().expect("the digits come with the course");
    let digits = digits.first(3000, 500);
    let mut rng = Rng::new(3);
    let mut net = reader(&mut rng);
    learn(&mut net, &digits.training, 3, &mut rng, |x, _| {
        placed(x, || MIDDLE)
    });
    let read = |corner: [usize; 2]| {
        let sheets = placed(&digits.test.x, || corner);
        accuracy(&logits(&net, &sheets), &digits.test.classes)
    };
    let (middle, beside) = (read(MIDDLE), read([ROOM, 0]));
    assert!(middle > 0.8, "in the middle {middle}");
    assert!(beside < 0.3, "six pixels to the left {beside}");
}

#[test]
fn an_even_picture_shows_what_the_weights_of_a_filter_add_up_to() {
    let even = Tensor::full(&[5, 6], 0.5);
    for (filter, everywhere) in [
        (BLUR, 0.5),
        (SHARPEN, 0.5),
        (NEGATIVE, 0.5),
        (UPRIGHT_EDGES, 0.0),
        (LEVEL_EDGES, 0.0),
    ] {
        assert_close!(filter.apply(&even), Tensor::full(&[3, 4], everywhere), 1e-6);
    }
}

#[test]
fn edges_have_a_sign_and_a_direction() {
    let to_the_right = Tensor::from([[0.0, 0.5, 1.0]; 3]);
    let downwards = to_the_right.t();
    let of = |filter: Filter, picture: &Tensor| filter.apply(picture).item();
    assert_eq!(of(UPRIGHT_EDGES, &to_the_right), 4.0);
    assert_eq!(of(UPRIGHT_EDGES, &(1.0 - &to_the_right)), -4.0);
    assert_eq!(of(UPRIGHT_EDGES, &downwards), 0.0);
    assert_eq!(of(LEVEL_EDGES, &downwards), 4.0);
}

#[test]
fn the_example_of_the_page() {
    let picture = Tensor::from([
        [0.0, 0.0, 5.0, 5.0],
        [0.0, 0.0, 5.0, 5.0],
        [0.0, 1.0, 5.0, 5.0],
        [0.0, 1.0, 1.0, 5.0],
    ]);
    let kernel = Tensor::from([[-1.0, 0.0, 1.0]; 3]);
    assert_eq!(slide(&picture, &kernel).to_vec(), [15.0, 14.0, 11.0, 13.0]);
}

#[test]
#[should_panic(expected = "slide: 3×3 is larger than 2×4")]
fn a_kernel_larger_than_the_picture_is_refused() {
    slide(&Tensor::zeros(&[2, 4]), &Tensor::zeros(&[3, 3]));
}

#[test]
fn the_photo_is_grey_and_of_the_size_that_figures_have_room_for() {
    let photo = photo().expect("the photo comes with the course");
    assert_eq!(photo.shape(), [140, 140]);
    assert!(photo.min().item() >= 0.0 && photo.max().item() <= 1.0);
    let white = grey(&Array3::from_elem((2, 3, 3), 255));
    assert_close!(white, Tensor::ones(&[2, 3]), 1e-6);
    let four = Tensor::from([[1.0, 3.0, 9.0], [5.0, 7.0, 9.0]]);
    assert_eq!(smaller(&four, 2).to_vec(), [4.0]);
}

#[test]
fn parameters_of_a_convolution_do_not_ask_how_large_the_picture_is() {
    assert_eq!(conv_parameters([3, 16], [3, 3]), 16 * (27 + 1));
    assert_eq!(dense_parameters([1, 2, 2], [1, 3, 3]), 9 * (4 + 1));
}

#[test]
fn receptive_fields_are_what_the_gradient_reaches() {
    // A sum of ones along one axis: each number that has a say gets a gradient.
    let windows = [
        Window::new(3),
        Window::new(2).stride(2),
        Window::new(3).dilation(2),
    ];
    let x = Tensor::ones(&[1, 1, 1, 40]).require_grad();
    let mut y = x.clone();
    for window in windows {
        let ones = Tensor::ones(&[1, 1, 1, window.kernel]);
        let how = Conv {
            stride: [1, window.stride],
            dilation: [1, window.dilation],
            ..Conv::default()
        };
        y = y.conv2d(&ones, None, how);
    }
    let gradients = y.slice(3, 5..6).sum().backward();
    let reached = gradients[&x].gt(0.0).sum().item() as usize;
    assert_eq!(receptive_fields(&windows), [3, 4, 12]);
    assert_eq!(reached, 12);
}

#[test]
fn five_pools_leave_nothing_of_thirty_pixels() {
    assert_eq!(sides(30, &[Window::new(2).stride(2); 5]), [30, 15, 7, 3, 1]);
}

#[test]
#[should_panic(
    expected = "max_pool2d: expected a picture at least as large as the window, got 1 x 1"
)]
fn the_fifth_pool_says_what_is_wrong() {
    let mut x = Tensor::zeros(&[1, 1, 30, 30]);
    for _ in 0..5 {
        x = x.max_pool2d(Pool::new(2));
    }
}

#[test]
fn pools_by_hand() {
    let x = Tensor::from([
        [1.0, 3.0, 0.0, 2.0],
        [5.0, 7.0, 4.0, 2.0],
        [9.0, 1.0, 6.0, 6.0],
        [1.0, 1.0, 6.0, 6.0],
    ]);
    let x = x.reshape(&[1, 1, 4, 4]);
    assert_eq!(x.max_pool2d(Pool::new(2)).to_vec(), [7.0, 4.0, 9.0, 6.0]);
    assert_eq!(x.avg_pool2d(Pool::new(2)).to_vec(), [4.0, 2.0, 3.0, 6.0]);
    let mean = Tensor::full(&[1, 1, 2, 2], 0.25);
    let slid = x.conv2d(&mean, None, Conv::default().stride(2));
    assert_close!(x.avg_pool2d(Pool::new(2)), slid, 1e-6);
}

proptest! {
    #[test]
    fn slide_a_shifted_picture_or_shift_the_slid_one(
        down in 0_usize..4, right in 0_usize..4, seed in 0_u64..500,
    ) {
        let mut rng = Rng::new(seed);
        let x = rng.normal_tensor(&[2, 3, 9, 8], 0.0, 1.0);
        let weight = rng.normal_tensor(&[2, 3, 3, 3], 0.0, 1.0);
        let of = |x: &Tensor| x.conv2d(&weight, None, Conv::default());
        let first = of(&shifted(&x, [down, right]));
        let last = shifted(&of(&x), [down, right]);
        let inside = |x: &Tensor| x.slice(2, down..).slice(3, right..);
        prop_assert_eq!(inside(&first).to_vec(), inside(&last).to_vec());
    }
}
