//! Merging what a run's sections left into what was recorded before.

use crate::machine;
use crate::run::Part;
use crate::value::seconds;
use crate::{Lesson, Output, Recorded, SectionRecord, Value};

/// The record after a run: the sections that ran replace theirs, with all that
/// they recorded; the others stay; sections that the lesson no longer has go.
///
/// `before` counts only if it came from the same seed: numbers of two seeds do
/// not belong in one table.
pub(crate) fn merge(
    lesson: &Lesson,
    before: Option<&Recorded>,
    parts: &[Part],
    seed: u64,
    digest: Option<&str>,
) -> Recorded {
    let before = before.filter(|before| before.seed == seed);
    let mut after = Recorded {
        seed,
        processor: machine::processor(),
        date: machine::today(),
        digest: digest.map(str::to_string),
        ..Recorded::default()
    };
    for section in lesson.sections {
        let old = before.and_then(|before| before.sections.get(section.name));
        let new = parts.iter().find(|part| part.section == section.name);
        let record = match (new, old) {
            (Some(part), _) => fresh(part, digest),
            (None, Some(old)) => kept(old, parts),
            (None, None) => continue,
        };
        for name in &record.values {
            let value = value(name, parts, before);
            after
                .values
                .extend(value.map(|value| (name.clone(), value)));
        }
        if section.main {
            after.seconds = seconds(after.seconds + record.seconds);
        }
        after.sections.insert(section.name.to_string(), record);
    }
    after
}

/// What a section that ran is recorded with.
fn fresh(part: &Part, digest: Option<&str>) -> SectionRecord {
    SectionRecord {
        seconds: seconds(part.seconds),
        digest: digest.map(str::to_string),
        values: part.values.iter().map(|(name, _)| name.clone()).collect(),
        figures: part.figures.iter().map(|(name, _)| name.clone()).collect(),
    }
}

/// What stays of a section that did not run: a name that moved to one that did
/// is no longer its own.
fn kept(old: &SectionRecord, parts: &[Part]) -> SectionRecord {
    let value = |name: &String| {
        parts
            .iter()
            .all(|part| part.values.iter().all(|(other, _)| other != name))
    };
    let figure = |name: &String| {
        parts
            .iter()
            .all(|part| part.figures.iter().all(|(other, _)| other != name))
    };
    SectionRecord {
        values: old
            .values
            .iter()
            .filter(|name| value(name))
            .cloned()
            .collect(),
        figures: old
            .figures
            .iter()
            .filter(|name| figure(name))
            .cloned()
            .collect(),
        ..old.clone()
    }
}

/// The value of this name: from this run, or else from the record before.
fn value(name: &str, parts: &[Part], before: Option<&Recorded>) -> Option<Value> {
    let mut new = parts.iter().flat_map(|part| &part.values);
    let new = new.find(|(other, _)| other == name).map(|(_, value)| value);
    new.or_else(|| before?.values.get(name)).cloned()
}

/// The output after a run, merged in the same way.
pub(crate) fn merge_output(lesson: &Lesson, before: &Output, parts: &[Part]) -> Output {
    let mut after = Output::default();
    for section in lesson.sections {
        let new = parts.iter().find(|part| part.section == section.name);
        let said = match new {
            Some(part) => Some(part.said.as_str()),
            None => before.section(section.name),
        };
        if let Some(said) = said {
            after.push(section.name, said);
        }
    }
    after
}
