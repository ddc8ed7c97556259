//! Numbers as the figures and the book write them.

/// How ticks up to `most` in steps of `step` are written: with the decimals
/// that the step needs, or as multiples of a power of ten where that would
/// take too many digits.
pub(crate) fn writer(most: f64, step: f64) -> impl Fn(f64) -> String {
    let power = most.log10().floor() as i32;
    let scaled = !(-4..7).contains(&power);
    let unit = if scaled { 10f64.powi(power) } else { 1.0 };
    let decimals = (0..9)
        .find(|&d| {
            let shown = step / unit * 10f64.powi(d);
            (shown - shown.round()).abs() < 1e-6
        })
        .unwrap_or(9) as usize;
    move |value| {
        let number = decimal(value / unit, decimals);
        if scaled && value != 0.0 {
            format!("{number}·10{}", superscript(power))
        } else {
            number
        }
    }
}

/// Below 0.001 and from 100,000 on, powers are written as powers.
pub(crate) fn power_of_ten(value: f64) -> String {
    let power = (value.log10() + 1e-9).floor() as i32;
    let digit = (value / 10f64.powi(power)).round();
    if (-3..5).contains(&power) {
        decimal(value, (-power).max(0) as usize)
    } else if digit == 1.0 {
        format!("10{}", superscript(power))
    } else {
        format!("{digit}·10{}", superscript(power))
    }
}

fn superscript(number: i32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number
        .to_string()
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) => DIGITS[digit as usize],
            None => '⁻',
        })
        .collect()
}

/// A number as the book prints it: fixed decimals, commas between thousands,
/// a true minus sign.
///
/// ```
/// assert_eq!(plots::decimal(-1234.5, 1), "−1,234.5");
/// assert_eq!(plots::decimal(-0.0001, 2), "0.00");
/// ```
pub fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let is_zero = text.chars().all(|c| c == '0' || c == '.');
    let sign = if value < 0.0 && !is_zero { "−" } else { "" };
    format!("{sign}{grouped}{rest}")
}

/// A number with two significant digits: `0.034`, `1.3`, `250`, `1.2·10⁹`.
pub(crate) fn rough(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let power = value.abs().log10().floor() as i32;
    writer(value.abs(), 10f64.powi(power - 1))(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rough_numbers_have_two_digits() {
        let written = [0.0341, -1.3, 250.4, 1.24e9, 0.0].map(rough);
        assert_eq!(written, ["0.034", "−1.3", "250", "1.2·10⁹", "0"]);
    }
}
