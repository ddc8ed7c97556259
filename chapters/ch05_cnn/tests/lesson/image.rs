//! `--image FILE`, run as a reader runs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ch05_cnn::own::{ask, stand_in};
use ch05_cnn::stored::digit_reader;
use pictures::digit::from_pixels;
use tempfile::TempDir;

/// A folder for files and results.
fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

fn lesson(folder: &Path, flags: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ch05_cnn"))
        .args(flags)
        .args(["--out", "results"])
        .current_dir(folder)
        .output()
        .expect("the lesson starts")
}

fn write(folder: &Path, name: &str, content: &[u8]) -> PathBuf {
    let file = folder.join(name);
    fs::write(&file, content).expect("the folder can be written");
    file
}

/// The exit code, and what the run complained of in its one line.
#[track_caller]
fn complaint(output: &Output) -> (i32, String) {
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(words.lines().count(), 1, "{words}");
    (output.status.code().unwrap_or(-1), words)
}

/// A chunk of a PNG with its check sum.
fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let checked = [&name[..], content].concat();
    let crc = checked.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    });
    let size = (content.len() as u32).to_be_bytes();
    [&size[..], &checked, &(!crc).to_be_bytes()].concat()
}

/// A PNG of a few bytes that claims to be 50,000 pixels wide and as high.
fn bomb() -> Vec<u8> {
    let side = 50_000_u32.to_be_bytes();
    let header = [&side[..], &side, &[8, 2, 0, 0, 0]].concat();
    let parts = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &header),
        chunk(b"IDAT", &[0x78, 0x9c, 0x63, 0, 0, 0, 1, 0, 1]),
        chunk(b"IEND", &[]),
    ];
    parts.concat()
}

#[test]
fn what_is_no_picture_is_refused_in_one_line_that_names_the_file() {
    let folder = folder();
    write(folder.path(), "letter.png", b"Dear net,");
    for name in ["letter.png", "nowhere.png"] {
        let (code, words) = complaint(&lesson(folder.path(), &["--image", name]));
        assert_eq!(code, 1);
        assert!(
            words.starts_with("error: ") && words.contains(name),
            "{words}"
        );
    }
}

#[test]
fn the_flag_goes_with_no_other_section_and_not_into_the_book() {
    let folder = folder();
    for (flags, wanted) in [
        (
            &["--image", "x.png", "--record"][..],
            "error: --record takes the book's picture: leave --image out\n",
        ),
        (
            &["--image", "x.png", "filter"],
            "error: --image runs the section image alone: leave filter out\n",
        ),
    ] {
        let (code, words) = complaint(&lesson(folder.path(), flags));
        assert_eq!((code, words.as_str()), (2, wanted));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_picture_that_claims_gigabytes_is_refused_within_a_hundred_megabytes() {
    let folder = folder();
    let file = write(folder.path(), "bomb.png", &bomb());
    // The limit is on all memory that the process may write to, stacks of threads included.
    let output = Command::new("sh")
        .args([
            "-c",
            "ulimit -d 97656 && exec \"$0\" --image \"$1\" --out results",
        ])
        .arg(env!("CARGO_BIN_EXE_ch05_cnn"))
        .arg(&file)
        .env("RAYON_NUM_THREADS", "2")
        .current_dir(folder.path())
        .output()
        .expect("a shell starts");
    let (code, words) = complaint(&output);
    assert_eq!(code, 1);
    assert!(words.contains("50000×50000"), "{words}");
}

#[test]
fn the_books_picture_is_read_through_all_steps() {
    let photo = stand_in().expect("the digits come with the course");
    let steps = from_pixels(&photo, "the book's picture").expect("a digit is on it");
    assert!(!steps.light_on_dark);
    let net = digit_reader().expect("the weights come with the course");
    let probabilities = ask(&net, &steps);
    assert!((probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    assert!(probabilities[4] > 0.9, "{probabilities:?}");
}
