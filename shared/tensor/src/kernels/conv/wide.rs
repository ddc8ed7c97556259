//! Vectors of whatever width the processor has.

#[cfg(not(target_arch = "wasm32"))]
use pulp::Simd;

use super::strips::{self, Block, GROUP, Strip};
use super::tile::{self, Sums};

/// What is to be done with the widest vectors at hand.
pub(super) trait Work {
    /// Does it.
    fn run<W: Wide>(self, wide: W);
}

/// A way to add up.
pub(super) trait Wide: Copy {
    /// Writes the sums of the tile of this number.
    fn tile<const P: usize, const L: usize>(
        self,
        what: &Sums<P, L>,
        tile: usize,
        start: [&[f32; L]; P],
        sums: &mut [[f32; L]; P],
    );

    /// The sums of a few strips.
    fn strips<const P: usize>(self, what: &strips::Sums, strips: &[Strip; GROUP]) -> Block<P>;
}

/// Vectors of several numbers.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy)]
struct Vectors<S>(S);

#[cfg(not(target_arch = "wasm32"))]
impl<S: Simd> Wide for Vectors<S> {
    #[inline(always)]
    fn tile<const P: usize, const L: usize>(
        self,
        what: &Sums<P, L>,
        tile: usize,
        start: [&[f32; L]; P],
        sums: &mut [[f32; L]; P],
    ) {
        match L / S::F32_LANES {
            1 => tile::add::<S, P, L, 1>(self.0, what, tile, start, sums),
            2 => tile::add::<S, P, L, 2>(self.0, what, tile, start, sums),
            4 => tile::add::<S, P, L, 4>(self.0, what, tile, start, sums),
            _ => match eights() {
                Some(simd) => tile::add::<_, P, L, 1>(simd, what, tile, start, sums),
                None => Plain.tile(what, tile, start, sums),
            },
        }
    }

    #[inline(always)]
    fn strips<const P: usize>(self, what: &strips::Sums, strips: &[Strip; GROUP]) -> Block<P> {
        match P / S::F32_LANES {
            1 => strips::add::<S, P, 1>(self.0, what, strips),
            2 => strips::add::<S, P, 2>(self.0, what, strips),
            _ => match eights() {
                Some(simd) => strips::add::<_, P, 1>(simd, what, strips),
                None => Plain.strips(what, strips),
            },
        }
    }
}

/// Vectors of eight numbers, for rows of eight where the widest vectors have sixteen.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn eights() -> Option<pulp::x86::V3> {
    pulp::x86::V3::try_new()
}

/// Elsewhere no vectors are longer than that.
#[cfg(not(any(target_arch = "x86_64", target_arch = "wasm32")))]
fn eights() -> Option<pulp::Scalar> {
    None
}

/// One number after the other: for the browser.
#[derive(Clone, Copy)]
struct Plain;

impl Wide for Plain {
    #[inline(always)]
    fn tile<const P: usize, const L: usize>(
        self,
        what: &Sums<P, L>,
        tile: usize,
        start: [&[f32; L]; P],
        sums: &mut [[f32; L]; P],
    ) {
        tile::add_plainly(what, tile, start, sums);
    }

    #[inline(always)]
    fn strips<const P: usize>(self, what: &strips::Sums, strips: &[Strip; GROUP]) -> Block<P> {
        strips::add_plainly(what, strips)
    }
}

/// Does the work with the widest vectors that this processor has.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn widest(work: impl Work) {
    struct Chosen<T>(T);
    impl<T: Work> pulp::WithSimd for Chosen<T> {
        type Output = ();
        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) {
            self.0.run(Vectors(simd));
        }
    }
    pulp::Arch::new().dispatch(Chosen(work));
}

/// Does the work: a browser's vectors are the compiler's business.
#[cfg(target_arch = "wasm32")]
pub(super) fn widest(work: impl Work) {
    work.run(Plain);
}

/// Numbers in the widest vectors that this processor has.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn lanes() -> usize {
    struct Lanes;
    impl pulp::WithSimd for Lanes {
        type Output = usize;
        fn with_simd<S: Simd>(self, _: S) -> usize {
            S::F32_LANES
        }
    }
    pulp::Arch::new().dispatch(Lanes)
}

/// A browser has at most four.
#[cfg(target_arch = "wasm32")]
pub(super) fn lanes() -> usize {
    4
}
