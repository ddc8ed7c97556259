//! Channels with room around them.

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

    /// Whether there are no zeros at all: then channels are read where they lie.
    pub(super) fn is_tight(&self) -> bool {
        self.before == [0, 0] && self.behind == [0, 0]
    }

    /// Copies `channels`, one after the other, into `padded`, whose other numbers are zeros.
    pub(super) fn fill(&self, channels: &[f32], padded: &mut [f32]) {
        let (height, width) = (self.size[0], self.size[1]);
        let first = self.before[0] * self.width() + self.before[1];
        for (channel, plane) in
            channels.chunks_exact(height * width).zip(padded.chunks_exact_mut(self.len()))
        {
            let rows = plane[first..].chunks_mut(self.width());
            for (row, target) in channel.chunks_exact(width).zip(rows) {
                target[..width].copy_from_slice(row);
            }
        }
    }
}
