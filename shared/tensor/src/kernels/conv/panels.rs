//! Numbers laid out in the order in which tiles read them.

use super::turn::turn;

/// Rows of L numbers, a row for each thing that is added up, a number for each of L channels:
/// panels for all channels, one after the other, the last one filled up with zeros.
pub(super) fn of_weights<const L: usize>(
    weights: &[f32],
    channels: Stride,
    inputs: Stride,
    taps: &[usize],
) -> Vec<[f32; L]> {
    let rows = inputs.count * taps.len();
    let mut panels = vec![[0.0; L]; channels.count.div_ceil(L) * rows];
    for (j, panel) in panels.chunks_exact_mut(rows.max(1)).enumerate() {
        let lanes = L.min(channels.count - j * L);
        for (r, row) in panel.iter_mut().enumerate() {
            let (input, tap) = (r / taps.len(), taps[r % taps.len()]);
            let first = j * L * channels.step + input * inputs.step + tap;
            for (lane, number) in row[..lanes].iter_mut().enumerate() {
                *number = weights[first + lane * channels.step];
            }
        }
    }
    panels
}

/// Something there are several of, at equal distances.
#[derive(Clone, Copy)]
pub(super) struct Stride {
    /// How many.
    pub(super) count: usize,
    /// Numbers from one to the next.
    pub(super) step: usize,
}

/// Places that are turned at once.
const TURNED: usize = 16;

/// Up to L channels of `places` numbers each, as rows of one number a channel; the lanes
/// without a channel are zeros.
#[inline(always)]
pub(super) fn of_channels<const L: usize>(channels: &[f32], places: usize, rows: &mut [[f32; L]]) {
    let (squares, rest) = rows.as_chunks_mut::<TURNED>();
    let mut lanes = [[0.0; TURNED]; L];
    for (i, square) in squares.iter_mut().enumerate() {
        for (lane, channel) in lanes.iter_mut().zip(channels.chunks_exact(places)) {
            lane.copy_from_slice(&channel[i * TURNED..][..TURNED]);
        }
        turn(&lanes, square);
    }
    let done = places - rest.len();
    for (lane, channel) in channels.chunks_exact(places).enumerate() {
        rest.iter_mut().zip(&channel[done..]).for_each(|(row, &number)| row[lane] = number);
    }
}
