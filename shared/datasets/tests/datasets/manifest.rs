//! The manifest: sound entries are read, and each rule is shown to bite.
#![allow(clippy::unwrap_used)]

use datasets::Manifest;
use datasets::manifest::Loader;

const DIGEST: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn text() -> String {
    format!(
        r#"[[set]]
name = "digits"
about = "a"
homepage = "h"
licence = "l"
citation = "c"
[[set.variant]]
name = "official"
loader = "idx"
[[set.variant.file]]
name = "a.gz"
part = "test"
bytes = 10
sha256 = "{DIGEST}"
urls = ["https://x.org/a.gz"]
[[set.variant]]
name = "copy"
loader = "image-folder"
mirror-only = true
[[set.variant.file]]
name = "a.gz"
bytes = 11
sha256 = "{DIGEST}"
"#
    )
}

/// What a manifest says in which `old` has been replaced by `new`.
fn fault(old: &str, new: &str) -> String {
    let changed = text().replacen(old, new, 1);
    assert_ne!(changed, text(), "`{old}` is in the text");
    let fault = Manifest::parse(&changed, "m.toml").unwrap_err().to_string();
    assert!(
        fault.starts_with("m.toml, ") && !fault.contains('\n'),
        "{fault}"
    );
    fault
}

#[test]
fn a_sound_manifest_is_read() {
    let manifest = Manifest::parse(&text(), "m.toml").unwrap();
    let set = manifest.set("digits").unwrap();
    assert_eq!(set.variant(None).unwrap().loader, Loader::Idx);
    let copy = set.variant(Some("copy")).unwrap();
    assert!(copy.mirror_only);
    assert_eq!(
        (copy.bytes(), copy.file("a.gz").unwrap().urls.len()),
        (11, 0)
    );
}

#[test]
fn what_is_not_toml_or_not_known_is_named_by_its_line() {
    assert!(fault("about = \"a\"", "about = ").starts_with("m.toml, line 3: expected TOML"));
    assert!(fault("licence", "license").contains("unknown field `license`"));
    assert!(fault("loader = \"idx\"", "loader = \"pickle\"").contains("line 9"));
    assert!(fault("bytes = 10", "bytes = -1").contains("line 13"));
}

#[test]
fn digests_sizes_and_addresses_are_checked() {
    let entry = "m.toml, digits, official, a.gz: expected ";
    for (old, new, expected) in [
        (
            "e3b0",
            "E3B0",
            "a sha256 of 64 lower-case hexadecimal digits, found E3B0",
        ),
        (
            "e3b0",
            "",
            "a sha256 of 64 lower-case hexadecimal digits, found c442",
        ),
        (
            "bytes = 10",
            "bytes = 0",
            "between 1 byte and 1 TiB, found 0",
        ),
        (
            "https://",
            "ftp://",
            "an address that starts with https:// or http://, found ftp",
        ),
        (
            "urls = [\"https://x.org/a.gz\"]",
            "",
            "urls, or mirror-only = true, found neither",
        ),
        (
            "part = \"test\"",
            "part = \"a b\"",
            "a plain word as part, found `a b`",
        ),
    ] {
        let fault = fault(old, new);
        assert!(fault.starts_with(&format!("{entry}{expected}")), "{fault}");
    }
    let both = fault("bytes = 11", "bytes = 11\nurls = [\"http://x.org\"]");
    assert!(
        both.ends_with("expected either urls or mirror-only, found both"),
        "{both}"
    );
}

#[test]
fn names_that_would_leave_the_folder_are_refused() {
    for name in ["../up", "a/b", "c:\\d", ".hidden", "", "a\u{e9}"] {
        let fault = fault("\"a.gz\"", &format!("'{name}'"));
        assert!(
            fault.contains("expected a name of letters, digits"),
            "{fault}"
        );
    }
    let twice = fault("\"copy\"", "\"official\"");
    assert!(
        twice.ends_with("expected names that differ, found `official` twice"),
        "{twice}"
    );
}

#[test]
fn a_set_without_variants_is_refused() {
    let only = text().split("[[set.variant]]").next().unwrap().to_owned() + "variant = []\n";
    let fault = Manifest::parse(&only, "m.toml").unwrap_err().to_string();
    assert_eq!(
        fault,
        "m.toml, digits: expected at least one entry, found none"
    );
}

#[test]
fn asking_for_what_is_not_there_lists_what_is() {
    let manifest = Manifest::parse(&text(), "m.toml").unwrap();
    assert_eq!(
        manifest.set("dogs").unwrap_err().to_string(),
        "data/manifest.toml: expected one of digits, found no set `dogs`"
    );
    let fault = manifest
        .set("digits")
        .unwrap()
        .variant(Some("x"))
        .unwrap_err();
    assert_eq!(
        fault.to_string(),
        "data/manifest.toml: expected one of official, copy, found no variant of digits `x`"
    );
}
