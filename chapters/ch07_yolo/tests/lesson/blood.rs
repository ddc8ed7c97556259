//! The photos of BCCD, where they are at hand.

use std::fs;
use std::process::Command;

use ch07_yolo::blood::{Blood, CLASSES, SIZE};
use ch07_yolo::files::Problem;
use datasets::{Manifest, archive, store};

/// The archive's file name.
const FILE: &str = "BCCD_Dataset-d272fb14cdff6e473fafeeeba32aba5f560e9e43.tar.gz";

#[test]
fn the_photos_of_the_mirror_have_the_counts_that_the_book_says() {
    let name = format!("bccd/{FILE}");
    let mirror = datasets::mirror_dir().map(|mirror| mirror.join(&name));
    let Some(file) = mirror.filter(|file| file.is_file()) else {
        println!("skipped: COURSE_DATA_MIRROR names no folder with {name}");
        return;
    };
    let packed = fs::read(file).expect("the mirror can be read");
    let manifest = Manifest::load().expect("it comes with the course");
    let variant = manifest
        .set("bccd")
        .expect("it is there")
        .variant(None)
        .expect("one");
    let pinned = variant.file(FILE).expect("it is there");
    assert_eq!(
        (pinned.bytes, &pinned.sha256),
        (packed.len() as u64, &store::sha256(&packed))
    );

    let tar = archive::unpack(&packed, FILE).expect("it is whole");
    let root = FILE.replace(".tar.gz", "/BCCD");
    let blood = Blood::from_archive(&tar, FILE, &root).expect("it is BCCD");
    let report = &blood.report;
    assert_eq!(report.pictures, 364);
    // 4,155 red cells are in the files; two of their boxes are a point.
    let counts = CLASSES.map(str::to_owned).into_iter().zip([361, 4153, 372]);
    assert_eq!(report.classes, counts.collect::<Vec<_>>());
    assert_eq!(report.problems().collect::<Vec<_>>(), [Problem::NoSize]);
    let places = report.places(Problem::NoSize);
    assert_eq!(report.count(Problem::NoSize), 2);
    assert!(
        places[0].starts_with("Annotations/BloodImage_00338.xml box "),
        "{places:?}"
    );
    assert!(
        places[1].starts_with("Annotations/BloodImage_00343.xml box "),
        "{places:?}"
    );

    parts(&blood);
}

/// What belongs to which part, and that all boxes lie on their photos.
fn parts(blood: &Blood) {
    let sizes = [&blood.train, &blood.val, &blood.test, &blood.trainval()].map(|set| {
        let boxes: usize = set
            .examples
            .iter()
            .map(|example| example.objects.len())
            .sum();
        (set.examples.len(), boxes)
    });
    // Counted with Python's ElementTree, the two points taken off.
    assert_eq!(sizes[2], (72, 945));
    assert_eq!(sizes[3], (292, 3941));
    assert_eq!((sizes[0].0, sizes[1].0), (205, 87));
    assert_eq!(sizes[0].1 + sizes[1].1, 3941);
    let sets = [&blood.train, &blood.val, &blood.test];
    let mut names: Vec<&str> = sets
        .iter()
        .flat_map(|s| &s.examples)
        .map(|e| &*e.name)
        .collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 364, "no photo is in two parts");

    for example in &blood.test.examples {
        assert_eq!(example.size(), SIZE);
        let inside =
            |b: ch07_yolo::boxes::BBox| b == b.clipped(SIZE.map(|side| side as f32));
        assert!(example.objects.iter().all(|object| inside(object.bbox)));
    }
}

#[test]
fn without_the_photos_a_full_run_ends_at_once_with_the_command_that_gets_them() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let ended = Command::new(env!("CARGO_BIN_EXE_ch07_yolo"))
        .args(["blood", "--full", "--out", "results"])
        .env("COURSE_DATA", folder.path())
        .current_dir(folder.path())
        .output()
        .expect("the lesson starts");
    let words = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1), "{words}");
    assert!(words.contains("cargo run -- data get bccd"), "{words}");
    assert_eq!(words.lines().count(), 1, "{words}");
    assert!(!folder.path().join("results").exists());
}

#[test]
fn an_archive_without_the_folder_says_what_was_expected() {
    let empty = [0; 1024]; // the end of an archive, and nothing before it
    let fault =
        Blood::from_archive(&empty, "b.tar.gz", "BCCD").expect_err("it is empty");
    assert!(
        fault
            .to_string()
            .starts_with("b.tar.gz, BCCD: expected pictures"),
        "{fault}"
    );
}
