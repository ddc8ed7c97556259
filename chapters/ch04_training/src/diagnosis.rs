//! What is wrong with a net, read off two errors (page *What is wrong with it?*).

use nn::classify::{Classification, logits};
use nn::data::Labelled;
use nn::metrics::accuracy;
use nn::optim::{Adam, Optimizer};
use nn::train::{Plan, Stop, Task, Trainer};
use nn::{Init, Mlp, Net, Pass, Schedule};
use tensor::{Rng, Tensor};

/// The smallest error that the keepers of Fashion-MNIST list, of a large convolutional
/// net (WRN40-4) that learnt from all 60,000 pictures: 96.7 % right, as submitted.
///
/// Source: the benchmark table of github.com/zalandoresearch/fashion-mnist, README.md.
pub const BEST_KNOWN: f32 = 0.033;

// ANCHOR: diagnosis
/// The shares of pictures that a net gets wrong, in 0..1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Errors {
    /// Of the pictures that it has learnt from.
    pub training: f32,
    /// Of pictures that it has not seen.
    pub validation: f32,
}

/// Which of the two gaps is the wider one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It does not even know its training pictures.
    Bias,
    /// It knows them, and little else.
    Variance,
}

impl Errors {
    /// The avoidable bias: how far the training error is above the reference, an error
    /// that is known to be possible. 0 if it is not above it.
    pub fn bias(&self, reference: f32) -> f32 {
        (self.training - reference).max(0.0)
    }

    /// The variance: how far the validation error is above the training error.
    pub fn variance(&self) -> f32 {
        self.validation - self.training
    }

    /// What to work on first.
    pub fn trouble(&self, reference: f32) -> Trouble {
        if self.bias(reference) > self.variance() {
            Trouble::Bias
        } else {
            Trouble::Variance
        }
    }
}
// ANCHOR_END: diagnosis

impl Errors {
    /// The errors of a net on the pictures of a task.
    pub fn of(net: &Mlp, data: Classification<'_>) -> Errors {
        let wrong = |pictures: &Labelled| {
            1.0 - accuracy(&logits(net, &pictures.x), &pictures.classes)
        };
        Errors {
            training: wrong(data.training),
            validation: wrong(data.validation),
        }
    }
}

/// How long every net of a learning curve trains, however few pictures it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// Pictures in a step.
    pub batch: usize,
    /// Steps.
    pub steps: usize,
    /// Adam's learning rate at first; it falls to 0 along half a cosine.
    pub lr: f32,
}

/// A task whose epoch has so many rows, each example being one of them again and again:
/// a net with few examples takes as many steps as one with many.
struct Repeated<'a> {
    data: Classification<'a>,
    rows: usize,
}

impl<M: Net> Task<M> for Repeated<'_> {
    fn len(&self) -> usize {
        self.rows
    }

    fn loss(&self, net: &M, rows: &[usize], pass: &mut Pass) -> Tensor {
        let examples = self.data.training.len();
        let rows: Vec<usize> = rows.iter().map(|row| row % examples).collect();
        self.data.loss(net, &rows, pass)
    }

    fn score(&self, net: &M) -> f64 {
        self.data.score(net)
    }
}

/// A point of a learning curve: a new net with one hidden layer of `hidden` units learns
/// from the first `pictures` training pictures.
///
/// # Errors
/// If the loss is no number any more, or `watch` stops the training.
pub fn errors_with<E>(
    hidden: usize,
    pictures: usize,
    data: Classification<'_>,
    effort: Effort,
    seed: u64,
    mut watch: impl FnMut() -> Result<(), E>,
) -> Result<Errors, Stop<E>> {
    let first: Vec<usize> = (0..pictures).collect();
    let training = &data.training.pick(&first);
    let data = Classification { training, ..data };
    let Effort { batch, steps, lr } = effort;
    let rng = Rng::new(seed).fork("learning curve");
    let sizes = [784, hidden, 10];
    let net = Mlp::with_init(&sizes, Tensor::tanh, Init::Xavier, &mut rng.fork("net"));
    let end = 0.0;
    let plan = Plan::new(batch, 1, Schedule::Cosine { lr, end, steps });
    let rows = batch * steps;
    let mut trainer = Trainer::new(net, Optimizer::new(Adam::default()), plan, &rng);
    trainer.fit(&Repeated { data, rows }, |_| watch())?;
    Ok(Errors::of(&trainer.net, data))
}
