//! How a recorded number is written for a reader: in the terminal's table and,
//! without a format of its own, on a page.

use crate::Value;

impl Value {
    /// The value as a reader sees it: a fraction as a percentage with one
    /// decimal, a count with thousands separators, anything else with three
    /// significant digits and its unit.
    pub fn shown(&self) -> String {
        if self.is_fraction() {
            return percent(self.value);
        }
        if self.is_count() {
            return whole(self.value);
        }
        with_unit(number(self.value), self)
    }

    /// The tolerance as a reader sees it: `± 2.0 %`, `± 0.01 nats`, `exact`,
    /// or `not compared` for a time.
    pub fn tolerance_shown(&self) -> String {
        if self.is_time() {
            return "not compared".into();
        }
        if self.tolerance == 0.0 {
            return "exact".into();
        }
        if self.is_fraction() {
            return format!("± {}", percent(self.tolerance));
        }
        format!("± {}", with_unit(number(self.tolerance), self))
    }
}

/// `text` and the unit of `value`, if it has one.
fn with_unit(text: String, value: &Value) -> String {
    match value.unit.as_deref() {
        Some(unit) => format!("{text} {unit}"),
        None => text,
    }
}

/// A share in 0..1 as a percentage with one decimal; more where one would show
/// zero for something that is not.
///
/// ```
/// assert_eq!(lesson::percent(0.9725), "97.2 %");
/// ```
pub fn percent(share: impl Into<f64>) -> String {
    let percent = 100.0 * share.into();
    if percent != 0.0 && percent.abs() < 0.05 {
        return format!("{} %", number(percent));
    }
    format!("{percent:.1} %")
}

/// A count with thousands separators.
///
/// ```
/// assert_eq!(lesson::thousands(65_536), "65,536");
/// ```
pub fn thousands(count: usize) -> String {
    whole(count as f64)
}

/// A whole number with thousands separators: `1,234`.
fn whole(x: f64) -> String {
    let digits = format!("{:.0}", x.abs());
    let mut text = String::new();
    if x < 0.0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with three significant digits, never cutting digits before the
/// point: `12,346`, `12.3`, `0.00123`; powers of ten for the very large and the
/// very small.
fn number(x: f64) -> String {
    let size = x.abs();
    if x == 0.0 {
        return "0".into();
    }
    if !(1e-4..1e9).contains(&size) {
        return format!("{x:.2e}");
    }
    if size >= 99.95 || x.fract() == 0.0 {
        return whole(x.round());
    }
    let decimals = (2 - size.log10().floor() as i32).max(0) as usize;
    let text = format!("{x:.decimals$}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn numbers_show_three_digits() {
        let cases = [
            (0.0, "0"),
            (12.345, "12.3"),
            (1.0, "1"),
            (0.25, "0.25"),
            (99.96, "100"),
            (0.001_234, "0.00123"),
            (-0.5, "-0.5"),
            (12_345.6, "12,346"),
            (1.5e-7, "1.50e-7"),
            (2.5e12, "2.50e12"),
        ];
        for (x, text) in cases {
            assert_eq!(number(x), text);
        }
    }

    #[test]
    fn units_decide_the_form() {
        assert_eq!(Value::fraction(0.9333).shown(), "93.3 %");
        assert_eq!(Value::fraction(0.0001).shown(), "0.01 %");
        assert_eq!(Value::count(1_234_567).shown(), "1,234,567");
        assert_eq!(Value::count(0).shown(), "0");
        assert_eq!(Value::time(Duration::from_millis(1250)).shown(), "1.25 s");
        assert_eq!(Value::number(3.0).unit("mistakes").shown(), "3 mistakes");
    }

    #[test]
    fn tolerances_say_what_they_allow() {
        assert_eq!(
            Value::fraction(0.9).tolerance(0.02).tolerance_shown(),
            "± 2.0 %"
        );
        assert_eq!(Value::count(4).tolerance_shown(), "exact");
        assert_eq!(
            Value::time(Duration::ZERO).tolerance_shown(),
            "not compared"
        );
        let loss = Value::number(1.0).tolerance(0.01).unit("nats");
        assert_eq!(loss.tolerance_shown(), "± 0.01 nats");
    }
}
