//! Progress bars: on the terminal only, and only for work worth waiting for.

use std::cell::Cell;
use std::fmt::Display;
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::interrupt::{self, Interrupted};

/// Shorter work shows no bar.
const WORTH_A_BAR: Duration = Duration::from_secs(2);
/// How long to watch before judging how long the whole will take.
const LOOK: Duration = Duration::from_millis(400);

/// The progress of a counted piece of work, from [`Run::progress`](crate::Run::progress).
///
/// It writes to stderr, and only where that is a terminal; it appears once the
/// work looks like taking two seconds or more, and is gone when it is dropped.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    bars: MultiProgress,
    steps: u64,
    shown: Cell<bool>,
}

impl Bar {
    /// A bar for `steps` steps, drawn among `bars` when its time comes.
    pub(crate) fn new(bars: &MultiProgress, what: &str, steps: usize) -> Bar {
        let steps = steps as u64;
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::hidden());
        let style = "{prefix} [{bar:30}] {pos}/{len}, {eta} left  {wide_msg}";
        let style = ProgressStyle::with_template(style).expect("the template is well formed");
        bar.set_style(style.progress_chars("=> "));
        bar.set_prefix(what.to_string());
        Bar {
            bar,
            bars: bars.clone(),
            steps,
            shown: Cell::new(bars.is_hidden()),
        }
    }

    /// Counts one step of the work.
    ///
    /// # Errors
    /// [`Interrupted`] after Ctrl-C: hand it up with `?`.
    pub fn step(&self) -> Result<(), Interrupted> {
        self.bar.inc(1);
        if !self.shown.get() && self.is_due() {
            self.shown.set(true);
            self.bars.add(self.bar.clone());
            self.bar.tick();
        }
        interrupt::check()
    }

    /// Shows a few words behind the bar, such as the loss so far.
    pub fn note(&self, words: impl Display) {
        if !self.bars.is_hidden() {
            self.bar.set_message(words.to_string());
        }
    }

    /// Whether the whole will take long enough for a bar, judged by the pace so
    /// far.
    fn is_due(&self) -> bool {
        let (elapsed, done) = (self.bar.elapsed(), self.bar.position());
        let whole = elapsed.as_secs_f64() * self.steps as f64 / done as f64;
        elapsed >= LOOK && whole >= WORTH_A_BAR.as_secs_f64()
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
