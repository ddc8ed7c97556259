//! Formulas: found in the Markdown, set by KaTeX at build time, put into the finished HTML.
//!
//! Markdown would take the `_` and `*` of a formula for emphasis, and the search
//! index would be filled with markup. So a formula leaves the text before
//! Markdown sees it and comes back when the HTML is done:
//!
//! 1. [`Formulas::lift`] replaces `$…$` and `$$…$$` by
//!    `<span data-formula="7">readable text</span>`; that text is what a search finds.
//! 2. mdBook renders the page and builds its index.
//! 3. [`Formulas::fill`] replaces each such span by KaTeX's HTML and MathML.

use std::collections::HashMap;
use std::sync::LazyLock;

use katex::{KatexContext, Settings};
use regex::{Captures, Regex};

use crate::dollars::{Found, find};

/// A formula that KaTeX could not set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaError {
    /// Line of the Markdown where the formula begins, counted from 1.
    pub line: usize,
    /// The formula and what is wrong with it, in one line.
    pub message: String,
}

/// One formula, set.
struct Formula {
    /// KaTeX's HTML and MathML.
    html: String,
    /// `$$…$$`: on a line of its own.
    display: bool,
}

/// All formulas of the book, each set once however often it appears.
pub struct Formulas {
    context: KatexContext,
    set: Vec<Formula>,
    known: HashMap<(bool, String), usize>,
}

impl Default for Formulas {
    fn default() -> Self {
        Self::new()
    }
}

impl Formulas {
    /// No formulas yet.
    pub fn new() -> Self {
        Formulas {
            context: KatexContext::default(),
            set: Vec::new(),
            known: HashMap::new(),
        }
    }

    /// Replaces every formula of `markdown` by a span that names it.
    ///
    /// # Errors
    /// Every formula that KaTeX refuses, with its line.
    pub fn lift(&mut self, markdown: &str) -> Result<String, Vec<FormulaError>> {
        let mut lifted = String::with_capacity(markdown.len());
        let mut errors = Vec::new();
        let mut copied = 0;
        for (range, found) in find(markdown) {
            let number = match found {
                Found::Formula { display, tex } => self.number(display, &tex).map_err(|problem| {
                    format!("formula `{}`: {problem}", one_line(&tex))
                }),
                Found::LoneDollar => Err(
                    "a `$` that neither opens nor closes a formula; a dollar sign is written `\\$`, \
                     and the braces inside a formula must match"
                        .to_owned(),
                ),
            };
            lifted.push_str(&markdown[copied..range.start]);
            copied = range.end;
            let line = 1 + markdown[..range.start].matches('\n').count();
            match number {
                Ok(number) => lifted.push_str(&self.placeholder(number)),
                Err(message) => errors.push(FormulaError { line, message }),
            }
        }
        lifted.push_str(&markdown[copied..]);
        if errors.is_empty() {
            Ok(lifted)
        } else {
            Err(errors)
        }
    }

    /// Puts the formulas into rendered HTML, in place of the spans of [`Formulas::lift`].
    pub fn fill(&self, html: &str) -> String {
        static SPAN: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r#"(?s)<span data-formula="(\d+)">[^<]*</span>"#)
                .expect("a constant pattern")
        });
        SPAN.replace_all(html, |found: &Captures| {
            let formula = found[1].parse().ok().and_then(|n: usize| self.set.get(n));
            match formula {
                // The box scrolls when the formula is wider than the page.
                Some(f) if f.display => format!(r#"<span class="formula">{}</span>"#, f.html),
                Some(f) => f.html.clone(),
                None => found[0].to_owned(),
            }
        })
        .into_owned()
    }

    /// The number of a formula, which is set when first met.
    fn number(&mut self, display: bool, tex: &str) -> Result<usize, String> {
        if tex.contains("{{num") || tex.contains("{{given") {
            return Err("a directive does not work inside a formula; write it beside it".into());
        }
        if let Some(bare) = bare_root(tex) {
            return Err(format!(
                "a root without braces, `{bare}`, is drawn across what stands under it; write \\sqrt{{...}}"
            ));
        }
        let key = (display, tex.to_owned());
        if let Some(&number) = self.known.get(&key) {
            return Ok(number);
        }
        let settings = Settings::builder().display_mode(display).build();
        let html = katex::render_to_string(&self.context, tex, &settings)
            .map_err(|error| one_line(&error.to_string()))?;
        let html = with_sorted_attributes(&html);
        self.set.push(Formula { html, display });
        self.known.insert(key, self.set.len() - 1);
        Ok(self.set.len() - 1)
    }

    fn placeholder(&self, number: usize) -> String {
        let text = markdown_safe(&readable(&self.set[number].html));
        format!(r#"<span data-formula="{number}">{text}</span>"#)
    }
}

/// The first `\sqrt x` in a formula: correct TeX, but katex-rs leaves no room for the sign.
fn bare_root(tex: &str) -> Option<&str> {
    static BARE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\\sqrt\s*[^\s{\[]").expect("a constant pattern"));
    BARE.find(tex).map(|found| found.as_str())
}

/// KaTeX writes the attributes of a MathML element in the order of a hash map,
/// another one in each run; sorted, the same formula is the same bytes.
fn with_sorted_attributes(html: &str) -> String {
    static TAG: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"<([a-z]+)((?: [\w:-]+="[^"]*"){2,})"#).expect("a constant pattern")
    });
    static ATTRIBUTE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#" [\w:-]+="[^"]*""#).expect("a constant pattern"));
    TAG.replace_all(html, |found: &Captures| {
        let mut attributes: Vec<&str> = ATTRIBUTE
            .find_iter(&found[2])
            .map(|one| one.as_str())
            .collect();
        attributes.sort_unstable();
        format!("<{}{}", &found[1], attributes.concat())
    })
    .into_owned()
}

/// The formula in words for the search index: the text of KaTeX's MathML, such
/// as `w ⋅ x + b ≥ 0`, without the TeX that it carries as an annotation.
fn readable(html: &str) -> String {
    static TAG: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("<[^>]*>").expect("a constant pattern"));
    let mathml = html
        .split_once("<semantics>")
        .and_then(|(_, rest)| rest.split_once("<annotation"))
        .map_or("", |(mathml, _)| mathml);
    let text = TAG.replace_all(mathml, " ");
    // Entities are decoded by hand: five of them are all that KaTeX writes.
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text in which nothing means anything to Markdown or HTML.
fn markdown_safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            safe.push_str(&format!("&#{};", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    safe
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_formula_survives_markdown() {
        let mut formulas = Formulas::new();
        let lifted = formulas.lift("The sum $w_1 x_1 * w_2$ fires.").unwrap();
        assert!(
            lifted.starts_with(r#"The sum <span data-formula="0">"#),
            "{lifted}"
        );
        assert!(!lifted.contains('*') && !lifted.contains("x_1"), "{lifted}");
        let html = formulas.fill(&lifted);
        assert!(
            html.contains("class=\"katex\"") && html.contains("<math"),
            "{html}"
        );
        assert!(!html.contains("data-formula"), "{html}");
    }

    #[test]
    fn a_displayed_formula_gets_its_own_box() {
        let mut formulas = Formulas::new();
        let lifted = formulas.lift("$$\n\\frac{a}{b}\n$$\n").unwrap();
        assert!(
            formulas
                .fill(&lifted)
                .contains(r#"<span class="formula"><span class="katex-display">"#)
        );
    }

    #[test]
    fn code_and_escaped_dollars_are_no_formulas() {
        let mut formulas = Formulas::new();
        let text = "`$x$` costs \\$5 or \\$6\n\n```\n$y$\n```\n";
        assert_eq!(formulas.lift(text).unwrap(), text);
    }

    #[test]
    fn a_root_needs_braces() {
        for bare in ["$\\sqrt2$", "$1/\\sqrt B$", "$\\sqrt\\hat v$"] {
            let errors = Formulas::new().lift(bare).unwrap_err();
            assert!(errors[0].message.contains("\\sqrt{...}"), "{bare}");
        }
        for braced in ["$\\sqrt{2}$", "$\\sqrt[3]{B}$"] {
            assert!(Formulas::new().lift(braced).is_ok(), "{braced}");
        }
    }

    #[test]
    fn a_wrong_formula_is_named_with_its_line() {
        let errors = Formulas::new()
            .lift("one\n\ntwo $\\frac{1}$ three")
            .unwrap_err();
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].line, 3);
        assert!(
            errors[0].message.starts_with("formula `\\frac{1}`: "),
            "{}",
            errors[0].message
        );
    }

    #[test]
    fn a_dollar_sign_without_a_partner_is_told() {
        let errors = Formulas::new()
            .lift("one\n\ntwo $\\frac{1$ three\n")
            .unwrap_err();
        assert_eq!((errors.len(), errors[0].line), (2, 3)); // both of them
        assert!(
            errors[0].message.contains("braces"),
            "{}",
            errors[0].message
        );
    }

    #[test]
    fn the_same_formula_is_set_once() {
        let mut formulas = Formulas::new();
        formulas.lift("$x$ and $x$ and $$x$$").unwrap();
        assert_eq!(formulas.set.len(), 2);
    }

    #[test]
    fn the_search_index_gets_readable_text() {
        let mut formulas = Formulas::new();
        formulas.lift(r"$w \cdot x + b \ge 0$").unwrap();
        assert_eq!(readable(&formulas.set[0].html), "w ⋅ x + b ≥ 0");
    }
}
