//! The command line.

use std::path::PathBuf;

use clap::Parser;

/// Runs the course's nets and PyTorch's in turns and prints how long each takes.
#[derive(Parser)]
#[command(name = "peers")]
pub(crate) struct Flags {
    /// The cases to run; all of them if none is named (--list names them)
    pub(crate) cases: Vec<String>,
    /// The Python that has PyTorch [default: $PEERS_PYTHON, else tests/peers/.venv/bin/python]
    #[arg(long)]
    pub(crate) python: Option<PathBuf>,
    /// Rounds of each case; the table shows the medians
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u16).range(3..))]
    pub(crate) rounds: u16,
    /// Write the ratios to tests/peers/results.toml
    #[arg(long)]
    pub(crate) record: bool,
    /// Name the cases
    #[arg(long)]
    pub(crate) list: bool,
    /// Our side of a whole training, as a process of its own
    #[arg(long, hide = true)]
    pub(crate) train: Option<String>,
}
