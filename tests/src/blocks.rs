//! The book's Rust blocks as the text of Rust modules whose documentation they are.
//!
//! rustdoc names a documentation test by its module, so the module is called by page and line:
//! `book::ch01_perceptron::rule::line_57` is line 57 of `ch01_perceptron/02_rule.md`.

use pages::{Block, BlockSource};
use std::path::Path;

/// The module path of a page: `book/src/ch01_perceptron/02_rule.md` is
/// `["ch01_perceptron", "rule"]`.
pub fn module_path(page: &Path) -> Vec<String> {
    let inside = page.strip_prefix(pages::SRC).unwrap_or(page);
    let inside = inside.with_extension("");
    inside
        .iter()
        .map(|part| name(&part.to_string_lossy()))
        .collect()
}

/// A word fit for a module: the number that orders pages dropped, odd characters replaced.
fn name(part: &str) -> String {
    let word = part
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim_start_matches('_');
    let word = if word.is_empty() { part } else { word };
    let fit = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let word: String = word.chars().map(fit).collect();
    match word.as_str() {
        "in" | "match" | "loop" | "move" | "type" | "use" | "where" | "for" => word + "_",
        _ => word,
    }
}

/// The modules of all inline blocks; an include is compiled and tested where it stands. The
/// `complaints` become a test that fails with them, so that `--doc` alone cannot hide one.
pub fn modules(blocks: &[Block], complaints: &[String]) -> String {
    let mut text = String::new();
    let mut open: Vec<String> = Vec::new();
    for block in blocks.iter().filter(|b| b.source == BlockSource::Inline) {
        let path = module_path(&block.page);
        let shared = open.iter().zip(&path).take_while(|(a, b)| a == b).count();
        text += &"}\n".repeat(open.len() - shared);
        for module in &path[shared..] {
            text += &format!("pub mod {module} {{\n");
        }
        open = path;
        push_doc(&mut text, &info(block), &block.code);
        text += &format!("pub mod line_{} {{}}\n", block.line);
    }
    text + &"}\n".repeat(open.len()) + &failing(complaints)
}

/// What rustdoc must know: how the block is to be judged.
fn info(block: &Block) -> String {
    let mut words = vec!["rust".to_string()];
    words.extend(block.attributes.iter().cloned());
    words.join(",")
}

fn push_doc(text: &mut String, info: &str, code: &str) {
    // Four backticks: the code may hold three.
    *text += &format!("/// ````{info}\n");
    for line in code.lines() {
        *text += format!("/// {line}").trim_end();
        *text += "\n";
    }
    *text += "/// ````\n";
}

/// One test for all of them: each would print a backtrace of its own.
fn failing(complaints: &[String]) -> String {
    if complaints.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    let all = complaints.join("\n");
    push_doc(&mut text, "rust", &format!("panic!(\"{{}}\", {all:?});"));
    text + "pub mod complaints {}\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(page: &str, line: usize, code: &str) -> Block {
        Block {
            page: page.into(),
            line,
            attributes: Vec::new(),
            reason: None,
            code: code.into(),
            source: BlockSource::Inline,
        }
    }

    #[test]
    fn a_block_is_named_by_page_and_line() {
        let blocks = [
            block(
                "book/src/ch01_a/02_rule.md",
                57,
                "let a = 1;\n\n# fn b() {}\n",
            ),
            block("book/src/ch01_a/02_rule.md", 90, "x"),
            block("book/src/ch01_a/index.md", 3, "y"),
            block("book/src/setup.md", 4, "z"),
        ];
        let expected = "\
pub mod ch01_a {
pub mod rule {
/// ````rust
/// let a = 1;
///
/// # fn b() {}
/// ````
pub mod line_57 {}
/// ````rust
/// x
/// ````
pub mod line_90 {}
}
pub mod index {
/// ````rust
/// y
/// ````
pub mod line_3 {}
}
}
pub mod setup {
/// ````rust
/// z
/// ````
pub mod line_4 {}
}
";
        assert_eq!(modules(&blocks, &[]), expected);
    }

    #[test]
    fn complaints_become_a_failing_test() {
        let text = modules(&[], &["a.md:3: no \"x\"".into(), "b".into()]);
        assert!(
            text.contains("/// panic!(\"{}\", \"a.md:3: no \\\"x\\\"\\nb\");"),
            "{text}"
        );
    }
}
