//! Figures of the section `filter`.

use plots::{Error, Figure, Picture, Pictures, Role, Size};
use tensor::Tensor;

use super::cells::{Cells, Words, board};

/// The photo and what filters made of it; edges in signed colours.
pub(crate) fn photos(shown: &[Tensor; 6]) -> Result<Figure, Error> {
    let names = [
        "the photo",
        "upright edges",
        "level edges",
        "blurred four times",
        "sharpened",
        "negative",
    ];
    let picture = |(name, picture): (&str, &Tensor)| {
        let ([_, w], pixels) = (picture.dims(), picture.to_vec());
        let picture = match name.ends_with("edges") {
            true => Picture::signed(w, &pixels),
            false => Picture::grey(w, &pixels),
        };
        picture.caption(name)
    };
    Pictures::new(names.into_iter().zip(shown).map(picture))
        .columns(3)
        .each_own_scale()
        .size(Size::Wide)
        .draw()
}

/// A picture, a kernel on it, and the sums at all places.
pub(crate) fn by_hand(
    picture: &Tensor,
    kernel: &Tensor,
    sums: &Tensor,
) -> Result<Figure, Error> {
    let under = (0..9).map(|n| [n / 3, n % 3]);
    board(11.6, 5.0)
        .add(
            Cells::new([0.1, 0.9], [4, 4])
                .name("picture")
                .numbers(&picture.to_vec())
                .fill_all(under, Role::Blue)
                .frame([0, 0], [3, 3], Role::Blue),
        )
        .add(
            Cells::new([5.2, 1.4], [3, 3])
                .name("kernel")
                .numbers(&kernel.to_vec())
                .frame([0, 0], [3, 3], Role::Blue),
        )
        .add(Words::new([8.8, 2.9], "="))
        .add(
            Cells::new([9.5, 1.9], [2, 2])
                .name("sums")
                .numbers(&sums.to_vec())
                .fill([0, 0], Role::Blue),
        )
        .draw()
}
