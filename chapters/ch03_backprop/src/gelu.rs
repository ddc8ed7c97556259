//! An operation of one's own (page *Add your own operation*).

use std::f32::consts::{FRAC_1_SQRT_2, PI};

use tensor::Tensor;

// ANCHOR: gelu
/// GELU: x Φ(x), where Φ is the distribution function of the standard normal.
///
/// Its slope: Φ(x) + x φ(x), where φ is the density, e^(−x²/2) / √(2π).
///
/// Source: D. Hendrycks, K. Gimpel, "Gaussian error linear units" (2016),
/// arXiv:1606.08415, section 2.
pub fn gelu(x: &Tensor) -> Tensor {
    let at = x.detach();
    let phi = each(&at, |x| 0.5 * libm::erfcf(-x * FRAC_1_SQRT_2)); // Φ(x)
    let value = &at * &phi;
    let pullback = move |g: &Tensor| {
        let density = (-0.5 * at.square()).exp() / (2.0 * PI).sqrt(); // φ(x)
        g * (phi + at * density)
    };
    Tensor::record("gelu", value, [x.edge(pullback)])
}
// ANCHOR_END: gelu

/// `f` of each number, without a history.
fn each(x: &Tensor, f: impl Fn(f32) -> f32) -> Tensor {
    Tensor::from_vec(x.to_vec().into_iter().map(f).collect(), x.shape())
}

/// The same from operations that the engine has: tanh's approximation of Φ.
///
/// Source: as [`gelu`], section 2: 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))).
pub fn gelu_composed(x: &Tensor) -> Tensor {
    let inner = (2.0 / PI).sqrt() * (x + 0.044_715 * x.powi(3));
    0.5 * x * (1.0 + inner.tanh())
}
