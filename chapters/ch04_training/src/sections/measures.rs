//! The section `measures`: confusion, precision, recall, F1, ROC and PR.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(_run: &mut Run) -> anyhow::Result<()> {
    Ok(())
}
