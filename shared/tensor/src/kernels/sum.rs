//! Adding many numbers without drifting.
//!
//! An `f32` keeps 24 binary digits. Add numbers to one running total and each addition
//! rounds: once the total is large, the next small number loses its last digits, or
//! vanishes. 2^24 + 1 is 2^24 in `f32`, so a running total of ones stops at 16,777,216.
//!
//! *Pairwise* summation cuts the numbers in half, adds each half in the same way, and
//! adds the two results, which are about equally large. A number then goes through some
//! log2(n) roundings instead of up to n. To spend the time on adding and not on cutting, the
//! cutting stops at blocks of a fixed size.
//!
//! The order of the additions depends on the count of numbers alone, so a sum has the
//! same bytes every time, whatever the number of threads.
//!
//! Source: N. J. Higham, "The accuracy of floating point summation", SIAM Journal on
//! Scientific Computing 14 (1993), 783-799.

/// Rows that are added one after the other before cutting starts. Chosen by us: long
/// enough to be fast, short enough to round little.
const BLOCK: usize = 32;

/// Running totals kept side by side when one long row is added, so that the processor's
/// vector instructions add several numbers at once.
const LANES: usize = 16;

/// The sum of `values`; 0 if there are none.
///
/// ```
/// let ones = vec![1.0; 20_000_000];
/// assert_eq!(tensor::kernels::sum::sum(&ones), 20_000_000.0);
/// assert_eq!(ones.iter().sum::<f32>(), 16_777_216.0); // one running total
/// ```
pub fn sum(values: &[f32]) -> f32 {
    let (rows, rest) = values.as_chunks::<LANES>();
    let mut last = [0.0; LANES];
    last[..rest.len()].copy_from_slice(rest);
    let mut lanes = add(sum_lanes(rows), last);
    for width in [8, 4, 2, 1] {
        for lane in 0..width {
            lanes[lane] += lanes[lane + width];
        }
    }
    lanes[0]
}

/// The sum of the rows, lane by lane.
fn sum_lanes(rows: &[[f32; LANES]]) -> [f32; LANES] {
    if rows.len() <= BLOCK {
        return rows.iter().fold([0.0; LANES], |total, &row| add(total, row));
    }
    let (top, bottom) = rows.split_at(rows.len() / 2);
    add(sum_lanes(top), sum_lanes(bottom))
}

/// The sum of two rows, lane by lane.
fn add(a: [f32; LANES], b: [f32; LANES]) -> [f32; LANES] {
    std::array::from_fn(|lane| a[lane] + b[lane])
}

/// Adds the rows of a matrix onto `totals`, which holds zeros: the sum down each column.
/// `rows` are the numbers in row-major order, each row as long as `totals`.
pub(crate) fn sum_rows(rows: &[f32], totals: &mut [f32]) {
    let width = totals.len();
    let count = rows.len() / width;
    if count <= BLOCK {
        for row in rows.chunks_exact(width) {
            totals.iter_mut().zip(row).for_each(|(total, x)| *total += x);
        }
        return;
    }
    let (top, bottom) = rows.split_at(count / 2 * width);
    let mut bottom_totals = vec![0.0; width];
    sum_rows(top, totals);
    sum_rows(bottom, &mut bottom_totals);
    totals.iter_mut().zip(bottom_totals).for_each(|(total, x)| *total += x);
}
