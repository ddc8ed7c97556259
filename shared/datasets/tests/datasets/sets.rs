//! What the committed sets hold: the counts of their READMEs.
#![allow(clippy::unwrap_used)]

use datasets::{Images, Table};

fn tally<T: PartialEq + Clone>(values: &[T]) -> Vec<(T, usize)> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counts.iter_mut().find(|(known, _)| known == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value.clone(), 1)),
        }
    }
    counts
}

fn classes(table: &Table, column: &str) -> Vec<(String, usize)> {
    let (indices, names) = table.classes(column).unwrap();
    tally(&indices)
        .into_iter()
        .map(|(class, count)| (names[class].clone(), count))
        .collect()
}

fn counts(images: &Images) -> Vec<usize> {
    let mut counts = vec![0; images.classes.len()];
    images
        .targets()
        .iter()
        .for_each(|&class| counts[class] += 1);
    counts
}

#[test]
fn iris_has_fifty_of_each_species_in_centimetres() {
    let iris = datasets::iris().unwrap();
    assert_eq!(iris.rows(), 150);
    let expected = ["setosa", "versicolor", "virginica"].map(|name| (name.to_owned(), 50));
    assert_eq!(classes(&iris, "species"), expected);
    assert_eq!(
        iris.column("petal_width").unwrap().unit.as_deref(),
        Some("cm")
    );
    let sizes = iris
        .matrix(&["sepal_length", "sepal_width", "petal_length", "petal_width"])
        .unwrap();
    assert_eq!(sizes.row(0).to_vec(), [5.1, 3.5, 1.4, 0.2]);
    // The mean petal is 3.76 cm long: scikit-learn's description of the set.
    let mean = sizes.column(2).sum() / 150.0;
    assert!((mean - 3.76).abs() < 0.005, "{mean}");
}

#[test]
fn penguins_miss_eleven_sexes_and_two_bills() {
    let penguins = datasets::penguins().unwrap();
    assert_eq!(penguins.rows(), 344);
    let missing = |column: &str| penguins.column(column).unwrap().values.missing();
    assert_eq!(missing("sex"), 11);
    for column in ["bill_length", "bill_depth", "flipper_length", "body_mass"] {
        assert_eq!(missing(column), 2, "{column}");
    }
    let species = [("Adelie", 152), ("Gentoo", 124), ("Chinstrap", 68)];
    assert_eq!(
        classes(&penguins, "species"),
        species.map(|(name, n)| (name.to_owned(), n))
    );
    let fault = penguins.matrix(&["bill_length"]).unwrap_err().to_string();
    assert!(
        fault.starts_with("penguins, column bill_length: expected a value"),
        "{fault}"
    );
    assert!(fault.ends_with("found none in row 4"), "{fault}");
}

#[test]
fn diabetes_has_raw_values_and_a_target_from_25_to_346() {
    let diabetes = datasets::diabetes().unwrap();
    assert_eq!((diabetes.rows(), diabetes.columns.len()), (442, 11));
    let progression = diabetes.matrix(&["progression"]).unwrap();
    let low = progression.fold(f32::MAX, |a, &b| a.min(b));
    let high = progression.fold(0.0_f32, |a, &b| a.max(b));
    assert_eq!((low, high), (25.0, 346.0));
    assert_eq!(diabetes.numbers("age").unwrap()[0], Some(59.0));
}

#[test]
fn wine_and_breast_cancer_have_their_classes() {
    let wine = datasets::wine().unwrap();
    assert_eq!((wine.rows(), wine.columns.len()), (178, 14));
    let counts: Vec<usize> = classes(&wine, "cultivar").iter().map(|(_, n)| *n).collect();
    assert_eq!(counts, [59, 71, 48]);
    let tumours = datasets::breast_cancer().unwrap();
    assert_eq!((tumours.rows(), tumours.columns.len()), (569, 31));
    let expected = [("malignant", 212), ("benign", 357)];
    assert_eq!(
        classes(&tumours, "diagnosis"),
        expected.map(|(name, n)| (name.to_owned(), n))
    );
}

#[test]
fn digits8_are_1797_pictures_of_8_by_8() {
    let digits = datasets::digits8().unwrap();
    assert_eq!(digits.pixels.dim(), (1797, 8, 8));
    assert_eq!(
        counts(&digits),
        [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    );
    let rows = digits.to_f32();
    assert_eq!(rows.dim(), (1797, 64));
    assert_eq!(rows.row(0).to_vec()[2], 5.0 / 16.0);
    assert!(rows.iter().all(|value| (0.0..=1.0).contains(value)));
}

#[test]
fn mnist10k_has_the_classes_of_the_first_ten_thousand() {
    let digits = datasets::mnist10k().unwrap();
    assert_eq!(digits.pixels.dim(), (10_000, 28, 28));
    assert_eq!(
        counts(&digits),
        [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]
    );
    let few = digits.subset(&[3, 1]);
    assert_eq!(few.labels, [digits.labels[3], digits.labels[1]]);
    assert_eq!(few.pixels.dim(), (2, 28, 28));
}

#[test]
#[should_panic(expected = "subset of digits8: expected indices below 1797, got 1797")]
fn a_subset_beyond_the_last_picture_panics_with_both_numbers() {
    datasets::digits8().unwrap().subset(&[0, 1797]);
}

#[test]
fn the_clothes_have_the_classes_of_the_first_ten_thousand_and_of_the_test_set() {
    let clothes = datasets::fashion10k().unwrap();
    assert_eq!(clothes.pixels.dim(), (10_000, 28, 28));
    assert_eq!(
        counts(&clothes),
        [942, 1027, 1016, 1019, 974, 989, 1021, 1022, 990, 1000]
    );
    assert_eq!(counts(&datasets::fashion_test().unwrap()), [1000; 10]);
}
