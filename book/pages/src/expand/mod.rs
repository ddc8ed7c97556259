//! Turning a page's directives into Markdown and HTML.

mod boxes;
mod code;
mod inline;
mod output;
mod parts;

use crate::book::Book;
use crate::complaint::Complaint;
use crate::directive::{self, Directive};
use crate::scan::Scan;
use crate::summary::Page;
use lesson::Mode;
use output::Output;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// For whom a page is expanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// For readers: figures are read, hidden lines of code removed. With `yours`, the figures of
    /// the reader's own runs under `out/` are folded beside the recorded ones.
    Site {
        /// Whether to look under `out/`: when serving, not when publishing.
        yours: bool,
    },
    /// For the harness: blocks and complaints matter, figures need only be there.
    Tests,
}

/// A page after expansion.
#[derive(Debug, Clone, Default)]
pub struct Expanded {
    /// Markdown and HTML without directives; figures are placeholders (see [`fill_svgs`]).
    ///
    /// [`fill_svgs`]: crate::fill_svgs
    pub markdown: String,
    /// For each line of `markdown`, the line of the page it came from, from 1.
    pub lines: Vec<usize>,
    /// Its fenced Rust blocks, in order.
    pub blocks: Vec<Block>,
    /// What it refers to.
    pub used: Used,
    /// The figures: placeholder's key and SVG element.
    pub svgs: Vec<(String, String)>,
}

/// A fenced code block in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The page that holds it, from the workspace root.
    pub page: PathBuf,
    /// The line of its opening backticks.
    pub line: usize,
    /// What follows `rust` in its opening line: `should_panic`, `compile_fail`, `E0277`, `ignore`.
    pub attributes: Vec<String>,
    /// Why it is not run, when it says `ignore,reason="…"`.
    pub reason: Option<String>,
    /// The code, hidden `# ` lines included, so that rustdoc can run it.
    pub code: String,
    /// Whether the code stands in the page or in a source file.
    pub source: BlockSource,
}

/// Where a block's code stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockSource {
    /// In the page: the harness compiles and runs it.
    Inline,
    /// In a file that the workspace compiles and tests.
    Include {
        /// The file, from the workspace root.
        path: PathBuf,
        /// The anchor; none for the whole file.
        anchor: Option<String>,
    },
}

/// What a page refers to, so that checks can tell what nobody refers to.
#[derive(Debug, Clone, Default)]
pub struct Used {
    /// Included files (from the workspace root) with their anchors.
    pub anchors: BTreeSet<(PathBuf, Option<String>)>,
    /// Figures: lesson id and name (`boundary`, `boundary.full`).
    pub figures: BTreeSet<(String, String)>,
    /// Numbers: `ch01` or `peers`, name, mode's name.
    pub numbers: BTreeSet<(String, String, String)>,
    /// Exercises: id and line.
    pub exercises: Vec<(String, usize)>,
    /// Every file, from the workspace root, that the page's text depends on.
    pub files: BTreeSet<PathBuf>,
}

/// Expands one page; see [`Book::expand_anyway`].
pub(crate) fn expand(
    book: &Book,
    page: &Page,
    text: &str,
    target: Target,
) -> (Expanded, Vec<Complaint>) {
    let scan = Scan::new(text);
    let (directives, wrong) = directive::find(text, &scan);
    let mut expander = Expander::new(book, page, target);
    for (line, message) in wrong {
        expander.complain(line, message);
    }
    for range in &scan.indented {
        let message = "code by indentation, which no test would see: use a fence";
        expander.complain(scan.line_of(range.start), message);
    }
    expander.run(text, &scan, &directives);
    expander.finish()
}

/// The state of expanding one page.
pub(crate) struct Expander<'a> {
    book: &'a Book,
    page: &'a Page,
    target: Target,
    out: Output,
    found: Expanded,
    complaints: Vec<Complaint>,
    /// Boxes that are open, the innermost last.
    open: Vec<boxes::Open>,
    /// How many of each kind there were, for ids.
    counts: std::collections::BTreeMap<&'static str, usize>,
    /// Sources of `{{given}}` in order of first use.
    sources: Vec<String>,
    /// Level of the last heading before the place that is being expanded.
    heading: usize,
}

impl<'a> Expander<'a> {
    fn new(book: &'a Book, page: &'a Page, target: Target) -> Self {
        Expander {
            book,
            page,
            target,
            out: Output::default(),
            found: Expanded::default(),
            complaints: Vec::new(),
            open: Vec::new(),
            counts: Default::default(),
            sources: Vec::new(),
            heading: 0,
        }
    }

    /// Goes through fences and directives in order, copying what is between them.
    fn run(&mut self, text: &str, scan: &Scan, directives: &[Directive]) {
        let mut fences = scan.fences.iter().peekable();
        let mut directives = directives.iter().peekable();
        let mut at = 0;
        loop {
            let fence = fences.peek().map_or(usize::MAX, |f| f.range.start);
            let directive = directives.peek().map_or(usize::MAX, |d| d.range.start);
            let next = fence.min(directive).min(text.len());
            self.out.copy(&text[at..next], scan.line_of(at));
            if next == text.len() {
                break;
            }
            let before = scan.headings.iter().take_while(|(start, _)| *start < next);
            self.heading = before.last().map_or(0, |(_, level)| *level);
            at = if fence < directive {
                let fence = fences.next().expect("it was peeked at");
                self.fence(fence, text, scan.line_of(fence.range.start));
                fence.range.end
            } else {
                let directive = directives.next().expect("it was peeked at");
                self.directive(directive);
                directive.range.end
            };
        }
    }

    fn directive(&mut self, directive: &Directive) {
        let line = directive.line;
        let args = directive.args.as_str();
        match directive.name.as_str() {
            "num" | "given" => {
                let text = self.inline(directive);
                self.out.copy(&text, line);
            }
            "#figure" => self.figure(directive),
            "#card" => self.card(line),
            "#output" => self.output(args, line),
            "#values" => self.values(line),
            "#lessons" => self.lessons(line),
            "#include" => self.complain(line, "`{{#include}}` stands alone in a code fence"),
            name => self.boxed(name, args, line),
        }
    }

    fn finish(mut self) -> (Expanded, Vec<Complaint>) {
        for open in std::mem::take(&mut self.open) {
            let end = open.kind.end();
            self.complain(
                open.line,
                format!("never closed: `{{{{{end}}}}}` is missing"),
            );
        }
        self.footnotes();
        self.complaints.sort();
        (self.found.markdown, self.found.lines) = self.out.finish();
        (self.found, self.complaints)
    }

    /// Notes what is wrong at a line of the page.
    fn complain(&mut self, line: usize, message: impl Into<String>) {
        let complaint = Complaint::new(self.page.source(), line, message);
        self.complaints.push(complaint);
    }

    /// The next id of a kind: `predict-ch01_perceptron-01_logic-1`.
    fn next_id(&mut self, kind: &'static str) -> String {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        format!("{kind}-{}-{count}", self.page.slug())
    }

    /// Notes that the page shows this number.
    fn used_number(&mut self, prefix: &str, name: &str, mode: Mode) {
        let key = (
            prefix.to_string(),
            name.to_string(),
            mode.name().to_string(),
        );
        self.found.used.numbers.insert(key);
    }
}
