//! How long each way takes, and what of it is copying.

use std::time::Duration;

use lesson::{Run, Value, fastest, thousands};
use tensor::Tensor;

use super::{CHANNELS, Given};
use crate::loops;
use crate::sizes::Sizes;
use crate::unfold::{convolve, unfold};

/// Runs the part.
pub(super) fn run(run: &mut Run, given: &Given) -> anyhow::Result<()> {
    let [c, o] = CHANNELS;
    let s = Sizes::new(&given.x, [3, 3], given.how);
    run.record("multiply_adds", Value::count(s.multiply_adds(o)))?;
    let growth = s.rows() * s.window() / given.x.len();
    run.record("unfold_growth", Value::count(growth))?;
    run.say(format!(
        "\nTimed: {} pictures of {c} channels to {o}, {} multiply-adds.",
        s.n,
        thousands(s.multiply_adds(o))
    ));
    let (few, many) = (run.choose(1, 5, 5), run.choose(1, 51, 51));
    let all = [forward(given, few, many), both(given, few, many)].concat();
    for (name, time) in &all {
        let ms = 1e3 * time.as_secs_f64();
        run.note(format!("{name:<13}{ms:>9.2} ms"));
        let value = Value::number(ms).unit("ms").never_compared();
        run.record(&format!("{name}_ms"), value)?;
    }
    let of = |name: &str| {
        let found = all.iter().find(|(other, _)| *other == name);
        found.map_or(f64::NAN, |found| found.1.as_secs_f64())
    };
    for (name, slow, fast) in [
        ("rows_factor", "loops", "rows"),
        ("core_factor", "loops", "core"),
        ("matmul_factor", "loops", "matmul"),
    ] {
        let factor = of(slow) / of(fast);
        run.record(name, Value::number(factor).never_compared())?;
    }
    Ok(())
}

/// Names and times of the ways forward, and of the parts of the product.
fn forward(given: &Given, few: usize, many: usize) -> Vec<(&'static str, Duration)> {
    let Given {
        x,
        weight,
        bias,
        how,
    } = given;
    let patches = unfold(x, [3, 3], *how); // [N·H'·W', C·KH·KW]
    let kernels = weight.reshape(&[CHANNELS[1], patches.shape()[1]]).t(); // [C·KH·KW, O]
    vec![
        (
            "loops",
            fastest(few, || loops::forward(x, weight, bias, *how)),
        ),
        (
            "rows",
            fastest(few, || loops::along_rows(x, weight, bias, *how)),
        ),
        ("product", fastest(many, || convolve(x, weight, bias, *how))),
        ("unfold", fastest(many, || unfold(x, [3, 3], *how))),
        ("matmul", fastest(many, || patches.matmul(&kernels))),
        ("core", fastest(many, || given.core())),
    ]
}

/// Names and times of forward and backward together.
fn both(given: &Given, few: usize, many: usize) -> Vec<(&'static str, Duration)> {
    let Given {
        x,
        weight,
        bias,
        how,
    } = given;
    let g = Tensor::ones(given.core().shape()); // [N, O, H', W']
    let loops = || {
        let y = loops::forward(x, weight, bias, *how);
        (y, loops::backward(x, weight, *how, &g))
    };
    let product = || given.taped(&g, |x, w, b| convolve(x, w, b, *how));
    let core = || given.taped(&g, |x, w, b| x.conv2d(w, Some(b), *how));
    vec![
        ("loops_both", fastest(few, loops)),
        ("product_both", fastest(many, product)),
        ("core_both", fastest(many, core)),
    ]
}
