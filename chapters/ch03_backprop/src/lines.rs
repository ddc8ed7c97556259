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

/// Reads a source file of the crate `tensor`, with its name.
macro_rules! source {
    ($file:literal) => {
        (
            $file,
            include_str!(concat!("../../../shared/tensor/src/", $file)),
        )
    };
}

/// The files of the tensor engine, in reading order: all that turns operations into values
/// and gradients. [`BESIDE`] holds what the count leaves out.
pub const ENGINE: [(&str, &str); 11] = [
    source!("tensor.rs"),
    source!("shape.rs"),
    source!("functions.rs"),
    source!("operators.rs"),
    source!("layout.rs"),
    source!("index.rs"),
    source!("reduce.rs"),
    source!("matmul.rs"),
    source!("softmax.rs"),
    source!("losses.rs"),
    source!("tape.rs"),
];

/// What lies in the crate beside the [`ENGINE`] and is not counted: the operations on pictures,
/// which lesson 5 is about, the loops over numbers that the operations call, conversions from and to Rust's arrays, the tape as a list to look
/// at, the optimisers' change in place, the generator, the checks, the guesses at the end of
/// error messages, and the crate's own list of modules.
pub const BESIDE: [&str; 10] = [
    "pictures",
    "kernels",
    "convert.rs",
    "entries.rs",
    "update.rs",
    "random.rs",
    "checks.rs",
    "gradcheck.rs",
    "remedies.rs",
    "lib.rs",
];

/// The lines of code in some files together.
pub fn lines_of(files: &[(&str, &str)]) -> usize {
    files.iter().map(|(_, source)| code_lines(source)).sum()
}
