//! The section `propose`: proposals, and three detectors that classify them.

mod detectors;
mod recall;

use lesson::Run;
use tensor::Rng;

use crate::boxes::BBox;
use crate::scenes::{Split, set};
use crate::selective::proposals_of;
use crate::set::Set;

/// Scenes, with what selective search proposes for each.
struct Proposed {
    set: Set,
    proposals: Vec<Vec<BBox>>,
}

impl Proposed {
    /// The first scenes of a split.
    fn new(run: &Run, split: Split, count: usize) -> anyhow::Result<Proposed> {
        let set = set(split, count, run.seed())?;
        let rng = Rng::new(run.seed()).fork("selective search");
        let proposals = proposals_of(&set.examples, &rng);
        Ok(Proposed { set, proposals })
    }
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let training = Proposed::new(run, Split::Training, run.choose(6, 300, 300))?;
    let held = Proposed::new(run, Split::Validation, run.choose(3, 100, 100))?;
    recall::run(run, &held)?;
    detectors::run(run, &training, &held)
}
