//! XOR by two hidden ReLU units with weights chosen by hand (page *A layer is a matrix*).

use tensor::Tensor;

use crate::activation::Activation;
use crate::dense::Dense;
use crate::mlp::Mlp;

/// h₁ = max(0, x₁ + x₂) counts the inputs that are on, h₂ = max(0, x₁ + x₂ − 1) those
/// beyond the first, and h₁ − 2 h₂ is 1 for exactly one.
pub fn xor_by_hand() -> Mlp {
    let hidden = Dense {
        weights: Tensor::from([[1.0, 1.0], [1.0, 1.0]]), // [D=2, H=2]
        bias: Tensor::from([0.0, -1.0]),                 // [H=2]
        activation: Activation::Relu,
    };
    let output = Dense {
        weights: Tensor::from([[1.0], [-2.0]]), // [H=2, 1]
        bias: Tensor::from([0.0]),              // [1]
        activation: Activation::Identity,
    };
    Mlp {
        layers: vec![hidden, output],
    }
}

/// The four points, `[4, 2]`, and the class of each.
pub fn xor_table() -> (Tensor, Vec<usize>) {
    let x = Tensor::from([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
    (x, vec![0, 1, 1, 0])
}
