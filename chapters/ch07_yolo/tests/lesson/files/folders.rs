//! Pictures and labels that go together, and some that do not.

use ch07_yolo::files::{Problem, read};
use ch07_yolo::set::{Example, Set};
use tensor::Rng;

use super::{folder, noted, xml};

#[test]
fn pictures_and_labels_that_do_not_go_together_are_named() {
    let cat = xml(&[("cat", ["1", "1", "30", "30"])]);
    let small = format!(
        "{}<size><width>10</width><height>5</height></size></annotation>",
        cat.trim_end_matches("</annotation>")
    );
    let (cat, small) = (cat.as_str(), small.as_str());
    let files = [
        ("a.png", ""),
        ("a.xml", cat),
        ("b.png", ""),
        ("c.xml", cat),
        ("d.jpg", "no picture"),
        ("d.xml", cat),
        ("e.png", ""),
        ("e.xml", "<html>"),
        ("f.png", ""),
        ("f.xml", small),
        ("g.png", ""),
        ("g.xml", cat),
        ("g.txt", "0 0.5 0.5 0.1 0.1"),
        ("h.png", ""),
        ("h.txt", "cat 0.5 0.5 0.1 0.1\n0 0.5 0.5 0.1 0.1"),
        ("i.txt", "0 0.5 0.5 0.1 0.1"),
        ("README.txt", "0 problems so far"),
        ("project.xml", "<project/>"),
    ];
    for (problem, places) in [
        (Problem::NoLabels, &["b.png"][..]),
        (Problem::NoPicture, &["c.xml", "i.txt"]),
        (Problem::BadPicture, &["d.jpg"]),
        (Problem::BadLabels, &["e.xml"]),
        (Problem::OtherSize, &["f.xml"]),
        (Problem::TwoLabels, &["g.png"]),
        (Problem::Mixed, &["h.txt"]),
    ] {
        let (count, found) = noted(&files, problem);
        assert_eq!(
            (count, found),
            (places.len(), places.iter().map(|&p| p.to_owned()).collect())
        );
    }
    let folder = read(&folder(&files), [100, 50]).expect("three pictures are left");
    assert_eq!(folder.set.classes, ["0", "cat"]);
    let left: Vec<&str> = folder
        .set
        .examples
        .iter()
        .map(|e| e.name.as_str())
        .collect();
    assert_eq!(left, ["a.png", "g.png", "h.png"]);
}

#[test]
fn an_empty_label_file_says_that_nothing_is_there() {
    let cat = xml(&[("cat", ["1", "1", "30", "30"])]);
    let files = [
        ("a.png", ""),
        ("a.xml", cat.as_str()),
        ("b.png", ""),
        ("b.txt", ""),
    ];
    let folder = read(&folder(&files), [100, 50]).expect("a box is left");
    assert_eq!(folder.report.pictures, 2);
    assert!(folder.set.examples[1].objects.is_empty());
}

#[test]
fn the_layouts_of_voc_and_yolo_are_found_with_their_parts() {
    let cat = xml(&[("cat", ["1", "1", "30", "30"])]);
    let voc = [
        ("JPEGImages/a.png", ""),
        ("JPEGImages/b.png", ""),
        ("JPEGImages/c.png", ""),
        ("Annotations/a.xml", cat.as_str()),
        ("Annotations/b.xml", cat.as_str()),
        ("Annotations/c.xml", cat.as_str()),
        ("ImageSets/Main/train.txt", "a\nb\n"),
        ("ImageSets/Main/val.txt", "c\n"),
        ("ImageSets/Main/cat_train.txt", "a 1\nb -1\n"),
    ];
    let yolo = [
        ("images/train/a.png", ""),
        ("images/train/b.png", ""),
        ("images/val/c.png", ""),
        ("labels/train/a.txt", "0 0.5 0.5 0.5 0.5"),
        ("labels/train/b.txt", "0 0.5 0.5 0.5 0.5"),
        ("labels/val/c.txt", "0 0.5 0.5 0.5 0.5"),
        ("data.yaml", "train: images/train\nnames:\n  0: cat\n"),
    ];
    let roboflow = [
        ("train/images/a.png", ""),
        ("train/images/b.png", ""),
        ("valid/images/c.png", ""),
        ("train/labels/a.txt", "0 0.5 0.5 0.5 0.5"),
        ("train/labels/b.txt", "0 0.5 0.5 0.5 0.5"),
        ("valid/labels/c.txt", "0 0.5 0.5 0.5 0.5"),
        ("data.yaml", "names: ['cat']\nnc: 1\n"),
    ];
    for files in [&voc[..], &yolo, &roboflow] {
        let folder = read(&folder(files), [100, 50]).expect("all is well");
        assert_eq!(folder.report.problems().count(), 0, "{}", folder.report);
        assert_eq!(folder.set.classes, ["cat"]);
        let [train, val] = folder.halves(&mut Rng::new(1)).expect("two parts");
        let stems = |set: &Set| {
            let name = |e: &Example| e.name.rsplit('/').next().unwrap_or("").to_owned();
            set.examples.iter().map(name).collect::<Vec<_>>()
        };
        assert_eq!(
            (stems(&train), stems(&val)),
            (
                vec!["a.png".to_owned(), "b.png".to_owned()],
                vec!["c.png".to_owned()],
            )
        );
    }
}

#[test]
fn without_parts_every_fifth_picture_is_held_out_by_the_seed() {
    let names: Vec<String> = (0..10).map(|n| format!("{n}.png")).collect();
    let labels: Vec<String> = (0..10).map(|n| format!("{n}.txt")).collect();
    let mut files: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), "")).collect();
    files.extend(
        labels
            .iter()
            .map(|name| (name.as_str(), "0 0.5 0.5 0.5 0.5")),
    );
    let held = |seed| {
        let folder = read(&folder(&files), [100, 50]).expect("all is well");
        let [train, val] = folder.halves(&mut Rng::new(seed)).expect("two parts");
        assert_eq!((train.examples.len(), val.examples.len()), (8, 2));
        val.examples
            .iter()
            .map(|e| e.name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(held(1), held(1));
    assert!((2..9).any(|seed| held(seed) != held(1)));
}
