//! `data/manifest.toml`: the public sets that are too big to commit.
//!
//! A set has variants (the official files, a re-encoding of them), a variant has files, and
//! each file has its size and sha256: what is fetched is either exactly that file or an error.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use crate::error::{At, DataError, Result};
use crate::store;

/// The list of public sets.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The sets, in the file's order.
    #[serde(rename = "set", default)]
    pub sets: Vec<Set>,
}

/// A public data set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// The name on the command line: `mnist`.
    pub name: String,
    /// One line: what it holds.
    pub about: String,
    /// Where it is described.
    pub homepage: String,
    /// Under which terms it may be used.
    pub licence: String,
    /// How to cite it.
    pub citation: String,
    /// Its forms; the first is fetched unless another is asked for.
    #[serde(rename = "variant")]
    pub variants: Vec<Variant>,
}

/// One form of a set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Variant {
    /// `official`, or what is different about it.
    pub name: String,
    /// How the files are read.
    pub loader: Loader,
    /// No address serves these files: they come from the mirror folder only.
    #[serde(default)]
    pub mirror_only: bool,
    /// What a reader should know about this variant.
    pub note: Option<String>,
    /// Its files.
    #[serde(rename = "file")]
    pub files: Vec<RemoteFile>,
}

/// How the files of a variant are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loader {
    /// Pictures and labels in gzipped IDX files: [`crate::idx`].
    Idx,
    /// A CSV table: [`crate::Table::parse`].
    Csv,
    /// A folder of pictures, one sub-folder a class, in a `tar.gz`: the crate `pictures`.
    ImageFolder,
    /// CIFAR-10's own binary batches in a `tar.gz`: [`crate::cifar`].
    CifarBinary,
    /// Pictures with boxes in Pascal VOC's XML, in a `tar.gz`.
    Voc,
    /// Plain text.
    Text,
    /// Weights in safetensors, with their vocabulary and configuration.
    Safetensors,
}

/// One file of a variant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoteFile {
    /// The file's name, the same at its address, in the mirror folder and in the cache.
    pub name: String,
    /// The part it belongs to (`train`, `test`), so that one can be fetched without the other.
    pub part: Option<String>,
    /// Its size.
    pub bytes: u64,
    /// Its sha256, 64 hexadecimal digits.
    pub sha256: String,
    /// Where it is served, the most official first; empty if `mirror-only`.
    #[serde(default)]
    pub urls: Vec<String>,
}

impl Manifest {
    /// The course's own manifest, `data/manifest.toml`.
    ///
    /// # Errors
    /// [`DataError::Missing`] or [`DataError::Format`].
    pub fn load() -> Result<Manifest> {
        store::manifest()
    }

    /// Reads a manifest. `file` is what errors call it.
    ///
    /// # Errors
    /// [`DataError::Format`]: not TOML, an unknown field, or an entry that breaks a rule:
    /// names used twice or unfit as file names, digests that are none, addresses that are
    /// not `http(s)`, a file that can come from nowhere.
    pub fn parse(text: &str, file: &str) -> Result<Manifest> {
        let manifest: Manifest = toml::from_str(text)
            .map_err(|fault| store::toml_fault(Path::new(file), text, &fault))?;
        manifest.check(file)?;
        Ok(manifest)
    }

    /// The set called `name`.
    ///
    /// # Errors
    /// [`DataError::Unknown`] listing the sets there are.
    pub fn set(&self, name: &str) -> Result<&Set> {
        let found = self.sets.iter().find(|set| set.name == name);
        found.ok_or_else(|| {
            let names: Vec<&str> = self.sets.iter().map(|set| set.name.as_str()).collect();
            unknown("set", name, &names)
        })
    }

    fn check(&self, file: &str) -> Result<()> {
        distinct(file, "sets", self.sets.iter().map(|set| &set.name))?;
        for set in &self.sets {
            let variants = set.variants.iter().map(|variant| &variant.name);
            distinct(file, &set.name, variants)?;
            for variant in &set.variants {
                let entry = format!("{}, {}", set.name, variant.name);
                distinct(file, &entry, variant.files.iter().map(|file| &file.name))?;
                for remote in &variant.files {
                    let fault = remote.fault(variant.mirror_only);
                    if let Some((expected, got)) = fault {
                        let at = At::Entry(format!("{entry}, {}", remote.name));
                        return Err(DataError::format(file, at, expected, got));
                    }
                }
            }
        }
        Ok(())
    }
}

impl Set {
    /// The variant called `name`, or the first if `None`.
    ///
    /// # Errors
    /// [`DataError::Unknown`] listing the variants there are.
    pub fn variant(&self, name: Option<&str>) -> Result<&Variant> {
        let wanted = |variant: &&Variant| name.is_none_or(|name| variant.name == name);
        self.variants.iter().find(wanted).ok_or_else(|| {
            let names: Vec<&str> = self.variants.iter().map(|v| v.name.as_str()).collect();
            unknown(
                &format!("variant of {}", self.name),
                name.unwrap_or_default(),
                &names,
            )
        })
    }
}

impl Variant {
    /// The file called `name`.
    ///
    /// # Errors
    /// [`DataError::Unknown`] listing the files there are.
    pub fn file(&self, name: &str) -> Result<&RemoteFile> {
        let found = self.files.iter().find(|file| file.name == name);
        found.ok_or_else(|| {
            let names: Vec<&str> = self.files.iter().map(|file| file.name.as_str()).collect();
            unknown("file", name, &names)
        })
    }

    /// The size of all files together, in bytes.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }
}

impl RemoteFile {
    /// What an entry should hold and what it holds instead, if anything is wrong.
    fn fault(&self, mirror_only: bool) -> Option<(&'static str, String)> {
        let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        if self.sha256.len() != 64 || !self.sha256.chars().all(is_hex) {
            return Some((
                "a sha256 of 64 lower-case hexadecimal digits",
                self.sha256.clone(),
            ));
        }
        if self.bytes == 0 || self.bytes > 1 << 40 {
            return Some(("between 1 byte and 1 TiB", self.bytes.to_string()));
        }
        if let Some(part) = self.part.as_ref().filter(|part| !is_plain(part)) {
            return Some(("a plain word as part", format!("`{part}`")));
        }
        let web = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        if let Some(url) = self.urls.iter().find(|url| !web(url)) {
            return Some((
                "an address that starts with https:// or http://",
                url.clone(),
            ));
        }
        match (mirror_only, self.urls.is_empty()) {
            (false, true) => Some(("urls, or mirror-only = true", "neither".to_owned())),
            (true, false) => Some(("either urls or mirror-only", "both".to_owned())),
            _ => None,
        }
    }
}

/// Names become parts of paths: letters, digits, `.`, `-` and `_` only, no dot in front.
fn is_plain(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    (1..=100).contains(&name.len()) && name.chars().all(fits) && !name.starts_with('.')
}

/// Checks that names can be used as such, and that there is at least one.
fn distinct<'a>(file: &str, entry: &str, names: impl Iterator<Item = &'a String>) -> Result<()> {
    let mut seen = BTreeSet::new();
    let wrong = |expected: &str, got: String| {
        Err(DataError::format(
            file,
            At::Entry(entry.to_owned()),
            expected,
            got,
        ))
    };
    for name in names {
        if !is_plain(name) {
            return wrong(
                "a name of letters, digits, `.`, `-`, `_`",
                format!("`{name}`"),
            );
        }
        if !seen.insert(name) {
            return wrong("names that differ", format!("`{name}` twice"));
        }
    }
    if seen.is_empty() && entry != "sets" {
        return wrong("at least one entry", "none".to_owned());
    }
    Ok(())
}

fn unknown(kind: &str, name: &str, names: &[&str]) -> DataError {
    let (kind, name) = (kind.to_owned(), name.to_owned());
    DataError::Unknown {
        kind,
        name,
        known: names.join(", "),
    }
}
