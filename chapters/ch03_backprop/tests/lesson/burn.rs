//! burn agrees to 1e-4 with the engine, and with what was derived by hand: logits, gradients,
//! and weights after training.

#[allow(dead_code)]
#[path = "../../examples/concise.rs"]
pub mod concise;

use bridge::{back, data, whole};
use burn::nn::activation::ActivationConfig;
use burn::nn::loss::CrossEntropyLossConfig;
use burn::tensor::activation::{relu, sigmoid};
use burn::tensor::{Device, Tensor as Burn};
use ch03_backprop::by_hand::{Net, small_digits};
use ch03_backprop::gelu::gelu;
use ch03_backprop::mlp::{self, Activation};
use ch03_backprop::symmetry::{Detector, patterns};
use concise::Mlp;
use nn::data::Labelled;
use tensor::{Rng, Tensor, assert_close};

/// Activations under both names.
fn activations() -> [(Activation, ActivationConfig); 4] {
    [
        (Tensor::relu, ActivationConfig::Relu),
        (Tensor::tanh, ActivationConfig::Tanh),
        (Tensor::sigmoid, ActivationConfig::Sigmoid),
        (gelu, ActivationConfig::Gelu),
    ]
}

/// The first digits of MNIST.
fn digits(count: usize) -> Labelled {
    let images = datasets::mnist10k().expect("the digits come with the course");
    let all = Labelled::new(Tensor::from_array(images.to_f32()), images.targets());
    all.pick(&Vec::from_iter(0..count))
}

/// A net whose biases are not zero.
fn net(sizes: &[usize], activation: Activation, seed: u64) -> mlp::Mlp {
    let mut rng = Rng::new(seed).fork("burn");
    let mut net = mlp::Mlp::new(sizes, activation, &mut rng);
    for [_, bias] in &mut net.layers {
        *bias = rng.normal_tensor(bias.shape(), 0.0, 0.5).require_grad();
    }
    net
}

#[test]
fn with_the_same_weights_burn_gives_the_same_logits_and_gradients() {
    let device = Device::flex().autodiff();
    let batch = digits(64);
    for sizes in [&[784, 100, 10][..], &[784, 10], &[784, 64, 32, 32, 10]] {
        for (ours, burns) in activations() {
            let scratch = net(sizes, ours, 7);
            let copy = Mlp::with_weights_of(&scratch, burns, &device);

            let logits = scratch.forward(&batch.x); // [B, K]
            let burn_logits = copy.forward(Burn::from_data(data(&batch.x), &device));
            assert_close!(logits, back(burn_logits.clone()), 1e-4);

            let gradients = logits.cross_entropy(&batch.classes).backward();
            let classes = whole(&batch.classes, &device);
            let cross_entropy = CrossEntropyLossConfig::new().init(&device);
            let burn_gradients = cross_entropy.forward(burn_logits, classes).backward();
            for ([weights, bias], layer) in scratch.layers.iter().zip(&copy.layers) {
                let by_weights = layer.weight.grad(&burn_gradients);
                let by_weights = back(by_weights.expect("the loss depends on it"));
                assert_close!(gradients[weights].clone(), by_weights, 1e-4);
                let by_bias = layer.bias.as_ref().and_then(|b| b.grad(&burn_gradients));
                let by_bias = back(by_bias.expect("the loss depends on it"));
                assert_close!(gradients[bias].clone(), by_bias, 1e-4);
                // Gradients this large would not agree by being zero.
                assert!(by_weights_are_alive(&gradients[weights]));
            }
        }
    }
}

fn by_weights_are_alive(gradient: &Tensor) -> bool {
    gradient.abs().max().item() > 1e-3
}

#[test]
fn after_a_pass_from_the_same_weights_both_have_the_same_weights() {
    let device = Device::flex().autodiff();
    let training = digits(500);
    let mut scratch = net(&[784, 100, 10], Tensor::relu, 3);
    let copy = Mlp::with_weights_of(&scratch, ActivationConfig::Relu, &device);
    let before = scratch.layers[0][0].detach();

    let order = Rng::new(5).fork("order");
    ch03_backprop::digits::pass(&mut scratch, &training, 0.2, &mut order.clone());
    let copy = concise::pass(copy, &training, 0.2, &mut order.clone());
    for ([weights, bias], layer) in scratch.layers.iter().zip(&copy.layers) {
        assert_close!(weights.detach(), back(layer.weight.val()), 1e-4);
        let burns = layer.bias.as_ref().expect("the scratch net has biases");
        assert_close!(bias.detach(), back(burns.val()), 1e-4);
    }
    let moved = (scratch.layers[0][0].detach() - before).abs().max().item();
    assert!(moved > 0.01, "ten steps should move the weights: {moved}");
}

/// Weights `[in, out]` and a bias `[1, out]` in burn, whose gradients are wanted.
type Parameters = [Burn<2>; 2];

/// The same numbers in burn.
fn parameters(weights: &Tensor, bias: &Tensor, device: &Device) -> Parameters {
    let bias = bias.unsqueeze(0); // [out] -> [1, out]
    [weights, &bias].map(|x| Burn::from_data(data(x), device).require_grad())
}

/// X W + b.
fn affine(x: Burn<2>, [weights, bias]: &Parameters) -> Burn<2> {
    x.matmul(weights.clone()) + bias.clone()
}

/// Holds gradients of weights and a bias to burn's.
#[track_caller]
fn assert_burns(ours: [&Tensor; 2], burns: [Option<Burn<2>>; 2]) {
    let burns = burns.map(|g| back(g.expect("the loss depends on it")));
    assert_close!(ours[0].detach(), burns[0].clone(), 1e-4);
    assert_close!(ours[1].unsqueeze(0), burns[1].clone(), 1e-4);
    assert!(by_weights_are_alive(&burns[0]) && by_weights_are_alive(&burns[1]));
}

#[test]
fn the_gradients_by_hand_are_burns() {
    let device = Device::flex().autodiff();
    let (training, _) = small_digits(1).expect("the digits come with the course");
    let batch = training.pick(&Vec::from_iter(0..32));
    let targets = Tensor::one_hot(&batch.classes, 10); // [B, K]
    let mut rng = Rng::new(4).fork("burn");
    let mut net = Net::new([64, 20, 10], &mut rng);
    for layer in net.layers() {
        layer.bias = rng.normal_tensor(layer.bias.shape(), 0.0, 0.5);
    }
    let (loss, by_hand) = net.gradients(&batch.x, &targets);

    let layers = [&net.hidden, &net.output];
    let burns = layers.map(|layer| parameters(&layer.weights, &layer.bias, &device));
    let x = Burn::from_data(data(&batch.x), &device);
    let logits = affine(relu(affine(x, &burns[0])), &burns[1]);
    let cross_entropy = CrossEntropyLossConfig::new().init(&device);
    let burn_loss = cross_entropy.forward(logits, whole(&batch.classes, &device));
    assert_close!([loss], back(burn_loss.clone()), 1e-4);
    let gradients = burn_loss.backward();
    for (ours, burns) in by_hand.iter().zip(&burns) {
        let burns = burns.each_ref().map(|x| x.grad(&gradients));
        assert_burns([&ours.weights, &ours.bias], burns);
    }
}

#[test]
fn the_symmetry_detectors_gradients_are_burns() {
    let device = Device::flex().autodiff();
    let (x, targets) = patterns();
    let detector = Detector::new(&mut Rng::new(2).fork("burn"));
    let error = Detector::error(&detector.forward(&x), &targets);
    let gradients = error.backward();

    let layers = [&detector.hidden, &detector.output];
    let burns = layers.map(|layer| parameters(&layer.weights, &layer.bias, &device));
    let [x, targets] = [&x, &targets].map(|x| Burn::<2>::from_data(data(x), &device));
    let hidden = sigmoid(affine(x, &burns[0]));
    let outputs = sigmoid(affine(hidden, &burns[1]));
    let burn_error = (outputs - targets).square().sum() * 0.5;
    assert_close!([error.item()], back(burn_error.clone()), 1e-4);
    let by_burn = burn_error.backward();
    for (layer, burns) in layers.iter().zip(&burns) {
        let ours = [&gradients[&layer.weights], &gradients[&layer.bias]];
        assert_burns(ours, burns.each_ref().map(|x| x.grad(&by_burn)));
    }
}
