//! What is saved comes back to the last bit, and only what is good is written.

#![allow(clippy::unwrap_used)]

#[path = "support/files.rs"]
mod files;
#[path = "support/training.rs"]
mod training;

use std::fs;
use std::path::Path;

use files::{LESSON, place, replaced, stopped};
use nn::checkpoint::{CheckpointError, load_weights, save_weights};
use nn::layers::Linear;
use nn::optim::{Adam, Optimizer};
use nn::{Mlp, Net, Pass};
use tensor::{Rng, Tensor};
use training::{Rule, Spirals, trainer};

#[test]
fn a_training_resumed_after_any_step_ends_with_the_same_bytes() {
    for rule in [Rule::Adam, Rule::Momentum] {
        let mut whole = trainer(rule);
        whole
            .fit(&Spirals::new(), |_| Ok::<(), String>(()))
            .unwrap();
        let end = whole.to_bytes(LESSON);
        let (_folder, file) = place();
        // The first step, both sides of the end of an epoch, and the middle of a later one.
        for steps in [1, 2, 7, 8, 9, 20] {
            stopped(rule, steps).save(&file, LESSON).unwrap();
            let mut resumed = trainer(rule);
            resumed.resume(&file, LESSON).unwrap();
            assert_eq!(resumed.optimizer.steps(), steps);
            resumed
                .fit(&Spirals::new(), |_| Ok::<(), String>(()))
                .unwrap();
            assert!(resumed.to_bytes(LESSON) == end, "{rule:?}, step {steps}");
            assert_eq!(resumed.history, whole.history);
        }
    }
}

#[test]
fn a_training_that_has_not_begun_and_one_that_is_over_can_be_kept() {
    let (_folder, file) = place();
    let mut whole = trainer(Rule::Adam);
    whole.save(&file, LESSON).unwrap();
    let mut fresh = trainer(Rule::Adam);
    fresh.resume(&file, LESSON).unwrap();
    assert!(fresh.best.is_none() && fresh.history.is_empty());
    whole
        .fit(&Spirals::new(), |_| Ok::<(), String>(()))
        .unwrap();
    whole.save(&file, LESSON).unwrap();
    fresh.resume(&file, LESSON).unwrap();
    assert!(fresh.is_over() && fresh.to_bytes(LESSON) == whole.to_bytes(LESSON));
    let (kept, best) = (fresh.best.unwrap(), whole.best.unwrap());
    assert_eq!((kept.epoch, kept.score), (best.epoch, best.score));
}

#[test]
fn the_same_training_has_the_same_bytes_in_every_writing() {
    let training = stopped(Rule::Adam, 9);
    let bytes = training.to_bytes(LESSON);
    assert!((0..20).all(|_| training.to_bytes(LESSON) == bytes));
}

#[test]
fn a_missing_file_is_named_and_says_how_to_begin() {
    let (folder, file) = place();
    let mut training = trainer(Rule::Adam);
    let line = training.resume(&file, LESSON).unwrap_err().to_string();
    let words = "there is no checkpoint to go on from: start the training without --resume";
    assert_eq!(line, format!("{}: {words}", file.display()));
    let line = load_weights(&mut training.net, &file).unwrap_err();
    let words = format!("{}: there is no such file", file.display());
    assert_eq!(line.to_string(), words);
    let line = training.resume(folder.path(), LESSON).unwrap_err();
    assert!(line.to_string().contains(": cannot be read: "), "{line}");
}

#[test]
fn a_folder_that_is_not_there_cannot_be_written_to() {
    let file = Path::new("/no/such/folder/training.safetensors");
    let error = trainer(Rule::Adam).save(file, LESSON).unwrap_err();
    assert!(
        error.to_string().contains(": cannot be written: "),
        "{error}"
    );
}

#[test]
fn a_net_that_is_no_longer_good_does_not_replace_one_that_is() {
    let (folder, file) = place();
    let mut training = stopped(Rule::Adam, 9);
    training.save(&file, LESSON).unwrap();
    let good = fs::read(&file).unwrap();
    training.net.layers[1].bias = Tensor::full(&[8], f32::NAN).require_grad();
    let error = training.save(&file, LESSON).unwrap_err().to_string();
    let words =
        "not written, since layers.1.bias holds NaN or infinity; the last good file is kept";
    assert!(error.ends_with(words), "{error}");
    assert!(fs::read(&file).unwrap() == good);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn weights_come_back_with_buffers_and_go_on_learning() {
    let (_folder, file) = place();
    let net = stopped(Rule::Adam, 9).net;
    save_weights(&net, &file).unwrap();
    let mut other = training::net(&[2, 16, 8, 3], &mut Rng::new(5));
    load_weights(&mut other, &file).unwrap();
    let x = Tensor::ones(&[4, 2]);
    let logits = |net: &Mlp| net.forward(&x, &mut Pass::Use).to_vec();
    assert_eq!(logits(&other), logits(&net));
    let loss = other.forward(&x, &mut Pass::Use).square().sum();
    assert_eq!(loss.backward()[&other.layers[0].weight].shape(), [2, 16]);
}

#[test]
fn weights_of_another_net_leave_the_net_as_it_was() {
    let (_folder, file) = place();
    save_weights(&Linear::new(3, 2, &mut Rng::new(1)), &file).unwrap();
    let mut net = Linear::new(4, 2, &mut Rng::new(2));
    let before = net.weight.to_vec();
    let error: CheckpointError = load_weights(&mut net, &file).unwrap_err();
    let words =
        "tensor weight: expected [4, 2], found [3, 2]; is it the file of another net?";
    assert!(error.to_string().ends_with(words), "{error}");
    assert_eq!(net.weight.to_vec(), before);
    let bytes = replaced(&fs::read(&file).unwrap(), r#""F32""#, r#""I32""#);
    fs::write(&file, bytes).unwrap();
    let mut net = Linear::new(3, 2, &mut Rng::new(2));
    let error = load_weights(&mut net, &file).unwrap_err().to_string();
    assert!(
        error.ends_with("expected F32 numbers, found I32"),
        "{error}"
    );
}

#[test]
fn rules_print_their_settings_since_files_are_compared_by_them() {
    let rule = |rate| Optimizer::new(Adam::with_decay(rate)).rule();
    assert_ne!(rule(0.1), rule(0.2));
}
