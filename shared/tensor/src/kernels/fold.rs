//! Many numbers into one, along an axis or all.

use crate::{Keep, Tensor};

/// Cuts the numbers into blocks of `[length of the axis, inner]`, where `inner` is the
/// product of the axes behind it, and lets `fold_down` turn the rows of each block into one
/// row of `inner` results, which come as zeros.
pub(crate) fn reduce(
    a: &Tensor,
    axis: usize,
    keep: Keep,
    fold_down: impl Fn(&[f32], &mut [f32]),
) -> Tensor {
    let mut shape = a.shape().to_vec();
    let inner: usize = shape[axis + 1..].iter().product();
    let block = shape[axis] * inner;
    match keep {
        Keep::Yes => shape[axis] = 1,
        Keep::No => drop(shape.remove(axis)),
    }
    let mut results = vec![0.0; shape.iter().product()];
    if block > 0 {
        let values = a.row_major();
        for (rows, result) in values.chunks_exact(block).zip(results.chunks_exact_mut(inner)) {
            fold_down(rows, result);
        }
    }
    Tensor::from_vec(results, &shape)
}

/// The rows folded into one by `pick`, which chooses one of two numbers.
pub(crate) fn fold_rows(rows: &[f32], best: &mut [f32], pick: impl Fn(f32, f32) -> f32) {
    if let [best] = best {
        *best = fold(rows, pick);
        return;
    }
    let (first, others) = rows.split_at(best.len());
    best.copy_from_slice(first);
    for row in others.chunks_exact(best.len()) {
        best.iter_mut().zip(row).for_each(|(b, &x)| *b = pick(*b, x));
    }
}

/// The number that `pick` chooses among all. Long rows go 16 numbers at a time, as in
/// [`sum`].
pub(crate) fn fold(values: &[f32], pick: impl Fn(f32, f32) -> f32) -> f32 {
    let (rows, rest) = values.as_chunks::<16>();
    let Some((first, rows)) = rows.split_first() else {
        return rest.iter().copied().fold(rest[0], pick);
    };
    let mut best = *first;
    for row in rows {
        best = std::array::from_fn(|lane| pick(best[lane], row[lane]));
    }
    best.iter().chain(rest).copied().fold(best[0], pick)
}

/// For each position in the other axes, the place along `axis` that `beats` those before it.
pub(crate) fn winners(a: &Tensor, axis: usize, beats: impl Fn(f32, f32) -> bool) -> Vec<usize> {
    let length = a.shape()[axis];
    let inner: usize = a.shape()[axis + 1..].iter().product();
    let outer: usize = a.shape()[..axis].iter().product();
    let values = a.row_major();
    let mut all = Vec::with_capacity(outer * inner);
    for (i, j) in (0..outer).flat_map(|i| (0..inner).map(move |j| (i, j))) {
        let at = |place: usize| values[(i * length + place) * inner + j];
        all.push((1..length).fold(
            0,
            |best, place| {
                if beats(at(place), at(best)) { place } else { best }
            },
        ));
    }
    all
}
