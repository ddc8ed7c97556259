//! Whether a run reproduces what the book recorded.

use thiserror::Error;

use crate::{Recorded, Value};

/// One way in which a run is not what was recorded.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Difference {
    /// The two come from different seeds, so nothing else can be expected.
    #[error("seed: recorded {recorded}, got {got}")]
    Seed {
        /// The seed in the book.
        recorded: u64,
        /// The seed of the run.
        got: u64,
    },
    /// A value further from the recorded one than its tolerance.
    #[error("{name}: recorded {}, got {} (|difference| {:.3e} > tolerance {})",
        .recorded.value, .got.value, (.recorded.value - .got.value).abs(), .recorded.tolerance)]
    Value {
        /// The value's name.
        name: String,
        /// What stands in the book.
        recorded: Value,
        /// What the run gave.
        got: Value,
    },
    /// A value whose unit, tolerance, spread or kind changed in the code.
    #[error("{name}: {what} recorded as {recorded}, now {got}: record it again")]
    Described {
        /// The value's name.
        name: String,
        /// Which field changed.
        what: &'static str,
        /// The field in the book.
        recorded: String,
        /// The field in the run.
        got: String,
    },
    /// Recorded, but the run did not give it.
    #[error("{name}: recorded, but this run did not give it: record again, or mend the name")]
    Missing {
        /// The value's name.
        name: String,
    },
    /// Given by the run, but never recorded.
    #[error("{name}: this run gave {}, but nothing is recorded under that name: record again", .got.value)]
    Extra {
        /// The value's name.
        name: String,
        /// What the run gave.
        got: Value,
    },
}

/// Every difference between what is recorded and what a run gave; empty where
/// the run reproduces the record.
///
/// Times are never compared. A recorded value counts as missing only when the
/// run included the section that recorded it, or no section claims it.
pub fn compare(recorded: &Recorded, got: &Recorded) -> Vec<Difference> {
    let mut found = Vec::new();
    if recorded.seed != got.seed {
        let (recorded, got) = (recorded.seed, got.seed);
        found.push(Difference::Seed { recorded, got });
    }
    for (name, value) in &recorded.values {
        match got.values.get(name) {
            Some(other) => compare_value(name, value, other, &mut found),
            None if was_run(recorded, got, name) => {
                found.push(Difference::Missing { name: name.clone() })
            }
            None => {}
        }
    }
    for (name, value) in &got.values {
        if !recorded.values.contains_key(name) {
            let (name, got) = (name.clone(), value.clone());
            found.push(Difference::Extra { name, got });
        }
    }
    found
}

/// Whether `value` is within the recorded one's tolerance; always so for a time.
pub(crate) fn agrees(recorded: &Value, got: &Value) -> bool {
    // A last digit of room, so that a difference of exactly the tolerance in
    // decimals is not refused for its binary noise.
    let room = recorded.tolerance + 1e-12 * recorded.value.abs().max(recorded.tolerance);
    recorded.is_time() || (recorded.value - got.value).abs() <= room
}

/// What differs between two values of one name.
fn compare_value(name: &str, recorded: &Value, got: &Value, found: &mut Vec<Difference>) {
    let fields = [
        ("unit", described(&recorded.unit), described(&got.unit)),
        (
            "kind",
            described(&recorded.kind.map(|_| "time")),
            described(&got.kind.map(|_| "time")),
        ),
        (
            "tolerance",
            recorded.tolerance.to_string(),
            got.tolerance.to_string(),
        ),
    ];
    for (what, recorded, got) in fields {
        if recorded != got {
            let name = name.to_string();
            found.push(Difference::Described {
                name,
                what,
                recorded,
                got,
            });
        }
    }
    if !agrees(recorded, got) {
        let (name, recorded, got) = (name.to_string(), recorded.clone(), got.clone());
        found.push(Difference::Value {
            name,
            recorded,
            got,
        });
    }
}

/// A field that may be left out, in words.
fn described(field: &Option<impl ToString>) -> String {
    field
        .as_ref()
        .map_or("none".into(), |text| format!("\"{}\"", text.to_string()))
}

/// Whether the run included a section that is recorded to give `name`.
fn was_run(recorded: &Recorded, got: &Recorded, name: &str) -> bool {
    let mut owners = recorded
        .sections
        .iter()
        .filter(|(_, section)| section.values.iter().any(|v| v == name))
        .peekable();
    owners.peek().is_none() || owners.any(|(section, _)| got.sections.contains_key(section))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SectionRecord;
    use std::time::Duration;

    /// A record in which the section `logic` gave all the values.
    fn record(values: &[(&str, Value)]) -> Recorded {
        let section = SectionRecord {
            values: values.iter().map(|(name, _)| name.to_string()).collect(),
            ..SectionRecord::default()
        };
        Recorded {
            seed: 1,
            sections: [("logic".to_string(), section)].into(),
            values: values
                .iter()
                .map(|(name, value)| (name.to_string(), value.clone()))
                .collect(),
            ..Recorded::default()
        }
    }

    #[test]
    fn within_the_tolerance_nothing_differs() {
        let book = record(&[("loss", Value::number(0.3).tolerance(0.1))]);
        let run = record(&[("loss", Value::number(0.4).tolerance(0.1))]);
        assert_eq!(compare(&book, &run), []);
    }

    #[test]
    fn beyond_the_tolerance_the_words_say_by_how_much() {
        let book = record(&[("loss", Value::number(0.3).tolerance(0.1))]);
        let run = record(&[("loss", Value::number(0.5).tolerance(0.1))]);
        let found = compare(&book, &run);
        let words: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            words,
            ["loss: recorded 0.3, got 0.5 (|difference| 2.000e-1 > tolerance 0.1)"]
        );
    }

    #[test]
    fn a_value_that_is_not_a_number_never_agrees() {
        let book = record(&[("loss", Value::number(0.3).tolerance(0.1))]);
        let run = record(&[("loss", Value::number(f64::NAN).tolerance(0.1))]);
        assert_eq!(compare(&book, &run).len(), 1);
    }

    #[test]
    fn times_are_never_compared_but_their_names_are() {
        let time = |seconds| Value::time(Duration::from_secs(seconds));
        let book = record(&[("took", time(1)), ("gone", time(1))]);
        let run = record(&[("took", time(50)), ("new", time(1))]);
        let found = compare(&book, &run);
        assert_eq!(
            found[0],
            Difference::Missing {
                name: "gone".into()
            }
        );
        assert_eq!(
            found[1],
            Difference::Extra {
                name: "new".into(),
                got: time(1)
            }
        );
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_section_that_was_not_run_is_not_missed() {
        let book = record(&[("loss", Value::number(0.3))]);
        let run = Recorded {
            seed: 1,
            ..Recorded::default()
        };
        assert_eq!(compare(&book, &run), []);
    }

    #[test]
    fn seeds_units_and_tolerances_are_part_of_the_record() {
        let book = record(&[("loss", Value::number(0.3).tolerance(0.1))]);
        let mut run = record(&[("loss", Value::number(0.3).unit("nats").tolerance(0.2))]);
        run.seed = 2;
        let words: Vec<String> = compare(&book, &run)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(words[0], "seed: recorded 1, got 2");
        assert_eq!(
            words[1],
            "loss: unit recorded as none, now \"nats\": record it again"
        );
        assert_eq!(
            words[2],
            "loss: tolerance recorded as 0.1, now 0.2: record it again"
        );
    }
}
