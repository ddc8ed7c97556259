//! The section `filter`: nine numbers slide over a photo.

use lesson::{Run, Value};
use tensor::Tensor;

use crate::figures;
use crate::filter::{
    BLUR, Filter, LEVEL_EDGES, NEGATIVE, SHARPEN, UPRIGHT_EDGES, slide,
};
use crate::photo::photo;

/// How often the photo is blurred for the figure: once is hard to see.
const BLURS: usize = 4;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    by_hand(run)?;
    let photo = photo()?; // [H, W]
    let all: [(&str, Filter); 5] = [
        ("upright edges", UPRIGHT_EDGES),
        ("level edges", LEVEL_EDGES),
        ("blur", BLUR),
        ("sharpen", SHARPEN),
        ("negative", NEGATIVE),
    ];
    run.say("\nA photo, 0 black and 1 white, and what comes out:");
    let row = |name: &str, sum: String, picture: &Tensor| {
        let [low, mean, high] = [picture.min(), picture.mean(), picture.max()]
            .map(|x| format!("{:.2}", x.item()));
        [name.to_owned(), sum, low, mean, high]
    };
    let mut rows = vec![row("none: the photo", String::new(), &photo)];
    rows.extend(all.iter().map(|(name, filter)| {
        let sum: f32 = filter.kernel.iter().flatten().sum();
        let sum = format!("{:.0}", sum.round());
        row(name, sum, &filter.apply(&photo))
    }));
    run.table(&["filter", "sum of weights", "least", "mean", "most"], rows);
    let [edges, level, _, sharp, negative] =
        all.map(|(_, filter)| filter.apply(&photo));
    let blurred = (0..BLURS).fold(photo.clone(), |photo, _| BLUR.apply(&photo));
    let difference = (BLUR.apply(&photo).mean() - photo.mean()).item();
    let value = Value::number(difference.abs()).tolerance(0.01);
    run.record("blur_mean_difference", value)?;
    let shown = [photo, edges, level, blurred, sharp, negative];
    run.figure("photo_filters", figures::filter::photos(&shown)?)
}

/// The example that the page works out: a picture, dark on the left.
fn by_hand(run: &mut Run) -> anyhow::Result<()> {
    let picture = Tensor::from([
        [0.0, 0.0, 5.0, 5.0],
        [0.0, 0.0, 5.0, 5.0],
        [0.0, 1.0, 5.0, 5.0],
        [0.0, 1.0, 1.0, 5.0],
    ]); // [4, 4]
    let kernel = Tensor::from([[-1.0, 0.0, 1.0]; 3]); // [3, 3]
    let sums = slide(&picture, &kernel); // [2, 2]
    let [a, b, c, d] = sums.to_vec()[..] else {
        unreachable!("four places");
    };
    run.say(format!(
        "By hand, four places: {a} {b} above, {c} {d} below."
    ));
    run.figure("slide", figures::filter::by_hand(&picture, &kernel, &sums)?)
}
