//! What each weight has to do with the result: the walk over all places of all pictures.

use super::geometry::Geometry;
use super::panels;
use super::planes::Room;
use super::route::{self, Route};
use super::tile::Reads;
use super::wide::{Wide, Work, widest};
use crate::kernels::threads::share;

/// Pieces to cut the work into at least, where there are as many pictures. Chosen by us, so that
/// up to 8 cores have something to do; the cut does not depend on their number.
const PIECES: usize = 8;

/// The adjoint of [`forward`](super::forward) as a function of the weights: `x`
/// `[N, G * C, H, W]` and `y` `[N, G * O, H', W']` to `[G * O, C, KH, KW]` in row-major order.
pub(crate) fn weights(x: &[f32], y: &[f32], geometry: &Geometry) -> Vec<f32> {
    match geometry.outputs {
        0..=8 => Walk::new(x, y, geometry).tiled::<8, 8>(),
        _ => Walk::new(x, y, geometry).tiled::<6, 16>(),
    }
}

struct Walk<'a> {
    x: &'a [f32],
    y: &'a [f32],
    geometry: &'a Geometry,
    room: Room,
    route: Route,
}

impl<'a> Walk<'a> {
    fn new(x: &'a [f32], y: &'a [f32], geometry: &'a Geometry) -> Walk<'a> {
        let (room, mut routes) = route::forward(geometry);
        let route = routes.pop().expect("the way forward is one route");
        Walk { x, y, geometry, room, route }
    }

    /// With tiles of P weights and L output channels.
    fn tiled<const P: usize, const L: usize>(&self) -> Vec<f32> {
        let g = self.geometry;
        let (panels, rows) = (g.outputs.div_ceil(L), g.inputs * g.taps());
        let blocks = g.how.groups * panels;
        let cuts = PIECES.div_ceil(blocks.max(1)).min(g.examples).max(1);
        let each = g.examples.div_ceil(cuts).max(1);
        let offsets = self.route.offsets(g.inputs, self.room.len());
        let bases = self.route.places().map(|(_, base)| base).collect();
        let reads = &Reads::new(&offsets, bases);
        let mut sums = vec![[0.0; L]; cuts * blocks * rows.next_multiple_of(P)];
        let pieces = sums.chunks_mut(rows.next_multiple_of(P)).enumerate().map(|(i, sums)| {
            let (cut, block) = (i / blocks, i % blocks);
            let examples = [cut * each, ((cut + 1) * each).min(g.examples)];
            Piece::<P, L> {
                walk: self,
                reads,
                examples,
                group: block / panels,
                panel: block % panels,
                sums,
            }
        });
        share(pieces.collect(), 1, widest);
        let mut all = vec![0.0; blocks / panels.max(1) * g.outputs * rows];
        for (i, sums) in sums.chunks(rows.next_multiple_of(P)).enumerate() {
            let (group, panel) = (i % blocks / panels, i % blocks % panels);
            let first = (group * g.outputs + panel * L) * rows;
            let lanes = L.min(g.outputs - panel * L);
            for (lane, weights) in all[first..].chunks_exact_mut(rows).take(lanes).enumerate() {
                weights.iter_mut().zip(sums).for_each(|(weight, row)| *weight += row[lane]);
            }
        }
        all
    }
}

/// Some examples, and a panel of output channels of a group.
struct Piece<'a, const P: usize, const L: usize> {
    walk: &'a Walk<'a>,
    /// A tile is P weights of a channel; what they add up are places.
    reads: &'a Reads<P>,
    /// The first example, and the one after the last.
    examples: [usize; 2],
    group: usize,
    panel: usize,
    /// A row of L sums for each weight of a channel.
    sums: &'a mut [[f32; L]],
}

impl<const P: usize, const L: usize> Work for Piece<'_, P, L> {
    #[inline(always)]
    fn run<W: Wide>(self, wide: W) {
        let Piece { walk, reads, examples, group, panel, sums } = self;
        let g = walk.geometry;
        let (source, places) = (g.inputs * g.pixels(), g.places());
        let mut rows = vec![[0.0; L]; places];
        for example in examples[0]..examples[1] {
            let at = example * g.how.groups + group;
            let numbers = walk.room.around(&walk.x[at * source..][..source]);
            let y = &walk.y[at * g.outputs * places..][..g.outputs * places];
            let y = &y[panel * L * places..][..L.min(g.outputs - panel * L) * places];
            panels::of_channels(y, places, &mut rows);
            let what = reads.sums(&rows, &numbers);
            for (tile, sums) in sums.as_chunks_mut::<P>().0.iter_mut().enumerate() {
                let before = *sums;
                wide.tile(&what, tile, before.each_ref(), sums);
            }
        }
    }
}
