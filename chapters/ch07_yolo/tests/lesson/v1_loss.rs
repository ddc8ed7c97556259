//! What lesson 7 claims of YOLOv1's loss.

use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::v1::{Grid, Terms, responsible, target, terms};
use proptest::prelude::*;
use tensor::gradcheck::check;
use tensor::{Tensor, assert_close};

use super::v1::{GRID, OBJECT, SIZE, case, page, said};

fn numbers(terms: &Terms) -> [f32; 5] {
    [
        &terms.place,
        &terms.size,
        &terms.object,
        &terms.no_object,
        &terms.class,
    ]
    .map(Tensor::item)
}

/// That the terms are these, to rounding.
#[track_caller]
fn assert_terms(terms: &Terms, wanted: [f32; 5]) {
    assert_close!(Tensor::from(numbers(terms)), Tensor::from(wanted), 1e-6);
}

#[test]
fn the_five_terms_of_the_page() {
    let terms = terms(GRID, &page(), &target(GRID, &[&[OBJECT]], SIZE));
    assert_terms(&terms, [0.04, 0.16, 0.0625, 0.04 + 0.16, 0.09 + 0.09]);
    assert_close!(terms.total(), 0.2 + 0.8 + 0.0625 + 0.1 + 0.18, 1e-6);
}

#[test]
fn each_term_by_itself() {
    // A cell that is right in everything: box 0 fits, sure of its IoU 1, and of the
    // class.
    let right = [
        0.8, 0.8, 0.64, 0.64, 1.0, 0.1, 0.1, 0.01, 0.01, 0.0, 0.0, 1.0,
    ];
    let wanted = target(GRID, &[&[OBJECT]], SIZE);
    let of = |change: &[(usize, f32)]| {
        let mut cell = right;
        change.iter().for_each(|&(i, x)| cell[i] = x);
        terms(GRID, &said(cell), &wanted)
    };
    assert_terms(&of(&[]), [0.0, 0.0, 0.0, 0.16, 0.0]); // 0.4² in an empty cell
    assert_terms(&of(&[(11, 0.5), (10, 0.5)]), [0.0, 0.0, 0.0, 0.16, 0.5]);
    assert_terms(&of(&[(4, 0.7)]), [0.0, 0.0, 0.09, 0.16, 0.0]);
    // The other box of this cell.
    assert_terms(&of(&[(9, 0.3)]), [0.0, 0.0, 0.0, 0.25, 0.0]);
    // A quarter as wide, so an IoU of 1/4; roots 0.8 and 0.4.
    let narrow = of(&[(2, 0.16), (4, 0.25)]);
    assert_terms(&narrow, [0.0, 0.16, 0.0, 0.16, 0.0]);
    let off = of(&[(0, 0.48), (4, 0.6)]); // 16 px to the left of 64: IoU 48/80
    assert_terms(&off, [0.32 * 0.32, 0.0, 0.0, 0.16, 0.0]);
}

#[test]
fn the_root_makes_one_pixel_count_more_on_a_small_box() {
    let cost = |wanted: f32| (wanted.sqrt() - (wanted + 0.05).sqrt()).powi(2);
    let of = |side: f32| {
        let object = Object {
            bbox: BBox::centred([40.0, 40.0], [side; 2]),
            class: 1,
        };
        let part = side / 100.0;
        let cell = [
            0.8,
            0.8,
            part + 0.05,
            part,
            1.0,
            0.0,
            0.0,
            0.01,
            0.01,
            0.0,
            0.0,
            1.0,
        ];
        terms(GRID, &said(cell), &target(GRID, &[&[object]], SIZE))
            .size
            .item()
    };
    assert!((of(10.0) - cost(0.1)).abs() < 1e-5 && (of(60.0) - cost(0.6)).abs() < 1e-5);
    assert!(of(10.0) > 4.0 * of(60.0));
}

/// The terms by loops over plain numbers, in `f64`.
fn slowly(grid: Grid, predicted: &Tensor, target: &Tensor) -> [f64; 5] {
    let Grid {
        cells: s,
        boxes: a,
        classes: k,
    } = grid;
    let batch = predicted.shape()[0];
    let (p, t) = (predicted.to_vec(), target.to_vec());
    let mut sums = [0.0; 5];
    for cell in 0..batch * s * s {
        let p: Vec<f64> = p[cell * (a * 5 + k)..][..a * 5 + k]
            .iter()
            .map(|&x| x.into())
            .collect();
        let t: Vec<f64> = t[cell * (5 + k)..][..5 + k]
            .iter()
            .map(|&x| x.into())
            .collect();
        let corners = |x: &[f64]| {
            let (cx, cy) = (x[0] / s as f64, x[1] / s as f64);
            let (w, h) = (x[2] / 2.0, x[3] / 2.0);
            [cx - w, cy - h, cx + w, cy + h]
        };
        let iou = |x: &[f64]| {
            let (x, y) = (corners(x), corners(&t));
            let width = (x[2].min(y[2]) - x[0].max(y[0])).max(0.0);
            let height = (x[3].min(y[3]) - x[1].max(y[1])).max(0.0);
            let area = |x: [f64; 4]| (x[2] - x[0]) * (x[3] - x[1]);
            width * height / (area(x) + area(y) - width * height)
        };
        let mut best = None;
        if t[4] == 1.0 {
            let mut most = -1.0;
            for j in 0..a {
                let fit = iou(&p[j * 5..]);
                if fit > most {
                    (most, best) = (fit, Some(j));
                }
            }
            for class in 0..k {
                sums[4] += (p[a * 5 + class] - t[5 + class]).powi(2);
            }
        }
        for j in 0..a {
            let x = &p[j * 5..j * 5 + 5];
            if best == Some(j) {
                sums[0] += (x[0] - t[0]).powi(2) + (x[1] - t[1]).powi(2);
                sums[1] += (x[2].sqrt() - t[2].sqrt()).powi(2);
                sums[1] += (x[3].sqrt() - t[3].sqrt()).powi(2);
                sums[2] += (x[4] - iou(x)).powi(2);
            } else {
                sums[3] += x[4].powi(2);
            }
        }
    }
    sums.map(|sum| sum / batch as f64)
}

proptest! {
    #[test]
    fn the_terms_are_those_of_plain_loops(seed in 0_u64..500) {
        let (grid, predicted, wanted) = case(seed);
        let slow = slowly(grid, &predicted, &wanted);
        let fast = numbers(&terms(grid, &predicted, &wanted));
        for (fast, slow) in fast.into_iter().zip(slow) {
            let off = (f64::from(fast) - slow).abs();
            prop_assert!(off < 1e-5 * slow.max(1.0), "{fast} {slow}");
        }
    }
}

#[test]
fn gradients_of_the_loss_are_its_slopes() {
    let (grid, predicted, wanted) = case(1);
    let kept = responsible(grid, &predicted, &wanted).iou;
    // Through its target the confidence would have a slope of its own: that one is
    // stopped, so its term is held against one whose target stands still.
    let boxes = |x: &[Tensor]| {
        let t = terms(grid, &x[0], &wanted);
        (t.place + t.size) * 5.0 + t.no_object * 0.5 + t.class
    };
    let checked = check(boxes, std::slice::from_ref(&predicted), 1e-3);
    assert!(checked[0].error < 5e-3, "{}", checked[0].error);
    let x = predicted.require_grad();
    let gradients = terms(grid, &x, &wanted).object.backward();
    let confidence = [4, 9].map(|i| predicted.slice(3, i..=i)); // [B, S, S, 1]
    let confidence = Tensor::concat(3, &confidence); // [B, S, S, A]
    // 2 (C − IoU), over a batch of 2.
    let slope = kept.gt(0.0) * (confidence - &kept) * 2.0 / 2.0;
    let got = [4, 9].map(|i| gradients[&x].slice(3, i..=i));
    assert_close!(Tensor::concat(3, &got), slope, 1e-5);
    let others =
        gradients[&x].abs().sum().item() - Tensor::concat(3, &got).abs().sum().item();
    assert!(others.abs() < 1e-6, "the IoU has a gradient of {others}");
}

#[test]
fn boxes_without_size_have_a_finite_gradient() {
    let x = said([0.5, 0.5, 0.0, 0.0, 0.1, 0.5, 0.5, 0.0, 0.3, 0.1, 0.5, 0.5])
        .require_grad();
    let gradients = terms(GRID, &x, &target(GRID, &[&[OBJECT]], SIZE))
        .total()
        .backward();
    assert!(gradients[&x].to_vec().iter().all(|g| g.is_finite()));
}
