//! The digits, and softmax regression on them.

use datasets::Images;
use lesson::{Mode, Run};
use nn::data::{Labelled, stratified_split};
use nn::metrics::{accuracy, confusion};
use tensor::{Rng, Tensor};

use crate::models::{Model, Unit};
use crate::softmax::softmax_rows;

/// Labelled, one a row with pixels in 0..1, and the digits they show.
fn labelled(images: &Images) -> Labelled {
    Labelled::new(Tensor::from_array(images.to_f32()), images.targets())
}

/// MNIST in three parts. The test part is asked about once, at the end.
pub(crate) struct Digits {
    pub(crate) training: Labelled,
    pub(crate) validation: Labelled,
    pub(crate) test: Labelled,
}

impl Digits {
    /// Ten thousand digits: about 7,000, 1,000 and 2,000 of them, each digit in its
    /// share; with `--full` the test part is MNIST's own, and the training part
    /// 9,000.
    pub(crate) fn load(run: &Run) -> anyhow::Result<Digits> {
        let all = labelled(&datasets::mnist10k()?);
        // The parts are the same for every seed: the test digits stay unseen.
        let mut rng = Rng::new(1).fork("mnist split");
        let (rest, test) = match run.mode() {
            Mode::Full => (
                (0..all.classes.len()).collect(),
                labelled(&datasets::mnist_test()?),
            ),
            Mode::Quick | Mode::Default => {
                let (rest, test) = stratified_split(&all.classes, 0.2, &mut rng);
                (rest, all.pick(&test))
            }
        };
        let rest = all.pick(&rest);
        let share = 1000.0 / rest.classes.len() as f32;
        let (training, validation) = stratified_split(&rest.classes, share, &mut rng);
        Ok(Digits {
            training: rest.pick(&training),
            validation: rest.pick(&validation),
            test,
        })
    }
}

/// A trained net and how it went.
pub(crate) struct Reader {
    pub(crate) unit: Unit,
    /// Pass, accuracy on training digits, accuracy on validation digits.
    pub(crate) curve: Vec<(usize, f32, f32)>,
}

/// The learning rates among which the validation digits choose.
pub(crate) const RATES: [f32; 4] = [0.03, 0.1, 0.3, 1.0];

/// Digits in one step, chosen by us.
const BATCH: usize = 100;

/// One pass over the pictures in random order. What is left over after the last
/// full batch waits for another pass: a batch of one digit would move the
/// weights as far as a hundred digits together, and undo what they taught.
fn pass(unit: &mut Unit, pictures: &Labelled, lr: f32, rng: &mut Rng) {
    let order = rng.permutation(pictures.classes.len());
    for rows in order.chunks_exact(BATCH) {
        let batch = pictures.pick(rows);
        unit.step(&batch.x, &Tensor::one_hot(&batch.classes, 10), lr);
    }
}

/// Trains on MNIST.
pub(crate) fn train(
    run: &Run,
    digits: &Digits,
    lr: f32,
    seed: u64,
) -> anyhow::Result<Reader> {
    let passes = run.choose(2, 20, 20);
    let mut rng = Rng::new(seed).fork("mnist");
    let mut reader = Reader {
        unit: Unit::new(Model::Softmax, 784, 10),
        curve: Vec::new(),
    };
    let bar = run.progress("reading digits", passes);
    for number in 1..=passes {
        pass(&mut reader.unit, &digits.training, lr, &mut rng);
        let seen = reader.right(&digits.training);
        reader
            .curve
            .push((number, seen, reader.right(&digits.validation)));
        bar.step()?;
    }
    Ok(reader)
}

/// Trains on two thirds of the digits of 8 × 8 pixels; returns the accuracy on
/// the others and how many they are. Learning rate and passes are chosen by us,
/// without a look at the others.
pub(crate) fn small_digits(seed: u64, passes: usize) -> anyhow::Result<(f32, usize)> {
    let all = labelled(&datasets::digits8()?);
    let mut rng = Rng::new(seed).fork("digits8");
    let (training, held_out) = stratified_split(&all.classes, 1.0 / 3.0, &mut rng);
    let (training, held_out) = (all.pick(&training), all.pick(&held_out));
    let mut unit = Unit::new(Model::Softmax, 64, 10);
    for _ in 0..passes {
        pass(&mut unit, &training, 0.5, &mut rng);
    }
    let accuracy = accuracy(&unit.scores(&held_out.x), &held_out.classes);
    Ok((accuracy, held_out.classes.len()))
}

/// A digit that was misread.
pub(crate) struct Misread {
    pub(crate) row: usize,
    pub(crate) answer: usize,
    pub(crate) truth: usize,
    pub(crate) probability: f32,
}

impl Reader {
    /// The share of the pictures that it reads rightly, in 0..1.
    pub(crate) fn right(&self, pictures: &Labelled) -> f32 {
        accuracy(&self.unit.scores(&pictures.x), &pictures.classes)
    }

    /// Its accuracy on training and on validation digits after the last pass.
    pub(crate) fn last(&self) -> (f32, f32) {
        let (_, training, validation) = self.curve[self.curve.len() - 1];
        (training, validation)
    }

    /// How often true digit t was read as a: count `[10 t + a]`.
    pub(crate) fn confusion(&self, pictures: &Labelled) -> Vec<usize> {
        let answers = self.unit.scores(&pictures.x).argmax(1);
        confusion(&answers, &pictures.classes, 10)
    }

    /// The mistakes of which the net was most sure.
    pub(crate) fn worst(&self, pictures: &Labelled, count: usize) -> Vec<Misread> {
        let probabilities = softmax_rows(&self.unit.scores(&pictures.x)); // [N, K]
        let answers = probabilities.argmax(1);
        let sure = probabilities.max_axis(1, tensor::Keep::No).to_vec(); // [N]
        let rows =
            (0..answers.len()).filter(|&row| answers[row] != pictures.classes[row]);
        let misread = |row| Misread {
            row,
            answer: answers[row],
            truth: pictures.classes[row],
            probability: sure[row],
        };
        let mut all: Vec<Misread> = rows.map(misread).collect();
        all.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        all.truncate(count);
        all
    }
}
