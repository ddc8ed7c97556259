//! The clothes of lesson 4 as pictures, with the same split.
//!
//! Dimension key: N examples.

use datasets::Images;
use nn::data::{Labelled, stratified_split};
use tensor::{Rng, Tensor};

use crate::practice::squares;

/// The seed of lesson 4's split, so that its net and these learnt from the same pictures.
const SPLIT_SEED: u64 = 1;

/// Pictures to learn from and to choose on, `[N, 1, 28, 28]`.
pub struct Clothes {
    /// 8,000 pictures, or 54,000 of the full set.
    pub training: Labelled,
    /// 2,000 pictures, or 6,000 of the full set.
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
        Ok(Clothes::split(&datasets::fashion10k()?, 0.2))
    }

    /// All 60,000, split 9 to 1.
    ///
    /// # Errors
    /// If they were not downloaded, or are damaged.
    pub fn load_full() -> anyhow::Result<Clothes> {
        Ok(Clothes::split(&datasets::fashion_train()?, 0.1))
    }

    fn split(images: &Images, share: f32) -> Clothes {
        let all = pictures(images);
        let mut rng = Rng::new(SPLIT_SEED).fork("clothes split");
        let (training, validation) = stratified_split(&all.classes, share, &mut rng);
        Clothes {
            training: all.pick(&training),
            validation: all.pick(&validation),
            names: images.classes.clone(),
        }
    }
}

/// Fashion-MNIST's 10,000 test pictures, by which nothing is chosen.
///
/// # Errors
/// If the files are missing or damaged.
pub fn test_set() -> anyhow::Result<Labelled> {
    Ok(pictures(&datasets::fashion_test()?))
}

/// `[N, 1, 28, 28]`, pixels in 0..1.
fn pictures(images: &Images) -> Labelled {
    let rows = Tensor::from_array(images.to_f32()); // [N, 784]
    squares(&Labelled::new(rows, images.targets()))
}
