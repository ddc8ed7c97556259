//! What lesson 7 claims of three heads on one backbone.

use ch07_yolo::boxes::{BBox, Detection, Object};
use ch07_yolo::decode::{Grid, Keep};
use ch07_yolo::heads::{CHANNELS, Faster, Head, Headed, STRIDE, Ssd, Yolo};
use ch07_yolo::model::{Detector, STAGES};
use ch07_yolo::rcnn::roi::Region;
use ch07_yolo::ssd::{Map, paper_shapes};
use nn::optim::{Adam, Optimizer};
use nn::{Module, Net, Pass};
use tensor::{Rng, Tensor};

/// Columns and rows of the pictures here, in pixels.
const SIDE: usize = 64;

const CLASSES: usize = 3;

fn grid() -> Grid {
    Grid {
        stride: STRIDE,
        anchors: vec![[16.0, 16.0], [32.0, 32.0]],
        classes: CLASSES,
    }
}

/// Maps of 8, 4 and 2 places a side with four boxes each.
fn maps() -> [Map; 3] {
    std::array::from_fn(|i| {
        let (stride, side) = (STRIDE << i, 16.0 * (1 << i) as f32);
        Map {
            size: [SIDE / stride; 2],
            stride: stride as f32,
            shapes: paper_shapes(side, 2.0 * side, &[2.0]),
        }
    })
}

fn yolo(rng: &Rng) -> Headed<Yolo> {
    Headed::new(Yolo::new(grid(), &mut rng.fork("yolo")), rng)
}

fn ssd(rng: &Rng) -> Headed<Ssd> {
    Headed::new(Ssd::new(&maps(), CLASSES, &mut rng.fork("ssd")), rng)
}

fn faster(rng: &Rng) -> Headed<Faster> {
    Headed::new(Faster::new(CLASSES, &mut rng.fork("faster")), rng)
}

/// Two pictures: a bright square of class 1, and one of class 2 in another colour.
fn two() -> (Tensor, [Vec<Object>; 2]) {
    let boxes = [
        BBox::new(8.0, 16.0, 32.0, 40.0),
        BBox::new(30.0, 30.0, 46.0, 46.0),
    ];
    let mut pixels = vec![0.3; 2 * 3 * SIDE * SIDE]; // [2, 3, 64, 64]
    for (picture, BBox { x0, y0, x1, y1 }) in boxes.into_iter().enumerate() {
        for y in y0 as usize..y1 as usize {
            for x in x0 as usize..x1 as usize {
                pixels[((picture * 3 + picture) * SIDE + y) * SIDE + x] = 1.0;
            }
        }
    }
    let object = |i: usize| {
        vec![Object {
            bbox: boxes[i],
            class: i + 1,
        }]
    };
    let x = Tensor::from_vec(pixels, &[2, 3, SIDE, SIDE]);
    (x, [object(0), object(1)])
}

/// Some steps on the two pictures; the first loss, the last, and what is then found.
fn learnt<H: Head>(
    mut net: Headed<H>,
    steps: usize,
) -> ([f32; 2], Vec<Vec<Detection>>) {
    let (x, objects) = two();
    let truth = objects.each_ref().map(|objects| &objects[..]);
    let mut rng = Rng::new(2);
    let mut optimizer = Optimizer::new(Adam::default());
    let mut losses = Vec::new();
    for _ in 0..steps {
        let maps = net.maps(&x, &mut Pass::Train(&mut rng));
        let loss = net.head.loss(&maps, &truth, &mut Pass::Train(&mut rng));
        optimizer.step(&mut net, &loss.backward(), 2e-3);
        losses.push(loss.item());
    }
    let maps = net.maps(&x, &mut Pass::Use);
    let found = net.head.find(&maps, Keep::ALL).0;
    ([losses[0], losses[steps - 1]], found)
}

/// That a head learns two pictures by heart.
fn learns<H: Head>(net: Headed<H>) {
    let (losses, found) = learnt(net, 100);
    assert!(losses[1] < 0.5 * losses[0], "losses {losses:?}");
    for (found, objects) in found.iter().zip(two().1) {
        let best = found.first().expect("something is found");
        assert_eq!(best.class, objects[0].class, "{best:?}");
        let iou = best.bbox.iou(objects[0].bbox);
        assert!(iou > 0.5, "IoU {iou} of {best:?} with {objects:?}");
    }
}

#[test]
fn yolos_head_learns_two_pictures_by_heart() {
    learns(yolo(&Rng::new(1)));
}

#[test]
fn ssds_head_learns_two_pictures_by_heart() {
    learns(ssd(&Rng::new(1)));
}

#[test]
fn faster_rcnns_head_learns_two_pictures_by_heart() {
    learns(faster(&Rng::new(1)));
}

#[test]
fn all_three_begin_with_the_same_backbone() {
    let rng = Rng::new(7);
    let (x, _) = two();
    let maps = yolo(&rng).maps(&x, &mut Pass::Use);
    assert_eq!(maps.shape(), [2, CHANNELS, SIDE / STRIDE, SIDE / STRIDE]);
    assert_eq!(ssd(&rng).maps(&x, &mut Pass::Use).to_vec(), maps.to_vec());
    assert_eq!(
        faster(&rng).maps(&x, &mut Pass::Use).to_vec(),
        maps.to_vec()
    );
}

#[test]
fn yolos_head_on_the_backbone_is_the_lessons_detector() {
    let mut rng = Rng::new(3);
    let Detector { stages, head, grid } = Detector::new(&STAGES, grid(), &mut rng);
    let conv = head.clone();
    let whole = Detector {
        stages: stages.clone(),
        head,
        grid: grid.clone(),
    };
    let headed = Headed {
        stages,
        head: Yolo { conv, grid },
    };
    let (x, objects) = two();
    let truth = objects.each_ref().map(|objects| &objects[..]);
    let cells = ch07_yolo::target::Cells::One;
    let numbers = whole.forward(&x, &mut Pass::Use);
    let wanted = ch07_yolo::loss::loss(&whole.grid, &numbers, &truth, cells).total();
    let maps = headed.maps(&x, &mut Pass::Use);
    let loss = headed.head.loss(&maps, &truth, &mut Pass::Use);
    assert_eq!(loss.item(), wanted.item());
    assert_eq!(headed.parameter_count(), whole.parameter_count());
}

#[test]
fn a_head_finds_at_most_so_many_boxes_and_the_surest_first() {
    let rng = Rng::new(4);
    let (x, _) = two();
    let keep = Keep {
        score: 0.0,
        overlap: 0.9,
        most: 7,
    };
    let maps = ssd(&rng).maps(&x, &mut Pass::Use);
    let all = [
        yolo(&rng).head.find(&maps, keep).0,
        ssd(&rng).head.find(&maps, keep).0,
        faster(&rng).head.find(&maps, keep).0,
    ];
    for found in all {
        assert_eq!(found.len(), 2, "a list for each picture");
        for boxes in found {
            assert_eq!(boxes.len(), 7);
            assert!(boxes.is_sorted_by(|a, b| a.score >= b.score));
        }
    }
}

#[test]
fn a_batch_is_found_as_its_pictures_are_one_by_one() {
    let (x, _) = two();
    let net = faster(&Rng::new(5));
    let keep = Keep {
        score: 0.05,
        overlap: 0.5,
        most: 20,
    };
    let whole = net.head.find(&net.maps(&x, &mut Pass::Use), keep).0;
    for (picture, found) in whole.iter().enumerate() {
        let one = net.maps(&x.slice(0, picture..picture + 1), &mut Pass::Use);
        let alone = net.head.find(&one, keep).0.remove(0);
        assert_eq!(alone.len(), found.len());
        for (a, b) in alone.iter().zip(found) {
            assert!(a.class == b.class && (a.score - b.score).abs() < 1e-4);
            assert!(a.bbox.iou(b.bbox) > 0.99, "{a:?} and {b:?}");
        }
    }
}

#[test]
fn without_objects_every_head_has_a_loss() {
    let rng = Rng::new(6);
    let (x, _) = two();
    let nothing: [&[Object]; 2] = [&[], &[]];
    let maps = yolo(&rng).maps(&x, &mut Pass::Use);
    let losses = [
        yolo(&rng).head.loss(&maps, &nothing, &mut Pass::Use),
        ssd(&rng).head.loss(&maps, &nothing, &mut Pass::Use),
        faster(&rng).head.loss(&maps, &nothing, &mut Pass::Use),
    ];
    assert!(losses.iter().all(|loss| loss.item().is_finite()));
}

#[test]
fn a_region_on_coarser_maps_covers_all_places_that_it_touches() {
    let bbox = BBox::new(10.0, 24.0, 25.0, 31.0);
    let region = Region::at(1, bbox, [64, 64], 8);
    assert_eq!(
        region,
        Region {
            picture: 1,
            from: [3, 1],
            to: [4, 4]
        }
    );
}
