//! The product by faer, a large one on several threads.
//!
//! A large product is cut into pieces of the result, which are shared out. The cut depends on
//! the sizes alone and each piece is the work of one thread, so the number of threads does not
//! change the result.
//!
//! (faer can use threads of its own, which wait for each other at every step. On 2 cores that
//! was slower than one thread for 64 x 784 x 256, and with a busy core some products took
//! nine times as long; measured by us.)

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};
use ndarray::ArrayView2;

use crate::kernels::threads::{MULTIPLY_ADDS, share};

/// How often a product is cut in half at most. Every piece prepares its own copy of the
/// rows and columns it needs, so more pieces are more work: 8 take some 5 % longer than 4 at
/// 1024 cubed on 2 cores. Chosen by us, so that up to 8 cores have something to do.
const MOST_HALVINGS: usize = 3;

/// The products `a b` of all pairs, one after the other, each in row-major order and of shapes
/// `[M, K] x [K, N] -> [M, N]`. The caller has checked the shapes.
pub(crate) fn products(
    pairs: &[(ArrayView2<f32>, ArrayView2<f32>)],
    m: usize,
    n: usize,
) -> Vec<f32> {
    let mut results = vec![0.0; pairs.len() * m * n];
    let mut pieces = Vec::with_capacity(pairs.len());
    for ((a, b), target) in pairs.iter().zip(results.chunks_exact_mut((m * n).max(1))) {
        let target = MatMut::from_row_major_slice_mut(target, m, n);
        Piece::of((target, borrow(a), borrow(b))).cut(MOST_HALVINGS, &mut pieces);
    }
    let each = pieces.first().map_or(0, Piece::work).max(1);
    share(pieces, MULTIPLY_ADDS.div_ceil(each), Piece::multiply);
    results
}

/// A part of the result, the rows of `a` and the columns of `b` that it is the product of.
struct Piece<'a> {
    target: MatMut<'a, f32>,
    a: MatRef<'a, f32>,
    b: MatRef<'a, f32>,
}

impl<'a> Piece<'a> {
    /// Appends this piece to `pieces`, cut in half up to `halvings` times if it is large.
    fn cut(self, halvings: usize, pieces: &mut Vec<Piece<'a>>) {
        let (rows, columns) = (self.target.nrows(), self.target.ncols());
        // The kernels work on blocks of up to 16 rows or columns.
        let middle = (rows.max(columns) / 2).next_multiple_of(16);
        if halvings == 0 || self.work() < 2 * MULTIPLY_ADDS || middle >= rows.max(columns) {
            pieces.push(self);
            return;
        }
        for half in self.split(middle) {
            half.cut(halvings - 1, pieces);
        }
    }

    /// The parts before and after the row or column `middle`, whichever the result has more of.
    fn split(self, middle: usize) -> [Piece<'a>; 2] {
        let Piece { target, a, b } = self;
        if target.nrows() >= target.ncols() {
            let (top, bottom) = target.split_at_row_mut(middle);
            let (a_top, a_bottom) = a.split_at_row(middle);
            [(top, a_top, b), (bottom, a_bottom, b)].map(Piece::of)
        } else {
            let (left, right) = target.split_at_col_mut(middle);
            let (b_left, b_right) = b.split_at_col(middle);
            [(left, a, b_left), (right, a, b_right)].map(Piece::of)
        }
    }

    /// The piece with these three parts.
    fn of((target, a, b): (MatMut<'a, f32>, MatRef<'a, f32>, MatRef<'a, f32>)) -> Piece<'a> {
        Piece { target, a, b }
    }

    /// The multiply-adds in this piece.
    fn work(&self) -> usize {
        let (rows, columns) = (self.target.nrows(), self.target.ncols());
        rows.saturating_mul(columns).saturating_mul(self.a.ncols())
    }

    /// Writes the product to its place in the result, on this thread.
    fn multiply(self) {
        matmul(self.target, Accum::Replace, self.a, self.b, 1.0, Par::Seq);
    }
}

/// The same numbers as a faer matrix: same first number, same strides, nothing copied.
fn borrow<'a>(view: &'a ArrayView2<'_, f32>) -> MatRef<'a, f32> {
    let (rows, columns) = view.dim();
    let &[row_stride, column_stride] = view.strides() else {
        unreachable!("a matrix has two strides");
    };
    #[expect(unsafe_code, reason = "faer has no safe way to borrow a matrix with two strides")]
    // SAFETY: ndarray and faer mean the same by a pointer to the first element and strides
    // counted in elements. An ndarray view guarantees that each element reached by them is
    // readable and not changed while the view lives; the result borrows the view.
    unsafe {
        MatRef::from_raw_parts(view.as_ptr(), rows, columns, row_stride, column_stride)
    }
}
