//! The section `layer`: backward through a dense layer, by hand.

use lesson::{Run, Value, percent};
use nn::data::Labelled;
use tensor::{Keep, Rng, Tensor};

use crate::by_hand::{Descent, Net, small_digits};
use crate::central::{central_differences, largest_error, probe};
use crate::dense::{Dense, relu, relu_backward};
use crate::figures;

/// Hidden units of the net that reads the small digits, chosen by us.
const HIDDEN: usize = 32;

/// Learning rate and batch, chosen by us without a look at the held-out digits.
const HOW: Descent = Descent { batch: 50, lr: 0.3 };

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    run.figure("layer_shapes", figures::layer::shapes()?)?;
    check_layer(run)?;
    check_net(run)?;
    train(run)
}

/// One digit and its power of ten; a plain 0 for nothing.
fn scientific(error: f32) -> String {
    if error == 0.0 {
        return "0".into();
    }
    format!("{error:.0e}")
}

/// A random layer and a random gradient: each formula against central differences.
fn check_layer(run: &mut Run) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("layer");
    let layer = Dense::new(5, 4, &mut rng);
    let x = rng.normal_tensor(&[8, 5], 0.0, 1.0); // [B, in]
    let g = rng.normal_tensor(&[8, 4], 0.0, 1.0); // [B, out]
    let by = layer.backward(&x, &g);
    let h = 0.01;
    let loss = |layer: &Dense, x: &Tensor| probe(&layer.forward(x).0, &g);
    let of_x = central_differences(|x| loss(&layer, x), &x, h);
    let with_weights = |weights: &Tensor| Dense {
        weights: weights.clone(),
        bias: layer.bias.clone(),
    };
    let of_weights =
        central_differences(|w| loss(&with_weights(w), &x), &layer.weights, h);
    let with_bias = |bias: &Tensor| Dense {
        weights: layer.weights.clone(),
        bias: bias.clone(),
    };
    let of_bias = central_differences(|b| loss(&with_bias(b), &x), &layer.bias, h);
    // ReLU, at places that no step of h carries over the corner.
    let z = rng.normal_tensor(&[8, 4], 0.0, 1.0);
    let z = Tensor::where_(&z.abs().gt(2.0 * h), z.clone(), 0.5);
    let of_z = central_differences(|z| probe(&relu(z).0, &g), &z, h);
    let errors = [
        ("weights", "Xᵀ G", largest_error(&by.weights, &of_weights)),
        (
            "bias",
            "column sums of G",
            largest_error(&by.bias, &of_bias),
        ),
        ("input", "G Wᵀ", largest_error(&by.x, &of_x)),
        (
            "ReLU",
            "G ⊙ mask",
            largest_error(&relu_backward(&relu(&z).1, &g), &of_z),
        ),
    ];
    run.say("A layer from 5 to 4 numbers, a batch of 8, against central differences:");
    run.table(
        &["gradient by", "formula", "largest relative error"],
        errors.map(|(what, formula, error)| {
            [what.to_string(), formula.to_string(), scientific(error)]
        }),
    );
    // A tensor's largest number is NaN if one is; `f32::max` would hide that.
    let worst = Tensor::from(errors.map(|(_, _, error)| error)).max().item();
    let value = Value::number(worst).tolerance(1e-4);
    run.record("layer_gradient_error", value)
}

/// Hidden units of the net whose every weight is checked.
const CHECKED: usize = 8;

/// Every weight of a net on a few digits: its gradient by hand and measured.
fn check_net(run: &mut Run) -> anyhow::Result<()> {
    let h = 0.01;
    let (training, _) = small_digits(run.seed())?;
    let batch = training.pick(&(0..8).collect::<Vec<_>>());
    let sizes = [64, CHECKED, 10];
    let net = Net::new(sizes, &mut Rng::new(run.seed()).fork("check"));
    let (z, _) = net.hidden.forward(&batch.x); // [B, H]
    let nearest = z.abs().min_axis(0, Keep::No).to_vec(); // [H]
    let [hidden, output] = weight_gradients(&net, &batch, h);
    let scale = hidden.iter().chain(&output).map(|[_, m]| m.abs());
    let scale = scale.fold(0.0, f32::max);
    let worst = |pairs: &[[f32; 2]]| {
        let errors = pairs.iter().map(|[f, m]| (f - m).abs() / scale);
        Tensor::from(errors.collect::<Vec<_>>()).max().item()
    };
    // Weights of hidden unit u stand in column u.
    let units: [Vec<[f32; 2]>; CHECKED] = std::array::from_fn(|u| {
        hidden.iter().skip(u).step_by(CHECKED).copied().collect()
    });
    let mut rows: Vec<[String; 3]> = (0..CHECKED)
        .map(|u| {
            let unit = format!("hidden unit {}", u + 1);
            let error = format!("{:.0e}", worst(&units[u]));
            [unit, format!("{:.4}", nearest[u]), error]
        })
        .collect();
    let of_output = format!("{:.0e}", worst(&output));
    rows.push(["output layer".into(), String::new(), of_output]);
    let count = hidden.len() + output.len();
    run.say(format!(
        "\nAll {count} weights of a net 64-8-10 on eight digits; errors are\nshares of the largest slope:"
    ));
    run.table(&["weights of", "smallest |z|", "largest error"], rows);

    // A pixel is at most 1, so moving its weight by h moves z by h at most.
    let (mut far, mut near) = (Vec::new(), Vec::new());
    for (u, pairs) in units.iter().enumerate() {
        let group = if nearest[u] > h { &mut far } else { &mut near };
        group.extend_from_slice(pairs);
    }
    run.record("net_weights_checked", Value::count(count))?;
    let error = worst(&far).max(worst(&output));
    let value = Value::number(error).tolerance(2e-3);
    run.record("net_gradient_error", value)?;
    let value = Value::number(worst(&near)).tolerance(5e-3);
    run.record("net_gradient_error_corner", value)?;
    run.figure(
        "layer_check",
        figures::layer::check([&far, &output, &near])?,
    )
}

/// For each weight of both layers: its slope by hand, and by central differences.
fn weight_gradients(net: &Net, batch: &Labelled, h: f32) -> [Vec<[f32; 2]>; 2] {
    let targets = Tensor::one_hot(&batch.classes, 10); // [B, K]
    let (_, gradients) = net.gradients(&batch.x, &targets);
    [0, 1].map(|layer| {
        let moved = |weights: &Tensor| {
            let mut net = net.clone();
            net.layers()[layer].weights = weights.clone();
            f64::from(net.loss(&batch.x, &targets))
        };
        let weights = &[&net.hidden, &net.output][layer].weights;
        let measured = central_differences(moved, weights, h).to_vec();
        let formula = gradients[layer].weights.to_vec();
        formula
            .into_iter()
            .zip(measured)
            .map(<[f32; 2]>::from)
            .collect()
    })
}

/// The accuracy on training and held-out digits after each pass.
type Curve = Vec<(usize, f32, f32)>;

/// A net trained by hand-written gradients.
fn reader(run: &Run, seed: u64) -> anyhow::Result<(Net, Labelled, Curve)> {
    let passes = run.choose(10, 60, 60);
    let (training, held_out) = small_digits(seed)?;
    let mut rng = Rng::new(seed).fork("by hand");
    let mut net = Net::new([64, HIDDEN, 10], &mut rng);
    let mut curve = Vec::new();
    for pass in 1..=passes {
        run.check_interrupt()?;
        net.pass(&training, HOW, &mut rng);
        curve.push((pass, net.right(&training), net.right(&held_out)));
    }
    Ok((net, held_out, curve))
}

/// The small digits, over three seeds.
fn train(run: &mut Run) -> anyhow::Result<()> {
    let first = Net::new([64, HIDDEN, 10], &mut Rng::new(run.seed()).fork("by hand"));
    let mut accuracies = Vec::new();
    let mut curves = Vec::new();
    let mut count = 0;
    for seed in run.seeds::<3>() {
        let (_, held_out, curve) = reader(run, seed)?;
        accuracies.push(curve[curve.len() - 1].2);
        count = held_out.len();
        curves.push(curve);
    }
    let passes = curves[0].len();
    run.say(format!(
        "Digits of 8 × 8 pixels, {passes} passes: {} of {count} held-out digits right.",
        percent(accuracies[0])
    ));
    let value = Value::fraction(accuracies[0]).tolerance(0.01);
    run.record("layer_digits8_accuracy", value.over_seeds(&accuracies))?;
    run.record("layer_parameters", Value::count(first.parameter_count()))?;
    run.figure("layer_curve", figures::layer::curve(&curves)?)?;
    pictures(run, &first)
}

/// The gradients of the first batch as pictures, unit by unit.
fn pictures(run: &mut Run, net: &Net) -> anyhow::Result<()> {
    let (training, _) = small_digits(run.seed())?;
    let batch = training.pick(&[0, 1]);
    let targets = Tensor::one_hot(&batch.classes, 10);
    let (_, [hidden, _]) = net.gradients(&batch.x, &targets);
    let units: Vec<usize> = (0..10).collect();
    let gradients = hidden.weights.select(1, &units); // [D, 10]
    run.figure(
        "layer_gradients",
        figures::layer::gradients(&batch, &gradients)?,
    )
}
