//! Figures of the section `propose`.

use ndarray::Array3;
use plots::{Error, Figure, Line, Panel, Pictures, Role, Size};
use tensor::Rng;

use super::windows::{frame, frames, photo};
use crate::boxes::{BBox, Detection};
use crate::selective::graph::{Graph, Segments};
use crate::selective::group::{Alike, Group, groups};
use crate::selective::{Recall, proposals};
use crate::set::Example;

/// Segments of the figure, as fine as the finer of the two that are searched.
const K: f32 = 100.0;

/// Groups that are left in the second and third picture.
const LEFT: [usize; 2] = [24, 8];

/// The share of objects with a box, by the number of boxes.
pub(crate) fn recall(recalls: &[Recall]) -> Result<Figure, Error> {
    let points = |share: fn(&Recall) -> f32| -> Vec<(usize, f32)> {
        recalls
            .iter()
            .map(|recall| (recall.count, 100.0 * share(recall)))
            .collect()
    };
    let searched = Line::new(&points(|recall| recall.searched)).role(Role::Blue);
    let grid = Line::new(&points(|recall| recall.grid)).role(Role::Grey);
    Panel::new()
        .x("boxes", "")
        .y("objects with a box of IoU 0.5", "%")
        .y_range(0.0, 100.0)
        .x_log()
        .add(searched.dots().name("selective search"))
        .add(grid.dots().name("even grid"))
        .draw()
}

/// A scene, its segments, what they grow together to, and the first proposals that fit
/// an object.
pub(crate) fn grow(example: &Example) -> Result<Figure, Error> {
    let picture = &example.picture;
    let segments = Graph::new(picture).segments(K);
    let all = groups(picture, &segments, Alike::All);
    let count = segments.count;
    let flat = |left: usize, words: &str| {
        let groups = alive(&all, count, left.min(count));
        let words = format!("{} {words}", groups.len());
        photo(&painted(picture, &segments, &groups)).caption(words)
    };
    let proposed = proposals(picture, &mut Rng::new(1));
    let boxes = example.objects.iter().filter_map(|object| {
        let agrees = |bbox: &BBox| object.bbox.iou(*bbox);
        let best = proposed
            .iter()
            .max_by(|a, b| agrees(a).total_cmp(&agrees(b)));
        best.map(|&bbox| frame(bbox, Role::Blue))
    });
    let boxes = photo(picture).marks(boxes).caption("the best proposals");
    let pictures = [
        flat(count, "segments"),
        flat(LEFT[0], "groups"),
        flat(LEFT[1], "groups"),
        boxes,
    ];
    Pictures::new(pictures).columns(4).size(Size::Wide).draw()
}

/// The groups that were there when so many were left.
fn alive(all: &[Group], segments: usize, left: usize) -> Vec<&Group> {
    let made = &all[..2 * segments - left];
    let mut seen = vec![false; segments];
    let mut alive = Vec::new();
    for group in made.iter().rev() {
        if !seen[group.segments[0]] {
            group
                .segments
                .iter()
                .for_each(|&segment| seen[segment] = true);
            alive.push(group);
        }
    }
    alive
}

/// The picture with each group in its mean colour.
fn painted(picture: &Array3<u8>, segments: &Segments, groups: &[&Group]) -> Array3<u8> {
    let mut of = vec![0; segments.count];
    for (number, group) in groups.iter().enumerate() {
        group
            .segments
            .iter()
            .for_each(|&segment| of[segment] = number);
    }
    let [h, w] = segments.size;
    let mut sums = vec![[0.0_f32; 4]; groups.len()];
    for pixel in 0..h * w {
        let sum = &mut sums[of[segments.of[pixel]]];
        (0..3).for_each(|c| sum[c] += f32::from(picture[[pixel / w, pixel % w, c]]));
        sum[3] += 1.0;
    }
    Array3::from_shape_fn((h, w, 3), |(i, j, c)| {
        let sum = sums[of[segments.of[i * w + j]]];
        (sum[c] / sum[3]) as u8
    })
}

/// What each detector finds in the same scene.
pub(crate) fn found(
    scene: &Example,
    found: &[&[Detection]],
    names: &[&str],
) -> Result<Figure, Error> {
    let pictures = found.iter().zip(names).map(|(found, name)| {
        let marks = frames(&scene.objects, found);
        photo(&scene.picture).marks(marks).caption(*name)
    });
    Pictures::new(pictures)
        .columns(names.len())
        .size(Size::Wide)
        .draw()
}
