//! Figures of the sections `folder`, `trees` and `blood`: pictures with the boxes that
//! somebody drew on them.

use ndarray::s;
use plots::{Error, Figure, Mark, Picture, Pictures, Role, Size};

use crate::boxes::{BBox, Detection, Object};
use crate::decode::Keep;
use crate::files::{fitted, plain_place};
use crate::set::{Example, Set};
use crate::trees::Tile;

/// Pictures of a folder that are shown, if they fit into the 200 KB of a figure.
const SHOWN: usize = 3;

/// Boxes of a picture that are drawn: more could not be told apart.
const MARKED: usize = 40;

/// Colours of the classes, in turn.
const ROLES: [Role; 4] = [Role::Blue, Role::Vermilion, Role::Green, Role::Purple];

/// The colour of a class.
fn role(class: usize) -> Role {
    ROLES[class % ROLES.len()]
}

/// Edges as a mark has them.
fn edges(bbox: BBox) -> [f32; 4] {
    let BBox { x0, y0, x1, y1 } = bbox;
    [x0, y0, x1, y1]
}

/// A picture with its boxes, scaled to fit so many columns and rows.
fn marked(set: &Set, example: &Example, size: [usize; 2], named: bool) -> Picture {
    let example = fitted(example, size);
    let marks = example.objects.iter().take(MARKED).map(|object| {
        let mark = Mark::new(edges(object.bbox), role(object.class));
        match named {
            true => mark.words(set.classes[object.class].clone()),
            false => mark,
        }
    });
    colours(&example).marks(marks)
}

/// A picture without boxes.
fn colours(example: &Example) -> Picture {
    let bytes = example.picture.iter(); // [H, W, 3]
    let values: Vec<f32> = bytes.map(|&byte| f32::from(byte) / 255.0).collect();
    Picture::colour(example.size()[0], &values)
}

/// The first pictures of a folder with their boxes and classes; as many as a figure
/// holds.
pub(crate) fn labels(set: &Set) -> Result<Figure, Error> {
    let draw = |count: usize| {
        let shown = set.examples.iter().take(count);
        let shown = shown.map(|example| {
            marked(set, example, [144; 2], true).caption(plain_place(&example.name))
        });
        Pictures::new(shown).columns(3).size(Size::Wide).draw()
    };
    let mut drawn = (1..=SHOWN).rev().map(draw);
    drawn.find(fits).unwrap_or_else(|| draw(1))
}

/// Whether a figure is one, or failed for another reason than its size.
fn fits(drawn: &Result<Figure, Error>) -> bool {
    !matches!(drawn, Err(Error::TooLarge { .. }))
}

/// The first pictures of a set, up to so many and as many as a figure holds, with what a
/// net is sure to have found in them.
pub(crate) fn found(
    set: &Set,
    found: &[Vec<Detection>],
    size: [usize; 2],
    most: usize,
    named: bool,
) -> Result<Figure, Error> {
    let draw = |count: usize| {
        let shown = set.examples.iter().zip(found).take(count);
        let shown = shown.map(|(example, found)| {
            let sure = found.iter().filter(|one| one.score >= Keep::SURE.score);
            let sure: Vec<Detection> = sure.take(MARKED).copied().collect();
            let seen = fitted(&with(example, &sure), size);
            let marks = seen.objects.iter().zip(&sure).map(|(object, one)| {
                let mark = Mark::new(edges(object.bbox), role(object.class));
                let words = || {
                    let name = &set.classes[object.class];
                    format!("{name} {:.0}", 100.0 * one.score)
                };
                if named { mark.words(words()) } else { mark }
            });
            let picture = colours(&seen).few_colours().marks(marks);
            picture.caption(plain_place(&example.name))
        });
        Pictures::new(shown).columns(most).size(Size::Wide).draw()
    };
    let mut drawn = (1..=most).rev().map(draw);
    drawn.find(fits).unwrap_or_else(|| draw(1))
}

/// The example with what was found in it in place of what is there.
fn with(example: &Example, found: &[Detection]) -> Example {
    let objects = found.iter().map(|one| Object {
        bbox: one.bbox,
        class: one.class,
    });
    Example {
        objects: objects.collect(),
        ..example.clone()
    }
}

/// Pixels a side of a photo of trees in a figure.
const PHOTO: [usize; 2] = [220; 2];

/// Whole photos of trees: the boxes of the labels dashed, those that a net is sure to have
/// found solid.
pub(crate) fn judged(set: &Set, found: &[Vec<Detection>]) -> Result<Figure, Error> {
    let shown = set.examples.iter().zip(found).map(|(photo, found)| {
        let sure = found.iter().filter(|one| one.score >= Keep::SURE.score);
        let sure: Vec<Detection> = sure.copied().collect();
        let [truth, found] = [photo, &with(photo, &sure)].map(|one| fitted(one, PHOTO));
        let marks = |of: &Example, role: Role| -> Vec<Mark> {
            let boxes = of.objects.iter().map(|object| edges(object.bbox));
            boxes.map(|edges| Mark::new(edges, role)).collect()
        };
        let labels = marks(&truth, Role::Yellow).into_iter().map(Mark::dashed);
        let picture = colours(&truth).few_colours().marks(labels);
        picture
            .marks(marks(&found, Role::Vermilion))
            .caption(plain_place(&photo.name))
    });
    Pictures::new(shown).columns(2).size(Size::Wide).draw()
}

/// Two neighbouring tiles of a photo, and the crowns that both of them see.
pub(crate) fn tiles(photo: &Example, tiles: &[Tile]) -> Result<Figure, Error> {
    let [left, right] = [tiles.first(), tiles.last()].map(|tile| {
        let ([x, y], [w, h]) = tile.map_or(([0; 2], photo.size()), |tile| {
            (tile.at, tile.example.size())
        });
        BBox::new(x as f32, y as f32, (x + w) as f32, (y + h) as f32)
    });
    let sheet = left.hull(right);
    let part = part(photo, sheet);
    let shown = photo
        .objects
        .iter()
        .filter(|object| object.bbox.intersection(sheet).area() > 0.0);
    let crowns = shown.map(|object| {
        let kept = [left, right].map(|tile| {
            object.bbox.intersection(tile).area() >= 0.5 * object.bbox.area()
        });
        let role = match kept {
            [true, true] => Role::Vermilion,
            [false, false] => Role::Grey,
            _ => Role::Blue,
        };
        Mark::new(edges(object.bbox), role)
    });
    let frames = [(left, "tile 1"), (right, "tile 2")];
    let frames = frames
        .map(|(tile, name)| Mark::new(edges(tile), Role::Yellow).dashed().words(name));
    Pictures::new([colours(&part).marks(crowns).marks(frames)])
        .columns(1)
        .draw()
}

/// The part of a photo below a box with whole edges.
fn part(photo: &Example, sheet: BBox) -> Example {
    let [x0, y0, x1, y1] = edges(sheet).map(|edge| edge as usize);
    let picture = photo.picture.slice(s![y0..y1, x0..x1, ..]).to_owned(); // [h, w, 3]
    Example {
        name: photo.name.clone(),
        picture,
        objects: Vec::new(),
    }
}

/// Two photos of blood with their boxes.
pub(crate) fn blood(set: &Set) -> Result<Figure, Error> {
    let shown = set.examples.iter().take(2);
    let shown = shown.map(|example| marked(set, example, [200, 150], false));
    Pictures::new(shown).columns(2).size(Size::Wide).draw()
}
