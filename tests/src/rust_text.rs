//! Reading Rust source just closely enough to count: what is code, comment, string, and where
//! functions begin and end.

/// What a byte of a source file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Comment,
    Literal,
}

/// A source file, each byte known as code, comment or literal.
#[derive(Debug)]
pub struct RustText<'a> {
    text: &'a str,
    kinds: Vec<Kind>,
}

/// A function with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// The line of `fn`, from 1.
    pub line: usize,
    /// Lines from `fn` to the closing brace; documentation and attributes are not counted.
    pub lines: usize,
}

impl<'a> RustText<'a> {
    /// Reads a source file.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut kinds = Vec::with_capacity(bytes.len());
        while kinds.len() < bytes.len() {
            let (kind, length) = token(bytes, kinds.len());
            let end = (kinds.len() + length).min(bytes.len());
            kinds.resize(end, kind);
        }
        RustText { text, kinds }
    }

    /// The source with comments and the insides of literals blanked, all places kept.
    pub fn code(&self) -> String {
        let blank = |(byte, kind): (u8, &Kind)| match kind {
            Kind::Code => byte,
            _ if byte == b'\n' => byte,
            _ => b' ',
        };
        let bytes = self.text.bytes().zip(&self.kinds).map(blank).collect();
        // Only whole characters lie in comments and literals.
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Lines that hold code, and lines that hold nothing but comment.
    pub fn counts(&self) -> (usize, usize) {
        let (mut code, mut comment, mut at) = (0, 0, 0);
        for line in self.text.split_inclusive('\n') {
            let kinds = line.bytes().zip(&self.kinds[at..]);
            let mut seen = kinds
                .filter(|(byte, _)| !byte.is_ascii_whitespace())
                .peekable();
            let blank = seen.peek().is_none();
            if seen.any(|(_, kind)| *kind != Kind::Comment) {
                code += 1;
            } else if !blank {
                comment += 1;
            }
            at += line.len();
        }
        (code, comment)
    }

    /// All functions with bodies, inner ones too, in order.
    pub fn functions(&self) -> Vec<Function> {
        let code = self.code();
        let mut found = Vec::new();
        for (at, _) in code.match_indices("fn ") {
            let word = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let rest = code[at + 3..].trim_start();
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(0);
            let body = body_end(&code[at..]);
            if let (true, Some(length)) = (word && end > 0, body) {
                found.push(Function {
                    name: rest[..end].to_string(),
                    line: 1 + code[..at].matches('\n').count(),
                    lines: 1 + code[at..at + length].matches('\n').count(),
                });
            }
        }
        found
    }
}

/// The kind and length of what begins at `at`.
fn token(bytes: &[u8], at: usize) -> (Kind, usize) {
    let rest = &bytes[at..];
    let fresh = at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    if rest.starts_with(b"//") {
        let line = rest.iter().take_while(|b| **b != b'\n').count();
        return (Kind::Comment, line);
    }
    if rest.starts_with(b"/*") {
        return (Kind::Comment, block_comment(rest));
    }
    if let Some(length) = raw_string(rest).filter(|_| fresh) {
        return (Kind::Literal, length);
    }
    match rest[0] {
        b'"' => (Kind::Literal, quoted(rest)),
        b'\'' if is_char(rest) => (Kind::Literal, quoted(rest)),
        _ => (Kind::Code, 1),
    }
}

/// `'a'` and `'\n'`, but not the lifetime `'a`.
fn is_char(rest: &[u8]) -> bool {
    let text = &rest[1..rest.len().min(6)];
    let after = |n: usize| text.get(n) == Some(&b'\'');
    match text.first() {
        Some(b'\\') => true,
        Some(first) if first.is_ascii() => after(1),
        Some(_) => (2..5).any(after),
        None => false,
    }
}

/// The length of a literal up to the quote that closes it, backslashes heeded.
fn quoted(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != rest[0] {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

/// The length of `r"…"`, `br#"…"#` and so on, if one begins here.
fn raw_string(rest: &[u8]) -> Option<usize> {
    let prefix = rest.iter().take_while(|b| b"bcr".contains(b)).count();
    if !(1..=2).contains(&prefix) || rest[prefix - 1] != b'r' {
        return None;
    }
    let hashes = rest[prefix..].iter().take_while(|b| **b == b'#').count();
    let open = prefix + hashes;
    if rest.get(open) != Some(&b'"') {
        return None;
    }
    let close: Vec<u8> = std::iter::once(b'"')
        .chain(std::iter::repeat_n(b'#', hashes))
        .collect();
    let inside = &rest[open + 1..];
    let end = inside
        .windows(close.len())
        .position(|window| window == close);
    Some(end.map_or(rest.len(), |end| open + 1 + end + close.len()))
}

/// The length of a block comment, nested ones inside.
fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                break;
            }
        } else {
            at += 1;
        }
    }
    at
}

/// From `fn` to behind the body's closing brace; none for a declaration without a body.
fn body_end(code: &str) -> Option<usize> {
    let (mut brackets, mut braces) = (0_i32, 0_i32);
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'(' | b'[' if braces == 0 => brackets += 1,
            b')' | b']' if braces == 0 => brackets -= 1,
            b';' if braces == 0 && brackets == 0 => return None,
            b'{' => braces += 1,
            b'}' => {
                braces -= 1;
                if braces == 0 && brackets == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r##"//! Doc.
/* a /* nested */ fn no() {} */
fn one<'a>(x: &'a str, y: [u8; 2]) -> char {
    let s = "fn not() { \" }"; // }
    let r = r#"fn nor() {"#;
    '}'
}

trait T {
    fn declared(&self);
    fn given(&self) { if true {} }
}
type F = fn(u8) -> u8;
"##;

    #[test]
    fn functions_are_found_with_their_length() {
        let found = RustText::new(SOURCE).functions();
        let shown: Vec<String> = found
            .iter()
            .map(|f| format!("{} {} {}", f.name, f.line, f.lines))
            .collect();
        assert_eq!(shown, ["one 3 5", "given 11 1"]);
    }

    #[test]
    fn code_and_comment_lines_are_counted() {
        assert_eq!(RustText::new(SOURCE).counts(), (10, 2));
        assert_eq!(
            RustText::new("let a = \"\n x\n\";\n\n// b\n").counts(),
            (3, 1)
        );
    }

    #[test]
    fn places_are_kept() {
        let code = RustText::new(SOURCE).code();
        assert_eq!(code.len(), SOURCE.len());
        assert_eq!(code.lines().count(), SOURCE.lines().count());
        assert!(!code.contains("nor") && code.contains("declared"));
    }
}
