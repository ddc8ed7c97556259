//! Exercises 3.4, 3.6, 3.7 and 3.8: weights by hand, and gradients by hand.

use lesson::exercise::Exercise;
use tensor::{Rng, Tensor};

use crate::{answer, close_tensor};

#[test]
fn ex3_04_mirror_weights() {
    let ex = Exercise::load("3.4");
    for bits in 1..=10 {
        let weights = answer::mirror_weights(bits);
        let asked = ex.given(format!("bits = {bits}, your weights {weights:?}"));
        asked
            .step("one weight for each bit")
            .equal(weights.len(), bits);
        let whole = weights.iter().all(|w| w.fract() == 0.0);
        asked.holds(whole, "the weights are whole numbers");
        for pattern in 0..1_usize << bits {
            let bit = |place: usize| pattern >> (bits - 1 - place) & 1;
            let mirrored = (0..bits).all(|i| bit(i) == bit(bits - 1 - i));
            let sum: f32 = (0..bits).map(|i| weights[i] * bit(i) as f32).sum();
            if (sum == 0.0) == mirrored {
                continue;
            }
            let (is, must) = match mirrored {
                true => ("is mirrored", "must be 0"),
                false => ("is not mirrored", "must not be 0"),
            };
            let asked = asked.step(format!("the pattern {pattern:0bits$b} {is}"));
            asked.holds(false, format!("the sum, here {sum}, {must}"));
        }
    }
}

#[test]
fn ex3_06_by_hand() {
    let ex = Exercise::load("3.6");
    let x = Tensor::from([[1.0, 2.0]]);
    let (weights, g) = (Tensor::from([[3.0, 4.0]]), Tensor::from([[10.0]]));
    let asked = ex.given("x = [[1, 2]], weights = [[3, 4]], g = [[10]]");
    let (by_x, by_weights, by_bias) = answer::dense_back(&x, &weights, &g);
    let close = |what: &str, got: &Tensor, wanted: Tensor| {
        close_tensor(&asked, what, got, &wanted, 1e-4);
    };
    close("the gradient by X", &by_x, Tensor::from([[30.0, 40.0]]));
    close(
        "the gradient by W",
        &by_weights,
        Tensor::from([[10.0, 20.0]]),
    );
    close("the gradient by b", &by_bias, Tensor::from([10.0]));
}

#[test]
fn ex3_06_same_as_the_engine() {
    let ex = Exercise::load("3.6");
    let mut rng = Rng::new(1);
    for [b, d, h] in [[4, 3, 2], [2, 2, 2], [3, 1, 5]] {
        let mut draw = |shape: &[usize]| rng.normal_tensor(shape, 0.0, 1.0);
        let [x, weights] = [draw(&[b, d]), draw(&[h, d])].map(|t| t.require_grad());
        let (bias, g) = (draw(&[h]).require_grad(), draw(&[b, h]));
        let loss = ((x.matmul(&weights.t()) + &bias) * &g).sum();
        let gradients = loss.backward();
        let asked = ex.given(format!(
            "random x [{b}, {d}], weights [{h}, {d}], g [{b}, {h}]; expected is what \
             the engine finds"
        ));
        let (by_x, by_weights, by_bias) =
            answer::dense_back(&x.detach(), &weights.detach(), &g);
        for (what, got, input) in [
            ("the gradient by X", by_x, &x),
            ("the gradient by W", by_weights, &weights),
            ("the gradient by b", by_bias, &bias),
        ] {
            close_tensor(&asked, what, &got, &gradients[input], 1e-4);
        }
    }
}

#[test]
fn ex3_07_by_hand() {
    let ex = Exercise::load("3.7");
    let x = Tensor::from([[3.0, 4.0], [0.0, -2.0]]);
    #[rustfmt::skip]
    let cases = [
        ("along x: a stretched x has the same y",
         [[6.0, 8.0], [0.0, 3.0]], [[0.0, 0.0], [0.0, 0.0]]),
        ("across x: only divided by the length",
         [[-4.0, 3.0], [1.0, 0.0]], [[-0.8, 0.6], [0.5, 0.0]]),
        ("a bit of both", [[1.0, 0.0], [0.0, 0.0]], [[0.128, -0.096], [0.0, 0.0]]),
    ];
    for (what, g, wanted) in cases {
        let asked = ex.given(format!("{what}: x = [[3, 4], [0, −2]], g = {g:?}"));
        let got = answer::unit_length_back(&x, &Tensor::from(g));
        close_tensor(
            &asked,
            "the gradient by x",
            &got,
            &Tensor::from(wanted),
            1e-5,
        );
    }
}

#[test]
fn ex3_07_same_as_the_engine() {
    let ex = Exercise::load("3.7");
    let mut rng = Rng::new(2);
    for [b, d] in [[3, 5], [4, 1], [2, 20_000]] {
        let x = rng.normal_tensor(&[b, d], 0.0, 1.0).require_grad();
        let g = rng.normal_tensor(&[b, d], 0.0, 1.0);
        let length = x.square().sum_axis(1, tensor::Keep::Yes).sqrt();
        let gradients = (&x / length * &g).sum().backward();
        let asked = ex.given(format!(
            "random x and g, [{b}, {d}]; expected is what the engine finds"
        ));
        let got = answer::unit_length_back(&x.detach(), &g);
        close_tensor(&asked, "the gradient by x", &got, &gradients[&x], 1e-4);
    }
}

/// Checks both gradients of exercise 3.8.
#[track_caller]
fn check_both(
    ex: &Exercise,
    got: (Tensor, Tensor),
    by_scale: &Tensor,
    by_shift: &Tensor,
) {
    close_tensor(ex, "the gradient by scale", &got.0, by_scale, 1e-4);
    close_tensor(ex, "the gradient by shift", &got.1, by_shift, 1e-4);
}

#[test]
fn ex3_08_by_hand() {
    let ex = Exercise::load("3.8");
    let x = Tensor::from([[1.0], [2.0]]);
    let (scale, shift) = (Tensor::from([3.0]), Tensor::from([1.0]));
    let targets = Tensor::from([[0.0], [5.0]]);
    let asked = ex.given("x = [[1], [2]], scale = [3], shift = [1], t = [[0], [5]]");
    let got = answer::scale_and_shift_gradient(&x, &scale, &shift, &targets);
    check_both(&asked, got, &Tensor::from([8.0]), &Tensor::from([6.0]));

    // The errors are (1, 2) and (−3, 0); g is half of that.
    let x = Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
    let (scale, shift) = (Tensor::from([1.0, 1.0]), Tensor::from([0.0, 0.0]));
    let targets = Tensor::from([[0.0, 0.0], [6.0, 4.0]]);
    let asked = ex.given(
        "x = [[1, 2], [3, 4]], scale = [1, 1], shift = [0, 0], t = [[0, 0], [6, 4]]: \
         the errors are [[1, 2], [−3, 0]]",
    );
    let got = answer::scale_and_shift_gradient(&x, &scale, &shift, &targets);
    let (by_scale, by_shift) = (Tensor::from([-4.0, 2.0]), Tensor::from([-1.0, 1.0]));
    check_both(&asked, got, &by_scale, &by_shift);
}

#[test]
fn ex3_08_same_as_the_engine() {
    let ex = Exercise::load("3.8");
    let mut rng = Rng::new(3);
    for [n, d] in [[5, 3], [1, 4], [2, 2]] {
        let mut draw = |shape: &[usize]| rng.normal_tensor(shape, 0.0, 1.0);
        let (x, targets) = (draw(&[n, d]), draw(&[n, d]));
        let [scale, shift] = [draw(&[d]), draw(&[d])].map(|t| t.require_grad());
        let loss = (&x * &scale + &shift).mse_loss(&targets);
        let gradients = loss.backward();
        let asked = ex.given(format!(
            "random x and targets [{n}, {d}], scale and shift [{d}]; expected is what \
             the engine finds"
        ));
        let got = answer::scale_and_shift_gradient(
            &x,
            &scale.detach(),
            &shift.detach(),
            &targets,
        );
        check_both(&asked, got, &gradients[&scale], &gradients[&shift]);
    }
}
