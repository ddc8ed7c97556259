//! Exercise 7.11: a line of a label file.

use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::files::yolo;
use lesson::exercise::Exercise;
use tensor::Rng;

use crate::{answer, any_box};

/// An object by its class and edges.
fn object(class: usize, edges: [f32; 4]) -> Object {
    Object {
        bbox: BBox::from_edges(edges),
        class,
    }
}

#[test]
fn ex7_11_step1_line_of() {
    let ex = Exercise::load("7.11").step("1: an object as a line");
    for (class, edges, size, wanted) in [
        (
            0,
            [56.0, 8.0, 216.0, 200.0],
            [256, 256],
            "0 0.531250 0.406250 0.625000 0.750000",
        ),
        (
            12,
            [16.0, 0.0, 32.0, 64.0],
            [128, 64],
            "12 0.187500 0.500000 0.125000 1.000000",
        ),
        (
            3,
            [0.0, 48.0, 8.0, 64.0],
            [64, 512],
            "3 0.062500 0.109375 0.125000 0.031250",
        ),
    ] {
        let asked =
            ex.given(format!("class {class}, edges {edges:?}, size = {size:?}"));
        asked.equal(answer::line_of(object(class, edges), size).as_str(), wanted);
    }
}

#[test]
fn ex7_11_step2_object_of() {
    let ex = Exercise::load("7.11").step("2: a line as an object");
    let cup = object(0, [56.0, 8.0, 216.0, 200.0]);
    #[rustfmt::skip]
    let cases = [
        ("the cup", "0 0.531250 0.406250 0.625000 0.750000", [256, 256], Some(cup)),
        ("a wide picture", "3 0.5 0.25 0.25 0.5", [400, 100],
         Some(object(3, [150.0, 0.0, 250.0, 50.0]))),
        ("spaces around", "  1   0.5 0.5\t1 1 ", [8, 4], Some(object(1, [0.0, 0.0, 8.0, 4.0]))),
        ("pixels", "2 84 99 64 54", [256, 256], None),
        ("one share above 1", "2 0.5 0.5 1.5 0.5", [256, 256], None),
        ("a share below 0", "2 -0.1 0.5 0.5 0.5", [256, 256], None),
        ("not a number", "2 NaN 0.5 0.5 0.5", [256, 256], None),
        ("a name in place of a number", "cup 0.5 0.5 0.5 0.5", [256, 256], None),
        ("half a class", "1.5 0.5 0.5 0.5 0.5", [256, 256], None),
        ("a word too few", "2 0.5 0.5 0.5", [256, 256], None),
        ("a number too many", "2 0.5 0.5 0.5 0.5 0.9", [256, 256], None),
        ("a word too many", "2 0.5 0.5 wide 0.5 0.5", [256, 256], None),
        ("nothing", "", [256, 256], None),
    ];
    for (what, line, size, wanted) in cases {
        let asked = ex.given(format!("{what}: line = {line:?}, size = {size:?}"));
        asked.equal(answer::object_of(line, size), wanted);
    }
    let mut rng = Rng::new(11);
    for _ in 0..50 {
        let size = [100 + rng.below(200), 100 + rng.below(200)];
        let sides = size.map(|side| side as f32);
        let bbox = any_box(&mut rng).clipped(sides);
        let written = object(rng.below(80), bbox.edges());
        let line = yolo::write(size, &[written]);
        let asked = ex.given(format!("line = {line:?}, size = {size:?}"));
        let read = answer::object_of(line.trim_end(), size);
        let class = read.map(|object| object.class);
        asked.step("2: the class").equal(class, Some(written.class));
        let edges = read.map_or([f32::NAN; 4], |object| object.bbox.edges());
        asked
            .step("2: the edges")
            .close_each(&edges, &bbox.edges(), 0.01);
    }
}
