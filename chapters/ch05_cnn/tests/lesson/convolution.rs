//! What lesson 5 claims of convolution: four ways and their gradients are one.

use ch05_cnn::filter::{UPRIGHT_EDGES, slide};
use ch05_cnn::gradients::{by_kernels, by_pictures, turned};
use ch05_cnn::loops;
use ch05_cnn::sizes::{Sizes, cropped, padded};
use ch05_cnn::unfold::{convolve, fold, unfold};
use proptest::prelude::*;
use tensor::gradcheck::check;
use tensor::pictures::Conv;
use tensor::{Rng, Tensor, assert_close};

/// Pictures, kernels and biases of these sizes.
fn given(n: usize, c: usize, o: usize, side: usize, seed: u64) -> [Tensor; 3] {
    let mut rng = Rng::new(seed);
    [
        rng.normal_tensor(&[n, c, side, side + 1], 0.0, 1.0),
        rng.normal_tensor(&[o, c, 3, 2], 0.0, 1.0),
        rng.normal_tensor(&[o], 0.0, 1.0),
    ]
}

#[test]
fn one_channel_and_one_kernel_is_the_filter_by_hand() {
    let picture = Rng::new(1).normal_tensor(&[6, 5], 0.0, 1.0);
    let kernel = Tensor::from(UPRIGHT_EDGES.kernel);
    let by_hand = slide(&picture, &kernel); // [4, 3]
    let x = picture.reshape(&[1, 1, 6, 5]);
    let weight = kernel.reshape(&[1, 1, 3, 3]);
    let y = loops::forward(&x, &weight, &Tensor::zeros(&[1]), Conv::default());
    assert_eq!(y.to_vec(), by_hand.to_vec());
}

#[test]
fn the_other_order_of_loops_adds_the_same_numbers_in_the_same_order() {
    let [x, weight, bias] = given(2, 3, 4, 7, 2);
    let how = Conv::default().padding(1);
    let a = loops::forward(&x, &weight, &bias, how);
    let b = loops::along_rows(&x, &weight, &bias, how);
    assert_eq!(a.to_vec(), b.to_vec()); // to the last bit
}

#[test]
fn padding_comes_and_goes() {
    let x = Rng::new(3).normal_tensor(&[2, 2, 3, 4], 0.0, 1.0);
    let wide = padded(&x, [1, 2]);
    assert_eq!(wide.shape(), [2, 2, 5, 8]);
    assert_close!(wide.sum(), x.sum(), 1e-5);
    assert_eq!(cropped(&wide, [1, 2]).to_vec(), x.to_vec());
}

#[test]
#[should_panic(expected = "sizes: [3, 3] fits nowhere in [2, 5]")]
fn a_window_that_fits_nowhere_is_refused() {
    Sizes::new(&Tensor::zeros(&[1, 1, 2, 5]), [3, 3], Conv::default());
}

#[test]
fn a_pixel_of_ink_prints_the_kernel_turned() {
    let weight = Tensor::arange(9).reshape(&[1, 1, 3, 3]);
    let mut dot = vec![0.0; 25];
    dot[12] = 1.0;
    let dot = Tensor::from_vec(dot, &[1, 1, 5, 5]);
    let y = loops::forward(&dot, &weight, &Tensor::zeros(&[1]), Conv::default());
    assert_eq!(y.to_vec(), turned(&weight).to_vec());
}

#[test]
fn the_gradient_by_loops_agrees_with_central_differences() {
    let [x, weight, bias] = given(2, 2, 3, 4, 4);
    let how = Conv::default().stride(2).padding(1);
    let inputs = [x.clone(), weight.clone(), bias];
    let checked = check(|i| i[0].conv2d(&i[1], Some(&i[2]), how), &inputs, 1e-1);
    // The tool weighs the numbers that come out; the loops are given the same weights.
    let y = loops::forward(&x, &weight, &inputs[2], how);
    let weigh = |i: usize| 0.5 + (i as f64 * 0.618_033_988_75).fract() as f32;
    let g = Tensor::from_vec((0..y.len()).map(weigh).collect(), y.shape());
    let slow = loops::backward(&x, &weight, how, &g);
    for (by_loops, checked) in [slow.x, slow.weight, slow.bias].iter().zip(checked) {
        assert_close!(by_loops, checked.numeric, 1e-3);
    }
}

#[test]
fn unfold_and_fold_pass_the_gradient_check() {
    let [x, weight, bias] = given(1, 2, 2, 4, 5);
    for how in [
        Conv::default(),
        Conv::default().stride(2).padding(1).dilation(1),
    ] {
        let inputs = [x.clone(), weight.clone(), bias.clone()];
        for checked in check(|i| convolve(&i[0], &i[1], &i[2], how), &inputs, 1e-1) {
            assert!(checked.error < 1e-3, "{}", checked.error);
        }
    }
    let patches = unfold(&x, [3, 2], Conv::default()).detach();
    let back = |i: &[Tensor]| fold(&i[0], x.dims(), [3, 2], Conv::default());
    assert!(check(back, &[patches], 1e-1)[0].error < 1e-3);
}

proptest! {
    #[test]
    fn all_ways_agree_with_the_loops(
        sizes in (1_usize..3, 1_usize..4, 1_usize..4, 5_usize..9),
        (stride, padding, dilation) in (1_usize..4, 0_usize..3, 1_usize..3),
        seed in 0_u64..1000,
    ) {
        let (n, c, o, side) = sizes;
        let [x, weight, bias] = given(n, c, o, side, seed);
        let how = Conv::default().stride(stride).padding(padding).dilation(dilation);
        let y = loops::forward(&x, &weight, &bias, how);
        assert_close!(convolve(&x, &weight, &bias, how), y, 1e-5);
        assert_close!(x.conv2d(&weight, Some(&bias), how), y, 1e-5);
        let g = Rng::new(seed).fork("g").normal_tensor(y.shape(), 0.0, 1.0);
        let slow = loops::backward(&x, &weight, how, &g);
        let inputs = [&x, &weight, &bias].map(Tensor::require_grad);
        let taped = (convolve(&inputs[0], &inputs[1], &inputs[2], how) * &g).sum();
        let taped = taped.backward();
        for (input, wanted) in inputs.iter().zip([slow.x, slow.weight, slow.bias]) {
            assert_close!(taped[input], wanted, 1e-4);
        }
    }

    #[test]
    fn the_gradients_are_convolutions(padding in 0_usize..3, seed in 0_u64..1000) {
        let mut rng = Rng::new(seed);
        let x = rng.normal_tensor(&[2, 3, 6, 5], 0.0, 1.0);
        let weight = rng.normal_tensor(&[4, 3, 3, 3], 0.0, 1.0);
        let how = Conv::default().padding(padding);
        let y = x.conv2d(&weight, None, how);
        let g = rng.normal_tensor(y.shape(), 0.0, 1.0);
        let slow = loops::backward(&x, &weight, how, &g);
        assert_close!(by_pictures(&g, &weight, padding), slow.x, 1e-4);
        assert_close!(by_kernels(&x, &g, padding), slow.weight, 1e-4);
    }

    #[test]
    fn fold_is_the_adjoint_of_unfold(stride in 1_usize..4, padding in 0_usize..3) {
        let mut rng = Rng::new(7);
        let how = Conv::default().stride(stride).padding(padding);
        let x = rng.normal_tensor(&[2, 2, 6, 7], 0.0, 1.0);
        let patches = unfold(&x, [3, 2], how);
        let p = rng.normal_tensor(patches.shape(), 0.0, 1.0);
        let left = (patches * &p).sum();
        let right = (&x * fold(&p, x.dims(), [3, 2], how)).sum();
        assert_close!(left, right, 1e-4);
    }
}
