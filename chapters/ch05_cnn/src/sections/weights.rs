//! The section `weights`: the digit net's weights as a file, for later lessons.

use lesson::{Run, Value, percent, thousands};
use nn::checkpoint::save_weights;

use crate::digits::Digits;
use crate::practice::squares;
use crate::sections::digits::{learn, settings};
use crate::sections::fit::some;
use crate::training::right;

/// Runs the section: the net of `digits`, trained again, or with `--resume` taken from
/// the checkpoint that `digits` left.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let digits = Digits::load()?;
    let training = some(&squares(&digits.training), 0..run.choose(640, 8000, 8000));
    let settings = settings(run);
    let seed = run.seed();
    let trained = learn(run, &training, None, &settings, seed, "digits")?;
    let file = run.out_dir().join("digits.safetensors");
    save_weights(&trained.net, &file)?;
    let reached = right(&trained.net, &squares(&digits.test));
    run.say(format!(
        "LeNet-5 from {} digits, seed {seed}: {} of the test digits right",
        thousands(training.len()),
        percent(reached)
    ));
    run.note(format!("its weights are in {}", file.display()));
    run.record(
        "weights_accuracy",
        Value::fraction(reached).tolerance(0.003),
    )
}
