//! The section `grid`: optimisers times schedules, a grid of runs.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(_run: &mut Run) -> anyhow::Result<()> {
    Ok(())
}
