//! Tables made ready for a net: rows with their classes, split in two, put on one scale.
//!
//! ```
//! use nn::data::Standardiser;
//! use tensor::Tensor;
//!
//! // Mean 2, deviation 1: a new 5 lies 3 deviations above the mean.
//! let scale = Standardiser::fit(&Tensor::from([[1.0], [3.0]]));
//! assert_eq!(scale.apply(&Tensor::from([[5.0]])).item(), 3.0);
//! ```

use std::f32::consts::PI;

use tensor::{Keep, Rng, Tensor};

/// Rows of numbers and the class of each.
///
/// ```
/// use nn::data::Labelled;
/// use tensor::Tensor;
///
/// let all = Labelled::new(Tensor::from([[1.0, 2.0], [3.0, 4.0]]), vec![0, 1]);
/// let turned = all.pick(&[1, 0]);
/// assert_eq!(turned.x.to_vec(), [3.0, 4.0, 1.0, 2.0]);
/// assert_eq!(turned.classes, [1, 0]);
/// ```
#[derive(Clone, Debug)]
pub struct Labelled {
    /// The rows, `[N, D]`, or pictures, `[N, C, H, W]`, with pixels in 0..1.
    pub x: Tensor,
    /// The class of each, `[N]`.
    pub classes: Vec<usize>,
}

impl Labelled {
    /// Rows `x`, `[N, ...]`, and their classes, `[N]`.
    ///
    /// # Panics
    /// If there is not one class for each row.
    #[track_caller]
    pub fn new(x: Tensor, classes: Vec<usize>) -> Labelled {
        let rows = x.shape().first().copied().unwrap_or_default();
        assert!(
            rows == classes.len(),
            "each row needs one class: {rows} rows, {} classes",
            classes.len()
        );
        Labelled { x, classes }
    }

    /// How many rows there are, N.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// Some of the rows, in the order in which they are named.
    ///
    /// # Panics
    /// If there is no such row.
    #[track_caller]
    pub fn pick(&self, rows: &[usize]) -> Labelled {
        Labelled {
            x: self.x.select(0, rows),
            classes: rows.iter().map(|&row| self.classes[row]).collect(),
        }
    }
}

/// Row numbers split in two with the same mix of classes: `share` of each class,
/// rounded, goes to the second part. Both parts are in random order.
///
/// ```
/// use nn::data::stratified_split;
/// use tensor::Rng;
///
/// // Six rows of class 0, three of class 1; a third of each is held out.
/// let classes = [0, 0, 0, 0, 0, 0, 1, 1, 1];
/// let (training, held_out) = stratified_split(&classes, 1.0 / 3.0, &mut Rng::new(1));
/// assert_eq!((training.len(), held_out.len()), (6, 3));
/// assert_eq!(held_out.iter().filter(|&&row| classes[row] == 1).count(), 1);
/// ```
///
/// # Panics
/// If `share` is not in 0..=1.
#[track_caller]
pub fn stratified_split(
    classes: &[usize],
    share: f32,
    rng: &mut Rng,
) -> (Vec<usize>, Vec<usize>) {
    assert!(
        (0.0..=1.0).contains(&share),
        "the share must be in 0..=1, and is {share}"
    );
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
    ///
    /// # Panics
    /// If there is no row.
    #[track_caller]
    pub fn fit(train: &Tensor) -> Standardiser {
        let mean = train.mean_axis(0, Keep::No); // [D]
        let std = (train - &mean).square().mean_axis(0, Keep::No).sqrt(); // [D]
        // A column that never changes says nothing: it becomes zero everywhere.
        let range = train.max_axis(0, Keep::No) - train.min_axis(0, Keep::No);
        let factor = Tensor::where_(&range.gt(0.0), 1.0 / std, 0.0); // [D]
        Standardiser { mean, factor }
    }

    /// (x − mean) / std, column by column, for training and new rows alike.
    ///
    /// # Panics
    /// If `x` has another number of columns than the training rows.
    #[track_caller]
    pub fn apply(&self, x: &Tensor) -> Tensor {
        (x - &self.mean) * &self.factor // [N, D]
    }
}
// ANCHOR_END: standardise

/// Two half-moons that reach into each other, `n` points each with normal noise of
/// deviation `noise`: the points, `[2n, 2]`, and their classes. Class 1 is the upper moon,
/// (cos a, sin a); class 0 the lower, (1 − cos a, ½ − sin a); the angle a is uniform in
/// 0..π. The classes take turns, 1, 0, 1, 0, …
///
/// ```
/// use nn::data::two_moons;
/// use tensor::{Keep, Rng};
///
/// let (x, classes) = two_moons(3, 0.0, &mut Rng::new(1));
/// assert_eq!(x.shape(), [6, 2]);
/// assert_eq!(classes, [1, 0, 1, 0, 1, 0]);
/// // Without noise the upper moon lies on the unit circle about (0, 0).
/// let radius = x.square().sum_axis(1, Keep::No).to_vec();
/// assert!((radius[0] - 1.0).abs() < 1e-6);
/// ```
pub fn two_moons(n: usize, noise: f32, rng: &mut Rng) -> (Tensor, Vec<usize>) {
    let mut points = Vec::with_capacity(4 * n);
    let mut classes = Vec::with_capacity(2 * n);
    for i in 0..2 * n {
        let upper = i % 2 == 0;
        let angle = rng.uniform(0.0, PI);
        let (x, y) = (angle.cos(), angle.sin());
        let point = if upper { [x, y] } else { [1.0 - x, 0.5 - y] };
        points.extend(point.map(|c| c + noise * rng.normal()));
        classes.push(usize::from(upper));
    }
    (Tensor::from_vec(points, &[2 * n, 2]), classes)
}
