//! Softmax: where the formula breaks, three routes to one loss, and temperature.

use lesson::{Run, Value, percent};
use nn::data::Labelled;
use tensor::{Keep, Rng, Tensor};

use crate::activation::Activation;
use crate::digits::digits;
use crate::figures;
use crate::mlp::Mlp;
use crate::softmax::{log_softmax, softmax, softmax_naive};

/// A way from scores to the logarithms of the probabilities, `[N, K]` to `[N, K]`.
pub(crate) struct Route {
    pub(crate) name: &'static str,
    pub(crate) logarithms: fn(&Tensor) -> Tensor,
}

/// The three of the page.
pub(crate) const ROUTES: [Route; 3] = [
    Route {
        name: "ln of the formula",
        logarithms: |z| softmax_naive(z).ln(),
    },
    Route {
        name: "ln of softmax, shifted",
        logarithms: |z| softmax(z).ln(),
    },
    Route {
        name: "log-softmax",
        logarithms: log_softmax,
    },
];

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    limits(run)?;
    let pictures = digits(run.choose(200, 1000, 1000))?;
    let net = Mlp::new(
        &[784, 256, 128, 10],
        Activation::Relu,
        &mut Rng::new(run.seed()).fork("net"),
    );
    let logits = net.forward(&pictures.x); // [N, 10]
    routes(run, &logits, &pictures)?;
    temperature(run, &logits)
}

/// The scores between which e^z is a number other than 0 in single precision.
fn limits(run: &mut Run) -> anyhow::Result<()> {
    let overflow = last(0.0, 100.0, |z| z.exp().is_finite());
    let underflow = last(0.0, -200.0, |z| z.exp() > 0.0);
    run.say(format!(
        "In single precision e^z overflows above {overflow:.4} and is zero below {underflow:.4}."
    ));
    run.record("exp_overflow", Value::number(overflow).tolerance(1e-3))?;
    run.record("exp_underflow", Value::number(underflow).tolerance(1e-3))?;
    let ends = [Some(overflow), Some(-underflow), None];
    run.figure("loss_routes", figures::softmax::routes(&ROUTES, ends)?)
}

/// The last place on the way from `yes` to `no` where a question is answered with yes, by
/// halving the way until it is one step of an f32.
fn last(yes: f32, no: f32, question: impl Fn(f32) -> bool) -> f32 {
    let (mut yes, mut no) = (yes, no);
    loop {
        let middle = 0.5 * (yes + no);
        if middle == yes || middle == no {
            return yes;
        }
        match question(middle) {
            true => yes = middle,
            false => no = middle,
        }
    }
}

/// The loss of digits by three routes, with the scores scaled up.
fn routes(run: &mut Run, logits: &Tensor, pictures: &Labelled) -> anyhow::Result<()> {
    let n = pictures.classes.len();
    run.say(format!(
        "\nThe loss of {n} digits in nats by three routes, scores scaled up:"
    ));
    let scales = [1.0, 10.0, 100.0, 1000.0];
    let lost = |route: &Route, scale: f32| {
        let at_class =
            (route.logarithms)(&(logits * scale)).gather(1, &pictures.classes);
        let finite = at_class.to_vec().iter().filter(|l| l.is_finite()).count();
        (-at_class.mean().item(), (n - finite) as f32 / n as f32)
    };
    let row = |route: &Route| {
        let cells = scales.map(|scale| {
            let (loss, lost) = lost(route, scale);
            match lost {
                0.0 => format!("{loss:.2}"),
                lost => format!("{} ({})", loss, percent(lost)),
            }
        });
        [vec![route.name.to_string()], cells.to_vec()].concat()
    };
    run.table(
        &["route", "scores × 1", "× 10", "× 100", "× 1000"],
        ROUTES.each_ref().map(row),
    );
    run.say("In brackets: digits whose own loss is infinite or not a number.");
    let spread = (logits.max_axis(1, Keep::No) - logits.min_axis(1, Keep::No)).mean();
    run.record("logit_range", Value::number(spread.item()).tolerance(0.3))?;
    for (name, route) in ["naive", "shifted", "log"].iter().zip(&ROUTES) {
        let (_, lost) = lost(route, 100.0);
        let value = Value::fraction(lost).tolerance(0.05);
        run.record(&format!("{name}_lost_100"), value)?;
    }
    let (loss, _) = lost(&ROUTES[2], 1.0);
    run.record(
        "untrained_loss",
        Value::number(loss).unit("nats").tolerance(0.1),
    )?;
    Ok(())
}

/// What the net's probabilities become when its scores are divided by a temperature.
fn temperature(run: &mut Run, logits: &Tensor) -> anyhow::Result<()> {
    run.say("\nThe largest probability of a digit, on average, by temperature:");
    let largest = |t: f32| {
        let probabilities = softmax(&(logits / t)); // [N, 10]
        probabilities.max_axis(1, Keep::No).mean().item()
    };
    let temperatures = [0.1, 1.0, 10.0];
    run.table(
        &["temperature", "largest probability"],
        temperatures.map(|t| [t.to_string(), percent(largest(t))]),
    );
    for (name, t) in ["cold", "warm", "hot"].iter().zip(temperatures) {
        let value = Value::fraction(largest(t)).tolerance(0.05);
        run.record(&format!("{name}_largest"), value)?;
    }
    run.figure("temperature", figures::softmax::temperature()?)
}
