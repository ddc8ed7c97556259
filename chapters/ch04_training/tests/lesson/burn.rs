//! burn agrees with `nn` to 1e-4: logits, gradients, and weights after steps of AdamW.

#[allow(dead_code)]
#[path = "../../examples/concise.rs"]
pub mod concise;

use bridge::{back, data, whole};
use burn::module::Module as _;
use burn::nn::loss::CrossEntropyLossConfig;
use burn::optim::{AdamWConfig, GradientsParams};
use burn::tensor::{Device, Tensor as Burn};
use ch04_training::clothes::Clothes;
use concise::Mlp;
use nn::data::Labelled;
use nn::optim::{Adam, AdamW, Optimizer};
use nn::{Mlp as Scratch, Net, Pass};
use tensor::{Gradients, Rng, Tensor, assert_close};

/// The first pictures of the clothes.
fn clothes(count: usize) -> Labelled {
    let clothes = Clothes::load().expect("the clothes come with the course");
    clothes.training.pick(&Vec::from_iter(0..count))
}

/// A net whose biases and running averages are not those of the start.
fn net() -> Scratch {
    let mut rng = Rng::new(7).fork("burn");
    let mut net = Scratch::new(&[784, 64, 32, 10], &mut rng).with_batch_norm();
    for layer in &mut net.layers {
        layer.bias = rng.normal_tensor(layer.bias.shape(), 0.0, 0.5);
        layer.bias = layer.bias.require_grad();
    }
    for norm in &mut net.norms {
        norm.scale = rng.normal_tensor(norm.scale.shape(), 1.0, 0.2);
        norm.scale = norm.scale.require_grad();
    }
    net.forward(&clothes(64).x, &mut Pass::Train(&mut rng));
    net
}

/// Gradients of both by one batch, while training.
fn gradients(
    scratch: &Scratch,
    copy: &Mlp,
    batch: &Labelled,
) -> (Gradients, burn::tensor::Gradients) {
    let device = &copy.layers[0].weight.device();
    let logits = scratch.forward(&batch.x, &mut Pass::Train(&mut Rng::new(1)));
    let burns = copy.forward(Burn::from_data(data(&batch.x), device));
    assert_close!(logits, back(burns.clone()), 1e-4);
    let cross_entropy = CrossEntropyLossConfig::new().init(device);
    let loss = cross_entropy.forward(burns, whole(&batch.classes, device));
    let ours = logits.cross_entropy(&batch.classes).backward();
    (ours, loss.backward())
}

#[test]
fn with_the_same_weights_burn_gives_the_same_logits_and_gradients() {
    let device = Device::flex().autodiff();
    let scratch = net();
    let copy = Mlp::with_weights_of(&scratch, &device);
    let (ours, burns) = gradients(&scratch, &copy, &clothes(64));
    for (layer, other) in scratch.layers.iter().zip(&copy.layers) {
        let by_weights = other.weight.grad(&burns).expect("the loss depends on it");
        assert_close!(ours[&layer.weight].clone(), back(by_weights), 1e-4);
        let bias = other.bias.as_ref().and_then(|bias| bias.grad(&burns));
        let by_bias = back(bias.expect("the loss depends on it"));
        assert_close!(ours[&layer.bias].clone(), by_bias, 1e-4);
        assert!(
            ours[&layer.weight].abs().max().item() > 1e-3,
            "not by being zero"
        );
    }
    for (norm, other) in scratch.norms.iter().zip(&copy.norms) {
        let by_scale = other.gamma.grad(&burns).expect("the loss depends on it");
        assert_close!(ours[&norm.scale].clone(), back(by_scale), 1e-4);
        let by_shift = other.beta.grad(&burns).expect("the loss depends on it");
        assert_close!(ours[&norm.shift].clone(), back(by_shift), 1e-4);
    }
}

#[test]
fn in_use_both_take_the_running_averages() {
    let scratch = net();
    let copy = Mlp::with_weights_of(&scratch, &Device::flex().autodiff()).valid();
    let batch = clothes(7);
    let device = &copy.layers[0].weight.device();
    let burns = copy.forward(Burn::from_data(data(&batch.x), device));
    let ours = scratch.forward(&batch.x, &mut Pass::Use);
    assert_close!(ours, back(burns), 1e-4);
}

#[test]
fn three_steps_of_adamw_lead_to_the_same_weights() {
    let (mut scratch, all) = (net(), clothes(192));
    let mut copy = Mlp::with_weights_of(&scratch, &Device::flex().autodiff());
    let before = scratch.layers[0].weight.detach();
    // burn's default epsilon. Ours is PyTorch's, so small that a gradient that is zero but
    // for rounding, as that of a bias before batch norm, moves it by a whole step.
    let adam = Adam {
        epsilon: 1e-5,
        ..Adam::with_decay(0.05)
    };
    let mut ours = Optimizer::new(AdamW {
        adam,
        only_matrices: false,
    });
    let mut burns = AdamWConfig::new().with_weight_decay(0.05).init();
    for step in 0..3 {
        let batch = all.pick(&Vec::from_iter(64 * step..64 * (step + 1)));
        let (gradients, theirs) = gradients(&scratch, &copy, &batch);
        ours.step(&mut scratch, &gradients, 0.002);
        let theirs = GradientsParams::from_grads(theirs, &copy);
        copy = burns.step(0.002, copy, theirs);
    }
    for (layer, other) in scratch.layers.iter().zip(&copy.layers) {
        assert_close!(layer.weight.detach(), back(other.weight.val()), 1e-4);
        let bias = other.bias.as_ref().expect("the scratch net has biases");
        assert_close!(layer.bias.detach(), back(bias.val()), 1e-4);
    }
    let moved = (scratch.layers[0].weight.detach() - before).abs();
    let moved: f32 = Tensor::max(&moved).item();
    assert!(
        moved > 0.003,
        "three steps should move the weights: {moved}"
    );
}
