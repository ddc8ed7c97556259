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

use serde::Deserialize;

/// An exercise, and what one of its tests feeds it; its checks panic with words
/// that say what was asked, what was expected, what came, and where to read on.
#[derive(Clone, Debug)]
pub struct Exercise {
    id: &'static str,
    title: String,
    section: String,
    step: Option<String>,
    given: Option<String>,
}

impl Exercise {
    /// The exercise `id` ("1.2") of this title, explained on the page or in the
    /// section of that name.
    pub fn new(id: &'static str, title: impl Into<String>, section: impl Into<String>) -> Exercise {
        Exercise {
            id,
            title: title.into(),
            section: section.into(),
            step: None,
            given: None,
        }
    }

    /// The exercise `id` as `course.toml` has it: its title, and the title of the
    /// page that poses it.
    ///
    /// # Panics
    /// If `course.toml` cannot be read or has no such exercise: a fault of the
    /// tests, not of the answer.
    #[track_caller]
    pub fn load(id: &'static str) -> Exercise {
        let file = crate::workspace_root().join("course.toml");
        let text = std::fs::read_to_string(&file).expect("course.toml lies at the root");
        let course: Listed = toml::from_str(&text).expect("course.toml lists lessons");
        let (exercise, page) = course
            .lessons
            .into_iter()
            .find_map(|lesson| lesson.exercise(id))
            .unwrap_or_else(|| panic!("course.toml lists no exercise {id}"));
        Exercise::new(id, exercise, page)
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
            self.fail(&counted(expected), &counted(got));
        }
        let mut pairs = got.iter().zip(expected);
        let wrong =
            |(&got, &expected): (&f32, &f32)| !is_close(got.into(), expected.into(), tolerance);
        if let Some(index) = pairs.position(wrong) {
            let expected = format!("{} (± {tolerance})", listed(expected));
            let wrong = got[index];
            self.fail(
                &expected,
                &format!("{}, with {wrong} at index {index}", listed(got)),
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
            self.fail(&format!("that {what}"), "it is not so");
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
        line("read", &format!("\"{section}\" in the book"));
        line("hint", &format!("cargo run -- exercises hint {id}"));
        panic!("{}\n", lines.join("\n"));
    }
}

/// What [`Exercise::load`] needs of `course.toml`.
#[derive(Deserialize)]
struct Listed {
    #[serde(rename = "lesson")]
    lessons: Vec<ListedLesson>,
}

#[derive(Deserialize)]
struct ListedLesson {
    #[serde(rename = "page", default)]
    pages: Vec<ListedPage>,
    #[serde(rename = "exercise", default)]
    exercises: Vec<ListedExercise>,
}

#[derive(Deserialize)]
struct ListedPage {
    file: String,
    title: String,
}

#[derive(Deserialize)]
struct ListedExercise {
    id: String,
    title: String,
    page: String,
}

impl ListedLesson {
    /// The titles of the exercise `id` and of its page, if it is one of this lesson's.
    fn exercise(self, id: &str) -> Option<(String, String)> {
        let exercise = self.exercises.into_iter().find(|e| e.id == id)?;
        let page = self.pages.into_iter().find(|p| p.file == exercise.page)?;
        Some((exercise.title, page.title))
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

/// A list with its length.
fn counted(list: &[f32]) -> String {
    let numbers = if list.len() == 1 { "number" } else { "numbers" };
    format!("{} {numbers}: {}", list.len(), listed(list))
}

/// A list of numbers, cut after the first dozen.
fn listed(list: &[f32]) -> String {
    match list.len() {
        0..=12 => format!("{list:?}"),
        more => format!("{:?} and {} more", &list[..12], more - 12),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// What a check says when it fails.
    fn words(check: impl FnOnce() + std::panic::UnwindSafe) -> String {
        let payload = std::panic::catch_unwind(check).unwrap_err();
        payload.downcast_ref::<String>().unwrap().clone()
    }

    fn exercise() -> Exercise {
        Exercise::new("1.2", "One step of the rule", "Learning from mistakes")
    }

    #[test]
    fn a_failure_says_what_was_asked_and_where_to_read_on() {
        let asked = exercise()
            .step("the bias moves too")
            .given("x = [1, 2], y = +1");
        let expected = "exercise 1.2: One step of the rule
  step      the bias moves too
  given     x = [1, 2], y = +1
  expected  1 (± 0.000001)
  got       0.25
  read      \"Learning from mistakes\" in the book
  hint      cargo run -- exercises hint 1.2
";
        assert_eq!(words(|| asked.close(0.25_f32, 1.0_f32, 1e-6)), expected);
    }

    #[test]
    fn lists_name_the_first_place_that_is_wrong() {
        let got = words(|| exercise().close_each(&[1.0, 2.5], &[1.0, 2.0], 0.1));
        assert!(got.contains("expected  [1.0, 2.0] (± 0.1)"), "{got}");
        assert!(
            got.contains("got       [1.0, 2.5], with 2.5 at index 1"),
            "{got}"
        );
        let got = words(|| exercise().close_each(&[1.0], &[1.0, 2.0], 0.1));
        assert!(got.contains("got       1 number: [1.0]"), "{got}");
    }

    #[test]
    fn what_is_right_passes() {
        let ex = exercise();
        ex.close(1.0_f32, 1.0 + 1e-7, 1e-6);
        ex.close(f32::INFINITY, f32::INFINITY, 0.0);
        ex.close_each(&[], &[], 0.0);
        ex.equal(vec![1, 2], [1, 2]);
        ex.holds(true, "it holds");
    }

    #[test]
    fn a_number_that_is_none_is_never_close() {
        let got = words(|| exercise().close(f32::NAN, 1.0, 1e30));
        assert!(got.contains("got       NaN"), "{got}");
    }

    #[test]
    fn equality_and_properties_say_both_sides() {
        let got = words(|| exercise().equal([1, 2].as_slice(), [2, 1].as_slice()));
        assert!(
            got.contains("expected  [2, 1]\n  got       [1, 2]"),
            "{got}"
        );
        let got = words(|| exercise().holds(false, "the loss is never negative"));
        assert!(
            got.contains("expected  that the loss is never negative\n  got       it is not so"),
            "{got}"
        );
    }

    #[test]
    fn a_wrong_variant_is_one_letter_behind_the_id() {
        assert_eq!(variant("1.2b", "1.2"), Some('b'));
        for (wanted, id) in [
            ("1.2b", "1.3"),
            ("11.2b", "1.2"),
            ("1.20b", "1.2"),
            ("1.2", "1.2"),
            ("1.2bc", "1.2"),
        ] {
            assert_eq!(variant(wanted, id), None, "{wanted} {id}");
        }
    }
}
