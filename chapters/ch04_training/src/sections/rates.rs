//! The section `rates`: schedules of the learning rate, and the test that finds its range.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(_run: &mut Run) -> anyhow::Result<()> {
    Ok(())
}
