//! Lesson 4, making it learn well: optimisers, schedules, first weights, regularisation,
//! honest measurement, and a classifier of clothes.
//!
//! Dimension key: N examples, B batch, D inputs, H hidden units, K classes; `l` is a
//! layer; weights are `[in, out]`.
//!
//! Run it: `cargo run -p ch04_training`. The table at the end holds `clothes_accuracy`,
//! above 84 %, and `resume_identical`, which is 1; the paths of the figures follow. With
//! all 60,000 clothes, `--full`, the accuracy is above 88 %. What lessons share has moved
//! out to the crate `nn`; this one runs it, measures it, and looks at what comes out.
//!
//! ```
//! use ch04_training::mistakes::mistakes;
//! use ch04_training::noise::flip;
//! use tensor::{Rng, Tensor};
//!
//! // A net's scores for three pictures of class 0: one right, two wrong.
//! let logits = Tensor::from([[3.0, 1.0], [0.0, 4.0], [0.5, 1.0]]); // [N, K]
//! let wrong = mistakes(&logits, &[0, 0, 0]);
//! assert_eq!(wrong[0].row, 1); // the worst comes first
//! assert!(wrong[0].loss > 4.0 && wrong[1].loss < 1.0);
//!
//! // A third of the labels made wrong, so that one can see what they do.
//! assert_eq!(flip(&[0, 0, 0], 2, 1.0 / 3.0, &mut Rng::new(1)).iter().sum::<usize>(), 1);
//! ```
//!
//! Sources: D. P. Kingma and J. Ba (2015) for Adam, X. Glorot and Y. Bengio (2010) and
//! K. He and others (2015) for first weights, S. Ioffe and C. Szegedy (2015) for batch
//! normalisation, N. Srivastava and others (2014) for dropout, L. van der Maaten and
//! G. Hinton (2008) for [`tsne`]; H. Xiao, K. Rasul and R. Vollgraf (2017) for the clothes.
//! Each item names its own, the lesson's last page has them in full.
//!
//! In reading order: [`clothes`]; [`batches`]; [`ravine`] and [`walk`]; [`adaptive`] and
//! [`race`]; [`range_test`], [`schedules`] and [`trial`]; [`contest`]; [`signals`];
//! [`norms`]; [`diagnosis`]; [`penalty`], [`augment`] and [`cures`]; [`search`] and
//! [`student`]; [`tumours`]; [`mistakes`], with [`by_eye`], [`noise`] and [`world`];
//! [`pca`] and [`tsne`]; [`project`]. What the run does with them is in `sections/`, what
//! it draws in `figures/`, under the same names.

pub mod clothes;

pub mod batches;

pub mod ravine;
pub mod walk;

pub mod adaptive;
pub mod race;

pub mod range_test;
pub mod schedules;
pub mod trial;

pub mod contest;

pub mod signals;

pub mod norms;

pub mod diagnosis;

pub mod augment;
pub mod cures;
pub mod penalty;

pub mod search;
pub mod student;

pub mod tumours;

pub mod by_eye;
pub mod mistakes;
pub mod noise;
pub mod world;

pub mod pca;
pub mod tsne;

pub mod project;

mod figures;
mod sections;

#[cfg(not(feature = "solutions"))]
pub mod exercises;
#[cfg(feature = "solutions")]
pub mod solutions;
#[cfg(feature = "solutions")]
pub mod wrong;

pub use sections::LESSON;
