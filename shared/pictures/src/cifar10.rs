//! CIFAR-10: 60,000 colour photos of ten things, in either of the forms it is passed on in.

use std::path::PathBuf;

use ndarray::{Array4, Axis, concatenate};

use datasets::cifar::{self, CLASSES};
use datasets::manifest::Loader;
use datasets::{At, DataError, Result, archive, fetched};

use crate::folder::archived_folder;
use crate::set::Pictures;

/// Which part of a public set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The pictures to learn from.
    Train,
    /// The pictures to be judged on.
    Test,
}

impl Part {
    /// `train` or `test`.
    pub fn name(self) -> &'static str {
        match self {
            Part::Train => "train",
            Part::Test => "test",
        }
    }

    /// The official files of the part.
    fn batches(self) -> &'static [&'static str] {
        match self {
            Part::Train => &[
                "data_batch_1.bin",
                "data_batch_2.bin",
                "data_batch_3.bin",
                "data_batch_4.bin",
                "data_batch_5.bin",
            ],
            Part::Test => &["test_batch.bin"],
        }
    }
}

/// How many pictures each official file holds.
const BATCH: usize = 10_000;

/// 50,000 pictures of 32×32 pixels to train on, or 10,000 to test on. A download.
///
/// Taken from whichever variant is there, the official one first. The set's name says which:
/// `cifar10 train` are the official pixels, `cifar10 train (jpeg)` the ones encoded again.
/// A result should state it.
///
/// # Errors
/// [`DataError::NotDownloaded`] with the command to run; [`DataError::Digest`] if the file is
/// not the pinned one; [`DataError::Format`] if its content is not as it must be.
pub fn cifar10(part: Part) -> Result<Pictures> {
    let (variant, mut files) = fetched("cifar10")?;
    let (file, packed) = (&variant.files[0].name, files.remove(0));
    let tar = archive::unpack(&packed, file)?;
    drop(packed); // up to 170 MB that are not needed any more
    let mut pictures = from_archive(&tar, file, variant.loader, part, BATCH)?;
    pictures.name = match variant.name.as_str() {
        "official" => format!("cifar10 {}", part.name()),
        variant => format!("cifar10 {} ({variant})", part.name()),
    };
    Ok(pictures)
}

/// Reads one part out of the unpacked archive of either variant. `batch` is how many pictures
/// each binary file holds. `file` is what errors call the archive.
///
/// # Errors
/// As [`cifar10`], without those of a download.
pub fn from_archive(
    tar: &[u8],
    file: &str,
    loader: Loader,
    part: Part,
    batch: usize,
) -> Result<Pictures> {
    let pictures = match loader {
        Loader::CifarBinary => from_batches(tar, file, part, batch)?,
        _ => archived_folder(tar, file, &format!("cifar10/{}", part.name()))?,
    };
    let at = |what: &str| At::Entry(what.to_owned());
    if pictures.classes != CLASSES {
        let got = pictures.classes.join(", ");
        return Err(DataError::format(
            file,
            at("classes"),
            CLASSES.join(", "),
            got,
        ));
    }
    let (_, h, w, _) = pictures.pixels.dim();
    if (h, w) != (cifar::SIDE, cifar::SIDE) {
        return Err(DataError::format(
            file,
            at("size"),
            "32×32 pixels",
            format!("{w}×{h}"),
        ));
    }
    Ok(pictures)
}

/// The official form: files of records in a folder `cifar-10-batches-bin`.
fn from_batches(tar: &[u8], file: &str, part: Part, batch: usize) -> Result<Pictures> {
    let wanted = part.batches();
    let mut found: Vec<Option<cifar::Batch>> = wanted.iter().map(|_| None).collect();
    archive::members(tar, file, |member| {
        let name = member.path.strip_prefix("cifar-10-batches-bin/");
        let place = wanted.iter().position(|&wanted| Some(wanted) == name);
        if let Some(place) = place {
            let shown = format!("{file}, {}", wanted[place]);
            found[place] = Some(whole_batch(member.bytes, &shown, batch)?);
        }
        Ok(())
    })?;
    let mut batches = Vec::new();
    for (name, batch) in wanted.iter().zip(found) {
        let at = At::Entry("cifar-10-batches-bin".to_owned());
        batches.push(batch.ok_or_else(|| DataError::format(file, at, *name, "no such file"))?);
    }
    Ok(joined(&batches, wanted))
}

/// Reads one file of records and checks how many there are.
fn whole_batch(bytes: &[u8], file: &str, batch: usize) -> Result<cifar::Batch> {
    let read = cifar::parse(bytes, file)?;
    let count = read.labels.len();
    if count != batch {
        let at = At::Byte((count.min(batch) * cifar::RECORD) as u64);
        let expected = format!("{batch} pictures in the file");
        return Err(DataError::format(file, at, expected, count.to_string()));
    }
    Ok(read)
}

/// The batches one after the other, `[N, 32, 32, 3]`.
fn joined(batches: &[cifar::Batch], names: &[&str]) -> Pictures {
    let views: Vec<_> = batches.iter().map(|batch| batch.pixels.view()).collect();
    let pixels: Array4<u8> =
        concatenate(Axis(0), &views).expect("every batch has pictures of 32×32 pixels");
    let labels = batches.iter().flat_map(|batch| &batch.labels);
    let records = batches.iter().zip(names).flat_map(|(batch, name)| {
        (0..batch.labels.len()).map(move |n| PathBuf::from(format!("{name}, picture {n}")))
    });
    Pictures {
        name: "cifar10".to_owned(),
        pixels,
        labels: labels.map(|&label| label.into()).collect(),
        classes: CLASSES.map(str::to_owned).to_vec(),
        files: records.collect(),
    }
}
