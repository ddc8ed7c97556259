//! Boxes and words on pictures.

use std::fs;

use ch07_yolo::boxes::{BBox, Detection};
use ch07_yolo::paint::{
    colour, font, frame, label, painted, readable_on, size, unit, write, write_png,
};
use ndarray::Array3;
use proptest::prelude::*;

const RED: [u8; 3] = [255, 0, 0];

/// A picture with one character a pixel: `#` where it has this colour.
fn drawn(picture: &Array3<u8>, colour: [u8; 3]) -> Vec<String> {
    let (h, w, _) = picture.dim();
    let pixel = |i: usize, j: usize| {
        let same = (0..3).all(|c| picture[[i, j, c]] == colour[c]);
        if same { '#' } else { '.' }
    };
    (0..h)
        .map(|i| (0..w).map(|j| pixel(i, j)).collect())
        .collect()
}

fn black(h: usize, w: usize) -> Array3<u8> {
    Array3::zeros((h, w, 3))
}

#[test]
fn a_frame_lies_inside_its_box_and_is_as_thick_as_asked() {
    let mut picture = black(6, 8);
    frame(&mut picture, BBox::new(1.0, 1.0, 6.0, 5.0), RED, 1);
    let wanted = [
        "........", ".#####..", ".#...#..", ".#...#..", ".#####..", "........",
    ];
    assert_eq!(drawn(&picture, RED), wanted);
    frame(&mut picture, BBox::new(1.0, 1.0, 6.0, 5.0), RED, 2);
    let wanted = [
        "........", ".#####..", ".#####..", ".#####..", ".#####..", "........",
    ];
    assert_eq!(drawn(&picture, RED), wanted);
}

#[test]
fn a_box_over_the_rim_is_cut_there() {
    let mut picture = black(4, 4);
    frame(&mut picture, BBox::new(-3.0, 2.0, 2.0, 9.0), RED, 1);
    assert_eq!(drawn(&picture, RED), ["....", "....", "##..", ".#.."]);
    let mut nothing = black(4, 4);
    frame(&mut nothing, BBox::new(8.0, 8.0, 9.0, 9.0), RED, 1);
    assert_eq!(nothing, black(4, 4));
}

#[test]
fn words_are_letters_of_five_by_seven_a_pixel_apart() {
    assert_eq!(size("ab", 1), [11, 7]);
    assert_eq!(size("ab", 3), [33, 21]);
    assert_eq!(size("", 3), [0, 21]);
    let mut picture = black(8, 12);
    write(&mut picture, "1%", [1, 1], 1, RED);
    let wanted = [
        "............",
        "...#...##..#",
        "..##...##..#",
        ".#.#......#.",
        "...#.....#..",
        "...#....#...",
        "...#...#..##",
        ".#####.#..##",
    ];
    assert_eq!(drawn(&picture, RED), wanted);
}

#[test]
fn twice_as_large_is_each_pixel_four_times() {
    let (mut once, mut twice) = (black(7, 5), black(14, 10));
    write(&mut once, "g", [0, 0], 1, RED);
    write(&mut twice, "g", [0, 0], 2, RED);
    let large = Array3::from_shape_fn((14, 10, 3), |(i, j, c)| once[[i / 2, j / 2, c]]);
    assert_eq!(twice, large);
}

#[test]
fn no_two_letters_look_alike_and_none_is_empty() {
    let shape = |letter: char| -> Vec<bool> {
        let pixels =
            (0..font::HEIGHT).flat_map(|i| (0..font::WIDTH).map(move |j| (i, j)));
        pixels.map(|(i, j)| font::ink(letter, i, j)).collect()
    };
    let mut shapes: Vec<Vec<bool>> = ('!'..='~').map(shape).collect();
    assert!(shapes.iter().all(|each| each.contains(&true)));
    shapes.push(shape('é')); // an empty frame: the font does not have it
    shapes.push(shape(' '));
    assert!(!shape(' ').contains(&true));
    shapes.sort();
    shapes.dedup();
    assert_eq!(shapes.len(), 94 + 2);
}

#[test]
fn words_on_every_colour_of_a_class_can_be_read() {
    let linear = |byte: u8| match f64::from(byte) / 255.0 {
        dark if dark <= 0.04045 => dark / 12.92,
        light => ((light + 0.055) / 1.055).powf(2.4),
    };
    let luminance = |[r, g, b]: [u8; 3]| {
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    };
    for ground in (0..8).map(colour) {
        let ends = [luminance(ground), luminance(readable_on(ground))];
        let [low, high] = [ends[0].min(ends[1]), ends[0].max(ends[1])];
        let contrast = (high + 0.05) / (low + 0.05);
        assert!(contrast >= 4.5, "{ground:?}: {contrast}");
    }
    assert_eq!(readable_on([255; 3]), [0; 3]);
    assert_eq!(readable_on([0; 3]), [255; 3]);
}

#[test]
fn a_label_stands_on_its_box_or_inside_where_there_is_no_room_above() {
    let ground = |y0: f32, x0: f32| {
        let mut picture = black(40, 60);
        label(
            &mut picture,
            BBox::new(x0, y0, x0 + 9.0, 39.0),
            "cat",
            RED,
            1,
        );
        let rows = drawn(&picture, RED);
        let first = rows
            .iter()
            .position(|row| row.contains('#'))
            .expect("a label");
        let last = rows
            .iter()
            .rposition(|row| row.contains('#'))
            .expect("a label");
        let column = |row: &String| row.find('#').unwrap_or(60);
        (
            first..last + 1,
            rows.iter().map(column).min().expect("rows"),
        )
    };
    // Letters of 7 rows and a pixel of air on both sides: 9 rows; 17 + 2 columns.
    assert_eq!(ground(20.0, 5.0), (11..20, 5));
    assert_eq!(ground(3.0, 5.0), (3..12, 5)); // no room above
    assert_eq!(ground(20.0, 50.0), (11..20, 41)); // no room to the right
}

#[test]
fn lines_and_letters_grow_with_the_picture() {
    let units = [(10, 10), (416, 300), (512, 512), (3000, 4000)]
        .map(|(h, w)| unit(&black(h, w)));
    assert_eq!(units, [1, 2, 2, 16]);
}

#[test]
fn a_detection_is_painted_in_its_classs_colour_and_the_rest_stays() {
    let picture = Array3::from_elem((100, 120, 3), 90);
    let found = Detection {
        bbox: BBox::new(10.0, 30.0, 80.0, 90.0),
        class: 1,
        score: 0.957,
    };
    let copy = painted(&picture, &[found], &["dog", "cat"]);
    let [r, g, b] = colour(1);
    assert_eq!([0, 1, 2].map(|c| copy[[60, 10, c]]), [r, g, b]);
    assert_eq!(copy[[60, 50, 0]], 90); // inside the frame
    assert_eq!(copy[[95, 100, 0]], 90); // outside
    assert_eq!(painted(&picture, &[], &["dog"]), picture);
}

#[test]
fn a_written_png_is_read_back_pixel_for_pixel() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join("image.png");
    let pixel = |(i, j, c): (usize, usize, usize)| (i * 31 + j * 7 + c * 100) as u8;
    let picture = Array3::from_shape_fn((13, 17, 3), pixel);
    write_png(&file, &picture).expect("the folder can be written");
    let read = pictures::picture(&file).expect("our own file");
    assert_eq!(read, picture);
    let nowhere = folder.path().join("no/image.png");
    let wrong = write_png(&nowhere, &picture).expect_err("there is no such folder");
    assert!(wrong.to_string().contains("image.png"), "{wrong}");
    let left = fs::read_dir(folder.path()).expect("it is there").count();
    assert_eq!(left, 1); // nothing half written stays behind
}

proptest! {
    #[test]
    fn no_box_and_no_word_reaches_outside_the_picture(
        h in 1_usize..40,
        w in 1_usize..40,
        edges in prop::array::uniform4(-100.0_f32..100.0),
        score in 0.0_f32..1.0,
    ) {
        let [x0, y0, x1, y1] = edges;
        let bbox = BBox::new(x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1));
        let found = Detection { bbox, class: 0, score };
        let copy = painted(&black(h, w), &[found], &["a long name, é"]);
        prop_assert_eq!(copy.dim(), (h, w, 3));
    }
}
