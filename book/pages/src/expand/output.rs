//! The expanded text, with the page's line for each of its lines.

/// Grows line by line.
#[derive(Debug, Default)]
pub(crate) struct Output {
    text: String,
    lines: Vec<usize>,
}

impl Output {
    /// Appends text that stands in the page, its first line being `line`.
    pub(crate) fn copy(&mut self, text: &str, line: usize) {
        self.push(text, line, 1);
    }

    /// Appends text that one line of the page was turned into, as a block of its own: with
    /// a blank line before, and one after once the page's own line end follows.
    pub(crate) fn block(&mut self, text: &str, line: usize) {
        while !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.push("\n", line, 0);
        }
        self.push(text.trim_end_matches('\n'), line, 0);
        self.push("\n", line, 0);
    }

    fn push(&mut self, text: &str, mut line: usize, step: usize) {
        for piece in text.split_inclusive('\n') {
            if self.text.is_empty() || self.text.ends_with('\n') {
                self.lines.push(line);
            }
            self.text.push_str(piece);
            line += step;
        }
    }

    /// The text and the line of the page for each of its lines.
    pub(crate) fn finish(self) -> (String, Vec<usize>) {
        (self.text, self.lines)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_traced_back() {
        let mut out = Output::default();
        out.copy("a\nb {", 1);
        out.copy("x", 2);
        out.copy("} c\n", 2);
        out.block("<p>\n</p>", 3);
        out.copy("\nd\n", 3);
        let (text, lines) = out.finish();
        assert_eq!(text, "a\nb {x} c\n\n<p>\n</p>\n\nd\n");
        assert_eq!(lines, [1, 2, 3, 3, 3, 3, 4]);
    }
}
