//! The section `project`: clothes, trained, saved and resumed.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(_run: &mut Run) -> anyhow::Result<()> {
    Ok(())
}
