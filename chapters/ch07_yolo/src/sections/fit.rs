//! A detector's training inside a run: its bar, its checkpoint, and going on from there.

use lesson::{Run, thousands};
use nn::Module;
use nn::checkpoint::Begin;
use nn::train::{Task, Trainer};

use crate::train::Finding;

/// Trains with a progress bar and a checkpoint `NAME.safetensors` in the run's folder, written
/// once an epoch is over and when the run is told to stop; it says which pictures it learns
/// from, and with others it is not gone on with. `watch` sees the net after each epoch.
pub(crate) fn fit<'a, M: Module, F>(
    run: &mut Run,
    trainer: &mut Trainer<M>,
    task: &Finding<'a, F>,
    name: &str,
    mut watch: impl FnMut(&Trainer<M>),
) -> anyhow::Result<()>
where
    Finding<'a, F>: Task<M>,
{
    let file = run.out_dir().join(format!("{name}.safetensors"));
    let whose = format!("ch07_yolo on {}", task.training.name);
    trainer.begin(&file, &whose, Begin::asked(run.resume(), false))?;
    let done = trainer.optimizer.steps() as usize;
    if done > 0 {
        run.note(format!("{name}: going on after step {}", thousands(done)));
    }
    let steps = trainer.plan.epochs * (task.len() / trainer.plan.batch);
    let bar = run.progress(name, steps.saturating_sub(done));
    let mut seen = trainer.history.len();
    trainer.fit_kept(task, &file, &whose, |trainer| {
        if let Some(epoch) = trainer.history.last() {
            // Where nothing was held out, the score is 0.
            let mut note = format!("loss {:.2}", epoch.loss);
            if epoch.score > 0.0 {
                note.push_str(&format!(", mAP {:.3}", epoch.score));
            }
            bar.note(note);
        }
        if trainer.history.len() > seen {
            seen = trainer.history.len();
            watch(trainer);
        }
        Ok(bar.step()?)
    })
}
