//! Figures of the section `windows`.

use ndarray::Array3;
use plots::{
    Class, Error, Figure, Mark, Panel, Picture, Pictures, Role, Rule, Scatter, Size,
};

use crate::boxes::{BBox, Detection, Object};
use crate::scenes::CLASSES;
use crate::set::Example;
use crate::windows::find::{self, PYRAMID, level};
use crate::windows::{WINDOW, WindowNet};

/// Detections that are drawn.
const SURE: f32 = 0.8;

/// A photo or a scene.
pub(crate) fn photo(picture: &Array3<u8>) -> Picture {
    let pixels: Vec<f32> = picture
        .iter()
        .map(|&byte| f32::from(byte) / 255.0)
        .collect();
    Picture::colour(picture.dim().1, &pixels)
}

/// The frame of a box.
pub(crate) fn frame(bbox: BBox, role: Role) -> Mark {
    Mark::new([bbox.x0, bbox.y0, bbox.x1, bbox.y1], role)
}

/// The frames of what was found, blue where it is right and vermilion where it is not,
/// and dashed those of what was missed.
pub(crate) fn frames(objects: &[Object], found: &[Detection]) -> Vec<Mark> {
    frames_above(objects, found, SURE)
}

/// The same with all that was found with at least this score.
pub(crate) fn frames_above(
    objects: &[Object],
    found: &[Detection],
    least: f32,
) -> Vec<Mark> {
    let mut open: Vec<&Object> = objects.iter().collect();
    let mut frames = Vec::new();
    for found in found.iter().filter(|found| found.score >= least) {
        let agrees = |object: &&Object| {
            object.class == found.class && object.bbox.iou(found.bbox) >= 0.5
        };
        let right = open.iter().position(agrees).map(|i| open.swap_remove(i));
        let role = if right.is_some() {
            Role::Blue
        } else {
            Role::Vermilion
        };
        frames.push(frame(found.bbox, role).words(CLASSES[found.class]));
    }
    frames.extend(
        open.iter()
            .map(|missed| frame(missed.bbox, Role::Yellow).dashed()),
    );
    frames
}

/// A scene, and at each size how sure the net is that a window shows anything.
pub(crate) fn heat(net: &WindowNet, example: &Example) -> Result<Figure, Error> {
    let scene = photo(&example.picture).caption("the scene");
    let maps = PYRAMID.iter().map(|&factor| {
        let heat = find::heat(net, &level(&example.picture, factor)); // [H', W']
        let [_, w] = heat.dims();
        let side = WINDOW as f32 / factor;
        Picture::heat(w, &heat.to_vec()).caption(format!("windows of {side:.0} pixels"))
    });
    Pictures::new([scene].into_iter().chain(maps))
        .columns(4)
        .size(Size::Wide)
        .draw()
}

/// Scenes with what was found in them.
pub(crate) fn found(
    scenes: &[Example],
    found: &[Vec<Detection>],
) -> Result<Figure, Error> {
    let both = scenes.iter().zip(found);
    let pictures = both.map(|(scene, found)| {
        photo(&scene.picture).marks(frames(&scene.objects, found))
    });
    Pictures::new(pictures).columns(3).size(Size::Wide).draw()
}

/// The best IoU that any window has with an object, by the object's size.
pub(crate) fn reach(best: &[(Object, f32)]) -> Result<Figure, Error> {
    let points: Vec<(f32, f32)> = best
        .iter()
        .map(|(object, iou)| (object.bbox.area().sqrt(), *iou))
        .collect();
    let sizes = PYRAMID.iter().map(|factor| {
        let side = WINDOW as f32 / factor;
        Rule::vertical(side).name(format!("window {side:.0}"))
    });
    Panel::new()
        .x("size of the object, root of its area", "pixels")
        .y("IoU with the best window", "")
        .y_range(0.0, 1.0)
        .x_log()
        .x_ticks(&[(10, "10"), (15, "15"), (20, "20"), (30, "30"), (50, "50")])
        .add_all(sizes)
        .add(Rule::horizontal(0.5))
        .add(Scatter::new(Class::A, &points).radius(2.0))
        .draw()
}
