//! Figures of the section `fool`.

use plots::{Error, Figure, Line, Panel, Picture, Pictures, Role, Size};
use tensor::Tensor;

use crate::digits::SIDE;

/// One example's pixels.
fn pixels(x: &Tensor, row: usize) -> Vec<f32> {
    x.slice(0, row..row + 1).to_vec()
}

/// Digits, what was added, and the sums, with what the net says of them.
pub(crate) fn fooled(
    x: &Tensor,
    after: &Tensor,
    answers: &[Vec<usize>; 2],
) -> Result<Figure, Error> {
    let n = x.shape()[0];
    let change = after - x;
    let digit = |x: &Tensor, row: usize| Picture::ink(SIDE, &pixels(x, row));
    let before = (0..n).map(|row| digit(x, row).caption(answers[0][row].to_string()));
    let added = (0..n).map(|row| Picture::signed(SIDE, &pixels(&change, row)));
    let now = (0..n).map(|row| {
        let answer = answers[1][row];
        let picture = digit(after, row);
        match answer == answers[0][row] {
            true => picture.caption(answer.to_string()),
            false => picture
                .caption(format!("{answer}?"))
                .highlight(Role::Vermilion),
        }
    });
    Pictures::new(before.chain(added).chain(now))
        .columns(n)
        .row_names(["digit", "change", "sum"])
        .each_own_scale()
        .size(Size::Wide)
        .draw()
}

/// How the loss changes with each pixel, for the plain and for the hardened net.
pub(crate) fn slopes(x: &Tensor, slopes: &[Tensor; 2]) -> Result<Figure, Error> {
    let n = x.shape()[0];
    let digits = (0..n).map(|row| Picture::ink(SIDE, &pixels(x, row)));
    let of = |slopes: &Tensor| -> Vec<Picture> {
        let picture = |row| Picture::signed(SIDE, &pixels(slopes, row));
        (0..n).map(picture).collect()
    };
    let [plain, hard] = slopes;
    Pictures::new(digits.chain(of(plain)).chain(of(hard)))
        .columns(n)
        .row_names(["digit", "plain", "hardened"])
        .each_own_scale()
        .size(Size::Wide)
        .draw()
}

/// Digits read against the size of the change; a line an attack and net.
pub(crate) fn robustness(
    lines: &[(&str, Vec<(f32, f32)>); 4],
) -> Result<Figure, Error> {
    let panel = Panel::new()
        .x("largest change of a pixel", "")
        .y("test digits read", "%")
        .x_range(0.0, 0.3)
        .y_range(0.0, 100.0);
    let lines = lines.iter().map(|(name, points)| {
        let role = match name.starts_with("hardened") {
            true => Role::Blue,
            false => Role::Vermilion,
        };
        let line = Line::new(points).role(role).name(*name).dots();
        match name.ends_with("FGSM") {
            true => line.thin(),
            false => line,
        }
    });
    panel.add_all(lines).draw_sized(Size::Wide)
}
