//! The section `adaptive`: AdaGrad, RMSProp, Adam and AdamW: a step size for each weight.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(_run: &mut Run) -> anyhow::Result<()> {
    Ok(())
}
