//! Exercises 5.5 to 5.8: what nets cost, and their blocks.

use lesson::exercise::Exercise;
use tensor::{Rng, Tensor};

use crate::{answer, check_tensor};

/// Random numbers of this shape.
fn random(shape: &[usize], seed: u64) -> Tensor {
    Rng::new(seed).normal_tensor(shape, 0.0, 1.0)
}

#[test]
fn ex5_05_cost() {
    let ex = Exercise::load("5.5");
    for (channels, kernel, out, wanted) in [
        ([1, 6], 5, [28, 28], [156, 117_600]),
        ([6, 16], 5, [10, 10], [2416, 240_000]),
        ([64, 10], 1, [7, 5], [650, 22_400]),
    ] {
        let asked = ex.given(format!(
            "channels = {channels:?}, kernel = {kernel}, out = {out:?}"
        ));
        let got = answer::cost_of_conv(channels, kernel, out);
        asked.step("parameters").equal(&got[0], &wanted[0]);
        asked.step("multiply-adds").equal(&got[1], &wanted[1]);
    }
    for (kernel, count, share) in
        [(5, 2, 18.0 / 25.0), (7, 3, 27.0 / 49.0), (3, 1, 1.0)]
    {
        let asked = ex.given(format!("kernel = {kernel}"));
        let (windows, part) = answer::as_threes(kernel);
        asked.step("windows of 3").equal(&windows, &count);
        asked
            .step("share of the multiply-adds")
            .close_each(&[part], &[share], 1e-5);
    }
}

#[test]
fn ex5_06_mean_of_maps() {
    let ex = Exercise::load("5.6");
    let small = Tensor::from([1.0, 2.0, 3.0, 6.0]).reshape(&[1, 1, 2, 2]);
    check_tensor(
        &ex.given("one map of 1, 2, 3, 6"),
        "the example",
        &answer::mean_of_maps(&small),
        &Tensor::from([[3.0]]),
    );
    let x = random(&[2, 3, 4, 5], 1).require_grad();
    let asked = ex.given("x of shape [2, 3, 4, 5], random");
    let y = answer::mean_of_maps(&x);
    check_tensor(&asked, "means", &y, &x.global_avg_pool2d());
    let asked = ex.given("the same, and g of shape [2, 3] for the way back");
    let g = random(&[2, 3], 2);
    // The added 0 keeps `backward` going where an answer has left the tape.
    let still = (&x * 0.0).sum();
    let gradients = ((answer::mean_of_maps(&x) * &g).sum() + still).backward();
    let wanted = (x.global_avg_pool2d() * &g).sum().backward()[&x].clone();
    check_tensor(&asked, "the gradient by x", &gradients[&x], &wanted);
}

#[test]
fn ex5_07_mlpconv() {
    let ex = Exercise::load("5.7");
    let by_hand = |first: f32| {
        let x = Tensor::from([1.0, -2.0, 0.5, 3.0]).reshape(&[1, 1, 2, 2]);
        let two = Tensor::full(&[1, 1, 1, 1], 2.0);
        let [first, second] = [first, 1.0].map(|weight| Tensor::from([[weight]]));
        answer::mlpconv(&x, [&two, &first, &second])
    };
    let asked = ex.given("x = 1, −2, ½, 3; a kernel of 2; dense layers of −1 and 1");
    check_tensor(
        &asked,
        "all that is positive turned",
        &by_hand(-1.0),
        &Tensor::zeros(&[1, 1, 2, 2]),
    );
    let asked = ex.given("x = 1, −2, ½, 3; a kernel of 2; dense layers of 1 and 1");
    let wanted = Tensor::from([2.0, 0.0, 1.0, 6.0]).reshape(&[1, 1, 2, 2]);
    check_tensor(&asked, "doubled where positive", &by_hand(1.0), &wanted);
    let asked =
        ex.given("x of shape [2, 3, 6, 5], kernels [4, 3, 3, 3], dense [5, 4], [2, 5]");
    let x = random(&[2, 3, 6, 5], 3);
    let weights = [
        random(&[4, 3, 3, 3], 4),
        random(&[5, 4], 5),
        random(&[2, 5], 6),
    ];
    let [window, first, second] = &weights;
    // Pixel by pixel, as a dense layer over channels: [N, H, W, C] times [C, O].
    let how = tensor::pictures::Conv::default().padding(1);
    let rows = x.conv2d(window, None, how).relu().permute(&[0, 2, 3, 1]);
    let rows = rows.reshape(&[2 * 6 * 5, 4]);
    let rows = rows.matmul(&first.t()).relu().matmul(&second.t()).relu();
    let wanted = rows.reshape(&[2, 6, 5, 2]).permute(&[0, 3, 1, 2]);
    let got = answer::mlpconv(&x, [window, first, second]);
    check_tensor(&asked, "all three layers", &got, &wanted.detach());
}

#[test]
fn ex5_08_side_by_side() {
    let ex = Exercise::load("5.8");
    let x = random(&[2, 2, 5, 4], 7);
    let [one, three, five] =
        [(3, 1), (2, 3), (4, 5)].map(|(maps, k)| random(&[maps, 2, k, k], 8));
    let asked =
        ex.given("x of shape [2, 2, 5, 4]; a 1 × 1 branch to 3 maps, a 3 × 3 pool");
    let got = answer::side_by_side(&x, &[(1, Some(&one)), (3, None)]);
    asked
        .step("the shape")
        .equal(got.shape(), &[2, 5, 5, 4][..]);
    let asked = ex.given("branches: 1 × 1, 3 × 3, 5 × 5, and the pool of 3 × 3");
    let branches = [
        (1, Some(&one)),
        (3, Some(&three)),
        (5, Some(&five)),
        (3, None),
    ];
    let got = answer::side_by_side(&x, &branches);
    asked
        .step("the shape")
        .equal(got.shape(), &[2, 11, 5, 4][..]);
    for (what, maps, k, kernels) in [
        ("the 1 × 1 branch, first", 0..3, 1, Some(&one)),
        ("the 3 × 3 branch, second", 3..5, 3, Some(&three)),
        ("the 5 × 5 branch, third", 5..9, 5, Some(&five)),
        ("the pool, last", 9..11, 3, None),
    ] {
        let wanted = match kernels {
            Some(kernels) => x.conv2d(
                kernels,
                None,
                tensor::pictures::Conv::default().padding(k / 2),
            ),
            None => {
                x.max_pool2d(tensor::pictures::Pool::new(k).stride(1).padding(k / 2))
            }
        };
        check_tensor(&asked, what, &got.slice(1, maps), &wanted);
    }
}
