//! How wide a text will be, and how it is written into XML.
//!
//! The figures carry text as text, so that it can be searched, read aloud and
//! set in the page's own font. Nobody can know that font's widths here, so
//! labels are placed by Helvetica's, made wider by what the widest of the
//! usual fonts needs.

/// Size of all text in a figure, in units. A figure of 360 units that fills a
/// phone's 320 px shows it at 11.1 px.
pub const TEXT: f64 = 12.5;

/// Size of titles, in units.
pub const TITLE: f64 = 13.5;

/// Space for one line of text, in units.
pub(crate) const LINE: f64 = 16.0;

/// Helvetica's advance widths for the characters from space to `~`, in
/// thousandths of the font size. Source: Adobe, Helvetica.afm.
#[rustfmt::skip]
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// DejaVu Sans, the widest font that a system is likely to choose, sets
/// labels about this much wider than Helvetica.
const MARGIN: f64 = 1.16;

/// About how wide `text` is when set at `size`, in the units of `size`.
pub fn width(text: &str, size: f64) -> f64 {
    let thousandths: u32 = text.chars().map(|c| u32::from(advance(c))).sum();
    f64::from(thousandths) / 1000.0 * size * MARGIN
}

/// The advance of one character, in thousandths of the font size.
fn advance(c: char) -> u16 {
    match c {
        ' '..='~' => WIDTHS[c as usize - 32],
        '₀'..='₉' | '⁰'..='⁹' | '¹' | '²' | '³' | '⁻' | '₋' => 360,
        '−' | '×' | '≤' | '≥' | '≈' | '→' | '±' => 620,
        '·' | '’' | '‘' => 300,
        '…' | '—' => 1000,
        _ => 600,
    }
}

/// The text in lines that are at most `room` wide at this size, broken at
/// spaces; a word that is wider has a line of its own. Empty text has no line.
pub fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The text with `&`, `<`, `>` and `"` written as XML wants them, and control
/// characters, which XML forbids, left out.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_of_digits_is_helveticas() {
        // Four digits of 556 thousandths each, at size 10, and the margin.
        assert!((width("1943", 10.0) - 4.0 * 5.56 * MARGIN).abs() < 1e-9);
    }

    #[test]
    fn lines_break_at_spaces_and_only_where_they_must() {
        assert_eq!(
            wrap("flipper length (mm)", 10.0, 400.0),
            ["flipper length (mm)"]
        );
        assert_eq!(
            wrap("flipper length (mm)", 10.0, 75.0),
            ["flipper length", "(mm)"]
        );
        assert_eq!(wrap("regularisation", 10.0, 5.0), ["regularisation"]);
        assert!(wrap("", 10.0, 5.0).is_empty());
    }

    #[test]
    fn escaped_text_holds_no_markup() {
        assert_eq!(escape("a<b & \"c\"\n"), "a&lt;b &amp; &quot;c&quot; ");
    }
}
