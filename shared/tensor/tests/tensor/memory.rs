//! Which operations share the numbers of their input instead of copying them.

use tensor::Tensor;

/// Whether the two tensors start at the same place in memory.
fn share(a: &Tensor, b: &Tensor) -> bool {
    a.array().as_ptr() == b.array().as_ptr()
}

#[test]
fn views_share_their_numbers() {
    let x = Tensor::arange(24).reshape(&[2, 3, 4]);
    let clone = x.clone();
    for view in [clone, x.t(), x.permute(&[2, 1, 0]), x.unsqueeze(1), x.slice(2, ..3)] {
        assert!(share(&view, &x), "{:?}", view.shape());
    }
    assert!(share(&x.unsqueeze(0).squeeze(0), &x));
    assert!(share(&x.reshape(&[6, 4]), &x));
    assert!(share(&x.broadcast_to(&[2, 3, 4]), &x));
    let second = x.slice(0, 1..);
    assert!(share(&second.reshape(&[12]), &second), "a batch is reshaped where it lies");
}

#[test]
fn reshape_copies_what_is_not_in_row_major_order() {
    let x = Tensor::arange(6).reshape(&[2, 3]);
    assert!(!share(&x.t().reshape(&[6]), &x));
}

#[test]
fn a_tensor_takes_over_the_memory_of_an_array() {
    let array = ndarray::Array2::<f32>::zeros((2, 2));
    let pointer = array.as_ptr();
    assert_eq!(Tensor::from_array(array).array().as_ptr(), pointer);
}
