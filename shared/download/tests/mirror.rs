//! The mirror folder, the names in the manifest, the state of the cache, a full disk.
#![allow(clippy::unwrap_used)]

mod bench;
mod server;

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use bench::{Bench, Lines, content};
use datasets::Manifest;
use download::{Error, Options, Silent, Source, State, get, list, verify};
use ndarray::Axis;
use server::{Serve, Server};

/// A bench whose mirror folder holds these bytes as `digits/f.bin`.
fn mirrored(urls: &[&str], bytes: &[u8]) -> Bench {
    let mut bench = Bench::new(urls);
    let mirror = bench.dir.path().join("mirror");
    fs::create_dir_all(mirror.join("digits")).unwrap();
    fs::write(mirror.join("digits/f.bin"), bytes).unwrap();
    bench.options.mirror = Some(mirror);
    bench
}

#[test]
fn the_mirror_folder_comes_before_the_web() {
    let server = Server::new([("/f", Serve::Well(content()))]);
    let bench = mirrored(&[&server.url("/f")], &content());
    let got = bench.get().unwrap();
    assert!(matches!(got.files[0].source, Source::Mirror(_)));
    assert_eq!(fs::read(bench.file()).unwrap(), content());
    assert!(server.asked().is_empty());
}

#[test]
fn another_file_in_the_mirror_is_left_alone_and_the_web_is_asked() {
    let server = Server::new([("/f", Serve::Well(content()))]);
    let bench = mirrored(&[&server.url("/f")], &vec![7; content().len()]);
    bench.leave_part(&content()[..60_000]);
    let mut lines = Lines::default();
    let got = bench.get_with(&mut lines).unwrap();
    assert_eq!(got.files[0].source, Source::Web(server.url("/f")));
    assert!(
        lines.said[0].ends_with("another file than the manifest's"),
        "{:?}",
        lines.said
    );
    assert_eq!(server.asked()[0].from, Some(60_000), "the part was kept");
}

#[test]
fn what_no_address_serves_asks_for_a_mirror() {
    let fault = Bench::new(&[]).get().unwrap_err().to_string();
    let expected = "no address serves it; or name a folder that holds digits/f.bin in \
                    COURSE_DATA_MIRROR";
    assert!(fault.ends_with(expected), "{fault}");
    mirrored(&[], &content()).get().unwrap();
}

#[test]
fn unknown_names_list_the_known_ones_and_are_wrong_use() {
    let bench = Bench::new(&["http://127.0.0.1:9/f"]);
    let ask =
        |set, variant, part| get(set, variant, part, &bench.options, &mut Silent).unwrap_err();
    for (fault, names) in [
        (
            ask("mnist", None, None),
            "expected one of digits, found no set `mnist`",
        ),
        (
            ask("digits", Some("jpeg"), None),
            "expected one of official, found no variant of digits `jpeg`",
        ),
        (
            ask("digits", None, Some("train")),
            "expected one of test, found no part of digits `train`",
        ),
    ] {
        assert!(fault.to_string().contains(names), "{fault}");
        assert_eq!(fault.exit_code(), 2);
    }
}

#[test]
fn list_tells_missing_partial_and_present() {
    let server = Server::new([("/f", Serve::Well(content()))]);
    let bench = Bench::new(&[&server.url("/f")]);
    let state = || list(&bench.options)[0].state;
    assert_eq!(state(), State::Missing);
    bench.leave_part(&content()[..60_000]);
    assert_eq!(
        state(),
        State::Partial {
            have: 60_000,
            total: 100_000
        }
    );
    assert_eq!(state().to_string(), "partial: 60.0 KB of 100.0 KB");
    bench.get().unwrap();
    assert_eq!(state(), State::Present);
    let row = &list(&bench.options)[0];
    assert_eq!(
        (row.set.as_str(), row.parts[0].as_str()),
        ("digits", "test")
    );
    assert!(row.default && !row.mirror_only);
}

#[test]
fn verify_finds_the_damaged_download_and_passes_the_committed_files() {
    let bench = mirrored(&[], &content());
    bench.get().unwrap();
    let faults = || -> Vec<String> {
        let checks = verify(&bench.options).unwrap();
        assert!(checks.len() > 5, "the committed files are looked at too");
        checks
            .iter()
            .filter_map(|check| check.result.as_ref().err())
            .map(|f| f.to_string())
            .collect()
    };
    assert_eq!(faults(), [""; 0]);
    let mut bytes = content();
    bytes[99_999] ^= 1;
    fs::write(bench.file(), bytes).unwrap();
    let found = faults();
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("f.bin: expected sha256"), "{}", found[0]);
    assert!(
        found[0].ends_with("`cargo run -- data get digits --part test`"),
        "{}",
        found[0]
    );
}

#[test]
fn a_cache_that_cannot_be_written_is_named() {
    let mut bench = mirrored(&[], &content());
    let file = bench.dir.path().join("a_file");
    fs::write(&file, b"").unwrap();
    bench.options.cache = file.join("cache");
    let fault = bench.get().unwrap_err();
    assert!(matches!(fault, Error::Io { .. }));
    assert!(fault.to_string().contains("a_file/cache"), "{fault}");
    assert!(
        fault
            .to_string()
            .ends_with("COURSE_DATA names another folder"),
        "{fault}"
    );
}

/// A folder with room for 64 KB, while the value lives.
struct SmallDisk<'a>(&'a Path);

impl SmallDisk<'_> {
    fn mount(at: &Path) -> Option<SmallDisk<'_>> {
        fs::create_dir_all(at).unwrap();
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
            .arg(at)
            .output();
        mount
            .is_ok_and(|output| output.status.success())
            .then_some(SmallDisk(at))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_full_disk_is_said_in_clear_words_and_what_arrived_is_kept() {
    let bench = mirrored(&[], &content());
    let at = bench.options.cache.clone();
    let Some(_disk) = SmallDisk::mount(&at) else {
        println!("skipped: mounting a small tmpfs is not allowed here");
        return;
    };
    let fault = bench.get().unwrap_err();
    assert!(matches!(fault, Error::DiskFull { .. }), "{fault}");
    let said = fault.to_string();
    assert!(
        said.contains("f.bin.part: no room on the disk for"),
        "{said}"
    );
    assert!(
        said.contains("COURSE_DATA; the same command then goes on"),
        "{said}"
    );
    assert!(fs::metadata(bench.part()).unwrap().len() > 0);
    assert!(!bench.file().exists());
}

#[test]
#[ignore = "run by the test below, in a process of its own that finds its cache"]
fn helper_reads_what_was_fetched() {
    let test = datasets::mnist_test().unwrap();
    println!("{}: {:?}", test.name, test.pixels.dim());
    let seen: HashSet<Vec<u8>> = test
        .pixels
        .outer_iter()
        .map(|picture| picture.iter().copied().collect())
        .collect();
    let train = datasets::mnist10k().unwrap();
    let is_seen = |i: &usize| {
        let picture: Vec<u8> = train
            .pixels
            .index_axis(Axis(0), *i)
            .iter()
            .copied()
            .collect();
        seen.contains(&picture)
    };
    println!(
        "{} of mnist10k are in it",
        (0..train.len()).filter(is_seen).count()
    );
    println!("{} people's costs", datasets::insurance().unwrap().rows());
}

#[test]
fn the_projects_own_mirror_serves_sets_that_the_loaders_read() {
    let Some(mirror) = datasets::mirror_dir().filter(|mirror| mirror.join("mnist").is_dir()) else {
        println!("skipped: COURSE_DATA_MIRROR names no folder with mnist");
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let manifest = Manifest::load().unwrap();
    let options = Options {
        mirror: Some(mirror),
        ..Options::new(manifest, dir.path().to_owned())
    };
    let got = get("mnist", None, Some("test"), &options, &mut Silent).unwrap();
    assert_eq!(got.files.len(), 2);
    get("insurance", None, None, &options, &mut Silent).unwrap();

    let read = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "--ignored",
            "--nocapture",
            "helper_reads_what_was_fetched",
        ])
        .env("COURSE_DATA", dir.path())
        .output()
        .unwrap();
    let said = String::from_utf8(read.stdout).unwrap();
    // A lesson that trains on mnist10k may be tested on MNIST's test set: they share nothing.
    for expected in [
        "mnist t10k: (10000, 28, 28)",
        "0 of mnist10k are in it",
        "1338 people's costs",
    ] {
        assert!(said.contains(expected), "{said}");
    }
}
