//! Wrong solutions of the kind that people write, to prove that the exercises' tests
//! catch them.
//!
//! Each function is the right solution, unless the environment names one of its
//! exercise's wrong variants: `COURSE_WRONG=7.3b`. The comment beside a variant says
//! what is wrong with it.

use lesson::exercise::wrong_variant;
use tensor::Tensor;

use crate::anchors::shape_iou;
use crate::boxes::{BBox, Detection, Object};
use crate::solutions;

mod net;
pub use net::{
    answering, as_one, boxes_at, line_of, object_of, objectness, offsets, round,
    weights,
};

/// 7.1, or a wrong variant.
pub fn iou(a: [f32; 4], b: [f32; 4]) -> f32 {
    let right = solutions::iou(a, b);
    let common = |axis: usize| {
        let apart = (a[axis] - b[axis]).abs();
        let [long, short] =
            [a[axis + 2].max(b[axis + 2]), a[axis + 2].min(b[axis + 2])];
        short.min((long + short) / 2.0 - apart)
    };
    let areas = a[2] * a[3] + b[2] * b[3];
    match wrong_variant("7.1") {
        // Two lengths below 0 make an area above 0.
        Some('a') => {
            let both = common(0) * common(1);
            both / (areas - both).max(f32::MIN_POSITIVE)
        }
        // What is shared is counted twice in the union.
        Some('b') if right > 0.0 => right / (1.0 + right),
        // The four numbers taken for edges.
        Some('c') => BBox::from_edges(a).iou(BBox::from_edges(b)),
        // Nothing divided by nothing.
        Some('d') if areas == 0.0 => f32::NAN,
        // The whole width to either side of the centre.
        Some('e') => {
            let twice = |[x, y, w, h]: [f32; 4]| [x, y, 2.0 * w, 2.0 * h];
            solutions::iou(twice(a), twice(b))
        }
        _ => right,
    }
}

/// 7.2, or a wrong variant.
pub fn nms(found: &[Detection], limit: f32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    let variant = wrong_variant("7.2");
    if variant != Some('a') {
        order.sort_by(|&a, &b| found[b].score.total_cmp(&found[a].score));
    }
    let over = |m: usize, n: usize| found[m].bbox.iou(found[n].bbox);
    let same = |m: usize, n: usize| found[m].class == found[n].class;
    let mut kept: Vec<usize> = Vec::new();
    let mut seen: Vec<usize> = Vec::new();
    for n in order {
        let covers = |&m: &usize| match variant {
            // All classes together.
            Some('b') => over(m, n) > limit,
            // At the limit, too.
            Some('d') => same(m, n) && over(m, n) >= limit,
            _ => same(m, n) && over(m, n) > limit,
        };
        let covered = match variant {
            // By boxes that are gone themselves.
            Some('c') => seen.iter().any(covers),
            _ => kept.iter().any(covers),
        };
        seen.push(n);
        kept.extend((!covered).then_some(n));
    }
    // As they came, whatever their scores ('a' decided by that order, too).
    if variant == Some('e') {
        kept.sort_unstable();
    }
    kept
}

/// 7.3, or a wrong variant.
pub fn right(things: &[BBox], found: &[Detection], limit: f32) -> Vec<bool> {
    let Some(variant) = wrong_variant("7.3") else {
        return solutions::right(things, found, limit);
    };
    let mut order: Vec<usize> = (0..found.len()).collect();
    // 'b': in the order of the list.
    if variant != 'b' {
        order.sort_by(|&a, &b| found[b].score.total_cmp(&found[a].score));
    }
    let mut taken = vec![false; things.len()];
    let mut right = vec![false; found.len()];
    for &n in &order {
        let fit = |thing: &usize| things[*thing].iou(found[n].bbox);
        let fits = |thing: &usize| match variant {
            // Above the limit only.
            'f' => fit(thing) > limit,
            _ => fit(thing) >= limit,
        };
        let mut all = (0..things.len()).filter(fits);
        let free = |thing: &usize| !taken[*thing];
        let chosen = match variant {
            // The first that fits, not the best.
            'c' => all.find(free),
            // Copies are right, and the best thing only, taken or not.
            'a' | 'd' => all.max_by(|a, b| fit(a).total_cmp(&fit(b))),
            _ => all.filter(free).max_by(|a, b| fit(a).total_cmp(&fit(b))),
        };
        if let Some(thing) = chosen {
            right[n] = variant == 'a' || !taken[thing];
            taken[thing] = true;
        }
    }
    // Told in the order of the scores.
    if variant == 'e' {
        return order.iter().map(|&n| right[n]).collect();
    }
    right
}

/// Recall and precision after each detection, as they are on the saw.
fn saw(hits: &[bool], things: usize) -> Vec<[f32; 2]> {
    let right = |n: usize| hits[..n].iter().filter(|hit| **hit).count() as f32;
    let after = 1..=hits.len();
    after
        .map(|n| [right(n) / things as f32, right(n) / n as f32])
        .collect()
}

/// 7.4, step 1, or a wrong variant.
pub fn eleven_points(hits: &[bool], things: usize) -> f32 {
    let right = solutions::eleven_points(hits, things);
    let found = hits.iter().filter(|hit| **hit).count();
    match wrong_variant("7.4") {
        // The saw where the envelope was asked for.
        Some('a') => {
            let saw = saw(hits, things);
            let level = |n: u8| {
                let reached = |point: &&[f32; 2]| point[0] >= f32::from(n) / 10.0;
                saw.iter().find(reached).map_or(0.0, |point| point[1])
            };
            (0..=10).map(level).sum::<f32>() / 11.0
        }
        // The mean of the levels that are reached.
        Some('b') if found > 0 => right * 11.0 / (1 + 10 * found / things) as f32,
        // Recall as the share of what was found at all.
        Some('d') if found > 0 => solutions::eleven_points(hits, found),
        // Ten levels, without recall 0.
        Some('f') => {
            let first = saw(hits, things).iter().map(|p| p[1]).fold(0.0, f32::max);
            (right * 11.0 - first) / 10.0
        }
        _ => right,
    }
}

/// 7.4, step 2, or a wrong variant.
pub fn area_below(hits: &[bool], things: usize) -> f32 {
    let right = solutions::area_below(hits, things);
    let found = hits.iter().filter(|hit| **hit).count();
    match wrong_variant("7.4") {
        // The saw where the envelope was asked for.
        Some('c') => {
            let saw = saw(hits, things).into_iter().zip(hits);
            let right = saw.filter(|(_, hit)| **hit);
            right.map(|(point, _)| point[1]).sum::<f32>() / things as f32
        }
        // Divided by what was found.
        Some('e') if found > 0 => right * things as f32 / found as f32,
        _ => right,
    }
}

/// 7.5, step 1, or a wrong variant.
pub fn upside_down(bbox: BBox, height: f32) -> BBox {
    let BBox { x0, y0, x1, y1 } = bbox;
    match wrong_variant("7.5") {
        // What was the top stays the top, below the bottom.
        Some('a') => BBox::new(x0, height - y0, x1, height - y1),
        // Left for right.
        Some('b') => BBox::new(height - x1, y0, height - x0, y1),
        // As if edges were pixels, counted from 0.
        Some('c') => solutions::upside_down(bbox, height - 1.0),
        _ => solutions::upside_down(bbox, height),
    }
}

/// 7.5, step 2, or a wrong variant.
pub fn kept(objects: &[Object], size: [f32; 2], least: f32) -> Vec<Object> {
    let staying = |keep: &dyn Fn(&Object, BBox) -> bool| {
        let cut = objects.iter().map(|object| {
            let bbox = object.bbox.clipped(size);
            keep(object, bbox).then_some(Object { bbox, ..*object })
        });
        cut.flatten().collect()
    };
    match wrong_variant("7.5") {
        // Kept, and not cut.
        Some('d') => {
            let keep = |object: &&Object| {
                !solutions::kept(&[**object], size, least).is_empty()
            };
            objects.iter().filter(keep).copied().collect()
        }
        // By whether the centre is on the picture.
        Some('e') => staying(&|object, _| {
            let centre = object.bbox.centre();
            (0..2).all(|axis| (0.0..=size[axis]).contains(&centre[axis]))
        }),
        // Boxes of no area, if nothing is asked for.
        Some('f') => staying(&|object, bbox| bbox.area() >= least * object.bbox.area()),
        // More than the least share.
        Some('g') => staying(&|object, bbox| bbox.area() > least * object.bbox.area()),
        _ => solutions::kept(objects, size, least),
    }
}

/// 7.6, step 1, or a wrong variant.
pub fn responsible(said: &[[f32; 5]], truth: [f32; 4], cells: usize) -> (usize, f32) {
    let fit = |n: usize| solutions::responsible(&said[n..=n], truth, cells).1;
    let highest = |value: &dyn Fn(usize) -> f32| {
        let places = (0..said.len()).rev(); // of equal ones the first
        let best = places.max_by(|&a, &b| value(a).total_cmp(&value(b)));
        best.map_or((0, 0.0), |n| (n, fit(n)))
    };
    match wrong_variant("7.6") {
        // The surest box.
        Some('a') => highest(&|n| said[n][4]),
        // Cells and parts of the picture mixed.
        Some('b') => solutions::responsible(said, truth, 1),
        // The box with the nearest centre.
        Some('c') => highest(&|n| {
            -(said[n][0] - truth[0]).powi(2) - (said[n][1] - truth[1]).powi(2)
        }),
        // The box of the most similar shape, wherever it is.
        Some('d') => {
            highest(&|n| shape_iou([said[n][2], said[n][3]], [truth[2], truth[3]]))
        }
        _ => solutions::responsible(said, truth, cells),
    }
}

/// 7.6, step 2, or a wrong variant.
pub fn cell_terms(
    said: &Tensor,
    chances: &Tensor,
    wanted: &Tensor,
    mask: &Tensor,
    iou: &Tensor,
) -> [Tensor; 5] {
    let right = solutions::cell_terms(said, chances, wanted, mask, iou);
    let [place, size, object, others, class] = right.clone();
    let confidence = said.slice(1, 4..5).squeeze(1); // [A]
    match wrong_variant("7.6") {
        // The sizes themselves, without roots.
        Some('e') => {
            let error = said.slice(1, 2..4) - wanted.slice(0, 2..4); // [A, 2]
            let size = (mask.unsqueeze(1) * error.square()).sum();
            [place, size, object, others, class]
        }
        // The confidence should be 1, however the box fits.
        Some('f') => {
            let object = (mask * (confidence - 1.0).square()).sum();
            [place, size, object, others, class]
        }
        // The other box of a cell with an object left out.
        Some('g') => {
            let others = (1.0 - wanted.slice(0, 4..5)) * others;
            [place, size, object, others.sum(), class]
        }
        // Empty cells must name no class.
        Some('h') => {
            let class = (chances - wanted.slice(0, 5..)).square().sum();
            [place, size, object, others, class]
        }
        // The right numbers, cut off from the tape.
        Some('i') => right.map(|term| term.detach()),
        // With λ.
        Some('j') => [place * 5.0, size * 5.0, object, others * 0.5, class],
        _ => right,
    }
}
