//! Boxes with a beginning and an end: predictions, questions, exercises, notes, tabs.

use super::Expander;
use super::inline::Style;
use crate::html::{escape, slug};

/// What kind of box is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Predict,
    Question,
    Answer,
    Exercise,
    Note,
    Tabs,
    Tab,
}

impl Kind {
    /// The directive that ends it.
    pub(super) fn end(self) -> &'static str {
        match self {
            Kind::Predict => "#endpredict",
            Kind::Question | Kind::Answer => "#endquestion",
            Kind::Exercise => "#endexercise",
            Kind::Note => "#endnote",
            Kind::Tabs | Kind::Tab => "#endtabs",
        }
    }
}

/// A box whose end has not come yet.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) kind: Kind,
    pub(super) line: usize,
    /// Its id, from which the ids of its parts are made.
    id: String,
    /// What must follow its text: an exercise's hints.
    after: String,
}

impl Expander<'_> {
    /// A directive that opens, divides or closes a box.
    pub(super) fn boxed(&mut self, name: &str, args: &str, line: usize) {
        match name {
            "#predict" => self.titled(Kind::Predict, "predict", "Predict", line),
            "#question" => {
                let count = self.counts.get("question").copied().unwrap_or(0) + 1;
                self.titled(
                    Kind::Question,
                    "question",
                    &format!("Checkpoint {count}"),
                    line,
                );
            }
            "#answer" => self.answer(line),
            "#note" => self.note(args, line),
            "#exercise" => self.exercise(args, line),
            "#tabs" => {
                let id = self.next_id("tabs");
                self.out
                    .block(&format!("<div class=\"tabs\" id=\"{id}\">"), line);
                self.push(Kind::Tabs, id, String::new(), line);
            }
            "#tab" => self.tab(args, line),
            "#endpredict" | "#endquestion" | "#endexercise" | "#endnote" | "#endtabs" => {
                self.close(name, line);
            }
            name => {
                let escape = r"a literal one is written `\{{`";
                self.complain(
                    line,
                    format!("unknown directive `{{{{{name}}}}}`; {escape}"),
                );
            }
        }
    }

    fn push(&mut self, kind: Kind, id: String, after: String, line: usize) {
        if self.open.iter().any(|open| open.kind == kind) {
            self.complain(
                line,
                format!("a {kind:?} inside a {kind:?}: close the first one"),
            );
        }
        self.open.push(Open {
            kind,
            line,
            id,
            after,
        });
    }

    /// A box whose title is a fixed word.
    fn titled(&mut self, kind: Kind, class: &'static str, title: &str, line: usize) {
        let id = self.next_id(class);
        let html = titled_box(&format!("box {class}"), "group", &id, title);
        self.out.block(&html, line);
        self.push(kind, id, String::new(), line);
    }

    fn note(&mut self, title: &str, line: usize) {
        if title.is_empty() {
            self.complain(line, "a note has a title: `{{#note History}}`");
        }
        let id = self.next_id("note");
        let class = format!("box note note-{}", slug(title));
        self.out
            .block(&titled_box(&class, "note", &id, title), line);
        self.push(Kind::Note, id, String::new(), line);
    }

    fn answer(&mut self, line: usize) {
        match self.open.last_mut() {
            Some(open) if open.kind == Kind::Question => open.kind = Kind::Answer,
            _ => return self.complain(line, "`{{#answer}}` stands once in each `{{#question}}`"),
        }
        let html = "<details class=\"answer\">\n<summary>Answer</summary>";
        self.out.block(html, line);
    }

    fn tab(&mut self, title: &str, line: usize) {
        if self.open.last().is_some_and(|open| open.kind == Kind::Tab) {
            self.open.pop();
            self.out.block("</div>", line);
        }
        let group = match self.open.last() {
            Some(open) if open.kind == Kind::Tabs && !title.is_empty() => open.id.clone(),
            _ => return self.complain(line, "`{{#tab Title}}` stands inside `{{#tabs}}`"),
        };
        let (id, shown) = (format!("{group}-{}", slug(title)), escape(title));
        let html = format!(
            "<div class=\"tab\" data-title=\"{shown}\" id=\"{id}\">\n\
             <p class=\"tab-title\">{shown}</p>"
        );
        self.out.block(&html, line);
        self.push(Kind::Tab, id, String::new(), line);
    }

    fn exercise(&mut self, id: &str, line: usize) {
        let Some((lesson, exercise)) = self.book.course.exercise(id) else {
            return self.complain(line, format!("no exercise {id} in course.toml"));
        };
        if lesson.id != self.page.folder() || exercise.page != self.page.file() {
            let (lesson, page) = (&lesson.id, &exercise.page);
            let message = format!("exercise {id} stands on {lesson}/{page} by course.toml");
            self.complain(line, message);
        }
        self.found.used.exercises.push((id.to_string(), line));
        let (anchor, level) = (exercise.anchor(), exercise.level);
        let command = escape(&exercise.command(lesson));
        // One level below the section it stands in, and no deeper than three.
        let marks = "#".repeat((self.heading + 1).clamp(2, 3));
        let html = format!(
            "<div class=\"box exercise\" role=\"group\" aria-labelledby=\"{anchor}\">\n\n\
             {marks} Exercise {id}: {} {{#{anchor}}}\n\n\
             <p class=\"exercise-meta\"><span class=\"level level-{level}\">{level}</span> \
             <code>{command}</code></p>",
            exercise.title
        );
        self.out.block(&html, line);
        let hints = self.hints(&exercise.hints, line);
        self.push(Kind::Exercise, anchor, hints, line);
    }

    /// Hints are Markdown, each folded by itself, so that the first does not give away the next.
    fn hints(&mut self, hints: &[String], line: usize) -> String {
        let mut out = String::new();
        for (index, hint) in hints.iter().enumerate() {
            let number = match hints.len() {
                1 => String::new(),
                _ => format!(" {}", index + 1),
            };
            let hint = self.text(hint.trim(), line, Style::Markdown);
            out += &format!(
                "<details class=\"hint\">\n<summary>Hint{number}</summary>\n\n{hint}\n\n</details>\n\n"
            );
        }
        out
    }

    fn close(&mut self, name: &str, line: usize) {
        let Some(open) = self.open.last() else {
            return self.complain(line, format!("`{{{{{name}}}}}` ends nothing"));
        };
        if open.kind.end() != name {
            let (since, wanted) = (open.line, open.kind.end());
            let message =
                format!("`{{{{{name}}}}}` where `{{{{{wanted}}}}}` (of line {since}) was due");
            return self.complain(line, message);
        }
        let open = self.open.pop().expect("its last was looked at");
        let html = match open.kind {
            Kind::Answer => "</details>\n</div>".to_string(),
            Kind::Tab => {
                self.open.pop();
                "</div>\n\n</div>".to_string()
            }
            Kind::Question => {
                self.complain(open.line, "this question has no `{{#answer}}`");
                return;
            }
            Kind::Tabs => {
                self.complain(open.line, "these tabs hold no `{{#tab Title}}`");
                return;
            }
            _ => format!("{}</div>", open.after),
        };
        self.out.block(&html, line);
    }
}

fn titled_box(class: &str, role: &str, id: &str, title: &str) -> String {
    let title = escape(title);
    format!(
        "<div class=\"{class}\" role=\"{role}\" aria-labelledby=\"{id}\">\n\
         <p class=\"box-title\" id=\"{id}\">{title}</p>"
    )
}
