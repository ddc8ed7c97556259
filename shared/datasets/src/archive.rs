//! Reading tar archives without trusting them, and without writing anything to disk.
//!
//! The members are looked at where they lie in memory, so that no name can reach outside a
//! folder and no size can take memory. Names are still checked: a name like `../x` never
//! occurs in an archive that was made with care.
//!
//! Source: POSIX.1-2017, `pax`, "ustar Interchange Format".

use std::path::Component;

use tar::{Archive, Entry, EntryType};

use crate::error::{At, DataError, Result};
use crate::gzip::{self, MAX_UNPACKED};

/// The most members that are looked at. Chosen by us: CIFAR-10's pictures are 60,000.
const MAX_MEMBERS: usize = 200_000;
/// Everything in a tar archive is padded to blocks of 512 bytes.
const BLOCK: usize = 512;

/// A file in an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    /// Its name with all folders, `/` in between.
    pub path: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// Unpacks a `tar.gz` to the bytes of its tar, at most 256 MiB. See [`members`].
///
/// # Errors
/// As [`gzip::unpack`].
pub fn unpack(packed: &[u8], file: &str) -> Result<Vec<u8>> {
    gzip::unpack(packed, file, MAX_UNPACKED)
}

/// Hands every file of an unpacked archive to `visit`, in the archive's order. Folders are
/// passed over. `file` is what errors call the archive; their offsets count from the start of
/// the unpacked bytes.
///
/// # Errors
/// [`DataError::Format`] if a header is damaged, a file is cut off, a name is absolute or
/// contains `..`, something is neither file nor folder (a link could point anywhere), the
/// archive does not end with its two empty blocks and nothing else, or holds more than
/// 200,000 members; and what `visit` returns.
pub fn members(
    tar: &[u8],
    file: &str,
    mut visit: impl FnMut(Member<'_>) -> Result<()>,
) -> Result<()> {
    let file = &format!("{file} (unpacked)");
    let mut archive = Archive::new(tar);
    let damaged = |at: usize, fault: std::io::Error| wrong(file, at, "a tar header", fault);
    let entries = archive.entries().map_err(|fault| damaged(0, fault))?;
    let mut end = 0; // where the next header is expected
    for (count, entry) in entries.enumerate() {
        let entry = entry.map_err(|fault| damaged(end, fault))?;
        if count == MAX_MEMBERS {
            let expected = format!("at most {MAX_MEMBERS} members");
            return Err(wrong(file, end, &expected, "more"));
        }
        let start = offset(entry.raw_file_position());
        let bytes = content(tar, &entry, start, file)?;
        end = start.saturating_add(bytes.len().next_multiple_of(BLOCK));
        if is_file(&entry, file)? {
            let name = entry.path_bytes();
            let path = plain_name(&name).map_err(|got| {
                let expected = "a name inside the archive's folder";
                wrong(file, offset(entry.raw_header_position()), expected, got)
            })?;
            visit(Member { path, bytes })?;
        }
    }
    ends_at(tar, end, file)
}

/// Whether an entry is a file, not a folder. Anything else is an error.
fn is_file(entry: &Entry<'_, &[u8]>, file: &str) -> Result<bool> {
    match entry.header().entry_type() {
        EntryType::Regular => Ok(true),
        EntryType::Directory | EntryType::XGlobalHeader => Ok(false),
        other => {
            let at = offset(entry.raw_header_position());
            Err(wrong(file, at, "a file or a folder", format!("{other:?}")))
        }
    }
}

/// A place in bytes that are in memory; one beyond them is caught where it is used.
fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// The bytes that the header claims, if they are there.
fn content<'a>(
    tar: &'a [u8],
    entry: &Entry<'_, &[u8]>,
    start: usize,
    file: &str,
) -> Result<&'a [u8]> {
    let rest = tar.get(start..).unwrap_or_default();
    rest.get(..offset(entry.size())).ok_or_else(|| {
        let expected = format!("{} bytes of a file", entry.size());
        wrong(file, start, &expected, format!("{} bytes", rest.len()))
    })
}

/// The name as text, or what is wrong with it.
fn plain_name(name: &[u8]) -> std::result::Result<&str, String> {
    let shown = || format!("`{}`", String::from_utf8_lossy(name).escape_debug());
    let text = std::str::from_utf8(name).map_err(|_| shown())?;
    let inside = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    // On Windows a backslash parts folders and a colon names a drive or a stream.
    let plain = !text.contains(['\\', ':', '\0']);
    let path = std::path::Path::new(text);
    match plain && !text.is_empty() && path.components().all(inside) {
        true => Ok(text),
        false => Err(shown()),
    }
}

/// Checks that two or more empty blocks follow the last member, and nothing else.
fn ends_at(tar: &[u8], end: usize, file: &str) -> Result<()> {
    let rest = tar.get(end..).unwrap_or_default();
    if let Some(place) = rest.iter().position(|&byte| byte != 0) {
        let expected = "nothing but zeros after the last file";
        return Err(wrong(file, end + place, expected, "other bytes"));
    }
    if rest.len() < 2 * BLOCK {
        let got = format!("{} bytes", rest.len());
        return Err(wrong(
            file,
            end,
            "another file, or two empty blocks as the end",
            got,
        ));
    }
    Ok(())
}

fn wrong(file: &str, at: usize, expected: &str, got: impl std::fmt::Display) -> DataError {
    DataError::format(
        file,
        At::Byte(at as u64),
        expected,
        got.to_string().replace('\n', " "),
    )
}
