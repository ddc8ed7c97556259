//! Wrong solutions of the kind that people write, to prove that the exercises' tests
//! catch them.
//!
//! Each function is the right solution, unless the environment names one of its
//! exercise's wrong variants: `COURSE_WRONG=1.3b`. The comment beside a variant says
//! what is wrong with it.

use lesson::exercise::wrong_variant;

use crate::logic::{ThresholdNet, ThresholdUnit};
use crate::perceptron::dot;
use crate::solutions;

/// 1.1, step 1, or a wrong variant.
pub fn nand() -> ThresholdUnit {
    match wrong_variant("1.1") {
        // AND: the signs were not flipped.
        Some('a') => ThresholdUnit::new(&[1, 1], 2),
        // NOR: one inhibitory input is already too much.
        Some('b') => ThresholdUnit::new(&[-1, -1], 0),
        _ => solutions::nand(),
    }
}

/// 1.1, step 2, or a wrong variant.
pub fn majority() -> ThresholdUnit {
    match wrong_variant("1.1") {
        // All three have to fire.
        Some('c') => ThresholdUnit::new(&[1, 1, 1], 3),
        _ => solutions::majority(),
    }
}

/// 1.2, or a wrong variant.
pub fn absolute_unit(
    excitatory: &[bool],
    inhibitory: &[bool],
    threshold: usize,
) -> bool {
    let count = |list: &[bool]| list.iter().filter(|&&fires| fires).count();
    match wrong_variant("1.2") {
        // Relative inhibition: it can be outvoted.
        Some('a') => count(excitatory) >= threshold + count(inhibitory),
        // More than the threshold, where the threshold is enough.
        Some('b') => count(inhibitory) == 0 && count(excitatory) > threshold,
        // Silenced only when all inhibitory inputs fire.
        Some('c') => count(excitatory) >= threshold && inhibitory.contains(&false),
        _ => solutions::absolute_unit(excitatory, inhibitory, threshold),
    }
}

/// 1.3, or a wrong variant.
pub fn perceptron_update(w: &[f32], b: f32, x: &[f32], y: f32) -> (Vec<f32>, f32) {
    let margin = y * (dot(w, x) + b);
    let moved = || w.iter().zip(x).map(|(w, x)| w + y * x).collect();
    match wrong_variant("1.3") {
        // Learns from right answers too.
        Some('a') => (moved(), b + y),
        // A score of zero is let through, so training from zero weights never begins.
        Some('b') if margin == 0.0 => (w.to_vec(), b),
        // The bias was forgotten.
        Some('c') if margin <= 0.0 => (moved(), b),
        _ => solutions::perceptron_update(w, b, x, y),
    }
}

/// 1.4, step 1, or a wrong variant.
pub fn radius(x: &[Vec<f32>]) -> f32 {
    match wrong_variant("1.4") {
        // The squared length.
        Some('a') => x.iter().map(|x| dot(x, x)).fold(0.0, f32::max),
        _ => solutions::radius(x),
    }
}

/// 1.4, step 2, or a wrong variant.
pub fn gap(x: &[Vec<f32>], y: &[f32], direction: &[f32]) -> Option<f32> {
    match wrong_variant("1.4") {
        // The distance from the plane, whichever the side.
        Some('b') => {
            let distances = x.iter().map(|x| dot(direction, x).abs());
            Some(distances.fold(f32::INFINITY, f32::min))
        }
        _ => solutions::gap(x, y, direction),
    }
}

/// 1.4, step 3, or a wrong variant.
pub fn novikoff_bound(x: &[Vec<f32>], y: &[f32], direction: &[f32]) -> Option<f32> {
    match wrong_variant("1.4") {
        // The square was forgotten.
        Some('c') => {
            solutions::gap(x, y, direction).map(|gap| solutions::radius(x) / gap)
        }
        _ => solutions::novikoff_bound(x, y, direction),
    }
}

/// 1.5, step 1, or a wrong variant.
pub fn hinge_loss(x: &[Vec<f32>], y: &[f32], w: &[f32], b: f32) -> f32 {
    let right = solutions::hinge_loss(x, y, w, b);
    match wrong_variant("1.5") {
        // The sum, not the mean.
        Some('a') => right * y.len() as f32,
        _ => right,
    }
}

/// 1.5, step 2, or a wrong variant.
pub fn hinge_gradient(x: &[Vec<f32>], y: &[f32], w: &[f32], b: f32) -> (Vec<f32>, f32) {
    let (weights, bias) = solutions::hinge_gradient(x, y, w, b);
    match wrong_variant("1.5") {
        // The sign: this points downhill.
        Some('b') => (weights.iter().map(|g| -g).collect(), -bias),
        // Only wrong answers pull, as in the perceptron's loss.
        Some('c') => {
            let wrong = |&n: &usize| y[n] * (dot(w, &x[n]) + b) <= 0.0;
            let n = y.len() as f32;
            let pulling: Vec<usize> = (0..y.len()).filter(wrong).collect();
            let pull =
                |d: usize| pulling.iter().map(|&n| -y[n] * x[n][d]).sum::<f32>() / n;
            let bias = pulling.iter().map(|&n| -y[n]).sum::<f32>() / n;
            ((0..w.len()).map(pull).collect(), bias)
        }
        _ => (weights, bias),
    }
}

/// 1.6, step 1, or a wrong variant.
pub fn softmax(logits: &[f32]) -> Vec<f32> {
    let shifted = |by: f32| {
        let exponentials: Vec<f32> = logits.iter().map(|z| (z - by).exp()).collect();
        let sum: f32 = exponentials.iter().sum();
        exponentials.iter().map(|e| e / sum).collect()
    };
    match wrong_variant("1.6") {
        // The formula as it stands: large logits overflow.
        Some('a') => shifted(0.0),
        // The largest in size is taken out: very negative logits all become zero, or
        // overflow.
        Some('b') => shifted(logits.iter().fold(0.0, |most: f32, z| most.max(z.abs()))),
        _ => solutions::softmax(logits),
    }
}

/// 1.6, step 2, or a wrong variant.
pub fn softmax_gradient(logits: &[f32], class: usize) -> Vec<f32> {
    let gradient = solutions::softmax_gradient(logits, class);
    match wrong_variant("1.6") {
        // Target minus prediction.
        Some('c') => gradient.iter().map(|g| -g).collect(),
        _ => gradient,
    }
}

/// 1.7, or a wrong variant.
pub fn standardise(
    train: &[Vec<f32>],
    test: &[Vec<f32>],
) -> (Vec<Vec<f32>>, Vec<Vec<f32>>) {
    match wrong_variant("1.7") {
        // The planted bug: the test rows take part in mean and deviation.
        Some('a') => {
            let (mut all, _) = solutions::standardise(&[train, test].concat(), &[]);
            let test = all.split_off(train.len());
            (all, test)
        }
        // The test rows get a scale of their own.
        Some('b') => {
            let (train, _) = solutions::standardise(train, &[]);
            (train, solutions::standardise(test, &[]).0)
        }
        // Nothing is done about constant columns: 0/0.
        Some('c') => {
            let constant = |d: usize| train.iter().all(|row| row[d] == train[0][d]);
            let spoil = |row: &Vec<f32>| {
                let values = row.iter().enumerate();
                values
                    .map(|(d, &x)| if constant(d) { f32::NAN } else { x })
                    .collect()
            };
            let (train, test) = solutions::standardise(train, test);
            (
                train.iter().map(spoil).collect(),
                test.iter().map(spoil).collect(),
            )
        }
        _ => solutions::standardise(train, test),
    }
}

/// 1.8, or a wrong variant.
pub fn impute(train: &[Option<f32>], column: &[Option<f32>]) -> (Vec<f32>, Vec<f32>) {
    let (filled, missing) = solutions::impute(train, column);
    match wrong_variant("1.8") {
        // The mean of the column that is being filled.
        Some('a') => solutions::impute(column, column),
        // Missing training values count as zeros in the mean.
        Some('b') => {
            let zeros: Vec<_> = train.iter().map(|x| x.or(Some(0.0))).collect();
            solutions::impute(&zeros, column)
        }
        // Remembers what is there, not what is missing.
        Some('c') => (filled, missing.iter().map(|m| 1.0 - m).collect()),
        _ => (filled, missing),
    }
}

/// 1.9, or a wrong variant.
pub fn pocket(x: &[Vec<f32>], y: &[f32], passes: usize) -> (Vec<f32>, f32) {
    let variant = wrong_variant("1.9");
    if variant.is_none() {
        return solutions::pocket(x, y, passes);
    }
    let right = |(w, b): &(Vec<f32>, f32)| {
        let margins = x.iter().zip(y).map(|(x, y)| y * (dot(w, x) + b));
        margins.filter(|&margin| margin > 0.0).count()
    };
    let mut unit = (vec![0.0; x[0].len()], 0.0);
    let mut pocket = unit.clone();
    for _ in 0..passes {
        for (x_n, &y_n) in x.iter().zip(y) {
            let before = unit.clone();
            unit = solutions::perceptron_update(&unit.0, unit.1, x_n, y_n);
            // As good as the pocket is taken for better.
            if variant == Some('b') && unit != before && right(&unit) >= right(&pocket)
            {
                pocket = unit.clone();
            }
        }
        // Looks only at the end of each pass, and misses what came between.
        if variant == Some('c') && right(&unit) > right(&pocket) {
            pocket = unit.clone();
        }
    }
    // a: the weights at the end, whichever they are.
    if variant == Some('a') { unit } else { pocket }
}

/// 1.10, or a wrong variant.
pub fn threshold_net(table: &[bool]) -> ThresholdNet {
    let mut net = solutions::threshold_net(table);
    match wrong_variant("1.10") {
        // An AND of the hidden units in place of the OR.
        Some('a') => net.output.threshold = net.hidden.len() as i32,
        // An input that is off has no say: (1, 1) fires the unit of (1, 0) too.
        Some('b') => {
            let weights = net.hidden.iter_mut().flat_map(|unit| &mut unit.weights);
            weights.for_each(|w| *w = (*w).max(0));
        }
        // A unit for every true row, however many there are.
        Some('c') => return crate::logic::net_for(table),
        _ => {}
    }
    net
}

/// 1.11, or a wrong variant.
pub fn logistic_step(
    x: &[Vec<f32>],
    targets: &[f32],
    w: &[f32],
    b: f32,
    rate: f32,
) -> (Vec<f32>, f32) {
    let step = |rate: f32| solutions::logistic_step(x, targets, w, b, rate);
    match wrong_variant("1.11") {
        // The sum over the batch, not the mean.
        Some('a') => step(rate * x.len() as f32),
        // The other form of the sigmoid, e^z / (1 + e^z): ∞/∞ for large scores.
        Some('b') if x.iter().any(|x| (dot(w, x) + b).exp().is_infinite()) => {
            (vec![f32::NAN; w.len()], f32::NAN)
        }
        // Target minus prediction: uphill.
        Some('c') => step(-rate),
        _ => step(rate),
    }
}

/// 1.12, or a wrong variant.
pub fn mean_of_others(groups: &[u32], targets: &[f32], training: &[usize]) -> Vec<f32> {
    let mean = |rows: &[usize]| {
        let sum: f32 = rows.iter().map(|&row| targets[row]).sum();
        sum / rows.len().max(1) as f32
    };
    let similar = |row: usize| {
        let rows = training.iter().copied();
        rows.filter(|&other| groups[other] == groups[row]).collect()
    };
    let rows = 0..groups.len();
    let mut column = solutions::mean_of_others(groups, targets, training);
    match wrong_variant("1.12") {
        // Split first, but a training row is still among its own similar ones.
        Some('a') => {
            for row in rows {
                let similar: Vec<usize> = similar(row);
                column[row] = mean(if similar.is_empty() {
                    training
                } else {
                    &similar
                });
            }
        }
        // Leaves the row itself out, but uses the targets of the held-out rows.
        Some('b') => {
            let all: Vec<usize> = rows.collect();
            column = solutions::mean_of_others(groups, targets, &all);
        }
        // Someone alone in their group gets the mean of all, themselves included.
        Some('c') => {
            for &row in training {
                if similar(row) == [row] {
                    column[row] = mean(training);
                }
            }
        }
        _ => {}
    }
    column
}
