//! What lessons build nets from and train them with: layers, first weights, losses,
//! optimisers, schedules, metrics, a training loop and checkpoints.
//!
//! Dimension key: N rows (examples), B batch, D columns (inputs), K classes.
//!
//! ```
//! use nn::data::{Labelled, stratified_split, two_moons};
//! use nn::metrics::accuracy;
//! use nn::optim::{Adam, Optimizer};
//! use nn::{Mlp, Net, Pass};
//! use tensor::{Rng, no_grad};
//!
//! let mut rng = Rng::new(1);
//! let (x, classes) = two_moons(60, 0.1, &mut rng);
//! let all = Labelled::new(x, classes); // [120, 2]
//! let (training, held_out) = stratified_split(&all.classes, 1.0 / 3.0, &mut rng);
//! let (training, held_out) = (all.pick(&training), all.pick(&held_out));
//!
//! let mut net = Mlp::new(&[2, 16, 2], &mut rng);
//! let mut optimizer = Optimizer::new(Adam::default());
//! for _ in 0..200 {
//!     let logits = net.forward(&training.x, &mut Pass::Train(&mut rng)); // [80, 2]
//!     let gradients = logits.cross_entropy(&training.classes).backward();
//!     optimizer.step(&mut net, &gradients, 0.02);
//! }
//! let logits = no_grad(|| net.forward(&held_out.x, &mut Pass::Use)); // [40, 2]
//! assert!(accuracy(&logits, &held_out.classes) > 0.9);
//! ```
//!
//! # In reading order
//!
//! 1. [`module`]: what has parameters, and how all of them are reached by name.
//! 2. [`init`]: how weights start; [`layers`] and [`mlp`]: what is built from them.
//! 3. [`loss`]: what they are to make small, where the core has no such loss.
//! 4. [`optim`]: what to do with a gradient; [`schedule`] and [`clip`]: how far.
//! 5. [`train`]: the loop around them; [`classify`]: its commonest task.
//! 6. [`checkpoint`]: a training, or a finished net, in a file.
//! 7. [`data`] and [`metrics`]: rows made ready, and answers counted.

pub mod checkpoint;
pub mod classify;
pub mod clip;
pub mod data;
pub mod init;
pub mod layers;
pub mod loss;
pub mod metrics;
pub mod mlp;
pub mod module;
pub mod optim;
pub mod schedule;
pub mod train;

pub use init::Init;
pub use mlp::{Activation, Mlp};
pub use module::{Module, Net, Pass, Role, Visitor};
pub use schedule::Schedule;
