//! Links of a page and the places inside it that others can link to.

use crate::scan::options;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A link in expanded Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address as it is written.
    pub address: String,
    /// The line of the expanded Markdown, from 1.
    pub line: usize,
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is fixed and valid")
}

/// The addresses of all links and images, in Markdown and in HTML.
pub fn links(markdown: &str) -> Vec<Link> {
    static HREF: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\b(?:href|src)="([^"]*)""#));
    let line_of = |offset: usize| 1 + markdown[..offset].matches('\n').count();
    let mut found = Vec::new();
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        let line = line_of(range.start);
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let address = dest_url.into_string();
                found.push(Link { address, line });
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                found.extend(HREF.captures_iter(&html).map(|c| Link {
                    address: c[1].to_string(),
                    line,
                }));
            }
            _ => {}
        }
    }
    found
}

/// The ids of a page's headings, made as mdBook makes them, and those written in HTML.
pub fn ids(markdown: &str) -> BTreeSet<String> {
    static ID: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\sid="([^"]+)""#));
    let mut found = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::Heading { id: Some(id), .. }) => {
                found.insert(id.into_string());
            }
            Event::Start(Tag::Heading { id: None, .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => {
                heading.iter_mut().for_each(|h| h.push_str(&text));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(text) = heading.take() {
                    let id = unique(&mdbook_id(&text), &found);
                    found.insert(id);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                found.extend(ID.captures_iter(&html).map(|c| c[1].to_string()));
            }
            _ => {}
        }
    }
    found
}

/// mdBook's id of a heading: lower case, spaces as hyphens, all but letters, digits, `_`, `-` gone.
fn mdbook_id(heading: &str) -> String {
    let lower = heading.trim().to_lowercase();
    let keep = |c: char| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    };
    lower.chars().filter_map(keep).collect()
}

fn unique(id: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (1..).map(|n| format!("{id}-{n}"));
    let mut all = std::iter::once(id.to_string()).chain(numbered);
    all.find(|id| !taken.contains(id)).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_mdbook() {
        let found = ids("# `x`: the Rule\n\n## A\n\n## A\n\n## B {#own}\n\n<p id=\"raw\">\n");
        let expected = ["a", "a-1", "own", "raw", "x-the-rule"];
        assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn links_are_found_in_markdown_and_html() {
        let found = links("[a](b.md#c)\n\n<a href=\"d.md\">x</a>\n");
        let shown: Vec<String> = found
            .iter()
            .map(|l| format!("{}:{}", l.line, l.address))
            .collect();
        assert_eq!(shown, ["1:b.md#c", "3:d.md"]);
    }
}
