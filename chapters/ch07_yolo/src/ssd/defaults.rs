//! The default boxes: which shapes stand at which places.

use crate::boxes::BBox;

/// A map of the net, and the boxes of each of its places.
#[derive(Clone, Debug, PartialEq)]
pub struct Map {
    /// Rows and columns.
    pub size: [usize; 2],
    /// Pixels of the picture from one place to the next.
    pub stride: f32,
    /// Width and height of the boxes of each place, in pixels.
    pub shapes: Vec<[f32; 2]>,
}

/// The default boxes of all maps: map by map, row by row, column by column, shape by
/// shape. Each stands on the middle of its place; it may reach beyond the picture.
pub fn default_boxes(maps: &[Map]) -> Vec<BBox> {
    let mut boxes = Vec::new();
    for map in maps {
        let middle = |place: usize| (place as f32 + 0.5) * map.stride;
        for (row, column) in places(map.size) {
            let centre = [middle(column), middle(row)];
            boxes.extend(map.shapes.iter().map(|&shape| BBox::centred(centre, shape)));
        }
    }
    boxes
}

/// All rows and columns of a map, row by row.
fn places([rows, columns]: [usize; 2]) -> impl Iterator<Item = (usize, usize)> {
    (0..rows).flat_map(move |row| (0..columns).map(move |column| (row, column)))
}

// ANCHOR: paper_shapes
/// The shapes of a map by the paper's rule: a square of side `scale`, a larger one
/// whose side is the geometric mean of `scale` and the `next` map's, and for each ratio
/// r a box r times as wide as high and one r times as high as wide, both with the area
/// of the first square.
///
/// ```
/// use ch07_yolo::ssd::paper_shapes;
///
/// let shapes = paper_shapes(10.0, 40.0, &[4.0]);
/// assert_eq!(shapes, [[10.0, 10.0], [20.0, 20.0], [20.0, 5.0], [5.0, 20.0]]);
/// ```
///
/// Source: section 2.2, "Choosing scales and aspect ratios for default boxes".
pub fn paper_shapes(scale: f32, next: f32, ratios: &[f32]) -> Vec<[f32; 2]> {
    let between = (scale * next).sqrt();
    let mut shapes = vec![[scale, scale], [between, between]];
    for ratio in ratios {
        let [long, short] = [scale * ratio.sqrt(), scale / ratio.sqrt()];
        shapes.extend([[long, short], [short, long]]);
    }
    shapes
}
// ANCHOR_END: paper_shapes

// ANCHOR: ssd300
/// The six maps of SSD300, for pictures of 300 × 300.
///
/// The sides are those of the authors' released settings: 10, 20, 37, 54, 71, 88 and,
/// past the last map, 105 hundredths of the picture.
pub fn ssd300() -> [Map; 6] {
    let sides = [30.0, 60.0, 111.0, 162.0, 213.0, 264.0, 315.0];
    let maps: [(usize, f32, &[f32]); 6] = [
        (38, 8.0, &[2.0]),
        (19, 16.0, &[2.0, 3.0]),
        (10, 32.0, &[2.0, 3.0]),
        (5, 64.0, &[2.0, 3.0]),
        (3, 100.0, &[2.0]),
        (1, 300.0, &[2.0]),
    ];
    std::array::from_fn(|i| {
        let (size, stride, ratios) = maps[i];
        let shapes = paper_shapes(sides[i], sides[i + 1], ratios);
        Map {
            size: [size, size],
            stride,
            shapes,
        }
    })
}
// ANCHOR_END: ssd300
