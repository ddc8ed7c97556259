//! A digit on a sheet comes back as MNIST's own, whatever the sheet looks like.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use datasets::Images;
use image::{DynamicImage, GrayAlphaImage, GrayImage, ImageFormat, Luma, LumaA, RgbImage};
use ndarray::{Array2, Array3, ArrayView2, Axis, s};
use pictures::digit::{from_bytes, from_pixels, read};

/// Digit `index`, each of its pixels drawn as 5×5, off the centre of a sheet of 400×300:
/// `paper` where nothing is drawn, `ink` where most is. `[300, 400, 3]`
fn sheet(digits: &Images, index: usize, paper: f32, ink: f32) -> Array3<u8> {
    let digit = digits.pixels.index_axis(Axis(0), index);
    let (top, left) = (20 + index % 100, 30 + 2 * (index % 100));
    Array3::from_shape_fn((300, 400, 3), |(y, x, _)| {
        let place = [y.wrapping_sub(top) / 5, x.wrapping_sub(left) / 5];
        let value = f32::from(digit.get(place).copied().unwrap_or(0)) / 255.0;
        (paper + (ink - paper) * value).round() as u8
    })
}

/// The mean distance of two pictures' pixels, of 1.
fn distance(one: &Array2<u8>, other: ArrayView2<'_, u8>) -> f32 {
    let sum: u32 = one
        .iter()
        .zip(&other)
        .map(|(a, b)| u32::from(a.abs_diff(*b)))
        .sum();
    sum as f32 / (255.0 * one.len() as f32)
}

/// The distance to the other picture moved by at most a pixel, whichever way is nearest: what
/// changes the centre of mass a little can move a whole digit by one.
fn shifted_distance(one: &Array2<u8>, other: &Array2<u8>) -> f32 {
    let moved = |dy: usize, dx: usize| {
        Array2::from_shape_fn(other.dim(), |(y, x)| {
            let from = [(y + dy).wrapping_sub(1), (x + dx).wrapping_sub(1)];
            other.get(from).copied().unwrap_or(0)
        })
    };
    let shifts = (0..9).map(|i| distance(one, moved(i / 3, i % 3).view()));
    shifts.fold(f32::MAX, f32::min)
}

#[test]
fn enlarged_digits_come_back_nearly_as_they_were() {
    let digits = datasets::mnist10k().unwrap();
    let ways = [
        ("dark on light", 255.0, 0.0),
        ("light on dark", 0.0, 255.0),
        ("pencil", 210.0, 110.0),
    ];
    for (name, paper, ink) in ways {
        let mut distances: Vec<f32> = (0..100)
            .map(|index| {
                let steps = from_pixels(&sheet(&digits, index, paper, ink), "f").unwrap();
                assert_eq!(steps.light_on_dark, ink > paper);
                assert_eq!(steps.scaled.dim().0.max(steps.scaled.dim().1), 20);
                distance(&steps.centred, digits.pixels.index_axis(Axis(0), index))
            })
            .collect();
        distances.sort_by(f32::total_cmp);
        let (mean, worst) = (distances.iter().sum::<f32>() / 100.0, distances[99]);
        println!(
            "{name}: mean distance {mean:.4}, median {:.4}, worst {worst:.4}",
            distances[50]
        );
        // A digit fills 0.13 of its picture with ink; one that lies a pixel off is 0.09 away.
        assert!(mean < 0.01 && worst < 0.12, "{name}: {mean}, {worst}");
    }
}

#[test]
fn an_inverted_sheet_gives_the_same_digit() {
    let digits = datasets::mnist10k().unwrap();
    for index in 0..50 {
        let dark = sheet(&digits, index, 230.0, 20.0);
        let light = dark.mapv(|value| 255 - value);
        let (dark, light) = (
            from_pixels(&dark, "f").unwrap(),
            from_pixels(&light, "f").unwrap(),
        );
        assert!(!dark.light_on_dark && light.light_on_dark);
        assert_eq!(dark.ink, light.ink);
        assert_eq!(dark.centred, light.centred);
    }
}

/// Numbers from -1 to 1 that look random and are always the same.
fn noise(y: usize, x: usize) -> f32 {
    let mixed = (y as u32).wrapping_mul(0x9e37_79b1) ^ (x as u32).wrapping_mul(0x85eb_ca6b);
    let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2c1b_3c6d);
    (mixed >> 8) as f32 / (1 << 23) as f32 - 1.0
}

#[test]
fn shadow_texture_squared_paper_and_specks_do_not_stay() {
    let digits = datasets::mnist10k().unwrap();
    for index in 0..40 {
        let clean = sheet(&digits, index, 220.0, 40.0);
        let mut photo = clean.clone();
        for ((y, x, _), value) in photo.indexed_iter_mut() {
            let grid = if y % 40 < 2 || x % 40 < 2 { 0.88 } else { 1.0 };
            let shadow = if x + y < 260 { 0.65 } else { 1.0 };
            let light = (0.75 + 0.25 * x as f32 / 400.0) * grid * shadow;
            *value = (f32::from(*value) * light + 8.0 * noise(y, x)).clamp(0.0, 255.0) as u8;
        }
        photo.slice_mut(s![5..8, 380..384, ..]).fill(0); // a speck far from the digit
        let steps = from_pixels(&photo, "f").unwrap();
        let (top, left) = (20 + index % 100, 30 + 2 * (index % 100));
        let outside = steps.ink.indexed_iter().filter(|&((y, x), value)| {
            let near = (top..top + 140).contains(&y) && (left..left + 140).contains(&x);
            !near && *value > 0
        });
        assert_eq!(
            outside.count(),
            0,
            "digit {index}: nothing but the digit is left"
        );
        let far = shifted_distance(&steps.centred, &from_pixels(&clean, "f").unwrap().centred);
        assert!(far < 0.04, "digit {index}: {far}");
    }
}

#[test]
fn mnists_own_pictures_stay_what_they_are() {
    let digits = datasets::mnist10k().unwrap();
    let far: f32 = (0..100)
        .map(|index| {
            let digit = digits.pixels.index_axis(Axis(0), index);
            let picture = digit
                .insert_axis(Axis(2))
                .broadcast((28, 28, 3))
                .unwrap()
                .to_owned();
            distance(&from_pixels(&picture, "f").unwrap().centred, digit)
        })
        .sum();
    assert!(far / 100.0 < 0.01, "{far}");
}

#[test]
fn every_step_is_a_picture_of_the_size_it_should_have() {
    let digits = datasets::mnist10k().unwrap();
    let steps = from_pixels(&sheet(&digits, 7, 240.0, 30.0), "f").unwrap();
    assert_eq!(
        (steps.grey.dim(), steps.ink.dim()),
        ((300, 400), (300, 400))
    );
    let (h, w) = steps.cropped.dim();
    assert_eq!(h.max(w), 100, "20 pixels of the original, enlarged 5×");
    assert_eq!(steps.centred.dim(), (28, 28));
    let mass: f32 = steps.centred.iter().map(|&value| f32::from(value)).sum();
    for axis in 0..2 {
        let place = |at: (usize, usize)| if axis == 0 { at.0 } else { at.1 } as f32;
        let moments = steps.centred.indexed_iter();
        let moment: f32 = moments
            .map(|(at, &value)| place(at) * f32::from(value))
            .sum();
        assert!(
            (moment / mass - 14.0).abs() <= 0.5,
            "axis {axis}: {}",
            moment / mass
        );
    }
}

fn encode(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A vertical stroke on a sheet of 120×90 pixels.
fn one(paper: u8, ink: u8) -> GrayImage {
    let inked = |x, y| (60..68).contains(&x) && (20..70).contains(&y);
    GrayImage::from_fn(120, 90, |x, y| {
        Luma([if inked(x, y) { ink } else { paper }])
    })
}

#[test]
fn grey_colour_transparent_and_compressed_files_give_the_same_digit() {
    let grey = from_bytes(&encode(one(255, 0), ImageFormat::Png), "f").unwrap();
    let colour = DynamicImage::from(one(255, 0)).to_rgb8();
    let on_nothing = GrayAlphaImage::from_fn(120, 90, |x, y| {
        LumaA([0, 255 - one(255, 0).get_pixel(x, y).0[0]]) // black ink, nothing around it
    });
    let sixteen = DynamicImage::from(one(255, 0)).to_luma16();
    for (name, bytes) in [
        ("colour", encode(colour.clone(), ImageFormat::Png)),
        ("transparent", encode(on_nothing, ImageFormat::Png)),
        ("16 bits", encode(sixteen, ImageFormat::Png)),
        ("jpeg", encode(colour, ImageFormat::Jpeg)),
    ] {
        let steps = from_bytes(&bytes, "f").unwrap();
        let far = distance(&steps.centred, grey.centred.view());
        let bound = if name == "jpeg" { 0.005 } else { 0.0 };
        assert!(far <= bound, "{name}: {far}");
    }
}

fn says(bytes: &[u8]) -> String {
    from_bytes(bytes, "f").unwrap_err().to_string()
}

#[test]
fn a_picture_without_a_digit_says_so_in_plain_words() {
    let blank = "f, picture of a digit: expected a digit that differs clearly from its paper; take \
                 the photo in more light, found a blank picture, without ink";
    for level in [0, 128, 255] {
        assert_eq!(says(&encode(one(level, level), ImageFormat::Png)), blank);
    }
    let paper = GrayImage::from_fn(200, 100, |x, y| {
        Luma([(200.0 + 10.0 * noise(y as usize, x as usize)) as u8])
    });
    assert_eq!(says(&encode(paper, ImageFormat::Png)), blank);

    let mut dot = GrayImage::from_pixel(90, 90, Luma([255]));
    for at in 0..4 {
        dot.put_pixel(40 + at % 2, 40 + at / 2, Luma([0]));
    }
    let fault = says(&encode(dot, ImageFormat::Png));
    assert!(
        fault.contains("expected a digit at least 8 pixels high; crop closer to it"),
        "{fault}"
    );
    let fault = says(&encode(RgbImage::new(7, 300), ImageFormat::Png));
    assert!(
        fault.ends_with("expected a picture of at least 8×8 pixels, found 7×300"),
        "{fault}"
    );
}

#[test]
fn what_is_no_sound_picture_is_named_as_in_the_other_readers() {
    let png = encode(one(255, 0), ImageFormat::Png);
    for length in 0..png.len() {
        assert!(
            says(&png[..length]).starts_with("f, byte "),
            "cut at {length}"
        );
    }
    assert_eq!(
        says(b"hello"),
        "f, byte 0: expected a PNG or JPEG picture, found another format"
    );
    let mut damaged = png.clone();
    damaged[60] ^= 1;
    let fault = says(&damaged);
    assert!(
        fault.starts_with("f, picture of a digit: expected a sound PNG or JPEG"),
        "{fault}"
    );
    let fault = read(Path::new("/no/such/digit.png"))
        .unwrap_err()
        .to_string();
    assert!(
        fault.ends_with("expected a file, found none; check the path"),
        "{fault}"
    );
    let dir = tempfile::tempdir().unwrap();
    assert!(read(dir.path()).is_err(), "a folder is no picture");
    let file = dir.path().join("one.png");
    fs::write(&file, png).unwrap();
    assert_eq!(read(&file).unwrap().scaled.dim(), (20, 3));
}
