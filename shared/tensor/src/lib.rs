//! Tensors: the arrays of numbers that every lesson computes with.
//!
//! A tensor here is a block of `f32` numbers with a shape. `[]` is a single number,
//! `[3]` three numbers in a row, `[2, 3]` two rows of three, and so on. A batch of 64
//! grey pictures of 28 by 28 pixels has the shape `[64, 28, 28]`. Each place in the
//! shape is an *axis*; axis 0 is the first. The number of axes is the *rank*.
//!
//! Three habits make tensors pleasant to work with:
//!
//! - **Operations return new tensors.** Nothing changes under your hands, so
//!   `let y = &x + 1.0` leaves `x` as it was. Cloning a tensor copies a pointer, not
//!   the numbers.
//! - **Shapes stretch.** Adding `[2, 3]` and `[3]` adds the three numbers to each of the
//!   two rows. This is *broadcasting*; [`shape`] has the rule.
//! - **Shape mistakes stop at your line.** The message names the operation, what it
//!   expected and what it got, and points at the line that asked, not into this crate.
//!
//! # Dimension key
//!
//! The letters that shape comments in this course use:
//!
//! | letter | axis | letter | axis |
//! |---|---|---|---|
//! | N, B | examples (or boxes); examples in a batch | K | classes |
//! | D | inputs, features; width of a model | C | channels |
//! | T | time, or place in a sequence | A | anchors |
//! | H, W | height, width | S | cells along one side of a grid |
//!
//! # Ten lines to start with
//!
//! ```
//! use tensor::{Keep, Rng, Tensor, assert_close, assert_shape};
//!
//! let x = Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]); // [B=3, D=2]
//! let weight = Tensor::from([[1.0, 0.0, -1.0], [0.0, 1.0, 1.0]]); // [D=2, K=3]
//! let bias = Tensor::from([0.5, 0.0, 0.0]); // [K=3]
//! let scores = x.matmul(&weight) + &bias; // [B, D] x [D, K] -> [B, K]
//! assert_shape!(scores, [3, 3]);
//! assert_close!(scores.select(0, &[0]), [[1.5, 2.0, 1.0]], 1e-6);
//! assert_eq!(scores.argmax(1), [1, 1, 1]); // the class with the best score, [B]
//! assert_close!(scores.mean_axis(0, Keep::No), [3.5, 4.0, 1.0], 1e-6); // [K]
//! let noise = Rng::new(1).fork("noise").normal_tensor(&[3, 3], 0.0, 0.1); // [B, K]
//! assert_shape!(&scores + &noise, [3, 3]);
//! ```
//!
//! # In reading order
//!
//! 1. [`tensor`]: the type, how to make one and how to read it; [`convert`]: from Rust's own
//!    arrays, and to text.
//! 2. [`shape`]: how shapes combine, and the words for when they do not.
//! 3. [`functions`] and [`operators`]: something done to each number, or to
//!    each pair of numbers.
//! 4. [`layout`]: the same numbers seen under another shape.
//! 5. [`index`]: picking numbers out and putting tensors together.
//! 6. [`reduce`]: many numbers into one.
//! 7. [`matmul`]: the matrix product.
//! 8. [`softmax`] and [`losses`]: scores into probabilities, and what a mistake costs.
//! 9. [`tape`]: how operations record themselves, and the walk back that finds gradients.
//! 10. [`entries`]: the tape to look at.
//! 11. [`update`]: parameters changed in place, step by step.
//! 12. [`pictures`]: convolution, pooling and what else slides over a picture.
//! 13. [`kernels`]: the loops below all of these; [`sum`](kernels::sum) says how they add
//!     without drifting.
//! 14. [`random`]: the seeded generator.
//! 15. [`checks`] and [`gradcheck`]: [`assert_shape!`], [`assert_close!`], and gradients held
//!     against central differences.

/// Panics with the words of a mistake, unless the `condition` holds.
macro_rules! must {
    ($condition:expr, $($words:tt)+) => {
        let holds: bool = $condition;
        if !holds {
            panic!($($words)+)
        }
    };
}

pub mod tensor;

pub mod convert;

mod remedies;
pub mod shape;

pub mod functions;
pub mod operators;

pub mod layout;

pub mod index;

pub mod reduce;

pub mod matmul;

pub mod losses;
pub mod softmax;

pub mod pictures;

pub mod tape;

pub mod entries;

pub mod update;

pub mod kernels;

pub mod random;

pub mod checks;
pub mod gradcheck;

pub use random::{Rng, RngState};
pub use reduce::Keep;
pub use tape::{Edge, Gradients, no_grad};
pub use tensor::Tensor;
