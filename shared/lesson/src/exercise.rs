//! What an exercise's tests say when they fail.
//!
//! ```
//! use lesson::exercise::Exercise;
//!
//! // What a learner wrote:
//! fn dot(a: &[f32], b: &[f32]) -> f32 {
//!     a.iter().zip(b).map(|(a, b)| a * b).sum()
//! }
//!
//! let ex = Exercise::new("1.1", "The weighted sum", "What one neuron can say");
//! let (a, b) = ([1.0, 2.0], [3.0, 4.0]);
//! ex.given(format!("a = {a:?}, b = {b:?}")).close(dot(&a, &b), 11.0, 1e-6);
//! ```

use std::fmt::{Debug, Display};

/// An exercise, and what one of its tests feeds it; its checks panic with words
/// that say what was asked, what was expected, what came, and where to read on.
#[derive(Clone, Debug)]
pub struct Exercise {
    id: &'static str,
    title: &'static str,
    section: &'static str,
    step: Option<String>,
    given: Option<String>,
}

impl Exercise {
    /// The exercise `id` ("1.2") of this title, explained on the page or in the
    /// section of that name.
    pub fn new(id: &'static str, title: &'static str, section: &'static str) -> Exercise {
        Exercise {
            id,
            title,
            section,
            step: None,
            given: None,
        }
    }

    /// Names the step of the exercise that a check is about.
    #[must_use]
    pub fn step(&self, what: impl Display) -> Exercise {
        Exercise {
            step: Some(what.to_string()),
            ..self.clone()
        }
    }

    /// Says what the function was called with.
    #[must_use]
    pub fn given(&self, input: impl Display) -> Exercise {
        Exercise {
            given: Some(input.to_string()),
            ..self.clone()
        }
    }

    /// Checks that `|got − expected| ≤ tolerance`.
    ///
    /// # Panics
    /// If it is not so, or `got` is not a number.
    #[track_caller]
    pub fn close(&self, got: impl Into<f64>, expected: impl Into<f64>, tolerance: f64) {
        let (got, expected) = (got.into(), expected.into());
        if !is_close(got, expected, tolerance) {
            let (got, expected) = (short(got), short(expected));
            self.fail(&format!("{expected} (± {tolerance})"), &got);
        }
    }

    /// Checks that two lists have the same length and every
    /// `|got − expected| ≤ tolerance`.
    ///
    /// # Panics
    /// At the first place where it is not so, which the message names.
    #[track_caller]
    pub fn close_each(&self, got: &[f32], expected: &[f32], tolerance: f64) {
        if got.len() != expected.len() {
            let count = |list: &[f32]| format!("{} numbers: {}", list.len(), listed(list));
            self.fail(&count(expected), &count(got));
        }
        let mut pairs = got.iter().zip(expected);
        let bad =
            pairs.position(|(&got, &expected)| !is_close(got.into(), expected.into(), tolerance));
        if let Some(bad) = bad {
            let (expected, at) = (
                listed(expected),
                format!("{} at index {bad}", short(got[bad].into())),
            );
            self.fail(
                &format!("{expected} (± {tolerance})"),
                &format!("{}, which has {at}", listed(got)),
            );
        }
    }

    /// Checks that two things are equal.
    ///
    /// # Panics
    /// If they are not.
    #[track_caller]
    pub fn equal<T: PartialEq<U> + Debug, U: Debug>(&self, got: T, expected: U) {
        if got != expected {
            self.fail(&format!("{expected:?}"), &format!("{got:?}"));
        }
    }

    /// Checks that something holds: `ex.holds(loss >= 0.0, "a loss is never negative")`.
    ///
    /// # Panics
    /// If it does not.
    #[track_caller]
    pub fn holds(&self, holds: bool, what: impl Display) {
        if !holds {
            self.fail(&what.to_string(), "something for which that is not so");
        }
    }

    /// The message of a failed check.
    #[track_caller]
    fn fail(&self, expected: &str, got: &str) -> ! {
        let Exercise {
            id,
            title,
            section,
            step,
            given,
        } = self;
        let mut lines = vec![format!("exercise {id}: {title}")];
        let mut line = |label: &str, text: &str| lines.push(format!("  {label:<8}  {text}"));
        if let Some(step) = step {
            line("step", step);
        }
        if let Some(given) = given {
            line("given", given);
        }
        line("expected", expected);
        line("got", got);
        line("read", &format!("\"{section}\""));
        line("hint", &format!("cargo run -- exercises hint {id}"));
        panic!("\n{}\n", lines.join("\n"));
    }
}

/// Which of the wrong solutions of exercise `id` to use in place of the right
/// one: `Some('b')` where the environment has `COURSE_WRONG=1.2b`.
///
/// The harness sets it to prove that the tests catch every wrong solution; see
/// `src/wrong.rs` of a lesson.
pub fn wrong_variant(id: &str) -> Option<char> {
    variant(&std::env::var("COURSE_WRONG").ok()?, id)
}

/// The letter behind `id` in `wanted`.
fn variant(wanted: &str, id: &str) -> Option<char> {
    let mut letters = wanted.strip_prefix(id)?.chars();
    let letter = letters.next().filter(char::is_ascii_lowercase)?;
    letters.next().is_none().then_some(letter)
}

/// Whether two numbers are within the tolerance; NaN is near nothing, and
/// infinity only near itself.
fn is_close(got: f64, expected: f64, tolerance: f64) -> bool {
    got == expected || (got - expected).abs() <= tolerance
}

/// A number with as many digits as an `f32` has.
fn short(x: f64) -> String {
    format!("{}", x as f32)
}

/// A list of numbers, cut after the first dozen.
fn listed(list: &[f32]) -> String {
    match list.len() {
        0..=12 => format!("{list:?}"),
        more => format!("{:?} and {} more", &list[..12], more - 12),
    }
}
