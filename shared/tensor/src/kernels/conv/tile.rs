//! The innermost loop: sixteen channels at six places at once.
//!
//! A tile of results stays in registers while everything that it adds up streams past: six
//! places times two vectors of eight numbers are twelve running sums, and each number that is
//! read enters several of them. Each step reads a row of the panel (a number for each of the
//! lanes) and a number of the picture for each place.

#[cfg(not(target_arch = "wasm32"))]
use pulp::Simd;

/// What a tile adds up: `sums[p][l] += panel[r][l] * numbers[bases[p] + offsets[r]]` over all r.
#[derive(Clone, Copy)]
pub(super) struct Sums<'a> {
    /// Rows of as many numbers as the tile has lanes.
    pub(super) panel: &'a [f32],
    /// What the bases and offsets point into.
    pub(super) numbers: &'a [f32],
    /// For each row of the panel, what to add to the bases.
    pub(super) offsets: &'a [usize],
    /// The largest of the offsets.
    pub(super) farthest: usize,
}

impl<'a> Sums<'a> {
    /// Offsets into `numbers`, which the rows of `panel` go with.
    pub(super) fn new(panel: &'a [f32], numbers: &'a [f32], offsets: &'a [usize]) -> Sums<'a> {
        let farthest = offsets.iter().copied().max().unwrap_or(0);
        Sums { panel, numbers, offsets, farthest }
    }

    /// Adds to the tile of each of the `bases`. P is the number of places, L of lanes.
    #[inline(always)]
    pub(super) fn add<W: Wide, const P: usize, const L: usize>(
        &self,
        wide: W,
        bases: &[usize; P],
        sums: &mut [[f32; L]; P],
    ) {
        let most = bases.iter().copied().max().unwrap_or(0);
        assert!(
            self.panel.len() == L * self.offsets.len()
                && (self.offsets.is_empty() || most + self.farthest < self.numbers.len()),
            "conv kernel: bases and offsets stay inside the picture"
        );
        wide.add(self, bases, sums);
    }
}

/// A way to add up a tile.
pub(super) trait Wide: Copy {
    /// See [`Sums::add`], which has checked that all places are inside.
    fn add<const P: usize, const L: usize>(
        self,
        what: &Sums,
        bases: &[usize; P],
        sums: &mut [[f32; L]; P],
    );
}

/// Vectors of whatever width the processor has.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy)]
pub(super) struct Vectors<S>(pub(super) S);

#[cfg(not(target_arch = "wasm32"))]
impl<S: Simd> Wide for Vectors<S> {
    #[inline(always)]
    fn add<const P: usize, const L: usize>(
        self,
        what: &Sums,
        bases: &[usize; P],
        sums: &mut [[f32; L]; P],
    ) {
        match L / S::F32_LANES {
            1 => tile::<S, P, L, 1>(self.0, what, bases, sums),
            2 => tile::<S, P, L, 2>(self.0, what, bases, sums),
            4 => tile::<S, P, L, 4>(self.0, what, bases, sums),
            _ => Plain.add(what, bases, sums),
        }
    }
}

/// The tile with V vectors a place. The compiler keeps `totals` in registers.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
fn tile<S: Simd, const P: usize, const L: usize, const V: usize>(
    simd: S,
    what: &Sums,
    bases: &[usize; P],
    sums: &mut [[f32; L]; P],
) {
    let load = |row: &[f32; L]| -> [S::f32s; V] {
        let (vectors, _) = S::as_simd_f32s(row);
        std::array::from_fn(|v| vectors[v])
    };
    let mut totals: [[S::f32s; V]; P] = std::array::from_fn(|p| load(&sums[p]));
    let (panel, _) = what.panel.as_chunks::<L>();
    let starts = bases.map(|base| what.numbers[base..].as_ptr());
    for (row, &offset) in panel.iter().zip(what.offsets) {
        let row = load(row);
        for p in 0..P {
            #[expect(unsafe_code, reason = "a bounds check here would take longer than the sums")]
            // SAFETY: Sums::add has checked that the largest base plus the largest offset is
            // inside `numbers`, so every sum of a base and an offset is.
            let number = unsafe { *starts[p].add(offset) };
            let number = simd.splat_f32s(number);
            for v in 0..V {
                totals[p][v] = simd.mul_add_f32s(number, row[v], totals[p][v]);
            }
        }
    }
    for (sums, totals) in sums.iter_mut().zip(totals) {
        let (vectors, _) = S::as_mut_simd_f32s(sums);
        vectors.copy_from_slice(&totals);
    }
}

/// One number after the other: for the browser.
#[derive(Clone, Copy)]
pub(super) struct Plain;

impl Wide for Plain {
    #[inline(always)]
    fn add<const P: usize, const L: usize>(
        self,
        what: &Sums,
        bases: &[usize; P],
        sums: &mut [[f32; L]; P],
    ) {
        let (panel, _) = what.panel.as_chunks::<L>();
        for (row, &offset) in panel.iter().zip(what.offsets) {
            for (sums, base) in sums.iter_mut().zip(bases) {
                let number = what.numbers[base + offset];
                sums.iter_mut().zip(row).for_each(|(sum, w)| *sum += number * w);
            }
        }
    }
}

/// What is to be done with the widest vectors at hand.
pub(super) trait Work {
    /// Does it.
    fn run<W: Wide>(self, wide: W);
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
