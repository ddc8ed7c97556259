//! A training that is kept in a file while it runs.

use std::fs;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::Module;
use crate::train::{Diverged, Stop, Task, Trainer};

use super::{CheckpointError, Problem};

/// Where a training begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// At its first step; a checkpoint that is there is removed.
    Afresh,
    /// Where its checkpoint stands.
    Resumed,
    /// Where its checkpoint stands, or at its first step if there is none: for the later ones
    /// of several trainings, which a run that was stopped may not have reached.
    ResumedIfKept,
}

impl Begin {
    /// Where a training of a program begins that may have been called with `--resume`. The
    /// `first` of its trainings must have a checkpoint then.
    pub fn asked(resume: bool, first: bool) -> Begin {
        match (resume, first) {
            (true, true) => Begin::Resumed,
            (true, false) => Begin::ResumedIfKept,
            (false, _) => Begin::Afresh,
        }
    }
}

/// A training whose loss is lost, and what is left of it.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{diverged}; {}", left(.kept.as_deref()))]
pub struct Lost {
    /// Where and how.
    pub diverged: Diverged,
    /// The checkpoint, if an epoch was over.
    pub kept: Option<PathBuf>,
}

fn left(kept: Option<&Path>) -> String {
    match kept {
        Some(file) => format!("the last good epoch is in {}", file.display()),
        None => "no epoch was over".to_string(),
    }
}

impl<M: Module> Trainer<M> {
    /// Takes up the training of `lesson` in this file, or makes room for it.
    ///
    /// # Errors
    /// A checkpoint that is to be resumed and is missing, damaged or of another training; one
    /// that cannot be removed.
    pub fn begin(
        &mut self,
        file: &Path,
        lesson: &str,
        begin: Begin,
    ) -> Result<(), CheckpointError> {
        match (begin, file.exists()) {
            (Begin::Resumed, _) | (Begin::ResumedIfKept, true) => self.resume(file, lesson),
            (Begin::Afresh, true) => fs::remove_file(file).map_err(|reason| {
                let action = "removed";
                Problem::System { action, reason }.of(file)
            }),
            _ => Ok(()),
        }
    }

    // ANCHOR: fit_kept
    /// Trains to the end, as [`Trainer::fit`] does. The checkpoint is written once an epoch is
    /// over, and when `watch`, which is called after every step, says to stop.
    ///
    /// # Errors
    /// What `watch` returned; [`Lost`]; a file that cannot be written.
    pub fn fit_kept<E: From<CheckpointError> + From<Lost>>(
        &mut self,
        task: &impl Task<M>,
        file: &Path,
        lesson: &str,
        mut watch: impl FnMut(&Self) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut kept = self.history.len();
        let ended = self.fit(task, |trainer| {
            let go_on = watch(trainer);
            if go_on.is_err() || trainer.history.len() > kept {
                trainer.save(file, lesson)?;
                kept = trainer.history.len();
            }
            go_on
        });
        match ended {
            Ok(()) => Ok(self.save(file, lesson)?),
            Err(Stop::Asked(error)) => Err(error),
            Err(Stop::Diverged(diverged)) => {
                let kept = file.exists().then(|| file.to_owned());
                Err(Lost { diverged, kept }.into())
            }
        }
    }
    // ANCHOR_END: fit_kept
}
