//! Printing, where the reader of a pipe may have gone: `println!` would panic.

use std::io::{self, ErrorKind, Write};

use anyhow::{Context, Result};

/// Prints lines on standard output. That nobody reads them any more (`| head`)
/// is no failure: the command has done its work, or goes on with it.
///
/// # Errors
/// Any other reason, such as a full disk behind `> FILE`.
pub fn lines(text: &str) -> Result<()> {
    written(&mut io::stdout().lock(), text).context("cannot print")
}

/// Prints a line on standard error; where that is closed there is nobody left to tell.
pub fn complain(line: &str) {
    let _ = written(&mut io::stderr().lock(), line);
}

fn written(to: &mut impl Write, text: &str) -> io::Result<()> {
    let ended = writeln!(to, "{}", text.trim_end_matches('\n')).and_then(|()| to.flush());
    match ended {
        Err(fault) if fault.kind() == ErrorKind::BrokenPipe => Ok(()),
        ended => ended,
    }
}
