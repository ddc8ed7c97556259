//! `output.txt`: what the recorded run said, section by section.

/// What each section of a recorded run said.
///
/// ```
/// use lesson::Output;
///
/// let output = Output::parse("== logic ==\nAND OR\n\n== rule ==\n3 mistakes\n");
/// assert_eq!(output.section("rule"), Some("3 mistakes\n"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    parts: Vec<(String, String)>,
}

impl Output {
    /// Reads the text of an `output.txt`. Lines before the first heading belong
    /// to no section and are dropped.
    pub fn parse(text: &str) -> Output {
        let mut output = Output::default();
        for line in text.lines() {
            if let Some(section) = heading(line) {
                output.parts.push((section.to_string(), String::new()));
            } else if let Some((_, said)) = output.parts.last_mut() {
                said.push_str(line);
                said.push('\n');
            }
        }
        for (_, said) in &mut output.parts {
            *said = ended(said);
        }
        output
    }

    /// What a section said.
    pub fn section(&self, name: &str) -> Option<&str> {
        let part = self.parts.iter().find(|(section, _)| section == name);
        part.map(|(_, said)| said.as_str())
    }

    /// The names of the sections, in order.
    pub fn sections(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|(section, _)| section.as_str())
    }

    /// Adds what a section said, after the others. A line that would read as a
    /// heading moves right by one space.
    pub fn push(&mut self, section: &str, said: &str) {
        let line = |line| match heading(line) {
            Some(_) => format!(" {line}\n"),
            None => format!("{line}\n"),
        };
        let said: String = said.lines().map(line).collect();
        self.parts.push((section.to_string(), ended(&said)));
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let part = |(section, said): &(String, String)| format!("== {section} ==\n{said}");
        self.parts.iter().map(part).collect::<Vec<_>>().join("\n")
    }
}

/// The section that a line is the heading of.
fn heading(line: &str) -> Option<&str> {
    let name = line.strip_prefix("== ")?.strip_suffix(" ==")?;
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (!name.is_empty() && name.chars().all(letter)).then_some(name)
}

/// The text without empty lines at its end.
fn ended(text: &str) -> String {
    match text.trim_end() {
        "" => String::new(),
        text => format!("{text}\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let mut output = Output::default();
        output.push("logic", "  AND\n\n  OR\n\n");
        output.push("silent", "");
        output.push("rule", "3 mistakes");
        assert_eq!(
            output.text(),
            "== logic ==\n  AND\n\n  OR\n\n== silent ==\n\n== rule ==\n3 mistakes\n"
        );
        assert_eq!(Output::parse(&output.text()), output);
    }

    #[test]
    fn a_line_like_a_heading_is_none() {
        let mut output = Output::default();
        output.push("logic", "== rule ==\n== Two Words ==");
        let read = Output::parse(&output.text());
        assert_eq!(read.sections().collect::<Vec<_>>(), ["logic"]);
        assert_eq!(
            read.section("logic"),
            Some(" == rule ==\n== Two Words ==\n")
        );
    }
}
