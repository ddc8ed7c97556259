//! Exercises 5.1, 5.2 and 5.3: sizes, a turned kernel, a pool.

use lesson::exercise::Exercise;
use tensor::Tensor;

use crate::{answer, check_tensor};

/// A side, windows as kernel, stride and padding, and the sides behind them.
type Case = (usize, &'static [[usize; 3]], &'static [usize]);

#[test]
fn ex5_01_step1_sides_behind() {
    let ex = Exercise::load("5.1").step("1: the side behind each layer");
    let cases: [Case; 6] = [
        (
            32,
            &[[5, 1, 0], [2, 2, 0], [5, 1, 0], [2, 2, 0]],
            &[28, 14, 10, 5],
        ),
        (28, &[[3, 1, 1], [5, 1, 2]], &[28, 28]),
        (7, &[[3, 2, 1], [2, 2, 0], [1, 1, 0]], &[4, 2, 2]),
        (8, &[[3, 2, 0]], &[3]),
        (3, &[[2, 2, 0], [2, 2, 0], [3, 1, 1]], &[1]),
        (9, &[], &[]),
    ];
    for (side, windows, sides) in cases {
        let asked = ex.given(format!(
            "side = {side}, windows (kernel, stride, padding) = {windows:?}"
        ));
        asked.equal(answer::sides_behind(side, windows), sides);
    }
}

#[test]
fn ex5_01_step2_padding_that_keeps() {
    let ex = Exercise::load("5.1").step("2: the padding with which the side stays");
    for (kernel, dilation, padding) in [
        (1, 1, Some(0)),
        (3, 1, Some(1)),
        (7, 1, Some(3)),
        (3, 4, Some(4)),
        (2, 1, None),
        (2, 2, Some(1)),
        (4, 3, None),
    ] {
        let asked = ex.given(format!("kernel = {kernel}, dilation = {dilation}"));
        asked.equal(answer::padding_that_keeps(kernel, dilation), padding);
    }
}

#[test]
fn ex5_02_convolution() {
    let ex = Exercise::load("5.2");
    #[rustfmt::skip]
    let cases = [
        ("the example",
         Tensor::from([[1.0, 2.0, 3.0]]), Tensor::from([[10.0, 1.0]]),
         Tensor::from([[21.0, 32.0]])),
        ("a kernel of two rows",
         Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), Tensor::from([[1.0], [10.0]]),
         Tensor::from([[13.0, 24.0], [35.0, 46.0]])),
        ("a square kernel whose four numbers differ",
         Tensor::from([[1.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 2.0]]),
         Tensor::from([[1.0, 2.0], [3.0, 4.0]]),
         Tensor::from([[4.0, 0.0], [0.0, 2.0]])),
    ];
    for (what, picture, kernel, sums) in cases {
        let asked = ex.given(format!(
            "picture = {:?} {:?}, kernel = {:?} {:?}",
            picture.shape(),
            picture.to_vec(),
            kernel.shape(),
            kernel.to_vec()
        ));
        let got = answer::convolution(&picture, &kernel);
        check_tensor(&asked, what, &got, &sums);
    }
}

#[test]
fn ex5_03_max_pool() {
    let ex = Exercise::load("5.3");
    let row = Tensor::from([-1.0, -2.0, -3.0, -4.0]).reshape(&[1, 1, 1, 4]);
    let square = Tensor::from([[1.0, 5.0, 2.0], [4.0, 3.0, 9.0], [8.0, 7.0, 6.0]]);
    let square = square.reshape(&[1, 1, 3, 3]);
    let below = &square - 10.0; // −9 to −1
    let two = Tensor::concat(1, &[square.clone(), below.clone()]); // [1, 2, 3, 3]
    let batch = Tensor::concat(0, &[two.clone(), -&two]); // [2, 2, 3, 3]
    #[rustfmt::skip]
    let cases = [
        ("the example", &row, [1, 2, 0], vec![-1.0, -3.0], [1, 1, 1, 2]),
        ("windows that overlap", &square, [2, 1, 0], vec![5.0, 9.0, 8.0, 9.0], [1, 1, 2, 2]),
        ("a window that does not fit twice", &square, [2, 2, 0], vec![5.0], [1, 1, 1, 1]),
        ("padding around negative numbers", &below, [2, 2, 1],
         vec![-9.0, -5.0, -2.0, -1.0], [1, 1, 2, 2]),
        ("two examples of two channels", &batch, [3, 1, 0],
         vec![9.0, -1.0, -1.0, 9.0], [2, 2, 1, 1]),
    ];
    for (what, x, [kernel, stride, padding], numbers, shape) in cases {
        let asked = ex.given(format!(
            "x of shape {:?} = {:?}, kernel = {kernel}, stride = {stride}, \
             padding = {padding}",
            x.shape(),
            x.to_vec()
        ));
        let got = answer::max_pool(x, kernel, stride, padding);
        check_tensor(&asked, what, &got, &Tensor::from_vec(numbers, &shape));
    }
}
