//! The sets by name: one function each.

use crate::error::{DataError, Result};
use crate::gzip::{self, MAX_UNPACKED};
use crate::idx::{self, Idx};
use crate::images::Images;
use crate::manifest::{Manifest, Set, Variant};
use crate::store;
use crate::table::Table;

const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// Zalando's own names. Source: <https://github.com/zalandoresearch/fashion-mnist>, "Labels".
const CLOTHES: [&str; 10] = [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
];

/// 150 irises: length and width of sepals and petals in centimetres, and the species (50 each
/// of setosa, versicolor, virginica). Columns `sepal_length`, `sepal_width`, `petal_length`,
/// `petal_width`, `species`.
///
/// # Errors
/// If the file is missing or damaged; so for all functions of committed data.
pub fn iris() -> Result<Table> {
    committed_table("iris")
}

/// 344 penguins of three species, 2007 to 2009, with missing values as they were left in the
/// field. Columns `species`, `island`, `bill_length` and `bill_depth` in mm, `flipper_length`
/// in mm, `body_mass` in g, `sex`, `year`.
///
/// # Errors
/// As [`iris`].
pub fn penguins() -> Result<Table> {
    committed_table("penguins")
}

/// 442 diabetes patients: ten measurements (`age` in years, `sex` coded 1 or 2, `bmi`,
/// `blood_pressure`, `total_cholesterol`, `ldl`, `hdl`, `cholesterol_ratio`,
/// `log_triglycerides`, `glucose`) and `progression`, a score of the disease a year later.
/// The values are raw, not scaled.
///
/// # Errors
/// As [`iris`].
pub fn diabetes() -> Result<Table> {
    committed_table("diabetes")
}

/// 178 wines of three cultivators, 13 chemical measurements each, and the `cultivar`
/// (`class_0`, `class_1`, `class_2`).
///
/// # Errors
/// As [`iris`].
pub fn wine() -> Result<Table> {
    committed_table("wine")
}

/// 569 breast tumours: 30 measurements of the cell nuclei (`mean_radius` … `worst_fractal_dimension`)
/// and the `diagnosis`, `malignant` (212) or `benign` (357).
///
/// # Errors
/// As [`iris`].
pub fn breast_cancer() -> Result<Table> {
    committed_table("breast_cancer")
}

/// 1,338 people's medical costs: `age`, `sex`, `bmi`, `children`, `smoker`, `region`,
/// `charges` in US dollars. A download.
///
/// # Errors
/// [`DataError::NotDownloaded`] with the command to run; if the file is damaged.
pub fn insurance() -> Result<Table> {
    let bytes = downloaded("insurance", &["insurance.csv"])?.1.remove(0);
    Table::parse("insurance", "insurance.csv", &bytes)
}

/// 1,797 handwritten digits of 8×8 pixels, each 0 to 16.
///
/// # Errors
/// As [`iris`].
pub fn digits8() -> Result<Images> {
    committed_images("digits8/digits8", 16, &DIGITS)
}

/// 10,000 digits of 28×28 pixels: the first 10,000 of MNIST's training set, shuffled.
///
/// # Errors
/// As [`iris`].
pub fn mnist10k() -> Result<Images> {
    committed_images("mnist10k/mnist10k", 255, &DIGITS)
}

/// 10,000 clothes of 28×28 pixels: the first 10,000 of Fashion-MNIST's training set.
///
/// # Errors
/// As [`iris`].
pub fn fashion10k() -> Result<Images> {
    committed_images("fashion/train10k", 255, &CLOTHES)
}

/// Fashion-MNIST's 10,000 test pictures, 28×28.
///
/// # Errors
/// As [`iris`].
pub fn fashion_test() -> Result<Images> {
    committed_images("fashion/t10k", 255, &CLOTHES)
}

/// MNIST's 60,000 training pictures, 28×28. A download.
///
/// # Errors
/// As [`insurance`].
pub fn mnist_train() -> Result<Images> {
    downloaded_images("mnist", "train", &DIGITS)
}

/// MNIST's 10,000 test pictures, 28×28. A download.
///
/// # Errors
/// As [`insurance`].
pub fn mnist_test() -> Result<Images> {
    downloaded_images("mnist", "t10k", &DIGITS)
}

/// Fashion-MNIST's 60,000 training pictures of clothes, 28×28. A download.
///
/// # Errors
/// As [`insurance`].
pub fn fashion_train() -> Result<Images> {
    downloaded_images("fashion-mnist", "train", &CLOTHES)
}

fn committed_table(name: &str) -> Result<Table> {
    let file = format!("{name}/{name}.csv");
    Table::parse(name, &format!("data/{file}"), &store::committed(&file)?)
}

/// The pictures and labels `{prefix}-images-idx3-ubyte.gz`, `{prefix}-labels-idx1-ubyte.gz`.
fn committed_images(prefix: &str, max: u8, classes: &[&str]) -> Result<Images> {
    let read = |part: &str| {
        let file = format!("{prefix}-{part}-ubyte.gz");
        gzipped_idx(&store::committed(&file)?, &format!("data/{file}"))
    };
    let pair = [read("images-idx3")?, read("labels-idx1")?];
    let name = prefix.rsplit('/').next().unwrap_or(prefix);
    Images::from_idx(name, pair, [name, name], max, classes)
}

/// The pictures and labels `{prefix}-images-idx3-ubyte.gz`, `{prefix}-labels-idx1-ubyte.gz`.
fn downloaded_images(set: &str, prefix: &str, classes: &[&str]) -> Result<Images> {
    let files = ["images-idx3", "labels-idx1"].map(|part| format!("{prefix}-{part}-ubyte.gz"));
    let names = [files[0].as_str(), files[1].as_str()];
    let (variant, bytes) = downloaded(set, &names)?;
    let pair = [
        gzipped_idx(&bytes[0], names[0])?,
        gzipped_idx(&bytes[1], names[1])?,
    ];
    // A result must say which variant it was measured on, unless it is the official one.
    let name = match variant.as_str() {
        "official" => format!("{set} {prefix}"),
        variant => format!("{set} {prefix} ({variant})"),
    };
    Images::from_idx(&name, pair, names, 255, classes)
}

/// Unpacks and reads; an offset in an error counts from the start of the unpacked bytes.
fn gzipped_idx(packed: &[u8], file: &str) -> Result<Idx> {
    let bytes = gzip::unpack(packed, file, MAX_UNPACKED)?;
    idx::parse(&bytes, &format!("{file} (unpacked)"))
}

/// The files from the first variant that holds them all; its name and their bytes.
fn downloaded(set: &str, files: &[&str]) -> Result<(String, Vec<Vec<u8>>)> {
    let manifest = Manifest::load()?;
    let set = manifest.set(set)?;
    let holds = |variant: &&Variant| files.iter().all(|name| variant.file(name).is_ok());
    first_here(set, set.variants.iter().filter(holds), |variant| {
        let one = |name: &&str| store::downloaded(set, variant, variant.file(name)?);
        Ok((
            variant.name.clone(),
            files.iter().map(one).collect::<Result<_>>()?,
        ))
    })
}

/// All files of a public set, from the first of its variants that has been fetched.
///
/// # Errors
/// [`DataError::NotDownloaded`] for the first variant if none is here,
/// [`DataError::Unknown`] if there is no such set, and if a file is damaged.
pub fn fetched(set: &str) -> Result<(Variant, Vec<Vec<u8>>)> {
    let manifest = Manifest::load()?;
    let set = manifest.set(set)?;
    first_here(set, set.variants.iter(), |variant| {
        let one = |file| store::downloaded(set, variant, file);
        let bytes = variant.files.iter().map(one).collect::<Result<_>>()?;
        Ok((variant.clone(), bytes))
    })
}

/// What `read` makes of the first variant that has been fetched.
fn first_here<'a, T>(
    set: &Set,
    variants: impl Iterator<Item = &'a Variant>,
    read: impl Fn(&Variant) -> Result<T>,
) -> Result<T> {
    let mut absent = None;
    for variant in variants {
        match read(variant) {
            Err(fault @ DataError::NotDownloaded { .. }) => absent = absent.or(Some(fault)),
            read => return read,
        }
    }
    let file = set.name.clone();
    Err(absent.unwrap_or(DataError::Missing {
        file,
        remedy: "no variant has it".to_owned(),
    }))
}
