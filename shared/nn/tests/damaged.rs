//! What is not right about a checkpoint is told in a line, whatever it is, and nothing panics.

#![allow(clippy::unwrap_used)]

#[path = "support/files.rs"]
mod files;
#[path = "support/training.rs"]
mod training;

use std::fs;

use files::{LESSON, end_of_header, place, refused, replaced, stopped};
use nn::Mlp;
use nn::checkpoint::{Problem, load_described, load_weights, save_described, save_weights};
use nn::layers::Linear;
use nn::train::Trainer;
use proptest::prelude::*;
use tensor::{Rng, Tensor};
use training::{Rule, trainer};

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
fn a_net_that_says_what_it_is_is_built_from_its_words() {
    let (_folder, file) = place();
    let net = Linear::new(3, 2, &mut Rng::new(1));
    save_described(&net, "3 2", &file).unwrap();
    let build = |words: &str| {
        let (from, to) = words.split_once(' ').ok_or("two numbers are missing")?;
        let size = |word: &str| word.parse().map_err(|_| format!("{word}: no number"));
        Ok(Linear::new(size(from)?, size(to)?, &mut Rng::new(2)))
    };
    let read = load_described(&file, build).unwrap();
    assert_eq!(read.weight.to_vec(), net.weight.to_vec());
    // Other programs, and this one where it knows the net, need no words.
    load_weights(&mut Linear::new(3, 2, &mut Rng::new(3)), &file).unwrap();

    let line = |file| load_described(file, build).err().unwrap().to_string();
    save_described(&net, "three\n2 x", &file).unwrap();
    assert!(
        line(&file).contains("holds no net that can be built (three 2: no number): give"),
        "{}",
        line(&file)
    );
    save_described(&net, "3 1", &file).unwrap();
    assert!(line(&file).contains("tensor weight: expected [3, 1], found [3, 2];"));
    save_weights(&net, &file).unwrap();
    assert!(line(&file).contains("(its header does not say which)"));
    fs::write(&file, "Dear net,").unwrap();
    assert!(line(&file).contains("holds no net that can be built ("));
    fs::remove_file(&file).unwrap();
    assert!(line(&file).ends_with("there is no such file"));
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
