//! One file: from the first source that has it, whole and checked.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::thread::sleep;

use datasets::manifest::{RemoteFile, Set, Variant};
use datasets::store::shown;
use ureq::Agent;

use crate::error::{Error, Result, Try};
use crate::fetch::{GotFile, Source};
use crate::options::Options;
use crate::part::{self, Part};
use crate::progress::{Progress, size};
use crate::web::{self, Fault};

/// How often an address is asked again without a single new byte.
const FRUITLESS: u32 = 3;
/// How often an address is asked at all: cut a hundred times, 170 MB still arrive.
const ATTEMPTS: u32 = 100;

/// One file to be fetched.
pub(crate) struct Job<'a> {
    pub(crate) set: &'a Set,
    pub(crate) variant: &'a Variant,
    pub(crate) file: &'a RemoteFile,
    pub(crate) target: PathBuf,
    pub(crate) options: &'a Options,
    pub(crate) agent: &'a Agent,
}

impl Job<'_> {
    /// Cache, mirror, addresses: the first that has the file, whole, gives it.
    pub(crate) fn fetch(&self, progress: &mut dyn Progress) -> Result<Source> {
        if self.is_here(progress)? {
            return Ok(Source::Cache);
        }
        let mut part = Part::open(&self.target, self.file.bytes)?;
        let mut tried = Vec::new();
        progress.start(&self.name(), self.file.bytes);
        let source = self.try_sources(&mut part, &mut tried, progress);
        progress.finish();
        match source {
            Ok(Some(source)) => {
                part.finish(&self.target)?;
                Ok(source)
            }
            Ok(None) => {
                part.remove_if_empty();
                Err(self.unreachable(tried))
            }
            Err(fault) => {
                part.remove_if_empty();
                Err(fault)
            }
        }
    }

    /// Whether the cache has the file already, with the right digest.
    fn is_here(&self, progress: &mut dyn Progress) -> Result<bool> {
        if !self.target.is_file() {
            return Ok(false);
        }
        let sound = part::sha256(&self.target)? == self.file.sha256;
        if !sound {
            progress.say(&format!(
                "{}: damaged, fetching it again",
                shown(&self.target)
            ));
        }
        Ok(sound)
    }

    /// Fills `part` from the mirror folder or an address; notes in `tried` what failed.
    fn try_sources(
        &self,
        part: &mut Part,
        tried: &mut Vec<Try>,
        progress: &mut dyn Progress,
    ) -> Result<Option<Source>> {
        if let Some(mirror) = &self.options.mirror {
            let copy = mirror.join(&self.set.name).join(&self.file.name);
            match self.copy_mirror(&copy, part, progress)? {
                None => return Ok(Some(Source::Mirror(copy))),
                Some(reason) => note(tried, progress, &shown(&copy), reason),
            }
        }
        for url in &self.file.urls {
            progress.say(&format!(
                "{}: {} from {url}",
                self.name(),
                size(part.missing())
            ));
            match self.ask_address(url, part, progress) {
                Ok(()) => return Ok(Some(Source::Web(url.clone()))),
                Err(Fault::Ours(fault)) => return Err(fault),
                Err(Fault::Again(reason) | Fault::Refused(reason)) => {
                    note(tried, progress, url, reason);
                }
            }
        }
        Ok(None)
    }

    /// Copies the mirror's file; `Some(reason)` if it has none or another one.
    fn copy_mirror(
        &self,
        copy: &Path,
        part: &mut Part,
        progress: &mut dyn Progress,
    ) -> Result<Option<String>> {
        let Ok(mut file) = File::open(copy) else {
            return Ok(Some("not in the mirror folder".to_owned()));
        };
        // Looked at before anything is copied: a cut-off download may be worth keeping.
        if part::sha256(copy)? != self.file.sha256 {
            return Ok(Some("another file than the manifest's".to_owned()));
        }
        part.restart()?;
        let mut piece = vec![0; 1 << 16];
        loop {
            self.check_stop(part)?;
            match file.read(&mut piece) {
                Ok(0) => return Ok(None),
                Ok(count) => part.append(&piece[..count])?,
                Err(fault) => return Err(Error::io(copy, "read it", &fault, 0)),
            }
            progress.at(part.len());
        }
    }

    /// Asks one address until the file is whole, or it is clear that it will not be.
    fn ask_address(
        &self,
        url: &str,
        part: &mut Part,
        progress: &mut dyn Progress,
    ) -> std::result::Result<(), Fault> {
        let mut fruitless = 0;
        let mut all_from_here = false;
        for _ in 0..ATTEMPTS {
            let before = part.len();
            all_from_here |= before == 0;
            let received = match part.missing() {
                0 => Ok(()), // an earlier run was stopped just before the check
                _ => web::fetch_rest(self.agent, url, part, self.options, progress),
            };
            self.check_stop(part)?;
            match received {
                Ok(()) if part.sha256()? == self.file.sha256 => return Ok(()),
                Ok(()) => {
                    part.restart()?;
                    if all_from_here {
                        return Err(Fault::Refused("wrong sha256: another file".to_owned()));
                    }
                    progress.say("what an earlier run left does not fit: starting again");
                }
                Err(Fault::Again(reason)) => {
                    fruitless = if part.len() > before {
                        0
                    } else {
                        fruitless + 1
                    };
                    if fruitless == FRUITLESS {
                        return Err(Fault::Refused(reason));
                    }
                    progress.say(&format!("{reason}; asking again"));
                    sleep(self.options.pause);
                }
                Err(fault) => return Err(fault),
            }
        }
        Err(Fault::Refused("cut off too often".to_owned()))
    }

    fn check_stop(&self, part: &Part) -> Result<()> {
        if !self.options.stopped() {
            return Ok(());
        }
        let (have, total) = (size(part.len()), size(self.file.bytes));
        Err(Error::Interrupted {
            file: self.name(),
            have,
            total,
        })
    }

    pub(crate) fn done(&self, source: Source) -> GotFile {
        let (name, bytes) = (self.file.name.clone(), self.file.bytes);
        GotFile {
            name,
            path: self.target.clone(),
            bytes,
            source,
        }
    }

    fn name(&self) -> String {
        format!("{}/{}", self.set.name, self.file.name)
    }

    /// The error when no source had the file: what was tried, and how to do it by hand.
    fn unreachable(&self, tried: Vec<Try>) -> Error {
        let name = self.name();
        let mut by_hand = match self.file.urls.first() {
            Some(url) => format!("by hand: fetch {url} and put it at {}", shown(&self.target)),
            None => "no address serves it".to_owned(),
        };
        by_hand += &format!("; or name a folder that holds {name} in COURSE_DATA_MIRROR");
        if let Some(variant) = self.mirrored_variant() {
            by_hand += &format!("; the mirror folder has this set with `--variant {variant}`");
        }
        Error::Unreachable {
            file: name,
            tried,
            by_hand,
        }
    }

    /// Another variant that the mirror folder holds, going by names and sizes.
    fn mirrored_variant(&self) -> Option<&str> {
        let folder = self.options.mirror.as_ref()?.join(&self.set.name);
        let has = |file: &RemoteFile| {
            fs::metadata(folder.join(&file.name)).is_ok_and(|there| there.len() == file.bytes)
        };
        let mut others = self
            .set
            .variants
            .iter()
            .filter(|variant| *variant != self.variant);
        others
            .find(|variant| variant.files.iter().all(has))
            .map(|variant| variant.name.as_str())
    }
}

/// Tells and remembers that a source failed.
fn note(tried: &mut Vec<Try>, progress: &mut dyn Progress, from: &str, reason: String) {
    progress.say(&format!("{from}: {reason}"));
    tried.push(Try {
        from: from.to_owned(),
        reason,
    });
}
