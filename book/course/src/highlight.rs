//! Code coloured at build time: no script in the page, the same on paper.
//!
//! The scanner knows comments, strings, numbers, words and little else; that is
//! enough to read by, and it cannot fail: what it does not know stays plain.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What a language's scanner has to know.
struct Language {
    /// What opens a comment that runs to the end of the line.
    line_comment: &'static str,
    /// What opens and closes a comment over several lines.
    block_comment: Option<(&'static str, &'static str)>,
    keywords: &'static [&'static str],
    /// Rust's lifetimes, raw strings, attributes and macros.
    rust: bool,
}

const RUST: Language = Language {
    line_comment: "//",
    block_comment: Some(("/*", "*/")),
    keywords: &[
        "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum",
        "extern", "false", "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move",
        "mut", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait",
        "true", "type", "unsafe", "use", "where", "while",
    ],
    rust: true,
};

const PYTHON: Language = Language {
    line_comment: "#",
    block_comment: None,
    keywords: &[
        "and", "as", "assert", "break", "class", "continue", "def", "del", "elif", "else",
        "except", "False", "finally", "for", "from", "if", "import", "in", "is", "lambda", "None",
        "not", "or", "pass", "raise", "return", "True", "try", "while", "with", "yield",
    ],
    rust: false,
};

const TOML: Language = Language {
    line_comment: "#",
    block_comment: None,
    keywords: &["true", "false"],
    rust: false,
};

const SHELL: Language = Language {
    line_comment: "#",
    block_comment: None,
    keywords: &["cargo", "git", "rustup", "cd", "export"],
    rust: false,
};

fn language(name: &str) -> Option<&'static Language> {
    match name {
        "rust" => Some(&RUST),
        "python" => Some(&PYTHON),
        "toml" => Some(&TOML),
        "sh" | "bash" | "shell" => Some(&SHELL),
        _ => None,
    }
}

/// Colours every code block of a rendered page.
pub fn page(html: &str) -> String {
    static BLOCK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?s)(<pre><code class="language-([a-z]+)[^"]*">)([^<]*)(</code></pre>)"#)
            .expect("a constant pattern")
    });
    BLOCK
        .replace_all(html, |found: &Captures| match language(&found[2]) {
            Some(language) => {
                let code = unescape(&found[3]);
                format!("{}{}{}", &found[1], coloured(language, &code), &found[4])
            }
            None => found[0].to_owned(),
        })
        .into_owned()
}

/// `code` as HTML, each token in a span of its class.
fn coloured(language: &Language, code: &str) -> String {
    let mut html = String::with_capacity(2 * code.len());
    let mut rest = code;
    while !rest.is_empty() {
        let (length, class) = token(language, rest);
        let (text, after) = rest.split_at(length);
        match class {
            Some(class) => {
                html.push_str("<span class=\"hl-");
                html.push_str(class);
                html.push_str("\">");
                html.push_str(&escape(text));
                html.push_str("</span>");
            }
            None => html.push_str(&escape(text)),
        }
        rest = after;
    }
    html
}

/// Length in bytes (at least one character) and class of the token that `rest` begins with.
fn token(language: &Language, rest: &str) -> (usize, Option<&'static str>) {
    let first = rest.chars().next().map_or(1, char::len_utf8);
    if rest.starts_with(language.line_comment) {
        return (rest.find('\n').unwrap_or(rest.len()), Some("comment"));
    }
    if let Some((open, close)) = language.block_comment
        && let Some(body) = rest.strip_prefix(open)
    {
        let length = body
            .find(close)
            .map_or(rest.len(), |end| open.len() + end + close.len());
        return (length, Some("comment"));
    }
    if language.rust
        && let Some(found) = rust_token(rest)
    {
        return found;
    }
    match rest.as_bytes()[0] {
        b'"' => (quoted(rest, '"'), Some("string")),
        b'\'' if !language.rust => (quoted(rest, '\''), Some("string")),
        b'0'..=b'9' => (number(rest), Some("number")),
        b if b == b'_' || b.is_ascii_alphabetic() => word(language, rest),
        _ => (first, None),
    }
}

/// What only Rust has: attributes, raw and byte strings, characters, lifetimes.
fn rust_token(rest: &str) -> Option<(usize, Option<&'static str>)> {
    static ATTRIBUTE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^#!?\[[^\]\n]*\]").expect("a constant pattern"));
    static CHARACTER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^b?'(?:\\(?:x[0-9a-fA-F]{2}|u\{[0-9a-fA-F_]+\}|.)|[^\\'\n])'")
            .expect("a constant pattern")
    });
    static LIFETIME: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^'[A-Za-z_]\w*").expect("a constant pattern"));
    static RAW: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r##"^b?r(#*)""##).expect("a constant pattern"));
    if let Some(found) = ATTRIBUTE.find(rest) {
        return Some((found.end(), Some("attribute")));
    }
    if let Some(found) = RAW.captures(rest) {
        let open = found[0].len();
        let close = format!("\"{}", &found[1]);
        let length = rest[open..]
            .find(&close)
            .map_or(rest.len(), |end| open + end + close.len());
        return Some((length, Some("string")));
    }
    if rest.starts_with("b\"") {
        return Some((1 + quoted(&rest[1..], '"'), Some("string")));
    }
    if let Some(found) = CHARACTER.find(rest) {
        return Some((found.end(), Some("string")));
    }
    LIFETIME.find(rest).map(|found| (found.end(), Some("type")))
}

/// Length of a string with `quote` at both ends and `\` as escape.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// Length of a number with its suffix; `0..n` and `1.max(2)` end before the dot.
fn number(rest: &str) -> usize {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:0x[0-9a-fA-F_]+|0b[01_]+|[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9]+)?)(?:_?[iuf](?:8|16|32|64|128|size))?")
            .expect("a constant pattern")
    });
    NUMBER.find(rest).map_or(1, |found| found.end())
}

fn word(language: &Language, rest: &str) -> (usize, Option<&'static str>) {
    let length = rest
        .find(|c: char| c != '_' && !c.is_alphanumeric())
        .unwrap_or(rest.len());
    let (word, after) = rest.split_at(length);
    let class = if language.keywords.contains(&word) {
        Some("keyword")
    } else if language.rust && after.starts_with('!') && !after.starts_with("!=") {
        return (length + 1, Some("macro"));
    } else if after.starts_with('(') || (language.rust && after.starts_with("::<")) {
        Some("function")
    } else if is_type(word) {
        Some("type")
    } else {
        None
    };
    (length, class)
}

/// `Tensor`, `f32`; not `MAX_STEPS`.
fn is_type(word: &str) -> bool {
    const PRIMITIVES: &[&str] = &[
        "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8",
        "u16", "u32", "u64", "u128", "usize",
    ];
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    PRIMITIVES.contains(&word) || (capital && word.contains(|c: char| c.is_ascii_lowercase()))
}

fn unescape(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

/// Text for HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(code: &str) -> String {
        coloured(&RUST, code)
    }

    #[test]
    fn colouring_changes_no_character() {
        let code = "#[derive(Debug)]\nfn f<'a>(x: &'a str) -> char { /* a \"b\" */ '\\'' } // é\n\
                    let r = r#\"raw \"#; let n = 1.5e-3_f32 + 0..n; println!(\"{x}\"); a != b";
        let tags = Regex::new("<[^>]*>").expect("a constant pattern");
        assert_eq!(unescape(&tags.replace_all(&rust(code), "")), code);
    }

    #[test]
    fn tokens_get_their_class() {
        assert_eq!(rust("let"), "<span class=\"hl-keyword\">let</span>");
        assert_eq!(rust("'a'"), "<span class=\"hl-string\">'a'</span>");
        assert_eq!(rust("'a"), "<span class=\"hl-type\">'a</span>");
        assert_eq!(rust("vec!["), "<span class=\"hl-macro\">vec!</span>[");
        assert_eq!(rust("0..n"), "<span class=\"hl-number\">0</span>..n");
        assert_eq!(rust("MAX"), "MAX");
    }

    #[test]
    fn an_open_string_or_comment_ends_with_the_block() {
        assert_eq!(rust("\"ab"), "<span class=\"hl-string\">&quot;ab</span>");
        assert_eq!(rust("/* ab"), "<span class=\"hl-comment\">/* ab</span>");
    }

    #[test]
    fn only_known_languages_are_touched() {
        let page = "<pre><code class=\"language-text\">let x</code></pre>\
                    <pre><code class=\"language-rust no_run\">a &lt; 1</code></pre>";
        let html = super::page(page);
        assert!(html.contains("language-text\">let x</code>"), "{html}");
        assert!(
            html.contains("a &lt; <span class=\"hl-number\">1</span>"),
            "{html}"
        );
    }
}
