//! Emoji on photos: everything about their boxes, worked out again by painting.

use std::collections::BTreeSet;

use ch07_yolo::boxes::BBox;
use ch07_yolo::scenes::{
    CLASSES, Drawing, MOST, Plan, SIDE, SIZES, Scenes, Split, VISIBLE, set,
};

fn scenes(split: Split) -> Scenes {
    Scenes::new(split, 1).expect("photos and emoji come with the course")
}

fn drawing(name: &str) -> Drawing {
    Drawing::load(name).expect("emoji come with the course")
}

/// For each pixel the last object painted on it, and how many pixels each object has.
fn painted(plan: &Plan) -> (Vec<Option<usize>>, Vec<usize>) {
    let mut top = vec![None; SIDE * SIDE];
    let mut whole = vec![0; plan.placed.len()];
    for (n, placed) in plan.placed.iter().enumerate() {
        for (place, pixel) in placed.cutout.pixels.iter().enumerate() {
            let (row, column) =
                (place / placed.cutout.width, place % placed.cutout.width);
            let x = placed.corner[0] + column as isize;
            let y = placed.corner[1] + row as isize;
            if pixel[3] <= 0.5 {
                continue;
            }
            whole[n] += 1;
            if x >= 0 && y >= 0 && x < SIDE as isize && y < SIDE as isize {
                top[y as usize * SIDE + x as usize] = Some(n);
            }
        }
    }
    (top, whole)
}

#[test]
fn boxes_are_tight_around_what_can_be_seen() {
    for split in Split::EACH {
        let scenes = scenes(split);
        for i in 0..25 {
            let plan = scenes.plan(i);
            let (top, _) = painted(&plan);
            for (n, object) in plan.objects().iter().enumerate() {
                let of = |place: &usize| top[*place] == Some(n);
                let places: Vec<usize> = (0..SIDE * SIDE).filter(of).collect();
                let columns = places.iter().map(|place| place % SIDE);
                let rows = places.iter().map(|place| place / SIDE);
                let (x0, x1) = (columns.clone().min(), columns.max());
                let (y0, y1) = (rows.clone().min(), rows.max());
                let edge =
                    |edge: Option<usize>| edge.expect("something is seen") as f32;
                let tight =
                    BBox::new(edge(x0), edge(y0), edge(x1) + 1.0, edge(y1) + 1.0);
                assert_eq!(object.bbox, tight, "{split:?} {i}, object {n}");
                assert_eq!(object.class, plan.placed[n].class);
            }
        }
    }
}

#[test]
fn at_least_sixty_per_cent_of_each_object_can_be_seen() {
    let scenes = scenes(Split::Training);
    let (mut partly, mut all) = (0, 0);
    for i in 0..200 {
        let plan = scenes.plan(i);
        let (top, whole) = painted(&plan);
        for (n, &whole) in whole.iter().enumerate() {
            let seen = top.iter().filter(|&&object| object == Some(n)).count();
            assert!(
                seen as f32 >= VISIBLE * whole as f32,
                "scene {i}, object {n}"
            );
            assert_eq!(plan.visible[n], seen as f32 / whole as f32);
            partly += usize::from(seen < whole);
            all += 1;
        }
    }
    // The rule is put to use: a good part is covered or cut off, and most are whole.
    assert!(partly > all / 10 && partly < all / 2, "{partly} of {all}");
}

#[test]
fn no_photo_is_the_background_in_two_splits() {
    let names = Split::EACH.map(Split::photos);
    assert_eq!(names.map(<[_]>::len), [11, 1, 3]);
    let different: BTreeSet<&str> = names.iter().copied().flatten().copied().collect();
    assert!(different.iter().eq(pictures::PHOTOS.iter()));
}

#[test]
fn a_scene_depends_on_split_seed_and_number_only() {
    let (one, other) = (scenes(Split::Test), scenes(Split::Test));
    let third = one.scene(3);
    for i in 0..3 {
        other.scene(i);
    }
    let again = other.scene(3);
    assert_eq!(third.picture, again.picture);
    assert_eq!(third.objects, again.objects);
    assert_eq!(third.name, "test 3");

    let seeded = Scenes::new(Split::Test, 2).expect("photos come with the course");
    assert_ne!(third.objects, seeded.scene(3).objects);
    assert_ne!(third.objects, one.scene(4).objects);
    assert_ne!(third.objects, scenes(Split::Training).scene(3).objects);
}

#[test]
fn many_scenes_at_once_are_the_same_scenes() {
    let some = set(Split::Validation, 7, 1).expect("photos come with the course");
    assert_eq!(some.examples.len(), 7);
    assert_eq!(some.classes, CLASSES);
    let scenes = scenes(Split::Validation);
    for (i, example) in some.examples.iter().enumerate() {
        assert_eq!(example.picture, scenes.scene(i).picture, "scene {i}");
    }
    assert!(scenes.first(0).is_empty());
}

#[test]
fn classes_are_equally_frequent_and_so_are_one_to_eight_objects() {
    let scenes = scenes(Split::Training);
    let mut classes = [0_usize; CLASSES.len()];
    let mut objects = [0_usize; MOST + 1];
    for i in 0..600 {
        let plan = scenes.plan(i);
        objects[plan.placed.len()] += 1;
        plan.placed
            .iter()
            .for_each(|placed| classes[placed.class] += 1);
    }
    // 2,700 objects: 270 of each class, with a standard deviation of 16.
    let all: usize = classes.iter().sum();
    let mean = all as f32 / CLASSES.len() as f32;
    for (class, &n) in classes.iter().enumerate() {
        let off = (n as f32 - mean).abs();
        assert!(off < 4.0 * (0.9 * mean).sqrt(), "{n} of {}", CLASSES[class]);
    }
    assert_eq!(objects[0], 0);
    // 75 each, with a standard deviation of 8.
    assert!(
        objects[1..].iter().all(|&n| (40..115).contains(&n)),
        "{objects:?}"
    );
}

/// Columns and rows that a cutout's opaque pixels take.
fn opaque_size(cutout: &ch07_yolo::scenes::Cutout) -> [usize; 2] {
    let places = || {
        let rows = 0..cutout.height;
        let all =
            rows.flat_map(|row| (0..cutout.width).map(move |column| (row, column)));
        all.filter(|&(row, column)| cutout.is_opaque(row, column))
    };
    let taken = |numbers: BTreeSet<usize>| match (numbers.first(), numbers.last()) {
        (Some(first), Some(last)) => last - first + 1,
        _ => 0,
    };
    let columns = taken(places().map(|(_, column)| column).collect());
    [columns, taken(places().map(|(row, _)| row).collect())]
}

#[test]
fn a_cutout_is_as_large_as_it_is_told_to_be() {
    for name in CLASSES {
        let drawing = drawing(name);
        for longest in [SIZES[0], 20.0, 33.3, SIZES[1]] {
            for degrees in [-15.0, 0.0, 7.0, 15.0] {
                let size = opaque_size(&drawing.cutout(longest, degrees));
                let side = size[0].max(size[1]) as f32;
                let case = format!("{name}, {longest} px, {degrees}°: {side} px");
                // The cat's whiskers and the banana's tip fade when they are made small.
                let least = if name == "cat" { 0.8 } else { 0.92 } * longest - 1.0;
                assert!(side >= least && side <= longest + 1.5, "{case}");
            }
        }
    }
}

#[test]
fn a_cutout_of_full_size_is_the_file_cut_to_its_box() {
    // The droplet's opaque pixels take columns 31 to 104 and rows 4 to 123.
    let cutout = drawing("droplet").cutout(120.0, 0.0);
    assert_eq!([cutout.width, cutout.height], [74 + 2, 120 + 2]);
    let bytes = datasets::store::committed("emoji/droplet.png").expect("it is there");
    let file = image::load_from_memory(&bytes).expect("a PNG").into_rgba8();
    for row in 0..cutout.height {
        for column in 0..cutout.width {
            let rgba = file.get_pixel(column as u32 + 30, row as u32 + 3);
            let alpha = f32::from(rgba[3]) / 255.0;
            let pixel = cutout.pixels[row * cutout.width + column];
            assert!((pixel[3] - alpha).abs() < 1e-4, "at {row}, {column}");
            for c in 0..3 {
                let colour = f32::from(rgba[c]) * alpha;
                assert!((pixel[c] - colour).abs() < 0.01, "at {row}, {column}");
            }
        }
    }
}

#[test]
fn a_quarter_turn_is_clockwise() {
    let banana = drawing("banana");
    let (upright, turned) = (banana.cutout(60.0, 0.0), banana.cutout(60.0, 90.0));
    assert_eq!(
        [turned.width, turned.height],
        [upright.height, upright.width]
    );
    for row in 0..turned.height {
        for column in 0..turned.width {
            // The left column, from the bottom, has become the top row.
            let from = (upright.height - 1 - column) * upright.width + row;
            let (old, new) = (
                upright.pixels[from],
                turned.pixels[row * turned.width + column],
            );
            assert!((old[3] - new[3]).abs() < 0.01, "at {row}, {column}");
        }
    }
}

#[test]
fn a_scene_shows_its_objects_in_its_light() {
    let scenes = scenes(Split::Test);
    let mut checked = 0;
    for i in 0..30 {
        let (plan, picture) = (scenes.plan(i), scenes.scene(i).picture);
        let (top, _) = painted(&plan);
        let last = plan.placed.len() - 1; // nothing is painted over it
        let placed = &plan.placed[last];
        let mut off = Vec::new();
        for place in (0..SIDE * SIDE).filter(|&place| top[place] == Some(last)) {
            let column = (place % SIDE) as isize - placed.corner[0];
            let row = (place / SIDE) as isize - placed.corner[1];
            let pixel = placed.cutout.pixels
                [row as usize * placed.cutout.width + column as usize];
            for c in 0..3 {
                let lit = plan.light.contrast * (pixel[c] - 127.5) + 127.5;
                let lit = lit + plan.light.brightness;
                if pixel[3] > 0.999 && (45.0..210.0).contains(&lit) {
                    off.push(f32::from(picture[[place / SIDE, place % SIDE, c]]) - lit);
                }
            }
        }
        if off.len() < 200 {
            continue; // too dark, too bright or too small a drawing to tell
        }
        checked += 1;
        let n = off.len() as f32;
        let mean = off.iter().sum::<f32>() / n;
        let deviation =
            (off.iter().map(|v| (v - mean).powi(2)).sum::<f32>() / n).sqrt();
        let noise = plan.light.noise;
        // One grain lies on three values: the mean of n / 3 grains.
        assert!(
            mean.abs() < 4.0 * noise / (n / 3.0).sqrt() + 0.1,
            "scene {i}: {mean}"
        );
        assert!(
            (deviation - noise).abs() < 0.25 * noise + 0.4,
            "scene {i}: {deviation}"
        );
    }
    assert!(checked >= 10, "{checked} scenes");
}
