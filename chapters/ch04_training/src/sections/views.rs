//! The section `views`: clothes seen by PCA and t-SNE.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(_run: &mut Run) -> anyhow::Result<()> {
    Ok(())
}
