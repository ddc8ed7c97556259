//! The innermost loop: sixteen channels at six places at once.
//!
//! A tile of results stays in registers while everything that it adds up streams past: six
//! places times two vectors of eight numbers are twelve running sums (six, where a vector has
//! sixteen), and each number that is read enters several of them. Each step reads a row of the panel (a number for each of the
//! lanes) and a number of the picture for each place.

#[cfg(not(target_arch = "wasm32"))]
use pulp::Simd;

/// Where tiles read: a base for each place of each tile, and offsets that all of them share.
pub(super) struct Reads<const P: usize> {
    tiles: Vec<[usize; P]>,
    offsets: Vec<usize>,
    /// The largest sum of a base and an offset.
    farthest: usize,
}

impl<const P: usize> Reads<P> {
    /// Tiles of P of the `bases` each; the last one repeats its last place.
    pub(super) fn new(bases: &[usize], offsets: Vec<usize>) -> Reads<P> {
        let tile = |bases: &[usize]| std::array::from_fn(|p| bases[p.min(bases.len() - 1)]);
        let largest = |numbers: &[usize]| numbers.iter().copied().max().unwrap_or(0);
        let farthest = largest(bases) + largest(&offsets);
        Reads { tiles: bases.chunks(P).map(tile).collect(), offsets, farthest }
    }

    /// How many tiles there are.
    pub(super) fn tiles(&self) -> usize {
        self.tiles.len()
    }

    /// Sums over these `numbers`, with a row of the `panel` for each offset.
    pub(super) fn sums<'a, const L: usize>(
        &'a self,
        panel: &'a [[f32; L]],
        numbers: &'a [f32],
    ) -> Sums<'a, P, L> {
        assert!(
            panel.len() == self.offsets.len()
                && (panel.is_empty() || self.tiles.is_empty() || self.farthest < numbers.len()),
            "conv kernel: bases and offsets stay inside the picture"
        );
        Sums { reads: self, panel, numbers }
    }
}

/// What tiles add up: `start[p][l] + panel[r][l] * numbers[bases[p] + offsets[r]]` over all r,
/// for P places and L lanes.
#[derive(Clone, Copy)]
pub(super) struct Sums<'a, const P: usize, const L: usize> {
    reads: &'a Reads<P>,
    panel: &'a [[f32; L]],
    numbers: &'a [f32],
}

/// A tile with V vectors a place. The compiler keeps `totals` in registers.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
pub(super) fn add<S: Simd, const P: usize, const L: usize, const V: usize>(
    simd: S,
    what: &Sums<P, L>,
    tile: usize,
    start: [&[f32; L]; P],
    sums: &mut [[f32; L]; P],
) {
    let load = |row: &[f32; L]| -> [S::f32s; V] {
        let (vectors, _) = S::as_simd_f32s(row);
        std::array::from_fn(|v| vectors[v])
    };
    let mut totals: [[S::f32s; V]; P] = std::array::from_fn(|p| load(start[p]));
    let bases = &what.reads.tiles[tile];
    let bases: [_; P] = std::array::from_fn(|p| what.numbers[bases[p]..].as_ptr());
    for (row, &offset) in what.panel.iter().zip(&what.reads.offsets) {
        let row = load(row);
        for p in 0..P {
            #[expect(unsafe_code, reason = "a bounds check here would take longer than the sums")]
            // SAFETY: Reads::sums has checked that the largest base plus the largest offset is
            // inside `numbers`, so every sum of a base and an offset is.
            let number = unsafe { *bases[p].add(offset) };
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

/// A tile, number by number.
#[inline(always)]
pub(super) fn add_plainly<const P: usize, const L: usize>(
    what: &Sums<P, L>,
    tile: usize,
    start: [&[f32; L]; P],
    sums: &mut [[f32; L]; P],
) {
    *sums = start.map(|row| *row);
    for (row, offset) in what.panel.iter().zip(&what.reads.offsets) {
        for (sums, base) in sums.iter_mut().zip(what.reads.tiles[tile]) {
            let number = what.numbers[base + offset];
            sums.iter_mut().zip(row).for_each(|(sum, w)| *sum += number * w);
        }
    }
}
