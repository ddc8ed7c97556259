//! A preprocessing bug on purpose: pictures that were stored turned (page *Trained on turned
//! pictures*).
//!
//! Dimension key: N examples, H, W rows and columns, K classes.

use nn::classify::logits;
use nn::data::Labelled;
use nn::metrics::Confusion;
use tensor::{Keep, Tensor};

use crate::models::LeNet;

// ANCHOR: transposed
/// Rows for columns: what comes out when a file stores one column of a picture after the
/// other and its reader takes them for rows. `[N, C, H, W] -> [N, C, W, H]`.
pub fn transposed(pictures: &Labelled) -> Labelled {
    let [n, c, h, w] = pictures.x.dims();
    let x = pictures.x.permute(&[0, 1, 3, 2]); // [N, C, W, H]
    // Written out anew: a permuted view would be sorted again for each batch.
    let x = Tensor::from_vec(x.to_vec(), &[n, c, w, h]);
    Labelled::new(x, pictures.classes.clone())
}
// ANCHOR_END: transposed

/// What a net in use takes pictures for.
pub fn answers(net: &LeNet, of: &Labelled) -> Confusion {
    Confusion::new(&logits(net, &of.x).argmax(1), &of.classes, 10)
}

// ANCHOR: drawing
/// A picture of 28 × 28 pixels drawn with letters, one for each 4 × 4 pixels: `#` where they
/// are a quarter ink or more. Coarse enough to type, fine enough to see what lies on its side.
pub fn drawing(picture: &Tensor) -> [String; 7] {
    let means = picture
        .reshape(&[7, 4, 7, 4])
        .mean_axis(3, Keep::No)
        .mean_axis(1, Keep::No) // [7, 7]
        .to_vec();
    let letter = |mean: &f32| if *mean >= 0.25 { '#' } else { '.' };
    std::array::from_fn(|row| means[7 * row..7 * row + 7].iter().map(letter).collect())
}
// ANCHOR_END: drawing
