//! Pictures from files: colours, sizes, and every way in which they can be broken.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use pictures::{decode, image_folder, picture};

/// A picture of 5×4 pixels in which red tells the column, green the row.
fn ramp() -> RgbImage {
    RgbImage::from_fn(5, 4, |x, y| Rgb([40 * x as u8, 60 * y as u8, 7]))
}

fn encode(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[test]
fn a_png_comes_back_pixel_by_pixel_with_rows_first() {
    let pixels = decode(&encode(ramp(), ImageFormat::Png), "f").unwrap(); // [4, 5, 3]
    assert_eq!(pixels.dim(), (4, 5, 3));
    assert_eq!(
        [pixels[[3, 1, 0]], pixels[[3, 1, 1]], pixels[[3, 1, 2]]],
        [40, 180, 7]
    );
}

#[test]
fn a_jpeg_comes_back_nearly() {
    let flat = RgbImage::from_pixel(16, 16, Rgb([200, 100, 50]));
    let pixels = decode(&encode(flat, ImageFormat::Jpeg), "f").unwrap();
    for (c, expected) in [200_i32, 100, 50].into_iter().enumerate() {
        assert!((i32::from(pixels[[8, 8, c]]) - expected).abs() <= 3);
    }
}

#[test]
fn a_photo_taken_sideways_is_turned_the_right_way_up() {
    // Left half red, right half blue; the camera notes "turn by 90° clockwise" (6).
    let halves = RgbImage::from_fn(32, 16, |x, _| {
        if x < 16 {
            Rgb([255, 0, 0])
        } else {
            Rgb([0, 0, 255])
        }
    });
    let plain = encode(halves, ImageFormat::Jpeg);
    // Exif in a JPEG: marker, length 34, "Exif", then TIFF with the one entry 0x0112.
    let mut exif = vec![0xff, 0xe1, 0, 34];
    exif.extend(b"Exif\0\0MM\0\x2a\0\0\0\x08");
    exif.extend([0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);
    let turned = [&plain[..2], &exif, &plain[2..]].concat();
    assert_eq!(decode(&plain, "f").unwrap().dim(), (16, 32, 3));
    let pixels = decode(&turned, "f").unwrap(); // [32, 16, 3]
    assert_eq!(pixels.dim(), (32, 16, 3));
    assert!(
        pixels[[4, 8, 0]] > 200 && pixels[[28, 8, 2]] > 200,
        "red on top, blue below"
    );
}

#[test]
fn what_is_transparent_is_shown_on_white() {
    let half = RgbaImage::from_pixel(1, 1, Rgba([0, 100, 255, 51])); // a fifth opaque
    let pixels = decode(&encode(half, ImageFormat::Png), "f").unwrap();
    assert_eq!(pixels.iter().copied().collect::<Vec<u8>>(), [204, 224, 255]);
}

#[test]
fn a_cut_or_a_byte_too_many_is_an_error_in_both_formats() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg] {
        let bytes = encode(ramp(), format);
        for length in 0..bytes.len() {
            let fault = decode(&bytes[..length], "f").expect_err(&format!("cut at {length}"));
            assert!(fault.to_string().starts_with("f, byte "), "{fault}");
        }
        let longer = [bytes, vec![0]].concat();
        assert!(decode(&longer, "f").is_err());
    }
}

#[test]
fn a_flipped_byte_in_a_png_is_an_error_or_changes_no_pixel() {
    let bytes = encode(ramp(), ImageFormat::Png);
    let pixels = decode(&bytes, "f").unwrap();
    for place in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[place] ^= 0x10;
        if let Ok(read) = decode(&flipped, "f") {
            assert_eq!(read, pixels, "byte {place}");
        }
    }
}

#[test]
fn a_picture_that_claims_to_be_huge_is_refused_before_memory_is_taken() {
    let mut bytes = encode(ramp(), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&60_000_u32.to_be_bytes()); // the width in the header
    let end = bytes[12..29].iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    });
    bytes[29..33].copy_from_slice(&(!end).to_be_bytes()); // and its check sum made to fit
    let fault = decode(&bytes, "f").unwrap_err().to_string();
    assert_eq!(
        fault,
        "f, picture: expected a sound picture of at most 16384×16384 pixels, found Image size \
         exceeds limit"
    );
}

#[test]
fn other_files_are_no_pictures() {
    assert_eq!(
        decode(b"GIF89a", "f").unwrap_err().to_string(),
        "f, byte 0: expected a PNG or JPEG picture, found another format"
    );
    let fault = picture(Path::new("/no/such/photo.png"))
        .unwrap_err()
        .to_string();
    assert!(
        fault.starts_with("/no/such/photo.png: expected a file, found none"),
        "{fault}"
    );
}

/// A folder with `cat/` and `dog/` of two ramps each, and a hidden file.
fn pets() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for name in ["dog/2.png", "dog/1.png", "cat/a.png", "cat/b.png"] {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, encode(ramp(), ImageFormat::Png)).unwrap();
    }
    fs::write(dir.path().join(".DS_Store"), b"").unwrap();
    dir
}

#[test]
fn a_folder_is_read_in_alphabetical_order() {
    let dir = pets();
    let pets = image_folder(dir.path()).unwrap();
    assert_eq!(pets.classes, ["cat", "dog"]);
    assert_eq!(pets.labels, [0, 0, 1, 1]);
    assert_eq!(pets.pixels.dim(), (4, 4, 5, 3));
    assert!(pets.files[2].ends_with("dog/1.png"));
    assert_eq!(pets.to_f32().dim(), (4, 60));
    let grey = pets.to_grey();
    assert_eq!((grey.height(), grey.width(), grey.max), (4, 5, 255));
    // 0.299 · 40 + 0.587 · 180 + 0.114 · 7 = 118.4
    assert_eq!(grey.pixels[[0, 3, 1]], 118);
}

#[test]
fn what_does_not_fit_in_a_folder_is_named() {
    let says = |change: &dyn Fn(&Path)| {
        let dir = pets();
        change(dir.path());
        image_folder(dir.path()).unwrap_err().to_string()
    };
    let fault = says(&|dir| {
        fs::write(
            dir.join("dog/3.png"),
            encode(RgbImage::new(2, 9), ImageFormat::Png),
        )
        .unwrap()
    });
    assert!(fault.contains("dog/3.png"), "{fault}");
    assert!(
        fault.ends_with("expected 5×4 pixels like the first picture, found 2×9"),
        "{fault}"
    );
    let fault = says(&|dir| fs::write(dir.join("cat/notes.txt"), "x").unwrap());
    assert!(
        fault.contains("notes.txt, byte 0: expected a PNG or JPEG picture"),
        "{fault}"
    );
    let fault = says(&|dir| fs::create_dir(dir.join("eel")).unwrap());
    assert!(
        fault.ends_with("expected pictures of the class, found an empty folder"),
        "{fault}"
    );
    let fault = says(&|dir| fs::write(dir.join("stray.png"), "x").unwrap());
    assert!(fault.contains("stray.png"), "{fault}");
    let empty = tempfile::tempdir().unwrap();
    let fault = image_folder(empty.path()).unwrap_err().to_string();
    assert!(
        fault.ends_with("expected a sub-folder for each class, found none"),
        "{fault}"
    );
}
