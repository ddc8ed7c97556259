//! Exercise 5.4: patches as rows.

use ch05_cnn::unfold::unfold;
use lesson::exercise::Exercise;
use tensor::Tensor;
use tensor::pictures::Conv;

use crate::{answer, check_tensor};

/// Pictures whose numbers say where they are: 0, 1, 2, …
fn counted(shape: [usize; 4]) -> Tensor {
    Tensor::arange(shape.iter().product()).reshape(&shape)
}

#[test]
fn ex5_04_patches() {
    let ex = Exercise::load("5.4");
    for (what, shape, kernel, stride) in [
        ("one grey square picture", [1, 1, 3, 3], 2, 1),
        ("a picture wider than high", [1, 1, 2, 4], 2, 1),
        ("a picture higher than wide", [1, 1, 4, 2], 2, 1),
        ("two channels", [1, 2, 2, 3], 2, 1),
        ("stride 2", [1, 1, 5, 5], 3, 2),
        ("two examples, three channels, stride 2", [2, 3, 4, 6], 2, 2),
    ] {
        let asked = ex.given(format!(
            "x of shape {shape:?} = 0, 1, 2, …; kernel = {kernel}, stride = {stride}"
        ));
        let x = counted(shape);
        let wanted = unfold(&x, [kernel; 2], Conv::default().stride(stride));
        check_tensor(&asked, what, &answer::patches(&x, kernel, stride), &wanted);
    }
}
