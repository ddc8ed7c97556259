//! Tables, made fit for a model (page *Look before you fit*). The split and the scale are
//! in [`nn::data`], as later lessons need them too.
//!
//! A column holds a number for each row; a missing one is `None`.

use tensor::Tensor;

/// What a column of numbers looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Values that are there.
    pub present: usize,
    /// Values that are not.
    pub missing: usize,
    /// The mean of those that are.
    pub mean: f32,
    /// Their standard deviation (over n, not n − 1).
    pub std: f32,
    /// The smallest, the quartiles and the largest.
    pub five: [f32; 5],
}

/// Summarises the present values of a column; `None` if there are none.
pub fn summary(column: &[Option<f32>]) -> Option<Summary> {
    let mut present: Vec<f32> = column.iter().flatten().copied().collect();
    present.sort_by(f32::total_cmp);
    let last = present.len().checked_sub(1)?;
    let values = Tensor::from_vec(present.clone(), &[last + 1]);
    let mean = values.mean();
    let quantile = |quarter: usize| {
        // Between two values the quantile lies on the straight line from one to the other.
        let place = last as f32 * quarter as f32 / 4.0;
        let (below, above) = (present[place as usize], present[place.ceil() as usize]);
        below + (above - below) * place.fract()
    };
    Some(Summary {
        present: present.len(),
        missing: column.len() - present.len(),
        mean: mean.item(),
        std: (values - mean).square().mean().item().sqrt(),
        five: [0, 1, 2, 3, 4].map(quantile),
    })
}

/// Fills the holes of a column with the mean of its present training values, and
/// makes a second column that is 1 where there was a hole.
pub fn impute(column: &[Option<f32>], training: &[usize]) -> (Vec<f32>, Vec<f32>) {
    let present: Vec<f32> = training.iter().filter_map(|&row| column[row]).collect();
    let mean = present.iter().sum::<f32>() / present.len().max(1) as f32;
    let filled = column.iter().map(|value| value.unwrap_or(mean));
    let was_missing = column.iter().map(|value| value.is_none() as u8 as f32);
    (filled.collect(), was_missing.collect())
}
