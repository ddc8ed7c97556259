//! Ctrl-C: a flag that the work looks at, so that it stops between two steps.

use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use thiserror::Error;

/// Exit code of a run that was interrupted: 128 and the signal's number, 2.
pub(crate) const EXIT_CODE: u8 = 130;

/// Set by the first Ctrl-C.
static PRESSED: AtomicBool = AtomicBool::new(false);

/// Held while files are put in place, so that not even a second Ctrl-C ends the
/// run between two of them.
pub(crate) static WRITING: Mutex<()> = Mutex::new(());

/// The run was interrupted by Ctrl-C.
///
/// It travels up through `?` like any error; [`main`](crate::main) turns it
/// into one line and the exit code 130. A lesson that wants to leave something
/// behind saves it where it meets this error: see [`Run::out_dir`](crate::Run::out_dir).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("interrupted")]
pub struct Interrupted;

/// Whether to go on.
///
/// # Errors
/// [`Interrupted`] after Ctrl-C.
pub(crate) fn check() -> Result<(), Interrupted> {
    match PRESSED.load(Ordering::Relaxed) {
        true => Err(Interrupted),
        false => Ok(()),
    }
}

/// Listens for Ctrl-C (and a polite request to end) from here on.
pub(crate) fn watch() {
    // The one way this fails is a handler that is already there: ours, when a
    // test runs two lessons in one process.
    let _ = ctrlc::set_handler(|| {
        if PRESSED.swap(true, Ordering::Relaxed) {
            end_at_once();
        }
        thread::spawn(say_so_if_slow);
    });
}

/// The second Ctrl-C: no more waiting, except for files being put in place.
fn end_at_once() {
    let _writing = WRITING.lock();
    std::process::exit(EXIT_CODE.into());
}

/// The first Ctrl-C is answered by the work itself, which stops at its next
/// step. Where that takes long, the learner should know that it was heard.
fn say_so_if_slow() {
    thread::sleep(Duration::from_secs(1));
    let words = "stopping at the next step; Ctrl-C again ends at once";
    let _ = writeln!(std::io::stderr(), "\r{words}");
}
