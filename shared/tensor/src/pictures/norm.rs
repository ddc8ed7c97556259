//! Batch normalisation in one operation.

use std::sync::{Arc, OnceLock};

use crate::Tensor;
use crate::kernels::norm::{self, Channels};

impl Tensor {
    /// Each channel normalised over the whole batch, then scaled and shifted:
    /// `y = scale (x - mean) / sqrt(variance + epsilon) + shift`; and the mean and the variance
    /// (divided by the count), `[C]` each, without a history. The gradient goes through both.
    ///
    /// # Shapes
    /// `[B, C]`, or `[B, C, ...]` with places after the channel; `scale` and `shift` are `[C]`.
    /// The result has the shape of the batch.
    ///
    /// ```
    /// use tensor::{Tensor, assert_close};
    ///
    /// let x = Tensor::from([[1.0], [3.0]]); // [B=2, C=1]
    /// let (y, [mean, variance]) = x.batch_norm(&Tensor::ones(&[1]), &Tensor::zeros(&[1]), 0.0);
    /// assert_close!(y, [[-1.0], [1.0]], 1e-6);
    /// assert_eq!((mean.item(), variance.item()), (2.0, 1.0));
    /// ```
    ///
    /// # Panics
    /// If there are fewer than two axes, no numbers, or `scale` and `shift` are not `[C]`.
    ///
    /// Source: S. Ioffe, C. Szegedy, "Batch normalization", ICML (2015), algorithm 1 and the
    /// gradients below it.
    #[track_caller]
    pub fn batch_norm(
        &self,
        scale: &Tensor,
        shift: &Tensor,
        epsilon: f32,
    ) -> (Tensor, [Tensor; 2]) {
        let channels = check(self, scale, shift);
        let (x, gain) = (self.detach(), scale.detach());
        let of = norm::statistics(&x.row_major(), channels, epsilon);
        let y =
            norm::normalise(&x.row_major(), channels, &of, &scale.row_major(), &shift.row_major());
        let y = Tensor::from_vec(y, self.shape());
        let measured =
            [&of.mean, &of.variance].map(|m| Tensor::from_vec(m.clone(), &[channels.count]));

        // All three gradients need these sums, whichever is asked for first calculates them.
        let once = Arc::new(OnceLock::new());
        let of = Arc::new(of);
        let sums = {
            let (x, of) = (x.clone(), of.clone());
            move |g: &Tensor| {
                let calculate = || norm::sums(&x.row_major(), &g.row_major(), channels, &of);
                once.get_or_init(calculate).clone()
            }
        };
        let (by_scale, by_shift) = (sums.clone(), sums.clone());
        let vector = move |sum: &[f32]| Tensor::from_vec(sum.to_vec(), &[channels.count]);
        let edges = [
            self.edge(move |g| {
                let (sums, gain) = (sums(g), gain.row_major());
                let (x_numbers, g_numbers) = (x.row_major(), g.row_major());
                let dx = norm::gradient(&x_numbers, &g_numbers, channels, &of, &gain, &sums);
                Tensor::from_vec(dx, x.shape())
            }),
            scale.edge(move |g| vector(&by_scale(g)[0])),
            shift.edge(move |g| vector(&by_shift(g)[1])),
        ];
        (Tensor::record("batch_norm", y, edges), measured)
    }
}

/// The channels of a batch, or a panic that says what does not fit.
#[track_caller]
fn check(x: &Tensor, scale: &Tensor, shift: &Tensor) -> Channels {
    must!(
        x.rank() >= 2 && !x.is_empty(),
        "batch_norm: expected a batch [B, C] or [B, C, ...], got {:?}",
        x.shape()
    );
    let count = x.shape()[1];
    must!(
        scale.shape() == [count] && shift.shape() == [count],
        "batch_norm: expected a scale and a shift of shape [{count}] for {:?}, got {:?} and {:?}",
        x.shape(),
        scale.shape(),
        shift.shape()
    );
    Channels { count, places: x.shape()[2..].iter().product() }
}
