//! The section `image`: a picture of a digit, on its way to the net and read by it.

use lesson::{Run, Value};
use pictures::{Steps, digit};

use crate::figures;
use crate::own::{ask, stand_in};
use crate::stored::digit_reader;

/// Runs the section: on the reader's picture, or on the book's.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let own = run.image().map(digit::read).transpose()?;
    let steps = match &own {
        Some(steps) => steps.clone(),
        None => digit::from_pixels(&stand_in()?, "the book's picture")?,
    };
    let net = digit_reader()?;
    let probabilities = ask(&net, &steps);
    run.say(sizes(&steps));
    let rows = probabilities.iter().enumerate();
    run.table(
        &["digit", "probability"],
        rows.map(|(digit, p)| [digit.to_string(), format!("{:.1} %", 100.0 * p)]),
    );
    let largest = |a: &(usize, f32), b: &(usize, f32)| a.1.total_cmp(&b.1);
    let each = probabilities.iter().copied().enumerate();
    let (answer, p) = each.max_by(largest).unwrap_or((0, 0.0));
    run.say(format!("\nIt reads a {answer}."));
    if own.is_none() {
        run.record("own_probability", Value::fraction(p).tolerance(0.05))?;
        run.record("own_answer", Value::count(answer))?;
    }
    run.figure("own_digit", figures::image::steps(&steps, answer, p)?)
}

/// What became of the picture, in one line.
fn sizes(steps: &Steps) -> String {
    let size = |picture: &ndarray::Array2<u8>| {
        let (h, w) = picture.dim();
        format!("{w}×{h}")
    };
    let paper = match steps.light_on_dark {
        true => "light on dark",
        false => "dark on light",
    };
    format!(
        "Grey {}, {paper}; ink on {}; scaled to {}; centred on {}.",
        size(&steps.grey),
        size(&steps.cropped),
        size(&steps.scaled),
        size(&steps.centred)
    )
}
