//! The file of weights, and the net that they belong to.

use std::num::NonZeroU32;

use ch07_yolo::face::net::FaceNet;
use ch07_yolo::face::published_weights;
use ch07_yolo::face::weights::{Quantised, Weights};
use nn::Module;
use proptest::prelude::*;
use tensor::pictures::Conv;
use tensor::{Rng, Tensor, assert_close};

fn bits(bits: u32) -> NonZeroU32 {
    NonZeroU32::new(bits).expect("not zero")
}

/// The net with these weights.
fn net(weights: &Weights) -> datasets::Result<FaceNet> {
    FaceNet::new(&|name, shape| weights.get(name, shape), 1)
}

/// A list of one tensor `a` of two numbers, with this ruler.
fn list(shape: &str, dtype: &str, scale: &str) -> String {
    format!(
        r#"[{{"paths": ["x.bin"], "weights": [{{"name": "a", "shape": {shape},
            "dtype": "float32",
            "quantization":
                {{"dtype": "{dtype}", "scale": {scale}, "min": -1.0}}}}]}}]"#
    )
}

#[test]
fn a_byte_is_the_smallest_weight_plus_so_many_steps() {
    let list = list("[2]", "uint8", "0.5");
    let weights =
        Weights::read("x.bin", list.as_bytes(), &[0, 3]).expect("a sound file");
    let a = weights.get("a", &[2]).expect("it has the tensor");
    assert_eq!(a.to_vec(), [-1.0, 0.5]);
    assert_eq!(weights.tensors[0].1.largest_error(), 0.25);
}

#[test]
fn a_file_that_is_not_as_its_list_says_is_refused_with_file_and_place() {
    let complaint = |list: &str, bytes: &[u8]| {
        let wrong =
            Weights::read("x.bin", list.as_bytes(), bytes).expect_err("unsound");
        wrong.to_string()
    };
    let sound = list("[2]", "uint8", "0.5");
    for (list, bytes, words) in [
        (
            sound.clone(),
            &[0][..],
            "a: expected the bytes of a tensor [2], found 1 bytes",
        ),
        (
            sound.clone(),
            &[0; 5],
            "byte 2: expected the end of the file, found 3 bytes more",
        ),
        (
            list("[2]", "uint16", "0.5"),
            &[0; 4],
            "expected weights of one byte, uint8",
        ),
        (
            list("[2]", "uint8", "0.0"),
            &[0; 2],
            "expected a scale above 0",
        ),
        (
            list("[0]", "uint8", "0.5"),
            &[0; 2],
            "expected the bytes of a tensor [0]",
        ),
        (
            list("[4294967296, 4294967296, 2]", "uint8", "0.5"),
            &[0; 2],
            "expected the bytes of a tensor",
        ),
        (
            "{}".to_owned(),
            &[0; 2],
            "line 1: expected a list of tensors",
        ),
        (
            sound[..90].to_owned(),
            &[0; 2],
            "line 2: expected a list of tensors",
        ),
    ] {
        let got = complaint(&list, bytes);
        assert!(got.starts_with("x.bin, ") && got.contains(words), "{got}");
        assert_eq!(got.lines().count(), 1, "{got}");
    }
}

#[test]
fn a_tensor_of_another_shape_or_name_is_refused() {
    let list = list("[2]", "uint8", "0.5");
    let weights =
        Weights::read("x.bin", list.as_bytes(), &[0, 3]).expect("a sound file");
    for (name, shape, words) in [
        (
            "a",
            &[1, 2][..],
            "x.bin, a: expected a tensor of the shape [1, 2], found [2]",
        ),
        (
            "b",
            &[2],
            "x.bin, b: expected a tensor of the shape [2], found none",
        ),
    ] {
        let wrong = weights.get(name, shape).expect_err("it has another");
        assert_eq!(wrong.to_string(), words);
    }
    assert!(net(&weights).is_err());
}

#[test]
fn shaken_weights_stay_within_half_a_step_of_the_longer_ruler() {
    let list = list("[400]", "uint8", "0.5");
    let weights =
        Weights::read("x.bin", list.as_bytes(), &[7; 400]).expect("a sound file");
    let rng = Rng::new(1).fork("shaken");
    let moved = |factor: f32| {
        let shaken = weights
            .shaken("a", &[400], factor, &rng)
            .expect("it has the tensor");
        (shaken - 2.5).abs() // -1 + 7 · 0.5
    };
    assert!(moved(1.0).max().item() <= 0.25 && moved(1.0).max().item() > 0.24);
    assert!(moved(4.0).max().item() <= 1.0 && moved(4.0).max().item() > 0.95);
}

#[test]
fn equal_weights_survive_any_ruler() {
    let same = Tensor::full(&[3], -0.7);
    assert_eq!(Quantised::of(&same, bits(1)).weights().to_vec(), [-0.7; 3]);
}

proptest! {
    #[test]
    fn no_weight_moves_by_more_than_half_a_step(
        values in prop::collection::vec(-10.0_f32..10.0, 1..40),
        b in 1_u32..=8,
    ) {
        let weights = Tensor::from(values.as_slice());
        let coarse = Quantised::of(&weights, bits(b));
        let moved = (coarse.weights() - &weights).abs().max().item();
        prop_assert!(f64::from(moved) <= coarse.largest_error() + 1e-5);
        prop_assert!(coarse.bytes.iter().all(|&byte| u32::from(byte) < 1 << b));
        // Once on a ruler, weights stay: the ends of the ruler are among them.
        let again = Quantised::of(&coarse.weights(), bits(b)).weights();
        prop_assert!((again - coarse.weights()).abs().max().item() < 1e-5);
    }
}

#[test]
fn the_net_has_as_many_weights_as_the_file_has_bytes() {
    let weights = published_weights().expect("they come with the course");
    let net = net(&weights).expect("it is their net");
    assert_eq!((weights.count(), net.parameter_count()), (193_321, 193_321));
}

#[test]
fn a_separable_convolution_is_an_ordinary_one_whose_kernels_are_products() {
    let weights = published_weights().expect("they come with the course");
    let net = net(&weights).expect("it is their net");
    let block = &net.blocks[0]; // 16 channels to 32
    let x = Rng::new(1)
        .fork("x")
        .normal_tensor(&[2, 16, 7, 6], 0.0, 1.0); // [B, C, H, W]
    let each = block.depthwise.weight.reshape(&[1, 16, 3, 3]); // [1, C, K, K]
    let kernels = &block.pointwise.weight * &each; // [O, C, 1, 1] x [1, C, K, K]
    let bias = block.pointwise.bias.as_ref();
    let ordinary = x.conv2d(&kernels, bias, Conv::default().padding(1));
    assert_close!(block.forward(&x), ordinary, 1e-4);
}
