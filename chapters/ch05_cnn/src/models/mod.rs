//! The nets of this lesson, each in the size that 28 to 32 pixels ask for.
//!
//! All of them take pictures `[B, C, H, W]` and give logits `[B, K]`.

mod alexnet;
pub mod cost;
pub mod inception;
mod lenet;
pub mod nin;
mod vgg;

pub use alexnet::AlexNet;
pub use inception::InceptionNet;
pub use lenet::LeNet;
pub use nin::Nin;
pub use vgg::Vgg;
