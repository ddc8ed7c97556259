//! Blood cells: the photos of BCCD with their official split (page *Your own
//! pictures*).
//!
//! 364 photos through a microscope, 640 × 480, with boxes around red cells (`RBC`),
//! white cells (`WBC`) and platelets.
//!
//! Source: Shenggan, "BCCD Dataset" (2017), <https://github.com/Shenggan/BCCD_Dataset>.

use anyhow::ensure;
use datasets::{archive, fetched};

use crate::files::{Listing, Report, read};
use crate::set::Set;

/// Columns and rows of a photo once it is read: half of what the file has.
pub const SIZE: [usize; 2] = [320, 240];

/// The classes, in the order of their numbers.
pub const CLASSES: [&str; 3] = ["Platelets", "RBC", "WBC"];

/// The photos, in the three parts of the official lists.
#[derive(Clone, Debug)]
pub struct Blood {
    /// 205 to learn from.
    pub train: Set,
    /// 87 to choose settings on.
    pub val: Set,
    /// 72 to be judged on, once.
    pub test: Set,
    /// What was found, and what was wrong.
    pub report: Report,
}

impl Blood {
    /// All photos, from the archive that `cargo run -- data get bccd` has fetched.
    ///
    /// # Errors
    /// [`datasets::DataError::NotDownloaded`] with the command to run, and if the
    /// archive is damaged or not what it was.
    pub fn load() -> anyhow::Result<Blood> {
        let (variant, mut files) = fetched("bccd")?;
        let file = &variant.files[0].name;
        let root = file.strip_suffix(".tar.gz").unwrap_or(file);
        let tar = archive::unpack(&files.remove(0), file)?;
        Blood::from_archive(&tar, file, &format!("{root}/BCCD"))
    }

    /// Reads the folder `root` of an unpacked archive. `file` is what errors call it.
    ///
    /// # Errors
    /// If the archive is damaged, or has other classes or other parts.
    pub fn from_archive(tar: &[u8], file: &str, root: &str) -> anyhow::Result<Blood> {
        let folder = read(&Listing::of_archive(tar, file, root)?, SIZE)?;
        let found = &folder.set.classes;
        ensure!(
            found == &CLASSES,
            "{file}: expected the classes {CLASSES:?}, found {found:?}"
        );
        let report = folder.report.clone();
        let [mut train, mut val, mut test, rest] =
            folder.split(["train", "val", "test", ""]);
        for (set, part) in [
            (&mut train, "train"),
            (&mut val, "val"),
            (&mut test, "test"),
        ] {
            ensure!(
                !set.examples.is_empty(),
                "{file}: expected a list of the part {part}"
            );
            set.name = format!("bccd {part}");
        }
        let others = rest.examples.len();
        ensure!(others == 0, "{file}: {others} photos are in no list");
        Ok(Blood {
            train,
            val,
            test,
            report,
        })
    }

    /// What the final figure is trained on: `train` and `val` together, 292 photos.
    pub fn trainval(&self) -> Set {
        let examples = self.train.examples.iter().chain(&self.val.examples);
        Set {
            name: "bccd trainval".to_owned(),
            classes: self.train.classes.clone(),
            examples: examples.cloned().collect(),
        }
    }
}
