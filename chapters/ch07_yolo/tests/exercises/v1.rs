//! Exercise 7.6: one cell of YOLOv1.

use ch07_yolo::v1::{Grid, responsible, terms};
use lesson::exercise::Exercise;
use tensor::{Rng, Tensor};

use crate::{answer, check_tensor};

/// The page's thin bar and wide box, and its object.
const BOXES: [[f32; 5]; 2] = [[0.8, 0.8, 0.04, 0.64, 0.2], [0.6, 0.8, 0.16, 0.64, 0.5]];
const TRUTH: [f32; 4] = [0.8, 0.8, 0.64, 0.64];

#[test]
fn ex7_06_step1_responsible() {
    let ex = Exercise::load("7.6").step("1: the responsible box");
    let small = [0.5, 0.5, 0.1, 0.1];
    type Case<'a> = (&'a str, &'a [[f32; 5]], [f32; 4], usize, (usize, f32));
    #[rustfmt::skip]
    let cases: [Case; 6] = [
        ("the example", &BOXES, TRUTH, 2, (1, 0.25)),
        ("the surer one fits worse",
         &[[0.5, 0.5, 0.1, 0.05, 0.9], [0.5, 0.5, 0.1, 0.1, 0.1]], small, 4, (1, 1.0)),
        // A quarter of a cell of ten is a fortieth of the picture, a quarter of the width.
        ("moved by a quarter of a cell", &[[0.25, 0.5, 0.1, 0.1, 0.5]], small, 10, (0, 0.6)),
        ("the nearer centre has the worse size",
         &[[0.5, 0.5, 0.9, 0.9, 0.5], [0.25, 0.5, 0.1, 0.1, 0.5]], small, 10, (1, 0.6)),
        ("the better shape is far off",
         &[[1.0, 1.0, 0.1, 0.1, 0.5], [0.5, 0.5, 0.1, 0.08, 0.5]], small, 4, (1, 0.8)),
        ("two that are equal", &[[0.5, 0.5, 0.1, 0.05, 0.1], [0.5, 0.5, 0.1, 0.05, 0.9]],
         small, 3, (0, 0.5)),
    ];
    for (what, said, truth, cells, (place, fit)) in cases {
        let asked = ex.given(format!(
            "{what}: said = {said:?}, truth = {truth:?}, cells = {cells}"
        ));
        let (got, iou) = answer::responsible(said, truth, cells);
        asked.step("1: the place of the box").equal(got, place);
        asked.step("1: its IoU").close(iou, fit, 1e-4);
    }
}

/// One cell: what its two boxes and two classes say, what they should say.
struct Cell {
    said: Tensor,    // [A, 5]
    chances: Tensor, // [K]
    wanted: Tensor,  // [5 + K]
}

const NAMES: [&str; 5] = [
    "place",
    "size",
    "confidence of the responsible box",
    "confidence of the others",
    "class",
];

impl Cell {
    /// Mask and IoU `[A]`, as the lesson has them, and its terms. The grid has one cell; the
    /// page's IoUs are the same there, since both boxes lie inside the object either way.
    fn lesson(&self) -> (Tensor, Tensor, [Tensor; 5]) {
        let grid = Grid {
            cells: 1,
            boxes: 2,
            classes: 2,
        };
        let all = Tensor::concat(0, &[self.said.reshape(&[10]), self.chances.clone()]);
        let all = all.reshape(&[1, 1, 1, 12]);
        let wanted = self.wanted.reshape(&[1, 1, 1, 7]);
        let chosen = responsible(grid, &all, &wanted);
        let (mask, iou) = (chosen.mask.reshape(&[2]), chosen.iou.reshape(&[2]));
        let t = terms(grid, &all, &wanted);
        (mask, iou, [t.place, t.size, t.object, t.no_object, t.class])
    }

    /// Holds the answer against numbers, and its slopes against the lesson's.
    fn check(&self, ex: &Exercise, wanted: [f32; 5]) {
        let (mask, iou, _) = self.lesson();
        let of = |cell: &Cell| {
            answer::cell_terms(&cell.said, &cell.chances, &cell.wanted, &mask, &iou)
        };
        for ((name, term), wanted) in NAMES.iter().zip(of(self)).zip(wanted) {
            check_tensor(ex, &format!("2, {name}"), &term, &Tensor::scalar(wanted));
        }
        let free = Cell {
            said: self.said.require_grad(),
            chances: self.chances.require_grad(),
            wanted: self.wanted.clone(),
        };
        // The added 0 keeps `backward` going where an answer has left the tape.
        let slopes = |terms: [Tensor; 5]| {
            let weights = [5.0, 5.0, 1.0, 0.5, 1.0];
            let still = (&free.said * 0.0).sum() + (&free.chances * 0.0).sum();
            let all = terms
                .iter()
                .zip(weights)
                .map(|(term, weight)| term * weight);
            let slopes = all.fold(still, |sum, term| sum + term).backward();
            [&free.said, &free.chances].map(|x| slopes[x].clone())
        };
        let (got, right) = (slopes(of(&free)), slopes(free.lesson().2));
        for (n, by) in ["said", "chances"].iter().enumerate() {
            let what = format!("2, the slope by {by} of all terms, with their λ");
            check_tensor(ex, &what, &got[n], &right[n]);
        }
    }
}

#[test]
fn ex7_06_step2_cell_terms() {
    let ex = Exercise::load("7.6");
    let first = Cell {
        said: Tensor::from(BOXES),
        chances: Tensor::from([0.3, 0.7]),
        wanted: Tensor::from([0.8, 0.8, 0.64, 0.64, 1.0, 0.0, 1.0]),
    };
    let told = format!("said = {BOXES:?}, chances = [0.3, 0.7]");
    let asked = ex.given(format!("the first cell of the page, {told}"));
    first.check(&asked, [0.04, 0.16, 0.0625, 0.04, 0.18]);
    let empty = Cell {
        wanted: Tensor::zeros(&[7]),
        ..first
    };
    let asked = ex.given(format!("an empty cell, {told}"));
    empty.check(&asked, [0.0, 0.0, 0.0, 0.04 + 0.25, 0.0]);
    let mut rng = Rng::new(6);
    for round in 0..10 {
        let random = Cell {
            said: rng.uniform_tensor(&[2, 5], 0.05, 1.0),
            chances: rng.uniform_tensor(&[2], 0.0, 1.0),
            wanted: Tensor::from([0.5, 0.4, 0.3, 0.7, 1.0, 1.0, 0.0]),
        };
        let asked = ex.given(format!("random boxes around an object, round {round}"));
        let wanted = random.lesson().2.map(|term| term.item());
        random.check(&asked, wanted);
    }
}
