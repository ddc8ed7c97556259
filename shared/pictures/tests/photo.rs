//! The photos that come with the course: all there, and used only if they are the pinned ones.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

use datasets::store;
use pictures::{PHOTOS, WHOLE_PHOTOS, photo, photo_whole};

/// The photos without colours.
const GREY: [&str; 6] = ["brick", "camera", "cell", "coins", "gravel", "horse"];

#[test]
fn every_photo_has_256_by_256_pixels_and_its_colours() {
    for name in PHOTOS {
        let pixels = photo(name).unwrap(); // [256, 256, 3]
        assert_eq!(pixels.dim(), (256, 256, 3), "{name}");
        let rows = pixels.rows();
        let is_grey = rows
            .into_iter()
            .all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
        assert_eq!(is_grey, GREY.contains(&name), "{name}");
    }
    // The cat's nose is orange: more red than green, more green than blue.
    let cat = photo("chelsea").unwrap();
    let nose = [0, 1, 2].map(|c| cat[[205, 160, c]]);
    assert!(nose[0] > nose[1] + 40 && nose[1] >= nose[2], "{nose:?}");
}

#[test]
fn a_whole_photo_is_the_cut_one_before_it_was_made_smaller() {
    let whole = photo_whole("astronaut").unwrap(); // [512, 512, 3]
    assert_eq!(whole.dim(), (512, 512, 3));
    let small = photo("astronaut").unwrap(); // [256, 256, 3]
    for ((y, x, c), &pixel) in small.indexed_iter() {
        let four = [(0, 0), (0, 1), (1, 0), (1, 1)];
        let sum = four
            .map(|(down, right)| u32::from(whole[[2 * y + down, 2 * x + right, c]]))
            .iter()
            .sum::<u32>();
        assert_eq!(u32::from(pixel), (sum + 2) / 4, "at {y}, {x}, {c}");
    }
}

#[test]
fn the_names_are_those_of_the_pinned_files() {
    let pinned = store::checksums().unwrap().into_keys();
    let photos = pinned.filter_map(|name| {
        let name = name.strip_prefix("photos/")?;
        name.strip_suffix(".png").map(str::to_owned)
    });
    let whole = |name: &String| name.ends_with("_512");
    let (whole, cut): (Vec<String>, Vec<String>) = photos.partition(whole);
    assert_eq!(cut, PHOTOS);
    assert_eq!(whole, WHOLE_PHOTOS.map(|name| format!("{name}_512")));
}

#[test]
fn another_name_lists_the_photos() {
    for name in ["lena", "../photos/camera", ""] {
        let expected = format!(
            "data/photos, name of a photo: expected one of astronaut, brick, camera, cell, \
             chelsea, china, coffee, coins, flower, grace_hopper, gravel, horse, ihc, retina, \
             rocket, found `{name}`"
        );
        assert_eq!(photo(name).unwrap_err().to_string(), expected);
    }
    let expected = "data/photos, name of a photo: expected one of astronaut, found `coffee`";
    assert_eq!(photo_whole("coffee").unwrap_err().to_string(), expected);
}

#[test]
#[ignore = "run by the other tests, in a process of its own with another data folder"]
fn helper_prints_what_camera_says() {
    match photo("camera") {
        Ok(pixels) => println!("camera has {:?}", pixels.dim()),
        Err(fault) => println!("fault: {fault}"),
    }
}

/// What a process prints that loads a photo from another data folder.
fn load_camera(data: &Path) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "--ignored",
            "--nocapture",
            "helper_prints_what_camera_says",
        ])
        .env("COURSE_BUNDLED_DATA", data)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_flipped_byte_or_a_lost_photo_is_named_with_its_remedy() {
    let data = store::workspace_dir().join("data");
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("photos")).unwrap();
    for name in ["checksums.toml", "photos/camera.png"] {
        fs::copy(data.join(name), dir.path().join(name)).unwrap();
    }
    assert!(load_camera(dir.path()).contains("camera has (256, 256, 3)"));

    let file = dir.path().join("photos/camera.png");
    let mut bytes = fs::read(&file).unwrap();
    bytes[5000] ^= 1;
    fs::write(&file, bytes).unwrap();
    let said = load_camera(dir.path());
    assert!(
        said.contains("photos/camera.png: expected sha256 10c37a22"),
        "{said}"
    );
    assert!(
        said.contains("`git checkout -- data/photos/camera.png`"),
        "{said}"
    );

    fs::remove_file(&file).unwrap();
    assert!(load_camera(dir.path()).contains("camera.png: expected a file, found none"));
}
