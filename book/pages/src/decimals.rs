//! Numbers in prose that nothing vouches for.
//!
//! A decimal (`0.97`) or a percentage (`97 %`) in running text is a result or a quotation. The
//! first is written `{{num …}}`, so that the run that found it stands behind it; the second
//! `{{given … | source}}`. Whole numbers are free.
//!
//! Left out are code, formulas, addresses, directives, and numbers that name something: of an
//! exercise, a lesson, a section, a version (`Exercise 1.2`, `Rust 1.95`, `CC BY 4.0`, `0.5.4`).
//! Formulas are for definitions and worked examples (`$\theta = 0.5$`); **a result must not hide
//! in one**: there too it is `{{num}}`, which knows how to print itself in TeX.

use crate::complaint::Complaint;
use crate::directive::{self, Directive};
use crate::scan::{Scan, options};
use crate::summary::Page;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use regex::Regex;
use std::sync::LazyLock;

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is fixed and valid")
}

/// A decimal, or a number and a percent sign.
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\d[\d,]*(?:\.\d+)+(?:[ \u{a0}]?%)?|\d[\d,]*[ \u{a0}]?%"));

/// Words after which a number with a point is a name and no measurement; several may follow:
/// "exercises 1.2, 1.3 and 1.4".
static NAMING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)(?: \b(?: exercises? | lessons? | pages? | sections? | chapters? | figures?
            | tables? | equations? | versions? | python | numpy | scipy | pytorch | torch
            | scikit-learn | rust | rustc | cargo | mdbook | burn | katex | wcag | cc\ by(?:-sa)?
            | apache | mpl | mit | ofl | bsd | onnx | git | node )
          [\ \u{a0}-] | §\ ? )
          (?: \d+(?:\.\d+)* (?: ,\  | \ and\  | \ to\  | – ) )*$",
    )
});

/// Complaints about every decimal or percentage in a page's prose that is neither `{{num}}` nor
/// `{{given}}`.
pub fn decimals(page: &Page, text: &str) -> Vec<Complaint> {
    let scan = Scan::new(text);
    let (directives, _) = directive::find(text, &scan);
    let prose = masked(text, &directives);
    let mut complaints = Vec::new();
    let mut silent = 0;
    for (event, range) in Parser::new_ext(&prose, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => silent += 1,
            Event::End(TagEnd::CodeBlock) => silent -= 1,
            Event::Text(_) | Event::Html(_) if silent == 0 => {
                for (at, number) in bare_numbers(&prose[range.clone()], &prose[..range.start]) {
                    let line = scan.line_of(range.start + at);
                    let message = format!(
                        "`{number}` in prose: write `{{{{num …}}}}` for a result, \
                         `{{{{given {number} | source}}}}` for a quotation"
                    );
                    complaints.push(Complaint::new(page.source(), line, message));
                }
            }
            _ => {}
        }
    }
    complaints
}

/// The numbers of a piece of text that nothing names, with their places; `before` is what the
/// page holds before it.
fn bare_numbers<'t>(text: &'t str, before: &str) -> Vec<(usize, &'t str)> {
    let tags = tag_ranges(text);
    let mut found = Vec::new();
    for number in NUMBER.find_iter(text) {
        let (start, end) = (number.start(), number.end());
        let head = format!("{}{}", last_line(before), &text[..start]);
        let named = NAMING.is_match(&head) && !number.as_str().ends_with('%');
        // 127.0.0.1 and 0.5.4 are names, and so is what hangs on a letter: f32.3, x0.5.
        let version = number.as_str().matches('.').count() > 1;
        let hangs = head.ends_with(|c: char| c.is_alphabetic() || c == '_' || c == '.');
        let in_tag = tags.iter().any(|tag| tag.contains(&start));
        if !(named || version || hangs || in_tag) {
            found.push((start, &text[start..end]));
        }
    }
    found
}

fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or("")
}

/// Where HTML tags stand in a raw piece: numbers in attributes are not prose.
fn tag_ranges(text: &str) -> Vec<std::ops::Range<usize>> {
    static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<[A-Za-z/!][^>]*>"));
    TAG.find_iter(text).map(|tag| tag.range()).collect()
}

/// The page with its directives overwritten, all offsets and lines kept. A figure's `alt:` and
/// `caption:` stay: they are prose too.
fn masked(text: &str, directives: &[Directive]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for directive in directives {
        let mut range = directive.range.clone();
        if directive.name == "#figure" && !directive.body.is_empty() {
            let body = range.end - 2 - directive.body.len();
            for inner in inner_directives(&directive.body) {
                mask(&mut bytes, body + inner.start..body + inner.end);
            }
            mask(&mut bytes, range.end - 2..range.end);
            range.end = body;
        }
        mask(&mut bytes, range);
    }
    // Whole characters were overwritten, since directives begin and end at ASCII.
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A letter, not a space: spaces at a line's start could turn text into code.
fn mask(bytes: &mut [u8], range: std::ops::Range<usize>) {
    for byte in &mut bytes[range] {
        if *byte != b'\n' {
            *byte = b'x';
        }
    }
}

fn inner_directives(body: &str) -> Vec<std::ops::Range<usize>> {
    let scan = Scan::new(body);
    let (found, _) = directive::find(body, &scan);
    found.into_iter().map(|directive| directive.range).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        let page = Page {
            title: "A".into(),
            path: "a.md".into(),
            line: 1,
        };
        decimals(&page, text).iter().map(|c| c.line).collect()
    }

    #[test]
    fn bare_decimals_and_percentages_are_found() {
        assert_eq!(
            lines("fell to 0.08\n\nand 97 % or 97% (3.5)\n"),
            [1, 3, 3, 3]
        );
        assert_eq!(lines("| a | 0.5 |\n|---|---|\n| 1,234.5 | 2 |\n"), [1, 3]);
        assert_eq!(lines("<p title=\"1.5\">1.6</p>\n"), [1]);
    }

    #[test]
    fn code_maths_names_and_marked_numbers_pass() {
        for text in [
            "`0.5` and $\\theta = 0.5$ and {{num ch01.x .3}} and {{given 0.92 | p. 3.1}}\n",
            "Exercise 1.2, exercises 1.2 and 1.3, Rust 1.95, CC BY 4.0, mdBook 0.5.4, § 2.1\n",
            "[a](https://x.org/1.5) 127.0.0.1 Apache-2.0 v1.2 12 of 20, 1,234 rows\n",
            "```rust\nlet x = 0.5;\n```\n",
            "$$\n0.25\n$$\n",
        ] {
            assert_eq!(lines(text), [0; 0], "{text}");
        }
    }

    #[test]
    fn captions_and_alts_are_prose() {
        let text = "{{#figure a\nalt: falls to 0.1\ncaption: {{num a.b .2}}, then 5 %}}\n";
        assert_eq!(lines(text), [2, 3]);
    }
}
