//! Parameters changed in place: the one operation that does not return a new tensor.
//!
//! A step of training reads a weight, its gradient and what the optimiser remembers of it, and
//! writes the weight and the memory back. With new tensors each time, a net of a million weights
//! would ask for megabytes of fresh memory at every step, and spend more time on that than on
//! the arithmetic. So [`Tensor::update`] writes where the numbers lie. Whoever else looks at the
//! numbers, a clone or a graph that has not been walked, keeps the old ones: shared memory is
//! copied before it is changed.

use crate::kernels::in_place;
use crate::{Gradients, Tensor};

impl Tensor {
    /// Replaces each number w of this tensor, and what `state` remembers of it, by
    /// `rule(w, g, s)`: g is the number of `gradient` at the same place, s those of the N
    /// tensors of state. A `move` closure over numbers is `Copy`, and keeps them in registers. This
    /// tensor stays the same parameter: gradients are looked up by it as
    /// before.
    ///
    /// ```
    /// use tensor::Tensor;
    ///
    /// // A step of gradient descent with momentum.
    /// let mut weight = Tensor::from([1.0, 2.0]).require_grad();
    /// let mut velocity = Tensor::from([0.5, 0.0]);
    /// let gradient = Tensor::from([10.0, -10.0]);
    /// weight.update(&gradient, [&mut velocity], |w, g, [v]| {
    ///     let v = 0.9 * v + g;
    ///     (w - 0.1 * v, [v])
    /// });
    /// assert_eq!(weight.to_vec(), [1.0 - 1.045, 2.0 + 1.0]);
    /// assert_eq!(velocity.to_vec(), [10.45, -10.0]);
    /// assert!(weight.requires_grad());
    /// ```
    ///
    /// # Panics
    /// If the shapes differ.
    #[track_caller]
    pub fn update<const N: usize>(
        &mut self,
        gradient: &Tensor,
        state: [&mut Tensor; N],
        rule: impl Fn(f32, f32, [f32; N]) -> (f32, [f32; N]) + Copy + Send + Sync,
    ) {
        must!(
            gradient.shape() == self.shape(),
            "update: expected a gradient of the parameter's shape {:?}, got {:?}",
            self.shape(),
            gradient.shape()
        );
        for s in &state {
            must!(
                s.shape() == self.shape(),
                "update: expected state of the parameter's shape {:?}, got {:?}; does the \
                 optimiser belong to another net?",
                self.shape(),
                s.shape()
            );
        }
        let gradient = gradient.row_major();
        in_place::update(self.own_row_major(), &gradient, state.map(Tensor::own_row_major), rule);
    }
    /// The numbers in row-major order, to change; copied first if somebody else looks at them.
    fn own_row_major(&mut self) -> &mut [f32] {
        if !self.array.is_standard_layout() {
            self.array = self.array.as_standard_layout().into_owned().into_shared();
        }
        self.array.as_slice_mut().expect("the numbers lie in row-major order")
    }
}

impl Gradients {
    /// Puts another gradient in the place of that by this `parameter`, such as a clipped one.
    ///
    /// # Panics
    /// If the shapes differ, or the tensor is no parameter.
    #[track_caller]
    pub fn put(&mut self, parameter: &Tensor, gradient: Tensor) {
        must!(
            parameter.shape() == gradient.shape(),
            "put: expected a gradient of the parameter's shape {:?}, got {:?}",
            parameter.shape(),
            gradient.shape()
        );
        let Some(node) = parameter.node() else {
            panic!("put: expected a parameter, got a tensor that has no require_grad()");
        };
        self.by_number.insert(node.number, gradient.detach());
    }
}
