//! Slopes measured, and slopes by rule (page *Slopes, measured and derived*).

// ANCHOR: differences
/// (f(x + h) − f(x)) / h: the slope on the way up from x.
pub fn forward_difference(f: impl Fn(f32) -> f32, x: f32, h: f32) -> f32 {
    (f(x + h) - f(x)) / h
}

/// (f(x + h) − f(x − h)) / 2h: the slope across x.
pub fn central_difference(f: impl Fn(f32) -> f32, x: f32, h: f32) -> f32 {
    (f(x + h) - f(x - h)) / (2.0 * h)
}
// ANCHOR_END: differences

/// [`central_difference`] with 64 bits a number.
pub fn central_difference_f64(f: impl Fn(f64) -> f64, x: f64, h: f64) -> f64 {
    (f(x + h) - f(x - h)) / (2.0 * h)
}

/// The root of the mean of the squares of relative errors, `got` against `right`.
///
/// # Panics
/// If there is nothing to compare.
pub fn relative_error(pairs: &[(f64, f64)]) -> f64 {
    assert!(!pairs.is_empty(), "no slopes to compare");
    let square = |&(got, right): &(f64, f64)| ((got - right) / right).powi(2);
    (pairs.iter().map(square).sum::<f64>() / pairs.len() as f64).sqrt()
}

/// A function, and its derivative as a rule of calculus gives it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The rule's name.
    pub name: &'static str,
    /// The function, in words of mathematics.
    pub function: &'static str,
    /// The function.
    pub f: fn(f32) -> f32,
    /// Its derivative.
    pub slope: fn(f32) -> f32,
}

// ANCHOR: rules
/// The four rules, each on x² and sin x, whose slopes are 2x and cos x.
pub const RULES: [Rule; 4] = [
    Rule {
        name: "sum",
        function: "x² + sin x",
        f: |x| x * x + sin(x),
        slope: |x| 2.0 * x + cos(x),
    },
    Rule {
        name: "product",
        function: "x² sin x",
        f: |x| x * x * sin(x),
        slope: |x| 2.0 * x * sin(x) + x * x * cos(x),
    },
    Rule {
        name: "quotient",
        function: "sin x / x²",
        f: |x| sin(x) / (x * x),
        slope: |x| (cos(x) * x * x - sin(x) * 2.0 * x) / (x * x * x * x),
    },
    Rule {
        name: "chain",
        function: "sin(x²)",
        f: |x| sin(x * x),
        slope: |x| cos(x * x) * 2.0 * x,
    },
];
// ANCHOR_END: rules

/// The same on every machine, which `f32::sin` does not promise.
fn sin(x: f32) -> f32 {
    libm::sinf(x)
}

/// The same on every machine.
fn cos(x: f32) -> f32 {
    libm::cosf(x)
}
