//! A route, ready to be walked.

use std::mem::MaybeUninit;

use super::route::Route;
use super::tile::Reads;
use super::turn::turn;
use super::wide::Wide;

/// Results that are not written yet.
pub(super) type Unwritten = [MaybeUninit<f32>];

/// A way to compute the results of a route, L channels at a time.
pub(super) trait Plan<const L: usize>: Send + Sync {
    /// For results that add up what lies at these offsets from their bases.
    fn new(route: &Route, offsets: Vec<usize>) -> Self;

    /// Parts of the results, each of a few hundred places: what they read fits the second
    /// nearest memory.
    fn parts(&self) -> usize;

    /// Writes a part of the `results` of up to L channels.
    fn write<W: Wide>(
        &self,
        wide: W,
        part: usize,
        channels: &Channels<L>,
        numbers: &[f32],
        results: &mut [&mut Unwritten],
    );
}

/// What L output channels multiply and add.
pub(super) struct Channels<'a, const L: usize> {
    /// A row of weights for each offset.
    pub(super) panel: &'a [[f32; L]],
    /// Their biases.
    pub(super) start: [f32; L],
}

/// Results that are held back until they go to their places together: as many as fit the
/// nearest memory beside the panel. A multiple of the places of both tiles.
const HELD: usize = 48;

/// Places of a part, a multiple of those that are held back.
const PART: usize = 8 * HELD;

/// Tiles of P places: the plan for any route.
pub(super) struct Tiles<const P: usize> {
    reads: Reads<P>,
    /// Where each result belongs in its channel.
    targets: Vec<usize>,
    /// Whether the results lie side by side.
    straight: bool,
}

impl<const P: usize, const L: usize> Plan<L> for Tiles<P> {
    fn new(route: &Route, offsets: Vec<usize>) -> Self {
        let (targets, bases): (Vec<_>, Vec<_>) = route.places().unzip();
        let straight = targets.windows(2).all(|pair| pair[1] == pair[0] + 1);
        Tiles { reads: Reads::new(&bases, offsets), targets, straight }
    }

    fn parts(&self) -> usize {
        self.targets.len().div_ceil(PART)
    }

    #[inline(always)]
    fn write<W: Wide>(
        &self,
        wide: W,
        part: usize,
        channels: &Channels<L>,
        numbers: &[f32],
        results: &mut [&mut Unwritten],
    ) {
        let sums = self.reads.sums(channels.panel, numbers);
        let mut held = [[0.0; L]; HELD];
        let mut turned = [[0.0; HELD]; L];
        let (start, rest) = (part * (PART / P), &self.targets[part * PART..]);
        for (i, targets) in rest[..PART.min(rest.len())].chunks(HELD).enumerate() {
            let first = start + i * (HELD / P);
            let tiles = first..self.reads.tiles().min(first + HELD / P);
            for (tile, held) in tiles.zip(held.as_chunks_mut::<P>().0) {
                wide.tile(&sums, tile, [&channels.start; P], held);
            }
            turn(&held, &mut turned);
            for (channel, numbers) in results.iter_mut().zip(&turned) {
                if self.straight {
                    let channel = &mut channel[targets[0]..][..targets.len()];
                    channel.write_copy_of_slice(&numbers[..targets.len()]);
                } else {
                    let places = targets.iter().zip(numbers);
                    places.for_each(|(&place, &number)| _ = channel[place].write(number));
                }
            }
        }
    }
}
