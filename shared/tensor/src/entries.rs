//! The tape to look at, or to draw.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Tensor;
use crate::tape::Node;

/// One entry of the tape, to look at or to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number; inputs have lower ones than results.
    pub number: u64,
    /// The operation, or `parameter`.
    pub operation: &'static str,
    /// The shape of the result.
    pub shape: Vec<usize>,
    /// The numbers of those inputs through which a gradient flows.
    pub inputs: Vec<u64>,
}

impl Tensor {
    /// What the tape knows of this tensor, in the order of calculation; empty without a
    /// history.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// let x = Tensor::from([3.0]).require_grad();
    /// let operations: Vec<_> = (2.0 * &x).exp().tape().iter().map(|e| e.operation).collect();
    /// assert_eq!(operations, ["parameter", "mul", "exp"]);
    /// ```
    pub fn tape(&self) -> Vec<Entry> {
        let mut waiting: Vec<Arc<Node>> = self.node().cloned().into_iter().collect();
        let mut entries = BTreeMap::new();
        while let Some(node) = waiting.pop() {
            if entries.contains_key(&node.number) {
                continue;
            }
            let inputs = node.inputs();
            let entry = Entry {
                number: node.number,
                operation: node.operation,
                shape: node.shape.clone(),
                inputs: inputs.iter().map(|input| input.number).collect(),
            };
            entries.insert(node.number, entry);
            waiting.extend(inputs);
        }
        entries.into_values().collect()
    }
}
