//! Merging what a run's sections left into what was recorded before.

use crate::machine;
use crate::run::Part;
use crate::value::seconds;
use crate::{Lesson, Output, Recorded, SectionRecord, Value};

/// What a run has to add to what was recorded before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct New<'a> {
    pub(crate) lesson: &'a Lesson,
    pub(crate) seed: u64,
    /// Digest of the lesson's sources, where it is recorded.
    pub(crate) digest: Option<&'a str>,
    /// What the sections that ran left behind.
    pub(crate) parts: &'a [Part],
}

impl New<'_> {
    /// The record after the run: the sections that ran replace theirs, with all
    /// that they recorded; the others stay; sections that the lesson no longer
    /// has go.
    ///
    /// `before` counts only if it came from the same seed: numbers of two seeds
    /// do not belong in one table.
    pub(crate) fn merge(&self, before: Option<&Recorded>) -> Recorded {
        let before = before.filter(|before| before.seed == self.seed);
        let mut after = Recorded {
            seed: self.seed,
            processor: machine::processor(),
            date: machine::today(),
            digest: self.digest.map(str::to_string),
            ..Recorded::default()
        };
        for section in self.lesson.sections {
            let old = before.and_then(|before| before.sections.get(section.name));
            let record = match (self.part(section.name), old) {
                (Some(part), _) => self.fresh(part),
                (None, Some(old)) => self.kept(old),
                (None, None) => continue,
            };
            for name in &record.values {
                let value = self.value(name).or_else(|| before?.values.get(name));
                after
                    .values
                    .extend(value.map(|value| (name.clone(), value.clone())));
            }
            if section.main {
                after.seconds = seconds(after.seconds + record.seconds);
            }
            after.sections.insert(section.name.to_string(), record);
        }
        after
    }

    /// The output after the run, merged in the same way.
    pub(crate) fn merge_output(&self, before: &Output) -> Output {
        let mut after = Output::default();
        for section in self.lesson.sections {
            let new = self.part(section.name).map(|part| part.said.as_str());
            if let Some(said) = new.or_else(|| before.section(section.name)) {
                after.push(section.name, said);
            }
        }
        after
    }

    /// What the section of this name left, if it ran.
    fn part(&self, section: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.section == section)
    }

    /// The value of this name, if a section that ran recorded it.
    fn value(&self, name: &str) -> Option<&Value> {
        let mut values = self.parts.iter().flat_map(|part| &part.values);
        values
            .find(|(other, _)| other == name)
            .map(|(_, value)| value)
    }

    /// Whether a section that ran drew a figure of this name.
    fn drew(&self, name: &str) -> bool {
        let mut figures = self.parts.iter().flat_map(|part| &part.figures);
        figures.any(|(other, _)| other == name)
    }

    /// What a section that ran is recorded with.
    fn fresh(&self, part: &Part) -> SectionRecord {
        SectionRecord {
            seconds: seconds(part.seconds),
            digest: self.digest.map(str::to_string),
            values: part.values.iter().map(|(name, _)| name.clone()).collect(),
            figures: part.figures.iter().map(|(name, _)| name.clone()).collect(),
        }
    }

    /// What stays of a section that did not run: a name that moved to one that
    /// did is no longer its own.
    fn kept(&self, old: &SectionRecord) -> SectionRecord {
        let mut kept = old.clone();
        kept.values.retain(|name| self.value(name).is_none());
        kept.figures.retain(|name| !self.drew(name));
        kept
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{Accepts, Section};

    /// A lesson of two sections of the main line and one that is run by name.
    fn lesson() -> Lesson {
        const fn section(name: &'static str, main: bool) -> Section {
            let about = "";
            let run = |_: &mut crate::Run| Ok(());
            Section {
                name,
                about,
                seconds: 1,
                main,
                run,
            }
        }
        const SECTIONS: [Section; 3] = [
            section("one", true),
            section("two", true),
            section("seeds", false),
        ];
        Lesson {
            name: "ch99_fixture",
            title: "",
            about: "",
            seed: 1,
            sections: const { &SECTIONS },
            accepts: Accepts::NEITHER,
            full_data: || Ok(()),
        }
    }

    /// The record after a run of these parts.
    fn merge(
        before: Option<&Recorded>,
        parts: &[Part],
        seed: u64,
        digest: Option<&str>,
    ) -> Recorded {
        let lesson = &lesson();
        New {
            lesson,
            seed,
            digest,
            parts,
        }
        .merge(before)
    }

    /// A section that took `seconds` and recorded these.
    fn part(section: &'static str, seconds: f64, values: &[(&str, f64)]) -> Part {
        let value = |&(name, x): &(&str, f64)| (name.to_string(), Value::number(x));
        Part {
            section,
            seconds,
            said: format!("{section} said {seconds}\n"),
            values: values.iter().map(value).collect(),
            figures: vec![(format!("{section}_figure"), "<svg/>".into())],
        }
    }

    /// Names and numbers of a record.
    fn values(recorded: &Recorded) -> Vec<(&str, f64)> {
        recorded
            .values
            .iter()
            .map(|(name, value)| (name.as_str(), value.value))
            .collect()
    }

    #[test]
    fn a_section_replaces_its_own_and_keeps_the_others() {
        let all = [
            part("one", 1.0, &[("a", 1.0), ("b", 2.0)]),
            part("two", 2.0, &[("c", 3.0)]),
            part("seeds", 60.0, &[("d", 4.0)]),
        ];
        let before = merge(None, &all, 1, Some("old"));
        assert_eq!(before.seconds, 3.0, "the main line alone");
        let after = merge(
            Some(&before),
            &[part("one", 1.5, &[("b", 5.0)])],
            1,
            Some("new"),
        );
        assert_eq!(values(&after), [("b", 5.0), ("c", 3.0), ("d", 4.0)]);
        assert_eq!(after.seconds, 3.5);
        let digests: Vec<_> = after
            .sections
            .values()
            .map(|section| section.digest.as_deref())
            .collect();
        assert_eq!(digests, [Some("new"), Some("old"), Some("old")]);
        let results = crate::Results {
            default: Some(after),
            ..Default::default()
        };
        assert_eq!(
            results
                .stale("new")
                .map(|(_, name)| name)
                .collect::<Vec<_>>(),
            ["two", "seeds"]
        );
    }

    #[test]
    fn a_name_that_moved_belongs_to_its_new_section() {
        let before = merge(None, &[part("one", 1.0, &[("a", 1.0)])], 1, None);
        let after = merge(Some(&before), &[part("two", 1.0, &[("a", 2.0)])], 1, None);
        assert_eq!(values(&after), [("a", 2.0)]);
        assert_eq!(after.sections["one"].values, [] as [&str; 0]);
        assert_eq!(after.sections["two"].values, ["a"]);
    }

    #[test]
    fn another_seed_starts_a_new_table() {
        let before = merge(None, &[part("one", 1.0, &[("a", 1.0)])], 1, None);
        let after = merge(Some(&before), &[part("two", 1.0, &[("c", 2.0)])], 2, None);
        assert_eq!((after.seed, values(&after)), (2, vec![("c", 2.0)]));
    }

    #[test]
    fn sections_that_are_gone_go_from_the_record() {
        let mut before = merge(None, &[part("one", 1.0, &[("a", 1.0)])], 1, None);
        let one = before.sections.swap_remove("one").unwrap();
        before.sections.insert("renamed".into(), one);
        let after = merge(Some(&before), &[], 1, None);
        assert_eq!((after.sections.len(), after.values.len()), (0, 0));
        let output = Output::parse("== renamed ==\nx\n\n== two ==\nkept\n");
        let after = New {
            lesson: &lesson(),
            seed: 1,
            digest: None,
            parts: &[part("one", 1.0, &[])],
        }
        .merge_output(&output);
        assert_eq!(after.text(), "== one ==\none said 1\n\n== two ==\nkept\n");
    }
}
