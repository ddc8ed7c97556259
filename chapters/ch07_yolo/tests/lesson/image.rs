//! `--image FILE`, run as a reader runs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, RgbImage};
use ndarray::{Array3, s};
use tempfile::TempDir;

use crate::program::{lesson, said};

/// A folder for files and results.
fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

fn write(folder: &Path, name: &str, content: &[u8]) -> PathBuf {
    let file = folder.join(name);
    fs::write(&file, content).expect("the folder can be written");
    file
}

/// Runs the lesson on this file, results below the folder.
fn look_at(folder: &Path, file: &str) -> Output {
    lesson(folder, &["--image", file])
}

/// The picture that the run painted.
fn painted(folder: &Path) -> Array3<u8> {
    pictures::picture(&folder.join("results/image.png")).expect("the run wrote it")
}

/// A photo as a JPEG.
fn jpeg(photo: &Array3<u8>, turn: fn(&DynamicImage) -> DynamicImage) -> Vec<u8> {
    let (h, w, _) = photo.dim();
    let bytes: Vec<u8> = photo.iter().copied().collect();
    let picture = RgbImage::from_raw(w as u32, h as u32, bytes).expect("all pixels");
    let turned = turn(&DynamicImage::ImageRgb8(picture));
    let mut file = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut file, 95);
    turned.write_with_encoder(encoder).expect("into memory");
    file
}

/// A JPEG with a note of how the camera was held: Exif's entry 0x0112 in a TIFF of one
/// entry.
///
/// Source: CIPA DC-008 (Exif 2.32), section 4.6.4, "Orientation".
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = vec![0xff, 0xe1, 0, 34];
    exif.extend(b"Exif\0\0MM\0\x2a\0\0\0\x08");
    exif.extend([
        0,
        1,
        0x01,
        0x12,
        0,
        3,
        0,
        0,
        0,
        1,
        0,
        orientation,
        0,
        0,
        0,
        0,
        0,
        0,
    ]);
    [&jpeg[..2], &exif, &jpeg[2..]].concat()
}

/// The astronaut, cut so that rows and columns differ: `[512, 400, 3]`.
fn astronaut() -> Array3<u8> {
    let photo = pictures::photo_whole("astronaut").expect("it comes with the course");
    photo.slice(s![.., ..400, ..]).to_owned()
}

#[test]
fn a_photo_taken_sideways_is_turned_before_the_net_sees_it() {
    let folder = folder();
    let lying = jpeg(&astronaut(), DynamicImage::rotate270);
    // Lying on its side, without a note: there is nothing to turn it by.
    write(folder.path(), "lying.jpg", &lying);
    said(&look_at(folder.path(), "lying.jpg"));
    assert_eq!(painted(folder.path()).dim(), (400, 512, 3));
    // The note says: turn by a quarter to the right.
    write(folder.path(), "noted.jpg", &with_orientation(&lying, 6));
    let words = said(&look_at(folder.path(), "noted.jpg"));
    assert!(
        words.contains("On a photo of 400×512: one face."),
        "{words}"
    );
    let picture = painted(folder.path());
    assert_eq!(picture.dim(), (512, 400, 3));
    // The frame's left line is blue in the middle of the face's height.
    let [r, g, b] = ch07_yolo::paint::colour(0);
    let blue = (160..167).any(|x| [0, 1, 2].map(|c| picture[[130, x, c]]) == [r, g, b]);
    assert!(blue, "no frame where the face begins");
}

#[test]
fn a_photo_without_a_face_comes_back_as_it_was() {
    let folder = folder();
    let cup = pictures::photo("coffee").expect("it comes with the course");
    ch07_yolo::paint::write_png(&folder.path().join("cup.png"), &cup)
        .expect("it is there");
    let words = said(&look_at(folder.path(), "cup.png"));
    assert!(words.contains("On a photo of 256×256: no face."), "{words}");
    assert_eq!(painted(folder.path()), cup);
}

#[test]
fn what_is_no_picture_is_refused_in_one_line_that_names_the_file() {
    let folder = folder();
    write(folder.path(), "letter.png", b"Dear net,");
    let whole = jpeg(&astronaut(), DynamicImage::clone);
    write(folder.path(), "cut.jpg", &whole[..whole.len() / 2]);
    for name in ["letter.png", "nowhere.png", "cut.jpg"] {
        let output = look_at(folder.path(), name);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{words}");
        assert_eq!(words.lines().count(), 1, "{words}");
        assert!(
            words.starts_with("error: ") && words.contains(name),
            "{words}"
        );
    }
    assert!(!folder.path().join("results/image.png").exists());
}
