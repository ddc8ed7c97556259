//! Numbers laid out in the order in which tiles read them.

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

/// Up to L channels of `places` numbers each, as rows of one number a channel; the lanes
/// without a channel are zeros.
pub(super) fn of_channels<const L: usize>(channels: &[f32], places: usize, rows: &mut [[f32; L]]) {
    for (lane, channel) in channels.chunks_exact(places).enumerate() {
        rows.iter_mut().zip(channel).for_each(|(row, &number)| row[lane] = number);
    }
}
