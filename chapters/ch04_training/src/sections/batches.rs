//! The section `batches`: mini-batches: what a smaller sample of the gradient costs and buys.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(_run: &mut Run) -> anyhow::Result<()> {
    Ok(())
}
