//! How many flat pieces a net of rectifiers folds the plane into (page *How hidden units
//! bend a boundary*).
//!
//! Dimension key: N points, H hidden units.

use std::collections::HashSet;

use tensor::Tensor;

use crate::mlp::Mlp;

// ANCHOR: pieces
/// Which hidden units are on (above 0) at each of the points `[N, D]`: N rows of H answers,
/// layer after layer.
///
/// Two points with the same pattern lie on the same flat piece: with the same units off,
/// what remains of the net is one matrix product after another.
pub fn patterns(net: &Mlp, points: &Tensor) -> Vec<Vec<bool>> {
    let mut rows = vec![Vec::new(); points.shape()[0]];
    let outputs = net.activations(points);
    for layer in &outputs[1..outputs.len() - 1] {
        let units = layer.shape()[1];
        for (row, says) in rows.iter_mut().zip(layer.to_vec().chunks(units)) {
            row.extend(says.iter().map(|a| *a > 0.0));
        }
    }
    rows
}

/// How many different patterns there are among the points: the number of flat pieces
/// that have at least one of the points on them.
pub fn pieces(net: &Mlp, points: &Tensor) -> usize {
    patterns(net, points)
        .into_iter()
        .collect::<HashSet<_>>()
        .len()
}
// ANCHOR_END: pieces

/// A grid of `side` × `side` points over a rectangle, `[side², 2]`.
pub fn grid(x: [f32; 2], y: [f32; 2], side: usize) -> Tensor {
    let place = |[low, high]: [f32; 2], i: usize| {
        low + (high - low) * (i as f32 + 0.5) / side as f32
    };
    let point = |i: usize| [place(x, i % side), place(y, i / side)];
    let points = (0..side * side).flat_map(point).collect();
    Tensor::from_vec(points, &[side * side, 2])
}

/// The most pieces into which `lines` straight lines can cut a plane, 1 + H + H(H − 1)/2:
/// each new line is cut by all the others into at most H pieces, and each of these splits a
/// piece of the plane in two. Source: J. Steiner (1826).
pub fn most_pieces(lines: usize) -> usize {
    1 + lines + lines * lines.saturating_sub(1) / 2
}
