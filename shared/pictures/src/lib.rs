//! Pictures from files: your own photo, or a folder with one sub-folder a class.
//!
//! ```text
//! pets/cat/0001.jpg   pets/cat/0002.jpg   pets/dog/0001.jpg
//! ```
//!
//! is two classes, `cat` and `dog`, of three pictures together. Classes and files are taken
//! in alphabetical order, so the same folder always gives the same set.
//!
//! | function | what |
//! |---|---|
//! | [`picture`], [`decode()`] | one PNG or JPEG |
//! | [`photo`], [`photo_whole`] | a photo that comes with the course |
//! | [`image_folder`], [`archived_folder`] | a set, one sub-folder a class |
//! | [`cifar10()`] | CIFAR-10, once `cargo run -- data get cifar10` has fetched it |
//! | [`digit::read`] | your own handwritten digit, made what MNIST's are |
//!
//! This is a crate of its own because the decoders of PNG and JPEG take longer to build than
//! all other loaders together, and the first lessons do not need them.
//!
//! Dimension key: `N` pictures, `H` height, `W` width; 3 is red, green, blue.

pub mod cifar10;
pub mod digit;

mod decode;
mod folder;
mod photo;
mod set;

pub use cifar10::{Part, cifar10};
pub use datasets::{DataError, Result};
pub use decode::{decode, picture};
pub use digit::Steps;
pub use folder::{archived_folder, image_folder};
pub use photo::{PHOTOS, WHOLE_PHOTOS, photo, photo_whole};
pub use set::Pictures;
