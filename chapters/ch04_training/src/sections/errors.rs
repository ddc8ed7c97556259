//! The section `errors`: the fifty worst pictures, wrong labels, another world.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(_run: &mut Run) -> anyhow::Result<()> {
    Ok(())
}
