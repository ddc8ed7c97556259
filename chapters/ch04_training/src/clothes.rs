//! The lesson's data: ten kinds of clothes, split into what a net learns from, what
//! settings are chosen on, and what nobody looks at before the end.
//!
//! Dimension key: N examples, D = 784 pixels, K = 10 classes.

use std::sync::OnceLock;

use datasets::Images;
use nn::data::{Labelled, stratified_split};
use tensor::{Rng, Tensor};

/// The seed of the split. It stays the same whatever the seed of the run, so that two
/// runs are measured on the same pictures.
const SPLIT_SEED: u64 = 1;

/// Training and validation pictures: rows of 784 pixels in 0..1.
#[derive(Clone)]
pub struct Clothes {
    /// What nets learn from: some 8,000 pictures, or 54,000 of the full set.
    pub training: Labelled,
    /// What settings are chosen on: some 2,000 pictures, or 6,000 of the full set.
    pub validation: Labelled,
    /// The names of the classes.
    pub names: Vec<String>,
}

impl Clothes {
    /// The first 10,000 training pictures of Fashion-MNIST, split 8 to 2.
    ///
    /// # Errors
    /// If the files are missing or damaged.
    pub fn load() -> anyhow::Result<Clothes> {
        // Every section begins here; unpacking once is enough, and a clone copies nothing.
        static LOADED: OnceLock<Clothes> = OnceLock::new();
        if let Some(clothes) = LOADED.get() {
            return Ok(clothes.clone());
        }
        let clothes = Clothes::split(&datasets::fashion10k()?, 0.2);
        Ok(LOADED.get_or_init(|| clothes).clone())
    }

    /// All 60,000, split 9 to 1.
    ///
    /// # Errors
    /// If they were not downloaded, or are damaged.
    pub fn load_full() -> anyhow::Result<Clothes> {
        Ok(Clothes::split(&datasets::fashion_train()?, 0.1))
    }

    fn split(images: &Images, share: f32) -> Clothes {
        let all = labelled(images);
        let mut rng = Rng::new(SPLIT_SEED).fork("clothes split");
        let (training, validation) = stratified_split(&all.classes, share, &mut rng);
        Clothes {
            training: all.pick(&training),
            validation: all.pick(&validation),
            names: images.classes.clone(),
        }
    }
}

/// Fashion-MNIST's test set. Only the last page but one touches it, once, when nothing
/// is left to choose.
///
/// # Errors
/// If the files are missing or damaged.
pub fn test_set() -> anyhow::Result<Labelled> {
    Ok(labelled(&datasets::fashion_test()?))
}

/// Pictures as rows, `[N, 784]`, pixels in 0..1.
fn labelled(images: &Images) -> Labelled {
    Labelled::new(Tensor::from_array(images.to_f32()), images.targets())
}
