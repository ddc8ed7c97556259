//! A small network, as a lesson would write it.

use tensor::{Gradients, Rng, Tensor, no_grad};

/// Weights `[in, out]` and biases `[out]` in turn.
pub(crate) struct Mlp {
    pub(crate) parameters: Vec<Tensor>,
}

impl Mlp {
    /// A network with layers of these widths.
    pub(crate) fn new(widths: &[usize]) -> Mlp {
        let mut rng = Rng::new(1);
        let mut parameters = Vec::new();
        for pair in widths.windows(2) {
            let deviation = (2.0 / pair[0] as f32).sqrt();
            parameters.push(rng.normal_tensor(pair, 0.0, deviation).require_grad());
            parameters.push(Tensor::zeros(&pair[1..]).require_grad());
        }
        Mlp { parameters }
    }

    /// Logits `[B, K]` of inputs `[B, D]`.
    pub(crate) fn forward(&self, x: &Tensor) -> Tensor {
        let last = self.parameters.len() / 2 - 1;
        let mut x = x.clone();
        for (layer, pair) in self.parameters.chunks(2).enumerate() {
            let z = x.matmul(&pair[0]) + &pair[1];
            x = if layer == last { z } else { z.relu() };
        }
        x
    }

    /// The gradients of the mean cross-entropy.
    pub(crate) fn gradients(&self, x: &Tensor, classes: &[usize]) -> Gradients {
        self.forward(x).cross_entropy(classes).backward()
    }

    /// One step of gradient descent. Each gradient is taken out, and freed once it is used.
    pub(crate) fn step(&mut self, x: &Tensor, classes: &[usize]) {
        let mut gradients = self.gradients(x, classes);
        no_grad(|| {
            for parameter in &mut self.parameters {
                let gradient = gradients.take(parameter).expect("the loss depends on it");
                *parameter = (&*parameter - 0.1 * gradient).require_grad();
            }
        });
    }
}
