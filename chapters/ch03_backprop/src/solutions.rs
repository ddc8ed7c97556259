//! The solutions of lesson 3's exercises; what each is asked to do stands in
//! `exercises.rs`.
//!
//! They take the stubs' place with `--features solutions`.

use tensor::{Keep, Rng, Tensor, no_grad};

use crate::chain::Arrow;
use crate::dual::Dual;
use crate::scalar::Scalar;

/// 3.1, step 1: how much f changes over the whole of 2h.
pub fn slope(f: impl Fn(f64) -> f64, x: f64, h: f64) -> f64 {
    (f(x + h) - f(x - h)) / (2.0 * h)
}

/// 3.1, step 2: a = −1/3 and b = 4/3, the step of Richardson (1911).
pub fn better_slope(f: impl Fn(f64) -> f64, x: f64, h: f64) -> f64 {
    (4.0 * slope(&f, x, h / 2.0) - slope(&f, x, h)) / 3.0
}

/// 3.2: each slope from those of the nodes behind it.
pub fn slopes_on_graph(
    u_by_x: f64,
    v_by_x: f64,
    v_by_u: f64,
    f_by_u: f64,
    f_by_v: f64,
) -> [f64; 3] {
    let by_v = f_by_v;
    let by_u = f_by_u + v_by_u * by_v;
    let by_x = u_by_x * by_u + v_by_x * by_v;
    [by_x, by_u, by_v]
}

/// 3.3: the slope of the logistic function is y (1 − y).
pub fn logistic_back(y: f64, g: f64) -> f64 {
    g * y * (1.0 - y)
}

/// 3.4: partners have opposite weights, and no pair can make up for others, as each
/// weighs more than all before it together: 1, 2, 4, …
pub fn mirror_weights(bits: usize) -> Vec<f32> {
    let mut weights = vec![0.0; bits];
    for pair in 0..bits / 2 {
        let size = 2_f32.powi(pair as i32);
        weights[pair] = size;
        weights[bits - 1 - pair] = -size;
    }
    weights
}

/// 3.5: `most` + 1 looks, and a step after each but the last. NaN is at most nothing.
pub fn descend_until(
    gradient: impl Fn(&[f64]) -> Vec<f64>,
    start: &[f64],
    rate: f64,
    tolerance: f64,
    most: usize,
) -> Option<(Vec<f64>, usize)> {
    let mut x = start.to_vec();
    for steps in 0..=most {
        let g = gradient(&x);
        let length = g.iter().map(|g| g * g).sum::<f64>().sqrt();
        if length <= tolerance {
            return Some((x, steps));
        }
        x.iter_mut().zip(&g).for_each(|(x, g)| *x -= rate * g);
    }
    None
}

/// 3.6: the shapes leave no choice.
pub fn dense_back(
    x: &Tensor,
    weights: &Tensor,
    g: &Tensor,
) -> (Tensor, Tensor, Tensor) {
    let by_x = g.matmul(weights); // [B, H] x [H, D] -> [B, D]
    let by_weights = g.t().matmul(x); // [H, B] x [B, D] -> [H, D]
    let by_bias = g.sum_axis(0, Keep::No); // [B, H] -> [H]
    (by_x, by_weights, by_bias)
}

/// 3.7: what of g points along y changes the length only, and is taken out.
pub fn unit_length_back(x: &Tensor, g: &Tensor) -> Tensor {
    let length = x.square().sum_axis(1, Keep::Yes).sqrt(); // [B, 1]
    let y = x / &length;
    let along = (g * &y).sum_axis(1, Keep::Yes); // [B, 1]
    (g - y * along) / length
}

/// 3.8: the mean is over N·D numbers, the slope of x s by s is x, and each scale and
/// shift was read once a row.
pub fn scale_and_shift_gradient(
    x: &Tensor,
    scale: &Tensor,
    shift: &Tensor,
    targets: &Tensor,
) -> (Tensor, Tensor) {
    let error = x * scale + shift - targets; // [N, D]
    let g = 2.0 * &error / x.len() as f32;
    let by_scale = (&g * x).sum_axis(0, Keep::No); // [N, D] -> [D]
    let by_shift = g.sum_axis(0, Keep::No);
    (by_scale, by_shift)
}

/// 3.9: ln(1 + e^z) = max(0, z) + ln(1 + e^−|z|).
pub fn softplus(x: &Tensor, beta: f32) -> Tensor {
    let z = beta * x.detach();
    let value = (z.relu() + ((-z.abs()).exp() + 1.0).ln()) / beta;
    // The β of the inner slope and the 1/β cancel.
    Tensor::record("softplus", value, [x.edge(move |g| g * z.sigmoid())])
}

/// 3.10, step 1: again and again, a node whose inputs are all there (Kahn, 1962).
pub fn order(nodes: usize, arrows: &[Arrow]) -> Option<Vec<usize>> {
    let mut missing = vec![0; nodes];
    arrows.iter().for_each(|arrow| missing[arrow.to] += 1);
    let mut order: Vec<usize> = (0..nodes).filter(|&node| missing[node] == 0).collect();
    let mut done = 0;
    while let Some(&node) = order.get(done) {
        done += 1;
        for arrow in arrows.iter().filter(|arrow| arrow.from == node) {
            missing[arrow.to] -= 1;
            if missing[arrow.to] == 0 {
                order.push(arrow.to);
            }
        }
    }
    (order.len() == nodes).then_some(order)
}

/// 3.10, step 2: from the end, each node's slope is complete when its turn comes.
///
/// # Panics
/// If the arrows make a ring.
pub fn gradients(nodes: usize, arrows: &[Arrow], result: usize) -> Vec<f64> {
    let order = order(nodes, arrows).expect("the exercise promises no rings");
    let mut slopes = vec![0.0; nodes];
    slopes[result] = 1.0;
    for node in order.into_iter().rev() {
        for arrow in arrows.iter().filter(|arrow| arrow.to == node) {
            slopes[arrow.from] += arrow.slope * slopes[node];
        }
    }
    slopes
}

/// 3.11, step 1: (a b)″ = a″ b + 2 a′ b′ + a b″.
pub fn times(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [
        a[0] * b[0],
        a[1] * b[0] + a[0] * b[1],
        a[2] * b[0] + 2.0 * a[1] * b[1] + a[0] * b[2],
    ]
}

/// 3.11, step 2: f(a)″ = f″ a′² + f′ a″.
pub fn through(f: [f64; 3], a: [f64; 3]) -> [f64; 3] {
    [f[0], f[1] * a[1], f[2] * a[1] * a[1] + f[1] * a[2]]
}

/// The net of exercise 3.12: W₁, b₁, W₂, b₂.
pub type Net = [Tensor; 4];

/// 3.12, step 1: the loss is computed with a record, the step without.
pub fn train_step(net: &Net, x: &Tensor, targets: &Tensor, rate: f32) -> (Net, f32) {
    let [w1, b1, w2, b2] = net;
    let hidden = (x.matmul(w1) + b1).tanh(); // [N, 2] x [2, H] -> [N, H]
    let logits = hidden.matmul(w2) + b2; // [N, H] x [H, 1] -> [N, 1]
    let loss = logits.binary_cross_entropy(targets);
    let gradients = loss.backward();
    let step = |w: &Tensor| no_grad(|| w - rate * &gradients[w]).require_grad();
    (net.each_ref().map(step), loss.item())
}

/// 3.12, step 2: eight units that start out different.
pub fn learn_xor(rng: &mut Rng) -> Net {
    let x = Tensor::from([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
    let targets = Tensor::from([[0.0], [1.0], [1.0], [0.0]]);
    let mut net = [[2, 8].as_slice(), &[8], &[8, 1], &[1]]
        .map(|shape| rng.normal_tensor(shape, 0.0, 1.0).require_grad());
    for _ in 0..500 {
        (net, _) = train_step(&net, &x, &targets, 0.5);
    }
    net
}

/// 3.13: g directly, less its mean (through μ), less its part along y (through s).
pub fn layer_norm(x: &Tensor, epsilon: f32) -> Tensor {
    let mean = |t: Tensor| t.mean_axis(1, Keep::Yes); // [N, D] -> [N, 1]
    let at = x.detach();
    let centred = &at - mean(at.clone());
    let s = (mean(centred.square()) + epsilon).sqrt(); // [N, 1]
    let y = centred / &s;
    let kept = y.clone();
    let pullback = move |g: &Tensor| {
        let along = mean(g * &kept);
        (g - mean(g.clone()) - kept * along) / s
    };
    Tensor::record("layer_norm", y, [x.edge(pullback)])
}

/// 3.14: the slope along v, a scalar that knows how it was computed, and then back.
pub fn second_slopes_along(
    f: impl Fn(&[Dual<Scalar>]) -> Dual<Scalar>,
    x: &[f64],
    v: &[f64],
) -> Vec<f64> {
    let x: Vec<Scalar> = x.iter().map(|&x| x.into()).collect();
    let pairs = x.iter().zip(v);
    let dual = |(x, &v): (&Scalar, &f64)| Dual {
        value: x.clone(),
        slope: Scalar::from(v),
    };
    f(&pairs.map(dual).collect::<Vec<_>>()).slope.backward();
    x.iter().map(Scalar::gradient).collect()
}
