//! What has parameters: layers, and nets made of layers.
//!
//! Four things have to reach every parameter of a net: the optimiser that changes it, the
//! checkpoint that keeps it, the count on the last line of a table, and whoever looks at it
//! by name. A layer lists its tensors once, in [`Module::visit`], and gets all four.
//!
//! ```
//! use nn::layers::Linear;
//! use nn::{Module, Visitor};
//! use tensor::{Rng, Tensor};
//!
//! #[derive(Clone)]
//! struct TwoLayers {
//!     hidden: Linear,
//!     output: Linear,
//! }
//!
//! impl Module for TwoLayers {
//!     fn visit(&mut self, visitor: &mut Visitor) {
//!         visitor.part("hidden", &mut self.hidden);
//!         visitor.part("output", &mut self.output);
//!     }
//! }
//!
//! let mut rng = Rng::new(1);
//! let net = TwoLayers { hidden: Linear::new(4, 3, &mut rng), output: Linear::new(3, 2, &mut rng) };
//! assert_eq!(net.parameter_count(), 4 * 3 + 3 + 3 * 2 + 2);
//! let names: Vec<String> = net.parameters().into_iter().map(|(name, _)| name).collect();
//! assert_eq!(names, ["hidden.weight", "hidden.bias", "output.weight", "output.bias"]);
//! ```

use tensor::{Rng, Tensor};

/// What a tensor of a module is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is learnt: the optimiser changes it by its gradient.
    Parameter,
    /// It is measured on the way forward, such as a running mean, and kept with the weights.
    Buffer,
}

/// A layer, or a net made of layers.
///
/// A clone holds the same numbers and copies none of them until one of the two changes, so
/// keeping the best weights of a training costs a clone.
pub trait Module: Clone {
    /// Hands every tensor to the visitor under its name, in the order of the forward pass.
    fn visit(&mut self, visitor: &mut Visitor);

    /// The tensors that are learnt, by name: `layers.0.weight`.
    fn parameters(&self) -> Vec<(String, Tensor)> {
        let named = self.tensors().into_iter();
        let learnt = named.filter(|(_, role, _)| *role == Role::Parameter);
        learnt.map(|(name, _, tensor)| (name, tensor)).collect()
    }

    /// All tensors, learnt and measured, by name.
    fn tensors(&self) -> Vec<(String, Role, Tensor)> {
        let mut all = Vec::new();
        // A clone is visited, since visiting may change what it visits; it copies pointers.
        self.clone()
            .each(|name, role, tensor| all.push((name.to_string(), role, tensor.clone())));
        all
    }

    /// How many numbers are learnt.
    fn parameter_count(&self) -> usize {
        self.parameters()
            .iter()
            .map(|(_, tensor)| tensor.len())
            .sum()
    }

    /// Calls `act` with name, role and tensor, in the order of [`Module::visit`].
    fn each(&mut self, mut act: impl FnMut(&str, Role, &mut Tensor)) {
        self.visit(&mut Visitor {
            path: String::new(),
            act: &mut act,
        });
    }
}

/// A module with one input and one output: what most lessons train.
pub trait Net: Module {
    /// The output for a batch; for a classifier logits, `[B, ...] -> [B, K]`.
    #[track_caller]
    fn forward(&self, x: &Tensor, pass: &mut Pass) -> Tensor;
}

/// Walks through a module; knows the names of the parts it is in.
pub struct Visitor<'a> {
    path: String,
    act: &'a mut dyn FnMut(&str, Role, &mut Tensor),
}

impl Visitor<'_> {
    /// A tensor that is learnt.
    pub fn parameter(&mut self, name: &str, tensor: &mut Tensor) {
        self.tensor(name, Role::Parameter, tensor);
    }

    /// A tensor that is measured.
    pub fn buffer(&mut self, name: &str, tensor: &mut Tensor) {
        self.tensor(name, Role::Buffer, tensor);
    }

    /// A part with tensors of its own: their names begin with its name and a dot.
    pub fn part(&mut self, name: &str, part: &mut impl Module) {
        let outside = self.path.len();
        self.path.push_str(name);
        self.path.push('.');
        part.visit(self);
        self.path.truncate(outside);
    }

    /// Parts of one kind, numbered: `layers.0`, `layers.1`, …
    pub fn parts(&mut self, name: &str, parts: &mut [impl Module]) {
        for (i, part) in parts.iter_mut().enumerate() {
            self.part(&format!("{name}.{i}"), part);
        }
    }

    fn tensor(&mut self, name: &str, role: Role, tensor: &mut Tensor) {
        let outside = self.path.len();
        self.path.push_str(name);
        (self.act)(&self.path, role, tensor);
        self.path.truncate(outside);
    }
}

/// What a forward pass is for. Some layers do one thing while the net learns and another when
/// it is used: dropout drops, batch normalisation takes the statistics of the batch.
pub enum Pass<'a> {
    /// To learn, with the generator that dropout draws from.
    Train(&'a mut Rng),
    /// To be used or measured: nothing is random, nothing is remembered.
    Use,
}

impl Pass<'_> {
    /// Whether this pass is for learning.
    pub fn is_training(&self) -> bool {
        matches!(self, Pass::Train(_))
    }
}
