//! The five-layer net that learns the two family trees (page *Two families of the same shape*).
//!
//! Dimension key: N questions; 24 people, 12 relations, 6 units for a code.
//!
//! Source: Rumelhart, Hinton and Williams, "Learning representations by back-propagating
//! errors", Nature 323 (1986), figures 3 and 4.

use tensor::{Rng, Tensor, no_grad};

use crate::family::{Cases, Fact, PEOPLE, PLACES, RELATIONS};
use crate::sweeps::{Layer, Momentum, Step};

/// Units in the code of a person, and of a relation.
pub const CODE: usize = 6;

/// How the net is trained.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// Weights start between minus this and this.
    pub width: f32,
    /// The first 20 sweeps.
    pub first: Step,
    /// All further sweeps.
    pub then: Step,
}

/// The paper's steps. It does not say how wide the weights start; 0.3 is what it
/// says of its symmetry detector.
pub const PAPER: Schedule = Schedule {
    width: 0.3,
    first: Step {
        lr: 0.005,
        momentum: 0.5,
        decay: 0.002,
    },
    then: Step {
        lr: 0.01,
        momentum: 0.9,
        decay: 0.002,
    },
};

/// Ours: wider weights, five times the rate, half the decay.
pub const OURS: Schedule = Schedule {
    width: 1.0,
    first: Step {
        lr: 0.005,
        momentum: 0.5,
        decay: 0.001,
    },
    then: Step {
        lr: 0.05,
        momentum: 0.9,
        decay: 0.001,
    },
};

/// The net: 24 + 12 inputs, two codes of 6, then 12, 6 and 24 units; all logistic.
#[derive(Clone, Debug)]
pub struct FamilyNet {
    /// From a person to a code, `[24, 6]`.
    pub person: Layer,
    /// From a relation to a code, `[12, 6]`.
    pub relation: Layer,
    /// From both codes to the centre, `[12, 12]`.
    pub centre: Layer,
    /// From the centre to the code of the answer, `[12, 6]`.
    pub answer: Layer,
    /// From that code to the people, `[6, 24]`.
    pub output: Layer,
}

impl FamilyNet {
    // ANCHOR: net
    /// What it says of questions: `[N, 24]`, near 1 for the people it means.
    pub fn forward(&self, cases: &Cases) -> Tensor {
        let person = self.person.forward(&cases.people); // [N, 24] -> [N, 6]
        let relation = self.relation.forward(&cases.relations); // [N, 12] -> [N, 6]
        let codes = Tensor::concat(1, &[person, relation]); // [N, 12]
        let centre = self.centre.forward(&codes); // [N, 12]
        let answer = self.answer.forward(&centre); // [N, 12] -> [N, 6]
        self.output.forward(&answer) // [N, 6] -> [N, 24]
    }

    /// E = ½ Σ (ŷ − t)² over the outputs that are further than 0.2 from their targets; the
    /// others are good enough and cost nothing.
    pub fn error(outputs: &Tensor, targets: &Tensor) -> Tensor {
        let misses = outputs - targets; // [N, 24]
        let counted = misses.abs().gt(0.2);
        0.5 * (misses.square() * counted).sum()
    }
    // ANCHOR_END: net
}

impl FamilyNet {
    /// A net that knows nothing.
    pub fn new(width: f32, rng: &mut Rng) -> FamilyNet {
        FamilyNet {
            person: Layer::new(PEOPLE, CODE, width, rng),
            relation: Layer::new(RELATIONS.len(), CODE, width, rng),
            centre: Layer::new(2 * CODE, 12, width, rng),
            answer: Layer::new(12, CODE, width, rng),
            output: Layer::new(CODE, PEOPLE, width, rng),
        }
    }

    /// All weights and biases.
    pub fn layers(&mut self) -> [&mut Layer; 5] {
        [
            &mut self.person,
            &mut self.relation,
            &mut self.centre,
            &mut self.answer,
            &mut self.output,
        ]
    }
}

/// A net in training.
pub struct Trainer {
    /// The net as it is now.
    pub net: FamilyNet,
    schedule: Schedule,
    momentum: Momentum,
    sweeps: usize,
}

impl Trainer {
    /// A trainer with a net that knows nothing.
    pub fn new(schedule: Schedule, seed: u64) -> Trainer {
        let mut rng = Rng::new(seed).fork("family weights");
        Trainer {
            net: FamilyNet::new(schedule.width, &mut rng),
            schedule,
            momentum: Momentum::default(),
            sweeps: 0,
        }
    }

    /// One sweep over all cases; the error before it.
    pub fn sweep(&mut self, cases: &Cases) -> f32 {
        let error = FamilyNet::error(&self.net.forward(cases), &cases.targets);
        let gradients = error.backward();
        let step = match self.sweeps {
            0..20 => self.schedule.first,
            _ => self.schedule.then,
        };
        self.momentum.step(&mut self.net.layers(), &gradients, step);
        self.sweeps += 1;
        error.item()
    }
}

/// Which of the facts are trained and which held out: `held` of them, by chance.
pub fn hold_out(facts: &[Fact], held: usize, seed: u64) -> (Vec<Fact>, Vec<Fact>) {
    let order = Rng::new(seed).fork("family split").permutation(facts.len());
    let pick = |places: &[usize]| places.iter().map(|&p| facts[p].clone()).collect();
    (pick(&order[held..]), pick(&order[..held]))
}

/// How many questions are answered rightly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Right {
    /// By the strict count: every right person above ½, every other person below.
    pub strict: usize,
    /// By the order of the outputs: the right people are the ones with the largest.
    pub best: usize,
}

/// How far a training has come.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// Sweeps so far.
    pub sweep: usize,
    /// E of the trained questions before the last of them.
    pub error: f32,
    /// Of the trained questions, the share answered rightly by the strict count.
    pub trained: f32,
    /// Of those held out.
    pub held_out: f32,
    /// All counts: trained, held out.
    pub counts: [Right; 2],
}

/// Counts the right answers of a net.
pub fn count_right(net: &FamilyNet, cases: &Cases) -> Right {
    let outputs = no_grad(|| net.forward(cases)); // [N, 24]
    let mut right = Right::default();
    let rows = outputs.to_vec();
    let targets = cases.targets.to_vec();
    for (row, target) in rows.chunks(PEOPLE).zip(targets.chunks(PEOPLE)) {
        let (mut in_least, mut out_most) = (f32::INFINITY, f32::NEG_INFINITY);
        for (&y, &d) in row.iter().zip(target) {
            if d > 0.5 {
                in_least = in_least.min(y);
            } else {
                out_most = out_most.max(y);
            }
        }
        right.strict += usize::from(in_least > 0.5 && out_most < 0.5);
        right.best += usize::from(in_least > out_most);
    }
    right
}

/// The weights from the 24 people to one code unit: English, then Italians.
pub fn receptive_field(net: &FamilyNet, unit: usize) -> Vec<f32> {
    no_grad(|| net.person.weights.slice(1, unit..unit + 1)).to_vec()
}

/// The share of the variance of `values` that lies between the groups and not within them:
/// 1 if each group has one value of its own, near 0 if the groups have nothing to do with it.
///
/// # Panics
/// If there is not a group for each value.
pub fn share_between(values: &[f32], groups: &[usize]) -> f32 {
    assert_eq!(values.len(), groups.len(), "a group for each value");
    let mean = |of: &[f32]| of.iter().sum::<f32>() / of.len() as f32;
    let all = mean(values);
    let total: f32 = values.iter().map(|v| (v - all).powi(2)).sum();
    let groups_there = 0..=groups.iter().copied().max().unwrap_or(0);
    let between = groups_there.map(|group| {
        let own = values.iter().zip(groups);
        let own = own.filter(|(_, g)| **g == group).map(|(v, _)| *v);
        let own: Vec<f32> = own.collect();
        match own.len() {
            0 => 0.0,
            n => n as f32 * (mean(&own) - all).powi(2),
        }
    });
    between.sum::<f32>() / total
}

/// How well one threshold on `values` separates the first half from the second: the share
/// on its own side, at the best threshold.
pub fn separation(values: &[f32]) -> f32 {
    let half = values.len() / 2;
    let above =
        |threshold: f32, part: &[f32]| part.iter().filter(|v| **v >= threshold).count();
    let right = values.iter().map(|&threshold| {
        let (first, second) = values.split_at(half);
        let right = above(threshold, first) + second.len() - above(threshold, second);
        right.max(values.len() - right)
    });
    right.max().unwrap_or(0) as f32 / values.len() as f32
}

/// The values and groups of those people of whom a property says something.
pub fn grouped(
    values: &[f32],
    group: impl Fn(usize) -> Option<usize>,
) -> (Vec<f32>, Vec<usize>) {
    let pairs = values.iter().enumerate();
    pairs
        .filter_map(|(person, v)| group(person).map(|g| (*v, g)))
        .unzip()
}

/// 0 for the English, 1 for the Italians.
pub fn nation(person: usize) -> Option<usize> {
    Some(person / PLACES)
}
