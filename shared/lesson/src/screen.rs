//! Writing to the terminal or a pipe: plain lines, bold only on a terminal, and
//! no panic when the reader of a pipe has gone.

use std::io::{self, ErrorKind, IsTerminal, Write};

use indicatif::MultiProgress;

/// Standard output, with the bars of standard error kept out of its way.
#[derive(Debug)]
pub(crate) struct Screen {
    /// The progress bars being drawn.
    pub(crate) bars: MultiProgress,
    bold: bool,
    fault: Option<io::Error>,
}

impl Screen {
    /// The process's own output.
    pub(crate) fn new() -> Screen {
        Screen {
            bars: MultiProgress::new(),
            bold: io::stdout().is_terminal() && wants_colour(),
            fault: None,
        }
    }

    /// Prints one line.
    pub(crate) fn line(&mut self, text: &str) {
        if self.fault.is_some() {
            return; // said once is enough; see `fault`
        }
        let write = || writeln!(io::stdout().lock(), "{text}");
        self.fault = self.bars.suspend(write).err();
    }

    /// Prints a line whose first words stand out on a terminal.
    pub(crate) fn heading(&mut self, words: &str, rest: &str) {
        match self.bold {
            true => self.line(&format!("\x1b[1m{words}\x1b[0m{rest}")),
            false => self.line(&format!("{words}{rest}")),
        }
    }

    /// Why printing failed, if it did. That the reader of a pipe stopped
    /// reading (`| head`) is no failure: the run goes on in silence and writes
    /// its files.
    pub(crate) fn fault(&mut self) -> Option<io::Error> {
        let fault = self.fault.take()?;
        (fault.kind() != ErrorKind::BrokenPipe).then_some(fault)
    }
}

/// Whether the environment allows colours: see <https://no-color.org>.
fn wants_colour() -> bool {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
}

/// Prints text on standard output, such as a help text.
pub(crate) fn print(text: &str) -> io::Result<()> {
    match writeln!(io::stdout().lock(), "{}", text.trim_end()) {
        Err(fault) if fault.kind() != ErrorKind::BrokenPipe => Err(fault),
        _ => Ok(()),
    }
}

/// Prints a line on standard error; where that is closed there is nobody left
/// to tell.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
