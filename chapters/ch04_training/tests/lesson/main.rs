//! What the lesson claims, a file for each part.

mod adaptive;
mod batches;
pub mod burn;
mod cures;
mod errors;
mod grid;
mod init;
mod measures;
mod norm;
mod project;
mod rates;
mod ravine;
mod search;
mod variance;
mod views;
