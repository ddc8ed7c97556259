//! Exercises 3.9, 3.12 and 3.13: operations of one's own, and a net that learns.

use std::f32::consts::LN_2;

use lesson::exercise::Exercise;
use tensor::{Keep, Rng, Tensor, no_grad};

use crate::{answer, close_tensor};

/// Checks that `y`, made of the parameter `x`, is a single operation on the tape.
#[track_caller]
fn check_one_operation(ex: &Exercise, y: &Tensor) {
    let recorded = y.requires_grad();
    ex.holds(
        recorded,
        "the result of an input with history has one (an edge)",
    );
    let operations: Vec<_> = y.tape().iter().map(|entry| entry.operation).collect();
    let words =
        format!("the tape {operations:?} holds the parameter and one operation");
    ex.holds(operations.len() == 2, words);
}

/// Checks that an input without history gives a result without one.
#[track_caller]
fn check_no_history(ex: &Exercise, y: &Tensor) {
    let what = "an input without history gives a result without one";
    ex.holds(!y.requires_grad(), what);
}

#[test]
fn ex3_09_value() {
    let ex = Exercise::load("3.9").step("the value, ln(1 + e^βx) / β");
    #[rustfmt::skip]
    let cases = [
        (1.0, [0.0, 1.0, -1.0], [LN_2, 1.313_262, 0.313_262]),
        (2.0, [0.0, 1.0, -1.0], [0.346_574, 1.063_464, 0.063_464]),
        (0.5, [0.0, 2.0, -2.0], [1.386_294, 2.626_523, 0.626_523]),
        (1.0, [1000.0, -1000.0, 100.0], [1000.0, 0.0, 100.0]),
        (50.0, [30.0, -30.0, 0.0], [30.0, 0.0, 0.013_863]),
    ];
    for (beta, x, wanted) in cases {
        let asked = ex.given(format!("x = {x:?}, beta = {beta}"));
        let got = answer::softplus(&Tensor::from(x), beta);
        asked.close_each(&got.to_vec(), &wanted, 1e-4);
    }
}

#[test]
fn ex3_09_gradient() {
    let ex = Exercise::load("3.9").step("the gradient, g σ(βx)");
    #[rustfmt::skip]
    let cases = [
        (1.0, [0.0, 1.0, -1.0], [0.5, 0.731_059, 0.268_941]),
        (2.0, [0.0, 1.0, -1.0], [0.5, 0.880_797, 0.119_203]),
        (0.5, [0.0, 2.0, -2.0], [0.5, 0.731_059, 0.268_941]),
        (1.0, [1000.0, -1000.0, 0.0], [1.0, 0.0, 0.5]),
    ];
    let g = [1.0, -3.0, 10.0];
    for (beta, x, slopes) in cases {
        let asked = ex.given(format!("x = {x:?}, beta = {beta}, g = {g:?}"));
        let x = Tensor::from(x).require_grad();
        let y = answer::softplus(&x, beta);
        check_one_operation(&asked, &y);
        let got = (y * Tensor::from(g)).sum().backward();
        let wanted = Tensor::from(slopes) * Tensor::from(g);
        asked.close_each(&got[&x].to_vec(), &wanted.to_vec(), 1e-4);
    }
}

#[test]
fn ex3_09_any_shape() {
    let ex = Exercise::load("3.9").step("any shape, with or without history");
    for shape in [&[][..], &[3], &[2, 3], &[2, 1, 3]] {
        let asked = ex.given(format!("x of shape {shape:?}"));
        let x = Tensor::full(shape, 0.5);
        let y = answer::softplus(&x, 1.0);
        asked.equal(y.shape(), shape);
        check_no_history(&asked, &y);
    }
}

/// XOR: x `[4, 2]` and targets `[4, 1]`.
fn xor() -> (Tensor, Tensor) {
    let x = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
    (Tensor::from(x), Tensor::from([[0.0], [1.0], [1.0], [0.0]]))
}

/// The logits of a net.
fn logits([w1, b1, w2, b2]: &[Tensor; 4], x: &Tensor) -> Tensor {
    (x.matmul(w1) + b1).tanh().matmul(w2) + b2
}

/// The shapes of a net with H hidden units.
fn shapes(hidden: usize) -> [Vec<usize>; 4] {
    [vec![2, hidden], vec![hidden], vec![hidden, 1], vec![1]]
}

/// The net of a seed, with H hidden units.
fn some_net(hidden: usize, seed: u64) -> [Tensor; 4] {
    let mut rng = Rng::new(seed);
    let parameter = |shape: Vec<usize>| {
        let drawn = rng.normal_tensor(&shape, 0.0, 1.0);
        drawn.require_grad()
    };
    shapes(hidden).map(parameter)
}

const PARTS: [&str; 4] = ["W₁", "b₁", "W₂", "b₂"];

#[test]
fn ex3_12_step1_one_step() {
    let ex = Exercise::load("3.12");
    let (x, targets) = xor();
    for (hidden, rate) in [(3, 0.5), (2, 1.0), (5, 0.0)] {
        let net = some_net(hidden, 1);
        let asked = ex.given(format!(
            "a random net of {hidden} hidden units, the four examples of XOR, rate {rate}"
        ));
        let (got, loss) = answer::train_step(&net, &x, &targets, rate);
        // By hand: prediction minus target, carried back through both layers.
        let [w1, b1, w2, b2] = net.each_ref().map(Tensor::detach);
        let a = (x.matmul(&w1) + &b1).tanh();
        let z = a.matmul(&w2) + &b2;
        let before = z.binary_cross_entropy(&targets).item();
        asked
            .step("1: the loss before the step, of the logits")
            .close(loss, before, 1e-5);
        let g = (z.sigmoid() - &targets) / 4.0; // [N, 1]
        let back = g.matmul(&w2.t()) * (1.0 - a.square()); // [N, H]
        let wanted = [
            w1 - rate * x.t().matmul(&back),
            b1 - rate * back.sum_axis(0, Keep::No),
            w2 - rate * a.t().matmul(&g),
            b2 - rate * g.sum_axis(0, Keep::No),
        ];
        for ((name, got), wanted) in PARTS.iter().zip(&got).zip(&wanted) {
            close_tensor(&asked, &format!("1: {name} after it"), got, wanted, 1e-5);
        }
    }
}

#[test]
fn ex3_12_step1_gives_parameters() {
    let ex = Exercise::load("3.12").step("1: the new tensors are parameters");
    let (x, targets) = xor();
    let (net, _) = answer::train_step(&some_net(2, 1), &x, &targets, 0.1);
    for (name, tensor) in PARTS.iter().zip(&net) {
        let asked = ex.given(format!("{name} of the returned net"));
        let parameter = tensor.requires_grad();
        asked.holds(
            parameter,
            "it has require_grad, so the next step can be taken",
        );
        let words = "it is a fresh parameter, without the graph of the step before it";
        asked.holds(tensor.tape().len() == 1, words);
    }
}

#[test]
fn ex3_12_step2_learn_xor() {
    let ex = Exercise::load("3.12");
    let (x, targets) = xor();
    for seed in 1..=8 {
        let asked = ex.given(format!("rng = Rng::new({seed})"));
        let net = answer::learn_xor(&mut Rng::new(seed));
        let w1 = net[0].shape();
        let hidden = w1.last().copied().unwrap_or(0);
        let few = asked.step(format!("2: W₁ has the shape [2, H], yours {w1:?}"));
        few.holds((2..=8).contains(&hidden), "H is 2 to 8");
        for ((name, part), shape) in PARTS.iter().zip(&net).zip(shapes(hidden)) {
            let asked = asked.step(format!("2: the shape of {name}"));
            asked.equal(part.shape(), shape);
        }
        let loss = no_grad(|| logits(&net, &x).binary_cross_entropy(&targets)).item();
        let asked = asked.step("2: the loss of the four examples");
        asked.holds(loss < 0.05, format!("{loss} is below 0.05"));
    }
}

#[test]
fn ex3_13_value() {
    let ex = Exercise::load("3.13").step("the value, (x − μ) / s, row by row");
    let x = [
        [1.0, 3.0, 5.0, 7.0],
        [-4.0, 0.0, 2.0, 2.0],
        [0.1, 0.1, 0.1, 0.1],
    ];
    let wanted = [
        [-1.341_641, -0.447_214, 0.447_214, 1.341_641],
        [-1.632_993, 0.0, 0.816_497, 0.816_497],
        [0.0, 0.0, 0.0, 0.0],
    ];
    let asked = ex.given(format!("x = {x:?}, epsilon = 1e-6"));
    let y = answer::layer_norm(&Tensor::from(x), 1e-6);
    close_tensor(&asked, "the value", &y, &Tensor::from(wanted), 1e-3);
    check_no_history(&asked, &y);
    let asked = ex.given("x = [[1, 3]], epsilon = 3: s is √(1 + 3)");
    let y = answer::layer_norm(&Tensor::from([[1.0, 3.0]]), 3.0);
    close_tensor(&asked, "the value", &y, &Tensor::from([[-0.5, 0.5]]), 1e-5);
}

#[test]
fn ex3_13_what_changes_nothing() {
    let ex = Exercise::load("3.13");
    let row = [1.0, 3.0, 5.0, 7.0];
    let y = [-1.341_641, -0.447_214, 0.447_214, 1.341_641];
    for (what, g) in [
        ("to push all numbers alike does not change y", [1.0; 4]),
        ("to stretch the row along y does not change y", y),
    ] {
        let asked =
            ex.given(format!("{what}: x = [{row:?}], epsilon = 1e-6, g = {g:?}"));
        let x = Tensor::from([row]).require_grad();
        let normed = answer::layer_norm(&x, 1e-6);
        check_one_operation(&asked, &normed);
        let got = (normed * Tensor::from([g])).sum().backward();
        let zeros = Tensor::zeros(&[1, 4]);
        close_tensor(&asked, "the gradient by x", &got[&x], &zeros, 1e-4);
    }
}

#[test]
fn ex3_13_same_as_composed() {
    let ex = Exercise::load("3.13");
    let mut rng = Rng::new(4);
    for ([n, d], epsilon) in
        [([3, 4], 1e-5), ([2, 6], 0.5), ([1, 2], 1e-4), ([2, 1], 0.1)]
    {
        let x = rng.normal_tensor(&[n, d], 1.0, 2.0).require_grad();
        let g = rng.normal_tensor(&[n, d], 0.0, 1.0);
        let centred = &x - x.mean_axis(1, Keep::Yes);
        let s = (centred.square().mean_axis(1, Keep::Yes) + epsilon).sqrt();
        let wanted = (centred / s * &g).sum().backward();
        let asked =
            ex.given(format!(
            "random x and g, [{n}, {d}], epsilon = {epsilon}; expected is what the engine \
             finds for layer norm composed of its own operations"
        ));
        let y = answer::layer_norm(&x, epsilon);
        check_one_operation(&asked, &y);
        let got = (y * &g).sum().backward();
        close_tensor(&asked, "the gradient by x", &got[&x], &wanted[&x], 1e-3);
    }
}
