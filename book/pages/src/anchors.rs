//! `// ANCHOR: name` and `// ANCHOR_END: name`: pieces of source files that pages show.

use regex::Regex;
use std::sync::LazyLock;

/// A marker stands in a comment of any language: `// ANCHOR: x`, `# ANCHOR: x`, `<!-- ANCHOR: x -->`.
static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?://|\#|<!--|;)\s*ANCHOR(?<end>_END)?:\s*(?<name>[A-Za-z0-9_-]+)")
        .expect("the pattern is fixed and valid")
});

/// One marker line.
struct Marker<'a> {
    name: &'a str,
    end: bool,
}

fn marker(line: &str) -> Option<Marker<'_>> {
    let captures = MARKER.captures(line)?;
    Some(Marker {
        name: captures.name("name")?.as_str(),
        end: captures.name("end").is_some(),
    })
}

/// A named piece of a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Its name.
    pub name: String,
    /// The line of `ANCHOR:`, from 1.
    pub line: usize,
}

/// All anchors that a text opens, in order; and what is wrong with its markers, by line.
pub fn anchors(text: &str) -> (Vec<Anchor>, Vec<(usize, String)>) {
    let mut found: Vec<Anchor> = Vec::new();
    let mut open: Vec<Anchor> = Vec::new();
    let mut wrong = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let Some(Marker { name, end }) = marker(line) else {
            continue;
        };
        let line = index + 1;
        let place = open.iter().position(|anchor| anchor.name == name);
        match (end, place) {
            (true, Some(place)) => drop(open.remove(place)),
            (true, None) => wrong.push((line, format!("ANCHOR_END: {name} without its ANCHOR"))),
            (false, _) => {
                if found.iter().any(|anchor| anchor.name == name) {
                    wrong.push((line, format!("anchor \"{name}\" stands twice")));
                }
                let anchor = Anchor {
                    name: name.to_string(),
                    line,
                };
                found.push(anchor.clone());
                open.push(anchor);
            }
        }
    }
    for anchor in open {
        wrong.push((
            anchor.line,
            format!("anchor \"{}\" has no ANCHOR_END", anchor.name),
        ));
    }
    (found, wrong)
}

/// The lines between an anchor's markers, all marker lines left out, moved to the left margin.
///
/// # Errors
/// A message when the anchor is missing, or has no end.
pub fn cut(text: &str, name: &str) -> Result<String, String> {
    let mut lines = Vec::new();
    let mut state = State::Before;
    for line in text.lines() {
        match marker(line) {
            Some(m) if m.name == name && !m.end && state == State::Before => {
                state = State::Inside;
            }
            Some(m) if m.name == name && m.end && state == State::Inside => {
                state = State::After;
                break;
            }
            Some(_) => {}
            None if state == State::Inside => lines.push(line),
            None => {}
        }
    }
    match state {
        State::Before => Err(format!("no anchor \"{name}\"")),
        State::Inside => Err(format!("anchor \"{name}\" has no ANCHOR_END")),
        State::After => Ok(dedent(&lines)),
    }
}

/// The whole text without marker lines.
pub fn whole(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| marker(line).is_none()).collect();
    lines.join("\n").trim_matches('\n').to_string()
}

#[derive(PartialEq)]
enum State {
    Before,
    Inside,
    After,
}

/// Removes the spaces that all lines share, and blank lines at both ends.
fn dedent(lines: &[&str]) -> String {
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let full = lines.iter().filter(|line| !line.trim().is_empty());
    let shared = full.map(indent).min().unwrap_or(0);
    let cut: Vec<&str> = lines
        .iter()
        .map(|line| line.get(shared..).unwrap_or("").trim_end())
        .collect();
    cut.join("\n").trim_matches('\n').to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// `@` and `/@` stand for the markers, or the harness would take them for real ones.
    const SOURCE: &str = "\
fn a() {
    // @ outer
    let x = 1;

    // @ inner
    if x > 0 {
        y();
    }
    // /@ inner
    // /@ outer
}
";

    fn source() -> String {
        SOURCE.replace("/@", "ANCHOR_END:").replace('@', "ANCHOR:")
    }

    #[test]
    fn an_anchor_is_cut_dedented_and_without_nested_markers() {
        let outer = "let x = 1;\n\nif x > 0 {\n    y();\n}";
        assert_eq!(cut(&source(), "outer").unwrap(), outer);
        assert_eq!(cut(&source(), "inner").unwrap(), "if x > 0 {\n    y();\n}");
        assert_eq!(cut(&source(), "none").unwrap_err(), "no anchor \"none\"");
        assert!(!whole(&source()).contains("ANCHOR"));
    }

    #[test]
    fn markers_that_do_not_pair_are_reported() {
        let (found, wrong) = anchors("// ANCHOR: a\n// ANCHOR_END: b\n// ANCHOR: a\n");
        assert_eq!(found.len(), 2);
        let messages: Vec<String> = wrong.iter().map(|(l, m)| format!("{l}: {m}")).collect();
        assert_eq!(
            messages,
            [
                "2: ANCHOR_END: b without its ANCHOR",
                "3: anchor \"a\" stands twice",
                "1: anchor \"a\" has no ANCHOR_END",
                "3: anchor \"a\" has no ANCHOR_END",
            ]
        );
    }
}
