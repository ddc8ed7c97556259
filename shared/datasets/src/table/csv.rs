//! From the bytes of a CSV file to columns.
//!
//! Stricter than most readers, on purpose: empty lines, quotes that do not close and rows of
//! another length are where silent mistakes come from. Source: RFC 4180, without fields that
//! run over several lines, so that row `i` always stands on line `i + 2`.

use super::{Column, Values};
use crate::error::{At, DataError, Result};

/// What an absent value looks like: nothing, or R's word for it.
const MISSING: [&str; 2] = ["", "NA"];

/// Reads the header and all rows. `file` is what errors call it.
pub(super) fn columns(file: &str, bytes: &[u8]) -> Result<Vec<Column>> {
    let text = text(file, bytes)?;
    let mut lines = text.lines().zip(1..);
    let Some((header, _)) = lines.next() else {
        let at = At::Line(1);
        return Err(DataError::format(file, at, "a header row", "an empty file"));
    };
    let names = names(file, fields(file, 1, header)?)?;
    let mut cells: Vec<Vec<Option<String>>> = vec![Vec::new(); names.len()];
    for (line, number) in lines {
        let row = fields(file, number, line)?;
        if row.len() != names.len() {
            let expected = format!("{} fields, as in the header", names.len());
            let got = row.len().to_string();
            return Err(DataError::format(file, At::Line(number), expected, got));
        }
        for (column, field) in cells.iter_mut().zip(row) {
            column.push((!MISSING.contains(&field.as_str())).then_some(field));
        }
    }
    let column = |((name, unit), cells)| Column {
        name,
        unit,
        values: values(cells),
    };
    Ok(names.into_iter().zip(cells).map(column).collect())
}

/// The bytes as text: UTF-8, every line ended, none empty.
fn text<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str> {
    let text = std::str::from_utf8(bytes).map_err(|fault| {
        let offset = fault.valid_up_to();
        let got = format!("the byte {:02x}", bytes[offset]);
        DataError::format(file, At::Byte(offset as u64), "UTF-8 text", got)
    })?;
    // Spreadsheets put a byte order mark in front; it is not part of the first name.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.is_empty() && !text.ends_with('\n') {
        let last = text.lines().count() as u64;
        let expected = "a newline at the end of every line, the last one too";
        let got = "the end of the file: it may have been cut off";
        return Err(DataError::format(file, At::Line(last), expected, got));
    }
    match text.lines().zip(1..).find(|(line, _)| line.is_empty()) {
        Some((_, number)) => Err(DataError::format(
            file,
            At::Line(number),
            "a row",
            "an empty line",
        )),
        None => Ok(text),
    }
}

/// Splits a line at its commas; a field in double quotes may hold commas, and quotes doubled.
fn fields(file: &str, number: u64, line: &str) -> Result<Vec<String>> {
    let wrong =
        |expected: &str, got: &str| DataError::format(file, At::Line(number), expected, got);
    let mut fields = Vec::new();
    let mut rest = line;
    loop {
        let field = match rest.strip_prefix('"') {
            Some(quoted) => {
                let (field, after) = unquote(quoted)
                    .ok_or_else(|| wrong("a closing quote", "the end of the line"))?;
                rest = after;
                field
            }
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                let field = &rest[..end];
                if field.contains('"') {
                    return Err(wrong("quotes around a whole field", &format!("`{field}`")));
                }
                rest = &rest[end..];
                field.to_owned()
            }
        };
        fields.push(field);
        match rest.strip_prefix(',') {
            Some(after) => rest = after,
            None if rest.is_empty() => return Ok(fields),
            None => {
                return Err(wrong(
                    "a comma after the closing quote",
                    &format!("`{rest}`"),
                ));
            }
        }
    }
}

/// What stands before the closing quote, with `""` read as `"`, and what follows it.
fn unquote(quoted: &str) -> Option<(String, &str)> {
    let mut field = String::new();
    let mut rest = quoted;
    loop {
        let end = rest.find('"')?;
        field.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                field.push('"');
                rest = after;
            }
            None => return Some((field, rest)),
        }
    }
}

/// Names with their units, from `name` or `name [unit]`; all there, all different.
fn names(file: &str, header: Vec<String>) -> Result<Vec<(String, Option<String>)>> {
    let mut names: Vec<(String, Option<String>)> = Vec::new();
    for (i, title) in header.into_iter().enumerate() {
        let named = match title
            .strip_suffix(']')
            .and_then(|title| title.rsplit_once(" ["))
        {
            Some((name, unit)) => (name.to_owned(), Some(unit.to_owned())),
            // Tables written by pandas or R often start with an unnamed column of row numbers.
            None if title.is_empty() && i == 0 => ("row".to_owned(), None),
            None => (title, None),
        };
        let expected = "a name for each column, all different";
        let taken = names.iter().any(|(name, _)| *name == named.0);
        if taken || named.0.is_empty() {
            let got = format!("`{}` as column {}", named.0, i + 1);
            return Err(DataError::format(file, At::Line(1), expected, got));
        }
        names.push(named);
    }
    Ok(names)
}

/// Numbers if all that is there are numbers (and something is), text otherwise.
fn values(cells: Vec<Option<String>>) -> Values {
    let numbers: Option<Vec<Option<f32>>> = cells
        .iter()
        .map(|cell| match cell {
            None => Some(None),
            Some(text) => number(text).map(Some),
        })
        .collect();
    match numbers {
        Some(numbers) if numbers.iter().any(Option::is_some) => Values::Number(numbers),
        _ => Values::Text(cells),
    }
}

/// A finite number, or `None`: Rust would also read `nan` and `inf`, and `1e40` as infinity.
pub(super) fn number(text: &str) -> Option<f32> {
    text.parse::<f32>().ok().filter(|number| number.is_finite())
}
