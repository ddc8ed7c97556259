//! Weight images, the curve of training, and the mistakes.

use nn::data::Labelled;
use plots::{Error, Figure, Line, Matrix, Panel, Picture, Pictures, Role, Size, Split};
use tensor::Tensor;

use crate::sections::Misread;

/// The weights of each unit as a picture, `[D, 10]`.
pub(crate) fn weights(weights: &Tensor) -> Result<Figure, Error> {
    let picture = |digit: usize| {
        let column = weights.select(1, &[digit]).to_vec(); // [D]
        Picture::signed(28, &column).caption(digit.to_string())
    };
    Pictures::new((0..10).map(picture))
        .columns(5)
        .size(Size::Wide)
        .draw()
}

/// Accuracy on training and validation digits after each pass.
pub(crate) fn curve(curve: &[(usize, f32, f32)]) -> Result<Figure, Error> {
    let training: Vec<(usize, f32)> = curve
        .iter()
        .map(|(pass, t, _)| (*pass, 100.0 * t))
        .collect();
    let validation: Vec<(usize, f32)> = curve
        .iter()
        .map(|(pass, _, v)| (*pass, 100.0 * v))
        .collect();
    Panel::new()
        .x("pass", "")
        .y("right", "%")
        .add(Line::new(&training).role(Role::Blue).name("training"))
        .add(
            Line::new(&validation)
                .role(Role::Vermilion)
                .split(Split::Validation)
                .name("validation"),
        )
        .draw()
}

/// The misread digits, each with the answer, its probability and the truth.
pub(crate) fn mistakes(digits: &Labelled, worst: &[Misread]) -> Result<Figure, Error> {
    let pictures = worst.iter().map(|misread| {
        let pixels = digits.x.slice(0, misread.row..=misread.row).to_vec(); // [D]
        let Misread {
            answer,
            truth,
            probability,
            ..
        } = misread;
        Picture::ink(28, &pixels).caption(format!(
            "read {answer} ({:.0} %), is {truth}",
            100.0 * probability
        ))
    });
    Pictures::new(pictures).columns(4).size(Size::Wide).draw()
}

/// How often each digit was read as each.
pub(crate) fn confusion(counts: &[usize]) -> Result<Figure, Error> {
    let names: Vec<String> = (0..10).map(|digit: usize| digit.to_string()).collect();
    Matrix::new(10, 10, counts)
        .rows("true digit", &names)
        .columns("read as", &names)
        .decimals(0)
        .draw()
}
