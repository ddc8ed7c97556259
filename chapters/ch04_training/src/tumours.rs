//! Breast tumours, of which the malignant have to be found, and may be rare (page *How
//! good is good?*).
//!
//! Dimension key: N tumours, D measurements, K = 2 classes: benign 0, malignant 1.

use nn::data::{Labelled, Standardiser, stratified_split};
use nn::loss::weighted_cross_entropy;
use nn::optim::{Adam, Optimizer};
use nn::{Mlp, Net, Pass};
use tensor::{Rng, Tensor, no_grad};

/// The class that is looked for.
pub const MALIGNANT: usize = 1;

/// Two of the thirty measurements: how much the grey of the nuclei varies, and how much
/// their radius does. A cheap examination, so to speak.
pub const CHEAP: [&str; 2] = ["mean_texture", "mean_smoothness"];

/// Steps of training, and their rate, chosen by us: the loss no longer changes.
const STEPS: usize = 150;
const RATE: f32 = 0.1;

/// All 569 tumours with these measurements, `[569, D]`; with all thirty if none is named.
///
/// # Errors
/// If the file is missing or damaged.
pub fn load(columns: &[&str]) -> anyhow::Result<Labelled> {
    let table = datasets::breast_cancer()?;
    let mut inputs = table.column_names();
    inputs.retain(|name| *name != "diagnosis");
    if !columns.is_empty() {
        inputs = columns.to_vec();
    }
    let x = Tensor::from_array(table.matrix(&inputs)?);
    let (classes, names) = table.classes("diagnosis")?;
    let malignant = |class: usize| usize::from(names[class] == "malignant");
    Ok(Labelled::new(
        x,
        classes.into_iter().map(malignant).collect(),
    ))
}

/// All benign tumours, and this many of the malignant, drawn at random.
pub fn rare(all: &Labelled, malignant: usize, rng: &mut Rng) -> Labelled {
    let rows = rng.permutation(all.len());
    let (ill, mut kept): (Vec<usize>, Vec<usize>) = rows
        .into_iter()
        .partition(|&row| all.classes[row] == MALIGNANT);
    kept.extend(ill.iter().take(malignant));
    all.pick(&kept)
}

/// Tumours to learn from and a `share` of others, on the scale of the first.
pub fn split(all: &Labelled, share: f32, rng: &mut Rng) -> (Labelled, Labelled) {
    let (training, others) = stratified_split(&all.classes, share, rng);
    let (training, others) = (all.pick(&training), all.pick(&others));
    let scale = Standardiser::fit(&training.x);
    let scaled = |part: Labelled| Labelled::new(scale.apply(&part.x), part.classes);
    (scaled(training), scaled(others))
}

/// A unit of lesson 1, one layer with two logits, trained on these tumours; a tumour of
/// class k counts `weights[k]` times.
pub fn fit(training: &Labelled, weights: &[f32], rng: &mut Rng) -> Mlp {
    let mut unit = Mlp::new(&[training.x.shape()[1], 2], rng);
    let mut optimizer = Optimizer::new(Adam::default());
    for _ in 0..STEPS {
        let logits = unit.forward(&training.x, &mut Pass::Train(rng)); // [N, D] -> [N, K]
        let loss = weighted_cross_entropy(&logits, &training.classes, weights);
        optimizer.step(&mut unit, &loss.backward(), RATE);
    }
    unit
}

/// How suspicious the unit finds each tumour: the logit of "malignant" less that of
/// "benign", `[N]`. The probability of "malignant" is the logistic function of it.
pub fn suspicion(unit: &Mlp, tumours: &Labelled) -> Vec<f32> {
    let logits = no_grad(|| unit.forward(&tumours.x, &mut Pass::Use)); // [N, K]
    let of = |class| logits.select(1, &[class]); // [N, 1]
    (of(MALIGNANT) - of(1 - MALIGNANT)).to_vec()
}

/// Suspicions of tumours that the units had not seen, and the truth about each.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// The suspicions.
    pub scores: Vec<f32>,
    /// Whether the tumour is malignant.
    pub malignant: Vec<bool>,
}

impl Judged {
    /// Adds what a unit says of tumours.
    pub fn add(&mut self, unit: &Mlp, tumours: &Labelled) {
        self.scores.extend(suspicion(unit, tumours));
        let truths = tumours.classes.iter().map(|&class| class == MALIGNANT);
        self.malignant.extend(truths);
    }

    /// The answers at a threshold of the suspicion, as classes, and the truths.
    pub fn answers(&self, threshold: f32) -> (Vec<usize>, Vec<usize>) {
        let answer = |&score: &f32| usize::from(score >= threshold);
        let truths = self.malignant.iter().map(|&yes| usize::from(yes));
        (self.scores.iter().map(answer).collect(), truths.collect())
    }
}
