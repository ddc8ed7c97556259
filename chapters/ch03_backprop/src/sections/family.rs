//! The section `family`: 1986: two family trees.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    run.say("not written yet");
    Ok(())
}
