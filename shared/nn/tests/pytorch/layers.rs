//! Normalisation, embedding, clipping and first weights.

use std::collections::BTreeMap;

use nn::clip::{clip_norm, clip_value};
use nn::layers::{BatchNorm, Embedding, LayerNorm, Linear};
use nn::{Init, Pass};
use serde::Deserialize;
use tensor::{Gradients, Rng, Tensor};

use crate::{Table, equal, gradient, same};

#[derive(Deserialize)]
struct Fixture {
    batch_norm: Vec<BatchNormCase>,
    layer_norm: Vec<LayerNormCase>,
    embedding: EmbeddingCase,
    clip: BTreeMap<String, ClipCase>,
    init: BTreeMap<String, InitCase>,
}

#[derive(Deserialize)]
struct BatchNormCase {
    first: Table,
    x: Table,
    g: Table,
    y: Table,
    scale: Table,
    shift: Table,
    gradients: BTreeMap<String, Table>,
    running_mean: Table,
    running_variance: Table,
    used: Table,
    used_gradients: BTreeMap<String, Table>,
}

#[derive(Deserialize)]
struct LayerNormCase {
    x: Table,
    scale: Table,
    shift: Table,
    g: Table,
    y: Table,
    gradients: BTreeMap<String, Table>,
}

#[derive(Deserialize)]
struct EmbeddingCase {
    tokens: Vec<usize>,
    weight: Table,
    g: Table,
    y: Table,
    gradients: BTreeMap<String, Table>,
}

#[derive(Deserialize)]
struct ClipCase {
    before: [Table; 2],
    after: [Table; 2],
    norm: Option<f32>,
}

#[derive(Deserialize)]
struct InitCase {
    variance: f64,
    largest: f64,
}

fn fixture() -> Fixture {
    serde_json::from_str(include_str!("../../fixtures/layers.json"))
        .expect("the script writes such a file")
}

/// Checks the gradients of x, scale and shift.
fn check_gradients(
    what: &str,
    gradients: &Gradients,
    ours: [&Tensor; 3],
    theirs: &BTreeMap<String, Table>,
) {
    for (name, parameter) in ["x", "scale", "shift"].into_iter().zip(ours) {
        let found = gradient(gradients, parameter);
        same(&format!("{what}: gradient of {name}"), found, &theirs[name]);
    }
}

#[test]
fn batch_normalisation_is_pytorchs_for_rows_and_for_pictures() {
    for case in fixture().batch_norm {
        let what = format!("batch norm of {:?}", case.x.shape);
        let mut layer = BatchNorm::new(case.scale.values.len());
        (layer.scale, layer.shift) = (case.scale.parameter(), case.shift.parameter());
        let (x, g, mut rng) = (case.x.parameter(), case.g.tensor(), Rng::new(1));
        layer.forward(&case.first.tensor(), &Pass::Train(&mut rng));
        let y = layer.forward(&x, &Pass::Train(&mut rng));
        same(&format!("{what}, training"), &y, &case.y);
        let inputs = [&x, &layer.scale, &layer.shift];
        check_gradients(&what, &(y * &g).sum().backward(), inputs, &case.gradients);

        let [mean, variance] = layer.running();
        same(&format!("{what}: running mean"), &mean, &case.running_mean);
        let name = format!("{what}: running variance");
        same(&name, &variance, &case.running_variance);

        let y = layer.forward(&x, &Pass::Use);
        same(&format!("{what}, in use"), &y, &case.used);
        let gradients = (y * &g).sum().backward();
        check_gradients(&what, &gradients, inputs, &case.used_gradients);
    }
}

#[test]
fn layer_normalisation_is_pytorchs() {
    for case in fixture().layer_norm {
        let what = format!("layer norm of {:?}", case.x.shape);
        let layer = LayerNorm {
            scale: case.scale.parameter(),
            shift: case.shift.parameter(),
        };
        let x = case.x.parameter();
        let y = layer.forward(&x);
        same(&what, &y, &case.y);
        let gradients = (y * case.g.tensor()).sum().backward();
        let inputs = [&x, &layer.scale, &layer.shift];
        check_gradients(&what, &gradients, inputs, &case.gradients);
    }
}

#[test]
fn an_embedding_is_pytorchs_and_adds_up_the_gradients_of_a_repeated_token() {
    let case = fixture().embedding;
    let layer = Embedding {
        weight: case.weight.parameter(),
    };
    let y = layer.forward(&case.tokens);
    same("embedding", &y, &case.y);
    let gradients = (y * case.g.tensor()).sum().backward();
    let found = gradient(&gradients, &layer.weight);
    same("gradient", found, &case.gradients["weight"]);
}

/// A net of the case's two parameters, and gradients that are the case's.
fn before(case: &ClipCase) -> (Linear, Gradients) {
    let [weight, bias] = case.before.each_ref().map(|table| {
        Tensor::zeros(&table.shape).require_grad() // only the gradient is of interest
    });
    let [g, h] = case.before.each_ref().map(Table::tensor);
    let loss = (&weight * g).sum() + (&bias * h).sum();
    (Linear { weight, bias }, loss.backward())
}

#[test]
fn clipping_by_the_norm_is_pytorchs() {
    for (name, most) in [("norm_1", 1.0), ("norm_100", 100.0)] {
        let case = &fixture().clip[name];
        let (mut net, mut gradients) = before(case);
        let norm = clip_norm(&mut net, &mut gradients, most);
        equal(name, &[norm], &[case.norm.expect("PyTorch gives the norm")]);
        same(name, gradient(&gradients, &net.weight), &case.after[0]);
        same(name, gradient(&gradients, &net.bias), &case.after[1]);
    }
}

#[test]
fn clipping_by_value_is_pytorchs() {
    let case = &fixture().clip["value"];
    let (mut net, mut gradients) = before(case);
    clip_value(&mut net, &mut gradients, 0.5);
    same("weight", gradient(&gradients, &net.weight), &case.after[0]);
    same("bias", gradient(&gradients, &net.bias), &case.after[1]);
}

#[test]
fn first_weights_spread_as_pytorchs_do() {
    let rules = [
        ("xavier", Init::Xavier),
        ("xavier_uniform", Init::XavierUniform),
        ("he", Init::He),
        ("he_uniform", Init::HeUniform),
        ("lecun", Init::TorchLinear),
        ("normal", Init::Normal(0.01)),
    ];
    let cases = fixture().init;
    for (name, rule) in rules {
        let weight = rule.draw(200, 300, &mut Rng::new(1)); // [200, 300]
        let ratio = f64::from(weight.square().mean().item()) / cases[name].variance;
        // 60,000 numbers each: a deviation of the ratio is below 0.9 %.
        assert!((ratio - 1.0).abs() < 0.03, "{name}: variances {ratio} to 1");
        let ratio = f64::from(weight.abs().max().item()) / cases[name].largest;
        // A uniform draw reaches its bound; the tail of a normal one differs from draw to draw.
        let near = if ["xavier", "he", "normal"].contains(&name) {
            0.3
        } else {
            0.001
        };
        assert!((ratio - 1.0).abs() < near, "{name}: largest {ratio} to 1");
    }
}
