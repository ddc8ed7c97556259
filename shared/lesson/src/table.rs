//! Tables of plain text.

/// A table as lines: columns two spaces apart, numbers to the right, words to
/// the left, a rule under the head.
///
/// # Panics
/// If a row has not as many cells as the head.
#[track_caller]
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    for (index, row) in rows.iter().enumerate() {
        let (expected, got) = (head.len(), row.len());
        assert!(
            expected == got,
            "table: row {index}: expected {expected} cells, got {got}"
        );
    }
    let columns: Vec<Column> = (0..head.len())
        .map(|index| Column::of(head[index], rows.iter().map(|row| row[index].as_str())))
        .collect();
    let head: Vec<String> = head.iter().map(|cell| cell.to_string()).collect();
    let rule = |column: &Column| "-".repeat(if column.named { column.width } else { 0 });
    let rule: Vec<String> = columns.iter().map(rule).collect();
    [&head, &rule]
        .into_iter()
        .chain(rows)
        .map(|row| line(row, &columns))
        .collect()
}

/// How a column is set.
struct Column {
    named: bool,
    width: usize,
    numbers: bool,
}

impl Column {
    /// The column that holds these cells.
    fn of<'a>(head: &str, cells: impl Iterator<Item = &'a str> + Clone) -> Column {
        Column {
            named: !head.is_empty(),
            width: cells
                .clone()
                .map(width)
                .chain([width(head)])
                .max()
                .unwrap_or(0),
            numbers: cells.clone().any(is_number)
                && cells.clone().all(|cell| cell.is_empty() || is_number(cell)),
        }
    }
}

/// One row, without spaces at its end.
fn line(cells: &[String], columns: &[Column]) -> String {
    let padded = cells.iter().zip(columns).map(|(cell, column)| {
        let space = " ".repeat(column.width - width(cell));
        match column.numbers {
            true => space + cell,
            false => cell.clone() + &space,
        }
    });
    let line = padded.collect::<Vec<_>>().join("  ");
    line.trim_end().to_string()
}

/// Characters, which for the letters and signs in a result are columns.
fn width(text: &str) -> usize {
    text.chars().count()
}

/// Whether a cell reads as a number, with or without sign and unit.
fn is_number(cell: &str) -> bool {
    let digits = cell.trim_start_matches(['+', '-', '−', '±', '~', ' ']);
    digits.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows from words.
    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter()
            .map(|row| row.iter().map(|cell| cell.to_string()).collect())
            .collect()
    }

    #[test]
    fn numbers_stand_right_and_words_left() {
        let lines = table(
            &["model", "accuracy"],
            &rows(&[&["a line", "75.0 %"], &["net", "100.0 %"]]),
        );
        assert_eq!(
            lines,
            [
                "model   accuracy",
                "------  --------",
                "a line    75.0 %",
                "net      100.0 %"
            ]
        );
    }

    #[test]
    fn a_table_without_rows_is_its_head() {
        assert_eq!(table(&["a", "b"], &[]), ["a  b", "-  -"]);
    }

    #[test]
    #[should_panic(expected = "table: row 1: expected 2 cells, got 1")]
    fn a_short_row_is_refused() {
        table(&["a", "b"], &rows(&[&["1", "2"], &["1"]]));
    }
}
