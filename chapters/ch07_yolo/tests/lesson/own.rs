//! `--data DIR` and `--weights FILE`, run as a reader runs them.

use std::fs;

use ch07_yolo::paint::write_png;
use tempfile::TempDir;

use crate::program::{lesson, refused, said};

/// A folder with three photos of the course and a box or two in each.
fn labelled() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let own = folder.path().join("mine");
    fs::create_dir(&own).expect("the folder can be written");
    let labels = [
        ("coffee", "0 0.53 0.40 0.62 0.75\n1 0.74 0.49 0.26 0.66\n"),
        ("chelsea", "0 0.33 0.39 0.25 0.21\n"),
        ("rocket", "1 0.50 0.50 0.20 0.60\n"),
    ];
    for (name, boxes) in labels {
        let photo = pictures::photo(name).expect("it comes with the course");
        let file = own.join(name);
        write_png(&file.with_extension("png"), &photo).expect("it can be written");
        fs::write(file.with_extension("txt"), boxes).expect("it can be written");
    }
    fs::write(own.join("classes.txt"), "thing\nother\n").expect("it can be written");
    folder
}

#[test]
fn a_folder_trains_a_net_that_looks_at_a_photo() {
    let folder = labelled();
    let words = said(&lesson(folder.path(), &["--data", "mine", "--quick"]));
    assert!(
        words.contains("pictures to learn from: 2, to be judged on: 1"),
        "{words}"
    );
    assert!(words.contains("held out: mAP@0.5 "), "{words}");
    let net = "results/own_net.safetensors";
    let command = "cargo run -p ch07_yolo -- image --weights ";
    let told = words.lines().find(|line| line.contains(command));
    let told = told.expect("the run says how to go on");
    assert!(told.ends_with(&format!("{net} --image FILE")), "{told}");

    let flags = ["image", "--weights", net, "--image", "mine/coffee.png"];
    let words = said(&lesson(folder.path(), &flags));
    assert!(words.contains("On a photo of 256×256: "), "{words}");
    let painted = pictures::picture(&folder.path().join("results/image.png"))
        .expect("the run wrote it");
    assert_eq!(painted.dim(), (256, 256, 3));
}

#[test]
fn a_training_goes_on_with_its_own_folder_only() {
    let folder = labelled();
    let place = |name: &str| folder.path().join(name);
    said(&lesson(folder.path(), &["--data", "mine", "--quick"]));
    said(&lesson(
        folder.path(),
        &["--data", "mine", "--quick", "--resume"],
    ));
    fs::rename(place("mine"), place("other")).expect("it can be renamed");
    let flags = ["--data", "other", "--quick", "--resume"];
    let words = refused(&lesson(folder.path(), &flags), 1);
    assert!(words.contains("own.safetensors: "), "{words}");
    let both = "expected ch07_yolo on other, found ch07_yolo on mine";
    assert!(words.contains(both), "{words}");
}

#[test]
fn a_checked_folder_is_not_trained_on() {
    let folder = labelled();
    let words = said(&lesson(folder.path(), &["--data", "mine", "--check"]));
    assert!(
        words.contains("can be used: 3 pictures, 4 boxes"),
        "{words}"
    );
    assert!(!words.contains("to learn from"), "{words}");
    assert!(!folder.path().join("results/own_net.safetensors").exists());
}

#[test]
fn weights_that_are_none_are_refused_by_name_and_left_alone() {
    let folder = labelled();
    let file = folder.path().join("letter.safetensors");
    fs::write(&file, "Dear net,").expect("it can be written");
    for name in ["letter.safetensors", "nowhere.safetensors"] {
        let flags = ["--weights", name, "--image", "mine/coffee.png"];
        let words = refused(&lesson(folder.path(), &flags), 1);
        let start = format!("error: section image: {name}: ");
        assert!(words.starts_with(&start), "{words}");
    }
    assert_eq!(fs::read(&file).expect("it is there"), b"Dear net,");
    assert!(!folder.path().join("results/image.png").exists());
}

#[test]
fn a_net_is_named_with_a_picture_and_by_its_name() {
    let folder = labelled();
    let flags = ["--model", "cat", "--image", "mine/coffee.png"];
    let words = refused(&lesson(folder.path(), &flags), 2);
    assert_eq!(words, "error: --model cannot be 'cat': one of face\n");
    let words = refused(&lesson(folder.path(), &["image", "--model", "face"]), 2);
    assert!(words.ends_with("give one with --image FILE\n"), "{words}");
    let flags = ["--model", "face", "--image", "mine/coffee.png"];
    let words = said(&lesson(folder.path(), &flags));
    assert!(words.contains("On a photo of 256×256: no face."), "{words}");
}
