//! Batch normalisation: its gradient, what it is indifferent to, and what a net does
//! that was not switched to use.

#![allow(clippy::unwrap_used)]

use ch04_training::norms::{back, frozen, in_company, right_in_company};
use ch04_training::signals::{deep, learn, spread};
use nn::classify::Classification;
use nn::data::Labelled;
use nn::layers::BatchNorm;
use nn::{Init, Mlp, Net, Pass};
use tensor::gradcheck::check;
use tensor::{Keep, Rng, Tensor, assert_close, no_grad};

/// A thousand pictures to learn from and five hundred to look at, on one scale.
fn pictures() -> [Labelled; 2] {
    ch04_training::signals::pictures(1000, 500).unwrap()
}

/// A layer without scale and shift of its own, while training.
fn normalised(x: &Tensor) -> Tensor {
    let [_, channels] = x.dims();
    BatchNorm::new(channels).forward(x, &Pass::Train(&mut Rng::new(0)))
}

/// A trained net with batch normalisation, and pictures that it has not seen.
fn trained() -> (Mlp, Labelled) {
    let [training, validation] = pictures();
    let task = Classification {
        training: &training,
        validation: &validation,
    };
    let net = Mlp::new(&[784, 32, 10], &mut Rng::new(1)).with_batch_norm();
    let net = learn(net, &task, (0.05, 3), 1, || Ok(())).unwrap().net;
    (net, validation)
}

#[test]
fn the_gradient_goes_through_mean_and_variance() {
    let x = Rng::new(1).normal_tensor(&[6, 3], 1.0, 2.0);
    let right = check(
        |inputs| normalised(&inputs[0]),
        std::slice::from_ref(&x),
        1e-2,
    );
    assert!(right[0].error < 2e-3, "{}", right[0].error);
    assert_close!(frozen(&x), normalised(&x), 1e-5);
    let wrong = check(|inputs| frozen(&inputs[0]), &[x], 1e-2);
    assert!(wrong[0].error > 0.1, "{}", wrong[0].error);
}

#[test]
fn the_gradient_by_hand_is_the_engines() {
    let mut rng = Rng::new(2);
    for shape in [[2, 1], [6, 3], [50, 20]] {
        let x = rng.normal_tensor(&shape, -1.0, 3.0).require_grad();
        let g = rng.normal_tensor(&shape, 0.0, 1.0);
        let gradients = (normalised(&x) * &g).sum().backward();
        assert_close!(back(&x.detach(), &g), gradients[&x], 1e-4);
    }
}

#[test]
fn no_gradient_is_left_along_a_shift_or_a_stretch_of_the_batch() {
    let mut rng = Rng::new(3);
    let x = rng.normal_tensor(&[8, 4], 0.0, 1.0);
    let by_x = back(&x, &rng.normal_tensor(&[8, 4], 0.0, 1.0));
    assert_close!(by_x.sum_axis(0, Keep::No), Tensor::zeros(&[4]), 1e-4);
    let along = (by_x * normalised(&x)).sum_axis(0, Keep::No);
    assert_close!(along, Tensor::zeros(&[4]), 1e-4);
}

#[test]
fn the_scale_of_the_weights_before_a_norm_does_not_matter_to_the_logits() {
    let [batch, _] = pictures();
    let mut rng = Rng::new(4);
    let net = deep(Tensor::relu, Init::He, &mut rng).with_batch_norm();
    let mut stretched = net.clone();
    for layer in &mut stretched.layers[..10] {
        layer.weight = (layer.weight.detach() * 10.0).require_grad();
    }
    let logits = |net: &Mlp| net.forward(&batch.x, &mut Pass::Train(&mut Rng::new(0)));
    let [one, ten] = [&net, &stretched].map(|net| {
        let logits = logits(net);
        let gradients = logits.cross_entropy(&batch.classes).backward();
        (logits.detach(), gradients[&net.layers[3].weight].clone())
    });
    assert_close!(one.0, ten.0, 1e-2);
    // Ten times the weight, a tenth of the gradient.
    let ratio = spread(&one.1) / spread(&ten.1);
    assert!((ratio - 10.0).abs() < 0.5, "{ratio}");
}

#[test]
fn alone_every_picture_gets_the_same_answer() {
    let (net, data) = trained();
    let rows: Vec<usize> = (0..200).collect();
    let alone = right_in_company(&net, &data, &rows, 1);
    // The one answer is right for one class only.
    let of = |class| rows.iter().filter(|&&r| data.classes[r] == class).count() as f32;
    assert!((0..10).any(|class| alone == of(class) / 200.0), "{alone}");
    let used = nn::classify::logits(&net, &data.x);
    assert!(nn::metrics::accuracy(&used, &data.classes) > 0.7);
}

#[test]
fn batches_of_one_class_mislead_a_net_that_was_not_switched() {
    let (net, data) = trained();
    let mixed: Vec<usize> = (0..500).collect();
    let mut sorted = mixed.clone();
    sorted.sort_by_key(|&row| data.classes[row]);
    let [mixed, sorted] =
        [mixed, sorted].map(|rows| right_in_company(&net, &data, &rows, 50));
    assert!(mixed > 0.7 && sorted < 0.5, "{mixed} and {sorted}");
}

#[test]
fn a_net_in_use_does_not_depend_on_the_batch() {
    let (net, data) = trained();
    let two = data.pick(&[0, 1]).x;
    let [both, alone] = [two.clone(), two.slice(0, 0..1)]
        .map(|x| no_grad(|| net.forward(&x, &mut Pass::Use).slice(0, 0..1)));
    assert_close!(both, alone, 1e-5);
}

#[test]
fn more_company_means_less_noise() {
    let (net, data) = trained();
    let mut rng = Rng::new(5);
    let noise = [4, 64].map(|size| {
        let seen = in_company(&net, &data, size, 100, &mut rng);
        spread(&(&seen - seen.mean_axis(0, Keep::No)))
    });
    assert!(noise[0] > 2.0 * noise[1], "{noise:?}");
}

#[test]
fn normalised_nets_learn_at_a_rate_that_the_plain_ones_do_not_survive() {
    let [training, validation] = pictures();
    let task = Classification {
        training: &training,
        validation: &validation,
    };
    for seed in 1..=3 {
        let net = deep(Tensor::relu, Init::He, &mut Rng::new(seed));
        let right = [net.clone(), net.with_batch_norm()]
            .map(|net| learn(net, &task, (0.3, 5), seed, || Ok(())).unwrap().right);
        assert!(right[0] < 0.3 && right[1] > 0.5, "{right:?}");
    }
}
