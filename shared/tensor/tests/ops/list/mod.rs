//! The one list of all differentiable operations.
//!
//! An entry is all that a new operation needs: a result worked out by hand, a random call with
//! its counterpart in burn, a law, and the names of its ONNX tests.

mod functions;
mod index;
mod layout;
mod operators;
mod pairs;
mod pictures;
mod reduce;
mod scores;

use crate::op::Op;

/// Every differentiable operation.
pub(crate) fn all() -> Vec<Op> {
    [
        operators::ops(),
        functions::ops(),
        pairs::ops(),
        layout::ops(),
        index::ops(),
        reduce::ops(),
        scores::ops(),
        pictures::ops(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Functions that give a tensor and have no gradient, with the reason.
pub(crate) const FLAT: [(&str, &str); 24] = [
    ("sign", "flat"),
    ("gt", "flat"),
    ("ge", "flat"),
    ("lt", "flat"),
    ("le", "flat"),
    ("eq", "flat"),
    ("one_hot", "made of class numbers"),
    ("from_vec", "made of numbers"),
    ("from_array", "made of numbers"),
    ("scalar", "made of numbers"),
    ("zeros", "made of numbers"),
    ("ones", "made of numbers"),
    ("full", "made of numbers"),
    ("eye", "made of numbers"),
    ("arange", "made of numbers"),
    ("uniform_tensor", "drawn"),
    ("normal_tensor", "drawn"),
    ("require_grad", "starts a history"),
    ("detach", "ends a history"),
    ("record", "what operations are made of"),
    ("from", "another handle"),
    ("index", "a gradient"),
    ("get", "a gradient"),
    ("take", "a gradient"),
];
