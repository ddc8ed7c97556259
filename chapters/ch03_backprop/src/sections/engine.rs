//! The section `engine`: from scalars to tensors: the engine of the course.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    run.say("not written yet");
    Ok(())
}
