//! The section `ravine`: momentum and Nesterov's look ahead in a ravine.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(_run: &mut Run) -> anyhow::Result<()> {
    Ok(())
}
