//! Data, losses, metrics and the training loop, each by hand and by its laws.

mod data;
mod losses;
mod metrics;
mod properties;
mod ranking;
mod train;
