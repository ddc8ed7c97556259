//! How a recorded number is printed.

use lesson::Value;

/// A no-break space: `97.3 %` must not be torn apart at a line's end.
const NBSP: char = '\u{a0}';

/// How to print a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// By the unit, with the digits that the lesson's own table shows: a share as a percentage
    /// with one decimal, a count with thousands separators, anything else with three
    /// significant digits. The unit itself is the sentence's to say.
    ByUnit,
    /// `%` and `%2`: a share as a percentage with so many decimals.
    Percent(usize),
    /// `.3`: so many decimals.
    Decimals(usize),
    /// `int`: rounded, with thousands separators.
    Integer,
}

impl Format {
    /// Reads `%`, `%1`, `.3` or `int`; `None` for anything else.
    pub fn parse(word: &str) -> Option<Format> {
        if word == "int" {
            return Some(Format::Integer);
        }
        let digits = |text: &str| text.parse::<usize>().ok().filter(|n| *n <= 9);
        match (word.strip_prefix('%'), word.strip_prefix('.')) {
            (Some(""), _) => Some(Format::Percent(0)),
            (Some(rest), _) => digits(rest).map(Format::Percent),
            (_, Some(rest)) => digits(rest).map(Format::Decimals),
            _ => None,
        }
    }

    /// The number as text, with a real minus sign and a no-break space before `%`.
    pub fn apply(self, value: &Value) -> String {
        let number = value.value;
        let text = match self {
            Format::Percent(decimals) => format!("{:.decimals$}{NBSP}%", 100.0 * number),
            Format::Decimals(decimals) => separate(&format!("{number:.decimals$}")),
            Format::Integer => separate(&format!("{number:.0}")),
            Format::ByUnit => by_unit(value),
        };
        signed(text)
    }
}

/// What the lesson prints in the terminal, without its unit.
fn by_unit(value: &Value) -> String {
    if value.is_fraction() || value.is_count() {
        return value.shown().replace(' ', "\u{a0}");
    }
    let shown = Value::number(value.value).shown();
    match shown.split_once('e') {
        Some((digits, exponent)) => {
            format!("{digits}{NBSP}×{NBSP}10{}", superscript(exponent))
        }
        None => shown,
    }
}

/// A hyphen becomes a minus sign; what rounded to zero has no sign.
fn signed(text: String) -> String {
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().any(|c| ('1'..='9').contains(&c)) => format!("−{rest}"),
        Some(rest) => rest.to_string(),
        None => text,
    }
}

/// `10345.5` becomes `10,345.5`.
fn separate(text: &str) -> String {
    let (sign, digits) = text.split_at(usize::from(text.starts_with('-')));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

fn superscript(exponent: &str) -> String {
    let raised = |c: char| match c {
        '-' => '⁻',
        c => "⁰¹²³⁴⁵⁶⁷⁸⁹"
            .chars()
            .nth(c as usize - '0' as usize)
            .unwrap_or(c),
    };
    exponent.chars().map(raised).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn value(number: f64, unit: &str) -> Value {
        match unit {
            "" => Value::number(number),
            unit => Value::number(number).unit(unit),
        }
    }

    fn shown(number: f64, unit: &str) -> String {
        Format::ByUnit.apply(&value(number, unit))
    }

    #[test]
    fn the_unit_chooses_the_format() {
        assert_eq!(shown(0.9733, "fraction"), "97.3\u{a0}%");
        assert_eq!(shown(65812.0, "count"), "65,812");
        assert_eq!(shown(0.81234, "nats"), "0.812");
        assert_eq!(shown(12.3456, ""), "12.3");
        assert_eq!(shown(1234.5, "s"), "1,235");
        assert_eq!(shown(25.0, "s"), "25");
        assert_eq!(shown(-0.04567, ""), "−0.0457");
        assert_eq!(shown(0.0, ""), "0");
        assert_eq!(shown(0.0000123, ""), "1.23\u{a0}×\u{a0}10⁻⁵");
    }

    #[test]
    fn a_page_can_ask_for_a_format() {
        let share = value(0.98765, "fraction");
        for (word, expected) in [("%", "99\u{a0}%"), ("%2", "98.77\u{a0}%"), (".3", "0.988")] {
            assert_eq!(Format::parse(word).unwrap().apply(&share), expected);
        }
        assert_eq!(
            Format::parse("int").unwrap().apply(&value(-1234.4, "")),
            "−1,234"
        );
        assert_eq!(Format::parse(".1").unwrap().apply(&value(-0.01, "")), "0.0");
        assert_eq!(Format::parse("percent"), None);
    }
}
