//! The irises, in the forms in which this lesson's units take them.

use datasets::{At, DataError, Table};
use tensor::Tensor;

use crate::perceptron::Example;

/// The four measurements of a flower, in centimetres.
pub const MEASUREMENTS: [&str; 4] =
    ["sepal_length", "sepal_width", "petal_length", "petal_width"];
/// The two of the petals.
pub const PETALS: [&str; 2] = ["petal_length", "petal_width"];
/// The species, in the order of their numbers.
pub const SPECIES: [&str; 3] = ["setosa", "versicolor", "virginica"];

/// The 150 irises of Anderson and Fisher.
#[derive(Clone, Debug)]
pub struct Irises {
    table: Table,
    /// The species of each flower, an index into [`SPECIES`].
    pub species: Vec<usize>,
}

impl Irises {
    /// Reads them from the course's data.
    ///
    /// # Errors
    /// If the file is missing or damaged.
    pub fn load() -> Result<Irises, DataError> {
        let table = datasets::iris()?;
        let species = classes_as(&table, "species", &SPECIES)?;
        Ok(Irises { table, species })
    }

    /// Measurements side by side, `[N, columns]`.
    ///
    /// # Errors
    /// If there is no such column.
    pub fn inputs(&self, columns: &[&str]) -> Result<Tensor, DataError> {
        Ok(Tensor::from_array(self.table.matrix(columns)?))
    }

    /// Every flower as an example: class +1 for species `positive`, −1 for the others.
    ///
    /// # Errors
    /// If there is no such column.
    pub fn examples(
        &self,
        columns: &[&str],
        positive: usize,
    ) -> Result<Vec<Example>, DataError> {
        let inputs = self.table.matrix(columns)?; // [N, columns]
        let label = |species: usize| if species == positive { 1.0 } else { -1.0 };
        let rows = inputs.rows().into_iter().zip(&self.species);
        Ok(rows
            .map(|(x, &species)| Example {
                x: x.to_vec(),
                y: label(species),
            })
            .collect())
    }

    /// The rows of the two species that overlap, versicolor and virginica.
    pub fn overlapping(&self) -> Vec<usize> {
        (0..self.species.len())
            .filter(|&row| self.species[row] > 0)
            .collect()
    }
}

/// The classes of a column of text, as indices into `names`.
///
/// # Errors
/// If the column has other names, or has them in another order.
pub fn classes_as(
    table: &Table,
    column: &str,
    names: &[&str],
) -> Result<Vec<usize>, DataError> {
    let (classes, found) = table.classes(column)?;
    if found != names {
        let at = At::Entry(column.to_string());
        let (expected, got) = (names.join(", "), found.join(", "));
        return Err(DataError::format(&table.name, at, expected, got));
    }
    Ok(classes)
}

/// The examples at these rows, in this order.
pub fn pick(examples: &[Example], rows: &[usize]) -> Vec<Example> {
    rows.iter().map(|&row| examples[row].clone()).collect()
}
