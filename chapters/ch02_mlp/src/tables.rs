//! Two tables, each in three parts and on one scale (page *Learning by luck*).
//!
//! Dimension key: N rows, D columns, K classes.

use nn::data::{Labelled, Standardiser, stratified_split};
use tensor::{Rng, Tensor};

/// A table in three parts: one to learn from, one to choose by, one to be asked once.
#[derive(Clone, Debug)]
pub struct Parts {
    /// About three rows of five.
    pub training: Labelled,
    /// About one row of five.
    pub validation: Labelled,
    /// The rest.
    pub test: Labelled,
    /// What the classes are called, K of them.
    pub names: Vec<String>,
}

impl Parts {
    // ANCHOR: parts
    /// Splits rows at random, each class in its share, and puts all of them on the
    /// scale of the training rows.
    fn of(all: &Labelled, names: Vec<String>, rng: &mut Rng) -> Parts {
        let (rest, test) = stratified_split(&all.classes, 0.2, rng);
        let (rest, test) = (all.pick(&rest), all.pick(&test));
        let (training, validation) = stratified_split(&rest.classes, 0.25, rng);
        let (training, validation) = (rest.pick(&training), rest.pick(&validation));
        let scale = Standardiser::fit(&training.x);
        let scaled = |part: Labelled| Labelled::new(scale.apply(&part.x), part.classes);
        Parts {
            training: scaled(training),
            validation: scaled(validation),
            test: scaled(test),
            names,
        }
    }
    // ANCHOR_END: parts
}

/// 178 wines of three cultivars, 13 measurements each.
///
/// # Errors
/// If the file is missing or damaged.
pub fn wine(rng: &mut Rng) -> anyhow::Result<Parts> {
    parts(&datasets::wine()?, "cultivar", rng)
}

/// 569 breast tumours, malignant or benign, 30 measurements each.
///
/// # Errors
/// If the file is missing or damaged.
pub fn breast_cancer(rng: &mut Rng) -> anyhow::Result<Parts> {
    parts(&datasets::breast_cancer()?, "diagnosis", rng)
}

/// All columns but the target as inputs, `[N, D]`.
fn parts(
    table: &datasets::Table,
    target: &str,
    rng: &mut Rng,
) -> anyhow::Result<Parts> {
    let names = table.column_names();
    let inputs: Vec<&str> = names.into_iter().filter(|name| *name != target).collect();
    let x = Tensor::from_array(table.matrix(&inputs)?);
    let (classes, names) = table.classes(target)?;
    Ok(Parts::of(&Labelled::new(x, classes), names, rng))
}
