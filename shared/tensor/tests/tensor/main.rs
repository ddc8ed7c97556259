//! What the tensor crate promises, as tests; one file a promise.
#![allow(clippy::unwrap_used)]

mod memory;
mod messages;
mod panics;
mod properties;
mod random;
mod sums;
mod values;
