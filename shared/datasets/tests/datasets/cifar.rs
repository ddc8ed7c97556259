//! CIFAR-10's binary records: planes become pixels, and every cut is named with its place.
#![allow(clippy::unwrap_used)]

use datasets::cifar::{CLASSES, RECORD, SIDE, parse};

/// A record whose red tells the row, green the column, and blue is 7.
fn record(label: u8) -> Vec<u8> {
    let place = |i: usize| (i / SIDE, i % SIDE);
    let red = (0..1024).map(|i| place(i).0 as u8);
    let green = (0..1024).map(|i| place(i).1 as u8);
    let blue = [7; 1024];
    [label]
        .into_iter()
        .chain(red)
        .chain(green)
        .chain(blue)
        .collect()
}

fn says(bytes: &[u8]) -> String {
    parse(bytes, "b.bin").unwrap_err().to_string()
}

#[test]
fn three_planes_become_pixels_of_three_colours() {
    let batch = parse(&[record(3), record(9)].concat(), "b.bin").unwrap();
    assert_eq!(batch.labels, [3, 9]);
    assert_eq!(batch.pixels.dim(), (2, 32, 32, 3));
    let pixel = [0, 1, 2].map(|c| batch.pixels[[1, 20, 31, c]]);
    assert_eq!(pixel, [20, 31, 7]);
}

#[test]
fn a_cut_record_and_left_over_bytes_are_named_with_their_offset() {
    let bytes = [record(0), record(1)].concat();
    for length in 0..bytes.len() {
        if length != RECORD {
            let whole = length / RECORD * RECORD;
            let start = format!("b.bin, byte {whole}: expected 3073 bytes a picture");
            assert!(
                says(&bytes[..length]).starts_with(&start),
                "cut at {length}"
            );
        }
    }
    let longer = [bytes, vec![5; 2]].concat();
    assert!(says(&longer).starts_with("b.bin, byte 6146: "));
    assert!(says(&longer).ends_with("found 2 bytes"));
}

#[test]
fn a_label_without_a_class_is_named_with_its_offset() {
    let bytes = [record(9), record(10)].concat();
    assert_eq!(
        says(&bytes),
        "b.bin, byte 3073: expected a label of at most 9, found 10"
    );
}

#[test]
fn the_classes_are_in_alphabetical_order_as_folders_are() {
    assert!(CLASSES.is_sorted());
}
