//! `{{num}}` and `{{given}}`: numbers in running text, each with where it comes from.

use super::Expander;
use crate::directive::{self, Directive};
use crate::html::escape;
use crate::number::Format;
use crate::scan::Scan;
use lesson::{Mode, Value};

/// Where a number will stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// In Markdown: marked up, with its source.
    Markdown,
    /// In an attribute: the bare text.
    Plain,
    /// In a formula: TeX.
    Maths,
}

impl Expander<'_> {
    /// The text of an inline directive in the page's running text.
    pub(super) fn inline(&mut self, directive: &Directive) -> String {
        let style = if directive.in_maths {
            Style::Maths
        } else {
            Style::Markdown
        };
        self.styled(directive, directive.line, style)
    }

    fn styled(&mut self, directive: &Directive, line: usize, style: Style) -> String {
        let made = match directive.name.as_str() {
            "num" => self.num(&directive.args, style),
            "given" if directive.in_link => {
                Err("a `{{given}}` in a link or heading: its footnote cannot stand there".into())
            }
            "given" => self.given(&directive.args, style),
            name => Err(format!("`{{{{{name}}}}}` cannot stand here")),
        };
        made.unwrap_or_else(|message| {
            self.complain(line, message);
            String::new()
        })
    }

    /// Expands the numbers in a text that is not the page's own flow: a caption, a hint. `line`
    /// is the line it begins at.
    pub(super) fn text(&mut self, text: &str, line: usize, style: Style) -> String {
        let scan = Scan::new(text);
        let (directives, wrong) = directive::find(text, &scan);
        for (offset, message) in wrong {
            self.complain(line + offset - 1, message);
        }
        let (mut out, mut at) = (String::new(), 0);
        for directive in &directives {
            out.push_str(&text[at..directive.range.start]);
            let inner = match (style, directive.in_maths) {
                (Style::Markdown, true) => Style::Maths,
                (style, _) => style,
            };
            out.push_str(&self.styled(directive, line + directive.line - 1, inner));
            at = directive.range.end;
        }
        out + &text[at..]
    }

    /// `ch01.iris_accuracy [quick|full] [FORMAT]`.
    fn num(&mut self, args: &str, style: Style) -> Result<String, String> {
        let mut words = args.split_whitespace();
        let key = words.next().unwrap_or("");
        let (prefix, name) = key
            .split_once('.')
            .ok_or_else(|| format!("`{{{{num {args}}}}}`: expected `ch01.name`"))?;
        let (mut mode, mut format) = (Mode::Default, Format::ByUnit);
        for word in words {
            match (word, Format::parse(word)) {
                ("quick", _) => mode = Mode::Quick,
                ("full", _) => mode = Mode::Full,
                (_, Some(given)) => format = given,
                _ => {
                    let expected = "expected quick, full, %, %1, .3 or int";
                    return Err(format!("`{{{{num {args}}}}}`: \"{word}\", {expected}"));
                }
            }
        }
        let value = self.book.value(prefix, name, mode)?.clone();
        self.used_number(prefix, name, mode);
        let shown = format.apply(&value);
        Ok(match style {
            Style::Plain => shown,
            Style::Maths => tex(&shown),
            Style::Markdown => {
                let title = escape(&self.provenance(key, &value, mode));
                format!("<span class=\"num\" title=\"{title}\">{shown}</span>")
            }
        })
    }

    /// `recorded: ch01.iris_accuracy, default run, seed 1; ± 0.2 % over 3 seeds`.
    fn provenance(&self, key: &str, value: &Value, mode: Mode) -> String {
        let mut text = format!("recorded: {key}, {mode} run");
        let prefix = key.split('.').next().unwrap_or("");
        let lesson = self.book.course.lesson_by_prefix(prefix);
        let file = lesson.map_or_else(
            || crate::records::PEERS.into(),
            crate::records::results_file,
        );
        let run = self
            .book
            .results(&file)
            .and_then(|results| results.get(mode));
        if let Some(run) = run {
            text += &format!(", seed {}", run.seed);
            if value.is_time() {
                text += &format!(", {}", run.processor);
            }
        }
        if let (Some(spread), Some(seeds)) = (value.spread, value.seeds) {
            let spread = Value {
                value: spread,
                ..value.clone()
            };
            let shown = Format::ByUnit.apply(&spread);
            text += &format!("; spread {shown} over {seeds} seeds");
        }
        text
    }

    /// `0.92 | Rosenblatt 1958, p. 389`: the source becomes a footnote, which keyboards, screen
    /// readers and paper all reach.
    fn given(&mut self, args: &str, style: Style) -> Result<String, String> {
        let (number, source) = args.split_once('|').unwrap_or((args, ""));
        let (number, source) = (number.trim(), source.trim());
        if number.is_empty() || source.is_empty() {
            return Err(format!(
                "`{{{{given {args}}}}}`: expected `number | source`"
            ));
        }
        match style {
            Style::Plain => return Ok(number.to_string()),
            Style::Maths => {
                return Err("a `{{given}}` in a formula would hide its source".into());
            }
            Style::Markdown => {}
        }
        let known = self.sources.iter().position(|known| known == source);
        let index = known.unwrap_or_else(|| {
            self.sources.push(source.to_string());
            self.sources.len() - 1
        });
        let (shown, title) = (escape(number), escape(&source.replace('`', "")));
        let label = index + 1;
        Ok(format!(
            "<span class=\"given\" title=\"{title}\">{shown}</span>[^given-{label}]"
        ))
    }

    /// The sources of the page's constants, as Markdown footnotes at its end.
    pub(super) fn footnotes(&mut self) {
        for (index, source) in std::mem::take(&mut self.sources).into_iter().enumerate() {
            // The last line of the page stands for all of them.
            self.out
                .block(&format!("[^given-{}]: {source}", index + 1), 0);
        }
    }
}

/// A printed number as TeX writes it.
fn tex(shown: &str) -> String {
    let shown = shown.replace('−', "-").replace(',', "{,}");
    shown.replace("\u{a0}%", r"\,\%").replace('\u{a0}', r"\,")
}
