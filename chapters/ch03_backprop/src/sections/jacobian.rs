//! The section `jacobian`: backward through softmax and cross-entropy.

use std::hint::black_box;
use std::time::Instant;

use lesson::{Run, Value, thousands};
use tensor::{Keep, Rng, Tensor};

use crate::by_hand::{Descent, Net, small_digits};
use crate::central::{central_differences, largest_error, probe};
use crate::figures;
use crate::softmax::{
    cross_entropy, cross_entropy_backward, cross_entropy_from_logits, fused_backward,
    jacobian, softmax, softmax_backward,
};

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    small(run)?;
    check(run)?;
    confused_digits(run)?;
    cliff(run)?;
    price(run)
}

/// The Jacobian of three probabilities.
fn small(run: &mut Run) -> anyhow::Result<()> {
    let p = Tensor::from([0.5, 0.25, 0.25]);
    let j = jacobian(&p);
    run.say("The Jacobian of softmax where it says 1/2, 1/4, 1/4, in sixteenths:");
    let sixteenths = (16.0 * &j).to_vec();
    run.table(
        &["slope of", "by logit 1", "by logit 2", "by logit 3"],
        (0..3).map(|i| {
            let cell = |j: usize| format!("{:+.0}", sixteenths[3 * i + j]);
            [format!("p{}", i + 1), cell(0), cell(1), cell(2)]
        }),
    );
    run.figure("jacobian_small", figures::jacobian::small(&j.to_vec())?)
}

/// Each formula against central differences, on random logits.
fn check(run: &mut Run) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("jacobian");
    let (b, k, h) = (16, 10, 0.01);
    let logits = rng.normal_tensor(&[b, k], 0.0, 2.0); // [B, K]
    let g = rng.normal_tensor(&[b, k], 0.0, 1.0); // [B, K]
    let classes: Vec<usize> = (0..b).map(|_| rng.below(k)).collect();
    let t = Tensor::one_hot(&classes, k);
    let p = softmax(&logits);

    let of_softmax = central_differences(|z| probe(&softmax(z), &g), &logits, h);
    // The largest probabilities bend −ln least: elsewhere h has to shrink with p.
    let sure = softmax(&rng.normal_tensor(&[b, k], 0.0, 0.3));
    let loss = |p: &Tensor| f64::from(cross_entropy(p, &t).item());
    let of_cross_entropy = central_differences(loss, &sure, 0.003);
    let loss = |z: &Tensor| f64::from(cross_entropy_from_logits(z, &t).item());
    let of_fused = central_differences(loss, &logits, h);

    let two_steps = softmax_backward(&p, &cross_entropy_backward(&p, &t));
    let errors = [
        (
            "softmax",
            largest_error(&softmax_backward(&p, &g), &of_softmax),
        ),
        (
            "cross-entropy",
            largest_error(&cross_entropy_backward(&sure, &t), &of_cross_entropy),
        ),
        (
            "both, one after the other",
            largest_error(&two_steps, &of_fused),
        ),
        (
            "both, fused",
            largest_error(&fused_backward(&p, &t), &of_fused),
        ),
    ];
    run.say("\nAgainst central differences, random logits of ten classes:");
    run.table(
        &["backward through", "largest relative error"],
        errors.map(|(what, error)| [what.to_string(), format!("{error:.0e}")]),
    );
    let names = ["softmax", "cross_entropy", "two_step", "fused"];
    for (name, (_, error)) in names.iter().zip(errors) {
        let value = Value::number(error).tolerance(5e-4);
        run.record(&format!("{name}_gradient_error"), value)?;
    }
    Ok(())
}

/// The held-out digits of which a trained net is least sure, and the Jacobian there.
fn confused_digits(run: &mut Run) -> anyhow::Result<()> {
    let (training, held_out) = small_digits(run.seed())?;
    let mut rng = Rng::new(run.seed()).fork("confused");
    let mut net = Net::new([64, 32, 10], &mut rng);
    for _ in 0..run.choose(5, 20, 20) {
        net.pass(&training, Descent { batch: 50, lr: 0.3 }, &mut rng);
    }
    let p = softmax(&net.forward(&held_out.x)); // [N, K]
    // Σ p (1 − p): the trace of the Jacobian, 0 for a net that is sure.
    let unsure = (&p * (1.0 - &p)).sum_axis(1, Keep::No).to_vec(); // [N]
    let mut rows: Vec<usize> = (0..unsure.len()).collect();
    rows.sort_by(|a, b| unsure[*b].total_cmp(&unsure[*a]));
    rows.truncate(4);
    let answers = rows.iter().map(|&row| {
        let p = p.slice(0, row..=row); // [1, K]
        Answer {
            pixels: held_out.x.slice(0, row..=row).to_vec(),
            truth: held_out.classes[row],
            likeliest: p.argmax(1)[0],
            probability: p.max().item(),
        }
    });
    let answers: Vec<Answer> = answers.collect();
    run.say(format!(
        "\nThe least sure answer: a {} is read as {} with probability {:.2}.",
        answers[0].truth, answers[0].likeliest, answers[0].probability
    ));
    let p = p.slice(0, rows[0]..=rows[0]).reshape(&[10]);
    run.figure("jacobian_digits", figures::jacobian::digits(&answers)?)?;
    run.figure(
        "jacobian_confused",
        figures::jacobian::confused(&jacobian(&p).to_vec())?,
    )
}

/// A digit and what the net says of it.
pub(crate) struct Answer {
    pub(crate) pixels: Vec<f32>,
    pub(crate) truth: usize,
    pub(crate) likeliest: usize,
    pub(crate) probability: f32,
}

/// What both ways give when the true class lies `gap` below the other logit.
pub(crate) struct Cliff {
    pub(crate) gap: f32,
    /// Loss by −ln p, and from logits.
    pub(crate) losses: [f32; 2],
    /// Slope by the true class's logit, by two steps and fused.
    pub(crate) slopes: [f32; 2],
    /// How far each loss is from ln(1 + e^gap) in `f64`, as a share of it.
    pub(crate) loss_errors: [f64; 2],
    /// How far each slope is from −1/(1 + e^−gap) in `f64`, as a share of it.
    pub(crate) slope_errors: [f64; 2],
}

/// Two logits, the true class behind by `gap`.
fn fall(gap: f32) -> Cliff {
    let logits = Tensor::from([[0.0, -gap]]); // [1, 2]
    let t = Tensor::from([[0.0, 1.0]]);
    let p = softmax(&logits);
    let two_steps = softmax_backward(&p, &cross_entropy_backward(&p, &t));
    let fused = fused_backward(&p, &t);
    let losses = [
        cross_entropy(&p, &t),
        cross_entropy_from_logits(&logits, &t),
    ]
    .map(|loss| loss.item());
    let slopes = [two_steps, fused].map(|slopes| slopes.to_vec()[1]);
    let tail = libm::exp(-f64::from(gap));
    let loss = f64::from(gap) + libm::log1p(tail);
    let slope = -1.0 / (1.0 + tail);
    let error = |got: f32, truth: f64| (f64::from(got) / truth - 1.0).abs();
    Cliff {
        gap,
        losses,
        slopes,
        loss_errors: losses.map(|got| error(got, loss)),
        slope_errors: slopes.map(|got| error(got, slope)),
    }
}

/// Both ways, the true class further and further behind.
fn cliff(run: &mut Run) -> anyhow::Result<()> {
    let shown = [1.0, 20.0, 80.0, 88.0, 90.0, 100.0, 110.0].map(fall);
    run.say("\nTwo logits, the true class behind by a gap:");
    run.table(
        &[
            "gap",
            "loss by −ln p",
            "from logits",
            "slope in two steps",
            "fused",
        ],
        shown.iter().map(|at| {
            let [by_p, by_logits] = at.losses.map(|loss| format!("{loss:>8.3}"));
            let [two, fused] = at.slopes.map(|slope| format!("{slope:>8.4}"));
            [format!("{:.0}", at.gap), by_p, by_logits, two, fused]
        }),
    );
    let places: Vec<Cliff> = (1..=480).map(|i| fall(0.25 * i as f32)).collect();
    let first = |bad: fn(&Cliff) -> bool| {
        let place = places.iter().find(|at| bad(at));
        place.map_or(f32::NAN, |at| at.gap)
    };
    let no_slope = first(|at| !at.slopes[0].is_finite());
    let no_loss = first(|at| !at.losses[0].is_finite());
    run.say(format!(
        "The slope in two steps is no number from a gap of {no_slope:.2} on,\nthe loss by −ln p infinite from {no_loss:.2}."
    ));
    run.record(
        "two_step_slope_lost",
        Value::number(no_slope).tolerance(0.5),
    )?;
    run.record("two_step_loss_lost", Value::number(no_loss).tolerance(0.5))?;
    run.figure("softmax_cliff", figures::jacobian::cliff(&places)?)
}

/// What the Jacobian costs that nobody builds.
fn price(run: &mut Run) -> anyhow::Result<()> {
    // Building takes a product for each entry, multiplying by g another; without it, a
    // product for each class before the sum and one after.
    let count = |k: usize| (2 * k * k, 2 * k);
    run.say("\nProducts for one row's way back through softmax:");
    run.table(
        &[
            "classes",
            "with the Jacobian",
            "without",
            "bytes of the Jacobian",
        ],
        [10, 1000, 50_257].map(|k| {
            let (with, without) = count(k);
            [
                thousands(k),
                thousands(with),
                thousands(without),
                thousands(4 * k * k),
            ]
        }),
    );
    let k = 1000;
    let mut rng = Rng::new(run.seed()).fork("price");
    let p = softmax(&rng.normal_tensor(&[1, k], 0.0, 1.0));
    let g = rng.normal_tensor(&[1, k], 0.0, 1.0);
    let seconds = |work: &dyn Fn() -> Tensor| {
        let start = Instant::now();
        for _ in 0..5 {
            black_box(work());
        }
        start.elapsed().as_secs_f64() / 5.0
    };
    let built = seconds(&|| g.matmul(&jacobian(&p.reshape(&[k]))));
    let unbuilt = seconds(&|| softmax_backward(&p, &g));
    run.note(format!(
        "A row of {k} classes: {:.3} ms with the Jacobian, {:.4} ms without.",
        1e3 * built,
        1e3 * unbuilt
    ));
    let factor = Value::number(built / unbuilt).never_compared();
    run.record("jacobian_slowdown", factor)
}
