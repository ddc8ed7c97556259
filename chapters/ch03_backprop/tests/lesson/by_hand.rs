//! The backward passes written by hand: small numbers, central differences, and the
//! course's engine.

use ch03_backprop::by_hand::{Descent, Net, small_digits};
use ch03_backprop::central::{central_differences, largest_error, probe};
use ch03_backprop::dense::{Dense, relu, relu_backward};
use ch03_backprop::softmax::{
    cross_entropy, cross_entropy_backward, cross_entropy_from_logits, fused_backward,
    jacobian, softmax, softmax_backward,
};
use proptest::prelude::*;
use tensor::{Keep, Rng, Tensor, assert_close};

/// Normal logits, and one-hot targets for them.
fn rows(seed: u64, b: usize, k: usize, deviation: f32) -> (Tensor, Tensor) {
    let mut rng = Rng::new(seed);
    let logits = rng.normal_tensor(&[b, k], 0.0, deviation);
    let classes: Vec<usize> = (0..b).map(|_| rng.below(k)).collect();
    (logits, Tensor::one_hot(&classes, k))
}

#[test]
fn relu_lets_back_only_what_it_let_through() {
    let (a, mask) = relu(&Tensor::from([-2.0, 0.0, 3.0]));
    assert_eq!(a.to_vec(), [0.0, 0.0, 3.0]);
    let back = relu_backward(&mask, &Tensor::from([5.0, 6.0, 7.0]));
    assert_eq!(back.to_vec(), [0.0, 0.0, 7.0]);
}

#[test]
fn central_differences_find_the_slopes_of_a_parabola() {
    let x = Tensor::from([[1.0, -2.0], [0.5, 4.0]]);
    let slopes = central_differences(|x| f64::from(x.square().sum().item()), &x, 0.01);
    assert_close!(slopes, 2.0 * x, 1e-3);
}

#[test]
fn an_error_that_is_no_number_is_not_a_small_one() {
    let bad = Tensor::from([1.0, f32::NAN]);
    let good = Tensor::from([1.0, 2.0]);
    assert!(largest_error(&bad, &good).is_nan());
}

#[test]
fn the_net_by_hand_and_the_engine_find_the_same_gradients() {
    let mut rng = Rng::new(7);
    let net = Net::new([6, 5, 4], &mut rng);
    let x = rng.normal_tensor(&[3, 6], 0.0, 1.0);
    let (classes, targets) = ([2, 0, 3], Tensor::one_hot(&[2, 0, 3], 4));
    let (loss, by_hand) = net.gradients(&x, &targets);

    let [hidden, output] = [&net.hidden, &net.output].map(|layer| Dense {
        weights: layer.weights.require_grad(),
        bias: layer.bias.require_grad(),
    });
    let a = (x.matmul(&hidden.weights) + &hidden.bias).relu();
    let by_engine = (a.matmul(&output.weights) + &output.bias).cross_entropy(&classes);
    assert!((loss - by_engine.item()).abs() < 1e-6);
    let gradients = by_engine.backward();
    for (layer, by_hand) in [hidden, output].iter().zip(&by_hand) {
        assert_close!(by_hand.weights, gradients[&layer.weights], 1e-6);
        assert_close!(by_hand.bias, gradients[&layer.bias], 1e-6);
    }
}

#[test]
fn nothing_by_hand_is_recorded() {
    let net = Net::new([3, 4, 2], &mut Rng::new(1));
    let x = Tensor::ones(&[2, 3]);
    let (_, gradients) = net.gradients(&x, &Tensor::one_hot(&[0, 1], 2));
    assert!(!net.forward(&x).requires_grad());
    assert!(gradients.iter().all(|g| !g.weights.requires_grad()));
}

#[test]
fn a_net_trained_by_hand_reads_small_digits() -> anyhow::Result<()> {
    for seed in 1..=3 {
        let (training, held_out) = small_digits(seed)?;
        let mut rng = Rng::new(seed).fork("by hand");
        let mut net = Net::new([64, 32, 10], &mut rng);
        let how = Descent { batch: 50, lr: 0.3 };
        let losses: Vec<f32> = (0..15)
            .map(|_| net.pass(&training, how, &mut rng))
            .collect();
        assert!(losses[14] < 0.2 * losses[0], "seed {seed}: {losses:?}");
        let right = net.right(&held_out);
        assert!(right > 0.9, "seed {seed}: {right} of the held-out digits");
    }
    Ok(())
}

#[test]
fn a_missing_division_by_the_batch_is_found_by_central_differences() {
    let (logits, targets) = rows(3, 4, 5, 1.0);
    let loss = |z: &Tensor| f64::from(cross_entropy_from_logits(z, &targets).item());
    let measured = central_differences(loss, &logits, 0.01);
    let right = fused_backward(&softmax(&logits), &targets);
    assert!(largest_error(&right, &measured) < 1e-2);
    assert!(largest_error(&(4.0 * &right), &measured) > 1.0);
}

#[test]
fn the_jacobian_of_one_half_and_two_quarters_is_known_in_sixteenths() {
    let j = jacobian(&Tensor::from([0.5, 0.25, 0.25]));
    let sixteenths = [[4.0, -2.0, -2.0], [-2.0, 3.0, -1.0], [-2.0, -1.0, 3.0]];
    assert_close!(16.0 * j, Tensor::from(sixteenths), 1e-6);
}

#[test]
fn beyond_a_gap_of_89_only_the_fused_way_has_a_gradient() {
    let targets = Tensor::from([[0.0, 1.0]]);
    let slopes = |gap: f32| {
        let logits = Tensor::from([[0.0, -gap]]);
        let p = softmax(&logits);
        let two_steps = softmax_backward(&p, &cross_entropy_backward(&p, &targets));
        [two_steps, fused_backward(&p, &targets)].map(|g| g.to_vec()[1])
    };
    let [two_steps, fused] = slopes(80.0);
    assert!((two_steps + 1.0).abs() < 1e-6 && (fused + 1.0).abs() < 1e-6);
    let [two_steps, fused] = slopes(90.0);
    assert!(two_steps.is_nan());
    assert_eq!(fused, -1.0);
}

#[test]
fn the_loss_from_logits_survives_logits_of_a_thousand() {
    let (logits, targets) = (Tensor::from([[1000.0, 0.0]]), Tensor::from([[0.0, 1.0]]));
    assert_eq!(cross_entropy_from_logits(&logits, &targets).item(), 1000.0);
    assert!(
        cross_entropy(&softmax(&logits), &targets)
            .item()
            .is_infinite()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_layer_agrees_with_central_differences(
        seed in 0_u64..1000, b in 1_usize..6, inputs in 1_usize..6, outputs in 1_usize..6,
    ) {
        let mut rng = Rng::new(seed);
        let mut layer = Dense::new(inputs, outputs, &mut rng);
        layer.bias = rng.normal_tensor(&[outputs], 0.0, 1.0);
        let x = rng.normal_tensor(&[b, inputs], 0.0, 1.0);
        let g = rng.normal_tensor(&[b, outputs], 0.0, 1.0);
        let (_, kept) = layer.forward(&x);
        let by = layer.backward(&kept, &g);
        let with = |weights: &Tensor, bias: &Tensor, x: &Tensor| {
            let layer = Dense { weights: weights.clone(), bias: bias.clone() };
            probe(&layer.forward(x).0, &g)
        };
        let (w, bias) = (&layer.weights, &layer.bias);
        assert_close!(by.x, central_differences(|x| with(w, bias, x), &x, 0.02), 2e-3);
        assert_close!(by.weights, central_differences(|w| with(w, bias, &x), w, 0.02), 2e-3);
        assert_close!(by.bias, central_differences(|b| with(w, b, &x), bias, 0.02), 2e-3);
    }

    #[test]
    fn the_jacobian_is_symmetric_and_its_rows_add_up_to_nothing(
        seed in 0_u64..1000, k in 1_usize..12,
    ) {
        let p = softmax(&Rng::new(seed).normal_tensor(&[1, k], 0.0, 2.0)).reshape(&[k]);
        let j = jacobian(&p);
        assert_close!(j, j.t(), 1e-7);
        assert_close!(j.sum_axis(1, Keep::No), Tensor::zeros(&[k]), 1e-6);
    }

    #[test]
    fn the_product_with_the_jacobian_needs_no_jacobian(
        seed in 0_u64..1000, k in 1_usize..12,
    ) {
        let mut rng = Rng::new(seed);
        let p = softmax(&rng.normal_tensor(&[1, k], 0.0, 2.0));
        let g = rng.normal_tensor(&[1, k], 0.0, 1.0);
        let built = g.matmul(&jacobian(&p.reshape(&[k])));
        assert_close!(softmax_backward(&p, &g), built, 1e-5);
    }

    #[test]
    fn two_steps_and_the_fused_one_agree_on_ordinary_logits(
        seed in 0_u64..1000, b in 1_usize..6, k in 2_usize..12,
    ) {
        let (logits, targets) = rows(seed, b, k, 3.0);
        let p = softmax(&logits);
        let two_steps = softmax_backward(&p, &cross_entropy_backward(&p, &targets));
        assert_close!(two_steps, fused_backward(&p, &targets), 1e-5);
        let (by_p, by_logits) =
            (cross_entropy(&p, &targets), cross_entropy_from_logits(&logits, &targets));
        assert_close!(by_p, by_logits, 1e-4);
    }

    #[test]
    fn softmax_agrees_with_central_differences(seed in 0_u64..1000, k in 1_usize..8) {
        let mut rng = Rng::new(seed);
        let logits = rng.normal_tensor(&[2, k], 0.0, 2.0);
        let g = rng.normal_tensor(&[2, k], 0.0, 1.0);
        let measured = central_differences(|z| probe(&softmax(z), &g), &logits, 0.01);
        assert_close!(softmax_backward(&softmax(&logits), &g), measured, 1e-3);
    }

    #[test]
    fn the_gradient_by_the_logits_adds_up_to_nothing(seed in 0_u64..1000, k in 2_usize..12) {
        let (logits, targets) = rows(seed, 3, k, 5.0);
        let g = fused_backward(&softmax(&logits), &targets);
        assert_close!(g.sum_axis(1, Keep::No), Tensor::zeros(&[3]), 1e-6);
    }
}
