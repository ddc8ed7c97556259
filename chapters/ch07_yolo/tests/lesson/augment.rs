//! Pictures that move, and their boxes with them.

use ch07_yolo::augment::{Augment, Change, Colour, KEPT, OUTSIDE, Warp};
use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::scenes::{Scenes, Split};
use ch07_yolo::set::Example;
use ndarray::Array3;
use proptest::prelude::*;
use tensor::Rng;

fn example(picture: Array3<u8>, bbox: BBox) -> Example {
    let objects = vec![Object { bbox, class: 4 }];
    let name = "made".to_owned();
    Example {
        name,
        picture,
        objects,
    }
}

/// A white rectangle on black, with its box.
fn rectangle([w, h]: [usize; 2], [x0, y0, x1, y1]: [usize; 4]) -> Example {
    let inside = |x: usize, y: usize| (x0..x1).contains(&x) && (y0..y1).contains(&y);
    let pixel = |(y, x, _)| if inside(x, y) { 255 } else { 0 };
    let picture = Array3::from_shape_fn((h, w, 3), pixel);
    let [x0, y0, x1, y1] = [x0, y0, x1, y1].map(|edge| edge as f32);
    example(picture, BBox::new(x0, y0, x1, y1))
}

fn moved(warp: Warp) -> Change {
    Change {
        warp,
        colour: Colour::NONE,
    }
}

#[test]
fn no_change_changes_nothing() {
    let scenes = Scenes::new(Split::Training, 1).expect("photos come with the course");
    let scene = scenes.scene(0);
    let same = Augment::NONE.apply(&scene, scene.size(), &mut Rng::new(1));
    assert_eq!(same.picture, scene.picture);
    assert_eq!(same.objects, scene.objects);
}

#[test]
fn between_pixels_lies_their_mean() {
    let row = |values: [u8; 4]| {
        let bytes = values.iter().flat_map(|&value| [value; 3]).collect();
        Array3::from_shape_vec((1, 4, 3), bytes).expect("four pixels of three bytes")
    };
    let half = Warp::NONE.shifted([0.5, 0.0]);
    // The first pixel is half the first old one, repeated, and nothing from outside.
    let new = half.picture(&row([0, 40, 80, 0]), [4, 1]);
    assert_eq!(new, row([0, 20, 60, 40]));
    let one = Warp::NONE.shifted([1.0, 0.0]);
    let new = one.picture(&row([7, 40, 80, 0]), [4, 1]);
    assert_eq!(new, row([OUTSIDE, 7, 40, 80]));
}

#[test]
fn half_the_size_is_the_mean_of_four() {
    let old = Array3::from_shape_fn((4, 6, 3), |(y, x, c)| (40 * y + 7 * x + c) as u8);
    let new = Warp::resize([6, 4], [3, 2]).picture(&old, [3, 2]);
    for ((y, x, c), &pixel) in new.indexed_iter() {
        let four = [(0, 0), (0, 1), (1, 0), (1, 1)];
        let four = four.map(|(i, j)| u32::from(old[[2 * y + i, 2 * x + j, c]]));
        assert_eq!(u32::from(pixel), (four.iter().sum::<u32>() + 2) / 4);
    }
}

#[test]
fn a_box_shrinks_with_its_picture() {
    let example = rectangle([640, 480], [100, 40, 200, 300]);
    let small = Augment::NONE.apply(&example, [320, 240], &mut Rng::new(1));
    assert_eq!(small.size(), [320, 240]);
    assert_eq!(small.objects[0].bbox, BBox::new(50.0, 20.0, 100.0, 150.0));
    assert_eq!(small.objects[0].class, 4);
}

#[test]
fn a_box_that_keeps_a_quarter_stays_and_one_that_keeps_less_goes() {
    let example = rectangle([64, 64], [0, 8, 40, 48]);
    let by = |x: f32| moved(Warp::NONE.shifted([x, 0.0])).apply(&example, [64, 64]);
    let quarter = by(-30.0).objects;
    assert_eq!(quarter[0].bbox, BBox::new(0.0, 8.0, 10.0, 48.0));
    assert_eq!(quarter[0].bbox.area(), KEPT * 1600.0);
    assert!(by(-30.5).objects.is_empty());
    assert!(by(-100.0).objects.is_empty());
    // A box without an area, as files have them, goes as well.
    let mut empty = example;
    empty.objects[0].bbox = BBox::new(5.0, 5.0, 5.0, 9.0);
    assert!(moved(Warp::NONE).apply(&empty, [64, 64]).objects.is_empty());
}

#[test]
fn zooming_and_mirroring_are_about_the_middle() {
    let warp = Warp::NONE.zoomed([2.0, 2.0], [32.0, 32.0]);
    let bbox = BBox::new(30.0, 32.0, 33.0, 36.0);
    assert_eq!(warp.bbox(bbox), BBox::new(28.0, 32.0, 34.0, 40.0));
    let mirror = Warp::NONE.mirrored([true, false], [64, 64]);
    assert_eq!(mirror.bbox(bbox), BBox::new(31.0, 32.0, 34.0, 36.0));
}

#[test]
fn what_is_drawn_stays_within_its_limits_and_reaches_them() {
    let augment = Augment {
        mirror_y: false,
        ..Augment::CELLS
    };
    let mut rng = Rng::new(3);
    let (mut least, mut most) = (f32::INFINITY, 0.0_f32);
    let mut mirrored = 0;
    for _ in 0..1000 {
        let Change { warp, colour } = augment.draw([640, 480], [320, 240], &mut rng);
        mirrored += usize::from(warp.scale[0] < 0.0);
        let [x, y] = warp.scale.map(|scale| 2.0 * scale.abs()); // 1 is half the size
        let scale = (x * y).sqrt();
        (least, most) = (least.min(scale), most.max(scale));
        assert!((x / y).ln().abs() <= 2.0 * augment.aspect + 1e-3);
        let middle = warp.bbox(BBox::new(320.0, 240.0, 320.0, 240.0));
        assert!((middle.x0 - 160.0).abs() <= 0.1 * 320.0 + 1e-2);
        assert!((middle.y0 - 120.0).abs() <= 0.1 * 240.0 + 1e-2);
        assert!((0.8..=1.2).contains(&colour.light));
        assert_eq!(
            [colour.contrast, colour.saturation, colour.hue],
            [1.0, 1.0, 0.0]
        );
        assert!(warp.scale[1] > 0.0);
    }
    assert!((0.7499..0.755).contains(&least), "{least}");
    assert!(most <= 1.3335 && most > 1.32, "{most}");
    assert!((450..550).contains(&mirrored), "{mirrored}");
}

#[test]
fn the_same_generator_makes_the_same_change() {
    let example = rectangle([96, 64], [10, 10, 60, 40]);
    let mut rng = Rng::new(5);
    let first = Augment::SCENES.apply(&example, [96, 64], &mut rng);
    let second = Augment::SCENES.apply(&example, [96, 64], &mut rng);
    let again = Augment::SCENES.apply(&example, [96, 64], &mut Rng::new(5));
    assert_eq!(first.picture, again.picture);
    assert_eq!(first.objects, again.objects);
    assert_ne!(first.picture, second.picture);
}

fn coloured(rgb: [u8; 3], colour: Colour) -> [u8; 3] {
    let mut picture =
        Array3::from_shape_vec((1, 1, 3), rgb.to_vec()).expect("one pixel");
    colour.apply(&mut picture);
    [0, 1, 2].map(|c| picture[[0, 0, c]])
}

#[test]
fn hue_and_saturation_are_those_of_hsv() {
    // Expected values from Python 3.11, colorsys.rgb_to_hsv and hsv_to_rgb.
    let cases = [
        ([200, 100, 50], 30.0, 1.0, [200, 175, 50]),
        ([200, 100, 50], -40.0, 1.5, [200, 0, 67]),
        ([10, 250, 90], 75.0, 0.4, [154, 194, 250]),
        ([90, 80, 240], -170.0, 1.2, [196, 240, 48]),
        ([77, 77, 77], 50.0, 2.0, [77, 77, 77]),
        ([255, 0, 0], 120.0, 1.0, [0, 255, 0]),
        ([12, 200, 90], 360.0, 1.0, [12, 200, 90]),
        ([12, 200, 90], 0.0, 0.0, [200, 200, 200]),
    ];
    for (rgb, hue, saturation, expected) in cases {
        let colour = Colour {
            hue,
            saturation,
            ..Colour::NONE
        };
        assert_eq!(
            coloured(rgb, colour),
            expected,
            "{rgb:?}, {hue}, {saturation}"
        );
    }
}

#[test]
fn light_is_a_factor_and_contrast_one_about_the_middle() {
    let light = |light: f32| Colour {
        light,
        ..Colour::NONE
    };
    assert_eq!(coloured([100, 0, 250], light(0.5)), [50, 0, 125]);
    assert_eq!(coloured([100, 0, 250], light(1.2)), [120, 0, 255]);
    let contrast = |contrast: f32| Colour {
        contrast,
        ..Colour::NONE
    };
    // 127.5 + (100 − 127.5) · 2 = 72.5, rounded away from zero.
    assert_eq!(coloured([100, 0, 250], contrast(2.0)), [73, 0, 255]);
    assert_eq!(coloured([100, 0, 250], contrast(0.0)), [128, 128, 128]);
}

/// The smallest box around the pixels brighter than the grey that moves in from outside.
fn bright(picture: &Array3<u8>) -> Option<BBox> {
    let pixels = picture.indexed_iter().filter(|&(_, &byte)| byte > 191);
    let boxes = pixels.map(|((y, x, _), _)| {
        let [x, y] = [x as f32, y as f32];
        BBox::new(x, y, x + 1.0, y + 1.0)
    });
    boxes.reduce(BBox::hull)
}

fn near(a: BBox, b: BBox, within: f32) -> bool {
    let edges = |b: BBox| [b.x0, b.y0, b.x1, b.y1];
    let both = edges(a).into_iter().zip(edges(b));
    both.into_iter().all(|(a, b)| (a - b).abs() <= within)
}

proptest! {
    #[test]
    fn a_painted_rectangle_keeps_a_tight_box(
        seed in 0_u64..1_000_000,
        x in 0_usize..50, y in 0_usize..30, w in 8_usize..40, h in 8_usize..30,
        to in prop::sample::select(vec![[96, 64], [48, 32], [130, 111]]),
    ) {
        let example = rectangle([96, 64], [x, y, x + w, y + h]);
        let augment = Augment { light: 0.0, scale: [0.6, 1.6], shift: 0.3, ..Augment::CELLS };
        let new = augment.apply(&example, to, &mut Rng::new(seed));
        prop_assert_eq!(new.size(), to);
        let seen = bright(&new.picture);
        match (new.objects.first(), seen) {
            (Some(object), Some(seen)) => {
                // Pixels are seen from their middle: half a new one; and three quarters of
                // white are reached a quarter of an old one inside the edge.
                let warp = augment.draw([96, 64], to, &mut Rng::new(seed)).warp;
                let within = 0.51 + 0.25 * warp.scale[0].abs().max(warp.scale[1].abs());
                prop_assert!(near(object.bbox, seen, within), "{:?} {:?}", object.bbox, seen);
            }
            // Dropped: at most a quarter is left. Unseen: a sliver of a pixel.
            (None, Some(seen)) => {
                let warp = augment.draw([96, 64], to, &mut Rng::new(seed)).warp;
                let whole = warp.bbox(example.objects[0].bbox);
                let [width, height] = seen.size();
                let least = (width - 1.0).max(0.0) * (height - 1.0).max(0.0);
                prop_assert!(least < KEPT * whole.area(), "{:?} of {:?}", seen, whole);
            }
            (Some(object), None) => prop_assert!(object.bbox.area() < 8.0),
            (None, None) => {}
        }
    }

    #[test]
    fn mirrored_twice_is_not_mirrored(
        x0 in 0.0_f32..90.0, y0 in 0.0_f32..60.0, w in 1.0_f32..50.0, h in 1.0_f32..50.0,
        across: bool, down: bool,
    ) {
        let bbox = BBox::new(x0, y0, x0 + w, y0 + h);
        let once = Warp::NONE.mirrored([across, down], [96, 64]);
        let twice = once.mirrored([across, down], [96, 64]);
        prop_assert!(near(twice.bbox(bbox), bbox, 1e-3));
        prop_assert!(near(once.bbox(once.bbox(bbox)), bbox, 1e-3));
        let picture = rectangle([96, 64], [3, 5, 20, 40]).picture;
        let mirrored = once.picture(&picture, [96, 64]);
        prop_assert_eq!(once.picture(&mirrored, [96, 64]), picture);
    }
}
