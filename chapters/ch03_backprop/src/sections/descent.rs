//! The section `descent`: downhill on a curve and on surfaces.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    run.say("not written yet");
    Ok(())
}
