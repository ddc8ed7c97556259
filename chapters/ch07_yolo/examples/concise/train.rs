//! How burn's detector learns, beside the one from scratch: `src/train.rs`.

use std::time::Instant;

use ::nn::optim::{Adam, AdamW, Optimizer};
use ::nn::{Net, Pass, Schedule};
use anyhow::ensure;
use bridge::{back, data};
use burn::optim::{AdamWConfig, GradientsParams};
use burn::prelude::*;
use ch07_yolo::anchors::{kmeans, shapes};
use ch07_yolo::boxes::{Detection, Object};
use ch07_yolo::decode::{Grid, Keep};
use ch07_yolo::model::{self, STAGES};
use ch07_yolo::scenes::{Split, set};
use ch07_yolo::set::{Example, Set, batch};
use ch07_yolo::target::Cells;
use ch07_yolo::train::judged;
use tensor::Rng;

use super::Detector;
use super::loss::loss;

/// Scenes in a step, the highest learning rate, β₂ and λ of AdamW: the lesson's.
const BATCH: usize = 16;
const PEAK: f32 = 2e-3;
const BETA2: f32 = 0.99;
const DECAY: f32 = 0.01;

/// Pictures of one size for burn: `[B, 3, H, W]`.
fn pictures(examples: &[&Example], device: &Device) -> Tensor<4> {
    let x = batch(examples.iter().map(|one| &one.picture));
    Tensor::from_data(data(&x), device)
}

/// What is in each of these pictures.
fn objects<'a>(examples: &[&'a Example]) -> Vec<&'a [Object]> {
    examples.iter().map(|one| &*one.objects).collect()
}

// ANCHOR: train
/// Trains by AdamW along a cosine, on scenes as they are; the net and each epoch's mean loss.
pub fn train(
    mut net: Detector,
    grid: &Grid,
    scenes: &Set,
    epochs: usize,
    rng: &mut Rng,
) -> (Detector, Vec<f32>) {
    let device = &net.head.weight.device();
    let adamw = AdamWConfig::new().with_epsilon(1e-8).with_beta_2(BETA2);
    let mut adamw = adamw.with_weight_decay(DECAY).init();
    let a_pass = scenes.examples.len() / BATCH; // steps
    let schedule = Schedule::Cosine {
        lr: PEAK,
        end: PEAK / 100.0,
        steps: epochs * a_pass,
    };
    let (mut losses, mut steps) = (vec![0.0; epochs], 0);
    for epoch in &mut losses {
        let order = rng.permutation(scenes.examples.len());
        for rows in order.chunks_exact(BATCH) {
            let examples: Vec<&Example> =
                rows.iter().map(|&row| &scenes.examples[row]).collect();
            let numbers = net.forward(pictures(&examples, device));
            let loss = loss(grid, numbers, &objects(&examples), Cells::One);
            *epoch += loss.clone().into_scalar::<f32>() / a_pass as f32;
            let gradients = GradientsParams::from_grads(loss.backward(), &net);
            net = adamw.step(f64::from(schedule.at(steps)), net, gradients);
            steps += 1;
        }
    }
    (net, losses)
}
// ANCHOR_END: train

/// What the net finds in each of these pictures.
pub fn detect(net: &Detector, grid: &Grid, scenes: &Set) -> Vec<Vec<Detection>> {
    let net = net.valid(); // batch norm by running averages
    let device = &net.head.weight.device();
    let examples: Vec<&Example> = scenes.examples.iter().collect();
    let found = examples.chunks(BATCH).flat_map(|examples| {
        let numbers = net.forward(pictures(examples, device));
        grid.detections(&back(numbers), Keep::ALL)
    });
    found.collect()
}

/// Milliseconds of a step of the net from scratch on this batch: the median of five, after
/// one that nobody times.
fn milliseconds(mut net: model::Detector, examples: &[&Example]) -> f64 {
    let adam = Adam {
        beta2: BETA2,
        weight_decay: DECAY,
        ..Adam::default()
    };
    let mut adamw = Optimizer::new(AdamW {
        adam,
        only_matrices: false,
    });
    let mut rng = Rng::new(1);
    let mut step = || {
        let start = Instant::now();
        let x = batch(examples.iter().map(|one| &one.picture)); // [B, 3, H, W]
        let numbers = net.forward(&x, &mut Pass::Train(&mut rng));
        let truth = objects(examples);
        let loss = ch07_yolo::loss::loss(&net.grid, &numbers, &truth, Cells::One);
        adamw.step(&mut net, &loss.total().backward(), PEAK);
        1e3 * start.elapsed().as_secs_f64()
    };
    step();
    let mut times = [(); 5].map(|()| step());
    times.sort_by(f64::total_cmp);
    times[2]
}

/// Trains burn's net for a short while and says how it went.
pub fn report(device: &Device, epochs: usize, scenes: usize) -> anyhow::Result<String> {
    ensure!(
        scenes >= BATCH,
        "{scenes} scenes: expected at least {BATCH}, one batch; try --scenes 160"
    );
    let training = set(Split::Training, scenes, 1)?;
    let validation = set(Split::Validation, 50, 1)?;
    let mut rng = Rng::new(1).fork("concise");
    let grid = Grid {
        stride: 8,
        anchors: kmeans(&shapes(&training), 3, &mut rng),
        classes: training.classes.len(),
    };
    let scratch = model::Detector::new(&STAGES, grid.clone(), &mut rng);
    let net = Detector::with_weights_of(&scratch, &device.clone().autodiff());
    let first: Vec<&Example> = training.examples.iter().take(BATCH).collect();
    let here = milliseconds(scratch, &first);

    let start = Instant::now();
    let (net, losses) = train(net, &grid, &training, epochs, &mut rng);
    let seconds = start.elapsed().as_secs_f64();
    let step = 1e3 * seconds / (epochs * (scenes / BATCH)) as f64;
    let evaluation = judged(&validation, &detect(&net, &grid, &validation));
    let losses: Vec<String> = losses.iter().map(|loss| format!("{loss:.2}")).collect();
    Ok(format!(
        "{epochs} epochs of {scenes} scenes in burn: {seconds:.1} s\n\
         loss of each epoch: {}\n\
         mAP@0.5 on {} validation scenes: {:.3}; the lesson trains far longer\n\
         a step of {BATCH} scenes: {here:.0} ms here, {step:.0} ms in burn",
        losses.join(", "),
        validation.examples.len(),
        evaluation.map50().unwrap_or(0.0)
    ))
}
