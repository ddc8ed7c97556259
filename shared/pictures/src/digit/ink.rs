//! What on a picture is ink, and what is paper.
//!
//! Three rules, each for one way in which photos of a digit differ:
//!
//! 1. **Dark on light or light on dark?** The border is taken for paper, because one writes in
//!    the middle: its level is the median of the outermost pixels. Ink is what differs most
//!    from it. If the lightest pixel is farther from the border's level than the darkest one,
//!    the ink is light ([`is_light_on_dark`]).
//! 2. **Uneven light.** A shadow changes the paper over a long way, a stroke over a short one.
//!    So everything that is wider than a third of the picture is subtracted; what remains are
//!    the strokes ([`narrow`], known as the white top-hat: Serra, *Image Analysis and
//!    Mathematical Morphology*, 1982).
//! 3. **Texture and specks.** Otsu's threshold parts what remains into paper and ink
//!    ([`otsu`]). Of the connected pieces of ink, those with less than a twentieth of the
//!    largest one's pixels are specks; and those that touch the border, such as the edge of
//!    the table, are no digit if another piece can be one. Both are removed. Of the rest of
//!    the picture, what is darker than the paper's noise and no farther from the ink than a
//!    pixel of the final digit is kept in grey: a stroke's soft edge. All else becomes 0.

use ndarray::{Array1, Array2, ArrayView1, Axis};

mod pieces;

/// How much lighter or darker than paper ink must be, of 255. Chosen by us.
const LEAST_CONTRAST: f32 = 25.0;
/// The pixels of the final digit's longer side, for which a soft edge is kept.
const BOX: usize = 20;

/// Whether ink is lighter than paper, by the first rule.
///
/// # Panics
/// If the picture has no pixels.
pub fn is_light_on_dark(grey: &Array2<u8>) -> bool {
    let (h, w) = grey.dim();
    let outermost =
        |&((y, x), _): &((usize, usize), &u8)| y == 0 || x == 0 || y == h - 1 || x == w - 1;
    let border = grey.indexed_iter().filter(outermost);
    let paper = median(border.map(|(_, &value)| value));
    let darkest = grey.iter().copied().min().unwrap_or(paper);
    let lightest = grey.iter().copied().max().unwrap_or(paper);
    lightest - paper > paper - darkest
}

/// The ink alone, 0 paper to 255 ink, `[H, W]`; nothing if there is none.
pub fn ink(grey: &Array2<u8>, light_on_dark: bool) -> Option<Array2<u8>> {
    let light = match light_on_dark {
        true => grey.clone(),
        false => grey.mapv(|value| 255 - value),
    };
    let (h, w) = light.dim();
    let strokes = narrow(&light, h.max(w) / 6);
    let threshold = otsu(&strokes);
    let above = |&&value: &&u8| value > threshold;
    let paper = f32::from(median(
        strokes.iter().copied().filter(|value| *value <= threshold),
    ));
    let full = f32::from(median(strokes.iter().filter(above).copied()));
    if full - paper < LEAST_CONTRAST {
        return None;
    }
    let solid = pieces::digit(&strokes.mapv(|value| value > threshold));
    let edge = pieces::longer_side(&solid).div_ceil(BOX);
    let near = widest(&solid.mapv(u8::from), edge);
    let noise = paper + (5.0 * spread(&strokes, threshold, paper)).max((full - paper) / 8.0);
    let floor = noise.min(f32::from(threshold));
    Some(Array2::from_shape_fn((h, w), |at| {
        let value = f32::from(strokes[at]);
        match near[at] == 1 && value > floor {
            true => (255.0 * (value - paper) / (full - paper))
                .round()
                .min(255.0) as u8,
            false => 0,
        }
    }))
}

/// What is lighter than its surroundings and narrower than `2 · reach + 1` pixels, `[H, W]`:
/// the picture minus its opening. The opening is the picture with every pixel replaced by the
/// least value in a square around it, then by the greatest: narrow light things do not
/// survive the first.
pub fn narrow(light: &Array2<u8>, reach: usize) -> Array2<u8> {
    let darkest = widest(&light.mapv(|value| 255 - value), reach).mapv(|value| 255 - value);
    let opening = widest(&darkest, reach);
    light - &opening // never below 0: an opening is nowhere lighter than its picture
}

/// The greatest value in a square of `2 · reach + 1` pixels around each pixel.
fn widest(picture: &Array2<u8>, reach: usize) -> Array2<u8> {
    let mut greatest = picture.clone();
    for axis in [Axis(0), Axis(1)] {
        for mut lane in greatest.lanes_mut(axis) {
            let along = running_maximum(lane.view(), reach);
            lane.assign(&along);
        }
    }
    greatest
}

/// The greatest of `2 · reach + 1` neighbours along a line, in time that does not depend on
/// `reach`: a window that is as long as a block lies across two blocks, so its greatest value
/// is that of one block's end or of the next one's beginning.
///
/// Source: van Herk: A fast algorithm for local minimum and maximum filters (1992).
fn running_maximum(line: ArrayView1<'_, u8>, reach: usize) -> Array1<u8> {
    let window = 2 * reach + 1;
    let mut padded = vec![0; line.len() + 2 * reach]; // 0 is never the greatest alone
    padded[reach..]
        .iter_mut()
        .zip(line)
        .for_each(|(to, &from)| *to = from);
    let mut so_far = padded.clone();
    for block in so_far.chunks_mut(window) {
        for i in 1..block.len() {
            block[i] = block[i].max(block[i - 1]);
        }
    }
    let mut from_here = padded;
    for block in from_here.chunks_mut(window) {
        for i in (1..block.len()).rev() {
            block[i - 1] = block[i - 1].max(block[i]);
        }
    }
    Array1::from_shape_fn(line.len(), |i| from_here[i].max(so_far[i + 2 * reach]))
}

/// The threshold t that parts the values into two groups, `value <= t` and `value > t`, whose
/// means lie as far apart as possible: it maximises n₁ · n₂ · (mean₁ − mean₂)², the variance
/// between them. 0 if all values are equal.
///
/// Source: Otsu: A threshold selection method from gray-level histograms (1979), equation 18.
pub fn otsu(picture: &Array2<u8>) -> u8 {
    let mut counts = [0.0_f64; 256];
    picture
        .iter()
        .for_each(|&value| counts[usize::from(value)] += 1.0);
    let all = picture.len() as f64;
    let sum: f64 = counts
        .iter()
        .zip(0_u32..)
        .map(|(n, value)| n * f64::from(value))
        .sum();
    let (mut below, mut sum_below) = (0.0, 0.0);
    let (mut best, mut threshold) = (0.0, 0);
    for (value, count) in (0..=254_u8).zip(counts) {
        below += count;
        sum_below += count * f64::from(value);
        let above = all - below;
        if below == 0.0 || above == 0.0 {
            continue;
        }
        let apart = sum_below / below - (sum - sum_below) / above;
        let between = below * above * apart * apart;
        if between > best {
            (best, threshold) = (between, value);
        }
    }
    threshold
}

/// The paper's noise as a standard deviation, by way of the median distance from the median,
/// which edges and specks do not disturb. 1.4826 makes it one for normal noise.
fn spread(strokes: &Array2<u8>, threshold: u8, paper: f32) -> f32 {
    let paper = paper as u8;
    let papers = strokes.iter().filter(|&&value| value <= threshold);
    1.4826 * f32::from(median(papers.map(|&value| value.abs_diff(paper))))
}

/// The middle value, the lower of two; 0 of none.
fn median(values: impl Iterator<Item = u8>) -> u8 {
    let mut counts = [0_usize; 256];
    values.for_each(|value| counts[usize::from(value)] += 1);
    let half = counts.iter().sum::<usize>().div_ceil(2);
    let mut seen = 0;
    let middle = (0..=255_u8).find(|&value| {
        seen += counts[usize::from(value)];
        seen >= half
    });
    middle.unwrap_or(0)
}
