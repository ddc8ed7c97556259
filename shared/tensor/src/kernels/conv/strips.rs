//! Results side by side: eight or sixteen places of a few channels at once.
//!
//! Where neighbouring results read neighbouring numbers, a vector of results is a sum of vectors
//! of the picture, each times one weight. They come out in the order in which a channel has
//! them, while a [tile](super::tile) has to be turned first. But a row of results that a strip's
//! places do not divide has some of them computed twice.

#[cfg(not(target_arch = "wasm32"))]
use pulp::Simd;

use super::plan::{Channels, Plan, Unwritten};
use super::route::Route;
use super::wide::Wide;

/// Strips that are computed together: three strips of four channels are twelve running sums.
pub(super) const GROUP: usize = 3;

/// Channels that are computed together.
pub(super) const CHANNELS: usize = 4;

/// Groups of a part of the results.
const PART: usize = 4;

/// Turning a tile takes as long as so many steps of its innermost loop. Measured.
const TURN: usize = 10;

/// The plan for routes whose results lie side by side, P of them in a strip.
pub(super) struct Strips<const P: usize> {
    groups: Vec<[Strip; GROUP]>,
    offsets: Vec<usize>,
    /// The largest sum of a base and an offset.
    farthest: usize,
}

/// Results side by side.
#[derive(Clone, Copy)]
pub(super) struct Strip {
    /// Where the first of them begins to read.
    base: usize,
    /// Where it belongs in its channel.
    target: usize,
}

/// What strips add up: `start[c] + panel[r][c] * numbers[base + offsets[r] + place]` over all r.
pub(super) struct Sums<'a> {
    channels: &'a Channels<'a, CHANNELS>,
    offsets: &'a [usize],
    numbers: &'a [f32],
}

/// The sums of a group of strips.
pub(super) type Block<const P: usize> = [[[f32; P]; GROUP]; CHANNELS];

impl<const P: usize> Strips<P> {
    /// Whether strips are sooner done than tiles with a route whose results add up so many
    /// numbers each.
    pub(super) fn suit(route: &Route, rows: usize) -> bool {
        let results = route.results();
        Self::of(route).is_some_and(|strips| (strips.len() * P - results) * rows <= TURN * results)
    }

    /// Strips that cover the results of a route, if there is room for one wherever results lie
    /// side by side.
    fn of(route: &Route) -> Option<Vec<Strip>> {
        let Route { rows, columns, .. } = route;
        let follow = |places: &[(usize, usize)], by: usize| {
            places.windows(2).all(|pair| pair[1] == (pair[0].0 + by, pair[0].1 + by))
        };
        if !follow(columns, 1) {
            return None;
        }
        let first = columns.first().copied().unwrap_or_default();
        // Rows that follow one another without a gap are one long row.
        let (rows, length) = match follow(rows, columns.len()) {
            true => (&rows[..rows.len().min(1)], route.results()),
            false => (&rows[..], columns.len()),
        };
        if length == 0 {
            return Some(Vec::new());
        }
        let last = length.checked_sub(P)?;
        let starts = || (0..last).step_by(P).chain([last]);
        let row = |&(target, base): &(usize, usize)| {
            starts().map(move |i| Strip { base: base + first.1 + i, target: target + first.0 + i })
        };
        Some(rows.iter().flat_map(row).collect())
    }
}

impl<const P: usize> Plan<CHANNELS> for Strips<P> {
    fn new(route: &Route, offsets: Vec<usize>) -> Self {
        let strips = Self::of(route).expect("a plan is made where strips suit");
        let group = |strips: &[Strip]| std::array::from_fn(|s| strips[s.min(strips.len() - 1)]);
        let largest = |places: &[(usize, usize)]| places.iter().map(|place| place.1).max();
        let base = largest(&route.rows).unwrap_or(0) + largest(&route.columns).unwrap_or(0);
        let farthest = base + offsets.iter().max().unwrap_or(&0);
        Strips { groups: strips.chunks(GROUP).map(group).collect(), offsets, farthest }
    }

    fn parts(&self) -> usize {
        self.groups.len().div_ceil(PART)
    }

    #[inline(always)]
    fn write<W: Wide>(
        &self,
        wide: W,
        part: usize,
        channels: &Channels<CHANNELS>,
        numbers: &[f32],
        results: &mut [&mut Unwritten],
    ) {
        assert!(
            self.groups.is_empty() || self.farthest < numbers.len(),
            "conv kernel: bases and offsets stay inside the picture"
        );
        let sums = Sums { channels, offsets: &self.offsets, numbers };
        let groups = self.groups[part * PART..].iter().take(PART);
        for group in groups {
            let block = wide.strips::<P>(&sums, group);
            let write = |channel: &mut Unwritten, block: &[[f32; P]; GROUP]| {
                for (strip, numbers) in group.iter().zip(block) {
                    channel[strip.target..][..P].write_copy_of_slice(numbers);
                }
            };
            match results {
                // So many are known to the compiler, which writes them from registers.
                [a, b, c, d] => {
                    write(a, &block[0]);
                    write(b, &block[1]);
                    write(c, &block[2]);
                    write(d, &block[3]);
                }
                _ => results.iter_mut().zip(&block).for_each(|(c, block)| write(c, block)),
            }
        }
    }
}

/// A group of strips with V vectors a strip. The compiler keeps `totals` in registers.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
pub(super) fn add<S: Simd, const P: usize, const V: usize>(
    simd: S,
    what: &Sums,
    strips: &[Strip; GROUP],
) -> Block<P> {
    let mut totals = [[[simd.splat_f32s(0.0); V]; GROUP]; CHANNELS];
    for (totals, &start) in totals.iter_mut().zip(&what.channels.start) {
        *totals = [[simd.splat_f32s(start); V]; GROUP];
    }
    let bases: [_; GROUP] = std::array::from_fn(|s| what.numbers[strips[s].base..].as_ptr());
    for (weights, &offset) in what.channels.panel.iter().zip(what.offsets) {
        let numbers: [[S::f32s; V]; GROUP] = std::array::from_fn(|s| {
            #[expect(unsafe_code, reason = "a bounds check here would take longer than the sums")]
            // SAFETY: a strip's places are those of a route, whose largest base plus the largest
            // offset is inside `numbers`, as Strips::write has checked.
            let numbers = unsafe { &*bases[s].add(offset).cast::<[f32; P]>() };
            let (vectors, _) = S::as_simd_f32s(numbers);
            std::array::from_fn(|v| vectors[v])
        });
        for c in 0..CHANNELS {
            let weight = simd.splat_f32s(weights[c]);
            for s in 0..GROUP {
                for v in 0..V {
                    totals[c][s][v] = simd.mul_add_f32s(weight, numbers[s][v], totals[c][s][v]);
                }
            }
        }
    }
    let mut block: Block<P> = [[[0.0; P]; GROUP]; CHANNELS];
    for (block, totals) in block.as_flattened_mut().iter_mut().zip(totals.as_flattened()) {
        let (vectors, _) = S::as_mut_simd_f32s(block);
        vectors.copy_from_slice(totals);
    }
    block
}

/// A group of strips, number by number.
#[inline(always)]
pub(super) fn add_plainly<const P: usize>(what: &Sums, strips: &[Strip; GROUP]) -> Block<P> {
    let Channels { panel, start } = what.channels;
    let mut block = start.map(|start| [[start; P]; GROUP]);
    for (weights, offset) in panel.iter().zip(what.offsets) {
        for (block, weight) in block.iter_mut().zip(weights) {
            for (sums, strip) in block.iter_mut().zip(strips) {
                let numbers = &what.numbers[strip.base + offset..][..P];
                sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number * weight);
            }
        }
    }
    block
}
