//! The section `softmax`: softmax and log-sum-exp that do not overflow.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    run.say("not written yet");
    Ok(())
}
