//! The claims of `nn::checkpoint`: what is saved comes back to the last bit, and what is not
//! right is refused in a line that says what to do.

#![allow(clippy::unwrap_used)]

#[path = "support/training.rs"]
mod training;

use std::fs;
use std::path::{Path, PathBuf};

use nn::checkpoint::{CheckpointError, Problem, load_weights, save_weights};
use nn::layers::Linear;
use nn::optim::{Adam, Optimizer, Sgd};
use nn::train::Trainer;
use nn::{Mlp, Net, Pass};
use proptest::prelude::*;
use tempfile::TempDir;
use tensor::{Rng, Tensor};
use training::{Rule, Spirals, trainer};

const LESSON: &str = "spirals";

/// A place for a file that is not there yet.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("training.safetensors");
    (folder, file)
}

/// A training that was stopped after so many steps.
fn stopped(rule: Rule, steps: u64) -> Trainer<Mlp> {
    let mut training = trainer(rule);
    let stop = training.fit(&Spirals::new(), |training| {
        match training.optimizer.steps() == steps {
            true => Err("enough"),
            false => Ok(()),
        }
    });
    assert_eq!(stop.unwrap_err().to_string(), "enough");
    training
}

/// The line that a reader of these bytes gets, and that nothing else happens.
fn refused(bytes: &[u8]) -> String {
    let (_folder, file) = place();
    fs::write(&file, bytes).unwrap();
    let mut training = trainer(Rule::Adam);
    let before = training.to_bytes(LESSON);
    let line = training.resume(&file, LESSON).unwrap_err().to_string();
    assert!(training.to_bytes(LESSON) == before, "it is as it was");
    assert!(!line.contains('\n'), "one line: {line}");
    let (name, words) = line.split_once(".safetensors: ").unwrap();
    assert!(name.ends_with("training"), "the file is named: {line}");
    words.to_string()
}

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
fn another_lesson_rule_plan_or_seed_is_told_apart() {
    let bytes = |training: &Trainer<Mlp>| training.to_bytes(LESSON);
    let mut other = stopped(Rule::Adam, 3);
    let words = refused(&other.to_bytes("moons"));
    assert!(words.contains("another lesson: expected spirals, found moons;"));
    let words = refused(&bytes(&stopped(Rule::Momentum, 3)));
    assert!(
        words.contains("another optimiser: expected Adam {"),
        "{words}"
    );
    other.plan.epochs += 1;
    let words = refused(&bytes(&other));
    let expected = "another plan: expected Plan { batch: 16, epochs: 6, ";
    assert!(words.contains(expected), "{words}");
    assert!(
        words.contains("found Plan { batch: 16, epochs: 7, "),
        "{words}"
    );
    let words = refused(&bytes(&training::of_seed(Rule::Adam, 2)));
    assert!(
        words.contains("another seed: expected 1, found 2;"),
        "{words}"
    );
    assert!(words.ends_with("start without --resume, or go back to what it was"));
}

#[test]
fn a_net_of_other_sizes_is_told_by_tensor_and_shapes() {
    let bytes = |sizes: &[usize]| {
        let net = training::net(sizes, &mut Rng::new(1));
        training::around(net, Rule::Adam, 1).to_bytes(LESSON)
    };
    let words = refused(&bytes(&[2, 12, 8, 3]));
    assert!(
        words.starts_with("tensor net.layers.0.weight: expected [2, 16], found [2, 12];"),
        "{words}"
    );
    let words = refused(&bytes(&[2, 16, 3]));
    assert!(
        words.starts_with("tensor net.layers.1.weight: expected [16, 8], found [16, 3];"),
        "{words}"
    );
    let words = refused(&bytes(&[2, 16, 8, 3, 3]));
    assert!(
        words.starts_with("tensor net.layers.3.bias: expected none, found [3];"),
        "{words}"
    );
    let bare = Mlp::new(&[2, 16, 8, 3], &mut Rng::new(1)).with_dropout(0.2);
    let words = refused(&training::around(bare, Rule::Adam, 1).to_bytes(LESSON));
    assert!(
        words.starts_with("tensor net.norms.0.scale: expected [16], found none;"),
        "{words}"
    );
}

#[test]
fn a_newer_format_asks_for_an_update() {
    let bytes = stopped(Rule::Adam, 3).to_bytes(LESSON);
    let newer = replaced(&bytes, r#"{\"format\":1,"#, r#"{\"format\":2,"#);
    let words = refused(&newer);
    let expected = "a checkpoint of format 2, and this program reads 1: update the course";
    assert!(words.starts_with(expected), "{words}");
}

#[test]
fn foreign_files_are_told_apart() {
    for bytes in [
        &b""[..],
        b"x",
        b"PK\x03\x04 a zip, not a tensor",
        &[0xff; 64],
    ] {
        let words = refused(bytes);
        assert!(
            words.starts_with("damaged, or no safetensors file ("),
            "{words}"
        );
    }
    let (_folder, file) = place();
    save_weights(&Linear::new(2, 2, &mut Rng::new(1)), &file).unwrap();
    let words = refused(&fs::read(&file).unwrap());
    assert!(
        words.starts_with("holds tensors, but no training"),
        "{words}"
    );
}

#[test]
fn every_file_cut_short_is_refused() {
    let bytes = stopped(Rule::Adam, 9).to_bytes(LESSON);
    let mut training = trainer(Rule::Adam);
    let (_folder, file) = place();
    for length in 0..bytes.len() {
        fs::write(&file, &bytes[..length]).unwrap();
        let error = training.resume(&file, LESSON).unwrap_err();
        assert!(
            matches!(error.problem, Problem::Damaged(_)),
            "{length}: {error}"
        );
    }
    fs::write(&file, [&bytes[..], b"x"].concat()).unwrap();
    assert!(training.resume(&file, LESSON).is_err(), "a byte too many");
}

#[test]
fn a_changed_bit_anywhere_in_a_header_is_refused() {
    let mut bytes = stopped(Rule::Adam, 9).to_bytes(LESSON);
    let mut training = trainer(Rule::Adam);
    let (_folder, file) = place();
    let mut rng = Rng::new(8).fork("bits");
    for place in 0..end_of_header(&bytes) {
        let bit = 1 << rng.below(8);
        bytes[place] ^= bit;
        fs::write(&file, &bytes).unwrap();
        let resumed = training.resume(&file, LESSON);
        assert!(resumed.is_err(), "byte {place}, bit {bit:#010b}");
        bytes[place] ^= bit;
    }
    fs::write(&file, &bytes).unwrap();
    training.resume(&file, LESSON).unwrap();
}

#[test]
fn sizes_beyond_all_bounds_are_refused() {
    let part = 1_u64 << 60;
    let tensor = |n: u64| {
        let (from, to) = (n * part, (n + 1) * part);
        format!(r#""{n:02}":{{"dtype":"U8","shape":[{part}],"data_offsets":[{from},{to}]}}"#)
    };
    let mut tensors: Vec<String> = (0..15).map(tensor).collect();
    let (from, rest) = (15 * part, part - 1);
    let last = format!(
        r#"{{"dtype":"U8","shape":[{rest}],"data_offsets":[{from},{}]}}"#,
        u64::MAX
    );
    tensors.push(format!(r#""last":{last}"#));
    let header = format!("{{{}}}", tensors.join(","));
    let bytes = [&(header.len() as u64).to_le_bytes()[..], header.as_bytes()].concat();
    assert!(refused(&bytes).contains("shorter than its header says"));
}

#[test]
fn an_optimiser_without_all_of_its_memory_is_refused() {
    let mut training = stopped(Rule::Adam, 9);
    let whole = training.to_bytes(LESSON);
    let mut kept = training.optimizer.state();
    let (name, _) = kept.pop().unwrap();
    let steps = training.optimizer.steps();
    // An optimiser that has forgotten a parameter writes no memory of it: that is allowed.
    let find = |wanted: &str, _: &Tensor| {
        let found = kept.iter().find(|(name, _)| name == wanted);
        Ok::<_, String>(found.map(|(_, tensor)| tensor.clone()))
    };
    training
        .optimizer
        .restore(&training.net, steps, find)
        .unwrap();
    let (_folder, file) = place();
    training.save(&file, LESSON).unwrap();
    trainer(Rule::Adam).resume(&file, LESSON).unwrap();
    // Half of the memory of one is not.
    let half = replaced(
        &whole,
        &format!("optimiser.{name}"),
        &format!("optimizer.{name}"),
    );
    assert!(refused(&half).contains("expected none, found"));
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
    assert_eq!(Optimizer::new(Sgd::default()).steps(), 0);
}

#[test]
fn weights_of_another_net_leave_the_net_as_it_was() {
    let (_folder, file) = place();
    save_weights(&Linear::new(3, 2, &mut Rng::new(1)), &file).unwrap();
    let mut net = Linear::new(4, 2, &mut Rng::new(2));
    let before = net.weight.to_vec();
    let error: CheckpointError = load_weights(&mut net, &file).unwrap_err();
    let words = "tensor weight: expected [4, 2], found [3, 2]; is it the file of another net?";
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

/// The bytes with every `old` replaced by a `new` of the same length.
fn replaced(bytes: &[u8], old: &str, new: &str) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut bytes = bytes.to_vec();
    let mut count = 0;
    for start in 0..bytes.len() - old.len() {
        if bytes[start..].starts_with(old.as_bytes()) {
            bytes[start..start + old.len()].copy_from_slice(new.as_bytes());
            count += 1;
        }
    }
    assert!(count > 0, "there is no {old}");
    bytes
}

/// Where the numbers begin.
fn end_of_header(bytes: &[u8]) -> usize {
    8 + u64::from_le_bytes(*bytes.first_chunk().unwrap()) as usize
}

proptest! {
    #[test]
    fn whatever_is_changed_nothing_panics(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let (_folder, file) = place();
        let mut training = training::around(
            training::net(&[2, 3, 2], &mut Rng::new(1)), Rule::Adam, 1);
        let mut bytes = training.to_bytes(LESSON);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        fs::write(&file, &bytes).unwrap();
        // A changed weight cannot be told from a weight; all else is an error.
        drop(training.resume(&file, LESSON));
        drop(load_weights(&mut training.net, &file));
        fs::write(&file, &bytes[..cut.index(bytes.len())]).unwrap();
        prop_assert!(training.resume(&file, LESSON).is_err());
    }
}

#[test]
fn rules_print_their_settings_since_files_are_compared_by_them() {
    let rule = |rate| Optimizer::new(Adam::with_decay(rate)).rule();
    assert_ne!(rule(0.1), rule(0.2));
}
