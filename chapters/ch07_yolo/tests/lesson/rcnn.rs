//! What lesson 7 claims of R-CNN, Fast and Faster R-CNN.

mod learnt;

use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::rcnn::code::{decode, encode, gathered, loss, spread};
use ch07_yolo::rcnn::roi::{Region, roi_max_pool};
use ch07_yolo::rcnn::rpn::{ANCHORS, Rpn, STEP, anchors};
use ch07_yolo::rcnn::sample::{SHOWS, Sample, candidates, sample};
use ch07_yolo::rcnn::{CELLS, Detector, Judged};
use ch07_yolo::selective::grid;
use nn::{Module, Net, Pass};
use proptest::prelude::*;
use tensor::gradcheck::check;
use tensor::{Rng, Tensor, assert_close};

/// A box somewhere in a picture of 128 × 128 pixels.
fn somewhere(rng: &mut Rng) -> BBox {
    let [x, y] = [rng.uniform(0.0, 100.0), rng.uniform(0.0, 100.0)];
    BBox::new(x, y, x + rng.uniform(4.0, 28.0), y + rng.uniform(4.0, 28.0))
}

#[test]
fn a_code_by_hand() {
    let from = BBox::new(10.0, 10.0, 30.0, 50.0); // centre 20, 30; 20 wide, 40 high
    let to = BBox::new(20.0, 20.0, 40.0, 100.0); // centre 30, 60; 20 wide, 80 high
    let t = encode(from, to);
    assert_eq!(t, [0.5, 0.75, 0.0, 2.0_f32.ln()]);
    assert_eq!(decode(from, [0.0; 4]), from);
}

proptest! {
    #[test]
    fn a_code_leads_back(seed in 0_u64..500) {
        let mut rng = Rng::new(seed);
        let (from, to) = (somewhere(&mut rng), somewhere(&mut rng));
        let back = decode(from, gathered(&spread(encode(from, to))));
        prop_assert!(back.iou(to) > 0.999, "{:?} for {:?}", back, to);
    }

    #[test]
    fn a_code_does_not_see_the_size_of_the_picture(seed in 0_u64..200) {
        let mut rng = Rng::new(seed);
        let (from, to) = (somewhere(&mut rng), somewhere(&mut rng));
        let twice = encode(from.scaled([2.0, 2.0]), to.scaled([2.0, 2.0]));
        for (a, b) in encode(from, to).iter().zip(twice) {
            prop_assert!((a - b).abs() < 1e-4);
        }
    }

    #[test]
    fn regions_hold_their_boxes_and_at_least_one_place(seed in 0_u64..500) {
        let mut rng = Rng::new(seed);
        let [x, y] = [rng.uniform(-20.0, 140.0), rng.uniform(-20.0, 140.0)];
        let bbox = BBox::new(0.0, 0.0, rng.uniform(0.0, 90.0), rng.uniform(0.0, 90.0)).moved([x, y]);
        let region = Region::new(0, bbox, [128, 64]);
        let held = BBox::new(
            4.0 * region.from[1] as f32,
            4.0 * region.from[0] as f32,
            4.0 * region.to[1] as f32,
            4.0 * region.to[0] as f32,
        );
        let inside = bbox.clipped([128.0, 64.0]);
        prop_assert!((held.intersection(inside).area() - inside.area()).abs() < 1e-2);
        prop_assert!(region.from[0] < region.to[0] && region.to[0] <= 16);
        prop_assert!(region.from[1] < region.to[1] && region.to[1] <= 32);
    }

    #[test]
    fn roi_max_pooling_is_a_cut_and_an_adaptive_pool(seed in 0_u64..100) {
        let mut rng = Rng::new(seed);
        let maps = rng.normal_tensor(&[2, 3, 16, 32], 0.0, 1.0);
        let regions: Vec<Region> = (0..6)
            .map(|i| Region::new(i % 2, somewhere(&mut rng), [128, 64]))
            .collect();
        let pooled = roi_max_pool(&maps, &regions, CELLS);
        for (row, region) in regions.iter().enumerate() {
            let cut = maps
                .slice(0, region.picture..region.picture + 1)
                .slice(2, region.from[0]..region.to[0])
                .slice(3, region.from[1]..region.to[1]);
            let alone = cut.adaptive_max_pool2d([CELLS, CELLS]);
            prop_assert_eq!(pooled.slice(0, row..row + 1).to_vec(), alone.to_vec());
        }
    }
}

#[test]
fn roi_max_pooling_by_hand() {
    let maps = Tensor::arange(16).reshape(&[1, 1, 4, 4]);
    let region = Region {
        picture: 0,
        from: [1, 0],
        to: [4, 3],
    };
    // Rows 1 to 3, columns 0 to 2; two parts of three places overlap in the middle one.
    let pooled = roi_max_pool(&maps, &[region], 2);
    assert_eq!(pooled.to_vec(), [9.0, 10.0, 13.0, 14.0]);
    let one = Region {
        picture: 0,
        from: [2, 3],
        to: [3, 4],
    };
    assert_eq!(roi_max_pool(&maps, &[one], 2).to_vec(), [11.0; 4]);
}

#[test]
fn the_gradient_of_roi_max_pooling_equals_central_differences() {
    // Numbers so far apart that none overtakes another within the step.
    let mut rng = Rng::new(1);
    let order = rng.permutation(2 * 2 * 6 * 6);
    let values = order.iter().map(|&place| 0.1 * place as f32).collect();
    let maps = Tensor::from_vec(values, &[2, 2, 6, 6]);
    let regions = [
        Region {
            picture: 0,
            from: [0, 0],
            to: [6, 6],
        },
        Region {
            picture: 0,
            from: [1, 2],
            to: [4, 5],
        },
        Region {
            picture: 1,
            from: [5, 0],
            to: [6, 3],
        },
    ];
    let checked = check(|x| roi_max_pool(&x[0], &regions, 3), &[maps], 0.02);
    assert!(checked[0].error < 1e-2, "{}", checked[0].error);
    assert!(
        checked[0].engine.max().item() > 1.5,
        "regions that overlap add up"
    );
}

#[test]
fn the_loss_asks_for_the_box_of_the_right_class_only() {
    let sample = Sample {
        regions: vec![BBox::new(0.0, 0.0, 8.0, 8.0); 2],
        classes: vec![1, 2], // of K = 2: the second region shows nothing
        targets: vec![[0.5, 0.0, -3.0, 0.0], [9.0; 4]],
    };
    let of = |boxes: Vec<f32>| {
        let judged = Judged {
            classes: Tensor::zeros(&[2, 3]),
            boxes: Tensor::from_vec(boxes, &[2, 8]),
        };
        loss(&judged, &sample).item() - 3.0_f32.ln()
    };
    // Of two regions one has boxes: (0.5·0.5² + 0 + (3 − 0.5) + 0)/2.
    assert!((of(vec![0.0; 16]) - (0.125 + 2.5) / 2.0).abs() < 1e-5);
    let mut other = vec![0.0; 16];
    other[..4].fill(7.0); // class 0 of the first region, and all of the second
    other[8..].fill(7.0);
    assert_eq!(of(other), of(vec![0.0; 16]));
}

#[test]
fn the_gradient_of_the_loss_equals_central_differences() {
    let mut rng = Rng::new(2);
    let sample = Sample {
        regions: vec![BBox::new(0.0, 0.0, 8.0, 8.0); 3],
        classes: vec![0, 2, 1],
        targets: vec![[0.2, -0.3, 2.0, 0.1], [0.0; 4], [-2.0, 0.4, 0.3, -0.2]],
    };
    let inputs = [
        rng.normal_tensor(&[3, 3], 0.0, 1.0),
        rng.normal_tensor(&[3, 8], 0.0, 0.3),
    ];
    let of = |x: &[Tensor]| {
        let judged = Judged {
            classes: x[0].clone(),
            boxes: x[1].clone(),
        };
        loss(&judged, &sample)
    };
    for checked in check(of, &inputs, 1e-2) {
        assert!(checked.error < 1e-2, "{}", checked.error);
    }
}

#[test]
fn a_quarter_of_a_sample_shows_something_at_most() {
    let mut rng = Rng::new(3);
    let object = Object {
        bbox: BBox::new(30.0, 30.0, 60.0, 60.0),
        class: 4,
    };
    let all = candidates(&grid(200, [128.0, 128.0]), &[object], &mut rng);
    let drawn = sample(&all, &[object], 10, 32, &mut rng);
    let shown = drawn.shown(10);
    assert_eq!(drawn.classes.len(), 32);
    assert!((1..=8).contains(&shown.len()));
    for (row, &bbox) in drawn.regions.iter().enumerate() {
        let shows = bbox.iou(object.bbox) >= SHOWS;
        assert_eq!(
            (drawn.classes[row] == 4, shown.contains(&row)),
            (shows, shows)
        );
        if shows {
            let back = decode(bbox, gathered(&drawn.targets[row]));
            assert!(back.iou(object.bbox) > 0.999);
        }
    }
    let none = sample(&grid(50, [128.0, 128.0]), &[], 10, 32, &mut rng);
    assert!(none.shown(10).is_empty());
}

#[test]
fn anchors_stand_in_the_order_of_the_answers() {
    let all = anchors([64, 32]); // 8 places across, 4 down
    assert_eq!(all.len(), 4 * 8 * ANCHORS.len());
    assert_eq!(all[0].centre(), [4.0, 4.0]);
    let second = ANCHORS.len();
    assert_eq!(all[second].centre(), [4.0 + STEP as f32, 4.0]);
    assert_eq!(all[second + 1].size(), [ANCHORS[1]; 2]);
    let mut rng = Rng::new(4);
    let net = Detector::new(10, &mut rng);
    let maps = net
        .backbone
        .forward(&Tensor::zeros(&[2, 3, 32, 64]), &mut Pass::Use);
    assert_eq!(maps.shape(), [2, 48, 8, 16]);
    let proposed = Rpn::new(&mut rng).forward(&maps);
    assert_eq!(proposed.scores.shape(), [2, all.len()]);
    assert_eq!(proposed.boxes.shape(), [2, all.len(), 4]);
}

#[test]
fn a_picture_alone_and_in_a_batch_are_judged_alike() {
    let mut rng = Rng::new(5);
    let net = Detector::new(3, &mut rng);
    assert_eq!(net.classes(), 3);
    assert!(net.parameter_count() > 100_000);
    let x = rng.uniform_tensor(&[2, 3, 64, 64], 0.0, 1.0);
    let region = |picture| Region {
        picture,
        from: [2, 3],
        to: [9, 11],
    };
    let both = net.on_pictures(&x, &[region(0), region(1)], &mut Pass::Use);
    let alone = net.on_pictures(&x.slice(0, 1..2), &[region(0)], &mut Pass::Use);
    assert_close!(both.classes.slice(0, 1..2), alone.classes, 1e-4);
    assert_close!(both.boxes.slice(0, 1..2), alone.boxes, 1e-4);
}
