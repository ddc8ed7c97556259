//! Average precision held against pycocotools: the figures of
//! `fixtures/coco.json`, made by the script beside it.

use ch07_yolo::boxes::{BBox, Detection, Object};
use ch07_yolo::precision::{Evaluation, Truth, iou_limits, recall_levels};
use serde::Deserialize;

/// Left, top, right, bottom, class, and 1 for a crowd or the score.
type Row = [f64; 6];

#[derive(Deserialize)]
struct Fixture {
    made_by: String,
    pycocotools: String,
    figures: Vec<String>,
    limits: Vec<f64>,
    recalls: Vec<f64>,
    sets: Vec<RandomSet>,
}

#[derive(Deserialize)]
struct RandomSet {
    classes: usize,
    /// By picture.
    truth: Vec<Vec<Row>>,
    found: Vec<Vec<Row>>,
    expected: Vec<Option<f64>>,
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../../fixtures/coco.json"))
        .expect("coco.json is as coco.py writes it")
}

/// A row's box and class.
fn object([x0, y0, x1, y1, class, _]: Row) -> Object {
    Object {
        bbox: BBox::from_edges([x0, y0, x1, y1].map(|edge| edge as f32)),
        class: class as usize,
    }
}

/// What is in a picture, and what was found there.
type Picture = (Vec<Truth>, Vec<Detection>);

impl RandomSet {
    fn pictures(&self) -> impl Iterator<Item = Picture> {
        let truth = |row: &Row| Truth {
            object: object(*row),
            crowd: row[5] == 1.0,
        };
        let found = |row: &Row| {
            let Object { bbox, class } = object(*row);
            let score = row[5] as f32;
            Detection { bbox, class, score }
        };
        let pictures = self.truth.iter().zip(&self.found);
        pictures.map(move |(things, detections)| {
            let things = things.iter().map(truth).collect();
            (things, detections.iter().map(found).collect())
        })
    }

    fn evaluation(&self) -> Evaluation {
        let mut evaluation = Evaluation::new(self.classes);
        for (truth, found) in self.pictures() {
            evaluation.add(&truth, &found);
        }
        evaluation
    }
}

#[test]
fn the_limits_are_those_of_pycocotools() {
    let fixture = fixture();
    assert_eq!(fixture.made_by, "chapters/ch07_yolo/fixtures/coco.py");
    assert_eq!(fixture.pycocotools, "2.0.11");
    let close = |a: f64, b: &f64| (a - b).abs() < 1e-15;
    assert!(
        iou_limits()
            .into_iter()
            .zip(&fixture.limits)
            .all(|(a, b)| close(a, b))
    );
    assert_eq!(fixture.recalls.len(), recall_levels().count());
    assert!(
        recall_levels()
            .zip(&fixture.recalls)
            .all(|(a, b)| close(a, b))
    );
}

#[test]
fn every_figure_of_200_random_sets_is_that_of_pycocotools() {
    let fixture = fixture();
    assert_eq!(fixture.sets.len(), 200);
    for (n, set) in fixture.sets.iter().enumerate() {
        let evaluation = set.evaluation();
        let [small, medium, large] = evaluation.by_size();
        let got = [
            evaluation.map(),
            evaluation.map50(),
            evaluation.ap(iou_limits()[5]),
            small,
            medium,
            large,
            evaluation.recall(),
        ];
        for ((name, got), want) in fixture.figures.iter().zip(got).zip(&set.expected) {
            let equal = match (got, want) {
                (Some(got), Some(want)) => (got - want).abs() < 1e-6,
                (got, want) => got.is_none() && want.is_none(),
            };
            assert!(
                equal,
                "set {n}, {name}: pycocotools has {want:?}, we {got:?}"
            );
        }
    }
}

#[test]
fn the_random_sets_hold_what_is_hard_to_get_right() {
    let sets = fixture().sets;
    let pictures: Vec<_> = sets.iter().flat_map(RandomSet::pictures).collect();
    let count = |test: &dyn Fn(&Picture) -> bool| {
        pictures.iter().filter(|picture| test(picture)).count()
    };
    assert!(count(&|(truth, _)| truth.iter().any(|thing| thing.crowd)) > 100);
    assert!(count(&|(truth, found)| truth.is_empty() && !found.is_empty()) > 20);
    assert!(count(&|(truth, found)| !truth.is_empty() && found.is_empty()) > 20);
    assert!(count(&|(truth, found)| truth.is_empty() && found.is_empty()) > 5);
    assert!(count(&|(_, found)| found.len() > 100) > 3);
    let tied = |found: &[Detection]| {
        let mut scores: Vec<f32> = found.iter().map(|found| found.score).collect();
        scores.sort_by(f32::total_cmp);
        scores.windows(2).any(|pair| pair[0] == pair[1])
    };
    assert!(count(&|(_, found)| tied(found)) > 100);
    let edge = |thing: &Truth| [1024.0, 9216.0].contains(&thing.object.bbox.area());
    assert!(count(&|(truth, _)| truth.iter().any(edge)) > 20);
    assert!(sets.iter().filter(|set| set.classes > 1).count() > 100);
    assert!(sets.iter().any(|set| set.expected[0].is_none()));
}
