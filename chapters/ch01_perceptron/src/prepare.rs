//! Tables, made fit for a model (page *Look before you fit*).
//!
//! Dimension key: N rows, D columns. A missing number is `None`.

use tensor::{Keep, Rng, Tensor};

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

/// Row numbers split in two with the same mix of classes: `share` of each class,
/// rounded, goes to the second part. Both parts are in random order.
pub fn stratified_split(
    classes: &[usize],
    share: f32,
    rng: &mut Rng,
) -> (Vec<usize>, Vec<usize>) {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let count = classes.iter().max().map_or(0, |largest| largest + 1);
    for class in 0..count {
        let mut rows: Vec<usize> = (0..classes.len())
            .filter(|&i| classes[i] == class)
            .collect();
        rng.shuffle(&mut rows);
        let kept = rows.len() - (rows.len() as f32 * share).round() as usize;
        second.extend(rows.split_off(kept));
        first.extend(rows);
    }
    rng.shuffle(&mut first);
    rng.shuffle(&mut second);
    (first, second)
}

// ANCHOR: standardise
/// Means and standard deviations of training columns, to put any rows on that scale.
#[derive(Clone, Debug)]
pub struct Standardiser {
    mean: Tensor,   // [D]
    factor: Tensor, // [D], 1/std
}

impl Standardiser {
    /// Measures the training rows, `[N, D]`, and nothing else.
    pub fn fit(train: &Tensor) -> Standardiser {
        let mean = train.mean_axis(0, Keep::No); // [D]
        let std = (train - &mean).square().mean_axis(0, Keep::No).sqrt(); // [D]
        // A column that never changes says nothing: it becomes zero everywhere.
        let range = train.max_axis(0, Keep::No) - train.min_axis(0, Keep::No);
        let factor = Tensor::where_(&range.gt(0.0), 1.0 / std, 0.0); // [D]
        Standardiser { mean, factor }
    }

    /// (x − mean) / std, column by column, for training and new rows alike.
    pub fn apply(&self, x: &Tensor) -> Tensor {
        (x - &self.mean) * &self.factor // [N, D]
    }
}
// ANCHOR_END: standardise

/// Fills the holes of a column with the mean of its present training values, and
/// makes a second column that is 1 where there was a hole.
pub fn impute(column: &[Option<f32>], training: &[usize]) -> (Vec<f32>, Vec<f32>) {
    let present: Vec<f32> = training.iter().filter_map(|&row| column[row]).collect();
    let mean = present.iter().sum::<f32>() / present.len().max(1) as f32;
    let filled = column.iter().map(|value| value.unwrap_or(mean));
    let was_missing = column.iter().map(|value| value.is_none() as u8 as f32);
    (filled.collect(), was_missing.collect())
}
