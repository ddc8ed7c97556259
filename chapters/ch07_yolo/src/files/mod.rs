//! Labelled folders: VOC's XML and YOLO's text, read and written (page *Your own
//! pictures*).
//!
//! A folder is looked at first ([`Listing`]), then its pictures are paired with their
//! labels and read ([`read`]). What cannot be used is left out and told ([`Report`]):
//! nobody's folder is without mistakes, and one bad box should not cost a good picture.
//!
//! ```
//! use ch07_yolo::files::{Listing, read};
//!
//! let trees = datasets::data_dir().join("trees");
//! let folder = read(&Listing::of_folder(&trees)?, [400, 400])?;
//! assert_eq!(folder.set.classes, ["Alive", "Dead", "Tree"]);
//! assert_eq!(folder.report.boxes(), 98);
//! # anyhow::Ok(())
//! ```
//!
//! In reading order: [`Label`] and [`checked`], [`voc`], [`yolo`], [`names`],
//! [`Report`], [`Listing`], [`fitted`], [`read`].

mod fit;
mod folder;
mod label;
mod listing;
pub mod names;
mod pairs;
pub mod planted;
mod reader;
mod report;
pub mod voc;
pub mod yolo;

pub use fit::fitted;
pub use folder::{Folder, read, read_with};
pub use label::{Label, checked};
pub use listing::Listing;
pub use report::{Problem, Report};
pub(crate) use report::{plain, plain_place};
