//! The results of a walk, cut into parcels that threads take one after the other.

use super::geometry::Geometry;
use super::plan::Unwritten;
use crate::kernels::fresh::written;
use crate::kernels::threads::{MULTIPLY_ADDS, share, threads};

/// Parcels for each thread at least, where the work is worth it. Chosen by us.
const PARCELS: usize = 2;

/// A band of all output channels of a group in one example.
pub(super) struct Parcel<'a> {
    pub(super) group: usize,
    /// The number of the band.
    pub(super) band: usize,
    /// The channels that are read.
    pub(super) channels: &'a [f32],
    /// Where the results belong, channel by channel.
    pub(super) results: Vec<&'a mut Unwritten>,
}

/// How results are cut.
pub(super) struct Cut {
    /// Examples times groups, and the groups of each.
    pub(super) blocks: usize,
    pub(super) groups: usize,
    /// Numbers of a block that are read.
    pub(super) source: usize,
    /// Channels of a block that are written, and the numbers of each.
    pub(super) outputs: usize,
    pub(super) target: usize,
    /// Numbers of a channel in a band, whole rows.
    pub(super) band: usize,
    /// Multiply-adds of a block.
    pub(super) work: usize,
}

impl Cut {
    /// Bands of a block that keep all threads busy, where the work is worth it.
    pub(super) fn busy(geometry: &Geometry, work: usize) -> usize {
        let blocks = geometry.examples * geometry.how.groups;
        (PARCELS * threads()).div_ceil(blocks.max(1)).min(work / MULTIPLY_ADDS).max(1)
    }

    /// All results, in row-major order.
    ///
    /// # Safety
    /// `write` must write all results of its parcel.
    #[expect(unsafe_code, reason = "see kernels::fresh")]
    pub(super) unsafe fn results(&self, x: &[f32], write: impl Fn(Parcel) + Sync) -> Vec<f32> {
        let bands = self.target.div_ceil(self.band.max(1));
        let handful = (MULTIPLY_ADDS / (self.work / bands.max(1)).max(1)).max(1);
        let all = |results: &mut Unwritten| {
            let blocks = results.chunks_exact_mut(self.outputs * self.target);
            let pairs = x.chunks_exact(self.source).zip(blocks).enumerate();
            let parcels = pairs.flat_map(|(block, (channels, results))| {
                let mut of_bands: Vec<Vec<&mut Unwritten>> = Vec::new();
                of_bands.resize_with(bands, || Vec::with_capacity(self.outputs));
                for channel in results.chunks_exact_mut(self.target) {
                    let parts = of_bands.iter_mut().zip(channel.chunks_mut(self.band));
                    parts.for_each(|(band, part)| band.push(part));
                }
                let group = block % self.groups;
                let parcel = move |(band, results)| Parcel { group, band, channels, results };
                of_bands.into_iter().enumerate().map(parcel)
            });
            share(parcels.collect(), handful, write);
        };
        // SAFETY: the parcels have all results between them, and the caller promises that each
        // one's are written.
        unsafe { written(self.blocks * self.outputs * self.target, all) }
    }
}
