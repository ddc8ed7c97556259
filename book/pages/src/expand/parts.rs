//! Figures, cards, recorded output and the tables made from records and manifest.

use super::inline::Style;
use super::{Expander, Target};
use crate::course::Lesson;
use crate::course_check::missing_figure;
use crate::directive::Directive;
use crate::html::{escape, inline, svg_placeholder};
use crate::{figure, records, sync};
use lesson::{Mode, Output};
use std::path::{Path, PathBuf};

/// `alt:` and `caption:` of a figure.
#[derive(Debug, Default, PartialEq, Eq)]
struct Words {
    alt: String,
    caption: String,
}

impl Words {
    /// Reads the lines after the directive's first; each may go on over further lines.
    fn parse(body: &str) -> Result<Words, String> {
        let mut words = Words::default();
        let mut current: Option<&mut String> = None;
        for line in body.lines().map(str::trim) {
            if let Some(text) = line.strip_prefix("alt:") {
                words.alt = text.trim().to_string();
                current = Some(&mut words.alt);
            } else if let Some(text) = line.strip_prefix("caption:") {
                words.caption = text.trim().to_string();
                current = Some(&mut words.caption);
            } else if let Some(text) = &mut current {
                text.push(' ');
                text.push_str(line);
            } else {
                return Err(format!("expected `alt: …` or `caption: …`, got `{line}`"));
            }
        }
        Ok(words)
    }
}

/// A figure that a page asks for.
struct Asked<'a> {
    lesson: &'a Lesson,
    /// With `.full` if the full run's is meant.
    name: String,
    wide: &'static str,
}

impl<'a> Expander<'a> {
    pub(super) fn figure(&mut self, directive: &Directive) {
        let line = directive.line;
        let made = self.asked(&directive.args).and_then(|asked| {
            let words = Words::parse(&directive.body)?;
            Ok((asked, words))
        });
        let (asked, words) = match made {
            Ok(made) => made,
            Err(message) => return self.complain(line, message),
        };
        let Words { alt, caption } = words;
        if alt.is_empty() || caption.is_empty() {
            return self.complain(
                line,
                "a figure needs `alt:` and `caption:`, the finding in words",
            );
        }
        let alt = self.text(&alt, line, Style::Plain);
        let caption = self.text(&caption, line, Style::Markdown);
        if let Err(message) = self.place(&asked, &alt, &caption, line) {
            self.complain(line, message);
        }
    }

    /// `boundary`, `ch01/boundary`, then `full` and `wide` in any order.
    fn asked(&self, args: &str) -> Result<Asked<'a>, String> {
        let mut words = args.split_whitespace();
        let name = words.next().ok_or("`{{#figure}}` needs a name")?;
        let (lesson, name) = match name.split_once('/') {
            Some((prefix, name)) => (self.book.course.lesson_by_prefix(prefix), name),
            None => (self.book.lesson_of(self.page), name),
        };
        let lesson = lesson.ok_or("no such lesson; outside a lesson write `ch01/name`")?;
        let (mut name, mut wide) = (name.to_string(), "");
        for word in words {
            match word {
                "full" => name += ".full",
                "wide" => wide = " wide",
                word => return Err(format!("figure: \"{word}\", expected full or wide")),
            }
        }
        if !lesson.figures.contains(&name) {
            let id = &lesson.id;
            return Err(format!(
                "figure \"{name}\" is not listed under {id} in course.toml"
            ));
        }
        Ok(Asked { lesson, name, wide })
    }

    fn place(
        &mut self,
        asked: &Asked,
        alt: &str,
        caption: &str,
        line: usize,
    ) -> Result<(), String> {
        let Asked { lesson, name, wide } = asked;
        let folder = Path::new("book/src").join(&lesson.id).join("figures");
        let file = folder.join(format!("{name}.svg"));
        let used = &mut self.found.used;
        used.figures.insert((lesson.id.clone(), name.clone()));
        used.files.insert(file.clone());
        let text = std::fs::read_to_string(self.book.root.join(&file))
            .map_err(|_| missing_figure(&file, lesson))?;
        let key = self.next_key(name);
        let svg = figure::prepare(&text, &key, alt)
            .map_err(|message| format!("{} {message}", file.display()))?;
        let html = format!(
            "<figure class=\"plot{wide}\" id=\"fig-{key}\">\n{}\n<figcaption>\n\n\
             {caption}\n\n</figcaption>\n</figure>",
            svg_placeholder(&key)
        );
        self.out.block(&html, line);
        self.found.svgs.push((key.clone(), svg));
        if self.target == (Target::Site { yours: true }) {
            self.yours(asked, &key, line);
        }
        Ok(())
    }

    /// The figure of the reader's own last run, folded, if there is one that can be shown.
    fn yours(&mut self, asked: &Asked, key: &str, line: usize) {
        let Asked { lesson, name, wide } = asked;
        let folder = Path::new("out").join(&lesson.id).join("figures");
        let file: PathBuf = self.book.root.join(&folder).join(format!("{name}.svg"));
        let Ok(text) = std::fs::read_to_string(file) else {
            return;
        };
        let key = format!("{key}-yours");
        let alt = format!("The figure {name} as your own last run drew it");
        let Ok(svg) = figure::prepare(&text, &key, &alt) else {
            return;
        };
        let html = format!(
            "<details class=\"yours\">\n<summary>Your run</summary>\n\
             <div class=\"plot{wide}\">{}</div>\n</details>",
            svg_placeholder(&key)
        );
        self.out.block(&html, line);
        self.found.svgs.push((key, svg));
    }

    /// A key that no other figure of the book has.
    fn next_key(&self, name: &str) -> String {
        let base = format!("{}-{}", self.page.slug(), name.replace('.', "-"));
        let taken = |key: &String| self.found.svgs.iter().any(|(other, _)| other == key);
        let mut keys = std::iter::once(base.clone()).chain((2..).map(|n| format!("{base}-{n}")));
        keys.find(|key| !taken(key)).unwrap_or(base)
    }

    /// The card that opens a lesson's page.
    pub(super) fn card(&mut self, line: usize) {
        let book = self.book;
        let (Some(lesson), Some(entry)) = (book.lesson_of(self.page), book.entry_of(self.page))
        else {
            return self.complain(line, "no entry for this page in course.toml, so no card");
        };
        let own = !entry.command.is_empty();
        let command = if own { &entry.command } else { &lesson.command };
        let time = match own {
            true => minutes(entry.minutes),
            false => format!("{}; {}", minutes(entry.minutes), seconds(lesson.seconds)),
        };
        let mut rows = vec![
            ("builds", "You build", inline(&entry.builds)),
            ("time", "Time", time),
            ("run", "Run", format!("<code>{}</code>", escape(command))),
            ("data", "Data", escape(&entry.data.join(", "))),
            ("needs", "Before", self.needs(&entry.needs, line)),
        ];
        rows.retain(|(_, _, text)| !text.is_empty());
        let mut html = "<div class=\"card\" role=\"group\" aria-label=\"About this page\">\n<dl>\n"
            .to_string();
        for (class, title, text) in rows {
            html += &format!("<div class=\"card-{class}\"><dt>{title}</dt><dd>{text}</dd></div>\n");
        }
        self.out.block(&(html + "</dl>\n</div>"), line);
    }

    /// Links to what a page builds on.
    fn needs(&mut self, needs: &[String], line: usize) -> String {
        let mut links = Vec::new();
        for need in needs {
            match self.book.need(need) {
                Some((title, Some(path))) => {
                    let (title, href) = (escape(title), escape(&self.page.link_to(&path)));
                    links.push(format!("<a href=\"{href}\">{title}</a>"));
                }
                Some((title, None)) => links.push(escape(title)),
                None => self.complain(line, format!("needs \"{need}\": no such page or lesson")),
            }
        }
        links.join(", ")
    }

    /// What a section of the recorded run printed.
    pub(super) fn output(&mut self, section: &str, line: usize) {
        let Some(lesson) = self.book.lesson_of(self.page) else {
            return self.complain(line, "`{{#output}}` stands on a lesson's page");
        };
        let file = records::output_file(lesson);
        self.found.used.files.insert(file.clone());
        let text = std::fs::read_to_string(self.book.root.join(&file)).unwrap_or_default();
        let output = Output::parse(&text);
        let Some(printed) = output.section(section) else {
            let command = format!("cargo run -p {} -- {section} --record", lesson.id);
            let file = file.display();
            let message = format!("no section \"{section}\" in {file}; record it with `{command}`");
            return self.complain(line, message);
        };
        let (id, section) = (&lesson.id, escape(section));
        let html = format!(
            "<figure class=\"output\">\n<figcaption><code>cargo run -p {id} -- {section}</code> \
             prints</figcaption>\n\n````text\n{printed}````\n\n</figure>"
        );
        self.out.block(&html, line);
    }

    /// The lesson's recorded values as a table.
    pub(super) fn values(&mut self, line: usize) {
        let Some(lesson) = self.book.lesson_of(self.page) else {
            return self.complain(line, "`{{#values}}` stands on a lesson's page");
        };
        let file = records::results_file(lesson);
        let run = self.book.results(&file).and_then(|r| r.get(Mode::Default));
        let Some(run) = run else {
            let command = records::record_command(lesson, Mode::Default);
            return self.complain(line, format!("nothing recorded yet; run `{command}`"));
        };
        let mut table = "| Value | Recorded | Another run |\n|---|---|---|\n".to_string();
        for (name, value) in &run.values {
            let (shown, tolerance) = (value.shown(), value.tolerance_shown());
            table += &format!("| `{name}` | {shown} | {tolerance} |\n");
        }
        let names: Vec<String> = run.values.keys().cloned().collect();
        for name in names {
            self.used_number(lesson.prefix(), &name, Mode::Default);
        }
        self.found.used.files.insert(file);
        let html = format!("<div class=\"values\">\n\n{table}\n</div>");
        self.out.block(&html, line);
    }

    /// The table of lessons.
    pub(super) fn lessons(&mut self, line: usize) {
        let link = |lesson: &Lesson| self.page.link_to(&format!("{}/index.md", lesson.id));
        let table = sync::lessons_table(&self.book.course, link);
        let html = format!("<div class=\"lessons\">\n\n{table}\n</div>");
        self.out.block(&html, line);
    }
}

fn minutes(count: u32) -> String {
    match count {
        1 => "1 minute".into(),
        count => format!("{count} minutes"),
    }
}

fn seconds(count: u32) -> String {
    format!("the run takes about {count} s on 2 cores")
}
