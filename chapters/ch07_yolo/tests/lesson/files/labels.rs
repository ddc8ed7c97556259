//! One label file at a time.

use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::files::{Label, Problem, checked, fitted, names, read, voc, yolo};
use ch07_yolo::set::Example;
use ndarray::Array3;

use super::{folder, noted, xml};

#[test]
fn the_same_box_in_both_formats_is_the_same_box() {
    let cup = xml(&[("0", ["56", "8", "216", "200"])]);
    let annotation = voc::read(&cup).expect("it is VOC's");
    let line = yolo::read("0 0.531250 0.406250 0.625000 0.750000", [256, 256]);
    let label = Label {
        class: "0".to_owned(),
        bbox: BBox::new(56.0, 8.0, 216.0, 200.0),
    };
    assert_eq!(annotation.labels, [Ok(label.clone())]);
    assert_eq!(line, [(1, Ok(label))]);
}

#[test]
fn parts_of_an_object_are_not_taken_for_it() {
    let text = "<annotation><size><width>9</width><height>7</height></size><object>\
        <part><name>head</name><bndbox><xmin>9</xmin></bndbox></part>\
        <name> person </name><bndbox><xmin> 1.5</xmin><ymin>2</ymin><xmax>3</xmax>\
        <ymax>4</ymax></bndbox></object></annotation>";
    let annotation = voc::read(text).expect("it is VOC's");
    assert_eq!(annotation.size, Some([9, 7]));
    let label = Label {
        class: "person".to_owned(),
        bbox: BBox::new(1.5, 2.0, 3.0, 4.0),
    };
    assert_eq!(annotation.labels, [Ok(label)]);
}

#[test]
fn every_kind_of_bad_box_is_told_apart() {
    let good = ("cat", ["1", "1", "30", "30"]);
    let cases = [
        (["5", "5", "5", "5"], Problem::NoSize),
        (["30", "5", "5", "30"], Problem::NoSize),
        (["0.1", "0.1", "0.4", "0.4"], Problem::NoSize),
        (["5", "5", "nan", "9"], Problem::NotNumbers),
        (["5", "5", "1e99", "9"], Problem::NotNumbers),
        (["5", "5", "", "9"], Problem::NotNumbers),
        (["120", "5", "160", "9"], Problem::Outside),
        (["80", "20", "130", "60"], Problem::OverTheEdge),
        (["1", "1", "30", "30"], Problem::Twice),
    ];
    for (edges, problem) in cases {
        let labels = xml(&[good, ("cat", edges)]);
        let files = [("a.png", ""), ("a.xml", labels.as_str())];
        assert_eq!(
            noted(&files, problem),
            (1, vec!["a.xml box 2".to_owned()]),
            "{edges:?}"
        );
        let folder = read(&folder(&files), [100, 50]).expect("a box is left");
        let cut = usize::from(problem == Problem::OverTheEdge);
        assert_eq!(folder.report.boxes(), 1 + cut, "{edges:?}");
    }
}

#[test]
fn a_pixel_over_the_edge_is_cut_in_silence() {
    let photo = [100.0, 50.0];
    let (bbox, cut) =
        checked(BBox::new(-1.0, 0.0, 100.9, 50.0), photo).expect("it is good");
    assert_eq!((bbox, cut), (BBox::new(0.0, 0.0, 100.0, 50.0), false));
    let (_, cut) =
        checked(BBox::new(-1.1, 0.0, 100.0, 50.0), photo).expect("it is good");
    assert!(cut);
}

#[test]
fn bad_lines_are_named_by_their_number() {
    let text = "0 0.5 0.5 0.2 0.2\n\n1 84 20 64 10\n0 0.5 0.5 0.2\n0 x 0.5 0.2 0.2\n\
                2 0.5 0.5 0.2 0.2 0.9 0.9\n-1 0.5 0.5 0.2 0.2\n7 0.5 0.5 0.1 0.1\n";
    let files = [
        ("a.png", ""),
        ("a.txt", text),
        ("classes.txt", "cat\ndog\nowl\n"),
    ];
    let one = |place: &str| (1, vec![place.to_owned()]);
    assert_eq!(noted(&files, Problem::NotShares), one("a.txt line 3"));
    let places = ["a.txt line 4", "a.txt line 5", "a.txt line 6"].map(str::to_owned);
    assert_eq!(noted(&files, Problem::NotNumbers), (3, places.to_vec()));
    let places = ["a.txt line 7", "a.txt line 8"].map(str::to_owned);
    assert_eq!(noted(&files, Problem::UnknownClass), (2, places.to_vec()));
    let places = ["dog", "owl"].map(str::to_owned);
    assert_eq!(noted(&files, Problem::EmptyClass), (2, places.to_vec()));
}

#[test]
fn lists_of_classes_are_read_in_their_forms() {
    assert_eq!(
        names::read("obj.names", "cat\r\nbig dog\r\n\r\n"),
        ["cat", "big dog"]
    );
    let yaml = "path: x\nnc: 2\nnames:\n- cat\n- 'big dog'\ntrain: y\n";
    assert_eq!(names::read("data.yaml", yaml), ["cat", "big dog"]);
    assert_eq!(names::read("data.yaml", "nc: 3\n"), Vec::<String>::new());
    assert_eq!(
        names::read("classes.txt", &"a\n".repeat(5000)).len(),
        names::MAX_CLASSES
    );
}

#[test]
fn a_picture_keeps_its_ratio_on_the_canvas_and_its_boxes_move_along() {
    let mut picture = Array3::zeros((2, 4, 3)); // [H, W, 3]
    picture[[0, 0, 0]] = 100; // red
    picture[[1, 1, 0]] = 60;
    let object = Object {
        bbox: BBox::new(0.0, 0.0, 2.0, 2.0),
        class: 3,
    };
    let example = Example {
        name: "e".to_owned(),
        picture,
        objects: vec![object],
    };
    let small = fitted(&example, [2, 3]);
    // Four pixels become one: (100 + 0 + 0 + 60) / 4 = 40; above and below it the
    // canvas.
    assert_eq!(small.picture.dim(), (3, 2, 3));
    let red = [0, 1, 2].map(|y| small.picture[[y, 0, 0]]);
    assert_eq!(red, [128, 40, 128]);
    assert_eq!(
        small.objects,
        [Object {
            bbox: BBox::new(0.0, 1.0, 1.0, 2.0),
            class: 3
        }]
    );
}
