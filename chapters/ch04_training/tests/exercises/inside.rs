//! Exercises 4.5 and 4.6: the scale of signals inside a net.

use ch04_training::norms::Running;
use lesson::exercise::Exercise;
use nn::layers::BatchNorm;
use nn::{Activation, Pass};
use tensor::{Rng, Tensor};

use crate::answer;

/// The standard deviation over all numbers.
fn deviation(z: &Tensor) -> f32 {
    (z - z.mean()).square().mean().sqrt().item()
}

#[test]
fn ex4_05_by_hand() {
    let ex = Exercise::load("4.5");
    let x = Tensor::from([[1.0], [-1.0]]);
    let asked = ex.given("x = [[1], [−1]], weights = [[[4]]]: the sums are 4 and −4");
    let got = answer::unit_deviation(&x, &[Tensor::from([[4.0]])], Tensor::tanh);
    asked
        .step("one tensor of weights comes back")
        .equal(got.len(), 1);
    asked.close_each(&got[0].to_vec(), &[1.0], 1e-5);

    let x = Tensor::from([[2.0], [6.0]]);
    let asked = ex.given(
        "x = [[2], [6]], weights = [[[3]], [[5]]], ReLU: the first sums are 6 and 18, their \
         deviation 6; with the new weight ½ they are 1 and 3, and so are their ReLUs; the \
         second sums are then 5 and 15",
    );
    let weights = [Tensor::from([[3.0]]), Tensor::from([[5.0]])];
    let got = answer::unit_deviation(&x, &weights, Tensor::relu);
    asked
        .step("two tensors of weights come back")
        .equal(got.len(), 2);
    for (layer, wanted) in [0.5, 1.0].into_iter().enumerate() {
        let asked = asked.step(format!("layer {}", layer + 1));
        asked.close_each(&got[layer].to_vec(), &[wanted], 1e-5);
    }
}

#[test]
fn ex4_05_every_layer_has_deviation_one() {
    let ex = Exercise::load("4.5");
    let mut rng = Rng::new(6);
    let activations: [(&str, Activation); 2] =
        [("tanh", Tensor::tanh), ("ReLU", Tensor::relu)];
    for (name, activation) in activations {
        let x = rng.normal_tensor(&[40, 7], 0.5, 2.0); // [B, D]
        let weights = [([7, 20], 0.01), ([20, 20], 30.0), ([20, 5], 0.3)]
            .map(|(shape, scale)| rng.normal_tensor(&shape, 0.0, scale));
        let asked = ex.given(format!(
            "random x [40, 7], random weights [7, 20], [20, 20], [20, 5] of the scales \
             0.01, 30 and 0.3, {name}"
        ));
        let got = answer::unit_deviation(&x, &weights, activation);
        asked
            .step("three tensors of weights come back")
            .equal(got.len(), 3);
        let mut a = x;
        for (layer, (new, old)) in got.iter().zip(&weights).enumerate() {
            let asked = asked.step(format!("layer {}: the shape", layer + 1));
            asked.equal(new.shape(), old.shape());
            let factor = new.to_vec()[0] / old.to_vec()[0];
            let asked = asked.step(format!("layer {}: one factor for all", layer + 1));
            asked.close_each(&(new / factor).to_vec(), &old.to_vec(), 1e-2);
            let z = a.matmul(new);
            let asked =
                asked.step(format!("layer {}: deviation of its sums", layer + 1));
            asked.close(deviation(&z), 1.0_f32, 1e-3);
            a = activation(&z);
        }
    }
}

#[test]
fn ex4_06_by_hand() {
    let ex = Exercise::load("4.6");
    let mut running = Running {
        mean: Tensor::from([0.0]),
        variance: Tensor::from([1.0]),
    };
    let asked = ex.given("x = [[1], [3]], running mean 0 and variance 1");
    let y = answer::batch_norm(&Tensor::from([[1.0], [3.0]]), &mut running, true);
    let training = asked.step("training: the result");
    training.close_each(&y.to_vec(), &[-1.0, 1.0], 1e-4);
    let mean = asked.step("training: the running mean after it");
    mean.close_each(&running.mean.to_vec(), &[0.2], 1e-5);
    let variance = asked.step("training: the running variance after it");
    variance.close_each(&running.variance.to_vec(), &[1.1], 1e-5);

    let mut running = Running {
        mean: Tensor::from([5.0]),
        variance: Tensor::from([4.0]),
    };
    let asked = ex.given("x = [[9]], a batch of one; running mean 5 and variance 4");
    let y = answer::batch_norm(&Tensor::from([[9.0]]), &mut running, false);
    let used = asked.step("use: the result");
    used.close_each(&y.to_vec(), &[2.0], 1e-4);
    let kept = asked.step("use: the running mean and variance stay");
    let now = [running.mean.to_vec(), running.variance.to_vec()].concat();
    kept.close_each(&now, &[5.0, 4.0], 0.0);
}

#[test]
fn ex4_06_same_as_the_layer() {
    let ex = Exercise::load("4.6");
    let mut rng = Rng::new(7);
    let layer = BatchNorm::new(4);
    let [mean, variance] = layer.running();
    let mut running = Running { mean, variance };
    for step in 1..=6 {
        let training = step % 3 != 0;
        let x = rng.normal_tensor(&[5, 4], 2.0, 3.0); // [B, C]
        let wanted = match training {
            true => layer.forward(&x, &Pass::Train(&mut Rng::new(0))),
            false => layer.forward(&x, &Pass::Use),
        };
        let asked = ex.given(format!(
            "random x [5, 4], call {step} of 6, training = {training} (two calls for \
             training, then one in use, and again); expected is what nn's layer gives"
        ));
        let y = answer::batch_norm(&x, &mut running, training);
        let result = asked.step("the result");
        result.close_each(&y.to_vec(), &wanted.to_vec(), 1e-4);
        let [mean, variance] = layer.running();
        for (what, now, wanted) in [
            ("the running mean", &running.mean, mean),
            ("the running variance", &running.variance, variance),
        ] {
            let asked = asked.step(format!("{what} after it"));
            asked.close_each(&now.to_vec(), &wanted.to_vec(), 1e-4);
        }
    }
}
