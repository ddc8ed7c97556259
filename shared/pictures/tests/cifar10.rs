//! CIFAR-10 in both of its forms: the official records, and a folder of JPEG files.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use datasets::cifar::{CLASSES, RECORD};
use datasets::manifest::Loader;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use pictures::cifar10::from_archive;
use pictures::{Part, cifar10};
use tar::{Builder, Header};

/// A file in an archive: its name and its bytes.
type Entry = (String, Vec<u8>);

/// A tar archive of these files, in this order.
fn archive(files: &[Entry]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = Header::new_gnu();
        header.set_size(bytes.len() as u64);
        builder
            .append_data(&mut header, name, bytes.as_slice())
            .unwrap();
    }
    builder.into_inner().unwrap()
}

/// Records in which picture `n` has label `(first + n) mod 10`, red `n`, green 1 and blue 2.
fn records(count: usize, first: usize) -> Vec<u8> {
    let one = |n: usize| {
        let mut record = vec![n as u8; RECORD];
        record[0] = ((first + n) % 10) as u8;
        record[1 + 1024..1 + 2048].fill(1);
        record[1 + 2048..].fill(2);
        record
    };
    (0..count).flat_map(one).collect()
}

/// The official files with `count` pictures each.
fn official(count: usize) -> Vec<Entry> {
    let train = (1..=5).map(|i| (format!("data_batch_{i}.bin"), records(count, i)));
    let others = [
        ("test_batch.bin".to_owned(), records(count, 0)),
        ("readme.html".to_owned(), b"<html>".to_vec()),
    ];
    let inside = |(name, bytes)| (format!("cifar-10-batches-bin/{name}"), bytes);
    train.chain(others).map(inside).collect()
}

/// One JPEG of 32×32 pixels and one colour.
fn jpeg(grey: u8) -> Vec<u8> {
    let picture = DynamicImage::from(RgbImage::from_pixel(32, 32, Rgb([grey, grey, grey])));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// A folder with one picture a class for training and one for testing, out of order.
fn folder() -> Vec<Entry> {
    let mut files = Vec::new();
    for (part, shift) in [("test", 100), ("train", 0)] {
        for (i, class) in CLASSES.iter().enumerate().rev() {
            let grey = 10 * i as u8 + shift;
            files.push((format!("cifar10/{part}/{class}/0000.jpg"), jpeg(grey)));
        }
    }
    files
}

fn read(files: &[Entry], loader: Loader, part: Part) -> datasets::Result<pictures::Pictures> {
    from_archive(&archive(files), "c.tar.gz", loader, part, 3)
}

fn says(files: &[Entry], loader: Loader) -> String {
    read(files, loader, Part::Train).unwrap_err().to_string()
}

#[test]
fn the_official_records_become_pictures_batch_after_batch() {
    let mut files = official(3);
    files.reverse(); // the order in the archive does not count
    let train = read(&files, Loader::CifarBinary, Part::Train).unwrap();
    assert_eq!(train.pixels.dim(), (15, 32, 32, 3));
    assert_eq!(train.labels, [1, 2, 3, 2, 3, 4, 3, 4, 5, 4, 5, 6, 5, 6, 7]);
    assert_eq!([0, 1, 2].map(|c| train.pixels[[5, 9, 9, c]]), [2, 1, 2]);
    assert_eq!(train.files[5].to_str(), Some("data_batch_2.bin, picture 2"));
    let test = read(&files, Loader::CifarBinary, Part::Test).unwrap();
    assert_eq!((test.len(), test.labels), (3, vec![0, 1, 2]));
}

#[test]
fn what_is_wrong_with_a_batch_names_archive_file_and_offset() {
    let change = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut files = official(3);
        change(&mut files[1].1);
        says(&files, Loader::CifarBinary)
    };
    let start = "c.tar.gz, data_batch_2.bin, byte ";
    for (fault, expected) in [
        (
            change(&|bytes| bytes.truncate(7000)),
            "6146: expected 3073 bytes a picture",
        ),
        (
            change(&|bytes| bytes.push(0)),
            "9219: expected 3073 bytes a picture",
        ),
        (
            change(&|bytes| bytes.truncate(6146)),
            "6146: expected 3 pictures in the file, found 2",
        ),
        (
            change(&|bytes| bytes.extend(records(1, 0))),
            "9219: expected 3 pictures in the file, found 4",
        ),
        (
            change(&|bytes| bytes[3073] = 10),
            "3073: expected a label of at most 9, found 10",
        ),
        (
            change(&|bytes| bytes.clear()),
            "0: expected 3073 bytes a picture",
        ),
    ] {
        assert!(fault.starts_with(&format!("{start}{expected}")), "{fault}");
    }
    let mut files = official(3);
    files.remove(4);
    let expected = "c.tar.gz, cifar-10-batches-bin: expected data_batch_5.bin, found no such file";
    assert_eq!(says(&files, Loader::CifarBinary), expected);
}

#[test]
fn a_folder_in_an_archive_is_read_as_one_on_disk() {
    let files = folder();
    let train = read(&files, Loader::ImageFolder, Part::Train).unwrap();
    assert_eq!(train.pixels.dim(), (10, 32, 32, 3));
    assert_eq!(
        (train.labels, train.classes),
        ((0..10).collect(), CLASSES.map(str::to_owned).to_vec())
    );
    assert!(train.pixels[[3, 5, 5, 0]].abs_diff(30) <= 2);
    assert!(train.files[3].ends_with("cifar10/train/cat/0000.jpg"));
    let test = read(&files, Loader::ImageFolder, Part::Test).unwrap();
    assert!(test.pixels[[3, 5, 5, 0]].abs_diff(130) <= 2);
}

#[test]
fn what_does_not_fit_in_an_archived_folder_is_named() {
    let change = |change: &dyn Fn(&mut Vec<Entry>)| {
        let mut files = folder();
        change(&mut files);
        says(&files, Loader::ImageFolder)
    };
    let fault = change(&|files| files[15].1.truncate(300));
    assert!(
        fault.starts_with(
            "c.tar.gz/cifar10/train/deer/0000.jpg, byte 300: expected the picture's end mark"
        ),
        "{fault}"
    );
    let fault = change(&|files| files.push(files[15].clone()));
    assert!(
        fault.contains("train/deer/0000.jpg, folder: expected every file once"),
        "{fault}"
    );
    let fault = change(&|files| files.push(("cifar10/train/x.jpg".to_owned(), jpeg(0))));
    assert!(
        fault.contains("expected CLASS/FILE in the folder, found x.jpg"),
        "{fault}"
    );
    let fault = change(&|files| files.retain(|(name, _)| !name.contains("ship")));
    assert!(
        fault.starts_with("c.tar.gz, classes: expected airplane, automobile"),
        "{fault}"
    );
    let fault = change(&|files| files.retain(|(name, _)| name.contains("test")));
    assert!(
        fault.ends_with("expected a sub-folder for each class, found none"),
        "{fault}"
    );
}

#[test]
#[ignore = "run by the other tests, in a process of its own with another download folder"]
fn helper_prints_what_cifar10_says() {
    for part in [Part::Train, Part::Test] {
        let begun = Instant::now();
        match cifar10(part) {
            Ok(set) => {
                let mut counts = [0; 10];
                set.labels.iter().for_each(|&label| counts[label] += 1);
                let seconds = begun.elapsed().as_secs_f32();
                let size = set.pixels.dim();
                println!("{}: {size:?}, {counts:?}, {seconds:.1} s", set.name);
            }
            Err(fault) => println!("fault: {fault}"),
        }
    }
}

/// What a process prints that loads both parts from this download folder.
fn load(downloads: &Path, bundled: Option<&Path>) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "--ignored",
            "--nocapture",
            "helper_prints_what_cifar10_says",
        ])
        .env("COURSE_DATA", downloads);
    if let Some(bundled) = bundled {
        command.env("COURSE_BUNDLED_DATA", bundled);
    }
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn without_a_download_the_command_is_named() {
    let empty = tempfile::tempdir().unwrap();
    let said = load(empty.path(), None);
    let expected = "cifar-10-binary.tar.gz is not here yet; run `cargo run -- data get cifar10`";
    assert!(said.contains(expected), "{said}");
}

/// The course's manifest with another size and digest for the official archive.
fn manifest_for(archive: &[u8]) -> String {
    let own = fs::read_to_string(datasets::workspace_dir().join("data/manifest.toml")).unwrap();
    let official = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd";
    assert!(own.contains(official));
    own.replace(official, &datasets::store::sha256(archive))
}

#[test]
fn an_archive_of_official_size_is_loaded_and_named_by_its_variant() {
    let tar = archive(&official(10_000));
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&tar).unwrap();
    let mut packed = encoder.finish().unwrap();
    drop(tar);

    let (bundled, downloads) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(bundled.path().join("manifest.toml"), manifest_for(&packed)).unwrap();
    let folder = downloads.path().join("cifar10/official");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("cifar-10-binary.tar.gz");
    fs::write(&file, &packed).unwrap();
    let said = load(downloads.path(), Some(bundled.path()));
    assert!(
        said.contains("cifar10 train: (50000, 32, 32, 3), [5000, 5000"),
        "{said}"
    );
    assert!(
        said.contains("cifar10 test: (10000, 32, 32, 3), [1000, 1000"),
        "{said}"
    );

    packed[1000] ^= 1;
    fs::write(&file, &packed).unwrap();
    let said = load(downloads.path(), Some(bundled.path()));
    assert!(
        said.contains("cifar-10-binary.tar.gz: expected sha256"),
        "{said}"
    );
    assert!(
        said.contains("fetch it again with `cargo run -- data get cifar10`"),
        "{said}"
    );
}

#[test]
fn the_jpeg_variant_of_the_mirror_is_loaded_and_named() {
    let name = "cifar10/cifar10-images.tar.gz";
    let mirror = datasets::mirror_dir().map(|mirror| mirror.join(name));
    let Some(file) = mirror.filter(|file| file.is_file()) else {
        println!("skipped: COURSE_DATA_MIRROR names no folder with {name}");
        return;
    };
    let downloads = tempfile::tempdir().unwrap();
    let folder = downloads.path().join("cifar10/jpeg");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(file, folder.join("cifar10-images.tar.gz")).unwrap();
    let said = load(downloads.path(), None);
    let (train, test) = ([5000; 10], [1000; 10]);
    for expected in [
        format!("cifar10 train (jpeg): (50000, 32, 32, 3), {train:?}"),
        format!("cifar10 test (jpeg): (10000, 32, 32, 3), {test:?}"),
    ] {
        assert!(said.contains(&expected), "{said}");
    }
    println!("{said}");
}
