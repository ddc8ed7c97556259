//! Figures of the section `turned`.

use nn::data::Labelled;
use plots::{Bar, Bars, Error, Figure, Picture, Pictures, Role, Size};

use crate::digits::SIDE;

/// Digits as they were stored and upright, with what the net says of the upright ones.
pub(crate) fn pairs(
    turned: &Labelled,
    test: &Labelled,
    taken: &[(usize, usize)],
) -> Result<Figure, Error> {
    let digit =
        |of: &Labelled, row: usize| Picture::ink(SIDE, &of.pick(&[row]).x.to_vec());
    let stored = taken.iter().map(|&(row, _)| digit(turned, row));
    let upright =
        taken
            .iter()
            .map(|&(row, answer)| match answer == test.classes[row] {
                true => digit(test, row).caption(answer.to_string()),
                false => digit(test, row)
                    .caption(format!("{answer}?"))
                    .highlight(Role::Vermilion),
            });
    Pictures::new(stored.chain(upright))
        .columns(taken.len())
        .row_names(["stored", "upright"])
        .size(Size::Wide)
        .draw()
}

/// The share of each digit that is still read upright.
pub(crate) fn classes(recalls: &[(f32, f32)]) -> Result<Figure, Error> {
    let mut bars = Bars::new("upright digits read", "%")
        .up_to(100.0)
        .decimals(0);
    for (class, &(_, upright)) in recalls.iter().enumerate() {
        let role = match upright > 0.5 {
            true => Role::Blue,
            false => Role::Vermilion,
        };
        bars = bars.bar(Bar::new(class.to_string(), 100.0 * upright).role(role));
    }
    bars.draw()
}
