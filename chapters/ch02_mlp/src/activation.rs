//! Activations: what a unit makes of its score, and the slope of that (page
//! *Why bend at all*).
//!
//! Each is applied to every number of a tensor alone, so the shape stays.

use std::f32::consts::{FRAC_1_SQRT_2, PI};

use tensor::Tensor;

// ANCHOR: activation
/// What a unit says when its score is z.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Activation {
    /// z itself. For scores that go into a loss.
    Identity,
    /// max(0, z). Source: Nair and Hinton (2010).
    Relu,
    /// z above 0, and z times this slope below. Source: Maas and others (2013), with 0.01.
    LeakyRelu(f32),
    /// 1 / (1 + e^−z), between 0 and 1.
    Sigmoid,
    /// (e^z − e^−z) / (e^z + e^−z), between −1 and 1.
    Tanh,
    /// z Φ(z), with Φ the share of a normal distribution that lies below z.
    /// Source: Hendrycks and Gimpel (2016).
    Gelu,
}
// ANCHOR_END: activation

impl Activation {
    // ANCHOR: apply
    /// a = φ(z), number by number: any shape to the same shape.
    pub fn apply(self, z: &Tensor) -> Tensor {
        match self {
            Activation::Identity => z.clone(),
            Activation::Relu => z.relu(),
            Activation::LeakyRelu(slope) => each(z, |z| z * one_above(z, slope)),
            Activation::Sigmoid => z.sigmoid(),
            Activation::Tanh => z.tanh(),
            Activation::Gelu => each(z, |z| z * normal_share(z)),
        }
    }
    // ANCHOR_END: apply

    // ANCHOR: derivative
    /// φ′(z), number by number: any shape to the same shape. At the corner of the two
    /// rectifiers it is the slope on the left.
    pub fn derivative(self, z: &Tensor) -> Tensor {
        match self {
            Activation::Identity => Tensor::ones(z.shape()),
            Activation::Relu => each(z, |z| one_above(z, 0.0)),
            Activation::LeakyRelu(slope) => each(z, |z| one_above(z, slope)),
            Activation::Sigmoid => {
                let a = z.sigmoid();
                &a * (1.0 - &a)
            }
            Activation::Tanh => 1.0 - z.tanh().square(),
            Activation::Gelu => each(z, |z| normal_share(z) + z * normal_density(z)),
        }
    }
    // ANCHOR_END: derivative

    /// Its name on pages and axes.
    pub fn name(self) -> &'static str {
        match self {
            Activation::Identity => "identity",
            Activation::Relu => "ReLU",
            Activation::LeakyRelu(_) => "leaky ReLU",
            Activation::Sigmoid => "sigmoid",
            Activation::Tanh => "tanh",
            Activation::Gelu => "GELU",
        }
    }
}

/// A function of each number alone.
fn each(z: &Tensor, function: impl Fn(f32) -> f32) -> Tensor {
    Tensor::from_vec(z.to_vec().into_iter().map(function).collect(), z.shape())
}

/// 1 above 0, and `below` elsewhere. NaN stays NaN: a broken score should stay visible.
fn one_above(z: f32, below: f32) -> f32 {
    match z {
        z if z.is_nan() => z,
        z if z > 0.0 => 1.0,
        _ => below,
    }
}

/// Φ(z) = ½ (1 + erf(z / √2)), as ½ erfc(−z / √2): the sum would lose every digit where
/// erf is close to −1.
fn normal_share(z: f32) -> f32 {
    0.5 * libm::erfcf(-z * FRAC_1_SQRT_2)
}

/// Φ′(z) = e^(−z²/2) / √(2π).
fn normal_density(z: f32) -> f32 {
    (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}
