//! Tables: named columns of numbers or text, with room for missing values.

use ndarray::Array2;

use crate::error::{DataError, Result};

mod csv;

/// A table read from CSV: one row a case (a flower, a patient), one column a measurement.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What the table is called in messages and figures.
    pub name: String,
    /// The columns, in the file's order, all of the same length.
    pub columns: Vec<Column>,
}

/// One column of a [`Table`].
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The name without the unit: `bill_length`.
    pub name: String,
    /// The unit, where the header states one in brackets: `bill_length [mm]` has `mm`.
    pub unit: Option<String>,
    /// One value a row; `None` where the file has nothing or `NA`.
    pub values: Values,
}

/// The values of a column. A column is of numbers if every value that is there is a finite one.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Numbers, rounded to `f32` (about seven decimal digits).
    Number(Vec<Option<f32>>),
    /// Anything else, as it stands in the file.
    Text(Vec<Option<String>>),
}

impl Values {
    /// The number of rows.
    pub fn len(&self) -> usize {
        match self {
            Values::Number(values) => values.len(),
            Values::Text(values) => values.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many values are missing.
    pub fn missing(&self) -> usize {
        match self {
            Values::Number(values) => values.iter().filter(|value| value.is_none()).count(),
            Values::Text(values) => values.iter().filter(|value| value.is_none()).count(),
        }
    }
}

impl Table {
    /// Reads CSV: a header row of names, then one row a line.
    ///
    /// `name` is the table's, `file` what errors call the file. Empty fields and `NA` are
    /// missing values. A field may stand in double quotes (`""` inside for a quote), but must
    /// end on its line.
    ///
    /// CSV cannot tell a complete file from one that was cut between two lines; within a
    /// line the missing newline gives it away. The pinned digests of our own files see both.
    ///
    /// ```
    /// let file = b"species,bill_length [mm]\nAdelie,39.1\nGentoo,NA\n";
    /// let table = datasets::Table::parse("penguins", "two.csv", file)?;
    /// assert_eq!(table.numbers("bill_length")?, &[Some(39.1), None]);
    /// assert_eq!(table.columns[1].unit.as_deref(), Some("mm"));
    /// # Ok::<(), datasets::DataError>(())
    /// ```
    ///
    /// # Errors
    /// [`DataError::Format`] with the line: not UTF-8, a row with more or fewer fields than
    /// the header, an empty line, a quote that does not close, no newline at the end, a
    /// column without or with an earlier column's name.
    pub fn parse(name: &str, file: &str, bytes: &[u8]) -> Result<Table> {
        let columns = csv::columns(file, bytes)?;
        let name = name.to_owned();
        Ok(Table { name, columns })
    }

    /// The number of rows, without the header.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }

    /// The columns' names, in the file's order.
    pub fn column_names(&self) -> Vec<&str> {
        self.columns
            .iter()
            .map(|column| column.name.as_str())
            .collect()
    }

    /// The column called `name`.
    ///
    /// # Errors
    /// [`DataError::Column`] listing the names there are.
    pub fn column(&self, name: &str) -> Result<&Column> {
        let found = self.columns.iter().find(|column| column.name == name);
        found.ok_or_else(|| {
            let expected = format!("one of {}", self.column_names().join(", "));
            self.fault(name, &expected, "no such column")
        })
    }

    /// The numbers of a column, `None` where one is missing.
    ///
    /// # Errors
    /// [`DataError::Column`] if there is no such column, or with its first value that is not a
    /// finite number.
    pub fn numbers(&self, name: &str) -> Result<&[Option<f32>]> {
        match &self.column(name)?.values {
            Values::Number(values) => Ok(values),
            Values::Text(values) => {
                let not_a_number = |value: &&Option<String>| {
                    value
                        .as_ref()
                        .is_some_and(|text| csv::number(text).is_none())
                };
                let first = values
                    .iter()
                    .enumerate()
                    .find(|(_, value)| not_a_number(value));
                let got = match first {
                    Some((row, Some(text))) => format!("`{text}` in row {}", row + 1),
                    _ => "only missing values".to_owned(),
                };
                Err(self.fault(name, "finite numbers", &got))
            }
        }
    }

    /// The text of a column, `None` where it is missing.
    ///
    /// # Errors
    /// [`DataError::Column`] if there is no such column or it is one of numbers.
    pub fn text(&self, name: &str) -> Result<&[Option<String>]> {
        match &self.column(name)?.values {
            Values::Text(values) => Ok(values),
            Values::Number(_) => Err(self.fault(name, "text", "numbers")),
        }
    }

    /// Columns of numbers side by side: `[rows, names]`.
    ///
    /// # Errors
    /// As [`Table::numbers`]; and if a value is missing, for a matrix has no room for that.
    pub fn matrix(&self, names: &[&str]) -> Result<Array2<f32>> {
        let mut matrix = Array2::zeros((self.rows(), names.len())); // [rows, names]
        for (j, name) in names.iter().enumerate() {
            for (i, value) in self.numbers(name)?.iter().enumerate() {
                matrix[[i, j]] = value.ok_or_else(|| self.missing(name, i))?;
            }
        }
        Ok(matrix)
    }

    /// A column of text as classes: each row's index into the names, which are in the order
    /// in which the file first mentions them.
    ///
    /// # Errors
    /// As [`Table::text`]; and if a value is missing.
    pub fn classes(&self, name: &str) -> Result<(Vec<usize>, Vec<String>)> {
        let mut names: Vec<String> = Vec::new();
        let mut indices = Vec::with_capacity(self.rows());
        for (row, value) in self.text(name)?.iter().enumerate() {
            let value = value.as_ref().ok_or_else(|| self.missing(name, row))?;
            let known = names.iter().position(|class| class == value);
            indices.push(known.unwrap_or(names.len()));
            if known.is_none() {
                names.push(value.clone());
            }
        }
        Ok((indices, names))
    }

    /// The rows at `indices`, in that order, as a table of its own.
    ///
    /// # Panics
    /// If an index is not below [`Table::rows`].
    #[track_caller]
    pub fn select(&self, indices: &[usize]) -> Table {
        if let Some(index) = indices.iter().find(|&&index| index >= self.rows()) {
            panic!(
                "rows of {}: expected indices below {}, got {index}",
                self.name,
                self.rows()
            );
        }
        let pick = |column: &Column| Column {
            values: match &column.values {
                Values::Number(v) => Values::Number(indices.iter().map(|&i| v[i]).collect()),
                Values::Text(v) => Values::Text(indices.iter().map(|&i| v[i].clone()).collect()),
            },
            ..column.clone()
        };
        Table {
            name: self.name.clone(),
            columns: self.columns.iter().map(pick).collect(),
        }
    }

    fn missing(&self, column: &str, row: usize) -> DataError {
        let expected = "a value in every row (drop the row or impute the value first)";
        self.fault(column, expected, &format!("none in row {}", row + 1))
    }

    fn fault(&self, column: &str, expected: &str, got: &str) -> DataError {
        DataError::Column {
            table: self.name.clone(),
            column: column.to_owned(),
            expected: expected.to_owned(),
            got: got.to_owned(),
        }
    }
}
