//! The detector of lesson 7 in burn: the same names in the same order as `src/model.rs`,
//! `src/decode.rs`, `src/loss.rs` and `src/train.rs`. Which cells answer for which objects
//! (`src/target.rs`), and what is kept of the answer, is plain Rust and shared.
//!
//! `cargo run -p ch07_yolo --example concise -- --device cpu`
//!
//! Dimension key: B batch, C channels, H, W rows and columns of a picture, S rows or columns
//! of the grid, A anchors, K classes, R rows: one for each anchor of each cell of each
//! picture; P of them that answer for an object.

pub mod loss;
pub mod train;
mod weights;

use std::process::ExitCode;

use burn::nn::BatchNorm;
use burn::nn::conv::Conv2d;
use burn::prelude::*;
use burn::tensor::activation::leaky_relu;
use ch07_yolo::model::LEAK;
use clap::{Arg, value_parser};

// ANCHOR: model
/// Convolution, batch normalisation, leaky ReLU.
#[derive(Module, Debug)]
pub struct Block {
    /// The windows, without a bias.
    pub conv: Conv2d,
    /// The normalisation of each map.
    pub norm: BatchNorm,
}

impl Block {
    /// `[B, C, H, W] -> [B, O, H', W']`.
    pub fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        leaky_relu(self.norm.forward(self.conv.forward(x)), LEAK.into())
    }
}

/// Half the maps, all of them again, and the result added to what came in.
#[derive(Module, Debug)]
pub struct Residual {
    /// One by one, to half the channels.
    pub thin: Block,
    /// Three by three, back to all of them.
    pub wide: Block,
}

impl Residual {
    /// `[B, C, H, W] -> [B, C, H, W]`.
    pub fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        x.clone() + self.wide.forward(self.thin.forward(x))
    }
}

/// Half as large, then residual blocks.
#[derive(Module, Debug)]
pub struct Stage {
    /// Three by three with a stride of 2.
    pub down: Block,
    /// Blocks that keep the size.
    pub blocks: Vec<Residual>,
}

/// The lesson's detector.
#[derive(Module, Debug)]
pub struct Detector {
    /// The backbone.
    pub stages: Vec<Stage>,
    /// One by one: A·(5 + K) numbers for each cell.
    pub head: Conv2d,
}

impl Detector {
    /// `[B, 3, H, W]`, values 0 to 1, to `[B, A·(5 + K), S, S]`.
    pub fn forward(&self, mut x: Tensor<4>) -> Tensor<4> {
        for Stage { down, blocks } in &self.stages {
            x = down.forward(x); // [B, O, H/2, W/2]
            x = blocks.iter().fold(x, |x, block| block.forward(x));
        }
        self.head.forward(x) // [B, A·(5+K), S, S]
    }
}
// ANCHOR_END: model

/// A flag with a whole number.
fn number(name: &'static str, usual: &'static str, help: &'static str) -> Arg {
    let range = value_parser!(u16).range(1..);
    Arg::new(name)
        .long(name)
        .value_parser(range)
        .default_value(usual)
        .help(help)
}

fn main() -> ExitCode {
    let about = "The detector of lesson 7 in burn, from the same weights";
    let flags = [
        number("epochs", "3", "Passes over the training scenes"),
        number("scenes", "160", "Scenes to learn from, 16 or more"),
    ];
    bridge::main(about, flags, |device, flags| {
        let [epochs, scenes] = ["epochs", "scenes"].map(|name| {
            let number = flags.get_one::<u16>(name).copied();
            usize::from(number.unwrap_or(16))
        });
        train::report(device, epochs, scenes)
    })
}
