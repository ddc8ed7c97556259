//! The claims of the pages, as tests: layers, activations, softmax and losses.

use ch02_mlp::activation::Activation;
use ch02_mlp::dense::Dense;
use ch02_mlp::line::{Cost, Line, best_constant, best_line};
use ch02_mlp::loss::{binary_cross_entropy, cross_entropy, huber, mae, mse};
use ch02_mlp::mlp::Mlp;
use ch02_mlp::softmax::{log_softmax, log_sum_exp, softmax, softmax_naive};
use ch02_mlp::xor::{xor_by_hand, xor_table};
use proptest::prelude::*;
use tensor::{Rng, Tensor, assert_close, assert_shape};

const ALL: [Activation; 6] = [
    Activation::Identity,
    Activation::Relu,
    Activation::LeakyRelu(0.01),
    Activation::Sigmoid,
    Activation::Tanh,
    Activation::Gelu,
];

#[test]
fn two_relu_units_by_hand_compute_xor_exactly() {
    let (x, classes) = xor_table();
    let [input, hidden, output] = &xor_by_hand().activations(&x)[..] else {
        panic!("expected two layers");
    };
    assert_eq!(input.to_vec(), x.to_vec());
    assert_eq!(hidden.to_vec(), [0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 2.0, 1.0]);
    let wanted: Vec<f32> = classes.iter().map(|&class| class as f32).collect();
    assert_eq!(output.to_vec(), wanted);
}

#[test]
fn a_layer_does_what_its_units_do_one_by_one() {
    let mut rng = Rng::new(1).fork("layer");
    let mut layer = Dense::new(5, 3, Activation::Tanh, &mut rng);
    layer.bias = rng.normal_tensor(&[3], 0.0, 1.0);
    let x = rng.normal_tensor(&[4, 5], 0.0, 1.0);
    let by_product = layer.scores(&x);
    assert_shape!(by_product, [4, 3]);
    let by_loops = layer.scores_by_loops(&x.to_vec());
    assert_close!(by_product, Tensor::from_vec(by_loops, &[4, 3]), 1e-5);
}

#[test]
fn the_net_for_digits_holds_235146_numbers() {
    let net = Mlp::new(&[784, 256, 128, 10], Activation::Relu, &mut Rng::new(1));
    assert_eq!(net.parameter_count(), 235_146);
    assert_eq!(net.multiply_adds(1), 784 * 256 + 256 * 128 + 128 * 10);
    assert_eq!(net.shapes(64), [[64, 784], [64, 256], [64, 128], [64, 10]]);
    assert_eq!(net.layers[2].activation, Activation::Identity);
}

#[test]
fn parameters_go_out_and_come_back() {
    let mut rng = Rng::new(1).fork("parameters");
    let from = Mlp::new(&[3, 4, 2], Activation::Relu, &mut rng);
    let mut to = Mlp::new(&[3, 4, 2], Activation::Relu, &mut rng);
    let x = rng.normal_tensor(&[5, 3], 0.0, 1.0);
    assert_ne!(from.forward(&x).to_vec(), to.forward(&x).to_vec());
    to.set_parameters(&from.parameters());
    assert_eq!(from.forward(&x).to_vec(), to.forward(&x).to_vec());
}

#[test]
#[should_panic(expected = "set_parameters: expected 26 numbers, got 25")]
fn too_few_parameters_are_refused() {
    let mut net = Mlp::new(&[3, 4, 2], Activation::Relu, &mut Rng::new(1));
    net.set_parameters(&[0.0; 25]);
}

#[test]
#[should_panic(expected = "expected at least two sizes, got [784]")]
fn a_net_of_one_size_is_refused() {
    Mlp::new(&[784], Activation::Relu, &mut Rng::new(1));
}

#[test]
#[should_panic(expected = "matmul: expected [M, K] x [K, N] with the same K, \
                           got [M=64, K=784] x [K=256, N=784]; the second may be \
                           stored as [N=256, K=784]: try a.matmul(&b.t())")]
fn transposed_weights_are_named_in_the_message() {
    let mut layer = Dense::new(784, 256, Activation::Relu, &mut Rng::new(1));
    layer.weights = layer.weights.t(); // [out, in], as other libraries store them
    layer.forward(&Tensor::zeros(&[64, 784]));
}

#[test]
fn activations_at_points_worked_by_hand() {
    let z = Tensor::from([-2.0, 0.0, 2.0]);
    let says = |activation: Activation| activation.apply(&z);
    assert_close!(says(Activation::Identity), [-2.0, 0.0, 2.0], 0.0);
    assert_close!(says(Activation::Relu), [0.0, 0.0, 2.0], 0.0);
    assert_close!(says(Activation::LeakyRelu(0.1)), [-0.2, 0.0, 2.0], 1e-6);
    assert_close!(says(Activation::Sigmoid), [0.119_203, 0.5, 0.880_797], 1e-6);
    assert_close!(says(Activation::Tanh), [-0.964_028, 0.0, 0.964_028], 1e-6);
    // 2 Φ(2) = 2 · 0.977250.
    assert_close!(says(Activation::Gelu), [-0.045_500, 0.0, 1.954_5], 1e-6);
}

#[test]
fn the_steepest_sigmoid_is_a_quarter_and_the_steepest_tanh_one() {
    let zero = Tensor::from([0.0]);
    assert_eq!(Activation::Sigmoid.derivative(&zero).item(), 0.25);
    assert_eq!(Activation::Tanh.derivative(&zero).item(), 1.0);
    assert_eq!(Activation::Gelu.derivative(&zero).item(), 0.5);
}

#[test]
fn gelu_keeps_its_digits_far_below_zero() {
    // −6 Φ(−6) = −6 · 9.865876e-10, by tables of the normal distribution.
    let said = Activation::Gelu.apply(&Tensor::from([-6.0])).item();
    assert!((said / -5.919_526e-9 - 1.0).abs() < 1e-4, "{said:e}");
}

#[test]
fn a_broken_score_stays_visible_in_every_activation() {
    let broken = Tensor::from([f32::NAN]);
    for activation in ALL {
        assert!(activation.apply(&broken).item().is_nan(), "{activation:?}");
    }
}

#[test]
fn softmax_by_formula_breaks_where_e_to_the_z_does() {
    let at = |z: f32| softmax_naive(&Tensor::from([z, 0.0])).to_vec();
    assert_eq!(at(88.0), [1.0, (-88.0_f32).exp()]);
    assert!(at(89.0)[0].is_nan());
    assert_eq!(softmax(&Tensor::from([89.0, 0.0])).to_vec()[0], 1.0);
}

#[test]
fn log_sum_exp_of_k_equal_scores_is_the_score_plus_ln_k() {
    let lse = log_sum_exp(&Tensor::full(&[2, 10], 1000.0));
    assert_shape!(lse, [2, 1]);
    assert_close!(lse, Tensor::full(&[2, 1], 1000.0 + 10.0_f32.ln()), 1e-3);
}

#[test]
fn a_score_of_minus_infinity_means_probability_zero() {
    let logits = Tensor::from([[0.0, f32::NEG_INFINITY, 0.0]]);
    assert_close!(softmax(&logits), [[0.5, 0.0, 0.5]], 1e-6);
    assert!((cross_entropy(&logits, &[0]) - 2.0_f32.ln()).abs() < 1e-6);
    assert_eq!(cross_entropy(&logits, &[1]), f32::INFINITY);
}

#[test]
fn a_net_that_knows_nothing_pays_ln_k() {
    let logits = Tensor::zeros(&[3, 10]);
    let loss = cross_entropy(&logits, &[0, 4, 9]);
    assert!((loss - 10.0_f32.ln()).abs() < 1e-6);
}

#[test]
fn binary_cross_entropy_is_softmax_of_two_classes() {
    let z = [-30.0_f32, -1.5, 0.0, 2.0, 40.0];
    let targets = [1.0, 0.0, 1.0, 0.0, 1.0];
    for (z, target) in z.into_iter().zip(targets) {
        let two = Tensor::from([[0.0, z]]);
        let by_classes = cross_entropy(&two, &[target as usize]);
        let one = binary_cross_entropy(&Tensor::from([z]), &Tensor::from([target]));
        assert!((one - by_classes).abs() < 1e-5, "{z}: {one}, {by_classes}");
    }
}

#[test]
fn regression_losses_of_errors_one_and_three() {
    let (said, wanted) = (Tensor::from([1.0, 5.0]), Tensor::from([0.0, 2.0]));
    assert_eq!(mse(&said, &wanted), 5.0); // (1 + 9) / 2
    assert_eq!(mae(&said, &wanted), 2.0); // (1 + 3) / 2
    assert_eq!(huber(&said, &wanted, 1.0), 1.5); // (0.5 + 2.5) / 2
}

#[test]
#[should_panic(expected = "mse: expected answers and targets of one shape, \
                           got [3, 1] and [3]")]
fn a_column_against_a_row_is_refused() {
    mse(&Tensor::zeros(&[3, 1]), &Tensor::zeros(&[3]));
}

#[test]
#[should_panic(expected = "cross_entropy: expected a class for each of 2 rows, got 4")]
fn cross_entropy_wants_a_class_for_each_row() {
    cross_entropy(&Tensor::zeros(&[2, 3]), &[0, 1, 2, 0]);
}

#[test]
fn one_wild_value_moves_the_mean_and_not_the_median() {
    let t = [1.0, 2.0, 3.0, 4.0, 100.0];
    assert_eq!(best_constant(&t, Cost::Squared), 22.0);
    assert!((best_constant(&t, Cost::Absolute) - 3.0).abs() < 1e-2);
    // At 3 the pulls are +1, +1, 0, −1 and −1.
    assert!((best_constant(&t, Cost::Huber(1.0)) - 3.0).abs() < 1e-3);
}

#[test]
fn absolute_and_huber_find_a_line_that_a_third_of_the_points_leave() {
    let x: Vec<f32> = (0..9).map(|i| i as f32).collect();
    let mut t: Vec<f32> = x.iter().map(|x| 2.0 * x + 1.0).collect();
    for row in [2, 4, 6] {
        t[row] = -50.0;
    }
    let at_8 = |cost| best_line(&x, &t, cost).at(8.0);
    assert!((at_8(Cost::Absolute) - 17.0).abs() < 0.01);
    assert!((at_8(Cost::Huber(0.01)) - 17.0).abs() < 0.1);
    assert!((at_8(Cost::Squared) - 17.0).abs() > 10.0);
    let untouched = best_line(&[0.0, 1.0], &[1.0, 3.0], Cost::Squared);
    assert_eq!(
        untouched,
        Line {
            slope: 2.0,
            intercept: 1.0
        }
    );
}

/// Scores of a size that networks have.
fn scores() -> impl Strategy<Value = Vec<f32>> {
    prop::collection::vec(-20.0_f32..20.0, 1..12)
}

proptest! {
    #[test]
    fn every_derivative_is_the_slope_of_its_activation(z in -6.0_f32..6.0) {
        let h = 1e-2;
        prop_assume!(z.abs() > h); // not across the corner of the rectifiers
        for activation in ALL {
            let at = |z: f32| activation.apply(&Tensor::from([z])).item();
            let measured = (at(z + h) - at(z - h)) / (2.0 * h);
            let by_formula = activation.derivative(&Tensor::from([z])).item();
            prop_assert!(
                (measured - by_formula).abs() < 1e-3,
                "{activation:?} at {z}: {measured} measured, {by_formula} by formula"
            );
        }
    }

    #[test]
    fn the_slope_of_each_cost_is_the_slope_of_its_curve(e in -3.0_f32..3.0) {
        let h = 1e-3;
        prop_assume!(e.abs() > h);
        for cost in [Cost::Squared, Cost::Absolute, Cost::Huber(1.0)] {
            let measured = (cost.value(e + h) - cost.value(e - h)) / (2.0 * h);
            prop_assert!((measured - cost.slope(e)).abs() < 0.01, "{cost:?} at {e}");
        }
    }

    #[test]
    fn a_unit_sees_only_its_own_row(rows in 1_usize..6, seed in 0_u64..1000) {
        let mut rng = Rng::new(seed);
        let net = Mlp::new(&[4, 6, 3], Activation::Gelu, &mut rng);
        let x = rng.normal_tensor(&[rows, 4], 0.0, 1.0);
        let together = net.forward(&x);
        let last = net.forward(&x.slice(0, rows - 1..rows));
        assert_close!(together.slice(0, rows - 1..rows), last, 1e-5);
    }

    #[test]
    fn softmax_is_a_distribution_that_a_shift_leaves_alone(
        z in scores(),
        shift in -1000.0_f32..1000.0,
    ) {
        let logits = Tensor::from(z);
        let probabilities = softmax(&logits);
        prop_assert!((probabilities.sum().item() - 1.0).abs() < 1e-5);
        prop_assert!(probabilities.to_vec().iter().all(|p| (0.0..=1.0).contains(p)));
        // At 1000 an f32 has a step of 6e-5 left for the differences.
        assert_close!(softmax(&(&logits + shift)), probabilities, 1e-3);
    }

    #[test]
    fn softmax_agrees_with_its_formula_and_with_the_core(z in scores()) {
        let logits = Tensor::from(z);
        assert_close!(softmax(&logits), softmax_naive(&logits), 1e-5);
        assert_close!(softmax(&logits), logits.softmax(0), 1e-5);
        assert_close!(log_softmax(&logits), logits.log_softmax(0), 1e-5);
    }

    #[test]
    fn log_sum_exp_lies_between_the_largest_score_and_that_plus_ln_k(z in scores()) {
        let logits = Tensor::from(z.clone());
        let over = (log_sum_exp(&logits) - logits.max()).item();
        prop_assert!(over >= 0.0 && over <= (z.len() as f32).ln() + 1e-5, "{over}");
    }

    #[test]
    fn cross_entropies_agree_with_the_core(z in scores(), class in 0_usize..12) {
        let class = class % z.len();
        let targets: Vec<f32> = z.iter().map(|z| f32::from(*z > 0.0)).collect();
        let (row, logits) = (Tensor::from_vec(z.clone(), &[1, z.len()]), Tensor::from(z));
        let ours = cross_entropy(&row, &[class]);
        prop_assert!(ours >= 0.0);
        prop_assert!((ours - row.cross_entropy(&[class]).item()).abs() < 1e-4);
        let targets = Tensor::from(targets);
        let ours = binary_cross_entropy(&logits, &targets);
        prop_assert!((ours - logits.binary_cross_entropy(&targets).item()).abs() < 1e-4);
    }

    #[test]
    fn hubers_loss_lies_below_both_of_its_parents(
        errors in scores(),
        delta in 0.1_f32..5.0,
    ) {
        let said = Tensor::from(errors);
        let zero = Tensor::zeros(said.shape());
        let loss = huber(&said, &zero, delta);
        prop_assert!(loss >= 0.0);
        prop_assert!(loss <= 0.5 * mse(&said, &zero) + 1e-3);
        prop_assert!(loss <= delta * mae(&said, &zero) + 1e-3);
    }
}
