//! Exercises 5.9 to 5.12: a loader, a shift, Grad-CAM, an attack.

use lesson::exercise::Exercise;
use tensor::Tensor;

use crate::{answer, check_tensor};

/// Pictures whose numbers say where they are: 1, 2, 3, …
fn counted(shape: [usize; 4]) -> Tensor {
    (Tensor::arange(shape.iter().product()) + 1.0).reshape(&shape)
}

#[test]
fn ex5_09_loaded() {
    let ex = Exercise::load("5.9");
    for (what, height, width, by_columns) in [
        ("one pixel", 1, 1, false),
        ("rows, wide", 2, 3, false),
        ("columns, square", 2, 2, true),
        ("columns, wide", 2, 3, true),
        ("columns, high", 3, 1, true),
    ] {
        let asked = ex.given(format!(
            "{what}: bytes 0, 5, 10, …, height = {height}, width = {width}, \
             by_columns = {by_columns}"
        ));
        let bytes: Vec<u8> = (0..3 * height * width).map(|n| 5 * n as u8).collect();
        let picture = Tensor::from_vec(
            bytes.iter().map(|&byte| f32::from(byte) / 255.0).collect(),
            &if by_columns {
                [width, height, 3]
            } else {
                [height, width, 3]
            },
        );
        let wanted = match by_columns {
            true => picture.permute(&[2, 1, 0]),
            false => picture.permute(&[2, 0, 1]),
        };
        let got = answer::loaded(&bytes, height, width, by_columns);
        check_tensor(&asked, what, &got, &wanted);
    }
}

#[test]
fn ex5_10_moved() {
    let ex = Exercise::load("5.10");
    type Case<'a> = (&'a str, [usize; 4], isize, isize, &'a [f32]);
    #[rustfmt::skip]
    let cases: [Case; 7] = [
        ("the example", [1, 1, 1, 3], 0, 1, &[0.0, 1.0, 2.0]),
        ("to the left", [1, 1, 1, 3], 0, -2, &[3.0, 0.0, 0.0]),
        ("by nothing", [1, 1, 2, 2], 0, 0, &[1.0, 2.0, 3.0, 4.0]),
        ("to the right, two rows", [1, 1, 2, 3], 0, 1, &[0.0, 1.0, 2.0, 0.0, 4.0, 5.0]),
        ("down", [1, 1, 3, 2], 1, 0, &[0.0, 0.0, 1.0, 2.0, 3.0, 4.0]),
        ("up, farther than the picture", [1, 1, 2, 2], -5, 0, &[0.0; 4]),
        ("two examples of two channels", [2, 2, 1, 2], 0, 1,
         &[0.0, 1.0, 0.0, 3.0, 0.0, 5.0, 0.0, 7.0]),
    ];
    for (what, shape, down, right, wanted) in cases {
        let asked = ex.given(format!(
            "x of shape {shape:?} = 1, 2, 3, …; down = {down}, right = {right}"
        ));
        let got = answer::moved(&counted(shape), down, right);
        check_tensor(
            &asked,
            what,
            &got,
            &Tensor::from_vec(wanted.to_vec(), &shape),
        );
    }
}

#[test]
fn ex5_11_step1_map_weights() {
    let ex = Exercise::load("5.11").step("1: the weights");
    let slopes = [1.0, 3.0, -4.0, 0.0, 6.0, 6.0, -1.0, -3.0];
    let slopes = Tensor::from_vec(slopes.to_vec(), &[2, 2, 1, 2]); // [B, A, H, W]
    let asked = ex.given("slopes [2, 2, 1, 2] = 1, 3 | −4, 0 || 6, 6 | −1, −3");
    let wanted = Tensor::from([[2.0, -2.0], [6.0, -2.0]]);
    check_tensor(
        &asked,
        "two examples",
        &answer::map_weights(&slopes),
        &wanted,
    );
}

#[test]
fn ex5_11_step2_heat() {
    let ex = Exercise::load("5.11").step("2: the map");
    let maps = Tensor::from([3.0, 2.0]).reshape(&[1, 2, 1, 1]);
    let weights = Tensor::from([[2.0, -1.0]]);
    let asked = ex.given("maps [1, 2, 1, 1] = 3 | 2, weights [[2, −1]]");
    let wanted = Tensor::from([4.0]).reshape(&[1, 1, 1]);
    check_tensor(
        &asked,
        "the example",
        &answer::heat(&maps, &weights),
        &wanted,
    );
    let maps = counted([2, 2, 1, 2]);
    let weights = Tensor::from([[1.0, -0.5], [-1.0, 1.0]]);
    let asked = ex.given("maps [2, 2, 1, 2] = 1, 2, …; weights [[1, −0.5], [−1, 1]]");
    // 1 − 1.5, 2 − 2 and −5 + 7, −6 + 8.
    let wanted = Tensor::from([0.0, 0.0, 2.0, 2.0]).reshape(&[2, 1, 2]);
    check_tensor(
        &asked,
        "two examples",
        &answer::heat(&maps, &weights),
        &wanted,
    );
}

#[test]
fn ex5_12_attack_step() {
    let ex = Exercise::load("5.12");
    let case =
        |what: &str, now: [f32; 3], slope: [f32; 3], step: f32, wanted: [f32; 3]| {
            let original = [0.5, 0.05, 0.9];
            let asked = ex.given(format!(
            "now = {now:?}, original = {original:?}, slope = {slope:?}, step = {step}, \
             epsilon = 0.2"
        ));
            let [now, original, slope, wanted] = [now, original, slope, wanted]
                .map(|numbers| Tensor::from(numbers).reshape(&[1, 1, 1, 3]));
            let got = answer::attack_step(&now, &original, &slope, step, 0.2);
            check_tensor(&asked, what, &got, &wanted);
        };
    let start = [0.5, 0.05, 0.9];
    case(
        "a small step",
        start,
        [3.0, 0.0, -0.1],
        0.1,
        [0.6, 0.05, 0.8],
    );
    case(
        "the example",
        start,
        [-7.0, 2.0, -2.0],
        0.3,
        [0.3, 0.25, 0.7],
    );
    case(
        "out of 0..1",
        start,
        [1.0, -1.0, 1.0],
        0.15,
        [0.65, 0.0, 1.0],
    );
    let far = [0.65, 0.2, 0.75];
    case(
        "the second step",
        far,
        [1.0, 1.0, -1.0],
        0.1,
        [0.7, 0.25, 0.7],
    );
}
