//! burn's detector with the weights of the one from scratch.

use ::nn::layers as scratch;
use bridge::data;
use burn::module::{Param, RunningState};
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::{BatchNorm, BatchNormConfig, PaddingConfig2d};
use burn::prelude::*;
use ch07_yolo::model;

use super::{Block, Detector, Residual, Stage};

/// A window with the weights of one from scratch.
fn conv(from: &scratch::Conv2d, device: &Device) -> Conv2d {
    let [o, c, kh, kw] = from.weight.dims();
    let [p, q] = from.how.padding;
    let config = Conv2dConfig::new([c, o], [kh, kw])
        .with_stride(from.how.stride)
        .with_padding(PaddingConfig2d::Explicit(p, q, p, q))
        .with_bias(from.bias.is_some());
    let mut conv = config.init(device);
    conv.weight = Param::from_data(data(&from.weight), device);
    conv.bias = from
        .bias
        .as_ref()
        .map(|bias| Param::from_data(data(bias), device));
    conv
}

/// A normalisation with the numbers of one from scratch.
fn norm(from: &scratch::BatchNorm, device: &Device) -> BatchNorm {
    let mut norm = BatchNormConfig::new(from.scale.len()).init(device);
    norm.gamma = Param::from_data(data(&from.scale), device);
    norm.beta = Param::from_data(data(&from.shift), device);
    let [mean, variance] = from
        .running()
        .map(|of| RunningState::new(Tensor::from_data(data(&of), device)));
    (norm.running_mean, norm.running_var) = (mean, variance);
    norm
}

impl Detector {
    /// A net with the weights and running averages of one from scratch.
    pub fn with_weights_of(from: &model::Detector, device: &Device) -> Detector {
        let block = |from: &model::Block| Block {
            conv: conv(&from.conv, device),
            norm: norm(&from.norm, device),
        };
        let residual = |from: &model::Residual| Residual {
            thin: block(&from.thin),
            wide: block(&from.wide),
        };
        let stage = |from: &model::Stage| Stage {
            down: block(&from.down),
            blocks: from.blocks.iter().map(residual).collect(),
        };
        Detector {
            stages: from.stages.iter().map(stage).collect(),
            head: conv(&from.head, device),
        }
    }
}
