//! Figures of the section `inside`.

use plots::{Error, Figure, Picture, Pictures, Size};
use tensor::Tensor;

use crate::digits::SIDE;

/// One picture of a stack, whatever its shape.
fn pixels(x: &Tensor, row: usize) -> Vec<f32> {
    x.slice(0, row..row + 1).to_vec()
}

/// Six windows of 5 × 5 weights, and their maps of a digit and of a photo.
pub(crate) fn first_layer(
    weights: &Tensor,
    maps: &[Tensor; 2],
) -> Result<Figure, Error> {
    let n = weights.shape()[0];
    let windows = (0..n).map(|row| Picture::signed(5, &pixels(weights, row)));
    let of = |maps: &Tensor| -> Vec<Picture> {
        let [_, n, h, w] = maps.dims();
        let maps = maps.reshape(&[n, h, w]);
        (0..n)
            .map(|row| Picture::heat(w, &pixels(&maps, row)))
            .collect()
    };
    let [digit, photo] = maps;
    Pictures::new(windows.chain(of(digit)).chain(of(photo)))
        .columns(n)
        .row_names(["weights", "a five", "a photo"])
        .each_own_scale()
        .size(Size::Wide)
        .draw()
}

/// Pictures, and below each where the net looked for its answer.
pub(crate) fn cams(
    x: &Tensor,
    heat: &Tensor,
    names: &[String],
) -> Result<Figure, Error> {
    let pictures = names
        .iter()
        .enumerate()
        .map(|(row, name)| Picture::ink(SIDE, &pixels(x, row)).caption(name));
    let maps = (0..names.len()).map(|row| Picture::heat(SIDE, &pixels(heat, row)));
    Pictures::new(pictures.chain(maps))
        .columns(names.len())
        .row_names(["picture", "Grad-CAM"])
        .each_own_scale()
        .size(Size::Wide)
        .draw()
}
