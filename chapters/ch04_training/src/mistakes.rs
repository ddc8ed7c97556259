//! The pictures that a net gets wrong, the worst first, and what kind of mistake each is.
//!
//! Dimension key: N examples, D inputs, K classes.

use nn::data::Labelled;
use tensor::{Keep, Tensor};

/// A wrong answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mistake {
    /// Which row it is.
    pub row: usize,
    /// The class of its label.
    pub truth: usize,
    /// The class that the net says.
    pub answer: usize,
    /// The loss, −ln of the probability that the net gives the label.
    pub loss: f32,
}

// ANCHOR: worst
/// All wrong answers, the highest loss first.
///
/// # Panics
/// If `logits` is not `[N, K]` for N classes.
#[track_caller]
pub fn mistakes(logits: &Tensor, classes: &[usize]) -> Vec<Mistake> {
    let losses = -logits.log_softmax(1).gather(1, classes); // [N, K] -> [N]
    let rows = logits
        .argmax(1)
        .into_iter()
        .zip(classes)
        .zip(losses.to_vec());
    let all = rows
        .enumerate()
        .map(|(row, ((answer, &truth), loss))| Mistake {
            row,
            truth,
            answer,
            loss,
        });
    let mut wrong: Vec<Mistake> = all.filter(|m| m.answer != m.truth).collect();
    wrong.sort_by(|a, b| b.loss.total_cmp(&a.loss));
    wrong
}
// ANCHOR_END: worst

// ANCHOR: pairs
/// Two classes, the smaller first, and how many mistakes are between them, either way.
pub type Pair = ([usize; 2], usize);

/// The pairs of classes that are taken for each other, the most frequent first.
pub fn pairs(mistakes: &[Mistake], classes: usize) -> Vec<Pair> {
    let between = |a: usize, b: usize| {
        let is_it =
            |m: &&Mistake| [m.truth.min(m.answer), m.truth.max(m.answer)] == [a, b];
        ([a, b], mistakes.iter().filter(is_it).count())
    };
    let smaller = 0..classes;
    let all = smaller.flat_map(|a| (a + 1..classes).map(move |b| (a, b)));
    let mut all: Vec<Pair> = all.map(|(a, b)| between(a, b)).collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all
}
// ANCHOR_END: pairs

/// What speaks about a mistake besides the net: the training pictures that are most like it.
#[derive(Clone, Debug)]
pub struct Neighbours {
    /// The classes of the nearest, nearest first.
    pub classes: Vec<usize>,
    /// The distance to the nearest, in pixels' units.
    pub distance: f32,
}

impl Neighbours {
    /// The `count` training rows nearest to each of `rows`, `[M, D]`.
    ///
    /// # Panics
    /// If there are fewer than `count` training rows, or rows of another length.
    #[track_caller]
    pub fn find(rows: &Tensor, training: &Labelled, count: usize) -> Vec<Neighbours> {
        let lengths = |x: &Tensor, keep| x.square().sum_axis(1, keep);
        let cross = rows.matmul(&training.x.t()); // [M, D] x [D, N] -> [M, N]
        let squared =
            lengths(rows, Keep::Yes) + lengths(&training.x, Keep::No) - 2.0 * cross;
        let squared = squared.relu().to_vec();
        let of_row = |squared: &[f32]| {
            let mut order: Vec<usize> = (0..squared.len()).collect();
            order.select_nth_unstable_by(count - 1, |a, b| {
                squared[*a].total_cmp(&squared[*b])
            });
            order.truncate(count);
            order.sort_by(|a, b| squared[*a].total_cmp(&squared[*b]));
            Neighbours {
                classes: order.iter().map(|row| training.classes[*row]).collect(),
                distance: squared[order[0]].sqrt(),
            }
        };
        squared.chunks(training.len()).map(of_row).collect()
    }

    /// How many of them have this class.
    pub fn votes(&self, class: usize) -> usize {
        self.classes.iter().filter(|c| **c == class).count()
    }
}

// ANCHOR: kind
/// What code can say about a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// No neighbour has the class of the label, most have that of the answer: perhaps the
    /// label is wrong.
    LabelDoubted,
    /// Farther from every training picture than all but a few are: a rare view.
    Rare,
    /// The neighbours are split: two classes overlap here.
    Overlap,
    /// Most neighbours have the class of the label, and the net missed it.
    Missed,
}

/// The kind of a mistake, by its neighbours; `far` is the distance that counts as rare.
pub fn kind(mistake: &Mistake, neighbours: &Neighbours, far: f32) -> Kind {
    let most = neighbours.classes.len() / 2;
    if neighbours.distance > far {
        Kind::Rare
    } else if neighbours.votes(mistake.truth) == 0
        && neighbours.votes(mistake.answer) > most
    {
        Kind::LabelDoubted
    } else if neighbours.votes(mistake.truth) > most {
        Kind::Missed
    } else {
        Kind::Overlap
    }
}
// ANCHOR_END: kind
