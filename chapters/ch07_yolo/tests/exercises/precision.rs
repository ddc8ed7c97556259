//! Exercises 7.3 and 7.4: which detections are right, and average precision.

use ch07_yolo::boxes::{BBox, Detection, Object};
use ch07_yolo::precision::Evaluation;
use lesson::exercise::Exercise;
use tensor::Rng;

use crate::{answer, any_box, edges, found, square};

#[test]
fn ex7_03_right() {
    let ex = Exercise::load("7.3");
    let at = |x: f32, score: f32| found(square(x), score);
    let half = found(BBox::new(0.0, 0.0, 10.0, 5.0), 0.9);
    type Case<'a> = (&'a str, &'a [f32], &'a [Detection], f32, &'a [bool]);
    #[rustfmt::skip]
    let cases: [Case; 9] = [
        ("the page's example", &[0.0, 40.0], &[at(1.0, 0.9), at(2.0, 0.8), at(43.0, 0.6)],
         0.5, &[true, false, true]),
        ("the same, three quarters asked for", &[0.0, 40.0],
         &[at(1.0, 0.9), at(2.0, 0.8), at(43.0, 0.6)], 0.75, &[true, false, false]),
        ("the better one comes last", &[0.0], &[at(2.0, 0.3), at(1.0, 0.9)], 0.5,
         &[false, true]),
        ("the first two on the same, then one on nothing", &[0.0],
         &[at(60.0, 0.9), at(1.0, 0.8), at(2.0, 0.1)], 0.5, &[false, true, false]),
        ("the first fits both, the second only one", &[0.0, 4.0],
         &[at(3.0, 0.9), at(-1.0, 0.8)], 0.5, &[true, true]),
        ("both fit the first best, and the second too", &[0.0, 3.0],
         &[at(1.0, 0.9), at(1.25, 0.8)], 0.5, &[true, true]),
        ("an IoU of exactly the limit", &[0.0], &[half], 0.5, &[true]),
        ("nothing there", &[], &[at(0.0, 0.5)], 0.5, &[false]),
        ("nothing found", &[0.0], &[], 0.5, &[]),
    ];
    for (what, things, boxes, limit, wanted) in cases {
        let things: Vec<BBox> = things.iter().map(|&x| square(x)).collect();
        let told: Vec<_> = boxes.iter().map(|d| (d.bbox.edges(), d.score)).collect();
        let asked = ex.given(format!(
            "{what}: limit = {limit}, things (edges) = {}, found (edges, score) = {told:?}",
            edges(&things)
        ));
        asked.equal(answer::right(&things, boxes, limit), wanted);
    }
    let mut rng = Rng::new(3);
    for round in 0..20 {
        let things: Vec<BBox> = (0..8).map(|_| any_box(&mut rng)).collect();
        let near = |n: usize, rng: &mut Rng| {
            let moved = things[n % 8].moved([(); 2].map(|()| rng.uniform(-6.0, 6.0)));
            found(moved, (n * 7 % 24) as f32 / 24.0)
        };
        let boxes: Vec<Detection> = (0..24).map(|n| near(n, &mut rng)).collect();
        let asked = ex.given(format!(
            "8 random things, 24 boxes near them, limit = 0.4, round {round}; the answer \
             put in the order of the scores"
        ));
        let right = answer::right(&things, &boxes, 0.4);
        asked
            .step("one answer a box")
            .equal(right.len(), boxes.len());
        let mut ranked: Vec<usize> = (0..24).collect();
        ranked.sort_by(|&a, &b| boxes[b].score.total_cmp(&boxes[a].score));
        let ranked: Vec<bool> = ranked.iter().map(|&n| right[n]).collect();
        let objects: Vec<Object> = things
            .iter()
            .map(|&bbox| Object { bbox, class: 0 })
            .collect();
        let mut evaluation = Evaluation::new(1);
        evaluation.add(&objects, &boxes);
        asked.equal(ranked, evaluation.ranking(0, 0.4).hits);
    }
}

/// Detections as digits: 1 is right, 0 wrong.
fn hits(digits: &str) -> Vec<bool> {
    digits.chars().map(|digit| digit == '1').collect()
}

#[test]
fn ex7_04_step1_eleven_points() {
    let ex = Exercise::load("7.4").step("1: eleven points");
    for (digits, things, wanted) in [
        ("1101001000", 5, (5.0 + 2.0 * 0.75 + 2.0 * 4.0 / 7.0) / 11.0),
        ("11", 2, 1.0),
        ("01", 1, 0.5),
        ("1", 2, 6.0 / 11.0),
        ("0101", 2, 0.5),
        ("000", 4, 0.0),
        ("", 3, 0.0),
    ] {
        let asked =
            ex.given(format!("hits = {digits:?} (1: right), things = {things}"));
        asked.close(answer::eleven_points(&hits(digits), things), wanted, 1e-5);
    }
    // Recalls that are tenths: 3/10 reaches the level of 3/10.
    let asked = ex.given("hits = \"1110000000000000\" (1: right), things = 10");
    let got = answer::eleven_points(&hits("1110000000000000"), 10);
    asked.close(got, 4.0 / 11.0, 1e-5);
}

#[test]
fn ex7_04_step2_area_below() {
    let ex = Exercise::load("7.4").step("2: the area below the envelope");
    for (digits, things, wanted) in [
        ("1101001000", 5, 0.4 + 0.2 * 0.75 + 0.2 * 4.0 / 7.0),
        ("11", 2, 1.0),
        ("01", 1, 0.5),
        ("1", 2, 0.5),
        ("0111", 4, 0.75 * 0.75),
        ("000", 4, 0.0),
        ("", 3, 0.0),
    ] {
        let asked =
            ex.given(format!("hits = {digits:?} (1: right), things = {things}"));
        asked.close(answer::area_below(&hits(digits), things), wanted, 1e-5);
    }
    let mut rng = Rng::new(4);
    for _ in 0..50 {
        let right: Vec<bool> = (0..12).map(|_| rng.below(2) == 0).collect();
        let digits: String = right
            .iter()
            .map(|&hit| if hit { '1' } else { '0' })
            .collect();
        let asked = ex.given(format!("hits = {digits:?} (1: right), things = 12"));
        let got = answer::area_below(&right, 12);
        let mut more = right.clone();
        more.extend([false; 5]);
        let same = asked.step("wrong boxes at the end of the list cost nothing");
        same.close(answer::area_below(&more, 12), got, 1e-5);
        let first = std::iter::once(true).chain(right.iter().copied());
        let better = answer::area_below(&first.collect::<Vec<_>>(), 13);
        asked.holds(
            better >= got - 1e-5,
            "a right box before all others never costs anything",
        );
    }
}
