//! First weights, and what they make of signals and gradients.

#![allow(clippy::unwrap_used)]

use ch04_training::signals::{
    DEPTH, Flow, all_equal, apart, deep, flow, learn, spread,
};
use nn::classify::Classification;
use nn::data::Labelled;
use nn::{Activation, Init, Mlp, Pass};
use tensor::{Keep, Rng, Tensor, assert_close};

/// A few hundred pictures to learn from and as many to look at, on one scale.
fn pictures() -> [Labelled; 2] {
    ch04_training::signals::pictures(500, 500).unwrap()
}

/// What the deep net does at first.
fn first_flow(activation: Activation, init: Init, seed: u64) -> Flow {
    let [batch, _] = pictures();
    let net = deep(activation, init, &mut Rng::new(seed));
    flow(&net, &batch, &mut Pass::Use)
}

/// The spread behind the last hidden layer, divided by that behind the first.
fn kept(flow: &Flow) -> f32 {
    spread(&flow.signals[DEPTH - 1]) / spread(&flow.signals[0])
}

#[test]
fn pictures_on_one_scale_have_mean_zero_and_spread_one() {
    let [training, _] = pictures();
    assert!(training.x.mean().item().abs() < 1e-4);
    assert!((spread(&training.x) - 1.0).abs() < 1e-4);
}

#[test]
fn a_probe_of_zeros_has_the_gradient_of_the_signal() {
    // Without a bend, a bias moves the signals of all examples alike: its gradient is
    // the sum of theirs.
    let mut rng = Rng::new(1);
    let net = Mlp::with_init(&[4, 6, 5, 3], Tensor::clone, Init::Xavier, &mut rng);
    let x = rng.normal_tensor(&[7, 4], 0.0, 1.0);
    let batch = Labelled::new(x, vec![0, 1, 2, 0, 1, 2, 0]);
    let seen = flow(&net, &batch, &mut Pass::Use);
    let logits = nn::Net::forward(&net, &batch.x, &mut Pass::Use);
    let gradients = logits.cross_entropy(&batch.classes).backward();
    for (gradient, layer) in seen.gradients.iter().zip(&net.layers) {
        let sum = gradient.sum_axis(0, Keep::No);
        assert_close!(sum, gradients[&layer.bias], 1e-5);
    }
}

#[test]
fn small_weights_let_signals_and_gradients_die_out() {
    for activation in [Tensor::tanh as Activation, Tensor::relu] {
        for seed in 1..=3 {
            let seen = first_flow(activation, Init::Normal(0.01), seed);
            assert!(kept(&seen) < 1e-6, "{}", kept(&seen));
            let [first, last] = [0, DEPTH - 1].map(|l| spread(&seen.gradients[l]));
            assert!(first < 1e-6 * last, "{first} of {last}");
        }
    }
}

#[test]
fn large_weights_saturate_tanh_and_blow_relu_up() {
    for seed in 1..=3 {
        let seen = first_flow(Tensor::tanh, Init::Normal(1.0), seed);
        let flat = seen.signals[DEPTH - 1].abs().gt(0.99).mean().item();
        assert!(flat > 0.5, "{flat} of the units are flat");
        let seen = first_flow(Tensor::relu, Init::Normal(1.0), seed);
        assert!(kept(&seen) > 1e5, "{}", kept(&seen));
    }
}

#[test]
fn xavier_halves_the_squares_behind_relu_at_each_layer_and_he_keeps_them() {
    for seed in 1..=3 {
        let kept =
            [Init::Xavier, Init::He].map(|i| kept(&first_flow(Tensor::relu, i, seed)));
        // Nine layers, each by the root of a half.
        let halved = 0.5_f32.powf(4.5);
        assert!((0.5..2.0).contains(&(kept[0] / halved)), "{}", kept[0]);
        assert!((0.5..2.0).contains(&kept[1]), "{}", kept[1]);
    }
}

#[test]
fn units_that_start_equal_stay_equal() {
    let [training, validation] = pictures();
    let task = Classification {
        training: &training,
        validation: &validation,
    };
    let sizes = [784, 8, 10];
    let own = Mlp::with_init(&sizes, Tensor::tanh, Init::Xavier, &mut Rng::new(1));
    let trained = |net| learn(net, &task, (0.01, 3), 1, || Ok(())).unwrap();
    let equal = trained(all_equal(&sizes, Tensor::tanh, 0.05));
    let own = trained(own);
    assert!(apart(&equal.net.layers[0]) < 1e-3);
    assert!(apart(&own.net.layers[0]) > 0.5);
    assert!(
        own.right > equal.right + 0.2,
        "{} and {}",
        own.right,
        equal.right
    );
}

#[test]
fn from_all_zeros_only_the_last_bias_moves() {
    let [training, validation] = pictures();
    let task = Classification {
        training: &training,
        validation: &validation,
    };
    let zeros = all_equal(&[784, 8, 10], Tensor::tanh, 0.0);
    let net = learn(zeros, &task, (0.01, 2), 1, || Ok(())).unwrap().net;
    for layer in &net.layers {
        assert_eq!(layer.weight.abs().max().item(), 0.0);
    }
    assert_eq!(net.layers[0].bias.abs().max().item(), 0.0);
    assert!(net.layers[1].bias.abs().max().item() > 0.0);
}
