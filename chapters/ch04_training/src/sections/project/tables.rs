//! The tables of the section `project`.

use lesson::{Run, Value, percent, thousands};
use nn::train::Trainer;
use nn::{Mlp, Module, Role};

use crate::project::LESSON;

/// The net, tensor by tensor.
pub(super) fn parts(run: &mut Run, trainer: &Trainer<Mlp>) -> anyhow::Result<()> {
    run.say("The net, by name:");
    let tensors = trainer.net.tensors().into_iter();
    run.table(
        &["tensor", "shape", "numbers", "kind"],
        tensors.map(|(name, role, tensor)| {
            let kind = match role {
                Role::Parameter => "learnt",
                Role::Buffer => "measured",
            };
            let shape = format!("{:?}", tensor.shape());
            [name, shape, thousands(tensor.len()), kind.to_string()]
        }),
    );
    let count = trainer.net.parameter_count();
    run.say(format!("{} parameters\n", thousands(count)));
    run.record("clothes_parameters", Value::count(count))
}

/// How the first training went.
pub(super) fn told(run: &mut Run, trainer: &Trainer<Mlp>) -> anyhow::Result<()> {
    let epochs = trainer.history.len();
    let shown = |e: &usize| e.is_multiple_of(5) || [1, 2, epochs].contains(e);
    run.table(
        &["epoch", "last rate", "training loss", "validation right"],
        (1..=epochs).filter(shown).map(|e| {
            let epoch = &trainer.history[e - 1];
            [
                e.to_string(),
                format!("{:.5}", epoch.lr),
                format!("{:.3}", epoch.loss),
                percent(epoch.score as f32),
            ]
        }),
    );
    let best = trainer.best.as_ref().map_or(0.0, |best| best.score);
    run.record(
        "clothes_steps",
        Value::count(trainer.optimizer.steps() as usize),
    )?;
    run.record("clothes_validation", Value::fraction(best).tolerance(0.015))
}

/// Class by class, the worst first.
pub(super) fn classes(
    run: &mut Run,
    counts: &[usize],
    names: &[String],
) -> anyhow::Result<()> {
    let k = names.len();
    let mut rows: Vec<(f32, [String; 3])> = Vec::new();
    for (class, name) in names.iter().enumerate() {
        let row = &counts[k * class..k * (class + 1)];
        let right = row[class] as f32 / row.iter().sum::<usize>().max(1) as f32;
        let others = (0..k).filter(|&other| other != class);
        let most = others.max_by_key(|&other| row[other]).unwrap_or(class);
        let taken = format!("{} ({})", names[most], row[most]);
        rows.push((right, [name.clone(), percent(right), taken]));
        let value = Value::fraction(right).tolerance(0.08);
        match name.as_str() {
            "Shirt" => run.record("shirts_right", value)?,
            "Trouser" => run.record("trousers_right", value)?,
            _ => {}
        }
    }
    rows.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let cells = rows.into_iter().map(|(_, cells)| cells);
    run.table(&["class", "right", "most often taken for"], cells);
    Ok(())
}

/// What the checkpoint of a training holds.
pub(super) fn in_the_file(run: &mut Run, trainer: &Trainer<Mlp>) -> anyhow::Result<()> {
    let bytes = trainer.to_bytes(LESSON);
    let net = trainer.net.tensors();
    let numbers: usize = net.iter().map(|(_, _, tensor)| tensor.len()).sum();
    let memory = trainer.optimizer.state();
    let remembered: usize = memory.iter().map(|(_, tensor)| tensor.len()).sum();
    let row = |what: &str, tensors: usize, numbers: usize| {
        [what.to_string(), tensors.to_string(), thousands(numbers)]
    };
    run.say("\nIn the checkpoint:");
    run.table(
        &["tensors named", "tensors", "numbers"],
        [
            row("net.…", net.len(), numbers),
            row("best.…", net.len(), numbers),
            row("optimiser.…", memory.len(), remembered),
            row("history", 1, 3 * trainer.history.len()),
            row("place, losses, rng", 3, 3 + 1 + 3),
        ],
    );
    run.say(format!("{} bytes in all", thousands(bytes.len())));
    let value = Value::number(bytes.len() as f64 / 1e6).unit("MB");
    run.record("checkpoint_size", value.tolerance(0.01))
}
