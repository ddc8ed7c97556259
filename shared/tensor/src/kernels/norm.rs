//! Channels brought to mean 0 and variance 1, and the way back.

use std::mem::MaybeUninit;

use crate::kernels::fresh::written;
use crate::kernels::threads::{NUMBERS, share};

/// Running totals side by side, as in [`sum`](crate::kernels::sum).
const LANES: usize = 16;

/// Numbers added in `f32` before an `f64` takes over, so that long channels do not drift.
const BLOCK: usize = 1024;

/// A batch of `[N, C, ...]` by channels.
#[derive(Clone, Copy)]
pub(crate) struct Channels {
    /// C.
    pub(crate) count: usize,
    /// Numbers of a channel in one example.
    pub(crate) places: usize,
}

impl Channels {
    /// Numbers of a channel in the whole batch of so many numbers.
    fn size(&self, all: usize) -> f64 {
        (all / self.count) as f64
    }

    /// For each channel the sum of `f(channel)(x, y)` over all numbers of it.
    fn sums<F: Fn(f32, f32) -> f32 + Copy>(
        &self,
        x: &[f32],
        y: &[f32],
        f: impl Fn(usize) -> F + Sync,
    ) -> Vec<f64> {
        let mut parts = vec![0.0; x.len() / self.places];
        let planes = x.chunks_exact(self.places).zip(y.chunks_exact(self.places));
        let pieces = planes.zip(&mut parts).enumerate().collect();
        share(pieces, NUMBERS.div_ceil(self.places), |(i, ((x, y), part))| {
            *part = total(x, y, f(i % self.count));
        });
        let of_channel = |c: usize| parts.iter().skip(c).step_by(self.count).sum();
        (0..self.count).map(of_channel).collect()
    }

    /// `f(channel)(x, y)` for all numbers. What a channel has in common is looked up and divided
    /// once: within the innermost loop it would keep the compiler from using vectors.
    fn map<F: Fn(f32, f32) -> f32>(
        &self,
        x: &[f32],
        y: &[f32],
        f: impl Fn(usize) -> F + Sync,
    ) -> Vec<f32> {
        let write = |results: &mut [MaybeUninit<f32>]| {
            let planes = x.chunks_exact(self.places).zip(y.chunks_exact(self.places));
            let pieces = planes.zip(results.chunks_exact_mut(self.places)).enumerate().collect();
            share(pieces, NUMBERS.div_ceil(self.places), |(i, ((x, y), results))| {
                let f = f(i % self.count);
                for ((result, &x), &y) in results.iter_mut().zip(x).zip(y) {
                    result.write(f(x, y));
                }
            });
        };
        assert!(x.len() == y.len() && x.len().is_multiple_of(self.places));
        #[expect(unsafe_code, reason = "see kernels::fresh")]
        // SAFETY: x, y and the results are cut in the same way, without a rest.
        unsafe {
            written(x.len(), write)
        }
    }
}

/// The sum of `f(x, y)` over pairs.
fn total(x: &[f32], y: &[f32], f: impl Fn(f32, f32) -> f32 + Copy) -> f64 {
    let blocks = x.chunks(BLOCK).zip(y.chunks(BLOCK));
    let sums = blocks.map(|(x, y)| {
        let mut lanes = [0.0; LANES];
        let (rows, rest) = x.as_chunks::<LANES>();
        let (others, other_rest) = y.as_chunks::<LANES>();
        for (x, y) in rows.iter().zip(others) {
            (0..LANES).for_each(|lane| lanes[lane] += f(x[lane], y[lane]));
        }
        let rest: f32 = rest.iter().zip(other_rest).map(|(&x, &y)| f(x, y)).sum();
        f64::from(lanes.iter().sum::<f32>() + rest)
    });
    sums.sum()
}

/// What a batch looks like, channel by channel.
#[derive(Clone)]
pub(crate) struct Statistics {
    pub(crate) mean: Vec<f32>,
    /// The mean square distance from the mean.
    pub(crate) variance: Vec<f32>,
    /// `1 / sqrt(variance + epsilon)`.
    inverse: Vec<f32>,
}

/// Mean and variance of each channel.
pub(crate) fn statistics(x: &[f32], channels: Channels, epsilon: f32) -> Statistics {
    let size = channels.size(x.len());
    let mean: Vec<f32> =
        channels.sums(x, x, |_| |x, _| x).into_iter().map(|sum| (sum / size) as f32).collect();
    let squares = channels.sums(x, x, |c| {
        let mean = mean[c];
        move |x, _| (x - mean) * (x - mean)
    });
    let variance: Vec<f32> = squares.into_iter().map(|sum| (sum / size) as f32).collect();
    let inverse = variance.iter().map(|variance| 1.0 / (variance + epsilon).sqrt()).collect();
    Statistics { mean, variance, inverse }
}

/// `scale (x - mean) / sqrt(variance + epsilon) + shift`.
pub(crate) fn normalise(
    x: &[f32],
    channels: Channels,
    of: &Statistics,
    scale: &[f32],
    shift: &[f32],
) -> Vec<f32> {
    channels.map(x, x, |c| {
        let (mean, gain, shift) = (of.mean[c], scale[c] * of.inverse[c], shift[c]);
        move |x, _| (x - mean) * gain + shift
    })
}

/// The gradients of scale and shift: for each channel the sums of `g` times the normalised
/// number, and of `g`.
pub(crate) fn sums(x: &[f32], g: &[f32], channels: Channels, of: &Statistics) -> [Vec<f32>; 2] {
    let scale = channels.sums(x, g, |c| {
        let (mean, inverse) = (of.mean[c], of.inverse[c]);
        move |x, g| (x - mean) * inverse * g
    });
    let shift = channels.sums(x, g, |_| |_, g| g);
    [scale, shift].map(|sums| sums.into_iter().map(|sum| sum as f32).collect())
}

/// The gradient of `x`, through mean and variance too:
/// `scale / sqrt(variance + epsilon) (g - mean of g - n mean of (g n))`, n being the normalised
/// number.
pub(crate) fn gradient(
    x: &[f32],
    g: &[f32],
    channels: Channels,
    of: &Statistics,
    scale: &[f32],
    [by_scale, by_shift]: &[Vec<f32>; 2],
) -> Vec<f32> {
    let size = channels.size(x.len()) as f32;
    channels.map(x, g, |c| {
        let (mean, inverse, gain) = (of.mean[c], of.inverse[c], scale[c] * of.inverse[c]);
        let (by_shift, by_scale) = (by_shift[c] / size, by_scale[c] / size);
        move |x, g| {
            let normal = (x - mean) * inverse;
            gain * (g - by_shift - normal * by_scale)
        }
    })
}
