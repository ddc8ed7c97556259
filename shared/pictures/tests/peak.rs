//! How much memory a picture of a digit can make the reader take, at its peak.
//!
//! A binary of its own with this one test, because it counts every byte of the process.
#![allow(clippy::unwrap_used)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicIsize, Ordering};

use pictures::digit::read;
use png::{BitDepth, ColorType};

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Bytes that the process has allocated and not freed.
static LIVE: AtomicIsize = AtomicIsize::new(0);

/// The largest value of [`LIVE`] since it was last set.
static PEAK: AtomicIsize = AtomicIsize::new(0);

#[expect(unsafe_code, reason = "an allocator cannot be written otherwise")]
// SAFETY: every call goes to the system's allocator as it came; counting touches no memory of
// the caller, and allocates none.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let size = layout.size() as isize;
        PEAK.fetch_max(
            LIVE.fetch_add(size, Ordering::SeqCst) + size,
            Ordering::SeqCst,
        );
        // SAFETY: the caller promises what the system's allocator asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size() as isize, Ordering::SeqCst);
        // SAFETY: as above; the pointer came from the system's allocator.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// What `f` returns, and the most bytes above those of before that were allocated meanwhile.
fn peak_of<T>(f: impl FnOnce() -> T) -> (T, isize) {
    let before = LIVE.load(Ordering::SeqCst);
    PEAK.store(before, Ordering::SeqCst);
    let result = f();
    (result, PEAK.load(Ordering::SeqCst) - before)
}

/// The bound that every picture has to stay below: 100 MB.
const BOUND: isize = 100_000_000;

/// A chunk of a PNG file with its check sum.
fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let checked = [name, content].concat();
    let mut crc = flate2::Crc::new();
    crc.update(&checked);
    let size = (content.len() as u32).to_be_bytes();
    [&size[..], &checked, &crc.sum().to_be_bytes()].concat()
}

/// zlib's form of a hundred million zeros: some hundred kilobytes.
fn zeros() -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..100 {
        packed.write_all(&[0; 1_000_000]).unwrap();
    }
    packed.finish().unwrap()
}

/// A PNG whose header claims this size and kind (0 grey, 6 with colour and alpha), with a few
/// other chunks before its data.
fn claims(side: u32, bits: u8, kind: u8, before: &[u8]) -> Vec<u8> {
    let sides = [side.to_be_bytes(), side.to_be_bytes()].concat();
    let header = [&sides[..], &[bits, kind, 0, 0, 0]].concat();
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    let data = chunk(b"IDAT", &zeros());
    [
        signature,
        chunk(b"IHDR", &header),
        before.to_vec(),
        data,
        chunk(b"IEND", b""),
    ]
    .concat()
}

/// A sound PNG, written row by row, with a dark stroke in its middle.
fn sound(path: &Path, side: u32, colour: ColorType) -> PathBuf {
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path).unwrap()), side, side);
    encoder.set_color(colour);
    encoder.set_depth(BitDepth::Eight);
    let mut header = encoder.write_header().unwrap();
    let mut writer = header.stream_writer().unwrap();
    let channels = colour.samples();
    let row = |y: u32| -> Vec<u8> {
        let middle = |at: u32, part: u32| at.abs_diff(side / 2) < side / part;
        let value = |x: u32| {
            if middle(y, 4) && middle(x, 20) {
                20
            } else {
                255
            }
        };
        (0..side)
            .flat_map(|x| (0..channels).map(move |c| if c == 3 { 255 } else { value(x) }))
            .collect()
    };
    for y in 0..side {
        writer.write_all(&row(y)).unwrap();
    }
    writer.finish().unwrap();
    header.finish().unwrap();
    path.to_owned()
}

/// The same stroke as a JPEG.
fn jpeg(path: &Path, side: u32) -> PathBuf {
    let middle = |at: u32, part: u32| at.abs_diff(side / 2) < side / part;
    let pixel = |x, y| {
        image::Rgb(
            [if middle(y, 4) && middle(x, 20) {
                20
            } else {
                255
            }; 3],
        )
    };
    image::RgbImage::from_fn(side, side, pixel)
        .save(path)
        .unwrap();
    path.to_owned()
}

/// The JPEG with another kind of frame (`c0` baseline, `c2` progressive) and size in its header.
fn with_frame(path: &Path, kind: u8, side: u16) -> Vec<u8> {
    let mut bytes = std::fs::read(path).unwrap();
    let at = bytes
        .windows(2)
        .position(|pair| pair == [0xff, 0xc0])
        .unwrap();
    bytes[at + 1] = kind;
    bytes[at + 5..at + 7].copy_from_slice(&side.to_be_bytes());
    bytes[at + 7..at + 9].copy_from_slice(&side.to_be_bytes());
    bytes
}

/// Reads, checks the bound, and says what came of it.
fn bounded(what: &str, path: &Path) -> Result<(), String> {
    let (result, peak) = peak_of(|| read(path).map(|steps| steps.centred.dim()));
    let bytes = path.metadata().unwrap().len();
    println!("{what}: file {bytes} bytes, peak {peak} bytes: {result:?}");
    assert!(peak < BOUND, "{what}: {peak} bytes");
    match result {
        Ok(size) => {
            assert_eq!(size, (28, 28));
            // A counter that missed the decoded picture would be far below.
            assert!(peak > 40_000_000, "{what}: {peak} bytes: what was counted?");
            Ok(())
        }
        Err(fault) => Err(fault.to_string()),
    }
}

/// Pictures that are larger than they need to be, or only say so.
fn too_many_pixels(dir: &Path) {
    let file = dir.join("large.png");
    std::fs::write(&file, claims(50_000, 8, 0, b"")).unwrap();
    let fault = bounded("a bomb of 50,000×50,000", &file).unwrap_err();
    let remedy = "expected at most 16 megapixels; crop it to the digit or make it smaller, 1000×1000 \
                  pixels are plenty, found 50000×50000, 2500 megapixels";
    assert!(fault.ends_with(remedy), "{fault}");

    let large = sound(&file, 12_000, ColorType::Grayscale);
    let fault = bounded("a sound one of 12,000×12,000", &large).unwrap_err();
    assert!(
        fault.ends_with("found 12000×12000, 144 megapixels"),
        "{fault}"
    );

    std::fs::write(&file, claims(4000, 16, 6, b"")).unwrap();
    let fault = bounded("4,000×4,000 of 16 bits", &file).unwrap_err();
    assert!(
        fault.ends_with("found 4000×4000 with 8 bytes a pixel"),
        "{fault}"
    );

    let progressive = with_frame(&jpeg(&dir.join("one-pass.jpg"), 100), 0xc2, 3000);
    std::fs::write(&file, progressive).unwrap();
    let fault = bounded("a progressive JPEG", &file).unwrap_err();
    assert!(
        fault.contains("expected at most 6 megapixels of a progressive JPEG"),
        "{fault}"
    );
}

/// Texts and colour profiles are packed too, and can be bombs of their own; and a whole file
/// can be too long.
fn too_many_bytes(dir: &Path) {
    let file = dir.join("long.png");
    for (name, head) in [
        (b"iCCP", &b"p\0\0"[..]),
        (b"zTXt", b"t\0\0"),
        (b"iTXt", b"t\0\x01\0\0\0"),
    ] {
        let extra = chunk(name, &[head, &zeros()].concat());
        std::fs::write(&file, claims(100, 8, 0, &extra)).unwrap();
        let what = format!("100 MB in a chunk {}", String::from_utf8_lossy(name));
        let fault = bounded(&what, &file).unwrap_err();
        assert!(fault.contains("picture of a digit: expected"), "{fault}");
    }
    File::create(&file).unwrap().set_len(5_000_000_000).unwrap();
    let fault = bounded("a file of 5 GB", &file).unwrap_err();
    assert!(
        fault.contains("expected a file of at most 16 MiB"),
        "{fault}"
    );
}

/// What is just small enough.
fn the_largest(dir: &Path) {
    let file = dir.join("largest.png");
    bounded("RGB, 4,000×4,000", &sound(&file, 4000, ColorType::Rgb)).unwrap();
    bounded("RGBA, 3,460×3,460", &sound(&file, 3460, ColorType::Rgba)).unwrap();
    let file = jpeg(&dir.join("largest.jpg"), 4000);
    bounded("JPEG, 4,000×4,000", &file).unwrap();
    // The decoder takes the memory of the size it is told before it finds that pixels are missing.
    let short = with_frame(&jpeg(&file, 100), 0xc2, 2400);
    std::fs::write(&file, short).unwrap();
    let _ = bounded("a progressive JPEG of 5.8 megapixels", &file);
}

#[test]
fn no_picture_of_a_digit_needs_100_mb() {
    let dir = tempfile::tempdir().unwrap();
    too_many_pixels(dir.path());
    too_many_bytes(dir.path());
    the_largest(dir.path());
}
