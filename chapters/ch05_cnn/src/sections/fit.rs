//! A training inside a run: its bar, its checkpoint, and going on from there.

use std::ops::Range;

use lesson::{Run, percent, thousands};
use nn::Module;
use nn::checkpoint::Begin;
use nn::data::Labelled;
use nn::train::{Task, Trainer};

/// What a checkpoint says it belongs to.
const LESSON: &str = "ch05_cnn";

/// Trains with a progress bar and a checkpoint `NAME.safetensors` in the run's folder. A run
/// that is to be resumed `must` find the checkpoint of its first training.
pub(crate) fn fit<M: Module>(
    run: &mut Run,
    trainer: &mut Trainer<M>,
    task: &impl Task<M>,
    name: &str,
    must: bool,
) -> anyhow::Result<()> {
    let file = run.out_dir().join(format!("{name}.safetensors"));
    trainer.begin(&file, LESSON, Begin::asked(run.resume(), must))?;
    let done = trainer.optimizer.steps() as usize;
    if done > 0 {
        run.note(format!("{name}: going on after step {}", thousands(done)));
    }
    let steps = trainer.plan.epochs * (task.len() / trainer.plan.batch);
    let bar = run.progress(name, steps.saturating_sub(done));
    trainer.fit_kept(task, &file, LESSON, |trainer| {
        match trainer.history.last() {
            Some(epoch) if epoch.score > 0.0 => {
                bar.note(format!("{} right", percent(epoch.score as f32)));
            }
            Some(epoch) => bar.note(format!("loss {:.3}", epoch.loss)),
            None => {}
        }
        Ok(bar.step()?)
    })
}

/// Some of the pictures, by their place.
pub(crate) fn some(of: &Labelled, rows: Range<usize>) -> Labelled {
    of.pick(&Vec::from_iter(rows.start..rows.end.min(of.len())))
}
