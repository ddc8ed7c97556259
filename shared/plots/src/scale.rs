//! From values to places on an axis, and ticks that people can read.

/// One axis: its range, straight or logarithmic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Value at the left or bottom end.
    pub low: f64,
    /// Value at the right or top end.
    pub high: f64,
    /// Equal steps are equal factors.
    pub log: bool,
}

/// A mark on an axis and what is written at it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where it stands.
    pub value: f64,
    /// What is written.
    pub label: String,
}

impl Scale {
    /// An axis with equal steps from `low` to `high`. An empty or unordered
    /// range is widened, so that there is always something to draw on.
    pub fn linear(low: f64, high: f64) -> Self {
        let (low, high) = widened(low, high);
        Scale {
            low,
            high,
            log: false,
        }
    }

    /// An axis with equal factors from `low` to `high`, both above 0; what is
    /// not is moved up to a thousandth of the other end.
    pub fn log(low: f64, high: f64) -> Self {
        let high = if high > 0.0 { high } else { 1.0 };
        let low = if low > 0.0 { low } else { high / 1000.0 };
        let (low, high) = if low < high {
            (low, high)
        } else {
            (low / 10.0, low * 10.0)
        };
        Scale {
            low,
            high,
            log: true,
        }
    }

    /// Where a value lies: 0 at the low end, 1 at the high end.
    pub fn fraction(&self, value: f64) -> f64 {
        if self.log {
            (value.ln() - self.low.ln()) / (self.high.ln() - self.low.ln())
        } else {
            (value - self.low) / (self.high - self.low)
        }
    }

    /// The value that lies there: the inverse of [`fraction`](Self::fraction).
    pub fn value(&self, fraction: f64) -> f64 {
        if self.log {
            (self.low.ln() + fraction * (self.high.ln() - self.low.ln())).exp()
        } else {
            self.low + fraction * (self.high - self.low)
        }
    }

    /// Up to about `count` ticks inside the range: steps of 1, 2, 2.5 or 5
    /// times a power of ten, or powers of ten on a logarithmic axis.
    pub fn ticks(&self, count: usize) -> Vec<Tick> {
        if self.log {
            log_ticks(self.low, self.high, count)
        } else {
            linear_ticks(self.low, self.high, count)
        }
    }
}

fn widened(low: f64, high: f64) -> (f64, f64) {
    if !low.is_finite() || !high.is_finite() {
        return (0.0, 1.0);
    }
    let (low, high) = (low.min(high), low.max(high));
    if high - low > 1e-12 * low.abs().max(high.abs()) {
        (low, high)
    } else {
        let half = if low == 0.0 { 0.5 } else { 0.1 * low.abs() };
        (low - half, high + half)
    }
}

fn linear_ticks(low: f64, high: f64, count: usize) -> Vec<Tick> {
    let step = nice_step((high - low) / count.max(1) as f64);
    // Decimals that show the step: 0.25 needs two, 50 none.
    let decimals = (0..12)
        .find(|&d| {
            let shown = step * 10f64.powi(d);
            (shown - shown.round()).abs() < 1e-6
        })
        .unwrap_or(12) as usize;
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last)
        .map(|i| i as f64 * step)
        .map(|value| Tick {
            value,
            label: decimal(value, decimals),
        })
        .collect()
}

/// The smallest of 1, 2, 2.5, 5 × 10ᵏ that is at least `rough`.
fn nice_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|nice| nice * power)
        .find(|&step| step >= rough * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

fn log_ticks(low: f64, high: f64, count: usize) -> Vec<Tick> {
    let first = (low.log10() - 1e-9).ceil() as i32;
    let last = (high.log10() + 1e-9).floor() as i32;
    let decades = (last - first + 1).max(0) as usize;
    let label = |value: f64| Tick {
        value,
        label: power_of_ten(value),
    };
    if decades >= 3 || (decades == 2 && count < 4) {
        let every = decades.div_ceil(count.max(1)).max(1);
        return (first..=last)
            .step_by(every)
            .map(|power| label(10f64.powi(power)))
            .collect();
    }
    // Fewer than three powers of ten: show 1, 2, 5 in each.
    ((first - 1)..=last)
        .flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * 10f64.powi(power)))
        .filter(|&value| value >= low * (1.0 - 1e-9) && value <= high * (1.0 + 1e-9))
        .map(label)
        .collect()
}

/// Below 0.001 and from 100,000 on, powers are written as powers.
fn power_of_ten(value: f64) -> String {
    let power = value.log10();
    let whole = (power - power.round()).abs() < 1e-9;
    if whole && !(-3.5..4.5).contains(&power) {
        return format!("10{}", superscript(power.round() as i32));
    }
    let decimals = (-power.floor()).max(0.0) as usize;
    decimal(value, decimals)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: Scale, count: usize) -> Vec<String> {
        scale.ticks(count).into_iter().map(|t| t.label).collect()
    }

    #[test]
    fn ticks_are_round_numbers() {
        assert_eq!(
            labels(Scale::linear(0.0, 1.0), 5),
            ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
        );
        assert_eq!(labels(Scale::linear(-3.0, 3.2), 4), ["−2", "0", "2"]);
        assert_eq!(
            labels(Scale::linear(0.0, 20_000.0), 4),
            ["0", "5,000", "10,000", "15,000", "20,000"]
        );
        assert_eq!(
            labels(Scale::linear(0.1, 0.42), 4),
            ["0.1", "0.2", "0.3", "0.4"]
        );
    }

    #[test]
    fn logarithmic_ticks_are_powers_of_ten() {
        assert_eq!(
            labels(Scale::log(0.0002, 3.0), 5),
            ["0.001", "0.01", "0.1", "1"]
        );
        assert_eq!(
            labels(Scale::log(1.0, 1e6), 4),
            ["1", "100", "10,000", "10⁶"]
        );
        assert_eq!(labels(Scale::log(0.09, 1.3), 5), ["0.1", "0.2", "0.5", "1"]);
    }

    #[test]
    fn an_empty_range_is_widened() {
        assert_eq!(Scale::linear(2.0, 2.0), Scale::linear(1.8, 2.2));
        assert_eq!(Scale::linear(f64::NAN, 2.0), Scale::linear(0.0, 1.0));
        assert!(Scale::log(0.0, 0.0).low > 0.0);
    }

    #[test]
    fn value_undoes_fraction() {
        for scale in [Scale::linear(-2.0, 5.0), Scale::log(0.01, 50.0)] {
            let value = scale.value(0.3);
            assert!((scale.fraction(value) - 0.3).abs() < 1e-12);
        }
    }
}
