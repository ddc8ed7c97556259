//! Showing how far a download is.

use std::io::{self, Write};

use indicatif::{ProgressBar, ProgressStyle};

/// Whoever wants to know how far a download is.
pub trait Progress {
    /// A file of `total` bytes begins.
    fn start(&mut self, file: &str, total: u64);
    /// `have` of its bytes are there. May fall when a server cannot go on where it was cut.
    fn at(&mut self, have: u64);
    /// The file is done, or given up.
    fn finish(&mut self);
    /// Something a person should read, one line.
    fn say(&mut self, line: &str);
}

/// Shows nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn start(&mut self, _file: &str, _total: u64) {}
    fn at(&mut self, _have: u64) {}
    fn finish(&mut self) {}
    fn say(&mut self, _line: &str) {}
}

/// A progress bar on standard error with speed and time left; in a pipe only the lines.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// A bar that waits for its first file.
    pub fn new() -> Bar {
        Bar {
            bar: ProgressBar::hidden(),
        }
    }
}

impl Default for Bar {
    fn default() -> Bar {
        Bar::new()
    }
}

impl Progress for Bar {
    fn start(&mut self, file: &str, total: u64) {
        let template = "{msg} {bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
        let style = ProgressStyle::with_template(template).expect("the template is well formed");
        self.bar = ProgressBar::new(total)
            .with_style(style)
            .with_message(file.to_owned());
    }

    fn at(&mut self, have: u64) {
        self.bar.set_position(have);
    }

    fn finish(&mut self) {
        self.bar.finish_and_clear();
    }

    fn say(&mut self, line: &str) {
        // Where standard error is closed there is nobody left to tell; `eprintln!` would panic.
        let tell = || writeln!(io::stderr().lock(), "{line}");
        let _ = self.bar.suspend(tell);
    }
}

/// A number of bytes for people: `4.5 KB`, `9.9 MB` (powers of ten, as disks are sold).
///
/// ```
/// assert_eq!(download::size(612), "612 B");
/// assert_eq!(download::size(9_912_422), "9.9 MB");
/// ```
pub fn size(bytes: u64) -> String {
    let scaled = |unit: f64| bytes as f64 / unit;
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} KB", scaled(1e3)),
        1_000_000..1_000_000_000 => format!("{:.1} MB", scaled(1e6)),
        _ => format!("{:.1} GB", scaled(1e9)),
    }
}
