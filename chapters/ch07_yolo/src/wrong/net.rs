//! Exercises 7.7 to 7.12: anchors, the net, your own pictures, a published detector.

use lesson::exercise::wrong_variant;
use tensor::Tensor;

use crate::anchors::{by_iou, by_pixels, nearest, shape_iou};
use crate::boxes::{BBox, Object};
use crate::decode::Place;
use crate::solutions;

/// 7.7, or a wrong variant.
pub fn round(shapes: &[[f32; 2]], anchors: &[[f32; 2]]) -> Vec<[f32; 2]> {
    let distance: fn([f32; 2], [f32; 2]) -> f32 = match wrong_variant("7.7") {
        // In pixels.
        Some('a') => by_pixels,
        // IoU itself, as if it were a distance.
        Some('b') => shape_iou,
        // Anchors that move before all shapes have chosen.
        Some('d') => return moving(shapes, anchors),
        _ => by_iou,
    };
    let middle = |number: usize| {
        let own = |&&shape: &&[f32; 2]| nearest(shape, anchors, distance) == number;
        let group: Vec<[f32; 2]> = shapes.iter().filter(own).copied().collect();
        match wrong_variant("7.7") {
            // Nothing divided by nothing.
            Some('c') if group.is_empty() => [f32::NAN; 2],
            // The page's median.
            Some('e') if !group.is_empty() => [0, 1].map(|side| {
                let mut sides: Vec<f32> = group.iter().map(|s| s[side]).collect();
                sides.sort_by(f32::total_cmp);
                sides[sides.len() / 2]
            }),
            // All shapes around one anchor: their mean.
            _ => solutions::round(&group, &anchors[number..=number])[0],
        }
    };
    (0..anchors.len()).map(middle).collect()
}

/// K-means whose anchors move with each shape.
fn moving(shapes: &[[f32; 2]], anchors: &[[f32; 2]]) -> Vec<[f32; 2]> {
    let mut now = anchors.to_vec();
    let mut groups = vec![Vec::new(); anchors.len()];
    for &shape in shapes {
        let nearest = nearest(shape, &now, by_iou);
        groups[nearest].push(shape);
        now[nearest] = solutions::round(&groups[nearest], &[shape])[0];
    }
    now
}

/// 7.8, step 1, or a wrong variant.
pub fn offsets(bbox: BBox, default: BBox) -> [f32; 4] {
    let right = solutions::offsets(bbox, default);
    let [x, y, w, h] = right;
    match wrong_variant("7.8") {
        // Measured in the object's own size.
        Some('a') => {
            let ([width, height], own) = (default.size(), bbox.size());
            [x * width / own[0], y * height / own[1], w, h]
        }
        // Neither tenths nor fifths.
        Some('b') => [x * 0.1, y * 0.1, w * 0.2, h * 0.2],
        // Fifths for the centre, tenths for the size.
        Some('c') => [x / 2.0, y / 2.0, w * 2.0, h * 2.0],
        _ => right,
    }
}

/// 7.8, step 2, or a wrong variant.
pub fn boxes_at(offsets: &Tensor, defaults: &Tensor) -> Tensor {
    let right = solutions::boxes_at(offsets, defaults);
    let (low, high) = (right.slice(1, 0..2), right.slice(1, 2..4)); // [N, 2]
    let (centre, size) = ((&low + &high) / 2.0, &high - &low);
    let edges = |centre: &Tensor, size: &Tensor| {
        let half = size / 2.0;
        Tensor::concat(1, &[centre - &half, centre + half])
    };
    let (near, far) = (defaults.slice(1, 0..2), defaults.slice(1, 2..4));
    let (from, unit) = ((&near + &far) / 2.0, far - near);
    match wrong_variant("7.8") {
        // The centre moves by the size that comes out.
        Some('d') => {
            let centre = from + offsets.slice(1, 0..2) * 0.1 * &size;
            edges(&centre, &size)
        }
        // Centre and size come out, not edges.
        Some('e') => Tensor::concat(1, &[centre, size]),
        // The right numbers, cut off from the tape.
        Some('f') => right.detach(),
        // Sizes that grow evenly, as a logarithm does not.
        Some('g') => {
            let size = unit * (offsets.slice(1, 2..4) * 0.2 + 1.0);
            edges(&centre, &size)
        }
        _ => right,
    }
}

/// 7.9, or a wrong variant.
pub fn answering(
    objects: &[BBox],
    anchors: &[[f32; 2]],
    stride: f32,
    cells: [usize; 2],
) -> Vec<Option<Place>> {
    let variant = wrong_variant("7.9");
    let mut right = solutions::answering(objects, anchors, stride, cells);
    // Objects with nobody before them: each gets its best anchor.
    let alone =
        |object: &BBox| solutions::answering(&[*object], anchors, stride, cells)[0];
    let best: Vec<Option<Place>> = objects.iter().map(alone).collect();
    match variant {
        // Nobody asks whether the place is taken.
        Some('a') => best,
        // Row and column.
        Some('b') => {
            for place in right.iter_mut().flatten() {
                place.cell.reverse();
            }
            right
        }
        // None where the best anchor is taken.
        Some('c') => (0..best.len())
            .map(|n| best[n].filter(|_| !best[..n].contains(&best[n])))
            .collect(),
        // The nearest anchor in pixels.
        Some('d') => {
            for (place, object) in right.iter_mut().zip(objects) {
                if let Some(place) = place {
                    place.anchor = nearest(object.size(), anchors, by_pixels);
                }
            }
            right
        }
        // A cell beyond the grid.
        Some('e') => solutions::answering(objects, anchors, stride, [usize::MAX; 2]),
        // Rounded to the nearest cell.
        Some('f') => {
            let half = [stride / 2.0; 2];
            let moved: Vec<BBox> = objects.iter().map(|b| b.moved(half)).collect();
            solutions::answering(&moved, anchors, stride, cells)
        }
        _ => right,
    }
}

/// 7.10, or a wrong variant.
pub fn objectness(logits: &Tensor, answering: &[usize], overlaps: &[f32]) -> Tensor {
    let right = solutions::objectness(logits, answering, overlaps);
    let rows = overlaps.len();
    let heeded = |row: &usize| answering.contains(row) || overlaps[*row] <= 0.6;
    let count = (0..rows).filter(heeded).count() as f32;
    let answer = answering.len() as f32;
    match wrong_variant("7.10") {
        // The mean over all that are heeded.
        Some('a') => right * answer.max(1.0) / count,
        // Nobody is left out.
        Some('b') => solutions::objectness(logits, answering, &vec![0.0; rows]),
        // Boxes that answer are left out, too, once they fit.
        Some('c') => {
            let stay: Vec<usize> =
                (0..rows).filter(|&row| overlaps[row] <= 0.6).collect();
            if stay.is_empty() {
                return logits.sum() * 0.0;
            }
            let here = |row: &usize| f32::from(u8::from(answering.contains(row)));
            let wanted = stay.iter().map(here).collect();
            let wanted = Tensor::from_vec(wanted, &[stay.len()]);
            let mean = logits.select(0, &stay).binary_cross_entropy(&wanted);
            mean * (stay.len() as f32 / answer.max(1.0))
        }
        // The logarithm of a probability that is 0.
        Some('d') => {
            let here = |row: usize| f32::from(u8::from(answering.contains(&row)));
            let wanted = Tensor::from_vec((0..rows).map(here).collect(), &[rows]);
            let p = logits.sigmoid();
            let own = &wanted * p.ln() + (1.0 - &wanted) * (1.0 - p).ln();
            let heeded = (0..rows).map(|row| f32::from(u8::from(heeded(&row))));
            let heeded = Tensor::from_vec(heeded.collect(), &[rows]);
            -(own * heeded).sum() / answer.max(1.0)
        }
        // Divided by no boxes.
        Some('e') => right * answer.max(1.0) / answer,
        // The right number, cut off from the tape.
        Some('f') => right.detach(),
        _ => right,
    }
}

/// 7.11, step 1, or a wrong variant.
pub fn line_of(object: Object, size: [usize; 2]) -> String {
    let BBox { x0, y0, x1, y1 } = object.bbox;
    let [width, height] = size;
    match wrong_variant("7.11") {
        // Edges in place of centre and size.
        Some('a') => {
            let [w, h] = size.map(|side| side as f32);
            let edges = [x0 / w, y0 / h, x1 / w, y1 / h];
            let edges = edges.map(|share| format!("{share:.6}")).join(" ");
            format!("{} {edges}", object.class)
        }
        // Width and height of the picture exchanged.
        Some('b') => solutions::line_of(object, [height, width]),
        // Left and top edge with the size, as COCO has it.
        Some('d') => {
            let [w, h] = object.bbox.size();
            let bbox = object.bbox.moved([-w / 2.0, -h / 2.0]);
            solutions::line_of(Object { bbox, ..object }, size)
        }
        _ => solutions::line_of(object, size),
    }
}

/// 7.11, step 2, or a wrong variant.
pub fn object_of(line: &str, size: [usize; 2]) -> Option<Object> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let numbers = words.iter().skip(1).map(|word| word.parse().ok());
    let numbers: Vec<f32> = numbers.collect::<Option<_>>().unwrap_or_default();
    let whole = size.map(|side| side as f32);
    match (wrong_variant("7.11"), numbers[..].first_chunk()) {
        // Any numbers will do, pixels too.
        (Some('c'), Some(&[x, y, w, h])) if words.len() == 5 => Some(Object {
            bbox: BBox::centred([x, y], [w, h]).scaled(whole),
            class: words[0].parse().ok()?,
        }),
        // The numbers taken for edges.
        (Some('e'), Some(&edges)) => {
            let object = solutions::object_of(line, size)?;
            let bbox = BBox::from_edges(edges).scaled(whole);
            Some(Object { bbox, ..object })
        }
        // Whatever stands behind the fifth word.
        (Some('f'), _) => {
            solutions::object_of(&words[..words.len().min(5)].join(" "), size)
        }
        // A class that cannot be read is class 0.
        (Some('g'), Some(_)) if words[0].parse::<usize>().is_err() => {
            solutions::object_of(&format!("0 {}", words[1..].join(" ")), size)
        }
        // Words that are no numbers are passed over.
        (Some('h'), _) => {
            let number = |word: &&&str| word.parse::<f32>().is_ok();
            let kept: Vec<&str> = words.iter().filter(number).copied().collect();
            solutions::object_of(&kept.join(" "), size)
        }
        _ => solutions::object_of(line, size),
    }
}

/// 7.12, step 1, or a wrong variant.
pub fn weights([inputs, outputs]: [usize; 2], kernel: usize) -> [usize; 2] {
    let [whole, parts] = solutions::weights([inputs, outputs], kernel);
    match wrong_variant("7.12") {
        // A window for each pair of channels.
        Some('a') => [whole, whole + inputs * outputs],
        // The window of one pixel forgotten.
        Some('b') => [whole, kernel * kernel * inputs],
        // One row of the window.
        Some('d') => [whole, kernel * inputs + inputs * outputs],
        _ => [whole, parts],
    }
}

/// 7.12, step 2, or a wrong variant.
pub fn as_one(depthwise: &Tensor, pointwise: &Tensor) -> Tensor {
    let [o, c, _, _] = pointwise.dims();
    let [_, _, kh, kw] = depthwise.dims();
    match wrong_variant("7.12") {
        // The mix read as channels in first.
        Some('c') => {
            let turned = pointwise.reshape(&[c, o]).t().reshape(&[o, c, 1, 1]);
            solutions::as_one(depthwise, &turned)
        }
        // Added.
        Some('e') => pointwise + depthwise.reshape(&[1, c, kh, kw]),
        // The channels mixed before the windows have seen them: one window for each output.
        Some('f') => {
            let mean = depthwise.mean_axis(0, tensor::Keep::Yes); // [1, 1, KH, KW]
            pointwise * mean
        }
        _ => solutions::as_one(depthwise, pointwise),
    }
}
