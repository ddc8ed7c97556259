//! The section `cost`: what the models hold and compute, and how many of them a second
//! tries.

use std::hint::black_box;
use std::time::Instant;

use anyhow::Result;
use lesson::{Run, Value, thousands};
use nn::data::Labelled;
use tensor::Rng;

use crate::activation::Activation;
use crate::digits::digits;
use crate::figures;
use crate::loss::cross_entropy;
use crate::luck::{Climb, hill_climb};
use crate::mlp::Mlp;
use crate::tables::{breast_cancer, wine};

/// A line of the bill.
pub(crate) struct Cost {
    pub(crate) model: &'static str,
    /// Numbers that are learnt, P.
    pub(crate) parameters: usize,
    /// Multiply-adds for one answer.
    pub(crate) multiply_adds: usize,
    /// Rows that one try looks at.
    rows: usize,
    /// Tries a second.
    speed: f64,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> Result<()> {
    let tries = run.choose(20, 200, 200);
    let mut rng = Rng::new(run.seed()).fork("cost");
    let (wine, cancer) = (wine(&mut rng)?.training, breast_cancer(&mut rng)?.training);
    let digits = digits(500)?;
    let bill = [
        cost("wine", &[13, 8, 3], &wine, tries),
        cost("breast cancer", &[30, 8, 2], &cancer, tries),
        cost("MNIST by luck", &[784, 16, 10], &digits, tries),
        cost(
            "MNIST, two hidden layers",
            &[784, 256, 128, 10],
            &digits,
            tries / 10,
        ),
    ];
    run.say("Multiply-adds for an answer, and for a try of all its rows:");
    run.table(
        &[
            "net",
            "parameters",
            "for an answer",
            "rows a try",
            "for a try",
        ],
        bill.iter().map(|cost| {
            let [parameters, products, a_try] = [
                cost.parameters,
                cost.multiply_adds,
                cost.multiply_adds * cost.rows,
            ]
            .map(thousands);
            [
                cost.model.to_string(),
                parameters,
                products,
                cost.rows.to_string(),
                a_try,
            ]
        }),
    );
    for (cost, name) in bill
        .iter()
        .zip(["wine", "cancer", "mnist_luck", "mnist_net"])
    {
        run.note(format!("{}: {:.0} tries a second.", cost.model, cost.speed));
        let speed = Value::number(cost.speed).never_compared();
        run.record(&format!("{name}_tries_per_second"), speed)?;
    }
    let slower = Value::number(bill[0].speed / bill[2].speed).never_compared();
    run.record("mnist_luck_slower", slower)?;
    run.figure("bill", figures::cost::bill(&bill)?)
}

/// What a net holds and computes, and how fast a climb on these rows tries.
fn cost(model: &'static str, sizes: &[usize], rows: &Labelled, tries: usize) -> Cost {
    let mut rng = Rng::new(1);
    let mut net = Mlp::new(sizes, Activation::Relu, &mut rng);
    let (parameters, multiply_adds) = (net.parameter_count(), net.multiply_adds(1));
    let start = Instant::now();
    black_box(hill_climb(
        net.parameters(),
        Climb::tries(tries),
        &mut rng,
        |parameters| {
            net.set_parameters(parameters);
            cross_entropy(&net.forward(&rows.x), &rows.classes)
        },
    ));
    let speed = tries as f64 / start.elapsed().as_secs_f64();
    Cost {
        model,
        parameters,
        multiply_adds,
        rows: rows.len(),
        speed,
    }
}
