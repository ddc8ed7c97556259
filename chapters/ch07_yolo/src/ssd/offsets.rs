//! From a default box to the object, in four numbers, and back.

use crate::boxes::BBox;

/// What offsets of the centre are divided by, and logarithms of the sizes. The paper
/// does not mention them; the authors' code calls them variances, and they bring the
/// four numbers, which are small, to a size around 1.
///
/// Source: the released settings of SSD300, `variance` of its `PriorBox` layers.
const VARIANCES: [f32; 2] = [0.1, 0.2];

/// How far a size may be from its default box, as a logarithm: a factor of about 55.
/// Chosen by us; a net that has hardly learnt could otherwise say infinity.
const FARTHEST: f32 = 4.0;

// ANCHOR: offsets
/// The offsets of a box from a default box: how many tenths of the default's width its
/// centre lies to the right, of the height below, and how many times `e^0.2` it is as
/// wide and high.
///
/// Source: section 2.2, equation 2.
pub fn encode(bbox: BBox, default: BBox) -> [f32; 4] {
    let ([x, y], [w, h]) = (bbox.centre(), bbox.size());
    let ([dx, dy], [dw, dh]) = (default.centre(), default.size());
    let [place, size] = VARIANCES;
    [
        (x - dx) / dw / place,
        (y - dy) / dh / place,
        (w / dw).ln() / size,
        (h / dh).ln() / size,
    ]
}

/// The box at these offsets from a default box: the inverse of [`encode`].
pub fn decode([x, y, w, h]: [f32; 4], default: BBox) -> BBox {
    let ([dx, dy], [dw, dh]) = (default.centre(), default.size());
    let [place, size] = VARIANCES;
    let factor = |t: f32| (t * size).clamp(-FARTHEST, FARTHEST).exp();
    BBox::centred(
        [dx + x * place * dw, dy + y * place * dh],
        [dw * factor(w), dh * factor(h)],
    )
}
// ANCHOR_END: offsets
