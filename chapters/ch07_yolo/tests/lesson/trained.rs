//! A trained detector in a file, and what becomes of files that hold something else.

use std::fs;
use std::path::PathBuf;

use ch07_yolo::boxes::BBox;
use ch07_yolo::decode::{Grid, Keep};
use ch07_yolo::model::Detector;
use ch07_yolo::trained::Trained;
use ndarray::{Array3, s};
use nn::checkpoint::{save_described, save_weights};
use tempfile::TempDir;
use tensor::{Rng, Tensor};

/// A place for a file that goes away with the test.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join("net.safetensors");
    (folder, file)
}

/// A net that has learnt nothing, on cells of 4 pixels and pictures of 32 × 24.
fn net() -> Trained {
    let grid = Grid {
        stride: 4,
        anchors: vec![[6.5, 4.25], [12.0, 1.0 / 3.0]],
        classes: 2,
    };
    Trained {
        net: Detector::new(&[(4, 0), (6, 2)], grid, &mut Rng::new(7)),
        classes: ["cup", "spoon"].map(str::to_owned).to_vec(),
        size: [32, 24],
    }
}

/// A photo of noise, `[H, W, 3]`.
fn photo(h: usize, w: usize) -> Array3<u8> {
    let mut rng = Rng::new(3);
    Array3::from_shape_fn((h, w, 3), |_| rng.below(256) as u8)
}

#[test]
fn a_detector_comes_back_from_its_file_as_it_was() {
    let (_folder, file) = place();
    let trained = net();
    trained.save(&file).expect("the folder can be written");
    let read = Trained::load(&file).expect("it was written whole");
    assert_eq!(read.net.grid, trained.net.grid);
    assert_eq!(read.classes, trained.classes);
    assert_eq!(read.size, trained.size);
    let keep = Keep {
        score: 0.0,
        ..Keep::ALL
    };
    let photo = photo(48, 64);
    let found = trained.find(&photo, keep);
    assert!(!found.is_empty());
    assert_eq!(read.find(&photo, keep), found);
    // Equal nets have equal files.
    let before = fs::read(&file).expect("it is there");
    read.save(&file).expect("the folder can be written");
    assert!(fs::read(&file).expect("it is there") == before);
}

#[test]
fn boxes_are_in_pixels_of_the_photo_whatever_its_size() {
    // A head whose weights are 0 says the same of every cell: its anchor, in the middle.
    let mut trained = net();
    let head = &mut trained.net.head;
    head.weight = Tensor::zeros(head.weight.shape());
    let keep = Keep {
        score: 0.0,
        overlap: 1.0,
        most: 1000,
    };
    // 24 × 32 of the canvas of 32 × 24 is 18 × 24, so 7 free columns on both sides, and a
    // pixel of the canvas is 4 of the photo.
    let found = trained.find(&photo(96, 72), keep);
    let whole = BBox::new(0.0, 0.0, 72.0, 96.0);
    assert!(
        found
            .iter()
            .all(|one| one.bbox == one.bbox.intersection(whole))
    );
    // The cell in column 3, row 2, has its centre at 14, 10 of the canvas.
    let centre = [(14.0 - 7.0) * 4.0, 10.0 * 4.0];
    let there = BBox::centred(centre, [6.5 * 4.0, 4.25 * 4.0]);
    let iou = found.iter().map(|one| one.bbox.iou(there));
    assert!(iou.fold(0.0, f32::max) > 0.999, "{found:?}");
}

#[test]
fn a_photo_of_the_nets_own_size_is_looked_at_as_it_is() {
    let trained = net();
    let photo = photo(24, 32);
    // An untrained net is sure of nothing.
    let keep = Keep {
        score: 0.0,
        ..Keep::ALL
    };
    let wanted = trained.net.detect([&photo], keep).concat();
    let found = trained.find(&photo, keep);
    let pairs = found.iter().zip(&wanted);
    assert!(pairs.clone().count() > 0);
    assert!(pairs.clone().all(|(a, b)| a.score == b.score));
    let inside = |bbox: BBox| bbox.clipped([32.0, 24.0]);
    assert!(
        pairs
            .clone()
            .all(|(a, b)| a.bbox.iou(inside(b.bbox)) > 0.999)
    );
    // Part of it only, and the answers differ.
    let part = photo.slice(s![..12, .., ..]).to_owned();
    assert_ne!(trained.find(&part, keep), found);
}

/// What is said of a file of this net under these words.
fn said_of(words: &str) -> String {
    let (_folder, file) = place();
    save_described(&net().net, words, &file).expect("the folder can be written");
    let refused = Trained::load(&file).err().expect("it is not the net's own");
    let line = refused.to_string();
    assert!(line.contains("net.safetensors: "), "{line}");
    assert_eq!(line.lines().count(), 1, "{line}");
    line
}

#[test]
fn a_header_that_no_net_can_be_made_of_is_refused_in_a_line() {
    let words = |stages: &str, anchors: &str, classes: &str, size: &str| {
        said_of(&format!(
            r#"{{"stages":{stages},"anchors":{anchors},"classes":{classes},"size":{size}}}"#
        ))
    };
    let (stages, anchors) = ("[[4,0],[6,2]]", "[[6.5,4.25],[12.0,0.5]]");
    let (classes, size) = (r#"["cup","spoon"]"#, "[32,24]");
    for (line, wanted) in [
        (
            words("[]", anchors, classes, size),
            "stages: expected 1 to 6, found 0",
        ),
        (
            words("[[4000000000,0]]", anchors, classes, size),
            "channels: expected 2 to 512",
        ),
        (
            words("[[4,18446744073709551615]]", anchors, classes, size),
            "blocks: expected 0 to 8",
        ),
        (
            words("[[0,0]]", anchors, classes, size),
            "channels: expected 2 to 512, found 0",
        ),
        (
            words(stages, "[]", classes, size),
            "anchors: expected 1 to 32, found 0",
        ),
        (
            words(stages, "[[1e30,4]]", classes, size),
            "expected 0 to 2048 pixels",
        ),
        (
            words(stages, "[[1,-4]]", classes, size),
            "expected 0 to 2048 pixels",
        ),
        (
            words(stages, anchors, "[]", size),
            "classes: expected 1 to 1000",
        ),
        (
            words(stages, anchors, classes, "[32,23]"),
            "a multiple of 4, found 23",
        ),
        (
            words(stages, anchors, classes, "[32,999996]"),
            "1 to 2048, found 999996",
        ),
        (words(stages, anchors, classes, "[32]"), "its header: "),
        // Another net's words: the tensors tell.
        (
            words("[[4,0],[8,2]]", anchors, classes, size),
            "expected [8, 4, 3, 3]",
        ),
        (words(stages, anchors, r#"["cup"]"#, size), "tensor head."),
    ] {
        assert!(line.contains(wanted), "{line}\nexpected: {wanted}");
    }
}

#[test]
fn a_header_of_no_json_is_refused_in_a_line() {
    assert!(said_of("Dear net,").contains("its header: "));
}

#[test]
fn names_of_classes_cannot_steer_a_terminal() {
    let (_folder, file) = place();
    let mut trained = net();
    trained.classes[0] = "\u{1b}[2Jcup\n".to_owned();
    trained.save(&file).expect("the folder can be written");
    let read = Trained::load(&file).expect("it was written whole");
    assert_eq!(read.classes[0], "?[2Jcup?");
}

#[test]
fn a_file_without_words_and_one_that_is_missing_are_told_apart() {
    let (_folder, file) = place();
    let line = || {
        Trained::load(&file)
            .err()
            .expect("it is no detector")
            .to_string()
    };
    assert!(line().ends_with("there is no such file"), "{}", line());
    save_weights(&net().net, &file).expect("the folder can be written");
    assert!(
        line().contains("its header does not say which"),
        "{}",
        line()
    );
}
