//! What the list says of one operation.

use tensor::Tensor;

use crate::draw::Draw;
use crate::twin::Twin;

/// An operation on our tensors, with everything but the inputs settled.
pub(crate) type Ours = Box<dyn Fn(&[Tensor]) -> Tensor>;

/// The same operation in burn, on tensors of four axes; see [`crate::twin`].
pub(crate) type Theirs = Box<dyn Fn(&[Twin]) -> Twin>;

/// One differentiable operation, and what it is held against.
pub(crate) struct Op {
    /// The name of the method, or the one on the tape for operators.
    pub(crate) name: &'static str,
    /// Small numbers with their result, worked out on paper.
    pub(crate) hand: fn() -> Hand,
    /// A random call, for central differences and burn.
    pub(crate) draw: fn(&mut Draw) -> Case,
    /// Two ways to the same result.
    pub(crate) law: fn(&mut Draw) -> Law,
    /// The ONNX node tests that it has to pass, by their folder in `onnx`.
    pub(crate) onnx: &'static [&'static str],
}

/// A result worked out by hand.
pub(crate) struct Hand {
    pub(crate) inputs: Vec<Tensor>,
    pub(crate) ours: Ours,
    pub(crate) value: Tensor,
    /// The gradient of each input for the sum of the result times 1, 2, 3 ...
    pub(crate) gradients: Vec<Tensor>,
}

/// Inputs, and what to do with them.
pub(crate) struct Case {
    pub(crate) inputs: Vec<Tensor>,
    pub(crate) ours: Ours,
    /// `None` where burn has no counterpart.
    pub(crate) theirs: Option<Theirs>,
}

/// Two functions of the same inputs that must agree, and their gradients too.
pub(crate) struct Law {
    pub(crate) inputs: Vec<Tensor>,
    pub(crate) left: Ours,
    pub(crate) right: Ours,
}

/// A [`Hand`] from whatever makes tensors.
pub(crate) fn hand<const N: usize>(
    inputs: [Tensor; N],
    ours: impl Fn(&[Tensor]) -> Tensor + 'static,
    value: impl Into<Tensor>,
    gradients: [Tensor; N],
) -> Hand {
    Hand {
        inputs: inputs.to_vec(),
        ours: Box::new(ours),
        value: value.into(),
        gradients: gradients.to_vec(),
    }
}

/// A tensor of nested arrays.
pub(crate) fn t(values: impl Into<Tensor>) -> Tensor {
    values.into()
}

/// A [`Case`] with a counterpart in burn.
pub(crate) fn case<const N: usize>(
    inputs: [Tensor; N],
    ours: impl Fn(&[Tensor]) -> Tensor + 'static,
    theirs: impl Fn(&[Twin]) -> Twin + 'static,
) -> Case {
    Case { inputs: inputs.to_vec(), ours: Box::new(ours), theirs: Some(Box::new(theirs)) }
}

/// A [`Case`] without one.
pub(crate) fn lonely<const N: usize>(
    inputs: [Tensor; N],
    ours: impl Fn(&[Tensor]) -> Tensor + 'static,
) -> Case {
    Case { inputs: inputs.to_vec(), ours: Box::new(ours), theirs: None }
}

/// A [`Law`].
pub(crate) fn law<const N: usize>(
    inputs: [Tensor; N],
    left: impl Fn(&[Tensor]) -> Tensor + 'static,
    right: impl Fn(&[Tensor]) -> Tensor + 'static,
) -> Law {
    Law { inputs: inputs.to_vec(), left: Box::new(left), right: Box::new(right) }
}
