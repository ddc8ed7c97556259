//! How the small nets of the last pages are trained: a LeNet, a batch, and a word in between
//! (pages *Trained on turned pictures* to *Made to be fooled*).
//!
//! Dimension key: N examples, B batch, K classes; pictures are `[N, 1, 28, 28]`.

use nn::classify::logits;
use nn::data::Labelled;
use nn::metrics::accuracy;
use nn::optim::{Adam, Optimizer};
use nn::{Module, Net, Pass, Schedule};
use tensor::Rng;

use crate::digits::SIDE;
use crate::models::LeNet;

/// Pictures in a step; chosen by us, as lesson 4's.
pub const BATCH: usize = 50;

/// Adam's learning rate at first; it falls to nothing along half a cosine wave. Chosen by us.
pub const LR: f32 = 0.002;

/// Rows of 784 pixels as pictures of one channel: `[N, 784] -> [N, 1, 28, 28]`.
pub fn squares(rows: &Labelled) -> Labelled {
    let pictures = rows.x.reshape(&[rows.len(), 1, SIDE, SIDE]); // [N, 1, 28, 28]
    Labelled::new(pictures, rows.classes.clone())
}

// ANCHOR: practise
/// Trains a net. `prepare` makes of each batch what the net is shown; it may ask the net
/// itself, as it is at that moment.
pub fn practise<M: Net>(
    net: &mut M,
    training: &Labelled,
    passes: usize,
    rng: &mut Rng,
    mut prepare: impl FnMut(&M, Labelled, &mut Rng) -> Labelled,
) {
    let steps = passes * (training.len() / BATCH);
    let (lr, end) = (LR, 0.0);
    let schedule = Schedule::Cosine { lr, end, steps };
    let mut optimizer = Optimizer::new(Adam::default());
    for step in 0..steps {
        let rows: Vec<usize> = (0..BATCH).map(|_| rng.below(training.len())).collect();
        let batch = prepare(net, training.pick(&rows), rng); // [B, 1, 28, 28]
        let logits = net.forward(&batch.x, &mut Pass::Train(rng)); // [B, K]
        let gradients = logits.cross_entropy(&batch.classes).backward();
        optimizer.step(net, &gradients, schedule.at(step));
    }
}
// ANCHOR_END: practise

/// A LeNet for ten classes that has learnt from these pictures as they are.
pub fn plain(training: &Labelled, passes: usize, rng: &mut Rng) -> LeNet {
    let mut net = LeNet::new(1, SIDE, 10, rng);
    practise(&mut net, training, passes, rng, |_, batch, _| batch);
    net
}

/// The share of pictures that a net in use gets right.
pub fn right(net: &impl Net, of: &Labelled) -> f32 {
    accuracy(&logits(net, &of.x), &of.classes)
}

/// The same net with weights that take no gradient: for gradients by its input alone, at
/// half the cost.
pub fn frozen<M: Module>(net: &M) -> M {
    let mut net = net.clone();
    net.each(|_, _, tensor| *tensor = tensor.detach());
    net
}
