//! The photos that come with the course: all there, and used only if they are the pinned ones.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

use datasets::store;
use pictures::{PHOTOS, photo};

#[test]
fn every_photo_has_256_by_256_pixels_and_its_colours() {
    for name in PHOTOS {
        let pixels = photo(name).unwrap(); // [256, 256, 3]
        assert_eq!(pixels.dim(), (256, 256, 3), "{name}");
        let rows = pixels.rows();
        let is_grey = rows
            .into_iter()
            .all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
        assert_eq!(is_grey, name == "camera", "{name}");
    }
    // The cat's nose is orange: more red than green, more green than blue.
    let cat = photo("chelsea").unwrap();
    let nose = [0, 1, 2].map(|c| cat[[205, 160, c]]);
    assert!(nose[0] > nose[1] + 40 && nose[1] >= nose[2], "{nose:?}");
}

#[test]
fn the_names_are_those_of_the_pinned_files() {
    let pinned = store::checksums().unwrap().into_keys();
    let photos = pinned.filter_map(|name| {
        let name = name.strip_prefix("photos/")?;
        name.strip_suffix(".png").map(str::to_owned)
    });
    assert_eq!(photos.collect::<Vec<String>>(), PHOTOS);
}

#[test]
fn another_name_lists_the_photos() {
    for name in ["lena", "../photos/camera", ""] {
        let expected = format!(
            "data/photos, name of a photo: expected one of astronaut, camera, chelsea, coffee, \
             found `{name}`"
        );
        assert_eq!(photo(name).unwrap_err().to_string(), expected);
    }
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
