//! burn agrees with the nets from scratch to 1e-4.

#[allow(dead_code)]
#[path = "../../examples/concise.rs"]
pub mod concise;

use bridge::{back, data};
use burn::module::Module as _;
use burn::tensor::{Device, Tensor as Burn};
use ch05_cnn::models::{LeNet, Vgg};
use nn::{Net, Pass};
use tensor::{Rng, Tensor, assert_close};

/// Random pictures.
fn pictures(shape: [usize; 4]) -> Tensor {
    Rng::new(11).normal_tensor(&shape, 0.0, 1.0)
}

#[test]
fn with_the_same_weights_lenet_gives_the_same_logits() {
    let device = Device::flex();
    let mut net = LeNet::new(1, 28, 10, &mut Rng::new(1));
    let mut rng = Rng::new(2);
    for bias in [&mut net.conv1.bias, &mut net.conv2.bias]
        .into_iter()
        .flatten()
    {
        *bias = rng.normal_tensor(bias.shape(), 0.0, 0.5);
    }
    let copy = concise::LeNet::with_weights_of(&net, &device);
    let x = pictures([5, 1, 28, 28]);
    let ours = net.forward(&x, &mut Pass::Use);
    let burns = copy.forward(Burn::from_data(data(&x), &device));
    assert_close!(ours, back(burns), 1e-4);
}

#[test]
fn with_the_same_weights_vgg_gives_the_same_logits_in_use_and_while_training() {
    let device = Device::flex().autodiff();
    let mut rng = Rng::new(3);
    let net = Vgg::new(3, &[8, 16], 2, 10, &mut rng);
    let x = pictures([6, 3, 16, 16]);
    // A first pass, so that the running averages are not those of the start.
    net.forward(&pictures([32, 3, 16, 16]), &mut Pass::Train(&mut rng));
    let copy = concise::Vgg::with_weights_of(&net, &device);
    let burns = copy.forward(Burn::from_data(data(&x), &device));
    let ours = net.clone().forward(&x, &mut Pass::Train(&mut rng));
    assert_close!(ours.detach(), back(burns), 1e-4);
    let copy = concise::Vgg::with_weights_of(&net, &device).valid();
    let device = Device::flex();
    let burns = copy.forward(Burn::from_data(data(&x), &device));
    let ours = net.forward(&x, &mut Pass::Use);
    assert_close!(ours.detach(), back(burns), 1e-4);
}
