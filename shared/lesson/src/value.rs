//! One recorded number: its value, how far another run may be from it, and how
//! it is written for a reader.

use std::time::Duration;

use serde::Deserialize;
use thiserror::Error;

/// A number that a lesson records and the book quotes.
///
/// Build it from what it is, then say how far another run may stray:
///
/// ```
/// use lesson::Value;
///
/// let accuracy = Value::fraction(0.973).tolerance(0.02);
/// assert_eq!(accuracy.shown(), "97.3 %");
/// let loss = Value::number(0.0812_f32).unit("nats").spread(0.004, 3).tolerance(0.01);
/// assert_eq!(loss.shown(), "0.0812 nats");
/// assert_eq!(Value::count(1_234).shown(), "1,234");
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// The number itself, in [`Value::unit`]; seconds when it is a time.
    pub value: f64,
    /// Largest `|recorded - got|` that still counts as the same result.
    #[serde(default)]
    pub tolerance: f64,
    /// `"fraction"` (0..1, printed as a percentage), `"count"` (printed whole),
    /// or the word printed after the number: `"nats"`, `"s"`, `"px"`.
    pub unit: Option<String>,
    /// How far the results of [`Value::seeds`] seeds or splits lie apart: for
    /// [`Value::over_seeds`] the largest distance from the printed seed's, for
    /// [`Value::over_splits`] the standard deviation.
    pub spread: Option<f64>,
    /// How many seeds the spread was taken over.
    pub seeds: Option<u32>,
    /// What sort of number it is, when that changes how it is compared.
    pub kind: Option<Kind>,
}

/// A sort of number that is not compared like a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Seconds on the clock of one machine: printed, never compared.
    Time,
}

/// Why a value cannot be recorded.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ValueError {
    /// The number is NaN or infinite.
    #[error(
        "the {what} is {number}: a recorded number is finite; look for 0/0, ln 0 or a diverged run"
    )]
    NotFinite {
        /// `"value"`, `"tolerance"` or `"spread"`.
        what: &'static str,
        /// The number itself.
        number: f64,
    },
    /// A tolerance or a spread below zero.
    #[error("the {what} is {number}: expected 0 or more")]
    Negative {
        /// `"tolerance"` or `"spread"`.
        what: &'static str,
        /// The number itself.
        number: f64,
    },
    /// The seeds alone move the value further than the tolerance allows.
    #[error("the tolerance {tolerance} is below the spread {spread}: expected at least the spread")]
    Tight {
        /// The tolerance given.
        tolerance: f64,
        /// The spread measured.
        spread: f64,
    },
    /// A count that is not a whole number, or that has a tolerance.
    #[error(
        "a count is whole and exact, got {value} with tolerance {tolerance}: record a number with a unit of its own if it may vary"
    )]
    Count {
        /// The value given.
        value: f64,
        /// The tolerance given.
        tolerance: f64,
    },
}

impl Value {
    /// A plain number. Tolerance 0 until [`Value::tolerance`] says otherwise.
    pub fn number(value: impl Into<f64>) -> Value {
        Value {
            value: value.into(),
            tolerance: 0.0,
            unit: None,
            spread: None,
            seeds: None,
            kind: None,
        }
    }

    /// A share in 0..1, such as an accuracy; printed as a percentage.
    pub fn fraction(value: impl Into<f64>) -> Value {
        Value::number(value).unit("fraction")
    }

    /// How many there are: exact, so its tolerance stays 0.
    pub fn count(n: usize) -> Value {
        Value::number(n as f64).unit("count")
    }

    /// A measured time. It is printed and quoted, but never compared: it
    /// belongs to one machine.
    pub fn time(time: Duration) -> Value {
        Value {
            kind: Some(Kind::Time),
            ..Value::number(time.as_secs_f64()).unit("s")
        }
    }

    /// Sets how far another run may be from this value, in the value's unit.
    #[must_use]
    pub fn tolerance(self, tolerance: impl Into<f64>) -> Value {
        Value {
            tolerance: tolerance.into(),
            ..self
        }
    }

    /// Sets the word printed after the number.
    #[must_use]
    pub fn unit(self, unit: impl Into<String>) -> Value {
        Value {
            unit: Some(unit.into()),
            ..self
        }
    }

    /// Sets the spread measured over `seeds` seeds. The tolerance has to be at
    /// least as large.
    #[must_use]
    pub fn spread(self, spread: impl Into<f64>, seeds: u32) -> Value {
        Value {
            spread: Some(spread.into()),
            seeds: Some(seeds),
            ..self
        }
    }

    /// Whether this is a share in 0..1, printed as a percentage.
    pub fn is_fraction(&self) -> bool {
        self.unit.as_deref() == Some("fraction")
    }

    /// Whether this is a whole, exact number.
    pub fn is_count(&self) -> bool {
        self.unit.as_deref() == Some("count")
    }

    /// Whether this is a time, which is never compared.
    pub fn is_time(&self) -> bool {
        self.kind == Some(Kind::Time)
    }

    /// Takes the spread from the results of several seeds, `values`, of which the
    /// first is this value's own: the largest distance of any other from it. The
    /// tolerance grows to the spread where it is smaller. A NaN among the results
    /// is refused when the value is recorded.
    ///
    /// ```
    /// use lesson::Value;
    ///
    /// let value = Value::fraction(0.92).tolerance(0.005).over_seeds(&[0.92, 0.93, 0.90]);
    /// assert_eq!((value.seeds, value.tolerance), (Some(3), value.spread.unwrap()));
    /// ```
    #[must_use]
    pub fn over_seeds(self, values: &[f32]) -> Value {
        let distance = |v: &f32| (f64::from(*v) - self.value).abs();
        let spread = values.iter().map(distance).fold(0.0, larger);
        let tolerance = larger(self.tolerance, spread);
        self.spread(spread, values.len() as u32)
            .tolerance(tolerance)
    }

    /// The mean over several splits; spread and tolerance are their standard
    /// deviation (over n, not n − 1).
    ///
    /// ```
    /// use lesson::Value;
    ///
    /// let r2 = Value::over_splits(&[0.4, 0.6]);
    /// assert!((r2.value - 0.5).abs() < 1e-6 && (r2.tolerance - 0.1).abs() < 1e-6);
    /// ```
    pub fn over_splits(values: &[f32]) -> Value {
        let n = values.len() as f64;
        let mean = values.iter().copied().map(f64::from).sum::<f64>() / n;
        let square = |v: &f32| (f64::from(*v) - mean).powi(2);
        let std = (values.iter().map(square).sum::<f64>() / n).sqrt();
        Value::number(mean)
            .spread(std, values.len() as u32)
            .tolerance(std)
    }

    /// Marks a number that belongs to one machine, such as a ratio of times: it
    /// is printed and quoted, but never compared.
    #[must_use]
    pub fn never_compared(self) -> Value {
        Value {
            kind: Some(Kind::Time),
            ..self
        }
    }

    /// Checks what a recorded number promises.
    ///
    /// # Errors
    /// [`ValueError`] if a number is not finite, the tolerance is negative or
    /// below the spread, or a count is not whole and exact.
    pub fn check(&self) -> Result<(), ValueError> {
        let spread = self.spread.unwrap_or(0.0);
        let named = [
            ("value", self.value),
            ("tolerance", self.tolerance),
            ("spread", spread),
        ];
        for (what, number) in named {
            if !number.is_finite() {
                return Err(ValueError::NotFinite { what, number });
            }
            if what != "value" && number < 0.0 {
                return Err(ValueError::Negative { what, number });
            }
        }
        let (value, tolerance) = (self.value, self.tolerance);
        if !self.is_time() && tolerance < spread {
            return Err(ValueError::Tight { tolerance, spread });
        }
        if self.is_count() && (value.fract() != 0.0 || value < 0.0 || tolerance != 0.0) {
            return Err(ValueError::Count { value, tolerance });
        }
        Ok(())
    }

    /// The same value without the noise of its last digits, as it is written to
    /// `results.toml`: six significant digits, or more where the tolerance is
    /// finer than that; digits before the point are all kept. (An `f32` 0.97 is 0.9700000286… as an `f64`.)
    #[must_use]
    pub fn rounded(&self) -> Value {
        let wanted = decimals(self.value, 6).max(decimals(self.tolerance, 2));
        Value {
            value: round(self.value, wanted),
            tolerance: round(self.tolerance, decimals(self.tolerance, 6)),
            spread: self.spread.map(|s| round(s, decimals(s, 6))),
            ..self.clone()
        }
    }
}

/// The larger of two numbers; NaN if either is, where `f64::max` would hide it.
fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}

/// Decimals after the point that show `digits` significant digits of `x`, and
/// never fewer than none: digits before the point are all kept.
fn decimals(x: f64, digits: i32) -> usize {
    if x == 0.0 || !x.is_finite() {
        return 0;
    }
    let wanted = digits - 1 - x.abs().log10().floor() as i32;
    wanted.max(0) as usize
}

/// Seconds as they are recorded: to the hundredth.
pub(crate) fn seconds(x: f64) -> f64 {
    round(x, 2)
}

/// `x` rounded to so many decimals; through text, because dividing by a power
/// of ten brings back the noise that rounding took away.
fn round(x: f64, decimals: usize) -> f64 {
    format!("{x:.decimals$}").parse().unwrap_or(x)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_noise_of_an_f32_is_rounded_away() {
        let value = Value::fraction(0.97_f32).tolerance(0.02_f32).rounded();
        assert_eq!((value.value, value.tolerance), (0.97, 0.02));
        assert_eq!(Value::number(123_456_789.0).rounded().value, 123_456_789.0);
        assert_eq!(Value::number(0.0).rounded().value, 0.0);
        assert_eq!(Value::number(-1.0e-12).rounded().value, -1.0e-12);
    }

    #[test]
    fn a_fine_tolerance_keeps_the_digits_it_needs() {
        let value = Value::number(1_234.567_891_23).tolerance(1e-6).rounded();
        assert_eq!(value.value, 1_234.567_891_2);
    }

    #[test]
    fn counts_keep_every_digit() {
        let value = Value::count(123_456_789).rounded();
        assert_eq!(value.value, 123_456_789.0);
    }

    #[test]
    fn what_cannot_be_recorded_is_refused() {
        let nan = Value::number(f64::NAN).check().unwrap_err().to_string();
        assert!(nan.contains("the value is NaN"), "{nan}");
        let tight = Value::number(1.0).spread(0.2, 3).tolerance(0.1).check();
        assert_eq!(
            tight,
            Err(ValueError::Tight {
                tolerance: 0.1,
                spread: 0.2
            })
        );
        let vague = Value::count(3).tolerance(1.0).check();
        assert_eq!(
            vague,
            Err(ValueError::Count {
                value: 3.0,
                tolerance: 1.0
            })
        );
        let negative = Value::number(1.0).tolerance(-0.1).check();
        assert_eq!(
            negative,
            Err(ValueError::Negative {
                what: "tolerance",
                number: -0.1
            })
        );
        assert_eq!(Value::time(Duration::from_millis(1500)).check(), Ok(()));
    }
}
