//! Tar archives: what is inside comes out, and what could do harm is refused.
#![allow(clippy::unwrap_used)]

use std::io::Write;

use datasets::archive::{Member, members, unpack};
use tar::{Builder, EntryType, Header};

/// A header for a name that the builder itself would refuse.
fn header(name: &[u8], kind: EntryType, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_cksum();
    header
}

/// An archive of these files.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, bytes) in files {
        let header = header(name.as_bytes(), EntryType::Regular, bytes.len() as u64);
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn read(tar: &[u8]) -> datasets::Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    members(tar, "a.tar.gz", |Member { path, bytes }| {
        found.push((path.to_owned(), bytes.to_vec()));
        Ok(())
    })?;
    Ok(found)
}

fn says(tar: &[u8]) -> String {
    read(tar).unwrap_err().to_string()
}

#[test]
fn files_come_out_in_their_order_and_folders_are_passed_over() {
    let mut builder = Builder::new(Vec::new());
    let folder = header(b"a/", EntryType::Directory, 0);
    builder.append(&folder, &b""[..]).unwrap();
    for (name, bytes) in [("a/2", &[7; 600][..]), ("a/1", b""), ("./b", b"x")] {
        let header = header(name.as_bytes(), EntryType::Regular, bytes.len() as u64);
        builder.append(&header, bytes).unwrap();
    }
    let long = format!("a/{}", "deep/".repeat(40)) + "3"; // longer than a header has room for
    let mut plain = Header::new_gnu();
    plain.set_size(2);
    builder.append_data(&mut plain, &long, &b"yz"[..]).unwrap();
    let found = read(&builder.into_inner().unwrap()).unwrap();
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["a/2", "a/1", "./b", long.as_str()]);
    assert_eq!((found[0].1.len(), found[3].1.as_slice()), (600, &b"yz"[..]));
}

#[test]
fn names_that_lead_out_of_the_folder_are_refused() {
    for name in [
        "../x",
        "a/../../x",
        "/etc/x",
        "c:x",
        "a\\..\\x",
        "\u{1}/../x",
    ] {
        let fault = says(&archive(&[("fine", b"1"), (name, b"2")]));
        let start = "a.tar.gz (unpacked), byte 1024: expected a name inside the archive's folder";
        assert!(fault.starts_with(start), "{name}: {fault}");
    }
}

#[test]
fn links_and_devices_are_refused() {
    for kind in [
        EntryType::Symlink,
        EntryType::Link,
        EntryType::Char,
        EntryType::Fifo,
    ] {
        let mut builder = Builder::new(Vec::new());
        builder.append(&header(b"x", kind, 0), &b""[..]).unwrap();
        let fault = says(&builder.into_inner().unwrap());
        assert!(
            fault.contains("byte 0: expected a file or a folder, found "),
            "{fault}"
        );
    }
}

#[test]
fn every_cut_is_noticed_at_its_place() {
    let tar = archive(&[("a", &[1; 700]), ("b", b"2")]);
    for length in 0..tar.len() {
        let fault = says(&tar[..length]);
        assert!(
            fault.starts_with("a.tar.gz (unpacked), byte "),
            "cut at {length}: {fault}"
        );
    }
    assert!(says(&tar[..600]).ends_with("byte 512: expected 700 bytes of a file, found 88 bytes"));
}

#[test]
fn bytes_after_the_end_are_an_error_at_their_offset() {
    let mut tar = archive(&[("a", b"1")]);
    let end = tar.len();
    tar.extend([0; 512]);
    read(&tar).unwrap(); // archives are often filled up to a multiple of 10 KiB
    tar[end + 3] = 9;
    let expected = format!(
        "a.tar.gz (unpacked), byte {}: expected nothing but zeros after the last file, found other bytes",
        end + 3
    );
    assert_eq!(says(&tar), expected);
}

#[test]
fn a_header_that_claims_a_huge_file_takes_no_memory() {
    for size in [1 << 33, (1 << 62) + 1, u64::MAX] {
        let mut tar = header(b"x", EntryType::Regular, size).as_bytes().to_vec();
        tar.extend([0; 4096]);
        assert!(says(&tar).starts_with("a.tar.gz (unpacked), byte "));
    }
}

#[test]
fn a_flipped_byte_in_a_header_is_noticed_or_harmless() {
    let tar = archive(&[("a", b"1")]);
    for place in 0..300 {
        let mut flipped = tar.clone();
        flipped[place] ^= 0x10;
        // A blank in front of the check sum means the same as a zero.
        if let Ok(found) = read(&flipped) {
            assert_eq!(found, read(&tar).unwrap(), "byte {place}");
        }
    }
}

#[test]
fn a_packed_archive_is_unpacked_within_the_limit() {
    let tar = archive(&[("a", b"1")]);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&tar).unwrap();
    let packed = encoder.finish().unwrap();
    assert_eq!(unpack(&packed, "a.tar.gz").unwrap(), tar);
    assert!(unpack(&packed[..packed.len() - 1], "a.tar.gz").is_err());
}
