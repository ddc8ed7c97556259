//! Aerial photos in tiles, and what was found on them put together again.

use ch07_yolo::boxes::{BBox, Detection, Object};
use ch07_yolo::files::Problem;
use ch07_yolo::set::Example;
use ch07_yolo::trees::{
    PHOTO, SIDE, STRIDE, Tile, crowns, faultless, load, starts, stitched, tiles,
};
use ndarray::Array3;
use proptest::prelude::*;

/// A picture of which each pixel tells its place, with these boxes.
fn example(width: usize, height: usize, boxes: &[BBox]) -> Example {
    let object = |&bbox| Object { bbox, class: 0 };
    Example {
        name: "photo".to_owned(),
        picture: Array3::from_shape_fn((height, width, 3), |(y, x, c)| {
            [y, x, 0][c] as u8
        }),
        objects: boxes.iter().map(object).collect(),
    }
}

#[test]
fn the_photos_have_the_boxes_that_their_readme_says() {
    let folder = load().expect("they come with the course");
    let counts = [("Alive", 9), ("Dead", 28), ("Tree", 61)];
    let counts = counts.map(|(class, count)| (class.to_owned(), count));
    assert_eq!(folder.report.classes, counts);
    assert_eq!(folder.report.problems().collect::<Vec<Problem>>(), []);
    let set = crowns(folder.set);
    assert_eq!(set.classes, ["crown"]);
    assert!(set.examples.iter().all(|e| e.size() == [PHOTO; 2]));
    assert!(
        set.examples
            .iter()
            .flat_map(|e| &e.objects)
            .all(|object| object.class == 0)
    );
}

#[test]
fn a_tile_shows_its_part_and_cuts_what_reaches_out() {
    // Ten wide; tiles of 6 that begin at 0 and at 4. The box from 5 to 9 is in the
    // second.
    let boxes = [[1.0, 3.0], [2.0, 8.0], [5.0, 9.0]]
        .map(|[x0, x1]| BBox::new(x0, 1.0, x1, 3.0));
    let photo = example(10, 6, &boxes);
    let cut = tiles(&photo, 6, 4);
    assert_eq!(
        cut.iter().map(|tile| tile.at).collect::<Vec<_>>(),
        [[0, 0], [4, 0]]
    );
    assert_eq!(
        cut[1].example.picture[[2, 3, 1]],
        7,
        "column 3 of the tile is column 7"
    );
    let shown = |tile: &Tile| {
        tile.example
            .objects
            .iter()
            .map(|o| [o.bbox.x0, o.bbox.x1])
            .collect::<Vec<_>>()
    };
    assert_eq!(
        shown(&cut[0]),
        [[1.0, 3.0], [2.0, 6.0]],
        "4 of 6 columns are enough, 1 of 4 not"
    );
    assert_eq!(shown(&cut[1]), [[0.0, 4.0], [1.0, 5.0]]);
}

#[test]
fn exactly_half_a_box_is_kept() {
    let half = example(8, 4, &[BBox::new(2.0, 0.0, 6.0, 2.0)]);
    let counts = tiles(&half, 4, 4)
        .iter()
        .map(|tile| tile.example.objects.len())
        .collect::<Vec<_>>();
    assert_eq!(counts, [1, 1]);
    let less = example(8, 4, &[BBox::new(1.9, 0.0, 5.9, 2.0)]);
    let counts = tiles(&less, 4, 4)
        .iter()
        .map(|tile| tile.example.objects.len())
        .collect::<Vec<_>>();
    assert_eq!(counts, [1, 0]);
}

#[test]
#[should_panic(
    expected = "tiles: expected 1 <= stride <= side <= 4, got stride 3 and side 5"
)]
fn a_tile_larger_than_the_picture_panics_with_both_sizes() {
    tiles(&example(8, 4, &[]), 5, 3);
}

#[test]
fn what_two_tiles_found_is_told_once_in_pixels_of_the_photo() {
    let photo = example(10, 6, &[]);
    let cut = tiles(&photo, 6, 4);
    let found = |x0, x1, score| Detection {
        bbox: BBox::new(x0, 1.0, x1, 3.0),
        class: 0,
        score,
    };
    // 4 to 6 by the first tile, 4 to 6 and 8 to 10 by the second.
    let answers = [
        vec![found(4.0, 6.0, 0.8)],
        vec![found(0.0, 2.0, 0.9), found(4.0, 6.0, 0.7)],
    ];
    let all = stitched(&cut, &answers, 0.5);
    assert_eq!(all, [found(4.0, 6.0, 0.9), found(8.0, 10.0, 0.7)]);
}

#[test]
fn a_faultless_detector_on_tiles_finds_every_crown_once_at_a_low_limit() {
    let set = crowns(load().expect("they come with the course").set);
    // Counted by an independent program: crowns, boxes on tiles, stitched at 0.5 and
    // 0.4.
    let wanted = [[61, 91, 61, 61], [37, 55, 39, 37]];
    for (photo, wanted) in set.examples.iter().zip(wanted) {
        let (cut, found) = faultless(photo, SIDE, STRIDE);
        let counts = [0.5, 0.4].map(|limit| stitched(&cut, &found, limit).len());
        let on_tiles: usize = found.iter().map(Vec::len).sum();
        let truth: usize = cut.iter().map(|tile| tile.example.objects.len()).sum();
        assert_eq!((cut.len(), truth), (9, on_tiles));
        assert_eq!(
            [photo.objects.len(), on_tiles, counts[0], counts[1]],
            wanted
        );
        let whole = stitched(&cut, &found, 0.4);
        let met = |o: &Object| whole.iter().any(|d| d.bbox.iou(o.bbox) >= 0.5);
        assert!(photo.objects.iter().all(met));
    }
}

proptest! {
    #[test]
    fn tiles_cover_the_picture_and_stay_inside(
        length in 1..500usize, side in 1..500usize, stride in 1..500usize,
    ) {
        let side = side.min(length);
        let stride = stride.min(side);
        let starts = starts(length, side, stride);
        prop_assert_eq!((starts[0], starts[starts.len() - 1]), (0, length - side));
        prop_assert!(starts.windows(2).all(|w| w[0] < w[1] && w[1] - w[0] <= stride));
    }

    #[test]
    fn a_box_no_larger_than_the_overlap_is_whole_on_some_tile(
        x in 0..60u8, y in 0..40u8, w in 1..=8u8, h in 1..=8u8,
    ) {
        let [x, y, w, h] = [x, y, w, h].map(f32::from);
        let bbox = BBox::new(x, y, x + w, y + h);
        let photo = example(70, 50, &[bbox]);
        let whole = tiles(&photo, 20, 12).into_iter().any(|tile| {
            let back = tile.at.map(|pixels| pixels as f32);
            tile.example.objects.iter().any(|object| object.bbox.moved(back) == bbox)
        });
        prop_assert!(whole);
    }
}
