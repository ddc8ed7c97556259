//! Gradient clipping: a step that would be too long is shortened.

use tensor::{Gradients, Tensor};

use crate::{Module, Role};

/// The length of the gradient of the whole net: the root of the sum of the squares of all its
/// numbers.
pub fn gradient_norm(net: &impl Module, gradients: &Gradients) -> f32 {
    let parameters = net.parameters();
    let found = parameters
        .iter()
        .filter_map(|(_, parameter)| gradients.get(parameter));
    let squares = found.map(|g| f64::from(g.square().sum().item()));
    squares.sum::<f64>().sqrt() as f32
}

/// Scales all gradients by one factor so that their norm is at most `most`: the step keeps
/// its direction. Gives the norm before. A norm that is not finite is left alone: there is no
/// direction to keep.
///
/// Source: R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural
/// networks", ICML (2013), algorithm 1.
pub fn clip_norm(net: &mut impl Module, gradients: &mut Gradients, most: f32) -> f32 {
    let norm = gradient_norm(net, gradients);
    if norm > most && norm.is_finite() {
        // PyTorch's guard against a division by zero; the result is equal to its own.
        let factor = most / (norm + 1e-6);
        change(net, gradients, |g| g * factor);
    }
    norm
}

/// Pushes each number of the gradients into ±`most`. The step may change its direction.
pub fn clip_value(net: &mut impl Module, gradients: &mut Gradients, most: f32) {
    change(net, gradients, |g| g.clamp(-most, most));
}

/// Replaces each gradient.
fn change(net: &mut impl Module, gradients: &mut Gradients, act: impl Fn(&Tensor) -> Tensor) {
    net.each(|_, role, parameter| {
        if role == Role::Parameter
            && let Some(gradient) = gradients.take(parameter)
        {
            gradients.put(parameter, act(&gradient));
        }
    });
}
