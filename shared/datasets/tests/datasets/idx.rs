//! IDX: every header byte in all its values, every cut, random bytes. No panic, no guess.
#![allow(clippy::unwrap_used)]

use datasets::gzip::{self, MAX_UNPACKED};
use datasets::idx::{self, Idx};
use datasets::{At, DataError, Images};
use proptest::prelude::*;

/// Two pictures of 2×3 pixels.
const PICTURES: [u8; 28] = [
    0, 0, 8, 3, // unsigned bytes, three dimensions
    0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, // 2 × 2 × 3
    10, 11, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25,
];
const HEADER: usize = 16;

fn place(fault: &DataError) -> u64 {
    match fault {
        DataError::Format {
            at: At::Byte(offset),
            ..
        } => *offset,
        other => panic!("expected a format error with an offset, got {other}"),
    }
}

#[test]
fn the_whole_file_is_read() {
    let idx = idx::parse(&PICTURES, "f").unwrap();
    assert_eq!(
        idx,
        Idx {
            dims: vec![2, 2, 3],
            values: PICTURES[HEADER..].to_vec()
        }
    );
}

#[test]
fn each_header_byte_has_one_right_value_and_255_errors() {
    for offset in 0..HEADER {
        for value in 0..=255 {
            let mut bytes = PICTURES;
            bytes[offset] = value;
            let read = idx::parse(&bytes, "f");
            if value == PICTURES[offset] {
                assert!(read.is_ok());
                continue;
            }
            let fault = read.expect_err(&format!("byte {offset} = {value}"));
            let text = fault.to_string();
            assert!(
                text.starts_with("f, byte ") && !text.contains('\n'),
                "{text}"
            );
            // A wrong magic number is named where it stands; a wrong size shows at the latest
            // where the values end.
            match offset {
                0..=2 => assert_eq!(place(&fault), offset as u64),
                _ => assert!(place(&fault) <= PICTURES.len() as u64, "{text}"),
            }
        }
    }
}

#[test]
fn a_cut_anywhere_is_an_error_at_the_cut() {
    for length in 0..PICTURES.len() {
        let fault = idx::parse(&PICTURES[..length], "f").unwrap_err();
        assert_eq!(place(&fault), length as u64, "{fault}");
    }
}

#[test]
fn bytes_left_over_are_an_error_where_the_file_should_end() {
    let mut bytes = PICTURES.to_vec();
    bytes.push(0);
    let fault = idx::parse(&bytes, "f").unwrap_err().to_string();
    assert_eq!(
        fault,
        "f, byte 28: expected 2×2×3 values and then the end of the file, found 13 values"
    );
}

#[test]
fn sizes_beyond_any_memory_are_compared_not_allocated() {
    let mut bytes = [255; 4 + 16 + 5]; // four dimensions of 4,294,967,295
    bytes[..4].copy_from_slice(&[0, 0, 8, 4]);
    let fault = idx::parse(&bytes, "f").unwrap_err().to_string();
    assert!(fault.contains("found 5 values"), "{fault}");
}

#[test]
fn pictures_and_labels_must_fit_each_other() {
    let pictures = || idx::parse(&PICTURES, "p").unwrap();
    let labels = |values: &[u8]| Idx {
        dims: vec![values.len()],
        values: values.to_vec(),
    };
    let join = |labels: Idx, max: u8| {
        Images::from_idx("set", [pictures(), labels], ["p", "l"], max, &["a", "b"])
    };
    assert_eq!(join(labels(&[0, 1]), 25).unwrap().pixels.dim(), (2, 2, 3));
    let says = |labels: Idx, max: u8| join(labels, max).unwrap_err().to_string();
    assert_eq!(
        says(labels(&[0]), 25),
        "l, byte 4: expected 2 labels, one a picture, found 1"
    );
    assert_eq!(
        says(labels(&[0, 2]), 25),
        "l, byte 9: expected a label of at most 1, found 2"
    );
    assert_eq!(
        says(labels(&[0, 1]), 24),
        "p, byte 27: expected a pixel of at most 24, found 25"
    );
    assert_eq!(
        says(pictures(), 25),
        "l, byte 3: expected 1 dimension (count), found 3 dimensions"
    );
}

#[test]
fn the_committed_digits_bear_no_changed_header_byte_and_no_cut() {
    for name in [
        "digits8/digits8-images-idx3-ubyte.gz",
        "digits8/digits8-labels-idx1-ubyte.gz",
    ] {
        let packed = datasets::store::committed(name).unwrap();
        let whole = gzip::unpack(&packed, name, MAX_UNPACKED).unwrap();
        let header = idx::parse(&whole, name).unwrap().header_len();
        for offset in 0..header {
            for mask in 1..=255 {
                let mut bytes = whole.clone();
                bytes[offset] ^= mask;
                let fault = idx::parse(&bytes, name).unwrap_err();
                assert!(fault.to_string().starts_with(&format!("{name}, byte ")));
            }
        }
        for length in (0..whole.len()).step_by(97) {
            assert_eq!(
                place(&idx::parse(&whole[..length], name).unwrap_err()),
                length as u64
            );
        }
        // The packed file: cut anywhere, or with any one bit turned, an error or the same bytes.
        for length in (0..packed.len()).step_by(packed.len() / 145) {
            assert!(gzip::unpack(&packed[..length], name, MAX_UNPACKED).is_err());
            let mut bytes = packed.clone();
            bytes[length] ^= 1 << (length % 8);
            let same = gzip::unpack(&bytes, name, MAX_UNPACKED).is_ok_and(|read| read == whole);
            assert!(
                same || gzip::unpack(&bytes, name, MAX_UNPACKED).is_err(),
                "byte {length}"
            );
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(dims in prop::collection::vec(1_usize..5, 1..5), seed in any::<u8>()) {
        let count: usize = dims.iter().product();
        let values: Vec<u8> = (0..count).map(|i| (i as u8).wrapping_mul(31).wrapping_add(seed)).collect();
        let mut bytes = vec![0, 0, 8, dims.len() as u8];
        dims.iter().for_each(|&size| bytes.extend((size as u32).to_be_bytes()));
        bytes.extend(&values);
        prop_assert_eq!(idx::parse(&bytes, "f").unwrap(), Idx { dims, values });
    }

    #[test]
    fn random_bytes_never_panic_and_are_read_only_if_sizes_and_values_agree(
        start in prop::sample::select(vec![vec![], vec![0, 0, 8], vec![0, 0, 8, 1, 0, 0, 0]]),
        rest in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        let bytes = [start, rest].concat();
        if let Ok(idx) = idx::parse(&bytes, "f") {
            prop_assert_eq!(idx.dims.iter().product::<usize>(), idx.values.len());
            prop_assert_eq!(idx.header_len() + idx.values.len(), bytes.len());
        }
    }
}
