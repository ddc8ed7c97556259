//! How large a run is.

use std::fmt;

/// How large a run is, chosen by a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// `--quick`: seconds, on a part of the data; what the tests run.
    Quick,
    /// No flag: what the book prints, offline, on the data in `data/`.
    Default,
    /// `--full`: the full public data sets, up to half an hour.
    Full,
}

impl Mode {
    /// The name of the mode's table in `results.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Quick => "quick",
            Mode::Default => "default",
            Mode::Full => "full",
        }
    }

    /// The mode's one of three settings.
    ///
    /// ```
    /// use lesson::Mode;
    ///
    /// assert_eq!(Mode::Quick.choose(2, 20, 60), 2);
    /// ```
    pub fn choose<T>(self, quick: T, default: T, full: T) -> T {
        match self {
            Mode::Quick => quick,
            Mode::Default => default,
            Mode::Full => full,
        }
    }

    /// The file name of a figure drawn in this mode: `boundary.svg` in a default
    /// run, `boundary.full.svg` with `--full`, `boundary.quick.svg` with
    /// `--quick` (which is never recorded).
    pub fn figure_file(self, name: &str) -> String {
        match self {
            Mode::Default => format!("{name}.svg"),
            other => format!("{name}.{other}.svg"),
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
