//! A training in a file.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tensor::{Rng, RngState};

use super::file::{self, Reading, Writing, read, write};
use super::problem::{CheckpointError, Problem};
use crate::Module;
use crate::train::{Best, Epoch, Trainer};

/// The number of the layout of the files. A file of a higher number is refused.
const FORMAT: u64 = 1;

/// What has to be the same when a training goes on.
#[derive(Serialize, Deserialize)]
struct About {
    format: u64,
    lesson: String,
    optimiser: String,
    plan: String,
}

/// What a file of any format says first.
#[derive(Deserialize)]
struct Format {
    format: u64,
}

impl<M: Module> Trainer<M> {
    /// Keeps all that the training is in a file, which is replaced whole or not at all.
    /// `lesson` says whose it is.
    ///
    /// # Errors
    /// If the file cannot be written, or the net holds NaN or infinity; the file that was
    /// there before is then kept.
    pub fn save(&self, file: &Path, lesson: &str) -> Result<(), CheckpointError> {
        let spoilt = self.net.tensors().into_iter().find(|(_, _, tensor)| {
            let values = tensor.to_vec();
            !values.iter().all(|value| value.is_finite())
        });
        let written = match spoilt {
            Some((tensor, ..)) => Err(Problem::NotFinite { tensor }),
            None => write(file, &self.to_bytes(lesson)),
        };
        written.map_err(|problem| problem.of(file))
    }

    /// Goes on from where the training in a file was: one of the same lesson, net, rule, plan
    /// and seed.
    ///
    /// # Errors
    /// If the file is missing, damaged, of a newer format, or of another training; this
    /// training is then as it was.
    pub fn resume(&mut self, file: &Path, lesson: &str) -> Result<(), CheckpointError> {
        let resumed = match read(file) {
            Ok(bytes) => self.take(&bytes, lesson),
            Err(Problem::Missing) => Err(Problem::NoCheckpoint),
            Err(problem) => Err(problem),
        };
        resumed.map_err(|problem| problem.of(file))
    }

    // ANCHOR: bytes
    /// All that the training is, as the bytes of its file. Equal trainings have equal bytes.
    pub fn to_bytes(&self, lesson: &str) -> Vec<u8> {
        let mut file = Writing::default();
        file.net("net.", &self.net);
        if let Some(best) = &self.best {
            file.net("best.", &best.net);
        }
        for (name, memory) in self.optimizer.state() {
            file.tensor(format!("optimiser.{name}"), &memory);
        }
        let best = self.best.as_ref().map_or(0, |best| best.epoch as u64);
        let place = [self.optimizer.steps(), self.batches as u64, best];
        file.whole("place", &place);
        file.wide("losses", &[1, 1], &[self.losses]);
        let RngState {
            seed,
            stream,
            words,
        } = self.rng.state();
        file.whole("rng", &[seed, stream, words]);
        let epochs = self.history.iter();
        let history: Vec<f64> = epochs
            .flat_map(|epoch| [epoch.loss, epoch.score, f64::from(epoch.lr)])
            .collect();
        file.wide("history", &[self.history.len(), 3], &history);
        file.bytes(Some((file::TRAINING, self.about(lesson))))
    }
    // ANCHOR_END: bytes

    /// The words in the header.
    fn about(&self, lesson: &str) -> String {
        let about = About {
            format: FORMAT,
            lesson: lesson.to_string(),
            optimiser: self.optimizer.rule(),
            plan: format!("{:?}", self.plan),
        };
        serde_json::to_string(&about).expect("words and a number are JSON")
    }

    /// Takes the place of a training that has these bytes. Nothing of this one changes before
    /// all of the file was found good.
    fn take(&mut self, bytes: &[u8], lesson: &str) -> Result<(), Problem> {
        let mut file = Reading::new(bytes)?;
        self.belongs(&file, lesson)?;
        let rng = self.generator(file.whole("rng")?)?;
        let [steps, batches, best] = file.whole("place")?;
        let history = history(&mut file)?;
        let [[losses]] = file.wide("losses")?[..] else {
            return Err(Problem::damaged("there is not one sum of losses"));
        };
        let net = file.net("net.", &self.net)?;
        let best = best_net(&mut file, best, &history, &self.net)?;
        let memory = self.optimizer.memory_from(&self.net, |name, weight| {
            file.tensor(&format!("optimiser.{name}"), weight.shape())
        })?;
        file.finish()?;
        let remembered = file.names().into_iter();
        let remembered = remembered.filter(|name| name.starts_with("optimiser."));
        if memory.values().flatten().count() != remembered.count() {
            return Err(Problem::damaged("the optimiser's memory is not whole"));
        }
        self.optimizer.go_on(steps, memory);
        (self.net, self.best, self.history) = (net, best, history);
        (self.rng, self.batches, self.losses) = (rng, batches as usize, losses);
        Ok(())
    }

    /// That the file is a training of this lesson by this rule and plan.
    fn belongs(&self, file: &Reading, lesson: &str) -> Result<(), Problem> {
        let words = file.words(file::TRAINING).ok_or(Problem::Foreign)?;
        let Format { format } = serde_json::from_str(words).map_err(Problem::damaged)?;
        if format != FORMAT {
            return Err(Problem::Newer {
                found: format,
                known: FORMAT,
            });
        }
        let found: About = serde_json::from_str(words).map_err(Problem::damaged)?;
        let plan = format!("{:?}", self.plan);
        same("lesson", lesson, &found.lesson)?;
        same("optimiser", &self.optimizer.rule(), &found.optimiser)?;
        same("plan", &plan, &found.plan)
    }

    /// The generator of the file, if it comes from the same seed.
    fn generator(&self, [seed, stream, words]: [u64; 3]) -> Result<Rng, Problem> {
        let ours = self.rng.state();
        same("seed", &ours.seed.to_string(), &seed.to_string())?;
        same(
            "stream of random numbers",
            &ours.stream.to_string(),
            &stream.to_string(),
        )?;
        Ok(Rng::from_state(RngState {
            seed,
            stream,
            words,
        }))
    }
}

/// The epochs that are over.
fn history(file: &mut Reading) -> Result<Vec<Epoch>, Problem> {
    let rows = file.wide("history")?.into_iter();
    let epoch = |[loss, score, lr]: [f64; 3]| Epoch {
        loss,
        score,
        lr: lr as f32,
    };
    Ok(rows.map(epoch).collect())
}

/// The best net, found after this epoch; none after epoch 0.
fn best_net<M: Module>(
    file: &mut Reading,
    epoch: u64,
    history: &[Epoch],
    like: &M,
) -> Result<Option<Best<M>>, Problem> {
    let Some(before) = (epoch as usize).checked_sub(1) else {
        return Ok(None);
    };
    let epochs = history.len();
    let words = || Problem::damaged(format!("its best epoch is {epoch} of {epochs}"));
    let score = history.get(before).ok_or_else(words)?.score;
    let net = file.net("best.", like)?;
    let epoch = epoch as usize;
    Ok(Some(Best { epoch, score, net }))
}

/// That both are the same.
fn same(what: &'static str, expected: &str, found: &str) -> Result<(), Problem> {
    if expected == found {
        return Ok(());
    }
    Err(Problem::Differs {
        what,
        expected: expected.to_string(),
        found: super::problem::one_line(found),
    })
}
