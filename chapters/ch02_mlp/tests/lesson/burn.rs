//! burn agrees with what we wrote, to 1e-4: logits, gradients, activations, losses.

#[allow(dead_code)]
#[path = "../../examples/concise.rs"]
pub mod concise;

use bridge::{back, data, whole};
use burn::nn::activation::{ActivationConfig, LeakyReluConfig};
use burn::nn::loss::{
    BinaryCrossEntropyLossConfig, CrossEntropyLossConfig, HuberLossConfig,
    LpLossConfig, MseLoss, Reduction,
};
use burn::tensor::{Device, Tensor as Burn, activation::log_softmax};
use ch02_mlp::activation::Activation;
use ch02_mlp::{loss, mlp, softmax};
use concise::Mlp;
use tensor::{Rng, Tensor};

/// Activations that burn has too, with what it calls them.
fn activations() -> [(Activation, ActivationConfig); 6] {
    let leaky = LeakyReluConfig::new().with_negative_slope(0.1);
    [
        (Activation::Identity, ActivationConfig::Identity),
        (Activation::Relu, ActivationConfig::Relu),
        (
            Activation::LeakyRelu(0.1),
            ActivationConfig::LeakyRelu(leaky),
        ),
        (Activation::Sigmoid, ActivationConfig::Sigmoid),
        (Activation::Tanh, ActivationConfig::Tanh),
        (Activation::Gelu, ActivationConfig::Gelu),
    ]
}

#[track_caller]
fn assert_near(ours: &Tensor, burns: &Tensor, what: &str) {
    assert_eq!(ours.shape(), burns.shape(), "{what}");
    for (a, b) in ours.to_vec().iter().zip(burns.to_vec()) {
        // Not `apart > 1e-4`: that would let NaN pass.
        let near = (a - b).abs() <= 1e-4;
        assert!(near, "{what}: {a} from scratch, {b} in burn");
    }
}

/// A loss of both, as one number each.
#[track_caller]
fn assert_equal_loss(ours: f32, burns: Burn<1>, what: &str) {
    assert_near(&Tensor::from([ours]), &back(burns), what);
}

/// The first digits of MNIST, `[B, 784]`, and what they show.
fn digits(count: usize) -> (Tensor, Vec<usize>) {
    let all = datasets::mnist10k().expect("the digits come with the course");
    let x = Tensor::from_array(all.to_f32()).slice(0, ..count);
    (x, all.targets()[..count].to_vec())
}

/// A net from scratch of which no number is zero, biases included.
fn net(sizes: &[usize], activation: Activation, seed: u64) -> mlp::Mlp {
    let mut rng = Rng::new(seed).fork("burn");
    let mut net = mlp::Mlp::new(sizes, activation, &mut rng);
    for layer in &mut net.layers {
        layer.bias = rng.normal_tensor(layer.bias.shape(), 0.0, 0.5);
    }
    net
}

#[test]
fn with_the_same_weights_burn_gives_the_same_logits() {
    let device = Device::flex();
    let (digits, _) = digits(256);
    let (moons, _) = nn::data::two_moons(50, 0.1, &mut Rng::new(3));
    let nets: [(&Tensor, &[usize]); 3] = [
        (&digits, &[784, 256, 128, 10]),
        (&moons, &[2, 16, 16, 1]),
        (&moons, &[2, 3]),
    ];
    for (x, sizes) in nets {
        for (ours, burns) in activations() {
            let scratch = net(sizes, ours, 5);
            let copy =
                Mlp::new(sizes, burns, &device).with_weights_of(&scratch, &device);
            let logits = back(copy.forward(Burn::from_data(data(x), &device)));
            let what = format!("logits of {sizes:?} with {}", ours.name());
            assert_near(&scratch.forward(x), &logits, &what);
        }
    }
}

#[test]
fn with_the_same_weights_burn_gives_the_same_gradients() {
    let device = Device::flex().autodiff();
    let (x, classes) = digits(64);
    let sizes = [784, 64, 32, 10];
    let smooth = |pair: &(Activation, _)| {
        // The two others are functions of plain numbers, without a history.
        !matches!(pair.0, Activation::LeakyRelu(_) | Activation::Gelu)
    };
    for (ours, burns) in activations().into_iter().filter(smooth) {
        let mut scratch = net(&sizes, ours, 5);
        for layer in &mut scratch.layers {
            layer.weights = layer.weights.require_grad();
            layer.bias = layer.bias.require_grad();
        }
        let copy = Mlp::new(&sizes, burns, &device).with_weights_of(&scratch, &device);

        let gradients = scratch.forward(&x).cross_entropy(&classes).backward();
        let logits = copy.forward(Burn::from_data(data(&x), &device));
        let cross_entropy = CrossEntropyLossConfig::new().init(&device);
        let burn_loss = cross_entropy.forward(logits, whole(&classes, &device));
        let burn_gradients = burn_loss.backward();
        for (layer, copy) in scratch.layers.iter().zip(&copy.layers) {
            let what = format!("gradient with {}", ours.name());
            let by_weights = copy.linear.weight.grad(&burn_gradients);
            let by_weights = back(by_weights.expect("the loss depends on it"));
            assert_near(&gradients[&layer.weights], &by_weights, &what);
            // Two gradients of nothing would agree too.
            assert!(by_weights.abs().max().item() > 1e-3, "{what}");
            let bias = copy.linear.bias.as_ref().expect("the copy has biases");
            let by_bias = bias.grad(&burn_gradients);
            let by_bias = back(by_bias.expect("the loss depends on it"));
            assert_near(&gradients[&layer.bias], &by_bias, &what);
        }
    }
}

#[test]
fn other_weights_give_other_logits() {
    // What the test above would miss if both nets did not look at their weights.
    let device = Device::flex();
    let (x, _) = digits(4);
    let sizes = [784, 256, 128, 10];
    let of = |seed| net(&sizes, Activation::Relu, seed).forward(&x);
    let copy = Mlp::new(&sizes, ActivationConfig::Relu, &device);
    let own = back(copy.forward(Burn::from_data(data(&x), &device)));
    for (a, b) in [(of(1), of(2)), (of(1), own)] {
        assert!((a - b).abs().max().item() > 0.1);
    }
}

#[test]
fn the_activations_are_burns() {
    let device = Device::flex();
    let z =
        Tensor::from_vec((-800..=800).map(|i| i as f32 / 100.0).collect(), &[1, 1601]);
    for (ours, burns) in activations() {
        let burns = burns.init(&device);
        let a = back(burns.forward(Burn::<2>::from_data(data(&z), &device)));
        assert_near(&ours.apply(&z), &a, ours.name());
    }
}

#[test]
fn cross_entropy_of_real_digits_is_burns() {
    let device = Device::flex();
    let (x, classes) = digits(256);
    for seed in [1, 2, 3] {
        let logits = net(&[784, 32, 10], Activation::Tanh, seed).forward(&x);
        // Then also scores that would overflow without the shift.
        for logits in [logits.clone(), 40.0 * logits] {
            let burns = Burn::<2>::from_data(data(&logits), &device);
            assert_near(
                &softmax::log_softmax(&logits),
                &back(log_softmax(burns.clone(), 1)),
                "log-softmax",
            );
            let cross_entropy = CrossEntropyLossConfig::new().init(&device);
            assert_equal_loss(
                loss::cross_entropy(&logits, &classes),
                cross_entropy.forward(burns, whole(&classes, &device)),
                "cross-entropy",
            );
        }
    }
}

#[test]
fn binary_cross_entropy_is_burns() {
    let device = Device::flex();
    let (x, classes) = nn::data::two_moons(100, 0.2, &mut Rng::new(7));
    let n = classes.len();
    let targets = classes.iter().map(|&class| class as f32).collect();
    let targets = Tensor::from_vec(targets, &[n, 1]);
    let burn_targets = whole(&classes, &device).reshape([n, 1]);
    let config = BinaryCrossEntropyLossConfig::new().with_logits(true);
    for scale in [1.0, 30.0] {
        let logits = scale * net(&[2, 8, 1], Activation::Relu, 2).forward(&x);
        let burns = Burn::<2>::from_data(data(&logits), &device);
        assert_equal_loss(
            loss::binary_cross_entropy(&logits, &targets),
            config.init(&device).forward(burns, burn_targets.clone()),
            "binary cross-entropy",
        );
    }
}

#[test]
fn losses_of_numbers_are_burns() {
    let device = Device::flex();
    let mut rng = Rng::new(11).fork("regression");
    let predictions = rng.normal_tensor(&[64, 3], 0.0, 2.0);
    let targets = rng.normal_tensor(&[64, 3], 0.5, 2.0);
    let (p, t) = (data(&predictions), data(&targets));
    let p = || Burn::<2>::from_data(p.clone(), &device);
    let t = || Burn::<2>::from_data(t.clone(), &device);

    let squared = MseLoss::new().forward(p(), t(), Reduction::Mean);
    assert_equal_loss(loss::mse(&predictions, &targets), squared, "mse");

    let absolute = LpLossConfig::l1().forward(p(), t(), Reduction::Mean);
    assert_equal_loss(loss::mae(&predictions, &targets), absolute, "mae");

    for delta in [0.1, 1.0, 3.0] {
        let huber = HuberLossConfig::new(delta).init();
        let burns = huber.forward(p(), t(), Reduction::Mean);
        let ours = loss::huber(&predictions, &targets, delta);
        assert_equal_loss(ours, burns, &format!("huber with delta {delta}"));
    }
}
