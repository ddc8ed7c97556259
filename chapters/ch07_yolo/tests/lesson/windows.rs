//! What lesson 7 claims of a window that slides, one crop at a time and as a
//! convolution.

use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::set::{Example, Set};
use ch07_yolo::windows::crops::{EMPTY, SHOWS, around, best, crop, crops};
use ch07_yolo::windows::find::{
    PYRAMID, all_windows, at_once, find, heat, level, one_by_one, windows,
};
use ch07_yolo::windows::{WINDOW, WindowNet, as_convolution};
use ndarray::Array3;
use nn::layers::{Linear, flatten};
use nn::{Net, Pass};
use proptest::prelude::*;
use tensor::{Rng, Tensor, assert_close};

/// A picture of noise, `[h, w, 3]`.
fn noise([h, w]: [usize; 2], rng: &mut Rng) -> Array3<u8> {
    Array3::from_shape_fn((h, w, 3), |_| rng.below(256) as u8)
}

/// A net that has learnt nothing.
fn net() -> WindowNet {
    WindowNet::new(10, &mut Rng::new(7))
}

#[test]
fn one_by_one_and_at_once_are_the_same_numbers() {
    let mut rng = Rng::new(1);
    for (h, w) in [(32, 32), (56, 40), (80, 96)] {
        let x = rng.uniform_tensor(&[1, 3, h, w], 0.0, 1.0);
        let (slow, fast) = (one_by_one(&net(), &x), at_once(&net(), &x));
        assert_eq!(slow.shape(), [((h - 32) / 8 + 1) * ((w - 32) / 8 + 1), 11]);
        assert_close!(fast, slow, 1e-4);
    }
}

#[test]
fn padding_would_tell_a_window_what_lies_beside_it() {
    // The same net with zeros around: windows at the edge of the crop are not those of
    // the picture any more.
    let mut padded = net();
    padded.conv1 = padded.conv1.clone().padding(1);
    padded.conv2 = padded.conv2.clone().padding(1);
    padded.conv3 = padded.conv3.clone().padding(1);
    let x = Rng::new(2).uniform_tensor(&[1, 3, 48, 48], 0.0, 1.0);
    let convs = |x: &Tensor| {
        let x = padded.conv1.forward(x);
        padded.conv3.forward(&padded.conv2.forward(&x)) // [1, 64, H - 1, W - 1]
    };
    let whole = convs(&x).slice(2, 8..39).slice(3, 8..39);
    let alone = convs(&x.slice(2, 8..40).slice(3, 8..40));
    let apart = (&whole - &alone).abs();
    assert!(apart.max().item() > 0.1);
    let inside = |x: &Tensor| x.slice(2, 4..27).slice(3, 4..27);
    assert_close!(inside(&whole), inside(&alone), 1e-4);
}

#[test]
fn a_dense_layer_is_the_convolution_that_fits_once() {
    let mut rng = Rng::new(3);
    let layer = Linear::new(5 * 9, 4, &mut rng);
    let maps = rng.normal_tensor(&[2, 5, 3, 3], 0.0, 1.0);
    let dense = layer.forward(&flatten(&maps)); // [2, 4]
    let slid = as_convolution(&layer, 3).forward(&maps); // [2, 4, 1, 1]
    assert_close!(slid.reshape(&[2, 4]), dense, 1e-5);
}

#[test]
fn multiply_adds_counted_by_hand() {
    let convolutions = 30 * 30 * 16 * 27 + 12 * 12 * 32 * 256 + 4 * 4 * 64 * 288;
    let dense = 256 * 64 + 64 * 11;
    assert_eq!(net().multiply_adds(32), convolutions + dense);
    // Twice as wide: five times five windows, and less than 25 times the work.
    let whole =
        62 * 62 * 16 * 27 + 28 * 28 * 32 * 256 + 12 * 12 * 64 * 288 + 25 * dense;
    assert_eq!(net().multiply_adds(64), whole);
}

#[test]
fn a_window_reads_the_pixels_that_its_box_names() {
    let picture = noise([128, 128], &mut Rng::new(4));
    for factor in PYRAMID {
        let level = level(&picture, factor);
        let [_, _, h, w] = level.dims();
        let boxes = windows([h, w], factor);
        let logits = at_once(&net(), &level);
        assert_eq!(boxes.len(), logits.shape()[0]);
        let last = boxes[boxes.len() - 1];
        assert!((last.x1 - 128.0).abs() < 1e-3 && (last.y1 - 128.0).abs() < 1e-3);
    }
    // At the picture's own size a window is a crop, to the last bit.
    let boxes = windows([128, 128], 1.0);
    let logits = one_by_one(&net(), &level(&picture, 1.0));
    let cut = crop(&picture, boxes[29], [WINDOW, WINDOW]);
    let cut = Tensor::from_vec(cut, &[1, 3, WINDOW, WINDOW]);
    let alone = net().forward(&cut, &mut Pass::Use);
    assert_close!(logits.slice(0, 29..30), alone, 1e-5);
    let counted: usize = [23 * 23, 13 * 13, 7 * 7].iter().sum();
    assert_eq!(all_windows([128, 128]).len(), counted);
}

#[test]
fn a_crop_of_whole_pixels_copies_them_and_a_stretched_one_lies_between() {
    let mut picture = Array3::zeros((4, 4, 3));
    picture[[1, 2, 0]] = 255;
    let same = crop(&picture, BBox::new(2.0, 1.0, 4.0, 3.0), [2, 2]);
    assert_eq!(same[..4], [1.0, 0.0, 0.0, 0.0]);
    assert_eq!(same[4..], [0.0; 8]);
    // Two pixels, 0 and 1, over four places: at a quarter, three quarters, …
    let wide = crop(&picture, BBox::new(1.0, 1.0, 3.0, 2.0), [1, 4]);
    assert_eq!(wide[..4], [0.0, 0.25, 0.75, 0.75]);
    // Beyond the picture its edge goes on.
    let beyond = crop(&picture, BBox::new(-8.0, -8.0, -4.0, -4.0), [1, 1]);
    assert_eq!(beyond, [0.0; 3]);
}

proptest! {
    #[test]
    fn windows_around_an_object_show_it_mostly(seed in 0_u64..200) {
        let mut rng = Rng::new(seed);
        let bbox = BBox::new(40.0, 40.0, 70.0, 66.0);
        let object = Object { bbox, class: 3 };
        let drawn: Vec<BBox> = (0..100).map(|_| around(&object, &mut rng)).collect();
        let shows = drawn.iter().filter(|w| w.iou(bbox) >= SHOWS).count();
        prop_assert!(shows > 40, "{shows} of 100");
        prop_assert!(drawn.iter().all(|w| w.iou(bbox) > 0.2));
    }

    #[test]
    fn the_best_object_is_the_one_that_agrees_most(seed in 0_u64..200) {
        let mut rng = Rng::new(seed);
        let objects: Vec<Object> = (0..5)
            .map(|class| {
                let corner = [rng.uniform(0.0, 80.0), rng.uniform(0.0, 80.0)];
                Object { bbox: BBox::new(0.0, 0.0, 30.0, 30.0).moved(corner), class }
            })
            .collect();
        let window = BBox::new(30.0, 30.0, 60.0, 60.0);
        let (iou, i) = best(window, &objects).expect("there are five");
        prop_assert_eq!(iou, objects[i].bbox.iou(window));
        prop_assert!(objects.iter().all(|o| o.bbox.iou(window) <= iou));
        prop_assert!(best(window, &[]).is_none());
    }
}

/// Red and blue discs with a white rim, on grey noise. (Without a rim a window inside the
/// disc would show as much of it as one around it.)
fn discs(count: usize, seed: u64) -> Set {
    let mut rng = Rng::new(seed);
    let example = |name: usize| {
        let mut picture = noise([128, 128], &mut rng).mapv(|byte| 100 + byte / 8);
        let class = name % 2;
        let [x, y] = [rng.uniform(20.0, 108.0), rng.uniform(20.0, 108.0)];
        for ((i, j, c), byte) in picture.indexed_iter_mut() {
            let apart = [j as f32 + 0.5 - x, i as f32 + 0.5 - y];
            match apart[0].hypot(apart[1]) {
                ..12.0 => *byte = if c == 2 * class { 255 } else { 0 },
                12.0..16.0 => *byte = 255,
                _ => {}
            }
        }
        let bbox = BBox::centred([x, y], [32.0, 32.0]);
        Example {
            name: name.to_string(),
            picture,
            objects: vec![Object { bbox, class }],
        }
    };
    Set {
        name: "discs".to_owned(),
        classes: ["red", "blue"].map(str::to_owned).to_vec(),
        examples: (0..count).map(example).collect(),
    }
}

#[test]
fn crops_have_the_class_of_what_they_show() {
    let set = discs(20, 1);
    let all = crops(&set, &mut Rng::new(1));
    assert_eq!(all.x.shape()[1..], [3, 32, 32]);
    let nothing = all.classes.iter().filter(|&&class| class == 2).count();
    assert!(nothing > 20 && nothing < all.len() - 20);
    for (row, &class) in all.classes.iter().enumerate() {
        let middle = all
            .x
            .slice(0, row..row + 1)
            .slice(2, 15..17)
            .slice(3, 15..17);
        let red = middle.slice(1, 0..1).mean().item();
        let blue = middle.slice(1, 2..3).mean().item();
        match class {
            0 => assert!(red > 0.9 && blue < 0.1),
            1 => assert!(blue > 0.9 && red < 0.1),
            _ => assert!((red - blue).abs() < 1.1),
        }
    }
    const { assert!(EMPTY < SHOWS) };
}

#[test]
fn a_net_that_has_learnt_discs_finds_them() {
    let set = discs(40, 1);
    let mut rng = Rng::new(1);
    let all = crops(&set, &mut rng);
    let mut net = WindowNet::new(2, &mut rng);
    let trained =
        ch07_yolo::windows::learn(&mut net, &all, 60, &mut rng, |_| Ok::<_, ()>(()));
    trained.expect("nobody stops it");
    let test = discs(10, 2);
    let right = test.examples.iter().filter(|example| {
        let found = find(&net, &example.picture);
        let truth = example.objects[0];
        found
            .first()
            .is_some_and(|d| d.class == truth.class && d.bbox.iou(truth.bbox) > 0.5)
    });
    assert!(right.count() >= 8);
    let heat = heat(&net, &level(&test.examples[0].picture, 1.0));
    assert_eq!(heat.shape(), [13, 13]);
    assert!(heat.max().item() > 0.8 && heat.min().item() < 0.2);
}
