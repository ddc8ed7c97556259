//! The solutions of lesson 1's exercises; what each is asked to do stands in
//! `exercises.rs`.
//!
//! They take the stubs' place with `--features solutions`.

use crate::logic::{ThresholdNet, ThresholdUnit};
use crate::perceptron::dot;

/// 1.1, step 1: the sums are 0, −1, −1, −2; only the last is below −1.
pub fn nand() -> ThresholdUnit {
    ThresholdUnit::new(&[-1, -1], -1)
}

/// 1.1, step 2: each vote counts 1, and two are enough.
pub fn majority() -> ThresholdUnit {
    ThresholdUnit::new(&[1, 1, 1], 2)
}

/// 1.2: one veto silences the unit; without any, the count decides.
pub fn absolute_unit(
    excitatory: &[bool],
    inhibitory: &[bool],
    threshold: usize,
) -> bool {
    let vetoed = inhibitory.contains(&true);
    let firing = excitatory.iter().filter(|&&fires| fires).count();
    !vetoed && firing >= threshold
}

/// 1.3: the rule. The factor y adds the example or takes it away.
pub fn perceptron_update(w: &[f32], b: f32, x: &[f32], y: f32) -> (Vec<f32>, f32) {
    if y * (dot(w, x) + b) > 0.0 {
        return (w.to_vec(), b);
    }
    let moved = w.iter().zip(x).map(|(w, x)| w + y * x).collect();
    (moved, b + y)
}

/// 1.4, step 1: the longest example.
pub fn radius(x: &[Vec<f32>]) -> f32 {
    x.iter().map(|x| dot(x, x).sqrt()).fold(0.0, f32::max)
}

/// 1.4, step 2: the smallest margin, if it is positive.
pub fn gap(x: &[Vec<f32>], y: &[f32], direction: &[f32]) -> Option<f32> {
    let margins = x.iter().zip(y).map(|(x, y)| y * dot(direction, x));
    let smallest = margins.fold(f32::INFINITY, f32::min);
    (smallest > 0.0).then_some(smallest)
}

/// 1.4, step 3: no gap, no bound.
pub fn novikoff_bound(x: &[Vec<f32>], y: &[f32], direction: &[f32]) -> Option<f32> {
    gap(x, y, direction).map(|gap| (radius(x) / gap).powi(2))
}

/// 1.5, step 1: what the examples pay, on average.
pub fn hinge_loss(x: &[Vec<f32>], y: &[f32], w: &[f32], b: f32) -> f32 {
    let losses = x
        .iter()
        .zip(y)
        .map(|(x, y)| (1.0 - y * (dot(w, x) + b)).max(0.0));
    losses.sum::<f32>() / y.len() as f32
}

/// 1.5, step 2: the pull of the examples that still pay, on average.
pub fn hinge_gradient(x: &[Vec<f32>], y: &[f32], w: &[f32], b: f32) -> (Vec<f32>, f32) {
    let n = y.len() as f32;
    let (mut weights, mut bias) = (vec![0.0; w.len()], 0.0);
    for (x, y) in x.iter().zip(y) {
        if y * (dot(w, x) + b) < 1.0 {
            for (g, x) in weights.iter_mut().zip(x) {
                *g -= y * x / n;
            }
            bias -= y / n;
        }
    }
    (weights, bias)
}

/// 1.6, step 1: with the largest logit taken out, the largest exponential is 1.
pub fn softmax(logits: &[f32]) -> Vec<f32> {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exponentials: Vec<f32> = logits.iter().map(|z| (z - largest).exp()).collect();
    let sum: f32 = exponentials.iter().sum();
    exponentials.iter().map(|e| e / sum).collect()
}

/// 1.6, step 2: prediction minus target, where the target is 1 for the true class only.
pub fn softmax_gradient(logits: &[f32], class: usize) -> Vec<f32> {
    let mut gradient = softmax(logits);
    gradient[class] -= 1.0;
    gradient
}

/// 1.7: no number of the test rows reaches the mean or the deviation.
pub fn standardise(
    train: &[Vec<f32>],
    test: &[Vec<f32>],
) -> (Vec<Vec<f32>>, Vec<Vec<f32>>) {
    let columns = 0..train[0].len();
    let scales: Vec<(f32, f32)> = columns.map(|d| scale(train, d)).collect();
    let apply = |row: &Vec<f32>| {
        let scaled = row.iter().zip(&scales);
        let scaled = scaled.map(|(x, &(mean, factor))| (x - mean) * factor);
        scaled.collect()
    };
    let train = train.iter().map(apply).collect();
    (train, test.iter().map(apply).collect())
}

/// Mean of column `d`, and what to multiply by: 1/s, or 0 for a constant column.
fn scale(rows: &[Vec<f32>], d: usize) -> (f32, f32) {
    let n = rows.len() as f32;
    let constant = rows.iter().all(|row| row[d] == rows[0][d]);
    let mean = rows.iter().map(|row| row[d]).sum::<f32>() / n;
    let squares: f32 = rows.iter().map(|row| (row[d] - mean).powi(2)).sum();
    let factor = if constant { 0.0 } else { (n / squares).sqrt() };
    (mean, factor)
}

/// 1.8: the mean belongs to the training rows, the holes to the column.
pub fn impute(train: &[Option<f32>], column: &[Option<f32>]) -> (Vec<f32>, Vec<f32>) {
    let present: Vec<f32> = train.iter().copied().flatten().collect();
    let mean = match present.len() {
        0 => 0.0,
        n => present.iter().sum::<f32>() / n as f32,
    };
    let filled = column.iter().map(|value| value.unwrap_or(mean)).collect();
    let missing = |value: &Option<f32>| if value.is_none() { 1.0 } else { 0.0 };
    (filled, column.iter().map(missing).collect())
}

/// 1.9: the perceptron runs on; the pocket changes only for something better.
pub fn pocket(x: &[Vec<f32>], y: &[f32], passes: usize) -> (Vec<f32>, f32) {
    let mut unit = (vec![0.0; x[0].len()], 0.0);
    let mut pocket = unit.clone();
    let mut most = right(x, y, &pocket);
    for _ in 0..passes {
        for (x_n, &y_n) in x.iter().zip(y) {
            let seen = perceptron_update(&unit.0, unit.1, x_n, y_n);
            if seen == unit {
                continue;
            }
            unit = seen;
            let count = right(x, y, &unit);
            if count > most {
                (pocket, most) = (unit.clone(), count);
            }
        }
    }
    pocket
}

/// How many examples these weights and this bias get right.
fn right(x: &[Vec<f32>], y: &[f32], (w, b): &(Vec<f32>, f32)) -> usize {
    let margins = x.iter().zip(y).map(|(x, y)| y * (dot(w, x) + b));
    margins.filter(|&margin| margin > 0.0).count()
}

/// 1.10: a unit for each row of the rarer output. The output unit fires when one of
/// them does, if they stand for the true rows, and when none does, if they stand for
/// the false ones.
pub fn threshold_net(table: &[bool]) -> ThresholdNet {
    let inputs = table.len().ilog2();
    let true_rows = table.iter().filter(|&&output| output).count();
    let rarer = 2 * true_rows <= table.len();
    let rows = (0..table.len()).filter(|&row| table[row] == rarer);
    let hidden: Vec<ThresholdUnit> = rows.map(|row| row_unit(row, inputs)).collect();
    let (weight, threshold) = if rarer { (1, 1) } else { (-1, 0) };
    let output = ThresholdUnit::new(&vec![weight; hidden.len()], threshold);
    ThresholdNet { hidden, output }
}

/// The unit that fires for one row only: just that row reaches the sum of its ones.
fn row_unit(row: usize, inputs: u32) -> ThresholdUnit {
    let on = |bit: u32| row >> bit & 1 == 1;
    let weights: Vec<i32> = (0..inputs)
        .rev()
        .map(|bit| if on(bit) { 1 } else { -1 })
        .collect();
    ThresholdUnit::new(&weights, row.count_ones() as i32)
}

/// 1.11: prediction minus target, carried back to the inputs.
pub fn logistic_step(
    x: &[Vec<f32>],
    targets: &[f32],
    w: &[f32],
    b: f32,
    rate: f32,
) -> (Vec<f32>, f32) {
    let share = rate / x.len() as f32;
    let (mut new_w, mut new_b) = (w.to_vec(), b);
    for (x, target) in x.iter().zip(targets) {
        let error = sigmoid(dot(w, x) + b) - target;
        for (w, x) in new_w.iter_mut().zip(x) {
            *w -= share * error * x;
        }
        new_b -= share * error;
    }
    (new_w, new_b)
}

/// σ(z). For z = −1000 the exponential is infinite, and 1/∞ is the 0 that it should be.
fn sigmoid(z: f32) -> f32 {
    1.0 / (1.0 + (-z).exp())
}

/// 1.12: first the others of the same group, then all others, then nobody.
pub fn mean_of_others(groups: &[u32], targets: &[f32], training: &[usize]) -> Vec<f32> {
    let value = |row: usize| {
        let others = training.iter().copied().filter(|&other| other != row);
        let (similar, different): (Vec<usize>, Vec<usize>) =
            others.partition(|&other| groups[other] == groups[row]);
        // With nobody similar, the different ones are all the others there are.
        let chosen = if similar.is_empty() {
            different
        } else {
            similar
        };
        let sum: f32 = chosen.iter().map(|&other| targets[other]).sum();
        sum / chosen.len().max(1) as f32
    };
    (0..groups.len()).map(value).collect()
}
