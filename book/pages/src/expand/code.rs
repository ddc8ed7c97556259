//! Fenced code: includes, Rust blocks for the harness, hidden lines.

use super::{Block, BlockSource, Expander, Target};
use crate::anchors;
use crate::html::escape;
use crate::scan::Fence;
use std::path::{Component, Path, PathBuf};

/// How an include begins.
const INCLUDE: &str = "{{#include ";

/// An opening line taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
struct Info {
    language: String,
    attributes: Vec<String>,
    reason: Option<String>,
}

impl Info {
    /// Reads `rust,ignore,reason="needs a GPU"`. The reason comes last and may hold commas.
    fn parse(info: &str) -> Info {
        let (words, reason) = match info.split_once("reason=") {
            Some((words, reason)) => (words, Some(reason.trim().trim_matches('"').to_string())),
            None => (info, None),
        };
        let mut words = words
            .split([',', ' ', '\t'])
            .filter(|word| !word.is_empty());
        Info {
            language: words.next().unwrap_or("").to_string(),
            attributes: words.map(str::to_string).collect(),
            reason: reason.filter(|reason| !reason.is_empty()),
        }
    }

    fn has(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|a| a == attribute)
    }

    /// What is wrong with a Rust block's opening line, if anything.
    fn wrong(&self) -> Option<String> {
        let is_code = |a: &str| a.len() == 5 && a.starts_with('E') && a[1..].parse::<u32>().is_ok();
        let known = ["should_panic", "compile_fail", "ignore"];
        let unknown = self
            .attributes
            .iter()
            .find(|a| !known.contains(&a.as_str()) && !is_code(a));
        if self.has("no_run") {
            return Some("`no_run`: every block runs; say `ignore,reason=\"…\"`".into());
        }
        if let Some(unknown) = unknown {
            return Some(format!("unknown attribute `{unknown}` of a Rust block"));
        }
        if self.has("ignore") && self.reason.is_none() {
            return Some("`ignore` needs a reason: `rust,ignore,reason=\"…\"`".into());
        }
        if self.has("compile_fail") && !self.attributes.iter().any(|a| is_code(a)) {
            return Some("`compile_fail` names its error: `rust,compile_fail,E0277`".into());
        }
        None
    }
}

impl Expander<'_> {
    /// Copies a fence, its include resolved, and notes it if it is Rust.
    pub(super) fn fence(&mut self, fence: &Fence, text: &str, line: usize) {
        let info = Info::parse(&fence.info);
        if !fence.closed {
            return self.complain(line, "this code block is never closed");
        }
        if info.language.is_empty() || ["Rust", "rs"].contains(&info.language.as_str()) {
            return self.complain(line, "a code block names its language: `rust`, `text`, …");
        }
        let rust = info.language == "rust";
        if let Some(wrong) = info.wrong().filter(|_| rust) {
            return self.complain(line, wrong);
        }
        match include_of(&fence.code) {
            Some(target) => self.include(&info, target, &text[fence.range.clone()], line),
            None if fence
                .code
                .lines()
                .any(|line| line.trim_start().starts_with(INCLUDE)) =>
            {
                self.complain(line, "`{{#include}}` stands alone in a code fence");
            }
            None => {
                let code = fence.code.replace(r"\{{", "{{");
                if rust {
                    self.block(&info, code, BlockSource::Inline, line);
                }
                let shown = self.rewrite(&text[fence.range.clone()], &info, None);
                self.out.copy(&shown, line);
            }
        }
    }

    fn block(&mut self, info: &Info, code: String, source: BlockSource, line: usize) {
        self.found.blocks.push(Block {
            page: self.page.source(),
            line,
            attributes: info.attributes.clone(),
            reason: info.reason.clone(),
            code,
            source,
        });
    }

    /// A fence that holds `{{#include path:anchor}}` and nothing else.
    fn include(&mut self, info: &Info, target: &str, fence: &str, line: usize) {
        let (path, anchor) = target.split_once(':').unwrap_or((target, ""));
        let anchor = Some(anchor.to_string()).filter(|anchor| !anchor.is_empty());
        let code = match self.included(Path::new(path), anchor.as_deref(), info) {
            Ok(code) => code,
            Err(message) => return self.complain(line, message),
        };
        let indented = fence.starts_with([' ', '>', '\t']);
        if indented {
            let message = "a fence with `{{#include}}` stands at the margin, not in a list";
            return self.complain(line, message);
        }
        let path = PathBuf::from(path);
        self.found
            .used
            .anchors
            .insert((path.clone(), anchor.clone()));
        self.found.used.files.insert(path.clone());
        if info.language == "rust" {
            let source = BlockSource::Include {
                path: path.clone(),
                anchor,
            };
            self.block(info, code.clone(), source, line);
        }
        let file = escape(&path.to_string_lossy().replace('\\', "/"));
        let open =
            format!("<div class=\"listing\">\n<p class=\"listing-file\"><code>{file}</code></p>\n");
        let shown = self.rewrite(fence, info, Some(&code));
        self.out.block(&open, line);
        self.out.block(&shown, line);
        self.out.block("</div>", line);
    }

    /// The code behind an include.
    fn included(&self, path: &Path, anchor: Option<&str>, info: &Info) -> Result<String, String> {
        let inside = path
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !inside {
            return Err(format!(
                "{}: a path from the workspace root, without `..`",
                path.display()
            ));
        }
        let text = std::fs::read_to_string(self.book.root.join(path))
            .map_err(|error| format!("cannot include {}: {error}", path.display()))?
            .replace("\r\n", "\n");
        if info.language == "rust" && !self.book.in_a_target(path) {
            let message = "no target of the workspace compiles this file";
            return Err(format!("cannot include {}: {message}", path.display()));
        }
        match anchor {
            Some(name) => anchors::cut(&text, name)
                .map_err(|message| format!("{message} in {}", path.display())),
            None => Ok(anchors::whole(&text)),
        }
    }

    /// The fence's lines for the site: opening line reduced to what a browser needs, included
    /// code in place, hidden lines left out, escapes resolved.
    fn rewrite(&self, fence: &str, info: &Info, code: Option<&str>) -> String {
        let mut lines: Vec<&str> = fence.lines().collect();
        let (first, last) = (lines.remove(0), lines.pop().unwrap_or("```"));
        let open = first.len() - first.trim_start_matches([' ', '>', '`', '~', '\t']).len();
        let mut words = vec![info.language.as_str()];
        words.extend(info.attributes.iter().map(String::as_str));
        let opening = format!("{}{}", &first[..open], words.join(","));
        let body: Vec<&str> = match code {
            Some(code) => code.lines().collect(),
            None => lines,
        };
        let hide = info.language == "rust" && self.target != Target::Tests && code.is_none();
        let body = body.into_iter().filter(|line| !(hide && is_hidden(line)));
        let body: Vec<String> = body.map(|line| line.replace(r"\{{", "{{")).collect();
        let lines = std::iter::once(opening)
            .chain(body)
            .chain([last.to_string()]);
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// rustdoc runs but does not show a line that begins with `# ` or is a lone `#`.
fn is_hidden(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '>']);
    line == "#" || line.starts_with("# ")
}

/// `path:anchor` of a fence whose only line is an include.
fn include_of(code: &str) -> Option<&str> {
    let inner = code.trim().strip_prefix(INCLUDE)?.strip_suffix("}}")?;
    (!inner.contains('\n')).then(|| inner.trim())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_line_is_taken_apart() {
        let info = Info::parse("rust,ignore,reason=\"needs a GPU, or patience\"");
        assert_eq!((info.language.as_str(), info.has("ignore")), ("rust", true));
        assert_eq!(info.reason.as_deref(), Some("needs a GPU, or patience"));
        assert_eq!(info.wrong(), None);
    }

    #[test]
    fn a_block_that_would_prove_nothing_is_refused() {
        for bad in [
            "rust,ignore",
            "rust,compile_fail",
            "rust,no_run",
            "rust,edition2021",
        ] {
            assert!(Info::parse(bad).wrong().is_some(), "{bad}");
        }
        assert_eq!(Info::parse("rust,compile_fail,E0277").wrong(), None);
    }

    #[test]
    fn hidden_lines_are_those_of_rustdoc() {
        assert!(is_hidden("# use a;") && is_hidden("    # let x = 1;") && is_hidden("#"));
        assert!(!is_hidden("#[derive(Debug)]") && !is_hidden("## a"));
    }
}
