//! Panics as readable errors.
//!
//! Tensor code panics on wrong shapes, and a learner who changes a lesson will
//! meet that. The message and the line are what helps; the backtrace is noise,
//! unless `RUST_BACKTRACE` asks for it.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Mutex;

use anyhow::anyhow;

/// The first panic's place and words. The first, because a worker thread's
/// panic is thrown again, without its place, where its work is collected.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

/// From here on a panic prints nothing by itself.
pub(crate) fn keep_quiet() {
    let loud = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if let Ok(mut first) = FIRST.lock() {
            first.get_or_insert_with(|| described(info));
        }
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0") {
            loud(info);
        }
    }));
}

/// Does the work; a panic in it becomes an error that keeps place and words.
pub(crate) fn caught(work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<()> {
    // The run is over after a panic: nothing half-changed is looked at again.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let first = FIRST.lock().ok().and_then(|mut first| first.take());
        Err(anyhow!("panicked {}", first.unwrap_or_default()))
    })
}

/// Where a panic came from and what it says.
fn described(info: &PanicHookInfo) -> String {
    let words = info.payload_as_str().unwrap_or("without a message");
    match info.location() {
        Some(place) => format!("at {place}: {words}"),
        None => format!(": {words}"),
    }
}
