//! Vectors of whatever width the processor has.

#[cfg(not(target_arch = "wasm32"))]
use pulp::Simd;

use super::strips::{self, Block, Strip, Strips};
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
    fn strips(self, what: &strips::Sums, strips: &[Strip; Strips::GROUP]) -> Block;
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
            _ => Plain.tile(what, tile, start, sums),
        }
    }

    #[inline(always)]
    fn strips(self, what: &strips::Sums, strips: &[Strip; Strips::GROUP]) -> Block {
        match Strips::PLACES / S::F32_LANES {
            1 => strips::add::<S, 1>(self.0, what, strips),
            2 => strips::add::<S, 2>(self.0, what, strips),
            _ => Plain.strips(what, strips),
        }
    }
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
    fn strips(self, what: &strips::Sums, strips: &[Strip; Strips::GROUP]) -> Block {
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
