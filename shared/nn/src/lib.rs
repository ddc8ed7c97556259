//! What several lessons share: data made ready for a net, and how its answers are counted.
//!
//! Dimension key: N rows (examples), D columns (inputs), K classes.
//!
//! ```
//! use nn::data::{Labelled, Standardiser, stratified_split, two_moons};
//! use nn::metrics::accuracy;
//! use tensor::{Rng, Tensor};
//!
//! let mut rng = Rng::new(1);
//! let (x, classes) = two_moons(30, 0.1, &mut rng);
//! let all = Labelled::new(x, classes); // [60, 2]
//! let (training, held_out) = stratified_split(&all.classes, 1.0 / 3.0, &mut rng);
//! let (training, held_out) = (all.pick(&training), all.pick(&held_out));
//! assert_eq!((training.len(), held_out.len()), (40, 20));
//!
//! // The held-out rows are put on the scale of the training rows.
//! let scale = Standardiser::fit(&training.x);
//! let x = scale.apply(&held_out.x); // [20, 2]
//!
//! // One score a class from the height alone: low (class 0), high (class 1).
//! let height = x.slice(1, 1..2); // [20, 1]
//! let scores = Tensor::concat(1, &[-&height, height]); // [20, 2]
//! assert!(accuracy(&scores, &held_out.classes) > 0.5);
//! ```

pub mod data;
pub mod metrics;
