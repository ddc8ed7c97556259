//! The words of the commonest mistakes.

use std::panic::UnwindSafe;

use tensor::{Tensor, assert_close, assert_shape};

use crate::panics::panic_of;

/// The message of the panic in `f`.
fn message(f: impl FnOnce() + UnwindSafe) -> String {
    panic_of(f).message
}

/// The message of the product of two tensors of these shapes.
fn of_product(a: &[usize], b: &[usize]) -> String {
    message(|| drop(Tensor::zeros(a).matmul(&Tensor::zeros(b))))
}

/// The message of the sum of two tensors of these shapes.
fn of_sum(a: &[usize], b: &[usize]) -> String {
    message(|| drop(Tensor::zeros(a) + Tensor::zeros(b)))
}

#[test]
fn shapes_that_do_not_broadcast() {
    assert_eq!(
        of_sum(&[2, 3], &[4]),
        "add: expected shapes that fit from the right (equal lengths, or 1), got [2, 3] and [4]"
    );
}

#[test]
fn one_number_per_row_under_the_columns() {
    let said = of_sum(&[64, 10], &[64]);
    assert!(
        said.contains("got [64, 10] and [64]; the [64] may belong to the first axes"),
        "{said}"
    );
    assert!(said.contains("give it the shape [64, 1]") && said.contains("Keep::Yes"), "{said}");
    assert!(of_sum(&[64], &[64, 10]).contains("[64, 1]"));
}

#[test]
fn a_product_of_other_lengths() {
    assert_eq!(
        of_product(&[2, 3], &[5, 7]),
        "matmul: expected [M, K] x [K, N] with the same K, got [M=2, K=3] x [K=5, N=7]"
    );
}

#[test]
fn a_weight_stored_the_other_way_round() {
    let said = of_product(&[64, 784], &[256, 784]);
    let remedy = "the second may be stored as [N=256, K=784]: try a.matmul(&b.t())";
    assert!(said.ends_with(&format!("got [M=64, K=784] x [K=256, N=784]; {remedy}")), "{said}");
    assert!(of_product(&[784], &[256, 784]).ends_with(remedy));
    let said = of_product(&[784, 64], &[784, 256]);
    assert!(
        said.ends_with("the first may be stored as [K=784, M=64]: try a.t().matmul(&b)"),
        "{said}"
    );
}

#[test]
fn two_matrices_in_the_wrong_order() {
    let said = of_product(&[784, 256], &[64, 784]);
    assert!(said.ends_with("x [K=64, N=784]; swapped they fit: try b.matmul(&a)"), "{said}");
}

#[test]
fn tensors_that_fit_along_another_axis() {
    let of = |axis, shapes: [&[usize]; 3]| {
        let tensors = shapes.map(Tensor::zeros);
        message(move || drop(Tensor::concat(axis, &tensors)))
    };
    assert_eq!(
        of(0, [&[2, 3], &[4, 3], &[2, 5]]),
        "concat: expected shapes that equal [2, 3] except at axis 0, got [2, 5] at place 2; \
         along axis 1 they fit"
    );
}

#[test]
fn numbers_for_an_axis_in_the_middle() {
    let said = of_sum(&[8, 3, 28, 28], &[3]);
    assert!(
        said.ends_with(
            "; the [3] may belong to axis 1 of [8, 3, 28, 28]: give it the shape [3, 1, 1] with \
             reshape(&[3, 1, 1])"
        ),
        "{said}"
    );
    // What the words propose works.
    let bias = Tensor::from([1.0, 2.0, 3.0]).reshape(&[3, 1, 1]);
    assert_eq!((Tensor::zeros(&[8, 3, 28, 28]) + bias).shape(), [8, 3, 28, 28]);
    assert!(of_sum(&[8, 3, 28, 28], &[5]).ends_with("and [5]"));
}

#[test]
fn a_sum_with_a_matrix_the_other_way_round() {
    let said = of_sum(&[2, 3], &[3, 2]);
    let remedy = "; the second may be stored the other way round: its t() is [2, 3]";
    assert!(said.ends_with(remedy), "{said}");
    assert!(of_sum(&[4, 2, 3], &[4, 3, 2]).ends_with("its t() is [4, 2, 3]"));
    assert!(of_sum(&[2, 3], &[4, 5]).ends_with("and [4, 5]"));
    assert!(of_sum(&[2], &[3]).ends_with("and [3]"));
}

#[test]
fn broadcasting_to_a_shape_that_does_not_fit() {
    let of = |shape: &[usize], to: &[usize]| {
        let (x, to) = (Tensor::zeros(shape), to.to_vec());
        message(move || drop(x.broadcast_to(&to)))
    };
    let said = of(&[64], &[64, 10]);
    assert!(said.contains("got [64, 10]; the [64] may belong to the first axes"), "{said}");
    assert!(of(&[2, 3], &[3]).ends_with("got [3]; to sum down to [3], use sum_to"));
    assert!(of(&[2, 1], &[1, 3]).ends_with("got [1, 3]; both would fit into [2, 3]"));
    assert!(of(&[2, 3], &[3, 2]).ends_with("its t() is [2, 3]"));
    assert!(of(&[2, 3], &[4, 5]).ends_with("got [4, 5]"));
}

#[test]
fn shapes_that_the_numbers_do_not_fill() {
    let of = |from: &[usize], to: &[usize]| {
        let (x, to) = (Tensor::zeros(from), to.to_vec());
        message(move || drop(x.reshape(&to)))
    };
    assert_eq!(
        of(&[16, 28, 28], &[64, 784]),
        "reshape: expected a shape of 12544 elements for [16, 28, 28], got [64, 784] with 50176; \
         the batch has 16 rows: try reshape(&[16, 784])"
    );
    let said = of(&[64, 28, 28], &[784]);
    assert!(said.ends_with("the batch axis may be missing: try reshape(&[64, 784])"), "{said}");
    let said = of(&[64, 1, 28, 28], &[28, 28]);
    assert!(said.ends_with("try reshape(&[64, 28, 28])"), "{said}");
    assert!(of(&[7], &[2, 4]).ends_with("with 8"), "no length beside 4 or 2 makes 7");
    assert!(of(&[], &[2]).ends_with("with 2; with 1 at axis 0 it would fit"));
    assert!(of(&[10], &[4, 5]).ends_with("with 20; with 2 at axis 0 it would fit"));
    assert!(of(&[0, 3], &[2, 3]).ends_with("with 6"));
    assert!(of(&[4], &[0]).ends_with("with 0"));
}

#[test]
fn a_row_has_no_transpose() {
    let said = message(|| drop(Tensor::zeros(&[3]).t()));
    assert!(said.starts_with("t: expected at least 2 axes to swap, got the shape [3]"), "{said}");
    assert!(said.contains("unsqueeze(0) makes a matrix of one row"), "{said}");
}

#[test]
fn tensors_to_put_together_of_which_one_lacks_an_axis() {
    let concat = |axis, shapes: [&[usize]; 2]| {
        let tensors = shapes.map(Tensor::zeros);
        message(move || drop(Tensor::concat(axis, &tensors)))
    };
    let remedy = "; unsqueeze(0) gives [3] the missing axis";
    assert!(concat(0, [&[2, 3], &[3]]).ends_with(&format!("got [3] at place 1{remedy}")));
    assert!(concat(0, [&[3], &[2, 3]]).ends_with(remedy));
    assert!(concat(1, [&[2, 4], &[2]]).ends_with("; unsqueeze(1) gives [2] the missing axis"));
    let pictures = concat(1, [&[8, 3, 5], &[3, 5]]);
    assert!(pictures.ends_with("unsqueeze(0) adds one"), "{pictures}");
    assert!(concat(0, [&[2, 3], &[4]]).ends_with("got [4] at place 1"));

    let stack = |axis, shapes: [&[usize]; 2]| {
        let tensors = shapes.map(Tensor::zeros);
        message(move || drop(Tensor::stack(axis, &tensors)))
    };
    assert_eq!(
        stack(0, [&[3], &[1, 3]]),
        "stack: expected shapes equal to [3], got [1, 3]; squeeze(0) takes the axis of length 1 \
         from [1, 3]"
    );
    assert!(
        stack(0, [&[3, 1], &[3]]).ends_with("squeeze(1) takes the axis of length 1 from [3, 1]")
    );
    assert!(
        stack(0, [&[2, 3], &[3]])
            .ends_with("; [2, 3] holds several already: unsqueeze(0) the [3], then concat")
    );
    assert!(stack(0, [&[2, 3], &[4]]).ends_with("got [4]"));
}

#[test]
fn classes_that_are_too_few_or_too_many() {
    let of = |logits: &[usize], classes: &[usize]| {
        let (logits, classes) = (Tensor::zeros(logits), classes.to_vec());
        message(move || drop(logits.cross_entropy(&classes)))
    };
    assert_eq!(
        of(&[3, 4], &[0, 1]),
        "cross_entropy: expected one class for each row of logits [3, 4], 3 in all and at least \
         1, got 2"
    );
    assert!(
        of(&[2, 3], &[0, 1, 1])
            .ends_with("got 3; the logits may be stored as [K, B]: try logits.t()")
    );
    assert!(of(&[3], &[0, 1, 1]).ends_with("binary_cross_entropy takes a logit an example"));
}

#[test]
fn a_missing_batch_axis() {
    let said = of_product(&[28, 28], &[784, 10]);
    let remedy = "the first holds one example without a batch axis: try a.reshape(&[1, 784])";
    assert!(said.ends_with(remedy), "{said}");
}

#[test]
fn a_missing_batch_axis_where_axes_are_named() {
    let picture = Tensor::zeros(&[28, 28]);
    assert_eq!(
        message(|| assert_eq!(picture.dims(), [1, 28, 28])),
        "dims: expected a tensor of rank 3, got rank 2 with shape [28, 28]; \
         a missing batch axis is added by unsqueeze(0)"
    );
}

#[test]
fn pictures_that_were_not_flattened() {
    let remedy = "the first holds 64 rows of 784: try a.reshape(&[64, 784])";
    for shape in [&[64, 28, 28][..], &[64, 1, 28, 28], &[64 * 784]] {
        let said = of_product(shape, &[784, 10]);
        assert!(said.ends_with(remedy), "{said}");
    }
}

#[test]
fn more_axes_than_a_matrix_has() {
    let heads = of_product(&[8, 4, 16, 32], &[8, 4, 16, 32]);
    assert_eq!(
        heads,
        "matmul: expected [M, K] x [K, N] with the same K, got [8, 4, M=16, K=32] x \
         [8, 4, K=16, N=32]; the second may be stored as [N=16, K=32]: try a.matmul(&b.t())"
    );
    assert_eq!(
        of_product(&[8, 16, 32], &[4, 32, 16]),
        "matmul: expected [M, K] x [K, N] with leading axes that broadcast, got [8, M=16, K=32] \
         x [4, K=32, N=16]"
    );
    assert!(of_product(&[], &[3]).ends_with("to scale by a single number, use *"));
    assert_eq!(
        of_product(&[0], &[3, 0]),
        "matmul: expected [M, K] x [K, N] with the same K, got [K=0] x [K=3, N=0]; \
         the second may be stored as [N=3, K=0]: try a.matmul(&b.t())"
    );
}

#[test]
fn a_checked_shape_names_its_axes() {
    let q = Tensor::zeros(&[2, 4, 16, 8]);
    let (b, heads, t, hs) = (2, 4, 8, 16);
    assert_eq!(
        message(|| assert_shape!(q, [b, heads, t, hs])),
        "q: expected [b=2, heads=4, t=8, hs=16], got [2, 4, 16, 8]"
    );
    assert_eq!(
        message(|| assert_shape!(q, [2, t - 1])),
        "q: expected [2, t - 1=7], got [2, 4, 16, 8]"
    );
}

#[test]
fn numbers_that_are_not_close() {
    let got = Tensor::from([[1.0, 2.0], [3.0, 4.5]]);
    let expected = [[1.0, 2.1], [3.0, 4.0]];
    assert_eq!(
        message(|| assert_close!(got, expected, 0.01)),
        "got: expected |a - b| <= 4e-2 against expected, got 4.5 where 4 was expected, \
         at [1, 1]: off by 5e-1"
    );
    assert_eq!(
        message(|| assert_close!(got, [1.0, 2.0], 0.01)),
        "got: expected the shape [2] of [1.0, 2.0], got [2, 2]"
    );
}

#[test]
fn nan_and_infinity_are_close_to_nothing_else() {
    let (nan, infinity) = (f32::NAN, f32::INFINITY);
    assert_close!([infinity, 1.0], [infinity, 1.0], 0.0);
    assert_close!([1e6, 0.0], [1e6 + 5.0, 0.0], 1e-5); // relative to the largest
    for (a, b) in [
        (nan, nan),
        (nan, 1.0),
        (1.0, nan),
        (infinity, 1.0),
        (1.0, infinity),
        (infinity, -infinity),
    ] {
        let said = message(move || assert_close!([a, 0.0], [b, 0.0], 1.0));
        assert!(said.contains("at [0]"), "{a} and {b}: {said}");
    }
    assert!(message(|| assert_close!([1.0, 0.0], [nan, infinity], 1.0)).contains("at [0]"));
}
