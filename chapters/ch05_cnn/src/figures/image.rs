//! The figure of the section `image`.

use ndarray::Array2;
use pictures::Steps;
use pictures::digit::fit::within;
use plots::{Error, Figure, Picture, Pictures, Role, Size};

/// The most pixels a side of a picture in the figure.
const MOST: usize = 150;

/// The steps from a picture to a digit like MNIST's, and the answer.
pub(crate) fn steps(steps: &Steps, answer: usize, p: f32) -> Result<Figure, Error> {
    let shown = |picture: &Array2<u8>| {
        let small = within(picture.clone(), MOST);
        let bytes = small.iter().map(|&byte| f32::from(byte) / 255.0);
        (small.dim().1, bytes.collect::<Vec<_>>())
    };
    let grey = shown(&steps.grey);
    let ink = |picture: &Array2<u8>, words: &str| {
        let (width, pixels) = shown(picture);
        Picture::ink(width, &pixels).caption(words)
    };
    let words = format!("centred: a {answer}, {:.0} %", 100.0 * p);
    Pictures::new([
        Picture::grey(grey.0, &grey.1).caption("grey"),
        ink(&steps.ink, "ink"),
        ink(&steps.cropped, "cropped"),
        ink(&steps.scaled, "scaled"),
        ink(&steps.centred, &words).highlight(Role::Blue),
    ])
    .columns(5)
    .size(Size::Wide)
    .draw()
}
