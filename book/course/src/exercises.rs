//! `exercises list` and `exercises hint ID`.

use std::path::Path;

use clap::Subcommand;
use pages::{Course, Exercise, Lesson};

use crate::cli::Failure;
use crate::print;

/// What one can ask about exercises.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// All exercises with their level, and the commands that check them
    List,
    /// The hints of an exercise, from a nudge to nearly the answer
    Hint {
        /// The exercise's number, such as 1.2
        #[arg(value_name = "ID")]
        id: String,
    },
}

/// Prints what was asked for.
///
/// # Errors
/// An exercise that does not exist, or a course.toml that cannot be read.
pub fn run(root: &Path, command: Command) -> Result<(), Failure> {
    let course = Course::load(root)?;
    match command {
        Command::List => print::lines(&list(&course))?,
        Command::Hint { id } => print::lines(&hints(&course, &id)?)?,
    }
    Ok(())
}

/// Every exercise in a line, under its lesson.
fn list(course: &Course) -> String {
    let mut text = String::new();
    for lesson in course
        .lessons
        .iter()
        .filter(|lesson| !lesson.exercises.is_empty())
    {
        text.push_str(&format!("Lesson {}: {}\n", lesson.number, lesson.title));
        for exercise in &lesson.exercises {
            let Exercise {
                id, title, level, ..
            } = exercise;
            let level = level.to_string();
            text.push_str(&format!("  {id:<5} {level:<7} {title}\n"));
        }
        text.push_str(&format!(
            "  stubs: chapters/{0}/src/exercises.rs; check all: cargo test -p {0} --test exercises\n\n",
            lesson.id
        ));
    }
    if text.is_empty() {
        return "No lesson has exercises yet.\n".into();
    }
    text.push_str("A hint: cargo run -- exercises hint ID\n");
    text
}

fn hints(course: &Course, id: &str) -> Result<String, Failure> {
    let Some((lesson, exercise)) = course.exercise(id) else {
        return Err(Failure::usage(format!(
            "there is no exercise {id}; `cargo run -- exercises list` names them all"
        )));
    };
    Ok(described(lesson, exercise))
}

fn described(lesson: &Lesson, exercise: &Exercise) -> String {
    let mut text = format!(
        "Exercise {}: {} ({})\n",
        exercise.id, exercise.title, exercise.level
    );
    for (number, hint) in exercise.hints.iter().enumerate() {
        text.push_str(&format!("\nHint {}: {hint}\n", number + 1));
    }
    text.push_str(&format!("\nCheck it: {}\n", exercise.command(lesson)));
    text
}
