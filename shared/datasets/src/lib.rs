//! The course's data, read with care.
//!
//! Every lesson starts from one of these functions:
//!
//! | function | what | where |
//! |---|---|---|
//! | [`iris`], [`penguins`], [`diabetes`], [`wine`], [`breast_cancer`] | tables | `data/`, committed |
//! | [`digits8`], [`mnist10k`], [`fashion10k`], [`fashion_test`] | grey pictures with labels | `data/`, committed |
//! | [`mnist_train`], [`mnist_test`], [`fashion_train`], [`insurance`] | the full public sets | `data/cache/`, by `cargo run -- data get NAME` |
//!
//! ```
//! let iris = datasets::iris()?;
//! assert_eq!(iris.rows(), 150);
//! let petals = iris.matrix(&["petal_length", "petal_width"])?; // [150, 2], centimetres
//! assert_eq!(petals[[0, 0]], 1.4);
//! let (species, names) = iris.classes("species")?;
//! assert_eq!((species[0], names[0].as_str()), (0, "setosa"));
//! # Ok::<(), datasets::DataError>(())
//! ```
//!
//! Three rules hold for all of them:
//!
//! 1. **A file is used only if its bytes are the expected ones.** `data/checksums.toml` pins
//!    the sha256 of each committed file and `data/manifest.toml` that of each download; both
//!    are checked on every load.
//! 2. **A header is a claim, not a fact.** A reader takes no size from a file before it has
//!    compared it with the bytes that are there; what is cut off and what is left over are errors.
//! 3. **An error says what to do.** It names the file and the place in it, what was expected,
//!    what was found, and the next command.
//!
//! Modules in reading order: [`idx`] (the format of MNIST), [`cifar`] (that of CIFAR-10),
//! [`table`] (CSV), [`images`], [`manifest`], [`store`] (where files lie and how they are
//! checked), [`gzip`], [`archive`] (tar), [`error`].
//!
//! Pictures in PNG and JPEG are read by the crate `pictures`.
//!
//! Dimension key: `N` pictures or rows, `H` height, `W` width, `C` colour channels.

pub mod archive;
pub mod cifar;
pub mod error;
pub mod gzip;
pub mod idx;
pub mod images;
pub mod manifest;
pub mod store;
pub mod table;

mod sets;

pub use error::{At, DataError, Result};
pub use images::Images;
pub use manifest::Manifest;
pub use sets::{
    breast_cancer, diabetes, digits8, fashion_test, fashion_train, fashion10k, fetched, insurance,
    iris, mnist_test, mnist_train, mnist10k, penguins, wine,
};
pub use store::{cache_dir, data_dir, mirror_dir, workspace_dir};
pub use table::{Column, Table, Values};
