//! Figures of the section `scenes`.

use plots::{Error, Figure, Mark, Pictures, Role, Size};

use crate::augment::{Augment, Change, Colour, Warp};
use crate::boxes::{BBox, Object};
use crate::figures::train::picture;
use crate::scenes::{CLASSES, SIDE};
use crate::set::Example;

/// The middle of a scene.
const MIDDLE: [f32; 2] = [SIDE as f32 / 2.0; 2];

fn frame(object: &Object, role: Role) -> Mark {
    let BBox { x0, y0, x1, y1 } = object.bbox;
    Mark::new([x0, y0, x1, y1], role)
}

/// Scenes with their boxes.
pub(crate) fn dozen(scenes: &[Example]) -> Result<Figure, Error> {
    let shown = scenes.iter().map(|scene| {
        let marks = scene.objects.iter().map(|object| frame(object, Role::Blue));
        picture(scene).marks(marks)
    });
    Pictures::new(shown).columns(4).size(Size::Wide).draw()
}

/// One scene, changed in ways that are larger than those it is trained with, so that they
/// can be seen.
fn shown_changes() -> [(&'static str, Change); 6] {
    let place = |warp: Warp| Change {
        warp,
        colour: Colour::NONE,
    };
    let colour = |colour: Colour| Change {
        warp: Warp::NONE,
        colour,
    };
    let aspect = 2.0 * Augment::SCENES.aspect;
    [
        (
            "mirrored",
            place(Warp::NONE.mirrored([true, false], [SIDE; 2])),
        ),
        ("larger", place(Warp::NONE.zoomed([1.4, 1.4], MIDDLE))),
        (
            "stretched",
            place(Warp::NONE.zoomed([aspect.exp(), (-aspect).exp()], MIDDLE)),
        ),
        ("moved", place(Warp::NONE.shifted([-24.0, 16.0]))),
        (
            "darker, more contrast",
            colour(Colour {
                light: 0.7,
                contrast: 1.3,
                ..Colour::NONE
            }),
        ),
        (
            "other hue, paler",
            colour(Colour {
                hue: 20.0,
                saturation: 0.6,
                ..Colour::NONE
            }),
        ),
    ]
}

/// A scene under six changes, with the boxes that moved with it.
pub(crate) fn changes(scene: &Example) -> Result<Figure, Error> {
    let shown = shown_changes().map(|(name, change)| {
        let changed = change.apply(scene, [SIDE; 2]);
        let marks = changed
            .objects
            .iter()
            .map(|object| frame(object, Role::Blue));
        picture(&changed).marks(marks).caption(name)
    });
    Pictures::new(shown).columns(3).size(Size::Wide).draw()
}

/// A mirrored scene with boxes that moved, and with boxes that did not.
pub(crate) fn left_behind(scene: &Example) -> Result<Figure, Error> {
    let [(_, mirror), ..] = shown_changes();
    let changed = mirror.apply(scene, [SIDE; 2]);
    let named = |objects: &[Object], role: Role| {
        let mark = |object: &Object| frame(object, role).words(CLASSES[object.class]);
        objects.iter().map(mark).collect::<Vec<_>>()
    };
    Pictures::new([
        picture(&changed)
            .marks(named(&changed.objects, Role::Blue))
            .caption("picture and boxes mirrored"),
        picture(&changed)
            .marks(named(&scene.objects, Role::Vermilion))
            .caption("the picture only"),
    ])
    .columns(2)
    .size(Size::Wide)
    .draw()
}
