//! The section `cost`: what the engines hold and compute.

use lesson::{Run, Value, thousands};

use crate::by_hand::small_digits;
use crate::digits::BATCH;
use crate::family::{PEOPLE, RELATIONS};
use crate::family_net::CODE;
use crate::figures;
use crate::lines::{ENGINE, code_lines};
use crate::symmetry::{BITS, PATTERNS};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    engines(run);
    nets(run)?;
    price(run)
}

/// How long each way to a gradient is.
fn engines(run: &mut Run) {
    let tensors = ENGINE.iter().map(|(_, source)| code_lines(source)).sum();
    let by_hand = [include_str!("../dense.rs"), include_str!("../softmax.rs")];
    let ways: [(&str, usize); 4] = [
        ("scalar engine", code_lines(include_str!("../scalar.rs"))),
        ("layers by hand", by_hand.map(code_lines).iter().sum()),
        ("dual numbers", code_lines(include_str!("../dual.rs"))),
        ("tensor engine", tensors),
    ];
    run.table(
        &["way to a gradient", "lines of code"],
        ways.map(|(way, lines)| [way.to_string(), thousands(lines)]),
    );
}

/// A net of the lesson, and what a step of its training multiplies.
struct Net {
    name: &'static str,
    /// Inputs and outputs of each of its layers.
    layers: Vec<[usize; 2]>,
    /// How many layers see the data itself and make no gradient by it.
    first: usize,
    /// Examples in a step.
    batch: usize,
}

impl Net {
    /// Dense layers of these sizes, one after the other.
    fn new(name: &'static str, sizes: &[usize], batch: usize) -> Net {
        Net {
            name,
            layers: sizes.windows(2).map(|pair| [pair[0], pair[1]]).collect(),
            first: 1,
            batch,
        }
    }

    /// The same net, made to find the gradient by the data too.
    fn down_to_the_data(self) -> Net {
        Net { first: 0, ..self }
    }

    fn parameters(&self) -> usize {
        let each = self.layers.iter();
        each.map(|[inputs, outputs]| (inputs + 1) * outputs).sum()
    }

    /// Multiply-adds for the outputs of one example.
    fn forward(&self) -> usize {
        weights(&self.layers)
    }

    /// Multiply-adds for the gradients of one example: XᵀG for each layer, and G Wᵀ for
    /// all but the first ones.
    fn backward(&self) -> usize {
        weights(&self.layers) + weights(&self.layers[self.first..])
    }
}

/// The weights of these layers.
fn weights(layers: &[[usize; 2]]) -> usize {
    let each = layers.iter().map(|[inputs, outputs]| inputs * outputs);
    each.sum()
}

/// The net that reads MNIST's digits.
fn digit_reader() -> Net {
    Net::new("MNIST, tensor engine", &[784, 100, 10], BATCH)
}

/// The family net: two codes side by side, then one chain of layers.
fn family_net() -> Net {
    Net {
        name: "family trees, tensor engine",
        layers: vec![
            [PEOPLE, CODE],
            [RELATIONS.len(), CODE],
            [2 * CODE, 12],
            [12, CODE],
            [CODE, PEOPLE],
        ],
        first: 2,
        batch: 100,
    }
}

/// What each net of the lesson holds and multiplies.
fn nets(run: &mut Run) -> anyhow::Result<()> {
    let nets = [
        Net::new("two moons, scalar engine", &[2, 8, 8, 1], 50).down_to_the_data(),
        Net::new("small digits, by hand", &[64, 32, 10], 50).down_to_the_data(),
        digit_reader(),
        Net::new("symmetry, tensor engine", &[BITS, 2, 1], PATTERNS),
        family_net(),
    ];
    run.say("\nA step of training, in multiply-adds:");
    run.table(
        &["net", "parameters", "examples", "forward", "backward"],
        nets.iter().map(|net| {
            let numbers = [
                net.parameters(),
                net.batch,
                net.batch * net.forward(),
                net.batch * net.backward(),
            ];
            let cells = numbers.map(thousands);
            std::iter::once(net.name.to_string())
                .chain(cells)
                .collect::<Vec<_>>()
        }),
    );
    let (training, _) = small_digits(run.seed())?;
    run.record("small_digits_training", Value::count(training.len()))
}

/// One gradient of the digit reader in several ways, counted in forward passes.
fn price(run: &mut Run) -> anyhow::Result<()> {
    let net = digit_reader();
    let n = net.parameters() as f64;
    let walk = (net.forward() + net.backward()) as f64 / net.forward() as f64;
    // A dual pass takes both products of the product rule, beside the value's own.
    let ways = [
        ("one walk back", walk),
        ("central differences", 2.0 * n),
        ("dual numbers", 3.0 * n),
    ];
    run.say("\nOne gradient of the net that reads MNIST, in forward passes:");
    run.table(
        &["way", "forward passes"],
        ways.map(|(way, passes)| {
            let passes = if passes < 10.0 {
                format!("{passes:.2}")
            } else {
                thousands(passes as usize)
            };
            [way.to_string(), passes]
        }),
    );
    run.record(
        "walk_in_forward_passes",
        Value::number(walk).tolerance(0.01),
    )?;
    run.record(
        "central_in_forward_passes",
        Value::count((2.0 * n) as usize),
    )?;
    run.figure("gradient_price", figures::cost::price(&ways)?)
}
