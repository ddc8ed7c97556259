//! Figures of the section `heads`.

use plots::{Error, Figure, Pictures, Size};

use super::train::picture;
use super::windows::frames_above;
use crate::boxes::Detection;
use crate::decode::Keep;
use crate::set::Set;

/// What each head finds in the same scene, the one of this number. Three pictures, since
/// six are too much for one figure.
pub(crate) fn found(
    set: &Set,
    scene: usize,
    heads: &[(&str, &[Vec<Detection>])],
) -> Result<Figure, Error> {
    let example = &set.examples[scene];
    let pictures = heads.iter().map(|(name, found)| {
        let found = &found[scene];
        let marks = frames_above(&example.objects, found, Keep::SURE.score);
        picture(example).marks(marks).caption(*name)
    });
    Pictures::new(pictures)
        .columns(heads.len())
        .size(Size::Wide)
        .draw()
}
