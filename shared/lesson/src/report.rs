//! What a run ends with: its numbers beside the book's, its figures, its time.

use std::path::PathBuf;
use std::time::Duration;

use crate::compare::agrees;
use crate::places::Places;
use crate::{Recorded, Run, Value, paths, table};

/// Prints the results, the paths written and the time.
pub(crate) fn report(run: &mut Run, places: &Places, written: &[PathBuf], time: Duration) {
    let values: Vec<_> = run
        .parts
        .iter()
        .flat_map(|part| part.values.clone())
        .collect();
    if !values.is_empty() {
        run.screen.line("");
        run.screen.heading("Results", "");
        for line in results(&values, places.recorded(run.mode), run.seed) {
            run.screen.line(&format!("  {line}"));
        }
    }
    run.screen.line("");
    run.screen.heading("Written", "");
    for file in written {
        run.screen.line(&format!("  {}", paths::shown(file)));
    }
    run.screen.line("");
    run.screen
        .line(&format!("{:.1} s in all", time.as_secs_f64()));
}

/// The values as a table, beside the book's where it has any.
fn results(values: &[(String, Value)], book: Option<&Recorded>, seed: u64) -> Vec<String> {
    let Some(book) = book else {
        let row = |(name, value): &(String, Value)| {
            vec![name.clone(), value.shown(), value.tolerance_shown()]
        };
        let rows: Vec<Vec<String>> = values.iter().map(row).collect();
        return table::table(&["name", "value", "tolerance"], &rows);
    };
    let row = |(name, value): &(String, Value)| {
        let recorded = book.values.get(name);
        let beside = recorded.map_or("–".into(), Value::shown);
        // Another seed is another run: no wonder if its numbers differ.
        let differs =
            seed == book.seed && recorded.is_some_and(|recorded| !agrees(recorded, value));
        let mark = if differs { "differs" } else { "" };
        vec![
            name.clone(),
            value.shown(),
            value.tolerance_shown(),
            beside,
            mark.into(),
        ]
    };
    let rows: Vec<Vec<String>> = values.iter().map(row).collect();
    table::table(&["name", "value", "tolerance", "in the book", ""], &rows)
}
