//! The tape: its promises, what it costs in memory, and batched products.
//!
//! A binary of its own, because it counts: every byte that is allocated, and every node.
#![allow(clippy::unwrap_used)]

mod corners;
mod counting;
mod leaks;
mod mlp;
mod products;
mod promises;
mod records;
