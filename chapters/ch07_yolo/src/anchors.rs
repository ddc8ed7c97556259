//! Anchors: the shapes that boxes start from, by k-means on IoU (page *Boxes to start
//! from*).
//!
//! A shape is a width and a height in pixels. Two shapes are compared as if both stood
//! on one centre: where things are does not matter here, only how large they are.
//!
//! Source: J. Redmon, A. Farhadi, "YOLO9000: better, faster, stronger", CVPR (2017),
//! section 2, "Dimension clusters".

use tensor::Rng;

use crate::set::Set;

/// Times that [`kmeans`] begins anew; chosen by us. A start can end in a poor place,
/// and the best of ten seldom does.
const STARTS: usize = 10;

/// Rounds after which a start that still moves is left as it is; chosen by us, and far
/// more than it takes.
const ROUNDS: usize = 100;

// ANCHOR: shape_iou
/// IoU of two shapes on one centre, 0 to 1: the intersection is as wide as the narrower
/// and as high as the lower of the two.
///
/// ```
/// use ch07_yolo::anchors::shape_iou;
///
/// assert_eq!(shape_iou([10.0, 20.0], [20.0, 10.0]), 100.0 / 300.0);
/// ```
pub fn shape_iou(a: [f32; 2], b: [f32; 2]) -> f32 {
    let both = a[0].min(b[0]) * a[1].min(b[1]);
    let either = a[0] * a[1] + b[0] * b[1] - both;
    if either > 0.0 { both / either } else { 0.0 }
}
// ANCHOR_END: shape_iou

/// How well anchors fit: the IoU of each shape with the anchor that fits it best, on
/// average.
///
/// # Panics
/// If there is no shape or no anchor.
#[track_caller]
pub fn mean_iou(shapes: &[[f32; 2]], anchors: &[[f32; 2]]) -> f32 {
    assert!(
        !shapes.is_empty() && !anchors.is_empty(),
        "mean_iou: expected at least one shape and one anchor, got {} and {}",
        shapes.len(),
        anchors.len()
    );
    let best =
        |&shape: &[f32; 2]| shape_iou(shape, anchors[nearest(shape, anchors, by_iou)]);
    let sum: f64 = shapes.iter().map(|shape| f64::from(best(shape))).sum();
    (sum / shapes.len() as f64) as f32
}

/// The distance of the paper, `1 - IoU`: 0 for equal shapes, 1 for shapes with nothing
/// in common.
pub fn by_iou(a: [f32; 2], b: [f32; 2]) -> f32 {
    1.0 - shape_iou(a, b)
}

/// The square of the common distance, in square pixels: what k-means takes if nobody
/// says otherwise.
pub fn by_pixels(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)
}

/// The place of the anchor nearest to a shape; the first of several.
///
/// # Panics
/// If there is no anchor.
#[track_caller]
pub fn nearest(
    shape: [f32; 2],
    anchors: &[[f32; 2]],
    distance: impl Fn([f32; 2], [f32; 2]) -> f32,
) -> usize {
    let far = |i: &usize| distance(shape, anchors[*i]);
    let places = 0..anchors.len();
    let best = places.min_by(|a, b| far(a).total_cmp(&far(b)));
    best.expect("nearest: expected at least one anchor, got none")
}

// ANCHOR: round
/// One round of k-means: every shape goes to the anchor nearest to it, and every anchor
/// to the middle of the shapes that came.
fn round(shapes: &[[f32; 2]], anchors: &[[f32; 2]], how: How) -> Vec<[f32; 2]> {
    let mut groups = vec![Vec::new(); anchors.len()];
    for &shape in shapes {
        groups[nearest(shape, anchors, how.distance)].push(shape);
    }
    let moved = groups
        .iter()
        .zip(anchors)
        .map(|(group, &anchor)| match group.len() {
            0 => anchor, // nobody came: it stays
            _ => [0, 1].map(|side| {
                (how.middle)(group.iter().map(|shape| shape[side]).collect())
            }),
        });
    moved.collect()
}
// ANCHOR_END: round

/// What k-means takes for near, and for the middle of a group, side by side.
#[derive(Clone, Copy)]
struct How {
    distance: fn([f32; 2], [f32; 2]) -> f32,
    middle: fn(Vec<f32>) -> f32,
}

/// The value in the middle; of an even number the higher of the two.
fn median(mut values: Vec<f32>) -> f32 {
    let half = values.len() / 2;
    *values.select_nth_unstable_by(half, f32::total_cmp).1
}

/// The mean.
fn mean(values: Vec<f32>) -> f32 {
    let sum: f64 = values.iter().copied().map(f64::from).sum();
    (sum / values.len() as f64) as f32
}

/// The `k` anchors that shapes gather around under `1 - IoU`, by area, the smallest
/// first.
///
/// An anchor moves to the *median* width and height of its shapes, so that a few odd
/// ones do not drag it along. The best of ten starts, by [`mean_iou`], is kept.
///
/// ```
/// use ch07_yolo::anchors::kmeans;
/// use tensor::Rng;
///
/// let shapes = [[9.0, 10.0], [10.0, 10.0], [11.0, 10.0], [40.0, 20.0]];
/// assert_eq!(kmeans(&shapes, 2, &mut Rng::new(1)), [[10.0, 10.0], [40.0, 20.0]]);
/// ```
///
/// # Panics
/// If `k` is 0 or there are fewer than `k` different shapes.
#[track_caller]
pub fn kmeans(shapes: &[[f32; 2]], k: usize, rng: &mut Rng) -> Vec<[f32; 2]> {
    let how = How {
        distance: by_iou,
        middle: median,
    };
    best_of(shapes, k, how, rng)
}

/// The same by the distance in pixels, with means: the common k-means, to compare with.
///
/// # Panics
/// If `k` is 0 or there are fewer than `k` different shapes.
#[track_caller]
pub fn kmeans_by_pixels(shapes: &[[f32; 2]], k: usize, rng: &mut Rng) -> Vec<[f32; 2]> {
    let how = How {
        distance: by_pixels,
        middle: mean,
    };
    best_of(shapes, k, how, rng)
}

/// The best of several starts: that whose shapes are, in sum, nearest to their anchors.
#[track_caller]
fn best_of(shapes: &[[f32; 2]], k: usize, how: How, rng: &mut Rng) -> Vec<[f32; 2]> {
    let mut different = shapes.to_vec();
    different.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    different.dedup();
    assert!(
        0 < k && k <= different.len(),
        "kmeans: expected 1 to {} anchors, as many as there are different shapes, got {k}",
        different.len()
    );
    let far = |anchors: &Vec<[f32; 2]>| -> f64 {
        let away = |&shape: &[f32; 2]| {
            (how.distance)(shape, anchors[nearest(shape, anchors, how.distance)])
        };
        shapes.iter().map(|shape| f64::from(away(shape))).sum()
    };
    let starts: Vec<Vec<[f32; 2]>> = (0..STARTS)
        .map(|_| settle(shapes, spread_out(&different, k, how, rng), how))
        .collect();
    let best = starts.into_iter().min_by(|a, b| far(a).total_cmp(&far(b)));
    let mut anchors = best.expect("there is at least one start");
    anchors.sort_by(|a, b| (a[0] * a[1]).total_cmp(&(b[0] * b[1])));
    anchors
}

/// Rounds until no anchor moves.
fn settle(shapes: &[[f32; 2]], mut anchors: Vec<[f32; 2]>, how: How) -> Vec<[f32; 2]> {
    for _ in 0..ROUNDS {
        let moved = round(shapes, &anchors, how);
        if moved == anchors {
            break;
        }
        anchors = moved;
    }
    anchors
}

/// `k` of the shapes to begin with: the first by chance, each further one more likely
/// the farther it lies from those taken.
///
/// Source: D. Arthur, S. Vassilvitskii, "k-means++: the advantages of careful seeding",
/// SODA (2007), section 2.2; there by the square of the common distance.
fn spread_out(
    different: &[[f32; 2]],
    k: usize,
    how: How,
    rng: &mut Rng,
) -> Vec<[f32; 2]> {
    let mut anchors = vec![different[rng.below(different.len())]];
    while anchors.len() < k {
        let away = |&shape: &[f32; 2]| {
            (how.distance)(shape, anchors[nearest(shape, &anchors, how.distance)])
        };
        let distances: Vec<f32> = different.iter().map(away).collect();
        let mut left = rng.uniform(0.0, 1.0) * distances.iter().sum::<f32>();
        let mut taken = distances.iter().map(|distance| {
            left -= distance;
            left
        });
        // Rounding could leave a little after the last: then it is that farthest away.
        let place = taken.position(|left| left < 0.0);
        let farthest = || {
            let places = 0..distances.len();
            places.max_by(|&a, &b| distances[a].total_cmp(&distances[b]))
        };
        let place = place
            .or_else(farthest)
            .expect("there are more shapes than anchors");
        anchors.push(different[place]);
    }
    anchors
}

/// Width and height of every object with an area, in pixels.
pub fn shapes(set: &Set) -> Vec<[f32; 2]> {
    let objects = set.examples.iter().flat_map(|example| &example.objects);
    let seen = objects.filter(|object| object.bbox.area() > 0.0);
    seen.map(|object| object.bbox.size()).collect()
}

/// The same with as many of each class, drawn again with replacement: where nine
/// objects of ten are of one class, it would otherwise take all anchors for itself.
pub fn balanced_shapes(set: &Set, rng: &mut Rng) -> Vec<[f32; 2]> {
    let mut classes = vec![Vec::new(); set.classes.len()];
    for object in set.examples.iter().flat_map(|example| &example.objects) {
        if object.bbox.area() > 0.0 {
            classes[object.class].push(object.bbox.size());
        }
    }
    let most = classes.iter().map(Vec::len).max().unwrap_or(0);
    let mut all = Vec::new();
    for class in classes.iter().filter(|class| !class.is_empty()) {
        all.extend((0..most).map(|_| class[rng.below(class.len())]));
    }
    all
}
