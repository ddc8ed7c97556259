//! Figures of the section `v1`.

use ndarray::Array3;
use plots::{Error, Figure, Line, Mark, Panel, Picture, Pictures, Role, Size};
use tensor::Tensor;

use crate::boxes::{BBox, Detection};
use crate::scenes::{CLASSES, SIDE};
use crate::set::Example;
use crate::v1::{Grid, OF_BOX};

/// Boxes of a scene that are drawn at most, the surest first.
const MOST: usize = 10;

/// Scenes of which the boxes are shown on their way.
const SHOWN: usize = 2;

/// The names of the terms, as short as a figure needs them, and their colours.
const TERMS: [(&str, Role); 5] = [
    ("place", Role::Blue),
    ("size", Role::Vermilion),
    ("responsible", Role::Green),
    ("others", Role::Grey),
    ("class", Role::Purple),
];

/// What was seen on the way: the step, and the boxes of each scene that the net was
/// sure of.
pub(crate) struct Seen {
    pub(crate) step: usize,
    pub(crate) found: Vec<Vec<Detection>>,
}

/// A scene with the grid over it: the cells of its objects, and what their boxes say.
pub(crate) fn grid(
    grid: Grid,
    scene: &Example,
    said: &Tensor,
) -> Result<Figure, Error> {
    let lined = ruled(&scene.picture, SIDE / grid.cells);
    let picture = || Picture::colour(SIDE, &pixels(&lined));
    let size = [SIDE as f32; 2];
    let cells: Vec<[usize; 2]> = scene
        .objects
        .iter()
        .map(|object| grid.cell_of(object.bbox, size))
        .collect();
    let truth = scene
        .objects
        .iter()
        .map(|object| Mark::new(object.bbox.edges(), Role::Green).dashed());
    let square = |&[row, column]: &[usize; 2]| {
        let side = (SIDE / grid.cells) as f32;
        let corner = [column as f32 * side, row as f32 * side];
        Mark::new(
            [corner[0], corner[1], corner[0] + side, corner[1] + side],
            Role::Orange,
        )
    };
    let boxes = cells.iter().flat_map(|&cell| of_cell(grid, said, cell));
    let mut boxes: Vec<(BBox, f32)> = boxes.collect();
    boxes.sort_by(|a, b| a.1.total_cmp(&b.1)); // the surest is drawn last
    let marks = boxes.into_iter().map(|(bbox, confidence)| {
        let edges = bbox.scaled(size).clipped(size).edges();
        match confidence < 0.5 {
            true => Mark::new(edges, Role::Grey).dashed(),
            false => Mark::new(edges, Role::Blue),
        }
    });
    Pictures::new([
        picture()
            .marks(truth.chain(cells.iter().map(square)))
            .caption("objects, and the cells of their centres"),
        picture().marks(marks).caption("both boxes of these cells"),
    ])
    .columns(2)
    .size(Size::Wide)
    .draw()
}

/// The boxes that a cell of the first picture says, in parts of the picture, and how
/// sure it is of each.
fn of_cell(grid: Grid, said: &Tensor, [row, column]: [usize; 2]) -> Vec<(BBox, f32)> {
    let (s, depth) = (grid.cells, grid.depth());
    let said = said.to_vec();
    let numbers = &said[(row * s + column) * depth..][..grid.boxes * OF_BOX];
    let place = |within: f32, cell: usize| (within + cell as f32) / s as f32;
    let bbox = |x: &[f32]| {
        let centre = [place(x[0], column), place(x[1], row)];
        (BBox::centred(centre, [x[2], x[3]]), x[4])
    };
    numbers.chunks(OF_BOX).map(bbox).collect()
}

/// The picture with light lines between cells of so many pixels.
fn ruled(picture: &Array3<u8>, side: usize) -> Array3<u8> {
    let mut ruled = picture.clone();
    for ((y, x, _), value) in ruled.indexed_iter_mut() {
        if y % side == 0 || x % side == 0 {
            *value = *value / 3 + 170; // two thirds white
        }
    }
    ruled
}

/// Red, green, blue of each pixel in turn, 0 to 1.
fn pixels(picture: &Array3<u8>) -> Vec<f32> {
    picture
        .iter()
        .map(|&byte| f32::from(byte) / 255.0)
        .collect()
}

/// Half as many pixels a side, each the mean of four: a quarter of the bytes.
fn halved(picture: &Array3<u8>) -> Vec<f32> {
    let (h, w, c) = picture.dim();
    let mean = |y: usize, x: usize, c: usize| {
        let four = [(0, 0), (0, 1), (1, 0), (1, 1)];
        let sum: f32 = four
            .iter()
            .map(|(i, j)| f32::from(picture[[2 * y + i, 2 * x + j, c]]))
            .sum();
        sum / (4.0 * 255.0)
    };
    let places = (0..h / 2).flat_map(|y| (0..w / 2).map(move |x| (y, x)));
    places
        .flat_map(|(y, x)| (0..c).map(move |c| mean(y, x, c)))
        .collect()
}

/// What the net was sure of in the first scenes, step by step.
pub(crate) fn learning(scenes: &[Example], seen: &[Seen]) -> Result<Figure, Error> {
    let pictures = (0..SHOWN).flat_map(|i| {
        seen.iter().map(move |seen| {
            let marks = seen.found[i].iter().take(MOST).map(|found| {
                let bbox = found.bbox.scaled([0.5; 2]).clipped([SIDE as f32 / 2.0; 2]);
                Mark::new(bbox.edges(), Role::Blue).words(CLASSES[found.class])
            });
            Picture::colour(SIDE / 2, &halved(&scenes[i].picture))
                .marks(marks)
                .caption(format!("step {}", seen.step))
        })
    });
    Pictures::new(pictures)
        .columns(seen.len())
        .size(Size::Wide)
        .draw()
}

/// The five terms, unweighted, step by step.
pub(crate) fn terms(losses: &[[f32; 5]]) -> Result<Figure, Error> {
    let line = |(i, (name, role)): (usize, &(&str, Role))| {
        let points: Vec<(usize, f32)> = losses
            .iter()
            .enumerate()
            .map(|(step, terms)| (step + 1, terms[i]))
            .collect();
        Line::new(&points).role(*role).name(*name)
    };
    Panel::new()
        .x("step", "")
        .y("sum over a picture", "")
        .x_log()
        .y_log()
        .add_all(TERMS.iter().enumerate().map(line))
        .draw_sized(Size::Wide)
}
