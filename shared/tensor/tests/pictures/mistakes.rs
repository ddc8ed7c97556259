//! A mistake names the operation, what it expected and what it got, at the line that made it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic;
use std::path::Path;

use tensor::Tensor;
use tensor::pictures::{Conv, Pool};

thread_local! {
    /// The words of the last panic and its file, while this thread waits for one.
    static LAST: RefCell<Option<[String; 2]>> = const { RefCell::new(None) };
}

/// An operation and a mistake.
type Case = (&'static str, fn());

/// Ten pictures of 4 channels, 6 rows and 5 columns.
fn x() -> Tensor {
    zeros(&[10, 4, 6, 5])
}

/// Pictures without their axis of channels.
fn flat() -> Tensor {
    zeros(&[10, 6, 5])
}

fn zeros(shape: &[usize]) -> Tensor {
    Tensor::zeros(shape)
}

fn how() -> Conv {
    Conv::default()
}

fn down(x: &Tensor, weight: &[usize], how: Conv) {
    drop(x.conv2d(&zeros(weight), None, how));
}

fn up(x: &Tensor, weight: &[usize], how: Conv) {
    drop(x.conv_transpose2d(&zeros(weight), None, how, [0, 0]));
}

const CONVOLUTIONS: [Case; 23] = [
    ("conv2d", || down(&flat(), &[8, 4, 3, 3], how())),
    ("conv2d", || down(&x(), &[8, 4, 3], how())),
    ("conv2d", || down(&x(), &[8, 3, 3, 3], how())),
    ("conv2d", || down(&x(), &[8, 4, 3, 3], how().groups(2))),
    ("conv2d", || down(&x(), &[9, 1, 3, 3], how().groups(3))),
    ("conv2d", || down(&x(), &[7, 2, 3, 3], how().groups(2))),
    ("conv2d", || down(&x(), &[8, 4, 3, 3], how().groups(0))),
    ("conv2d", || down(&x(), &[8, 4, 7, 3], how())),
    ("conv2d", || down(&x(), &[8, 4, 3, 8], how().padding(1))),
    ("conv2d", || down(&x(), &[8, 4, 3, 3], how().dilation(3))),
    ("conv2d", || down(&x(), &[8, 4, 0, 3], how())),
    ("conv2d", || down(&x(), &[8, 4, 3, 3], how().stride(0))),
    ("conv2d", || down(&x(), &[8, 4, 3, 3], how().dilation(0))),
    ("conv2d", || drop(x().conv2d(&zeros(&[8, 4, 3, 3]), Some(&zeros(&[4])), how()))),
    ("conv2d", || drop(x().conv2d(&zeros(&[8, 4, 3, 3]), Some(&zeros(&[8, 1])), how()))),
    ("conv_transpose2d", || up(&flat(), &[4, 8, 3, 3], how())),
    ("conv_transpose2d", || up(&x(), &[4, 8, 3], how())),
    ("conv_transpose2d", || up(&x(), &[3, 8, 3, 3], how())),
    ("conv_transpose2d", || up(&x(), &[4, 8, 3, 3], how().groups(3))),
    ("conv_transpose2d", || up(&x(), &[4, 8, 3, 3], how().stride(0))),
    ("conv_transpose2d", || up(&x(), &[4, 8, 1, 1], how().padding(3))),
    ("conv_transpose2d", || up(&zeros(&[1, 4, 0, 5]), &[4, 8, 3, 3], how())),
    ("conv_transpose2d", || {
        drop(x().conv_transpose2d(&zeros(&[4, 8, 3, 3]), Some(&zeros(&[4])), how(), [0, 0]));
    }),
];

const POOLS: [Case; 14] = [
    ("max_pool2d", || drop(flat().max_pool2d(Pool::new(2)))),
    ("max_pool2d", || drop(x().max_pool2d(Pool::new(6)))),
    ("max_pool2d", || drop(x().max_pool2d(Pool::new(0)))),
    ("max_pool2d", || drop(x().max_pool2d(Pool::new(2).stride(0)))),
    ("max_pool2d", || drop(x().max_pool2d(Pool::new(3).padding(2)))),
    ("avg_pool2d", || drop(flat().avg_pool2d(Pool::new(2)))),
    ("avg_pool2d", || drop(x().avg_pool2d(Pool::new(6)))),
    ("avg_pool2d", || drop(x().avg_pool2d(Pool::new(0)))),
    ("avg_pool2d", || drop(x().avg_pool2d(Pool::new(2).stride(0)))),
    ("avg_pool2d", || drop(x().avg_pool2d(Pool::new(3).padding(2)))),
    ("adaptive_avg_pool2d", || drop(flat().adaptive_avg_pool2d([2, 2]))),
    ("adaptive_max_pool2d", || drop(flat().adaptive_max_pool2d([2, 2]))),
    ("adaptive_max_pool2d", || drop(zeros(&[1, 1, 0, 3]).adaptive_max_pool2d([2, 2]))),
    ("global_avg_pool2d", || drop(flat().global_avg_pool2d())),
];

const OTHERS: [Case; 7] = [
    ("batch_norm", || drop(zeros(&[4]).batch_norm(&zeros(&[4]), &zeros(&[4]), 1e-5))),
    ("batch_norm", || drop(x().batch_norm(&zeros(&[5]), &zeros(&[4]), 1e-5))),
    ("batch_norm", || drop(x().batch_norm(&zeros(&[4]), &zeros(&[4, 1]), 1e-5))),
    ("batch_norm", || drop(zeros(&[0, 4]).batch_norm(&zeros(&[4]), &zeros(&[4]), 1e-5))),
    ("resize_bilinear", || drop(flat().resize_bilinear([3, 3]))),
    ("resize_bilinear", || drop(x().resize_bilinear([0, 3]))),
    ("resize_bilinear", || drop(zeros(&[1, 1, 3, 0]).resize_bilinear([3, 3]))),
];

/// What is wrong with the panic of a mistake.
fn complaint(operation: &str, mistake: fn()) -> Option<String> {
    LAST.set(Some(Default::default()));
    let panicked = panic::catch_unwind(mistake).is_err();
    let [message, file] = LAST.take()?;
    if !panicked {
        return Some("no panic".to_string());
    }
    let said = |word: &str| message.contains(word);
    if !message.starts_with(&format!("{operation}: ")) || !said("expected") || !said("got") {
        return Some(format!("said {message:?}"));
    }
    (file != file!()).then(|| format!("was reported at {file}: {message}"))
}

#[test]
fn a_mistake_says_what_was_expected_and_what_came() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let message = info.payload_as_str().unwrap_or_default().to_string();
        let seen = [message, info.location().unwrap().file().to_string()];
        if LAST.with_borrow_mut(|last| last.as_mut().map(|last| *last = seen)).is_none() {
            print(info);
        }
    }));
    let cases = CONVOLUTIONS.iter().chain(&POOLS).chain(&OTHERS).enumerate();
    let complaints = cases.filter_map(|(place, &(operation, mistake))| {
        complaint(operation, mistake).map(|what| format!("mistake {place}, {operation}: {what}"))
    });
    let complaints: Vec<String> = complaints.collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_operation_that_can_fail_is_among_the_mistakes() {
    let cases = CONVOLUTIONS.iter().chain(&POOLS).chain(&OTHERS);
    let tried: BTreeSet<&str> = cases.map(|(operation, _)| *operation).collect();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pictures");
    let mut found = 0;
    for entry in std::fs::read_dir(sources).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for after in text.split("#[track_caller]\n    pub fn ").skip(1) {
            let name = after.split('(').next().unwrap();
            assert!(tried.contains(name), "without a mistake in this file: {name}");
            found += 1;
        }
    }
    assert!(found >= 9, "the sources were read: {found}");
}
