//! What the run draws, a file a section.

pub(crate) mod anchors;
pub(crate) mod boxes;
pub(crate) mod folder;
pub(crate) mod heads;
pub(crate) mod image;
pub(crate) mod mistakes;
pub(crate) mod precision;
pub(crate) mod propose;
pub(crate) mod scenes;
pub(crate) mod suppress;
pub(crate) mod train;
pub(crate) mod v1;
pub(crate) mod windows;
