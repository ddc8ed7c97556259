//! How weights start.
//!
//! Dimension key: I inputs of a layer (fan-in), O outputs (fan-out).

use tensor::{Rng, Tensor};

/// A rule for the first weights of a layer, `[in, out]`.
///
/// ```
/// use nn::Init;
/// use tensor::{Keep, Rng};
///
/// let weight = Init::He.draw(200, 300, &mut Rng::new(1)); // [200, 300]
/// let variance = weight.square().mean().item();
/// assert!((variance - 2.0 / 200.0).abs() < 0.0005);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Init {
    /// All zero. Every unit of a layer then gets the same gradient, for ever.
    Zeros,
    /// Normal with this standard deviation, whatever the size of the layer.
    Normal(f32),
    /// Normal with variance 2/(I + O): keeps the spread of signals forwards and of gradients
    /// backwards where the activation is close to x, as tanh is near 0.
    ///
    /// Source: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep
    /// feedforward neural networks", AISTATS (2010), equation 12.
    Xavier,
    /// Uniform in ±√(6/(I + O)), of the same variance as [`Init::Xavier`].
    ///
    /// Source: as there, equation 16.
    XavierUniform,
    /// Normal with variance 2/I: twice as much, since ReLU lets half of the signal through.
    ///
    /// Source: K. He et al., "Delving deep into rectifiers", ICCV (2015), equation 10.
    He,
    /// Uniform in ±√(6/I), of the same variance as [`Init::He`].
    HeUniform,
    /// Uniform in ±1/√I, a third of Xavier's variance where I = O: how PyTorch's `Linear`
    /// starts.
    TorchLinear,
}

impl Init {
    /// The first weights of a layer with `inputs` and `outputs`, `[in, out]`; not yet a
    /// parameter.
    pub fn draw(self, inputs: usize, outputs: usize, rng: &mut Rng) -> Tensor {
        self.draw_shape(&[inputs, outputs], inputs, outputs, rng)
    }

    // ANCHOR: draw
    /// The same for weights of any `shape`, where a unit has `fan_in` inputs and an input
    /// reaches `fan_out` units.
    pub fn draw_shape(
        self,
        shape: &[usize],
        fan_in: usize,
        fan_out: usize,
        rng: &mut Rng,
    ) -> Tensor {
        let (fan_in, fan_both) = (fan_in as f32, (fan_in + fan_out) as f32);
        let mut normal = |variance: f32| rng.normal_tensor(shape, 0.0, variance.sqrt());
        match self {
            Init::Zeros => Tensor::zeros(shape),
            Init::Normal(deviation) => normal(deviation * deviation),
            Init::Xavier => normal(2.0 / fan_both),
            Init::He => normal(2.0 / fan_in),
            Init::XavierUniform => uniform(shape, (6.0 / fan_both).sqrt(), rng),
            Init::HeUniform => uniform(shape, (6.0 / fan_in).sqrt(), rng),
            Init::TorchLinear => uniform(shape, (1.0 / fan_in).sqrt(), rng),
        }
    }
    // ANCHOR_END: draw
}

/// Uniform numbers from -bound to bound.
fn uniform(shape: &[usize], bound: f32, rng: &mut Rng) -> Tensor {
    rng.uniform_tensor(shape, -bound, bound)
}
