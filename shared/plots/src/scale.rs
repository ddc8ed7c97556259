//! From values to places on an axis, and ticks that people can read.

use crate::numbers::{power_of_ten, writer};
use crate::text::{TEXT, width};

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

    /// At most `count` ticks inside the range: steps of 1, 2, 2.5 or 5 times a
    /// power of ten; on a logarithmic axis 1, 2 and 5 of each power of ten, or
    /// powers of ten alone.
    pub fn ticks(&self, count: usize) -> Vec<Tick> {
        if self.log {
            log_ticks(self.low, self.high, count)
        } else {
            linear_ticks(self.low, self.high, count)
        }
    }

    /// As many ticks as have room side by side on an axis this long, with the
    /// labels in the figures' text size.
    pub fn ticks_across(&self, length: f64) -> Vec<Tick> {
        const APART: f64 = 12.0;
        let fits = |ticks: &Vec<Tick>| {
            let place = |t: &Tick| (self.fraction(t.value) * length, width(&t.label, TEXT));
            let places: Vec<(f64, f64)> = ticks.iter().map(place).collect();
            places
                .windows(2)
                .all(|p| p[1].0 - p[0].0 > (p[0].1 + p[1].1) / 2.0 + APART)
        };
        let most = ((length / 30.0) as usize).clamp(2, 8);
        (1..=most)
            .rev()
            .map(|count| self.ticks(count))
            .find(fits)
            .unwrap_or_default()
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
    let count = count.max(1);
    let mut step = nice_step((high - low) / count as f64);
    let ends = |step: f64| {
        let first = (low / step - 1e-9).ceil() as i64;
        let last = (high / step + 1e-9).floor() as i64;
        (first, last)
    };
    let (mut first, mut last) = ends(step);
    while last - first + 1 > count as i64 {
        step = nice_step(step * 1.01);
        (first, last) = ends(step);
    }
    let write = writer(low.abs().max(high.abs()), step);
    (first..=last)
        .map(|i| i as f64 * step)
        .map(|value| Tick {
            value,
            label: write(value),
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

/// The richest of these that has at most `count` ticks: 1, 2, 5 of each power
/// of ten; every power; every second power; every third …
fn log_ticks(low: f64, high: f64, count: usize) -> Vec<Tick> {
    let first = low.log10().floor() as i32;
    let last = high.log10().ceil() as i32;
    let inside = |value: &f64| *value >= low * (1.0 - 1e-9) && *value <= high * (1.0 + 1e-9);
    let of = |digits: &'static [f64], every: usize| -> Vec<f64> {
        let powers = (first..=last).filter(|p| p.rem_euclid(every as i32) == 0);
        let values = powers.flat_map(|p| digits.iter().map(move |d| d * 10f64.powi(p)));
        values.filter(inside).collect()
    };
    let poorer = (1..=(last - first).max(1) as usize).map(|every| of(&[1.0], every));
    std::iter::once(of(&[1.0, 2.0, 5.0], 1))
        .chain(poorer)
        .find(|values| values.len() <= count.max(2))
        .unwrap_or_default()
        .into_iter()
        .map(|value| Tick {
            value,
            label: power_of_ten(value),
        })
        .collect()
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
            labels(Scale::linear(0.0, 1.0), 6),
            ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
        );
        assert_eq!(labels(Scale::linear(-3.0, 3.2), 4), ["−2", "0", "2"]);
        assert_eq!(
            labels(Scale::linear(0.0, 20_000.0), 5),
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
    fn long_numbers_are_written_with_powers() {
        assert_eq!(labels(Scale::linear(0.0, 5e7), 3), ["0", "2·10⁷", "4·10⁷"]);
        assert_eq!(
            labels(Scale::linear(-3e-7, 3e-7), 3),
            ["−2·10⁻⁷", "0", "2·10⁻⁷"]
        );
        assert_eq!(labels(Scale::log(1e-8, 1e-6), 2), ["10⁻⁸", "10⁻⁶"]);
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
