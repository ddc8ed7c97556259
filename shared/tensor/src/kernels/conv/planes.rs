//! Channels with room around them.

use std::borrow::Cow;

/// How a channel lies in memory once it has zeros around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Rows and columns of the channel.
    pub(super) size: [usize; 2],
    /// Zeros before its rows and columns.
    pub(super) before: [usize; 2],
    /// Zeros behind them.
    pub(super) behind: [usize; 2],
}

impl Room {
    /// The length of a row with its zeros.
    pub(super) fn width(&self) -> usize {
        self.before[1] + self.size[1] + self.behind[1]
    }

    /// Numbers in a channel with its zeros.
    pub(super) fn len(&self) -> usize {
        (self.before[0] + self.size[0] + self.behind[0]) * self.width()
    }

    /// The `channels`, one after the other, with their zeros.
    pub(super) fn around<'a>(&self, channels: &'a [f32]) -> Cow<'a, [f32]> {
        if self.before == [0, 0] && self.behind == [0, 0] {
            return Cow::Borrowed(channels);
        }
        let (height, width) = (self.size[0], self.size[1]);
        let first = self.before[0] * self.width() + self.before[1];
        let mut padded = vec![0.0; channels.len() / (height * width) * self.len()];
        let planes = padded.chunks_exact_mut(self.len());
        for (channel, plane) in channels.chunks_exact(height * width).zip(planes) {
            let rows = plane[first..].chunks_mut(self.width());
            for (row, target) in channel.chunks_exact(width).zip(rows) {
                target[..width].copy_from_slice(row);
            }
        }
        Cow::Owned(padded)
    }
}
