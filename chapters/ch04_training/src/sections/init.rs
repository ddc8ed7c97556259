//! The section `init`: first weights, and the spread of signals over ten layers.

use lesson::Run;

/// Runs the section.
pub(crate) fn run(_run: &mut Run) -> anyhow::Result<()> {
    Ok(())
}
