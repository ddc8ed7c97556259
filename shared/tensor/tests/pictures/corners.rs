//! Equal numbers, NaN, infinities, pictures of one number and of none.

use tensor::pictures::{Conv, Pool};
use tensor::{Tensor, assert_close, assert_shape, no_grad};

use crate::{random, walk};

/// One picture with one channel.
fn picture<const R: usize, const C: usize>(rows: [[f32; C]; R]) -> Tensor {
    Tensor::from(rows).reshape(&[1, 1, R, C])
}

/// The largest numbers, and where the gradients 1, 2, 3 ... of them go.
fn largest(x: &Tensor, f: impl Fn(&Tensor) -> Tensor) -> [Vec<f32>; 2] {
    let count = |shape: &[usize]| (Tensor::arange(shape.iter().product()) + 1.0).reshape(shape);
    let (y, gradients) = walk(|x| f(&x[0]), std::slice::from_ref(x), count);
    [y.to_vec(), gradients[0].to_vec()]
}

#[test]
fn the_first_of_equal_numbers_gets_the_gradient() {
    let x = picture([[0.0, 3.0, 3.0], [3.0, 1.0, 3.0], [3.0, 3.0, 3.0]]);
    let how = Pool::new(2).stride(1);
    let [value, gradient] = largest(&x, |x| x.max_pool2d(how));
    assert_eq!(value, [3.0; 4]);
    assert_eq!(gradient, [0.0, 3.0, 0.0, 3.0, 0.0, 4.0, 0.0, 0.0, 0.0]);
    let [value, gradient] = largest(&x, |x| x.adaptive_max_pool2d([1, 2]));
    assert_eq!(value, [3.0; 2]);
    assert_eq!(gradient, [0.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn nan_wins_and_gets_the_gradient() {
    let x = picture([[9.0, f32::NAN, f32::NEG_INFINITY, f32::INFINITY], [5.0, 0.0, 7.0, 1.0]]);
    let pools: [fn(&Tensor) -> Tensor; 2] =
        [|x| x.max_pool2d(Pool::new(2)), |x| x.adaptive_max_pool2d([1, 2])];
    for pool in pools {
        let [value, gradient] = largest(&x, pool);
        assert!(value[0].is_nan() && value[1] == f32::INFINITY, "{value:?}");
        assert_eq!(gradient, [0.0, 1.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0]);
    }
    assert!(x.avg_pool2d(Pool::new(2)).to_vec()[0].is_nan());
}

#[test]
fn padding_never_wins() {
    let x = picture([[f32::NEG_INFINITY, -1.0], [-2.0, -3.0]]);
    let how = Pool { padding: [1, 1], ..Pool::new(2) };
    let [value, gradient] = largest(&x, |x| x.max_pool2d(how));
    assert_eq!(value, [f32::NEG_INFINITY, -1.0, -2.0, -3.0]);
    assert_eq!(gradient, [1.0, 2.0, 3.0, 4.0]);
}

#[test]
fn padding_counts_as_zeros_in_a_mean() {
    let how = Pool { padding: [1, 1], ..Pool::new(2) };
    let [value, gradient] = largest(&picture([[4.0, 8.0], [-4.0, 12.0]]), |x| x.avg_pool2d(how));
    assert_eq!(value, [1.0, 2.0, -1.0, 3.0]);
    assert_eq!(gradient, [0.25, 0.5, 0.75, 1.0]);
}

#[test]
fn a_region_may_be_smaller_than_a_number() {
    let x = picture([[1.0, 2.0]]);
    let [value, gradient] = largest(&x, |x| x.adaptive_avg_pool2d([2, 3]));
    assert_eq!(value, [1.0, 1.5, 2.0, 1.0, 1.5, 2.0]);
    assert_eq!(gradient, [8.5, 12.5]);
}

#[test]
fn a_single_pixel_fills_any_size() {
    let x = picture([[5.0]]);
    let [value, gradient] = largest(&x, |x| x.resize_bilinear([2, 3]));
    assert_eq!((value, gradient), (vec![5.0; 6], vec![21.0]));
    let x = random(1, "x", &[2, 3, 5, 7]);
    assert_eq!(x.resize_bilinear([5, 7]).to_vec(), x.to_vec());
}

#[test]
fn no_pictures_give_no_results_and_no_gradient() {
    let x = Tensor::zeros(&[0, 4, 6, 5]);
    let weight = random(1, "weight", &[4, 2, 3, 3]);
    let bias = random(1, "bias", &[4]);
    let how = Conv::default().padding(1).groups(2);
    let inputs = [x, weight, bias];
    let g = |shape: &[usize]| Tensor::ones(shape);
    let (y, gradients) = walk(|x| x[0].conv2d(&x[1], Some(&x[2]), how), &inputs, g);
    assert_shape!(y, [0, 4, 6, 5]);
    assert_close!(gradients[1], Tensor::zeros(&[4, 2, 3, 3]), 0.0);
    assert_close!(gradients[2], Tensor::zeros(&[4]), 0.0);
    let up = |x: &[Tensor]| x[0].conv_transpose2d(&x[1], None, how.stride(2), [1, 1]);
    let (y, gradients) = walk(up, &inputs[..2], g);
    assert_shape!(y, [0, 4, 12, 10]);
    assert_close!(gradients[1], Tensor::zeros(&[4, 2, 3, 3]), 0.0);
    assert_shape!(inputs[0].max_pool2d(Pool::new(2)), [0, 4, 3, 2]);
    assert_shape!(inputs[0].avg_pool2d(Pool::new(2)), [0, 4, 3, 2]);
    assert_shape!(inputs[0].adaptive_avg_pool2d([3, 2]), [0, 4, 3, 2]);
    assert_shape!(inputs[0].adaptive_max_pool2d([3, 2]), [0, 4, 3, 2]);
    assert_shape!(inputs[0].global_avg_pool2d(), [0, 4]);
    assert_shape!(inputs[0].resize_bilinear([9, 9]), [0, 4, 9, 9]);
}

#[test]
fn a_mean_far_from_zero_leaves_the_variance_exact() {
    let x = random(1, "x", &[8, 3, 5, 5]);
    let far = (&x + 1000.0) - 1000.0; // rounded as numbers around 1000 are
    let (scale, shift) = (Tensor::ones(&[3]), Tensor::zeros(&[3]));
    let (near, [_, variance]) = far.batch_norm(&scale, &shift, 1e-5);
    let (y, [mean, same_variance]) = (&far + 1000.0).batch_norm(&scale, &shift, 1e-5);
    assert_close!(mean, Tensor::full(&[3], 1000.0), 1e-3);
    assert_close!(same_variance, variance, 1e-4);
    assert_close!(y, near, 1e-3);
}

/// Any operation.
type Operation = dyn Fn(&[Tensor]) -> Tensor;

#[test]
fn gradients_do_not_depend_on_which_others_are_wanted() {
    let how = Conv::default().stride(2).padding(1);
    let shapes: [&[usize]; 3] = [&[2, 4, 9, 8], &[4, 4, 3, 3], &[4]];
    let inputs = shapes.map(|shape| random(1, "input", shape));
    let up = move |x: &[Tensor]| x[0].conv_transpose2d(&x[1], Some(&x[2]), how, [1, 0]);
    let down = move |x: &[Tensor]| x[0].conv2d(&x[1], Some(&x[2]), how);
    let norm = |x: &[Tensor]| x[0].batch_norm(&x[2], &x[2].exp(), 1e-5).0;
    let operations: [&Operation; 3] = [&down, &up, &norm];
    for (number, f) in operations.into_iter().enumerate() {
        let all = inputs.each_ref().map(Tensor::require_grad);
        let gradients = f(&all).square().sum().backward();
        for one in (0..3).filter(|&one| gradients.get(&all[one]).is_some()) {
            let mut only = inputs.clone();
            only[one] = only[one].require_grad();
            let gradient = f(&only).square().sum().backward()[&only[one]].to_vec();
            assert_eq!(gradient, gradients[&all[one]].to_vec(), "operation {number}, input {one}");
        }
        assert!(!no_grad(|| f(&all)).requires_grad());
        assert_eq!(f(&inputs).to_vec(), f(&all).to_vec());
    }
}
