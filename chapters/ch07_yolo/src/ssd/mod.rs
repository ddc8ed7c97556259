//! SSD: default boxes on maps of many sizes (page *Boxes to start from*).
//!
//! A net makes maps of several sizes, and every place of every map has a few boxes of
//! its own, fixed before anything is learnt: the default boxes. The head says of each
//! which class it holds, or none, and how far the object is from it. In reading order:
//! [`defaults`], [`offsets`], [`matching`], [`loss`], [`head`].
//!
//! Dimension key: B batch, C channels, H, W rows and columns of a map, A boxes of a
//! place, N default boxes of all maps, K classes.
//!
//! Source: W. Liu et al., "SSD: single shot multibox detector", ECCV (2016), section 2.

pub mod defaults;
pub mod head;
pub mod loss;
pub mod matching;
pub mod offsets;

pub use defaults::{Map, default_boxes, paper_shapes, ssd300};
pub use head::{SsdHead, ssd_decode};
pub use loss::{SsdLoss, ssd_loss};
pub use matching::{SsdTarget, match_boxes, ssd_target};
pub use offsets::{decode, encode};
