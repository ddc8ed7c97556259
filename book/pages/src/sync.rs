//! What is derived from `course.toml`: the lessons in SUMMARY.md and README.md.

use crate::course::{Course, Lesson};
use crate::html::escape;

/// README's table stands between a line that begins with the first and a line that is the second.
pub const README_MARKS: (&str, &str) = ("<!-- lessons: begin", "<!-- lessons: end -->");

/// SUMMARY.md with its first list, the lessons, written anew from the manifest; all else is kept.
///
/// # Errors
/// A message when there is no list.
pub fn summary(old: &str, course: &Course) -> Result<String, String> {
    let lines: Vec<&str> = old.lines().collect();
    let is_entry = |line: &&str| line.trim_start().starts_with("- ");
    let start = lines.iter().position(is_entry);
    let start = start.ok_or("SUMMARY.md has no list of lessons (`- [Title](path)`)")?;
    let in_list = |line: &&&str| line.trim().is_empty() || is_entry(line);
    let end = start + lines[start..].iter().take_while(in_list).count();
    let (before, after) = (&lines[..start], &lines[end..]);
    let mut text = lessons_list(course);
    if !before.is_empty() {
        text = format!("{}\n{text}", before.join("\n"));
    }
    if !after.is_empty() {
        text += &format!("\n{}\n", after.join("\n").trim_end());
    }
    Ok(text)
}

/// The lessons as SUMMARY.md lists them: pages below their lesson, drafts for those to come.
fn lessons_list(course: &Course) -> String {
    let mut list = String::new();
    for lesson in &course.lessons {
        if !lesson.is_ready() {
            list += &format!("- [{}]()\n", lesson.title);
            continue;
        }
        list += &format!("- [{}]({}/index.md)\n", lesson.title, lesson.id);
        for page in lesson.pages.iter().filter(|page| page.file != "index.md") {
            list += &format!("  - [{}]({}/{})\n", page.title, lesson.id, page.file);
        }
    }
    list
}

/// README.md with its table of lessons written anew.
///
/// # Errors
/// A message when the two marks are not there.
pub fn readme(old: &str, course: &Course) -> Result<String, String> {
    let (open, close) = README_MARKS;
    let missing = || format!("README.md needs the lines `{open} -->` and `{close}`");
    let start = old.find(open).ok_or_else(missing)?;
    let start = start + old[start..].find('\n').ok_or_else(missing)? + 1;
    let end = start + old[start..].find(close).ok_or_else(missing)?;
    let table = lessons_table(course, |lesson| format!("book/src/{}/index.md", lesson.id));
    Ok(format!("{}\n{table}\n{}", &old[..start], &old[end..]))
}

/// The table of lessons in Markdown; `link` gives the address of a ready lesson.
pub fn lessons_table(course: &Course, link: impl Fn(&Lesson) -> String) -> String {
    let mut table = "| No. | Lesson | What you build | Run |\n|---:|---|---|---|\n".to_string();
    for lesson in &course.lessons {
        let (number, title, about) = (lesson.number, &lesson.title, &lesson.about);
        let about = about.replace('|', "\\|");
        let (title, run) = match lesson.is_ready() {
            true => {
                let command = escape(&lesson.command);
                let run = format!("`{command}`, {} s", lesson.seconds);
                (format!("[{title}]({})", link(lesson)), run)
            }
            false => (title.clone(), "coming".to_string()),
        };
        table += &format!("| {number} | {title} | {about} | {run} |\n");
    }
    table
}
