//! Operations on pictures: a window that slides over rows and columns.
//!
//! Pictures come as `[N, C, H, W]`: examples, channels, rows, columns.
//!
//! 1. [`window`]: where the window stands, and how many places there are.
//! 2. [`conv`]: a product at each place, the convolution; and its adjoint, the transposed one.
//!    Windows of 3 by 3 over many channels are multiplied Winograd's way, with rounding errors a
//!    little larger.
//! 3. [`pool`]: the largest or the mean number at each place.
//! 4. [`norm`]: batch normalisation, all of it in one operation.
//! 5. [`resize`]: pictures made larger or smaller.

mod checks;
pub mod conv;
pub mod norm;
pub mod pool;
pub mod resize;
pub mod window;

pub use conv::Conv;
pub use pool::Pool;
