//! The section `turned`: a net that learnt from pictures on their side.

use lesson::{Run, Value, percent};
use nn::data::Labelled;
use tensor::Rng;

use crate::digits::Digits;
use crate::figures;
use crate::models::LeNet;
use crate::practice::{plain, right, squares};
use crate::turned::{answers, drawing, transposed};

/// Passes over the training digits.
const PASSES: usize = 3;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let digits = Digits::load()?;
    let digits = digits.first(run.choose(200, 8000, 8000), run.choose(100, 2000, 2000));
    let [training, test] = [&digits.training, &digits.test].map(squares);
    let turned = [&training, &test].map(transposed);
    let mut nets = Vec::new();
    for seed in run.few_seeds() {
        let mut rng = Rng::new(seed).fork("turned");
        nets.push(plain(&turned[0], run.choose(1, PASSES, PASSES), &mut rng));
        run.check_interrupt()?;
    }
    both(run, &nets, &turned[1], &test)?;
    by_class(run, &nets[0], &turned[1], &test)?;
    drawn(run, &turned[1], &test);
    let taken = answers_of(&nets[0], &test);
    run.figure(
        "transposed",
        figures::turned::pairs(&turned[1], &test, &taken)?,
    )
}

/// Validation as the files come, and pictures as a camera gives them.
fn both(
    run: &mut Run,
    nets: &[LeNet],
    validation: &Labelled,
    deployed: &Labelled,
) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for (words, name, of) in [
        ("validation, as stored", "turned_validation", validation),
        ("deployed, upright", "turned_deployed", deployed),
    ] {
        let read: Vec<f32> = nets.iter().map(|net| right(net, of)).collect();
        rows.push([words.to_owned(), percent(read[0])]);
        let value = Value::fraction(read[0]).tolerance(0.03).over_seeds(&read);
        run.record(name, value)?;
    }
    run.table(&["digits", "read"], rows);
    Ok(())
}

/// Each digit by itself.
fn by_class(
    run: &mut Run,
    net: &LeNet,
    validation: &Labelled,
    deployed: &Labelled,
) -> anyhow::Result<()> {
    let [stored, upright] = [validation, deployed].map(|of| answers(net, of));
    let mut rows = Vec::new();
    let mut recalls = Vec::new();
    for class in 0..10 {
        let recall = |of: &nn::metrics::Confusion| of.scores(class).recall as f32;
        let others = (0..10).filter(|&answer| answer != class);
        let often = others.max_by_key(|&answer| upright.count(class, answer));
        let often = often.map_or(String::new(), |answer| answer.to_string());
        rows.push([
            class.to_string(),
            percent(recall(&stored)),
            percent(recall(&upright)),
            often,
        ]);
        recalls.push((recall(&stored), recall(&upright)));
        let value = Value::fraction(recall(&upright)).tolerance(0.35);
        run.record(&format!("turned_{class}"), value)?;
    }
    run.say("\nEach digit by itself:");
    run.table(
        &["digit", "as stored", "upright", "most often taken for"],
        rows,
    );
    run.figure("turned_classes", figures::turned::classes(&recalls)?)
}

/// The same digit as it was stored and upright, in letters.
fn drawn(run: &mut Run, turned: &Labelled, test: &Labelled) {
    let seven = test
        .classes
        .iter()
        .position(|&class| class == 7)
        .unwrap_or(0);
    let draw = |of: &Labelled| drawing(&of.pick(&[seven]).x);
    run.say("\nA seven as it was stored, and as it should be:");
    for (stored, upright) in draw(turned).iter().zip(draw(test)) {
        run.say(format!("  {stored}    {upright}"));
    }
}

/// What the net takes the first upright digit of each class for.
fn answers_of(net: &LeNet, test: &Labelled) -> Vec<(usize, usize)> {
    let first = |class| test.classes.iter().position(|&of| of == class);
    let rows: Vec<usize> = (0..10).filter_map(first).collect();
    let taken = nn::classify::logits(net, &test.x.select(0, &rows)).argmax(1);
    rows.into_iter().zip(taken).collect()
}
