//! A pullback with a mistake, planted on purpose (page *Trust, and check*).

use tensor::Tensor;

// ANCHOR: relu_wrong
/// ReLU with a mistake in its pullback.
pub fn relu_wrong(x: &Tensor) -> Tensor {
    let value = x.relu();
    Tensor::record("relu_wrong", value, [x.edge(|g| g.clone())])
}
// ANCHOR_END: relu_wrong
