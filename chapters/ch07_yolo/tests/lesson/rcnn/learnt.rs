//! All three detectors, trained for a moment on pictures that a second is enough for.

use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::rcnn::Detector;
use ch07_yolo::rcnn::detect::{self, PROPOSALS};
use ch07_yolo::rcnn::learn::{
    Faster, Plan, Practice, fast_loss, faster_loss, learn, rcnn_loss,
};
use ch07_yolo::rcnn::rpn::Rpn;
use ch07_yolo::selective::grid;
use ch07_yolo::set::{Example, Set};
use ndarray::Array3;
use tensor::Rng;

/// Red and blue squares with a white rim on noise, one in a picture of 64 × 64 pixels.
fn squares(count: usize, seed: u64) -> Set {
    let mut rng = Rng::new(seed);
    let example = |name: usize| {
        let side = rng.uniform(16.0, 28.0).round();
        let corner = [
            rng.uniform(0.0, 36.0).round(),
            rng.uniform(0.0, 36.0).round(),
        ];
        let bbox = BBox::new(0.0, 0.0, side, side).moved(corner);
        let class = name % 2;
        let picture = Array3::from_shape_fn((64, 64, 3), |(i, j, c)| {
            let [x, y] = [j as f32 + 0.5, i as f32 + 0.5];
            let sides = [x - bbox.x0, bbox.x1 - x, y - bbox.y0, bbox.y1 - y];
            match sides.into_iter().fold(f32::INFINITY, f32::min) {
                ..0.0 => 100 + rng.below(40) as u8,
                0.0..3.0 => 250,
                _ => 250 * u8::from(c == 2 * class),
            }
        });
        Example {
            name: name.to_string(),
            picture,
            objects: vec![Object { bbox, class }],
        }
    };
    Set {
        name: "squares".to_owned(),
        classes: ["red", "blue"].map(str::to_owned).to_vec(),
        examples: (0..count).map(example).collect(),
    }
}

#[test]
fn all_three_learn_to_find_squares() {
    let (set, test) = (squares(24, 1), squares(8, 2));
    let windows = grid(PROPOSALS, [64.0, 64.0]);
    let proposals = vec![windows.clone(); set.examples.len()];
    let practice = Practice {
        set: &set,
        proposals: &proposals,
    };
    let mut rng = Rng::new(1);
    let plan = Plan {
        steps: 50,
        peak: 0.01,
    };
    let watch = |_| Ok::<(), ()>(());
    let mut rcnn = Detector::new(2, &mut rng);
    let loss = |net: &Detector, rng: &mut Rng| rcnn_loss(net, &practice, rng);
    learn(&mut rcnn, plan, &mut rng, loss, watch).expect("nobody stops it");
    let mut fast = rcnn.clone();
    let loss = |net: &Detector, rng: &mut Rng| fast_loss(net, &practice, rng);
    learn(&mut fast, plan, &mut rng, loss, watch).expect("nobody stops it");
    let mut faster = Faster {
        detector: fast.clone(),
        rpn: Rpn::new(&mut rng),
    };
    let loss = |net: &Faster, rng: &mut Rng| faster_loss(net, &practice, rng);
    learn(&mut faster, plan, &mut rng, loss, watch).expect("nobody stops it");
    let mut right = [0; 3];
    for example in &test.examples {
        let truth = example.objects[0];
        let propose = || windows.clone();
        let each = [
            detect::rcnn(&rcnn, &example.picture, propose).0,
            detect::fast(&fast, &example.picture, propose).0,
            detect::faster(&faster, &example.picture).0,
        ];
        for (right, found) in right.iter_mut().zip(each) {
            let first = found.first();
            *right += usize::from(first.is_some_and(|d| {
                d.class == truth.class && d.bbox.iou(truth.bbox) > 0.5
            }));
        }
    }
    assert!(right.iter().all(|&right| right >= 6), "{right:?} of 8");
}
