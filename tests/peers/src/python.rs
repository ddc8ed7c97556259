//! PyTorch's side: a Python process that runs a case each time it is told to.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, ensure};
use serde::Deserialize;

/// The Python to call: the one given, that of PEERS_PYTHON, or that of the set-up note.
///
/// # Errors
/// If it is not there, with what to do.
pub(crate) fn find(given: Option<&Path>) -> anyhow::Result<PathBuf> {
    let named = given.map(Path::to_path_buf);
    let named = named.or_else(|| std::env::var_os("PEERS_PYTHON").map(PathBuf::from));
    let python = named.unwrap_or_else(|| home().join(".venv/bin/python"));
    ensure!(
        python.exists() || python.components().count() == 1,
        "there is no Python at {}: tests/peers/README.md says how to set one up; another one is \
         named by --python PATH",
        python.display()
    );
    Ok(python)
}

/// The folder of the comparison.
pub(crate) fn home() -> PathBuf {
    lesson::workspace_root().join("tests/peers")
}

/// `python peer.py CASE FOLDER THREADS`.
pub(crate) fn command(python: &Path, case: &str, folder: &Path) -> Command {
    let mut command = Command::new(python);
    command
        .arg("-B") // leaves no compiled files behind
        .arg(home().join("peer.py"))
        .arg(case)
        .arg(folder)
        .arg(threads().to_string());
    command
}

/// Threads that each side uses: as many as the machine has.
pub(crate) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// A case in a Python process.
pub(crate) struct Peer {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    /// Versions of what it computes with.
    pub(crate) versions: Versions,
}

/// What PyTorch's side says of itself.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Versions {
    pub(crate) torch: String,
    pub(crate) numpy: String,
}

/// One run of the other side.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    pub(crate) seconds: f64,
    pub(crate) numbers: Vec<f64>,
}

impl Peer {
    /// Starts the process and waits until it is ready.
    ///
    /// # Errors
    /// If Python or PyTorch is not there; what they said goes to stderr.
    pub(crate) fn start(python: &Path, case: &str, folder: &Path) -> anyhow::Result<Peer> {
        let mut command = command(python, case, folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let words = || format!("cannot start {}", python.display());
        let mut child = command.spawn().with_context(words)?;
        let to = child.stdin.take().context("a piped process has an input")?;
        let from = child
            .stdout
            .take()
            .context("a piped process has an output")?;
        let mut from = BufReader::new(from);
        let versions = read(&mut from).context(
            "PyTorch's side did not start; is torch installed there? (tests/peers/README.md)",
        )?;
        Ok(Peer {
            child,
            to,
            from,
            versions,
        })
    }

    /// Runs the case once.
    ///
    /// # Errors
    /// If the process ended.
    pub(crate) fn run(&mut self) -> anyhow::Result<Answer> {
        writeln!(self.to)?;
        self.to.flush()?;
        read(&mut self.from)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads a line of JSON.
fn read<T: for<'a> Deserialize<'a>>(from: &mut impl BufRead) -> anyhow::Result<T> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    ensure!(!line.is_empty(), "the process ended");
    serde_json::from_str(&line).with_context(|| format!("not what was expected: {line}"))
}
