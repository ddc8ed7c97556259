//! Exercise 4.12: the first principal component.

use lesson::exercise::Exercise;
use tensor::{Rng, Tensor};

use crate::answer;

/// Checks direction and share; v and −v are one direction.
#[track_caller]
fn check(ex: &Exercise, got: (Tensor, f32), wanted: &[f32], share: f32) {
    let (v, got_share) = got;
    let direction = ex.step("the direction, of length 1");
    direction.equal(v.shape(), [wanted.len()]);
    let v = v.to_vec();
    let along: f32 = v.iter().zip(wanted).map(|(a, b)| a * b).sum();
    let sign = if along < 0.0 { -1.0 } else { 1.0 };
    let v: Vec<f32> = v.iter().map(|x| sign * x).collect();
    direction.close_each(&v, wanted, 1e-3);
    ex.step("the share of the variance")
        .close(got_share, share, 1e-3);
}

#[test]
fn ex4_12_the_example() {
    let ex = Exercise::load("4.12");
    let x = [[0.0, 1.0], [2.0, 1.0], [4.0, 1.0]];
    let asked = ex.given(format!("x = {x:?}, start = [0.6, 0.8], 1 round"));
    let got = answer::first_component(&x.into(), &Tensor::from([0.6, 0.8]), 1);
    check(&asked, got, &[1.0, 0.0], 1.0);
}

#[test]
fn ex4_12_one_round_is_one_round() {
    let ex = Exercise::load("4.12");
    // XᵀX is diag(32, 2): (1, 1) becomes (32, 2), or (16, 1).
    let x = [[4.0, 0.0], [-4.0, 0.0], [0.0, 1.0], [0.0, -1.0]];
    let asked = ex.given(format!("x = {x:?}, start = [1, 1], 1 round"));
    let got = answer::first_component(&x.into(), &Tensor::from([1.0, 1.0]), 1);
    let length = 257.0_f32.sqrt();
    let share = (256.0 * 32.0 + 2.0) / 257.0 / 34.0;
    check(&asked, got, &[16.0 / length, 1.0 / length], share);
    let asked = ex.given(format!("x = {x:?}, start = [1, 1], 20 rounds"));
    let got = answer::first_component(&x.into(), &Tensor::from([1.0, 1.0]), 20);
    check(&asked, got, &[1.0, 0.0], 32.0 / 34.0);
}

#[test]
fn ex4_12_the_mean_does_not_matter() {
    let ex = Exercise::load("4.12");
    let x = [[100.0, -3.0], [101.0, 3.0], [99.0, 3.0], [100.0, -3.0]];
    let asked = ex.given(format!(
        "x = {x:?}, start = [1, 1], 30 rounds: the mean is far out along the first column, \
         the variance is along the second"
    ));
    let got = answer::first_component(&x.into(), &Tensor::from([1.0, 1.0]), 30);
    check(&asked, got, &[0.0, 1.0], 36.0 / 38.0);
}

#[test]
fn ex4_12_many_rounds_stay_finite() {
    let ex = Exercise::load("4.12");
    let direction = [2.0 / 3.0, -1.0 / 3.0, 2.0 / 3.0];
    let mut rng = Rng::new(1);
    let along = rng.normal_tensor(&[40, 1], 0.0, 1000.0); // [N, 1]
    let x = along.matmul(&Tensor::from([direction])); // [N, 1] x [1, D] -> [N, D]
    let asked = ex.given(
        "40 rows on a line, of deviation 1000 along (2, −1, 2)/3; start (1, 0, 0), 100 rounds",
    );
    let got = answer::first_component(&x, &Tensor::from([1.0, 0.0, 0.0]), 100);
    check(&asked, got, &direction, 1.0);
}
