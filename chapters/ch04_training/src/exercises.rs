//! The exercises of lesson 4. Each function says what it should do and holds a `todo!`
//! where your code goes. Test them, all or one by one:
//!
//! ```text
//! cargo test -p ch04_training --test exercises
//! cargo test -p ch04_training --test exercises ex4_03
//! cargo run -- exercises hint 4.3
//! ```
//!
//! Dimension key: N examples, B batch, D inputs, K classes.

#![allow(unused_variables, clippy::todo)]
