//! Optimisers: what to do with a gradient.
//!
//! Each is a [`Rule`] for one number: from the weight, its gradient and what the rule
//! remembers of it, the new weight. [`Optimizer`] applies the rule to every parameter of a
//! net and keeps the memory by the parameter's name, so that it can be saved with the
//! weights.
//!
//! In the formulas of this module w is a weight, g its gradient, η the learning rate and t
//! the number of the step, from 1. All names of settings, and their defaults, are PyTorch's.
//!
//! ```
//! use nn::Module;
//! use nn::layers::Linear;
//! use nn::optim::{Adam, Optimizer};
//! use tensor::{Rng, Tensor};
//!
//! let mut net = Linear::new(2, 1, &mut Rng::new(1));
//! let mut optimizer = Optimizer::new(Adam::default());
//! let (x, y) = (Tensor::from([[1.0, 2.0]]), Tensor::from([[3.0]]));
//! let loss = |net: &Linear| net.forward(&x).mse_loss(&y);
//! let before = loss(&net).item();
//! for _ in 0..100 {
//!     let gradients = loss(&net).backward();
//!     optimizer.step(&mut net, &gradients, 0.05);
//! }
//! assert!(loss(&net).item() < 0.01 * before);
//! ```

mod adagrad;
mod adam;
mod rmsprop;
mod sgd;

use std::collections::BTreeMap;
use std::fmt::Debug;

use tensor::{Gradients, Tensor};

use crate::{Module, Role};

pub use adagrad::AdaGrad;
pub use adam::{Adam, AdamW};
pub use rmsprop::RmsProp;
pub use sgd::Sgd;

/// How an optimiser changes one parameter.
pub trait Rule: Debug + Send {
    /// The names of what it remembers for each number, all zero at first.
    fn memory(&self) -> &'static [&'static str];

    /// Changes the weights of one parameter, and the memory, by their gradient.
    fn update(&self, weight: &mut Tensor, gradient: &Tensor, memory: &mut [Tensor], at: At);
}

/// Where in the training a step is.
#[derive(Clone, Copy, Debug)]
pub struct At {
    /// The learning rate η.
    pub lr: f32,
    /// The number of the step t, from 1.
    pub step: u64,
}

/// A rule at work: what it remembers of each parameter, and how many steps it has made.
#[derive(Debug)]
pub struct Optimizer {
    rule: Box<dyn Rule>,
    /// Steps made.
    steps: u64,
    /// What the rule remembers, by the name of the parameter.
    memory: BTreeMap<String, Vec<Tensor>>,
}

impl Optimizer {
    /// Moves every parameter of the net by the rule. A parameter that the loss does not
    /// depend on stays as it is.
    ///
    /// # Panics
    /// If a parameter has another shape than in the steps before.
    #[track_caller]
    pub fn step(&mut self, net: &mut impl Module, gradients: &Gradients, lr: f32) {
        self.steps += 1;
        let at = At {
            lr,
            step: self.steps,
        };
        net.each(|name, role, weight| {
            let Some(gradient) = gradients.get(weight).filter(|_| role == Role::Parameter)
            else {
                return;
            };
            if !self.memory.contains_key(name) {
                let zeros = self
                    .rule
                    .memory()
                    .iter()
                    .map(|_| Tensor::zeros(weight.shape()));
                self.memory.insert(name.to_string(), zeros.collect());
            }
            let memory = self
                .memory
                .get_mut(name)
                .expect("it was put in if it was missing");
            self.rule.update(weight, gradient, memory, at);
        });
    }
}

impl Optimizer {
    /// An optimiser that has made no step.
    pub fn new(rule: impl Rule + 'static) -> Optimizer {
        Optimizer {
            rule: Box::new(rule),
            steps: 0,
            memory: BTreeMap::new(),
        }
    }

    /// How many steps were made.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// The rule and its settings, to print and to compare: `Adam { beta1: 0.9, … }`.
    pub fn rule(&self) -> String {
        format!("{:?}", self.rule)
    }

    /// All that it remembers, by parameter and by the name of the memory: `m` of
    /// `layers.0.weight` is `m.layers.0.weight`.
    pub fn state(&self) -> Vec<(String, Tensor)> {
        let names = self.rule.memory();
        let each = self.memory.iter().flat_map(|(parameter, memory)| {
            let named = names.iter().zip(memory);
            named.map(move |(name, tensor)| (format!("{name}.{parameter}"), tensor.clone()))
        });
        each.collect()
    }

    /// Goes on from where another optimiser of the same rule was after `steps` steps: `state`
    /// is asked for each tensor that [`Optimizer::state`] named, for the parameters of this
    /// net.
    ///
    /// # Errors
    /// The first error of `state`; this optimiser is then as it was.
    pub fn restore<E>(
        &mut self,
        net: &impl Module,
        steps: u64,
        state: impl FnMut(&str, &Tensor) -> Result<Option<Tensor>, E>,
    ) -> Result<(), E> {
        let memory = self.memory_from(net, state)?;
        self.go_on(steps, memory);
        Ok(())
    }

    /// What the rule would remember of the parameters of this net; nothing of those for which
    /// `state` has not all.
    pub(crate) fn memory_from<E>(
        &self,
        net: &impl Module,
        mut state: impl FnMut(&str, &Tensor) -> Result<Option<Tensor>, E>,
    ) -> Result<BTreeMap<String, Vec<Tensor>>, E> {
        let mut memory = BTreeMap::new();
        for (parameter, weight) in net.parameters() {
            let mut tensors = Vec::new();
            for name in self.rule.memory() {
                tensors.extend(state(&format!("{name}.{parameter}"), &weight)?);
            }
            if tensors.len() == self.rule.memory().len() {
                memory.insert(parameter, tensors);
            }
        }
        Ok(memory)
    }

    /// Goes on after `steps` steps with this memory.
    pub(crate) fn go_on(&mut self, steps: u64, memory: BTreeMap<String, Vec<Tensor>>) {
        (self.steps, self.memory) = (steps, memory);
    }
}

/// Takes the memory apart into its N tensors.
fn slots<const N: usize>(memory: &mut [Tensor]) -> [&mut Tensor; N] {
    let mut slots = memory.iter_mut();
    std::array::from_fn(|_| {
        slots
            .next()
            .expect("there is a tensor for each name of memory()")
    })
}
