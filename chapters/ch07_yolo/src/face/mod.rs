//! A published face detector from its own weights (page *A published detector*).
//!
//! In reading order: [`weights`], what is in the files; [`net`], the layers that they
//! belong to; [`mod@fit`], a photo made what the net takes; and here, from the net's
//! numbers to boxes.
//!
//! Dimension key: A = 5 anchors, S rows and columns of the grid, H, W of the photo.

pub mod fit;
pub mod net;
pub mod weights;

use anyhow::Context;
use datasets::store::committed;
use ndarray::Array3;
use tensor::Tensor;

use crate::boxes::{BBox, Detection};
use crate::suppress::nms;

use fit::{Shrink, fit};
use net::{CELL, FaceNet, OUTPUTS};
use weights::Weights;

/// The files, below `data/`.
const LIST: &str = "face_models/tiny_face_detector_model-weights_manifest.json";
const BYTES: &str = "face_models/tiny_face_detector_model.bin";

/// The one class that it knows.
pub const CLASSES: [&str; 1] = ["face"];

// ANCHOR: anchors
/// Width and height of the anchors, in cells of the grid.
/// Source: `@vladmandic/face-api` 1.7.15, `src/tinyFaceDetector/const.ts`.
pub const ANCHORS: [[f32; 2]; 5] = [
    [1.603231, 2.094468],
    [6.041143, 7.080126],
    [2.882459, 3.518061],
    [4.266906, 5.178857],
    [9.041765, 10.66308],
];
// ANCHOR_END: anchors

/// Two boxes that overlap by more than this are of one face; from the same file.
const SAME_FACE: f32 = 0.4;

/// The face detector: a net, and what its files do not say.
#[derive(Clone)]
pub struct FaceDetector {
    /// The net.
    pub net: FaceNet,
    /// Rows and columns of the net's picture, a multiple of 32. The package's own is
    /// 416.
    pub side: usize,
    /// How a photo is made smaller.
    pub shrink: Shrink,
    /// The least score of a box, 0 to 1. The package's own is 0.5.
    pub threshold: f32,
}

/// The weights that come with the course. `data/face_models/README.md` says whose they
/// are.
///
/// # Errors
/// If a file is missing, or is not the one whose sum is in `data/checksums.toml`.
pub fn published_weights() -> anyhow::Result<Weights> {
    let (list, bytes) = (committed(LIST)?, committed(BYTES)?);
    Weights::read(BYTES, &list, &bytes).with_context(|| format!("reading {LIST}"))
}

impl FaceDetector {
    /// The detector as the course runs it: every convolution of 3 × 3 sees a rim of
    /// zeros, so that each cell of the grid lies exactly over its 32 pixels, and no
    /// pixel of a photo is skipped. With both, the face of the photo `astronaut` gets
    /// the score 0.957 of an independent implementation.
    ///
    /// # Errors
    /// As [`published_weights`].
    pub fn load() -> anyhow::Result<FaceDetector> {
        FaceDetector::new(&published_weights()?, 1, Shrink::Means)
    }

    /// The detector as the package's own code runs it: no rim around the first
    /// convolution, and pixels skipped.
    ///
    /// # Errors
    /// As [`published_weights`].
    pub fn as_packaged() -> anyhow::Result<FaceDetector> {
        FaceDetector::new(&published_weights()?, 0, Shrink::Skips)
    }

    /// A detector with these weights, this rim around the picture and this way to
    /// shrink.
    ///
    /// # Errors
    /// If the weights are those of another net.
    pub fn new(
        weights: &Weights,
        padding: usize,
        shrink: Shrink,
    ) -> anyhow::Result<FaceDetector> {
        Ok(FaceDetector {
            net: FaceNet::new(&|name, shape| weights.get(name, shape), padding)?,
            side: 13 * CELL,
            shrink,
            threshold: 0.5,
        })
    }
}

// ANCHOR: detect
impl FaceDetector {
    /// The faces in a photo `[H, W, 3]` of any size, highest score first.
    pub fn detect(&self, photo: &Array3<u8>) -> Vec<Detection> {
        let (rows, columns, _) = photo.dim();
        self.boxes(&self.cells(photo), [columns, rows])
    }

    /// The boxes of the cells `[A, 5, S, S]`, in pixels of a photo of this size.
    pub fn boxes(&self, cells: &Tensor, photo: [usize; 2]) -> Vec<Detection> {
        let [_, _, s, _] = cells.dims();
        let [columns, rows] = photo.map(|pixels| pixels as f32);
        let cell = columns.max(rows) / s as f32; // its pixels of the photo
        let mut found = nms(&decode(cells, self.threshold), SAME_FACE);
        for each in &mut found {
            each.bbox = each.bbox.scaled([cell; 2]).clipped([columns, rows]);
        }
        found
    }

    /// What the net says of each anchor in each cell, `[A, 5, S, S]`.
    pub fn cells(&self, photo: &Array3<u8>) -> Tensor {
        let x = fit(photo, self.side, self.shrink); // [1, 3, 32 S, 32 S]
        let y = self.net.forward(&x); // [1, 25, S, S]
        let [_, _, s, _] = y.dims();
        y.reshape(&[ANCHORS.len(), OUTPUTS / ANCHORS.len(), s, s]) // [A, 5, S, S]
    }
}
// ANCHOR_END: detect

/// Boxes with a score above `threshold`, in cells of the grid, from `[A, 5, S, S]`:
/// x = j + σ(tₓ), y = i + σ(t_y), w = anchor · exp(t_w), h = anchor · exp(t_h),
/// score = σ(t_o).
///
/// Source: J. Redmon, A. Farhadi, "YOLO9000", CVPR (2017), section 2.
// ANCHOR: decode
pub fn decode(cells: &Tensor, threshold: f32) -> Vec<Detection> {
    let [_, _, s, _] = cells.dims();
    let said = cells.array();
    let sigmoid = |t: f32| 1.0 / (1.0 + (-t).exp());
    let mut found = Vec::new();
    for (a, [width, height]) in ANCHORS.into_iter().enumerate() {
        for (i, j) in (0..s * s).map(|n| (n / s, n % s)) {
            let [tx, ty, tw, th, to] = [0, 1, 2, 3, 4].map(|k| said[[a, k, i, j]]);
            let centre = [j as f32 + sigmoid(tx), i as f32 + sigmoid(ty)];
            let size = [width * tw.exp(), height * th.exp()];
            let score = sigmoid(to);
            if score > threshold {
                let bbox = BBox::centred(centre, size);
                found.push(Detection {
                    bbox,
                    class: 0,
                    score,
                });
            }
        }
    }
    found
}
// ANCHOR_END: decode
