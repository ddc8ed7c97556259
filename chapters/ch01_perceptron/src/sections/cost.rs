//! The bill: what each model of the lesson holds and computes.

use lesson::{Run, thousands};

use crate::figures;
use crate::flowers::MEASUREMENTS;
use crate::logic::net_for;

/// A line of the bill.
pub(crate) struct Cost {
    pub(crate) model: &'static str,
    /// Numbers that are learnt or chosen.
    pub(crate) parameters: usize,
    /// Multiply-adds for one answer.
    pub(crate) multiply_adds: usize,
}

impl Cost {
    /// K units of D inputs: D·K weights and K biases, one multiply-add a weight.
    fn of_units(model: &'static str, inputs: usize, outputs: usize) -> Cost {
        let weights = inputs * outputs;
        Cost {
            model,
            parameters: weights + outputs,
            multiply_adds: weights,
        }
    }
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let xor = net_for(&[false, true, true, false]);
    let units = || xor.hidden.iter().chain([&xor.output]);
    let weights: usize = units().map(|unit| unit.weights.len()).sum();
    let columns = datasets::diabetes()?.columns.len() - 1;
    let (small, large) = (datasets::digits8()?, datasets::mnist10k()?);
    let bill = [
        Cost {
            model: "XOR by threshold units",
            parameters: weights + units().count(),
            multiply_adds: weights,
        },
        Cost::of_units("perceptron, iris", MEASUREMENTS.len(), 1),
        Cost::of_units("linear regression, diabetes", columns, 1),
        Cost::of_units(
            "softmax, digits of 8 × 8",
            small.height() * small.width(),
            10,
        ),
        Cost::of_units("softmax, MNIST", large.height() * large.width(), 10),
    ];
    run.table(
        &["model", "parameters", "multiply-adds per answer"],
        bill.iter().map(|cost| {
            let [parameters, products] =
                [cost.parameters, cost.multiply_adds].map(thousands);
            [cost.model.to_string(), parameters, products]
        }),
    );
    run.figure("bill", figures::cost::bill(&bill)?)
}
