//! The window at each place, forward and back.

use super::geometry::Geometry;
use super::panels::{self, Stride};
use super::planes::Room;
use super::route::{self, Route};
use super::tile::{Sums, Wide, Work, widest};
use crate::kernels::threads::share;

/// Results that a piece of work holds back until they go to their places together: as many as
/// fit the nearest memory beside the panel. A multiple of the places of both tiles.
const HELD: usize = 48;

/// The multiply-adds that are worth waking a thread for. Chosen by us: as in the product.
const LEAST_WORK: usize = 2_000_000;

/// The convolution of `x` `[N, G * C, H, W]` with `weights` `[G * O, C, KH, KW]` plus `bias`
/// `[G * O]`: `[N, G * O, H', W']` in row-major order.
pub(crate) fn forward(x: &[f32], weights: &[f32], bias: Option<&[f32]>, g: &Geometry) -> Vec<f32> {
    let (room, routes) = route::forward(g);
    let inputs = Stride { count: g.inputs, step: g.taps() };
    let outputs = Stride { count: g.outputs, step: g.inputs * g.taps() };
    let walk = Walk { geometry: g, room, routes, inputs, outputs, target: g.places() };
    walk.all(x, weights, bias)
}

/// The adjoint of [`forward`] as a function of `x`: `y` `[N, G * O, H', W']`, `weights` as there,
/// `bias` `[G * C]`: `[N, G * C, H, W]` in row-major order.
pub(crate) fn adjoint(y: &[f32], weights: &[f32], bias: Option<&[f32]>, g: &Geometry) -> Vec<f32> {
    let (room, routes) = route::adjoint(g);
    let inputs = Stride { count: g.outputs, step: g.inputs * g.taps() };
    let outputs = Stride { count: g.inputs, step: g.taps() };
    let walk = Walk { geometry: g, room, routes, inputs, outputs, target: g.pixels() };
    walk.all(y, weights, bias)
}

/// All results of one kind.
struct Walk<'a> {
    geometry: &'a Geometry,
    room: Room,
    routes: Vec<Route>,
    /// The channels of a group that are read, and how far apart their weights are.
    inputs: Stride,
    /// The channels of a group that are written, and how far apart their weights are.
    outputs: Stride,
    /// Numbers in a channel that is written.
    target: usize,
}

impl Walk<'_> {
    fn all(&self, x: &[f32], weights: &[f32], bias: Option<&[f32]>) -> Vec<f32> {
        match self.outputs.count {
            0..=8 => self.tiled::<8, 8>(x, weights, bias),
            _ => self.tiled::<6, 16>(x, weights, bias),
        }
    }

    /// With tiles of P places and L channels.
    fn tiled<const P: usize, const L: usize>(
        &self,
        x: &[f32],
        weights: &[f32],
        bias: Option<&[f32]>,
    ) -> Vec<f32> {
        let groups = self.geometry.how.groups;
        let (inputs, outputs) = (self.inputs.count, self.outputs.count);
        let weights_of_group = weights.len() / groups;
        let panels: Vec<Vec<Vec<f32>>> = (0..groups)
            .map(|group| self.panels::<L>(&weights[group * weights_of_group..]))
            .collect();
        let mut results = vec![0.0; self.geometry.examples * groups * outputs * self.target];
        let source = inputs * self.room.size[0] * self.room.size[1];
        let work_of_example = outputs * inputs * self.routes.iter().map(Route::work).sum::<usize>();
        let pairs =
            x.chunks_exact(source.max(1)).zip(results.chunks_mut((outputs * self.target).max(1)));
        // A few pictures are cut into panels, so that every thread has something to do.
        let few = self.geometry.examples * groups < 8;
        let size = if few { L } else { outputs.next_multiple_of(L) } * self.target;
        let mut pieces = Vec::new();
        for (i, (channels, results)) in pairs.enumerate() {
            let group = i % groups;
            for (j, results) in results.chunks_mut(size.max(1)).enumerate() {
                let first = j * size / self.target;
                pieces.push(Piece::<P, L> {
                    walk: self,
                    channels,
                    panels: &panels[group],
                    bias: bias.map(|bias| &bias[group * outputs..][..outputs]),
                    first,
                    results,
                });
            }
        }
        let each =
            (work_of_example * size / (outputs.next_multiple_of(L) * self.target).max(1)).max(1);
        share(pieces, LEAST_WORK.div_ceil(each), widest);
        results
    }

    /// The panels of a group for each route.
    fn panels<const L: usize>(&self, weights: &[f32]) -> Vec<Vec<f32>> {
        let panels = self.routes.iter().map(|route| {
            let taps: Vec<usize> = route.taps.iter().map(|tap| tap.0).collect();
            panels::of_weights::<L>(weights, self.outputs, self.inputs, &taps)
        });
        panels.collect()
    }
}

/// Some output channels of a group in one example.
struct Piece<'a, const P: usize, const L: usize> {
    walk: &'a Walk<'a>,
    /// The channels that are read.
    channels: &'a [f32],
    /// For each route the panels of the group.
    panels: &'a [Vec<f32>],
    /// Of the group.
    bias: Option<&'a [f32]>,
    /// The first of the output channels in the group.
    first: usize,
    /// Where the results belong.
    results: &'a mut [f32],
}

impl<const P: usize, const L: usize> Work for Piece<'_, P, L> {
    #[inline(always)]
    fn run<W: Wide>(self, wide: W) {
        let Piece { walk, channels, panels, bias, first, results } = self;
        let plane = walk.room.len();
        let mut padded = Vec::new();
        let numbers = if walk.room.is_tight() {
            channels
        } else {
            padded.resize(walk.inputs.count * plane, 0.0);
            walk.room.fill(channels, &mut padded);
            &padded[..]
        };
        for (route, panels) in walk.routes.iter().zip(panels) {
            let offsets = route.offsets(walk.inputs.count, plane);
            let panel = (offsets.len() * L).max(1);
            let straight = route.is_straight();
            let results = results.chunks_mut(L * walk.target);
            for (j, results) in results.enumerate() {
                let channel = first + j * L;
                let weights = &panels[(channel / L * panel).min(panels.len())..];
                let sums = Sums::new(&weights[..offsets.len() * L], numbers, &offsets);
                let start = lanes::<L>(bias, channel);
                let mut held = [[0.0; L]; HELD];
                for (bases, targets) in route.bases.chunks(HELD).zip(route.targets.chunks(HELD)) {
                    held[..bases.len()].fill(start);
                    for (bases, held) in bases.chunks(P).zip(held.as_chunks_mut::<P>().0) {
                        // The last tile repeats a place, which nobody reads.
                        let all = std::array::from_fn(|p| bases[p.min(bases.len() - 1)]);
                        sums.add(wide, &all, held);
                    }
                    match straight {
                        true => {
                            put_straight(&held, targets[0], targets.len(), results, walk.target)
                        }
                        false => put(&held, targets, results, walk.target),
                    }
                }
            }
        }
    }
}

/// The bias of L channels from `first` on; zeros where there is none.
fn lanes<const L: usize>(bias: Option<&[f32]>, first: usize) -> [f32; L] {
    let bias = bias.unwrap_or_default();
    std::array::from_fn(|lane| bias.get(first + lane).copied().unwrap_or(0.0))
}

/// Writes the results of places that lie side by side.
#[inline(always)]
fn put_straight<const L: usize>(
    held: &[[f32; L]; HELD],
    first: usize,
    count: usize,
    results: &mut [f32],
    target: usize,
) {
    for (lane, channel) in results.chunks_exact_mut(target).enumerate() {
        let channel = &mut channel[first..first + count];
        channel.iter_mut().zip(held).for_each(|(result, row)| *result = row[lane]);
    }
}

/// Writes results to their `targets`.
#[inline(always)]
fn put<const L: usize>(
    held: &[[f32; L]; HELD],
    targets: &[usize],
    results: &mut [f32],
    target: usize,
) {
    for (lane, channel) in results.chunks_exact_mut(target).enumerate() {
        targets.iter().zip(held).for_each(|(&place, row)| channel[place] = row[lane]);
    }
}
