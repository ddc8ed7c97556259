//! The section `views`: clothes seen by PCA and t-SNE.

mod cloud;
mod components;
mod map;

pub(crate) use cloud::Planted;
pub(crate) use map::Map;

use lesson::{Mode, Run};

use crate::clothes::Clothes;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let mut clothes = Clothes::load()?;
    if run.mode() == Mode::Quick {
        let few: Vec<usize> = (0..120).collect();
        clothes.training = clothes.training.pick(&few);
        clothes.validation = clothes.validation.pick(&few);
    }
    let pca = components::run(run, &clothes)?;
    map::run(run, &clothes, &pca)?;
    cloud::run(run)
}
