//! A trained detector in a file, with all that it takes to use it (page *Your own
//! pictures*).
//!
//! Weights alone are no detector. Which layers they belong to, the anchors, the names
//! behind the classes and the size of picture that the net has learnt from stand in the
//! file's header, as JSON.
//!
//! Dimension key: H, W rows and columns of a photo.

use std::ops::RangeInclusive;
use std::path::Path;

use ndarray::Array3;
use nn::checkpoint::{CheckpointError, load_described, save_described};
use serde::{Deserialize, Serialize};
use tensor::Rng;

use crate::boxes::{BBox, Detection, Object};
use crate::decode::{Grid, Keep};
use crate::files::names::MAX_CLASSES;
use crate::files::{fitted, plain};
use crate::model::Detector;
use crate::set::Example;

/// The largest net that is built because a file says so: stages, channels and blocks of a
/// stage, anchors, and pixels a side of a picture. Chosen by us, well above this lesson's.
const MOST_STAGES: usize = 6;
const MOST_CHANNELS: usize = 512;
const MOST_BLOCKS: usize = 8;
const MOST_ANCHORS: usize = 32;
const MOST_PIXELS: usize = 2048;

/// A detector that has learnt something.
#[derive(Clone)]
pub struct Trained {
    /// The net.
    pub net: Detector,
    /// The names of the classes, in the order of their numbers.
    pub classes: Vec<String>,
    /// Columns and rows of the pictures that it has learnt from.
    pub size: [usize; 2],
}

// ANCHOR: about
/// What the header of the file says.
#[derive(Serialize, Deserialize)]
struct About {
    /// Channels and residual blocks of each stage.
    stages: Vec<(usize, usize)>,
    /// Width and height of each anchor, in pixels.
    anchors: Vec<[f32; 2]>,
    classes: Vec<String>,
    /// Columns and rows.
    size: [usize; 2],
}
// ANCHOR_END: about

impl About {
    /// A net of this kind, not trained.
    ///
    /// # Errors
    /// If no net can be made like that, or only one that is too large.
    fn build(&self) -> Result<Detector, String> {
        let About {
            stages,
            anchors,
            classes,
            size,
        } = self;
        let range = |what: &str, n: usize, of: RangeInclusive<usize>| {
            let (least, most) = (of.start(), of.end());
            match of.contains(&n) {
                true => Ok(()),
                false => Err(format!("{what}: expected {least} to {most}, found {n}")),
            }
        };
        range("stages", stages.len(), 1..=MOST_STAGES)?;
        for &(channels, blocks) in stages {
            range("channels", channels, 2..=MOST_CHANNELS)?;
            range("blocks", blocks, 0..=MOST_BLOCKS)?;
        }
        range("anchors", anchors.len(), 1..=MOST_ANCHORS)?;
        let most = MOST_PIXELS as f32;
        if !anchors.iter().flatten().all(|&a| 0.0 < a && a <= most) {
            return Err(format!("anchors: expected 0 to {most} pixels a side"));
        }
        range("classes", classes.len(), 1..=MAX_CLASSES)?;
        let stride = 1 << stages.len();
        for side in size {
            range("pixels a side", *side, 1..=MOST_PIXELS)?;
            if !side.is_multiple_of(stride) {
                return Err(format!(
                    "pixels a side: expected a multiple of {stride}, found {side}"
                ));
            }
        }
        let grid = Grid {
            stride,
            anchors: anchors.clone(),
            classes: classes.len(),
        };
        Ok(Detector::new(stages, grid, &mut Rng::new(0)))
    }
}

impl Trained {
    /// What the header of its file is to say.
    fn about(&self) -> About {
        let stages = self.net.stages.iter().map(|stage| {
            let channels = stage.down.conv.weight.shape()[0]; // [O, C, 3, 3]
            (channels, stage.blocks.len())
        });
        About {
            stages: stages.collect(),
            anchors: self.net.grid.anchors.clone(),
            classes: self.classes.clone(),
            size: self.size,
        }
    }

    /// Keeps it in a file.
    ///
    /// # Errors
    /// If the file cannot be written; the file that was there before is then kept.
    pub fn save(&self, file: &Path) -> Result<(), CheckpointError> {
        let about = serde_json::to_string(&self.about());
        let about = about.expect("words and finite numbers are JSON");
        save_described(&self.net, &about, file)
    }

    /// The detector in a file of [`Trained::save`].
    ///
    /// # Errors
    /// If the file is missing or damaged, or holds something else.
    pub fn load(file: &Path) -> Result<Trained, CheckpointError> {
        let mut about = None;
        let net = load_described(file, |words| {
            let said: About = serde_json::from_str(words)
                .map_err(|error| format!("its header: {error}"))?;
            let net = said.build()?;
            about = Some(said);
            Ok(net)
        })?;
        let About { classes, size, .. } = about.expect("the net was built from it");
        // The file may be somebody else's, and names are shown on a terminal.
        let classes = classes.iter().map(|name| plain(name)).collect();
        Ok(Trained { net, classes, size })
    }

    /// What it finds in a photo `[H, W, 3]` of any size, in pixels of the photo; highest
    /// score first. The photo is laid on a canvas of the size that the net knows.
    ///
    /// # Panics
    /// If the photo has no pixels.
    pub fn find(&self, photo: &Array3<u8>, keep: Keep) -> Vec<Detection> {
        let (h, w, _) = photo.dim();
        let sides = [w as f32, h as f32];
        let whole = BBox::new(0.0, 0.0, sides[0], sides[1]);
        let example = Example {
            name: String::new(),
            picture: photo.clone(),
            objects: vec![Object {
                bbox: whole,
                class: 0,
            }],
        };
        let canvas = fitted(&example, self.size);
        let place = canvas.objects[0].bbox; // where the whole photo lies on it
        let zoom = [0, 1].map(|axis| sides[axis] / place.size()[axis]);
        let back = |bbox: BBox| {
            let bbox = bbox.moved([-place.x0, -place.y0]);
            bbox.scaled(zoom).clipped(sides)
        };
        let found = self
            .net
            .detect([&canvas.picture], keep)
            .into_iter()
            .flatten();
        let found = found.map(|one| Detection {
            bbox: back(one.bbox),
            ..one
        });
        found.filter(|one| one.bbox.area() > 0.0).collect()
    }
}
