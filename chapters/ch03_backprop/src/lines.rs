//! How long a program is (pages *An engine for scalars* and *From scalars to tensors*).

/// Lines that hold code: not blank, and not a comment alone.
///
/// ```
/// use ch03_backprop::lines::code_lines;
///
/// assert_eq!(code_lines("/// A number.\nlet x = 1;\n\n// And another.\nlet y = 2; // y\n"), 2);
/// ```
pub fn code_lines(source: &str) -> usize {
    let lines = source.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .count()
}

/// The files of the tensor engine, in reading order: all that turns operations into values
/// and gradients. The generator, the checks, the conversions, and the loops over numbers in
/// `kernels/` are not among them.
pub const ENGINE: [(&str, &str); 11] = [
    (
        "tensor.rs",
        include_str!("../../../shared/tensor/src/tensor.rs"),
    ),
    (
        "shape.rs",
        include_str!("../../../shared/tensor/src/shape.rs"),
    ),
    (
        "functions.rs",
        include_str!("../../../shared/tensor/src/functions.rs"),
    ),
    (
        "operators.rs",
        include_str!("../../../shared/tensor/src/operators.rs"),
    ),
    (
        "layout.rs",
        include_str!("../../../shared/tensor/src/layout.rs"),
    ),
    (
        "index.rs",
        include_str!("../../../shared/tensor/src/index.rs"),
    ),
    (
        "reduce.rs",
        include_str!("../../../shared/tensor/src/reduce.rs"),
    ),
    (
        "matmul.rs",
        include_str!("../../../shared/tensor/src/matmul.rs"),
    ),
    (
        "softmax.rs",
        include_str!("../../../shared/tensor/src/softmax.rs"),
    ),
    (
        "losses.rs",
        include_str!("../../../shared/tensor/src/losses.rs"),
    ),
    (
        "tape.rs",
        include_str!("../../../shared/tensor/src/tape.rs"),
    ),
];
