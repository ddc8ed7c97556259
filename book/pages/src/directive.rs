//! Finding `{{…}}` in a page.

use crate::scan::Scan;
use std::ops::Range;

/// One `{{name arguments}}` outside code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Directive {
    /// From `{{` to the end of `}}`.
    pub(crate) range: Range<usize>,
    /// The line it begins at, from 1.
    pub(crate) line: usize,
    /// `num`, `given`, `#figure`, …
    pub(crate) name: String,
    /// What follows the name, up to the line's end.
    pub(crate) args: String,
    /// The further lines, if it has any.
    pub(crate) body: String,
    /// Whether it stands in a formula.
    pub(crate) in_maths: bool,
    /// Whether it stands in a link or a heading.
    pub(crate) in_link: bool,
}

/// A line and what is wrong there.
pub(crate) type Wrong = (usize, String);

/// All directives of a page, and what is wrong with their form.
pub(crate) fn find(text: &str, scan: &Scan) -> (Vec<Directive>, Vec<Wrong>) {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(step) = text[at..].find("{{") {
        let start = at + step;
        at = start + 2;
        if let Some(end) = scan.silent_until(start) {
            at = end.max(at);
            continue;
        }
        if text[..start].ends_with('\\') || !looks_like_one(&text[start + 2..], scan, start) {
            continue;
        }
        match parse(text, scan, start) {
            Ok(directive) => {
                at = directive.range.end;
                found.push(directive);
            }
            Err(message) => wrong.push((scan.line_of(start), message)),
        }
    }
    (found, wrong)
}

/// In a formula `{{` is TeX's own; there only the two inline directives count.
fn looks_like_one(after: &str, scan: &Scan, start: usize) -> bool {
    let inline = after.starts_with("num ") || after.starts_with("given ");
    let word = after.starts_with(|c: char| c == '#' || c.is_ascii_alphabetic());
    inline || (word && !scan.in_maths(start))
}

fn parse(text: &str, scan: &Scan, start: usize) -> Result<Directive, String> {
    let inner_start = start + 2;
    let name_len = text[inner_start..]
        .find(|c: char| c.is_whitespace() || c == '}')
        .unwrap_or(text.len() - inner_start);
    let name = &text[inner_start..inner_start + name_len];
    let inner_end = if name == "#figure" {
        end_of_lines(text, inner_start)
    } else {
        end_of_line(text, inner_start)
    };
    let inner_end = inner_end.ok_or_else(|| format!("`{{{{{name}` is never closed by `}}}}`"))?;
    let inner = &text[inner_start + name_len..inner_end];
    let (args, body) = inner.split_once('\n').unwrap_or((inner, ""));
    let range = start..inner_end + 2;
    if name.starts_with('#') && !alone(text, &range) {
        return Err(format!(
            "`{{{{{name}}}}}` stands alone on its line, at the margin"
        ));
    }
    Ok(Directive {
        line: scan.line_of(start),
        name: name.to_string(),
        args: args.trim().to_string(),
        body: body.to_string(),
        in_maths: scan.in_maths(start),
        in_link: scan.in_link(start),
        range,
    })
}

/// The first `}}` on the line, no other directive beginning before it.
fn end_of_line(text: &str, from: usize) -> Option<usize> {
    let line = text[from..].lines().next()?;
    let end = line.find("}}")?;
    (!line[..end].contains("{{")).then_some(from + end)
}

/// The `}}` that ends a line and closes no inner `{{`; a blank line ends the search.
fn end_of_lines(text: &str, from: usize) -> Option<usize> {
    let mut offset = from;
    let mut depth = 0;
    for line in text[from..].split_inclusive('\n') {
        if line.trim().is_empty() {
            return None;
        }
        let mut at = 0;
        while let Some(step) = line[at..].find(['{', '}']) {
            let here = at + step;
            at = here + 1;
            if line[here..].starts_with("{{") {
                (depth, at) = (depth + 1, here + 2);
            } else if line[here..].starts_with("}}") && depth > 0 {
                (depth, at) = (depth - 1, here + 2);
            } else if line[here..].starts_with("}}") && line[here + 2..].trim().is_empty() {
                return Some(offset + here);
            }
        }
        offset += line.len();
    }
    None
}

/// Nothing else on the lines that the range touches.
fn alone(text: &str, range: &Range<usize>) -> bool {
    let before = range.start == 0 || text[..range.start].ends_with('\n');
    let rest = text[range.end..].lines().next().unwrap_or("");
    before && rest.trim().is_empty()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        let (found, wrong) = find(text, &Scan::new(text));
        assert_eq!(wrong, []);
        let show = |d: Directive| format!("{}:{}|{}|{}", d.line, d.name, d.args, d.body);
        found.into_iter().map(show).collect()
    }

    #[test]
    fn directives_are_found_outside_code_only() {
        let text = "\
a {{num ch01.x %1}} `{{num a.b}}` \\{{num c.d}}

```text
{{#tabs}}
```

{{#tabs}}
$x_{{2}} = {{num ch01.y}}$
";
        assert_eq!(
            names(text),
            ["1:num|ch01.x %1|", "7:#tabs||", "8:num|ch01.y|"]
        );
    }

    #[test]
    fn a_figure_spans_lines_and_holds_numbers_and_formulas() {
        let text = "{{#figure b wide\nalt: a {{num c.d}}\ncaption: $e^{x_{i}}$ is {{num c.d}}}}\n";
        let body = "alt: a {{num c.d}}\ncaption: $e^{x_{i}}$ is {{num c.d}}";
        assert_eq!(names(text), [format!("1:#figure|b wide|{body}")]);
    }

    #[test]
    fn a_wrong_form_is_said_with_its_line() {
        let text = "\n{{num a.b\n\nx {{#card}}\n\n{{#figure a\nalt: b\n\nc}}\n";
        let (found, wrong) = find(text, &Scan::new(text));
        assert_eq!(found, []);
        let lines: Vec<usize> = wrong.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 4, 6]);
    }
}
