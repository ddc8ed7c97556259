//! What `course.toml` promises, compared with the files that are there.

use crate::complaint::Complaint;
use crate::course::{COURSE_TOML, Course, Exercise, Lesson};
use std::collections::BTreeMap;
use std::path::Path;

/// Everything wrong with `course.toml`, seen against the workspace at `root`.
///
/// Ids are unique and well formed, lessons are numbered without gaps, each ready lesson has its
/// crate and pages, each exercise a page of its lesson and hints.
pub(crate) fn check(course: &Course, root: &Path) -> Vec<Complaint> {
    let mut check = Check {
        course,
        root,
        complaints: Vec::new(),
    };
    check.unique("id", ids(course));
    for (index, lesson) in course.lessons.iter().enumerate() {
        check.lesson(lesson, index);
    }
    check.complaints
}

/// Ids of lessons and exercises: one name space, because both follow the key `id`.
fn ids(course: &Course) -> Vec<&str> {
    let lessons = course.lessons.iter().map(|lesson| lesson.id.as_str());
    let exercises = course.lessons.iter().flat_map(|lesson| &lesson.exercises);
    lessons.chain(exercises.map(|e| e.id.as_str())).collect()
}

/// The state of one check.
struct Check<'a> {
    course: &'a Course,
    root: &'a Path,
    complaints: Vec<Complaint>,
}

impl Check<'_> {
    /// Notes a complaint at the line of `key = "value"`.
    fn complain(&mut self, key: &str, value: &str, message: String) {
        let line = self.course.line_of(key, value, 0);
        self.complaints
            .push(Complaint::new(COURSE_TOML, line, message));
    }

    /// Complains about each value that stands twice, at its second place.
    fn unique(&mut self, key: &str, values: Vec<&str>) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for value in values {
            let count = seen.entry(value).or_default();
            *count += 1;
            if *count > 1 {
                let line = self.course.line_of(key, value, *count - 1);
                let message = format!("{key} \"{value}\" stands twice");
                self.complaints
                    .push(Complaint::new(COURSE_TOML, line, message));
            }
        }
    }

    fn lesson(&mut self, lesson: &Lesson, index: usize) {
        let id = lesson.id.as_str();
        if lesson.number as usize != index + 1 {
            let (got, expected) = (lesson.number, index + 1);
            self.complain("id", id, format!("number {got}, expected {expected}"));
        }
        if lesson.prefix() != format!("ch{:02}", lesson.number) || !id.contains('_') {
            let wanted = format!("ch{:02}_…", lesson.number);
            self.complain("id", id, format!("id \"{id}\", expected {wanted}"));
        }
        if lesson.title.is_empty() || lesson.about.is_empty() {
            self.complain("id", id, format!("{id} needs a title and an about"));
        }
        for exercise in &lesson.exercises {
            self.exercise(lesson, exercise);
        }
        self.needs(lesson);
        if lesson.is_ready() {
            self.ready(lesson);
        }
    }

    /// A ready lesson's crate and pages are there.
    fn ready(&mut self, lesson: &Lesson) {
        let id = lesson.id.as_str();
        if !self.root.join("chapters").join(id).is_dir() {
            self.complain("id", id, format!("no crate chapters/{id}"));
        }
        if lesson.command.is_empty() || lesson.seconds == 0 {
            let message = format!("{id} is ready: it needs a command and its seconds");
            self.complain("id", id, message);
        }
        if lesson.pages.first().is_none_or(|p| p.file != "index.md") {
            self.complain("id", id, format!("the first page of {id} must be index.md"));
        }
        self.pages(lesson);
    }

    /// The pages of a ready lesson are there, each once, each with what its card says.
    fn pages(&mut self, lesson: &Lesson) {
        let id = lesson.id.as_str();
        let folder = Path::new("book/src").join(id);
        for page in &lesson.pages {
            let file = folder.join(&page.file);
            if !self.root.join(&file).is_file() {
                self.complain("file", &page.file, format!("no page {}", file.display()));
            }
            if page.title.is_empty() || page.builds.is_empty() || page.minutes == 0 {
                let message = "a page needs a title, what it builds, and minutes";
                self.complain("file", &page.file, message.to_string());
            }
        }
        let files: Vec<&str> = lesson.pages.iter().map(|p| p.file.as_str()).collect();
        for (index, file) in files.iter().enumerate() {
            if files[..index].contains(file) {
                self.complain("file", file, format!("{file} stands twice in {id}"));
            }
        }
    }

    fn exercise(&mut self, lesson: &Lesson, exercise: &Exercise) {
        let id = exercise.id.as_str();
        let place = id.strip_prefix(&format!("{}.", lesson.number));
        if !place.is_some_and(|rest| rest.parse::<u32>().is_ok_and(|n| n > 0)) {
            let wanted = format!("{}.N", lesson.number);
            self.complain("id", id, format!("exercise id \"{id}\", expected {wanted}"));
        }
        if exercise.title.is_empty() {
            self.complain("id", id, format!("exercise {id} has no title"));
        }
        if exercise.hints.is_empty() || exercise.hints.iter().any(|h| h.trim().is_empty()) {
            self.complain(
                "id",
                id,
                format!("exercise {id} has no hint, or an empty one"),
            );
        }
        if lesson.page(&exercise.page).is_none() {
            let (page, lesson) = (&exercise.page, &lesson.id);
            let message = format!("exercise {id} names the page {page}, which {lesson} lacks");
            self.complain("id", id, message);
        }
    }

    /// `needs` name lessons by id, or pages of the book by title.
    fn needs(&mut self, lesson: &Lesson) {
        for need in &lesson.needs {
            if self.course.lesson(need).is_none() {
                let message = format!("{} needs \"{need}\", which is no lesson", lesson.id);
                self.complain("id", &lesson.id, message);
            }
        }
    }
}

/// The same words wherever a recorded figure is not there: the remedy is a command.
pub(crate) fn missing_figure(file: &Path, lesson: &Lesson) -> String {
    let full = if file.to_string_lossy().ends_with(".full.svg") {
        "--full "
    } else {
        ""
    };
    format!(
        "no figure {}; record it with `cargo run -p {} -- {full}--record`",
        file.display(),
        lesson.id
    )
}
