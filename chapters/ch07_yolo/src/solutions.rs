//! The solutions of lesson 7's exercises; what each is asked to do stands in
//! `exercises.rs`.
//!
//! They take the stubs' place with `--features solutions`.

use tensor::Tensor;

use crate::anchors::{by_iou, nearest, shape_iou};
use crate::boxes::{BBox, Detection, Object};
use crate::decode::Place;

/// 7.1: axis by axis, what two stretches of a line have in common.
pub fn iou(a: [f32; 4], b: [f32; 4]) -> f32 {
    let common = |axis: usize| {
        let [from, to] = [-0.5, 0.5].map(|half| {
            let edge = |x: [f32; 4]| x[axis] + half * x[axis + 2];
            [edge(a), edge(b)]
        });
        (to[0].min(to[1]) - from[0].max(from[1])).max(0.0)
    };
    let both = common(0) * common(1);
    let either = a[2] * a[3] + b[2] * b[3] - both;
    if either > 0.0 { both / either } else { 0.0 }
}

/// The places of detections, the highest score first.
fn by_score(found: &[Detection]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|&a, &b| found[b].score.total_cmp(&found[a].score));
    order
}

/// 7.2: from the best down, and only what was kept can cover a box.
pub fn nms(found: &[Detection], limit: f32) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for n in by_score(found) {
        let covered = kept.iter().any(|&better| {
            let [one, other] = [found[better], found[n]];
            one.class == other.class && one.bbox.iou(other.bbox) > limit
        });
        if !covered {
            kept.push(n);
        }
    }
    kept
}

/// 7.3: from the best down, each takes the free thing that it fits best.
pub fn right(things: &[BBox], found: &[Detection], limit: f32) -> Vec<bool> {
    let mut taken = vec![false; things.len()];
    let mut right = vec![false; found.len()];
    for n in by_score(found) {
        let fit = |thing: &usize| things[*thing].iou(found[n].bbox);
        let free = (0..things.len()).filter(|&thing| !taken[thing]);
        let fitting = free.filter(|thing| fit(thing) >= limit);
        let best = fitting.max_by(|a, b| fit(a).total_cmp(&fit(b)));
        if let Some(thing) = best {
            (taken[thing], right[n]) = (true, true);
        }
    }
    right
}

/// After each detection, how many are right so far, and the best precision from there on.
fn envelope(hits: &[bool]) -> Vec<(usize, f32)> {
    let mut right = 0;
    let mut steps: Vec<(usize, f32)> = Vec::new();
    for (n, &hit) in hits.iter().enumerate() {
        right += usize::from(hit);
        steps.push((right, right as f32 / (n + 1) as f32));
    }
    for n in (1..steps.len()).rev() {
        steps[n - 1].1 = steps[n - 1].1.max(steps[n].1);
    }
    steps
}

/// 7.4, step 1: k of T is at least n tenths if 10 k is at least n T.
pub fn eleven_points(hits: &[bool], things: usize) -> f32 {
    let steps = envelope(hits);
    let level = |n: usize| {
        let reached = steps.iter().find(|(right, _)| 10 * right >= n * things);
        reached.map_or(0.0, |&(_, precision)| precision)
    };
    (0..=10).map(level).sum::<f32>() / 11.0
}

/// 7.4, step 2: each right one makes the curve one thing wider.
pub fn area_below(hits: &[bool], things: usize) -> f32 {
    let steps = envelope(hits).into_iter().zip(hits);
    let heights = steps.filter(|(_, hit)| **hit);
    heights.map(|((_, height), _)| height).sum::<f32>() / things as f32
}

/// 7.5, step 1: what was the top edge is the bottom edge.
pub fn upside_down(bbox: BBox, height: f32) -> BBox {
    BBox::new(bbox.x0, height - bbox.y1, bbox.x1, height - bbox.y0)
}

/// 7.5, step 2: cut first, then held against the box as it was.
pub fn kept(objects: &[Object], size: [f32; 2], least: f32) -> Vec<Object> {
    let cut = |object: &Object| {
        let bbox = object.bbox.clipped(size);
        let enough = bbox.area() > 0.0 && bbox.area() >= least * object.bbox.area();
        enough.then_some(Object { bbox, ..*object })
    };
    objects.iter().filter_map(cut).collect()
}

/// 7.6, step 1: all in parts of the picture, then IoU.
pub fn responsible(said: &[[f32; 5]], truth: [f32; 4], cells: usize) -> (usize, f32) {
    let s = cells as f32;
    let on_picture = |[x, y, w, h]: [f32; 4]| [x / s, y / s, w, h];
    let mut best = (0, 0.0);
    for (n, &[x, y, w, h, _]) in said.iter().enumerate() {
        let fit = iou(on_picture([x, y, w, h]), on_picture(truth));
        if fit > best.1 {
            best = (n, fit);
        }
    }
    best
}

/// 7.6, step 2: equation 3 of the paper, one cell of it.
pub fn cell_terms(
    said: &Tensor,
    chances: &Tensor,
    wanted: &Tensor,
    mask: &Tensor,
    iou: &Tensor,
) -> [Tensor; 5] {
    let column = |i: usize| said.slice(1, i..=i).squeeze(1); // [A]
    let target = |i: usize| wanted.slice(0, i..=i); // [1]
    let error = |i: usize| (column(i) - target(i)).square(); // [A]
    let root_error = |i: usize| (column(i).sqrt() - target(i).sqrt()).square();
    let confidence = column(4);
    let classes = (chances - wanted.slice(0, 5..)).square(); // [K]
    [
        (mask * (error(0) + error(1))).sum(),
        (mask * (root_error(2) + root_error(3))).sum(),
        (mask * (&confidence - iou).square()).sum(),
        ((1.0 - mask) * confidence.square()).sum(),
        (target(4) * classes).sum(),
    ]
}

/// 7.7: every shape goes to its anchor, then every anchor to the mean of what came.
pub fn round(shapes: &[[f32; 2]], anchors: &[[f32; 2]]) -> Vec<[f32; 2]> {
    let mut groups: Vec<Vec<[f32; 2]>> = vec![Vec::new(); anchors.len()];
    for &shape in shapes {
        groups[nearest(shape, anchors, by_iou)].push(shape);
    }
    let middle = |(group, &anchor): (&Vec<[f32; 2]>, &[f32; 2])| match group.len() {
        0 => anchor,
        n => [0, 1]
            .map(|side| group.iter().map(|shape| shape[side]).sum::<f32>() / n as f32),
    };
    groups.iter().zip(anchors).map(middle).collect()
}

/// 7.8, step 1: in the default box's own size, then in tenths and fifths.
pub fn offsets(bbox: BBox, default: BBox) -> [f32; 4] {
    let (centre, size) = (bbox.centre(), bbox.size());
    let (from, unit) = (default.centre(), default.size());
    let [x, y] = [0, 1].map(|axis| (centre[axis] - from[axis]) / unit[axis] / 0.1);
    let [w, h] = [0, 1].map(|axis| (size[axis] / unit[axis]).ln() / 0.2);
    [x, y, w, h]
}

/// 7.8, step 2: the way back, in columns.
pub fn boxes_at(offsets: &Tensor, defaults: &Tensor) -> Tensor {
    let (low, high) = (defaults.slice(1, 0..2), defaults.slice(1, 2..4)); // [N, 2]
    let (from, unit) = ((&low + &high) / 2.0, high - low);
    let centre = from + offsets.slice(1, 0..2) * 0.1 * &unit;
    let half = unit * (offsets.slice(1, 2..4) * 0.2).exp() / 2.0;
    Tensor::concat(1, &[&centre - &half, centre + half]) // [N, 4]
}

/// 7.9: the free anchor of its cell that is most like it.
pub fn answering(
    objects: &[BBox],
    anchors: &[[f32; 2]],
    stride: f32,
    cells: [usize; 2],
) -> Vec<Option<Place>> {
    let mut answering: Vec<Option<Place>> = Vec::new();
    for object in objects {
        let centre = object.centre();
        let cell = [0, 1].map(|axis| {
            let cell = (centre[axis] / stride) as usize; // rounded down
            cell.min(cells[axis] - 1)
        });
        let places = (0..anchors.len()).map(|anchor| Place {
            picture: 0,
            cell,
            anchor,
        });
        let alike = |place: &Place| shape_iou(anchors[place.anchor], object.size());
        let free = places.filter(|&place| !answering.contains(&Some(place)));
        let best = free.max_by(|a, b| alike(a).total_cmp(&alike(b)));
        answering.push(best);
    }
    answering
}

/// 7.10: who is heeded, what they should say, and what the sum is divided by.
pub fn objectness(logits: &Tensor, answering: &[usize], overlaps: &[f32]) -> Tensor {
    let (mut heeded, mut wanted) = (Vec::new(), Vec::new());
    for (row, &overlap) in overlaps.iter().enumerate() {
        let here = answering.contains(&row);
        if here || overlap <= 0.6 {
            heeded.push(row);
            wanted.push(f32::from(u8::from(here)));
        }
    }
    let n = heeded.len();
    let wanted = Tensor::from_vec(wanted, &[n]);
    let mean = logits.select(0, &heeded).binary_cross_entropy(&wanted);
    mean * (n as f32 / answering.len().max(1) as f32)
}

/// 7.11, step 1: shares of the picture, the centre first.
pub fn line_of(object: Object, size: [usize; 2]) -> String {
    let [width, height] = size.map(|side| side as f32);
    let shares = object.bbox.scaled([1.0 / width, 1.0 / height]);
    let ([x, y], [w, h]) = (shares.centre(), shares.size());
    format!("{} {x:.6} {y:.6} {w:.6} {h:.6}", object.class)
}

/// 7.11, step 2: five words, each of which must be what it should be.
pub fn object_of(line: &str, size: [usize; 2]) -> Option<Object> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [class, numbers @ ..] = words.as_slice() else {
        return None;
    };
    let class = class.parse().ok()?;
    let shares: Option<Vec<f32>> = numbers.iter().map(|x| x.parse().ok()).collect();
    let [x, y, w, h] = shares?[..] else {
        return None;
    };
    let share = |x: &f32| (0.0..=1.0).contains(x); // NaN is in no range
    let bbox = BBox::centred([x, y], [w, h]).scaled(size.map(|side| side as f32));
    [x, y, w, h]
        .iter()
        .all(share)
        .then_some(Object { bbox, class })
}

/// 7.12, step 1: what multiplies in the one becomes a sum in the other.
pub fn weights([inputs, outputs]: [usize; 2], kernel: usize) -> [usize; 2] {
    let window = kernel * kernel;
    [
        window * inputs * outputs,
        window * inputs + inputs * outputs,
    ]
}

/// 7.12, step 2: each window times the weight with which it is mixed in.
pub fn as_one(depthwise: &Tensor, pointwise: &Tensor) -> Tensor {
    let [c, _, kh, kw] = depthwise.dims();
    pointwise * depthwise.reshape(&[1, c, kh, kw]) // [O, C, 1, 1] -> [O, C, KH, KW]
}
