//! The training loop: the best net, patience, and what happens when the loss is no number.

#![allow(clippy::unwrap_used)]

use std::cell::Cell;
use std::convert::Infallible;

use nn::layers::Linear;
use nn::optim::{Optimizer, Sgd};
use nn::train::{Plan, Stop, Task, Trainer};
use nn::{Module, Pass, Schedule};
use tensor::{Rng, Tensor};

/// A line through four points, with validation scores that are written down beforehand.
struct Scripted<'a> {
    scores: &'a [f64],
    epoch: Cell<usize>,
}

impl Scripted<'_> {
    fn new(scores: &[f64]) -> Scripted<'_> {
        Scripted {
            scores,
            epoch: Cell::new(0),
        }
    }
}

impl Task<Linear> for Scripted<'_> {
    fn len(&self) -> usize {
        4
    }

    fn loss(&self, net: &Linear, rows: &[usize], _: &mut Pass) -> Tensor {
        let x: Vec<f32> = rows.iter().map(|&row| row as f32).collect();
        let x = Tensor::from_vec(x, &[rows.len(), 1]);
        net.forward(&x).mse_loss(&(2.0 * &x + 1.0))
    }

    fn score(&self, _: &Linear) -> f64 {
        let epoch = self.epoch.get();
        self.epoch.set(epoch + 1);
        self.scores[epoch]
    }
}

fn trainer(epochs: usize, lr: f32) -> Trainer<Linear> {
    let mut rng = Rng::new(1);
    let plan = Plan::new(2, epochs, Schedule::Constant { lr });
    let net = Linear::new(1, 1, &mut rng);
    Trainer::new(net, Optimizer::new(Sgd::default()), plan, &rng)
}

fn fit(trainer: &mut Trainer<Linear>, scores: &[f64]) -> Result<(), Stop<Infallible>> {
    trainer.fit(&Scripted::new(scores), |_| Ok(()))
}

#[test]
fn the_net_of_the_best_epoch_is_kept_and_patience_ends_the_training() {
    let scores = [0.5, 0.7, 0.6, 0.7, 0.9];
    let mut patient = trainer(5, 0.05);
    patient.plan.patience = Some(2);
    fit(&mut patient, &scores).unwrap();
    assert_eq!(patient.history.len(), 4);
    let best = patient.best.as_ref().unwrap();
    assert_eq!((best.epoch, best.score), (2, 0.7));

    let mut shorter = trainer(2, 0.05);
    fit(&mut shorter, &scores).unwrap();
    let weight = |net: &Linear| net.weight.to_vec();
    assert_eq!(weight(patient.best_net()), weight(&shorter.net));
    assert_ne!(weight(patient.best_net()), weight(&patient.net));
}

#[test]
fn a_score_that_is_no_number_is_beaten_by_any() {
    let mut first = trainer(3, 0.05);
    fit(&mut first, &[f64::NAN, 0.2, 0.1]).unwrap();
    assert_eq!(first.best.unwrap().epoch, 2);
    let mut later = trainer(3, 0.05);
    fit(&mut later, &[0.1, f64::NAN, 0.1]).unwrap();
    assert_eq!(later.best.unwrap().epoch, 1);
}

#[test]
fn whoever_watches_sees_the_loss_of_the_step() {
    let mut watched = trainer(2, 0.05);
    assert!(watched.loss.is_nan());
    let mut losses = Vec::new();
    let ended = watched.fit(&Scripted::new(&[0.0; 2]), |trainer| {
        losses.push(trainer.loss);
        Ok::<(), Infallible>(())
    });
    ended.unwrap();
    assert_eq!(losses.len(), 2 * 2);
    let mean = f64::from(losses[0] + losses[1]) / 2.0;
    assert!((watched.history[0].loss - mean).abs() < 1e-6);
}

#[test]
fn a_loss_that_is_no_number_stops_before_the_step() {
    let mut wild = trainer(100, 1e9);
    let Err(Stop::Diverged(why)) = fit(&mut wild, &[0.0; 100]) else {
        panic!("a rate of 1e9 cannot end well");
    };
    assert!(!why.loss.is_finite());
    assert_eq!((why.lr, why.step), (1e9, wild.optimizer.steps() + 1));
    assert!(
        ["weight", "bias"].contains(&why.parameter.as_str()),
        "{why}"
    );
    let parameters = wild.net.parameters();
    let mut numbers = parameters.iter().flat_map(|(_, p)| p.to_vec());
    assert!(numbers.all(f32::is_finite), "the step was made");
}
