//! The dollar signs of a page: formulas, and those that are a mistake.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The extensions of Markdown that mdBook switches on, and maths: a formula has
/// to be found where mdBook's parser would see prose, and nowhere else.
fn markdown_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
}

/// What a dollar sign in a page stands for.
pub(crate) enum Found {
    /// It opens a formula.
    Formula {
        /// On a line of its own, `$$…$$`.
        display: bool,
        /// What stands between the dollar signs.
        tex: String,
    },
    /// It has no partner.
    LoneDollar,
}

/// The formulas of a page and the dollar signs that belong to none, in order.
pub(crate) fn find(markdown: &str) -> Vec<(Range<usize>, Found)> {
    let mut all = Vec::new();
    let mut in_code = false;
    for (event, range) in Parser::new_ext(markdown, markdown_options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::InlineMath(tex) => {
                all.push((
                    range,
                    Found::Formula {
                        display: false,
                        tex: tex.into_string(),
                    },
                ));
            }
            Event::DisplayMath(tex) => {
                all.push((
                    range,
                    Found::Formula {
                        display: true,
                        tex: tex.into_string(),
                    },
                ));
            }
            Event::Text(_) if !in_code => {
                all.extend(lone_dollar(markdown, range).map(|range| (range, Found::LoneDollar)));
            }
            _ => {}
        }
    }
    all
}

/// The first `$` of a stretch of prose that no backslash makes a plain character.
fn lone_dollar(markdown: &str, text: Range<usize>) -> Option<Range<usize>> {
    let escaped = |at: usize| markdown[..at].ends_with('\\');
    markdown[text.clone()]
        .match_indices('$')
        .map(|(at, _)| text.start + at)
        .find(|&at| !escaped(at))
        .map(|at| at..at + 1)
}
