//! What is said of a folder, and folders on disk.

use std::fs;

use ch07_yolo::boxes::BBox;
use ch07_yolo::files::{Listing, planted, read};

use super::{folder, png, xml};

#[test]
fn the_planted_folder_has_what_its_comments_say() {
    let listing = planted::folder().expect("the photos come with the course");
    let folder = read(&listing, [256, 256]).expect("something is left");
    let report = folder.report;
    assert_eq!((report.pictures, report.boxes()), (3, 7));
    let words = report.to_string();
    for line in [
        "can be used: 3 pictures, 7 boxes (cup 1, spoon 1, eye 2, nose 1, face 1, helmet 1, hand 0)",
        "boxes without width or height, left out: 1 (coffee.xml box 3)",
        "boxes of an unknown class, left out: 1 (coffee.xml box 4)",
        "boxes in pixels instead of shares, left out: 1 (chelsea.txt line 5)",
        "classes without a box: 1 (hand)",
    ] {
        assert!(
            words.lines().any(|said| said == line),
            "no `{line}` in:\n{words}"
        );
    }
}

#[test]
fn a_report_names_three_places_and_counts_the_rest() {
    let bad = ("cat", ["5", "5", "5", "5"]);
    let labels = xml(&[("cat", ["1", "1", "9", "9"]), bad, bad, bad, bad, bad]);
    let read = read(&folder(&[("a.png", ""), ("a.xml", &labels)]), [100, 50]);
    let words = read.expect("a box is left").report.to_string();
    let line = "boxes without width or height, left out: 5 (a.xml box 2, a.xml box 3, a.xml box 4, …)";
    assert_eq!(words.lines().nth(1), Some(line));
}

#[test]
fn nothing_left_is_an_error_that_says_what_to_do() {
    let fault = |files: &[(&str, &str)]| {
        let fault = read(&folder(files), [100, 50]).expect_err("nothing is left");
        let words = fault.to_string();
        assert_eq!(words.lines().count(), 1, "{words}");
        words
    };
    let words = fault(&[]);
    assert!(
        words.starts_with("f: expected pictures, PNG or JPEG, with label files"),
        "{words}"
    );
    assert!(
        words.contains("found 0 pictures and no box that can be used; mend"),
        "{words}"
    );
    let words = fault(&[
        ("a.png", ""),
        ("a.xml", &xml(&[("cat", ["9", "9", "9", "9"])])),
    ]);
    let most = "most often boxes without width or height, left out: 1 (a.xml box 1)";
    assert!(
        words.contains(most) && words.ends_with("with --check"),
        "{words}"
    );
}

#[test]
fn a_folder_on_disk_reads_as_one_in_memory() {
    let dir = tempfile::tempdir().expect("a temporary folder can be made");
    let write = |path: &str, bytes: &[u8]| {
        let file = dir.path().join(path);
        fs::create_dir_all(file.parent().expect("it lies in a folder"))
            .expect("it can be made");
        fs::write(file, bytes).expect("it can be written");
    };
    write("images/a.PNG", &png(100, 50));
    write("labels/a.txt", b"0 0.5 0.5 0.5 0.5\n");
    write(".hidden/b.png", b"");
    let listing = Listing::of_folder(dir.path()).expect("it is there");
    assert_eq!(
        listing.paths().collect::<Vec<_>>(),
        ["images/a.PNG", "labels/a.txt"]
    );
    let folder = read(&listing, [50, 51]).expect("a box is left");
    assert_eq!(
        folder.set.examples[0].objects[0].bbox,
        BBox::new(12.5, 19.25, 37.5, 31.75)
    );
    let missing =
        Listing::of_folder(&dir.path().join("nowhere")).expect_err("it is not");
    assert!(
        missing
            .to_string()
            .ends_with("expected a folder, found none; check the path")
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_in_circles_is_not_followed() {
    let dir = tempfile::tempdir().expect("a temporary folder can be made");
    std::os::unix::fs::symlink(dir.path(), dir.path().join("again")).expect("a link");
    let listing = Listing::of_folder(dir.path()).expect("it is there");
    assert_eq!(listing.paths().count(), 0);
}
