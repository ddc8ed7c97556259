//! What the lesson claims, a file for each part.

mod bumps;
pub mod burn;
mod claims;
mod luck;
