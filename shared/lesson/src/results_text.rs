//! The text of `results.toml`, in one fixed form: so that recording again
//! changes only the lines whose numbers changed.

use std::fmt::Write;

use crate::{Recorded, Results, SectionRecord, Value};

impl Results {
    /// The text of the results file: tables in the order quick, default, full,
    /// one line a value.
    pub fn to_toml(&self) -> String {
        let mut text = String::from(
            "# Written by `--record`: numbers that the pages, the tests and the README quote.\n",
        );
        for (mode, recorded) in self.tables() {
            write_table(&mut text, mode.name(), recorded);
        }
        text
    }
}

/// One mode's table with its sections and its values.
fn write_table(text: &mut String, mode: &str, recorded: &Recorded) {
    line(text, format_args!(""));
    line(text, format_args!("[{mode}]"));
    line(text, format_args!("seed = {}", recorded.seed));
    line(text, format_args!("seconds = {}", number(recorded.seconds)));
    line(
        text,
        format_args!("processor = {}", quoted(&recorded.processor)),
    );
    line(text, format_args!("date = {}", quoted(&recorded.date)));
    if let Some(digest) = &recorded.digest {
        line(text, format_args!("digest = {}", quoted(digest)));
    }
    for (name, section) in &recorded.sections {
        line(text, format_args!(""));
        line(text, format_args!("[{mode}.sections.{}]", key(name)));
        write_section(text, section);
    }
    if !recorded.values.is_empty() {
        line(text, format_args!(""));
        line(text, format_args!("[{mode}.values]"));
    }
    for (name, value) in &recorded.values {
        line(text, format_args!("{} = {}", key(name), inline(value)));
    }
}

/// The lines of one section's table.
fn write_section(text: &mut String, section: &SectionRecord) {
    line(text, format_args!("seconds = {}", number(section.seconds)));
    if let Some(digest) = &section.digest {
        line(text, format_args!("digest = {}", quoted(digest)));
    }
    for (what, names) in [("values", &section.values), ("figures", &section.figures)] {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
            line(text, format_args!("{what} = [{}]", names.join(", ")));
        }
    }
}

/// A value on one line: `{ value = 0.97, tolerance = 0.02, unit = "fraction" }`.
fn inline(value: &Value) -> String {
    let value = value.rounded();
    let mut fields = vec![
        format!("value = {}", number(value.value)),
        format!("tolerance = {}", number(value.tolerance)),
    ];
    if let Some(unit) = &value.unit {
        fields.push(format!("unit = {}", quoted(unit)));
    }
    if let Some(spread) = value.spread {
        fields.push(format!("spread = {}", number(spread)));
    }
    if let Some(seeds) = value.seeds {
        fields.push(format!("seeds = {seeds}"));
    }
    if value.is_time() {
        fields.push("kind = \"time\"".into());
    }
    format!("{{ {} }}", fields.join(", "))
}

/// A number as short as it can be without changing it; whole ones without a
/// point, very large and very small ones with a power of ten.
fn number(x: f64) -> String {
    let size = x.abs();
    if x != 0.0 && !(1e-5..1e15).contains(&size) {
        return format!("{x:e}");
    }
    format!("{}", x + 0.0) // adding 0 turns -0 into 0
}

/// A string in quotes, with what TOML wants escaped.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_string()).to_string()
}

/// A key, in quotes only where it needs them.
fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(bare) {
        return name.to_string();
    }
    quoted(name)
}

/// Writes one line.
fn line(text: &mut String, words: std::fmt::Arguments) {
    writeln!(text, "{words}").expect("a String takes any text");
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Mode;
    use std::path::Path;
    use std::time::Duration;

    /// A table with every field there is.
    fn sample() -> Results {
        let section = SectionRecord {
            seconds: 0.25,
            digest: Some("abc".into()),
            values: vec!["zeta".into(), "alpha".into(), "took".into()],
            figures: vec!["boundary".into()],
        };
        let values = [
            (
                "zeta",
                Value::fraction(0.97_f32).spread(0.01, 3).tolerance(0.02),
            ),
            ("alpha", Value::count(12)),
            ("took", Value::time(Duration::from_millis(1500))),
            ("tiny", Value::number(1.5e-9).unit("a \"unit\"")),
        ];
        let recorded = Recorded {
            seed: 1,
            seconds: 0.25,
            processor: "A \\ processor, 2 threads".into(),
            date: "2026-05-01".into(),
            digest: Some("abc".into()),
            sections: [("logic".to_string(), section)].into(),
            values: values
                .map(|(name, value)| (name.to_string(), value.rounded()))
                .into(),
        };
        let mut results = Results::default();
        results.set(Mode::Default, recorded);
        results
    }

    #[test]
    fn what_is_written_reads_back_the_same_and_in_order() {
        let text = sample().to_toml();
        let read = Results::parse(&text, Path::new("results.toml")).unwrap();
        assert_eq!(read, sample(), "{text}");
        let names: Vec<_> = read.default.unwrap().values.into_keys().collect();
        assert_eq!(names, ["zeta", "alpha", "took", "tiny"]);
    }

    #[test]
    fn the_form_is_one_line_a_value() {
        let text = sample().to_toml();
        let lines = [
            "zeta = { value = 0.97, tolerance = 0.02, unit = \"fraction\", spread = 0.01, seeds = 3 }",
            "alpha = { value = 12, tolerance = 0, unit = \"count\" }",
            "took = { value = 1.5, tolerance = 0, unit = \"s\", kind = \"time\" }",
            "values = [\"zeta\", \"alpha\", \"took\"]",
        ];
        for line in lines {
            assert!(
                text.lines().any(|l| l == line),
                "no line `{line}` in:\n{text}"
            );
        }
    }

    #[test]
    fn a_fault_names_file_and_line() {
        let text = "[default]\nseed = 1\nseconds = 1.0\nprocessor = 3\n";
        let error = Results::parse(text, Path::new("a/results.toml")).unwrap_err();
        assert!(
            error.to_string().starts_with("a/results.toml:4: "),
            "{error}"
        );
        let text = "[quick]\nseed = 1\nseconds = 1\nprocessor = \"\"\ndate = \"\"\n\n[quick.values]\nx = { value = nan }\n";
        let error = Results::parse(text, Path::new("a/results.toml")).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("a/results.toml: quick.x: the value is NaN"),
            "{error}"
        );
    }
}
