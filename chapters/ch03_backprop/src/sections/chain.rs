//! The section `chain`: the chain rule on a graph.

use lesson::{Run, Value, thousands};
use plots::Size;

use crate::chain::{Graph, Slopes, example};
use crate::scalar::Scalar;
use crate::{figures, graph};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    by_hand(run)?;
    squares(run)?;
    inputs(run)
}

/// f = (x y)(x + 1) at (2, 3), three ways.
fn by_hand(run: &mut Run) -> anyhow::Result<()> {
    let graph = example(2.0, 3.0);
    run.say("f = (x y)(x + 1) at x = 2, y = 3:");
    run.table(&HEADS, rows(&graph).map(|(way, s)| cells(way, &s)));
    let (x, y) = (Scalar::named("x", 2.0), Scalar::named("y", 3.0));
    let a = &y * &x;
    let b = &x + Scalar::from(1.0);
    let f = a * b;
    f.backward();
    run.figure("chain_graph", graph::draw(&f, Size::Column)?)
}

/// The heads of a table of slopes.
const HEADS: [&str; 4] = ["way", "∂f/∂x", "∂f/∂y", "multiplications"];

/// The slopes of a graph in all three ways.
fn rows(graph: &Graph) -> [(&'static str, Slopes); 3] {
    [
        ("path by path", graph.by_paths()),
        ("forward", graph.forward()),
        ("backward", graph.backward()),
    ]
}

/// A row of a table of slopes.
fn cells(way: &str, slopes: &Slopes) -> [String; 4] {
    let [by_x, by_y] = [0, 1].map(|i| format!("{:.0}", slopes.slopes[i]));
    [way.to_owned(), by_x, by_y, slopes.products.to_string()]
}

/// A number squared again and again: two arrows a step, twice the paths.
fn squares(run: &mut Run) -> anyhow::Result<()> {
    const TIMES: usize = 20;
    let graph = Graph::squares(1.0, TIMES);
    let (paths, backward) = (graph.by_paths(), graph.backward());
    run.say(format!(
        "\n1 squared {TIMES} times: slope {}, by {} paths or by {} multiplications backward.",
        thousands(backward.slopes[0] as usize),
        thousands(paths.slopes[0] as usize),
        backward.products
    ));
    run.record("square_paths", Value::count(paths.slopes[0] as usize))?;
    run.record("square_products", Value::count(paths.products))?;
    run.record("square_arrows", Value::count(backward.products))
}

/// How the work grows with the number of inputs.
fn inputs(run: &mut Run) -> anyhow::Result<()> {
    const WIDTH: usize = 16;
    let counts = [1, 2, 4, 8, 16, 32, 64, 128, 256];
    let work = counts.map(|inputs| {
        let graph = Graph::layered(inputs, WIDTH);
        let (forward, backward) = (graph.forward(), graph.backward());
        (inputs, forward.products, backward.products)
    });
    run.say(format!(
        "\nMultiplications for all slopes of one result, {WIDTH} units between:"
    ));
    run.table(
        &["inputs", "forward", "backward"],
        work.map(|(inputs, forward, backward)| {
            [inputs, forward, backward].map(thousands)
        }),
    );
    let (_, forward, backward) = work[8];
    run.record("forward_products", Value::count(forward))?;
    run.record("backward_products", Value::count(backward))?;
    run.figure("two_directions", figures::chain::directions(&work)?)
}
