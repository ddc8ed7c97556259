//! The section `scalar`: an engine for scalars, and its graph.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    run.say("not written yet");
    Ok(())
}
