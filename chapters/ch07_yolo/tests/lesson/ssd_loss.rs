//! What lesson 7 claims of SSD's loss.

use ch07_yolo::boxes::BBox;
use ch07_yolo::ssd::{Map, SsdTarget, default_boxes, ssd_loss, ssd_target};
use tensor::gradcheck::check;
use tensor::{Tensor, assert_close};

use super::ssd::{case, object, row};

/// A loss by loops over plain numbers, in `f64`: class part and offset part.
fn slowly(logits: &Tensor, offsets: &Tensor, target: &SsdTarget) -> [f64; 2] {
    let [b, n, k] = logits.dims();
    let at = |x: &Tensor, i: usize| f64::from(x.to_vec()[i]);
    let cost = |row: usize, class: usize| {
        let scores: Vec<f64> = (0..k).map(|c| at(logits, row * k + c)).collect();
        let sum: f64 = scores.iter().map(|s| s.exp()).sum();
        sum.ln() - scores[class]
    };
    let (mut class, mut offset, mut count) = (0.0, 0.0, 0.0);
    for picture in 0..b {
        let mut empty = Vec::new();
        let mut here = 0;
        for row in picture * n..(picture + 1) * n {
            if target.classes[row] == 0 {
                empty.push(cost(row, 0));
                continue;
            }
            here += 1;
            class += cost(row, target.classes[row]);
            for i in row * 4..row * 4 + 4 {
                let d = (at(offsets, i) - at(&target.offsets, i)).abs();
                offset += if d < 1.0 { 0.5 * d * d } else { d - 0.5 };
            }
        }
        empty.sort_by(|a, b| b.total_cmp(a));
        class += empty.iter().take(3 * here).sum::<f64>();
        count += here as f64;
    }
    [class / count, offset / count]
}

#[test]
fn the_loss_is_that_of_plain_loops() {
    let (_, target, logits, offsets) = case();
    let loss = ssd_loss(&logits, &offsets, &target);
    let [class, offset] = slowly(&logits, &offsets, &target);
    assert_close!(loss.class, class as f32, 1e-5);
    assert_close!(loss.offset, offset as f32, 1e-5);
    assert_close!(loss.total(), (class + offset) as f32, 1e-5);
}

#[test]
fn the_loss_by_hand() {
    // One match of eight boxes, undecided everywhere: four boxes count, each ln 2.
    let objects = [object(BBox::new(0.0, 0.0, 10.0, 10.0), 0)];
    let defaults = [row(), row()].concat();
    let target = ssd_target(&defaults, &[&objects]);
    assert_eq!(target.classes.iter().sum::<usize>(), 2); // the same box twice
    let logits = Tensor::zeros(&[1, 8, 2]); // [B, N, K + 1]
    // Of both matched boxes one number is off by a half and one by three.
    let off = [0.5, 3.0, 0.0, 0.0];
    let offsets = Tensor::from(off).broadcast_to(&[1, 8, 4]);
    let loss = ssd_loss(&logits, &offsets, &target);
    assert_close!(loss.class, 4.0 * 2_f32.ln(), 1e-6); // 2 matched and 6 empty, over 2
    assert_close!(loss.offset, 0.125 + 2.5, 1e-6);
}

#[test]
fn only_the_hardest_negatives_have_a_gradient() {
    let objects = [object(BBox::new(0.0, 0.0, 10.0, 10.0), 0)];
    let map = Map {
        size: [1, 6],
        stride: 10.0,
        shapes: vec![[10.0, 10.0]],
    };
    let target = ssd_target(&default_boxes(&[map]), &[&objects]);
    // How sure each box is that it holds something.
    let sure = [0.0, 1.0, 5.0, -3.0, 4.0, 3.0];
    let logits: Vec<f32> = sure.into_iter().flat_map(|score| [0.0, score]).collect();
    let logits = Tensor::from_vec(logits, &[1, 6, 2]).require_grad();
    let loss = ssd_loss(&logits, &Tensor::zeros(&[1, 6, 4]), &target);
    let gradients = loss.total().backward();
    let of_box = gradients[&logits].abs().to_vec();
    let moved: Vec<bool> = of_box.chunks(2).map(|g| g[0] > 0.0).collect();
    assert_eq!(moved, [true, false, true, false, true, true]);
}

#[test]
fn a_picture_without_objects_has_no_loss() {
    let target = ssd_target(&row(), &[&[]]);
    let loss = ssd_loss(
        &Tensor::ones(&[1, 4, 3]),
        &Tensor::ones(&[1, 4, 4]),
        &target,
    );
    assert_eq!(loss.total().item(), 0.0);
}

#[test]
fn gradients_of_the_loss_are_its_slopes() {
    let (_, target, logits, offsets) = case();
    let total = |x: &[Tensor]| ssd_loss(&x[0], &x[1], &target).total();
    for checked in check(total, &[logits, offsets], 1e-2) {
        assert!(checked.error < 2e-3, "{}", checked.error);
    }
}
