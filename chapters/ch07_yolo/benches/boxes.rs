//! How long boxes take that come out of a net: IoU of all pairs, suppression of ten thousand
//! boxes around a few things and all over the picture, and decoding:
//! `cargo bench -p ch07_yolo --bench boxes`.

use ch07_yolo::boxes::{BBox, Detection};
use ch07_yolo::decode::{Grid, Keep};
use ch07_yolo::suppress::{nms, nms_by_all_pairs};
use criterion::{Criterion, criterion_group, criterion_main};
use tensor::Rng;

/// The side of the picture, in pixels.
const SIDE: f32 = 416.0;
const CLASSES: usize = 10;
/// Boxes that suppression is timed on.
const BOXES: usize = 10_000;
/// What the lesson's detectors suppress by.
const LIMIT: f32 = Keep::ALL.overlap;

/// A box of 14 to 56 pixels anywhere.
fn anywhere(rng: &mut Rng) -> Detection {
    let centre = [(); 2].map(|()| rng.uniform(0.0, SIDE));
    let size = [(); 2].map(|()| rng.uniform(14.0, 56.0));
    Detection {
        bbox: BBox::centred(centre, size),
        class: rng.below(CLASSES),
        score: rng.uniform(0.0, 1.0),
    }
}

/// A box around one of these things, off by a tenth of its size or so.
fn around(things: &[Detection], rng: &mut Rng) -> Detection {
    let Detection { bbox, class, .. } = things[rng.below(things.len())];
    let (centre, size) = (bbox.centre(), bbox.size());
    let centre = [0, 1].map(|axis| centre[axis] + 0.1 * size[axis] * rng.normal());
    let size = size.map(|side| side * (0.1 * rng.normal()).exp());
    Detection {
        bbox: BBox::centred(centre, size),
        class,
        score: rng.uniform(0.0, 1.0),
    }
}

fn iou(criterion: &mut Criterion) {
    let mut rng = Rng::new(1).fork("bench");
    let boxes: Vec<BBox> = (0..1000).map(|_| anywhere(&mut rng).bbox).collect();
    criterion.bench_function("IoU, 1,000 boxes with 1,000", |bencher| {
        bencher.iter(|| {
            let pairs = boxes.iter().flat_map(|a| boxes.iter().map(|b| a.iou(*b)));
            pairs.collect::<Vec<f32>>() // [N, N]
        });
    });
}

fn suppression(criterion: &mut Criterion) {
    let mut rng = Rng::new(1).fork("bench");
    let things: Vec<Detection> = (0..30).map(|_| anywhere(&mut rng)).collect();
    let crowded = (0..BOXES).map(|_| around(&things, &mut rng)).collect();
    let spread = (0..BOXES).map(|_| anywhere(&mut rng)).collect();
    let sets: [(&str, Vec<Detection>); 2] =
        [("around 30 things", crowded), ("anywhere", spread)];
    let mut group = criterion.benchmark_group("NMS of 10,000 boxes");
    for (name, boxes) in &sets {
        group.bench_function(format!("{name}, near ones only"), |bencher| {
            bencher.iter(|| nms(boxes, LIMIT));
        });
        group.bench_function(format!("{name}, all pairs"), |bencher| {
            bencher.iter(|| nms_by_all_pairs(boxes, LIMIT));
        });
    }
    group.finish();
}

fn decode(criterion: &mut Criterion) {
    let grid = Grid {
        stride: 8,
        anchors: vec![[16.0, 16.0], [25.0, 26.0], [39.0, 41.0]],
        classes: CLASSES,
    };
    let mut rng = Rng::new(1).fork("bench");
    let numbers = [16, grid.numbers(), 16, 16]; // [B, A·(5+K), S, S]
    let numbers = rng.normal_tensor(&numbers, 0.0, 1.0);
    criterion.bench_function("decode, 16 pictures of 768 boxes", |bencher| {
        bencher.iter(|| grid.detections(&numbers, Keep::ALL));
    });
}

criterion_group!(benches, iou, suppression, decode);
criterion_main!(benches);
