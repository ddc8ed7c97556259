//! Figures of the section `mistakes`.

use plots::{Bar, Bars, Error, Figure, Mark, Pictures, Role, Size};

use super::train::picture;
use crate::boxes::{BBox, Detection};
use crate::mistakes::{Kind, Mistake, Mistakes};
use crate::set::Set;

/// What average precision would gain without the mistakes of each kind.
pub(crate) fn gains(gains: &[(Kind, f64)]) -> Result<Figure, Error> {
    let bars = Bars::new("mAP@0.5 gained without them", "").decimals(3);
    let bar =
        |bars: Bars, (kind, gain): &(Kind, f64)| bars.bar(Bar::new(kind.name(), *gain));
    gains.iter().fold(bars, bar).draw()
}

/// Mistakes on their pictures: the truth dashed, what was found solid.
pub(crate) fn worst(
    set: &Set,
    mistakes: &Mistakes,
    shown: &[(usize, Mistake)],
) -> Result<Figure, Error> {
    let frame = |BBox { x0, y0, x1, y1 }, role| Mark::new([x0, y0, x1, y1], role);
    let pictures = shown.iter().map(|&(n, mistake)| {
        let judged = &mistakes.pictures[n];
        let truth = mistake.object.map(|object| {
            let thing = judged.objects[object];
            frame(thing.bbox, Role::Green)
                .dashed()
                .words(&set.classes[thing.class])
        });
        let found = mistake.found.map(|found| {
            let Detection { bbox, class, score } = judged.found[found];
            let words = format!("{} {:.0} %", set.classes[class], 100.0 * score);
            frame(bbox, Role::Vermilion).words(words)
        });
        picture(&set.examples[n])
            .marks(truth.into_iter().chain(found))
            .caption(mistake.kind.name())
    });
    Pictures::new(pictures).columns(3).size(Size::Wide).draw()
}
