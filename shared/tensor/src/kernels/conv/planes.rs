//! Channels with room around them.

use std::borrow::Cow;
use std::mem::MaybeUninit;

use super::plan::Unwritten;
use crate::kernels::fresh::written;

/// How a channel lies in memory once it has zeros around it.
///
/// Where a window moves by `step` columns, those that are a step apart lie side by side: in each
/// row first the columns 0, step, 2 step, and so on, then 1, step + 1, … Then neighbouring places
/// of the window read neighbouring numbers, whatever the step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Rows and columns of the channel.
    pub(super) size: [usize; 2],
    /// Zeros before its rows and columns.
    pub(super) before: [usize; 2],
    /// Zeros behind them.
    pub(super) behind: [usize; 2],
    /// By how many columns the window moves.
    pub(super) step: usize,
}

impl Room {
    /// Columns that lie side by side: one in `step` of those of a row with its zeros.
    fn run(&self) -> usize {
        (self.before[1] + self.size[1] + self.behind[1]).div_ceil(self.step)
    }

    /// The length of a row with its zeros.
    pub(super) fn width(&self) -> usize {
        self.step * self.run()
    }

    /// Where a column lies in its row; columns count from the first zero.
    pub(super) fn column(&self, column: usize) -> usize {
        column % self.step * self.run() + column / self.step
    }

    /// Rows of a channel with its zeros.
    fn height(&self) -> usize {
        self.before[0] + self.size[0] + self.behind[0]
    }

    /// Numbers in a channel with its zeros.
    pub(super) fn len(&self) -> usize {
        self.height() * self.width()
    }

    /// The `channels`, one after the other, with their zeros.
    pub(super) fn around<'a>(&self, channels: &'a [f32]) -> Cow<'a, [f32]> {
        self.rows(channels, 0, self.height())
    }

    /// Whether channels lie as they are.
    fn is_bare(&self) -> bool {
        self.before == [0, 0] && self.behind == [0, 0] && self.step == 1
    }

    /// How far apart the channels of [`Room::rows`] are.
    pub(super) fn plane(&self, height: usize) -> usize {
        if self.is_bare() { self.len() } else { height * self.width() }
    }

    /// So many rows of each of the `channels` with their zeros, from the `first` on.
    pub(super) fn rows<'a>(
        &self,
        channels: &'a [f32],
        first: usize,
        height: usize,
    ) -> Cow<'a, [f32]> {
        if self.is_bare() {
            return Cow::Borrowed(&channels[first * self.width()..]);
        }
        let (pixels, plane) = (self.size[0] * self.size[1], self.plane(height));
        let write = |planes: &mut Unwritten| {
            let planes = planes.chunks_exact_mut(plane);
            channels.chunks_exact(pixels).zip(planes).for_each(|(c, p)| self.lay(c, first, p));
        };
        #[expect(unsafe_code, reason = "see kernels::fresh")]
        // SAFETY: there is a plane for each channel, and `lay` writes each number of a plane.
        let padded = unsafe { written(channels.len() / pixels * plane, write) };
        Cow::Owned(padded)
    }

    /// Lays the rows of a channel from the `first` on into a plane of zeros.
    fn lay(&self, channel: &[f32], first: usize, plane: &mut Unwritten) {
        for (y, target) in (first..).zip(plane.chunks_exact_mut(self.width())) {
            target.fill(MaybeUninit::new(0.0));
            let inside = (self.before[0]..self.before[0] + self.size[0]).contains(&y);
            if !inside {
                continue;
            }
            let row = &channel[(y - self.before[0]) * self.size[1]..][..self.size[1]];
            match self.step {
                1 => _ = target[self.before[1]..][..row.len()].write_copy_of_slice(row),
                2 => self.in_two(row, target),
                _ => (0..self.step.min(row.len())).for_each(|first| {
                    let target = &mut target[self.column(self.before[1] + first)..];
                    let columns = row[first..].iter().step_by(self.step);
                    target.iter_mut().zip(columns).for_each(|(to, &number)| _ = to.write(number));
                }),
            }
        }
    }

    /// Lays every second number of a row into the first half of the target, and the others into
    /// the second: pair by pair, which compilers turn into vectors.
    fn in_two(&self, row: &[f32], target: &mut Unwritten) {
        let (low, high) = target.split_at_mut(self.run());
        let before = self.before[1] / 2;
        let (first, second) = match self.before[1] % 2 {
            0 => (&mut low[before..], &mut high[before..]),
            _ => (&mut high[before..], &mut low[before + 1..]),
        };
        let (pairs, rest) = row.as_chunks::<2>();
        let (first, last) = first.split_at_mut(pairs.len());
        for ((pair, to), other) in pairs.iter().zip(first).zip(second) {
            to.write(pair[0]);
            other.write(pair[1]);
        }
        last.iter_mut().zip(rest).for_each(|(to, &number)| _ = to.write(number));
    }
}
