//! Where a page holds code, maths and headings, by CommonMark's own rules.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The Markdown that mdBook reads, and `$…$` maths, which `course` renders itself.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH
}

/// One fenced code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fence {
    /// From the opening line's first byte to the closing line's last, newline left out.
    pub(crate) range: Range<usize>,
    /// The text after the opening backticks.
    pub(crate) info: String,
    /// The code, without quote marks or list indentation before it.
    pub(crate) code: String,
    /// Whether a closing line is there.
    pub(crate) closed: bool,
}

/// What stands where in a page.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Fenced code blocks in order.
    pub(crate) fences: Vec<Fence>,
    /// Inline code and comments: nothing is expanded there.
    pub(crate) quiet: Vec<Range<usize>>,
    /// Code blocks made by indentation, which the harness would miss.
    pub(crate) indented: Vec<Range<usize>>,
    /// Formulas.
    pub(crate) maths: Vec<Range<usize>>,
    /// Headings: offset and level.
    pub(crate) headings: Vec<(usize, usize)>,
    /// Links and headings, which are links themselves: a footnote's link cannot stand in one.
    links: Vec<Range<usize>>,
    /// Offset of each line's first byte.
    starts: Vec<usize>,
}

impl Scan {
    /// Scans a page.
    pub(crate) fn new(text: &str) -> Scan {
        let mut scan = Scan {
            starts: line_starts(text),
            ..Scan::default()
        };
        let mut fence: Option<Fence> = None;
        for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    fence = Some(scan.open(text, range, info.into_string()));
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => scan.indented.push(range),
                Event::Text(piece) if fence.is_some() => {
                    fence.iter_mut().for_each(|f| f.code.push_str(&piece));
                }
                Event::End(TagEnd::CodeBlock) => scan.fences.extend(fence.take()),
                Event::Start(Tag::Heading { level, .. }) => {
                    scan.headings.push((range.start, level as usize));
                    scan.links.push(range);
                }
                Event::Start(Tag::Link { .. }) => scan.links.push(range),
                Event::Start(Tag::HtmlBlock) if is_comment(text, &range) => scan.quiet.push(range),
                Event::InlineHtml(_) if is_comment(text, &range) => scan.quiet.push(range),
                Event::Code(_) => scan.quiet.push(range),
                Event::InlineMath(_) | Event::DisplayMath(_) => scan.maths.push(range),
                _ => {}
            }
        }
        scan
    }

    /// A fence that begins here, widened to whole lines.
    fn open(&self, text: &str, range: Range<usize>, info: String) -> Fence {
        let start = self.starts[self.line_of(range.start) - 1];
        let block = text[range.clone()].trim_end();
        let mark = block.chars().next().unwrap_or('`');
        let last = block.lines().last().unwrap_or("");
        // Behind quote marks and list indentation, the closing line is backticks only.
        let last = last.trim_start_matches(['>', ' ']).trim_end();
        let closed = block.contains('\n') && last.len() >= 3 && last.chars().all(|c| c == mark);
        Fence {
            range: start..range.start + block.len(),
            info,
            code: String::new(),
            closed,
        }
    }

    /// The line, from 1, that holds the byte at `offset`.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The end of the fence or quiet place that holds this offset, if one does.
    pub(crate) fn silent_until(&self, offset: usize) -> Option<usize> {
        let fences = self.fences.iter().map(|fence| &fence.range);
        let silent = fences.chain(&self.quiet).chain(&self.indented);
        let mut holding = silent.filter(|range| range.contains(&offset));
        holding.next().map(|range| range.end)
    }

    /// Whether this offset is inside a link or a heading.
    pub(crate) fn in_link(&self, offset: usize) -> bool {
        self.links.iter().any(|range| range.contains(&offset))
    }

    /// Whether this offset is inside a formula.
    pub(crate) fn in_maths(&self, offset: usize) -> bool {
        self.maths.iter().any(|range| range.contains(&offset))
    }
}

fn is_comment(text: &str, range: &Range<usize>) -> bool {
    text[range.clone()].trim_start().starts_with("<!--")
}

fn line_starts(text: &str) -> Vec<usize> {
    let after = text.match_indices('\n').map(|(index, _)| index + 1);
    std::iter::once(0).chain(after).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn code_maths_and_headings_are_found() {
        let text =
            "# A\n\n`x` and $y$ <!-- z -->\n\n- item\n\n  ```rust,ignore\n  let a = 1;\n  ```\n";
        let scan = Scan::new(text);
        assert_eq!(scan.headings, [(0, 1)]);
        let at = |ranges: &[Range<usize>]| -> Vec<String> {
            ranges.iter().map(|r| text[r.clone()].to_string()).collect()
        };
        assert_eq!(at(&scan.quiet), ["`x`", "<!-- z -->"]);
        assert_eq!(at(&scan.maths), ["$y$"]);
        let fence = &scan.fences[0];
        assert_eq!(fence.code, "let a = 1;\n");
        assert_eq!(fence.info, "rust,ignore");
        assert!(fence.closed);
        assert_eq!(
            &text[fence.range.clone()],
            "  ```rust,ignore\n  let a = 1;\n  ```"
        );
        assert_eq!(scan.line_of(fence.range.start), 7);
    }

    #[test]
    fn a_fence_without_end_is_known() {
        assert!(!Scan::new("text\n\n```rust\nlet a = 1;\n").fences[0].closed);
        assert!(!Scan::new("```rust").fences[0].closed);
        assert!(Scan::new("> ~~~text\n> a\n> ~~~\n").fences[0].closed);
    }
}
