//! Each operation on numbers small enough to check by hand.

use tensor::{Keep, Tensor, assert_close, assert_shape};

/// Three numbers: below, at and above zero.
fn signs() -> Tensor {
    Tensor::from([-2.0, 0.0, 3.0])
}

/// Two rows of three.
fn matrix() -> Tensor {
    Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
}

/// The numbers of a tensor and its shape.
fn parts(tensor: &Tensor) -> (Vec<f32>, &[usize]) {
    (tensor.to_vec(), tensor.shape())
}

#[test]
fn tensors_are_made_with_their_shape() {
    assert_eq!(parts(&Tensor::scalar(7.0)), (vec![7.0], &[][..]));
    assert_eq!(parts(&Tensor::zeros(&[2])), (vec![0.0; 2], &[2][..]));
    assert_eq!(parts(&Tensor::ones(&[1, 2])), (vec![1.0; 2], &[1, 2][..]));
    assert_eq!(parts(&Tensor::full(&[2, 0], 5.0)), (vec![], &[2, 0][..]));
    assert_eq!(parts(&Tensor::eye(2)), (vec![1.0, 0.0, 0.0, 1.0], &[2, 2][..]));
    assert_eq!(parts(&Tensor::arange(3)), (vec![0.0, 1.0, 2.0], &[3][..]));
    assert_eq!(parts(&Tensor::from(vec![1.0, 2.0])), (vec![1.0, 2.0], &[2][..]));
    assert_eq!(parts(&Tensor::from(&[1.0, 2.0][..])), (vec![1.0, 2.0], &[2][..]));
    assert_shape!(Tensor::from([[[1.0; 4]; 3]; 2]), [2, 3, 4]);
    let columns_first = ndarray::arr2(&[[1.0, 2.0], [3.0, 4.0]]).reversed_axes();
    assert_eq!(parts(&Tensor::from_array(columns_first)), (vec![1.0, 3.0, 2.0, 4.0], &[2, 2][..]));
}

#[test]
fn tensors_are_read() {
    let [rows, columns] = matrix().dims();
    assert_eq!((rows, columns), (2, 3));
    assert_eq!((matrix().rank(), matrix().len(), matrix().is_empty()), (2, 6, false));
    assert!(Tensor::zeros(&[3, 0]).is_empty());
    assert_eq!(Tensor::from([[4.0]]).item(), 4.0);
    assert_eq!(matrix().array()[[1, 0]], 4.0);
    assert_eq!(format!("{:.1}", matrix()), "[[1.0, 2.0, 3.0],\n [4.0, 5.0, 6.0]]");
    assert_eq!(format!("{:?}", Tensor::scalar(1.0)), "Tensor []\n1");
}

#[test]
fn functions_of_one_number() {
    assert_close!(signs().exp(), [0.135_335_28, 1.0, 20.085_537], 1e-6);
    assert_close!(signs().exp().ln(), signs(), 1e-6);
    assert_close!(Tensor::from([0.0, 9.0]).sqrt(), [0.0, 3.0], 0.0);
    assert_close!(signs().abs(), [2.0, 0.0, 3.0], 0.0);
    assert_close!(signs().square(), [4.0, 0.0, 9.0], 0.0);
    assert_close!(signs().powi(3), [-8.0, 0.0, 27.0], 0.0);
    assert_close!(Tensor::from([4.0, 9.0]).powf(1.5), [8.0, 27.0], 1e-6);
    assert_close!(signs().tanh(), [-0.964_027_6, 0.0, 0.995_054_7], 1e-6);
    assert_close!(signs().sigmoid(), [0.119_202_92, 0.5, 0.952_574_13], 1e-6);
    assert_close!(signs().relu(), [0.0, 0.0, 3.0], 0.0);
    assert_close!(signs().sign(), [-1.0, 0.0, 1.0], 0.0);
    assert_close!(signs().clamp(-1.0, 2.0), [-1.0, 0.0, 2.0], 0.0);
    assert_close!(-signs(), [2.0, 0.0, -3.0], 0.0);
}

#[test]
fn the_edges_of_functions() {
    assert_eq!(Tensor::from([100.0]).exp().item(), f32::INFINITY);
    assert_eq!(Tensor::from([0.0]).ln().item(), f32::NEG_INFINITY);
    assert!(Tensor::from([-1.0]).ln().item().is_nan());
    assert!(Tensor::from([-1.0]).sqrt().item().is_nan());
    assert!(Tensor::from([-1.0]).powf(0.5).item().is_nan());
    assert!(Tensor::from([-200.0]).sigmoid().item() < 1e-30);
}

#[test]
fn nan_stays_visible() {
    let nan = Tensor::from([f32::NAN]);
    for result in [nan.relu(), nan.sign(), nan.clamp(0.0, 1.0), nan.sigmoid(), nan.abs()] {
        assert!(result.item().is_nan());
    }
    assert!(nan.maximum(1.0).item().is_nan() && nan.minimum(1.0).item().is_nan());
    let one = Tensor::from([1.0]);
    assert!(one.maximum(&nan).item().is_nan() && one.minimum(&nan).item().is_nan());
    for place in [0, 1, 17, 39] {
        let mut values = vec![1.0; 40];
        values[place] = f32::NAN;
        let values = Tensor::from(values);
        assert!(values.max().item().is_nan() && values.min().item().is_nan());
        assert_eq!((values.argmax(0), values.argmin(0)), (vec![place], vec![place]));
    }
}

#[test]
fn operators_work_from_either_side() {
    let (a, b) = (Tensor::from([6.0, 8.0]), Tensor::from([2.0, 4.0]));
    assert_eq!((&a + &b).to_vec(), [8.0, 12.0]);
    assert_eq!((&a - b.clone()).to_vec(), [4.0, 4.0]);
    assert_eq!((a.clone() * &b).to_vec(), [12.0, 32.0]);
    assert_eq!((a.clone() / b.clone()).to_vec(), [3.0, 2.0]);
    assert_eq!((&a - 1.0).to_vec(), [5.0, 7.0]);
    assert_eq!((a.clone() + 1.0).to_vec(), [7.0, 9.0]);
    assert_eq!((1.0 - &a).to_vec(), [-5.0, -7.0]);
    assert_eq!((24.0 / a).to_vec(), [4.0, 3.0]);
}

#[test]
fn functions_of_two_numbers() {
    let (a, b) = (Tensor::from([1.0, 2.0, 3.0]), Tensor::from([2.0, 2.0, 2.0]));
    assert_eq!(a.maximum(&b).to_vec(), [2.0, 2.0, 3.0]);
    assert_eq!(a.minimum(&b).to_vec(), [1.0, 2.0, 2.0]);
    assert_eq!(a.gt(&b).to_vec(), [0.0, 0.0, 1.0]);
    assert_eq!(a.ge(&b).to_vec(), [0.0, 1.0, 1.0]);
    assert_eq!(a.lt(&b).to_vec(), [1.0, 0.0, 0.0]);
    assert_eq!(a.le(2.0).to_vec(), [1.0, 1.0, 0.0]);
    assert_eq!(a.eq(b).to_vec(), [0.0, 1.0, 0.0]);
    let rows = Tensor::from([[1.0], [0.0]]);
    let chosen = Tensor::where_(&rows, &a, -1.0); // [2, 1], [3], [] -> [2, 3]
    assert_eq!(parts(&chosen), (vec![1.0, 2.0, 3.0, -1.0, -1.0, -1.0], &[2, 3][..]));
}

#[test]
fn layouts_keep_the_numbers() {
    let x = matrix();
    assert_eq!(parts(&x.reshape(&[3, 2])), (x.to_vec(), &[3, 2][..]));
    assert_eq!(x.t().reshape(&[6]).to_vec(), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    assert_eq!(parts(&x.permute(&[1, 0])), (x.t().to_vec(), &[3, 2][..]));
    let cube = Tensor::arange(24).reshape(&[2, 3, 4]);
    assert_shape!(cube.t(), [2, 4, 3]);
    assert_shape!(cube.permute(&[2, 0, 1]), [4, 2, 3]);
    assert_eq!(cube.permute(&[2, 0, 1]).array()[[3, 1, 2]], 23.0);
    assert_shape!(x.unsqueeze(0), [1, 2, 3]);
    assert_shape!(x.unsqueeze(2), [2, 3, 1]);
    assert_eq!(parts(&x.unsqueeze(1).squeeze(1)), parts(&x));
    assert_eq!(
        parts(&Tensor::from([[1.0], [2.0]]).broadcast_to(&[1, 2, 2])).0,
        [1.0, 1.0, 2.0, 2.0]
    );
    assert_shape!(Tensor::zeros(&[0, 3]).reshape(&[5, 0]), [5, 0]);
}

#[test]
fn parts_are_picked() {
    let x = matrix();
    assert_eq!(parts(&x.slice(1, 1..)), (vec![2.0, 3.0, 5.0, 6.0], &[2, 2][..]));
    assert_eq!(parts(&x.slice(0, 1..=1)), (vec![4.0, 5.0, 6.0], &[1, 3][..]));
    assert_shape!(x.slice(1, 3..3), [2, 0]);
    assert_eq!(parts(&x.select(1, &[2, 0, 2])), (vec![3.0, 1.0, 3.0, 6.0, 4.0, 6.0], &[2, 3][..]));
    assert_shape!(x.select(0, &[]), [0, 3]);
}

#[test]
fn tensors_are_put_together() {
    let x = matrix();
    let both = Tensor::concat(0, &[&x, &x.slice(0, ..1)]);
    assert_eq!(parts(&both).0, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 1.0, 2.0, 3.0]);
    let wide = Tensor::concat(1, &[&x, &Tensor::zeros(&[2, 0]), &x.slice(1, ..1)]);
    assert_eq!(parts(&wide), (vec![1.0, 2.0, 3.0, 1.0, 4.0, 5.0, 6.0, 4.0], &[2, 4][..]));
    assert_shape!(Tensor::stack(2, &[x.clone(), x.clone()]), [2, 3, 2]);
    assert_eq!(Tensor::stack(1, &[x.clone(), -x]).array()[[1, 1, 2]], -6.0);
    assert_eq!(parts(&Tensor::one_hot(&[1, 0], 2)), (vec![0.0, 1.0, 1.0, 0.0], &[2, 2][..]));
}

#[test]
fn reductions_over_all_numbers() {
    let x = matrix();
    for (result, expected) in [(x.sum(), 21.0), (x.mean(), 3.5), (x.max(), 6.0), (x.min(), 1.0)] {
        assert_close!(result, expected, 1e-6);
    }
    assert_eq!(Tensor::zeros(&[0]).sum().item(), 0.0);
}

#[test]
fn reductions_over_one_axis() {
    let x = matrix();
    assert_close!(x.sum_axis(0, Keep::No), [5.0, 7.0, 9.0], 0.0);
    assert_close!(x.sum_axis(1, Keep::Yes), [[6.0], [15.0]], 0.0);
    assert_close!(x.mean_axis(0, Keep::Yes), [[2.5, 3.5, 4.5]], 0.0);
    assert_close!(x.mean_axis(1, Keep::No), [2.0, 5.0], 0.0);
    assert_close!(x.max_axis(0, Keep::No), [4.0, 5.0, 6.0], 0.0);
    assert_close!(x.min_axis(1, Keep::No), [1.0, 4.0], 0.0);
    let cube = Tensor::arange(24).reshape(&[2, 3, 4]);
    assert_eq!(cube.sum_axis(1, Keep::No).array()[[1, 3]], 15.0 + 19.0 + 23.0);
}

#[test]
fn empty_axes_sum_to_zero_and_size_one_axes_stay_as_they_are() {
    let empty = Tensor::zeros(&[2, 0, 3]);
    assert_eq!(parts(&empty.sum_axis(1, Keep::No)), (vec![0.0; 6], &[2, 3][..]));
    assert_eq!(parts(&empty.sum_axis(0, Keep::Yes)), (vec![], &[1, 0, 3][..]));
    assert_shape!(empty.max_axis(2, Keep::No), [2, 0]);
    assert_eq!(empty.argmax(2), [] as [usize; 0]);
    let column = Tensor::from([[1.0], [2.0]]);
    for result in [column.sum_axis(1, Keep::Yes), column.max_axis(1, Keep::Yes)] {
        assert_eq!(parts(&result), parts(&column));
    }
}

#[test]
fn the_first_of_equal_extremes_is_named() {
    let x = Tensor::from([[3.0, 1.0, 3.0], [0.0, 1.0, 0.0]]);
    assert_eq!(x.argmax(1), [0, 1]);
    assert_eq!(x.argmin(1), [1, 0]);
    assert_eq!(x.argmax(0), [0, 0, 0]);
    assert_eq!(x.argmin(0), [1, 0, 1]);
}

#[test]
fn products_of_matrices_and_vectors() {
    let a = matrix(); // [2, 3]
    let x = Tensor::from([1.0, 0.0, -1.0]); // [3]
    assert_eq!(parts(&a.matmul(&a.t())), (vec![14.0, 32.0, 32.0, 77.0], &[2, 2][..]));
    assert_eq!(parts(&a.matmul(&x)), (vec![-2.0, -2.0], &[2][..]));
    assert_eq!(parts(&Tensor::from([1.0, 1.0]).matmul(&a)), (vec![5.0, 7.0, 9.0], &[3][..]));
    assert_eq!(parts(&x.matmul(&x)), (vec![2.0], &[][..]));
    assert_eq!(parts(&Tensor::zeros(&[2, 0]).matmul(&Tensor::zeros(&[0, 2]))).0, [0.0; 4]);
    assert_shape!(Tensor::zeros(&[0, 3]).matmul(&a.t()), [0, 2]);
}

#[test]
fn clones_and_results_leave_the_original_alone() {
    let x = matrix();
    let copy = x.clone();
    let _ = (&x + 1.0, x.t() * 2.0, x.slice(0, ..1) - 5.0);
    assert_eq!(x.to_vec(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(copy.to_vec(), x.to_vec());
}
