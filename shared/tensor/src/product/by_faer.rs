//! The product by faer, a large one on several threads.
//!
//! A large product is cut into pieces, by rows or by columns of the result, which the threads
//! take as they become free. The cut depends on the sizes alone and each piece is the
//! work of one thread, so the number of threads does not change the result; nor does it matter
//! much if another program holds one of the cores. (faer can use threads of its own, which wait
//! for each other at every step: with a busy core that made some products eight times slower.)

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};
use ndarray::ArrayView2;
use rayon::iter::{IndexedParallelIterator, ParallelIterator};

/// The least number of multiply-adds in a piece of work for one thread. Waking a thread takes
/// some 15 microseconds, in which one thread does a million; measured by us on 2 cores, a
/// product of 64 x 784 x 256 (13 million) gains by a second thread, one of 160 cubed does not.
const PIECE: usize = 4_000_000;

/// The most pieces a product is cut into. Each prepares its own copy of what it shares with
/// the others: at 1024 cubed on 2 cores, 8 pieces take a tenth longer than 4, and 16 a fifth
/// longer than 8. Chosen by us, so that machines with up to 8 cores use them all.
const MOST_PIECES: usize = 8;

/// The product `a b` in row-major order, shapes `[M, K] x [K, N] -> [M, N]`. The caller has
/// checked the shapes.
pub(crate) fn product(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Vec<f32> {
    let (m, k, n) = (a.nrows(), a.ncols(), b.ncols());
    let mut result = vec![0.0; m * n];
    let target = MatMut::from_row_major_slice_mut(&mut result, m, n);
    let (a, b) = (borrow(&a), borrow(&b));
    let work = m.saturating_mul(k).saturating_mul(n);
    let pieces = (work / PIECE).clamp(1, MOST_PIECES);
    if pieces == 1 {
        multiply(target, a, b);
    } else if m >= n {
        let rows = piece_length(m, pieces);
        let parts = target.par_row_chunks_mut(rows).enumerate();
        parts.for_each(|(i, part)| {
            let count = part.nrows();
            multiply(part, a.subrows(i * rows, count), b);
        });
    } else {
        let columns = piece_length(n, pieces);
        let parts = target.par_col_chunks_mut(columns).enumerate();
        parts.for_each(|(i, part)| {
            let count = part.ncols();
            multiply(part, a, b.subcols(i * columns, count));
        });
    }
    result
}

/// The length of each of at most `pieces` pieces, a multiple of 16 as the kernels like it.
fn piece_length(length: usize, pieces: usize) -> usize {
    length.div_ceil(pieces).next_multiple_of(16)
}

/// Writes the product `a b` to `target`, on this thread.
fn multiply(target: MatMut<f32>, a: MatRef<f32>, b: MatRef<f32>) {
    matmul(target, Accum::Replace, a, b, 1.0, Par::Seq);
}

/// The same numbers as a faer matrix: same first number, same strides, nothing copied.
fn borrow<'a>(view: &'a ArrayView2<'_, f32>) -> MatRef<'a, f32> {
    let (rows, columns) = view.dim();
    let &[row_stride, column_stride] = view.strides() else {
        unreachable!("a matrix has two strides");
    };
    #[expect(
        unsafe_code,
        reason = "faer has no safe way to borrow a matrix with two strides"
    )]
    // SAFETY: ndarray and faer mean the same by a pointer to the first element and strides
    // counted in elements. An ndarray view guarantees that each element reached by them is
    // readable and not changed while the view lives; the result borrows the view.
    unsafe {
        MatRef::from_raw_parts(view.as_ptr(), rows, columns, row_stride, column_stride)
    }
}
