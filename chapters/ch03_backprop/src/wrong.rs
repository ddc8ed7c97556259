//! Wrong solutions of the kind that people write, to prove that the exercises' tests
//! catch them.
//!
//! Each function is the right solution, unless the environment names one of its
//! exercise's wrong variants: `COURSE_WRONG=3.3b`. The comment beside a variant says
//! what is wrong with it.

use lesson::exercise::wrong_variant;
use tensor::{Keep, Rng, Tensor, no_grad};

use crate::chain::Arrow;
use crate::dual::Dual;
use crate::scalar::Scalar;
use crate::solutions::{self, Net};

/// 3.1, step 1, or a wrong variant.
pub fn slope(f: impl Fn(f64) -> f64, x: f64, h: f64) -> f64 {
    match wrong_variant("3.1") {
        // Forward differences.
        Some('a') => (f(x + h) - f(x)) / h,
        // Divided by h, where the two places are 2h apart.
        Some('b') => (f(x + h) - f(x - h)) / h,
        _ => solutions::slope(f, x, h),
    }
}

/// 3.1, step 2, or a wrong variant.
pub fn better_slope(f: impl Fn(f64) -> f64, x: f64, h: f64) -> f64 {
    match wrong_variant("3.1") {
        // As if halving h halved the error: right for forward differences.
        Some('c') => 2.0 * slope(&f, x, h / 2.0) - slope(&f, x, h),
        _ => solutions::better_slope(f, x, h),
    }
}

/// 3.2, or a wrong variant.
pub fn slopes_on_graph(
    u_by_x: f64,
    v_by_x: f64,
    v_by_u: f64,
    f_by_u: f64,
    f_by_v: f64,
) -> [f64; 3] {
    let [by_x, by_u, by_v] =
        solutions::slopes_on_graph(u_by_x, v_by_x, v_by_u, f_by_u, f_by_v);
    match wrong_variant("3.2") {
        // The path through v is forgotten.
        Some('a') => [u_by_x * f_by_u + v_by_x * f_by_v, f_by_u, f_by_v],
        // The last path overwrites those before.
        Some('b') => [v_by_x * f_by_v, v_by_u * f_by_v, f_by_v],
        // Slopes along a path are added.
        Some('c') => [u_by_x + by_u + v_by_x + by_v, by_u, by_v],
        _ => [by_x, by_u, by_v],
    }
}

/// 3.3, or a wrong variant.
pub fn logistic_back(y: f64, g: f64) -> f64 {
    match wrong_variant("3.3") {
        // The output is taken for the input.
        Some('a') => solutions::logistic_back(1.0 / (1.0 + libm::exp(-y)), g),
        // What comes from behind is forgotten.
        Some('b') => y * (1.0 - y),
        // The slope of tanh.
        Some('c') => g * (1.0 - y * y),
        _ => solutions::logistic_back(y, g),
    }
}

/// 3.4, or a wrong variant.
pub fn mirror_weights(bits: usize) -> Vec<f32> {
    let mut weights = solutions::mirror_weights(bits);
    match wrong_variant("3.4") {
        // All of one size: two wrong pairs make up for each other.
        Some('a') => weights
            .iter_mut()
            .for_each(|w| *w = w.signum() * w.abs().min(1.0)),
        // 1, 2, 3: the third pair makes up for the first two.
        Some('b') => weights.iter_mut().for_each(|w| {
            *w = if *w == 0.0 {
                0.0
            } else {
                w.signum() * (w.abs().log2() + 1.0)
            }
        }),
        // The bit in the middle gets a weight too.
        Some('c') if bits % 2 == 1 => weights[bits / 2] = 1.0,
        _ => {}
    }
    weights
}

/// 3.5, or a wrong variant.
pub fn descend_until(
    gradient: impl Fn(&[f64]) -> Vec<f64>,
    start: &[f64],
    rate: f64,
    tolerance: f64,
    most: usize,
) -> Option<(Vec<f64>, usize)> {
    let variant = wrong_variant("3.5");
    let length = |g: &[f64]| match variant {
        // The sum: slopes of opposite sign cancel.
        Some('a') => g.iter().sum::<f64>().abs(),
        _ => g.iter().map(|g| g * g).sum::<f64>().sqrt(),
    };
    let step = |x: &mut [f64], g: &[f64]| {
        x.iter_mut().zip(g).for_each(|(x, g)| *x -= rate * g);
    };
    let mut x = start.to_vec();
    match variant {
        Some('a') => {
            for steps in 0..=most {
                let g = gradient(&x);
                if length(&g) <= tolerance {
                    return Some((x, steps));
                }
                step(&mut x, &g);
            }
            None
        }
        // Goes on while the gradient is long, which NaN is not.
        Some('b') => {
            let mut steps = 0;
            let mut g = gradient(&x);
            while length(&g) > tolerance {
                if steps == most {
                    return None;
                }
                step(&mut x, &g);
                g = gradient(&x);
                steps += 1;
            }
            Some((x, steps))
        }
        // Does not look where the last step has led.
        Some('c') => solutions::descend_until(
            gradient,
            start,
            rate,
            tolerance,
            most.checked_sub(1)?,
        ),
        _ => solutions::descend_until(gradient, start, rate, tolerance, most),
    }
}

/// 3.6, or a wrong variant.
pub fn dense_back(
    x: &Tensor,
    weights: &Tensor,
    g: &Tensor,
) -> (Tensor, Tensor, Tensor) {
    let (by_x, by_weights, by_bias) = solutions::dense_back(x, weights, g);
    match wrong_variant("3.6") {
        // The mean over the batch, of a gradient that has it already.
        Some('a') => (by_x, by_weights, g.mean_axis(0, Keep::No)),
        // Of the shape that the weights of the page have.
        Some('b') => (by_x, by_weights.t(), by_bias),
        // Along the wrong axis: a number for each example.
        Some('c') => (by_x, by_weights, g.sum_axis(1, Keep::No)),
        _ => (by_x, by_weights, by_bias),
    }
}

/// 3.7, or a wrong variant.
pub fn unit_length_back(x: &Tensor, g: &Tensor) -> Tensor {
    let length = x.square().sum_axis(1, Keep::Yes).sqrt();
    match wrong_variant("3.7") {
        // As if the length were a constant.
        Some('a') => g / length,
        // x in place of y.
        Some('b') => {
            let along = (g * x).sum_axis(1, Keep::Yes);
            (g - x * along) / length
        }
        // The length of the whole batch.
        Some('c') => {
            let rows = [1, x.len()];
            let whole =
                solutions::unit_length_back(&x.reshape(&rows), &g.reshape(&rows));
            whole.reshape(x.shape())
        }
        _ => solutions::unit_length_back(x, g),
    }
}

/// 3.8, or a wrong variant.
pub fn scale_and_shift_gradient(
    x: &Tensor,
    scale: &Tensor,
    shift: &Tensor,
    targets: &Tensor,
) -> (Tensor, Tensor) {
    let (by_scale, by_shift) =
        solutions::scale_and_shift_gradient(x, scale, shift, targets);
    let g = 2.0 * (x * scale + shift - targets) / x.len() as f32;
    match wrong_variant("3.8") {
        // A mean over the rows only.
        Some('a') => {
            let columns = scale.len() as f32;
            (by_scale * columns, by_shift * columns)
        }
        // The slope of x s by x, not by s.
        Some('b') => ((g * scale).sum_axis(0, Keep::No), by_shift),
        // Summed along the row.
        Some('c') => (by_scale, g.sum_axis(1, Keep::No)),
        _ => (by_scale, by_shift),
    }
}

/// 3.9, or a wrong variant.
pub fn softplus(x: &Tensor, beta: f32) -> Tensor {
    let right = solutions::softplus(x, beta);
    let slope = (beta * x.detach()).sigmoid();
    match wrong_variant("3.9") {
        // The formula as it stands: infinite where e^βx is.
        Some('a') => {
            let naive = ((beta * x.detach()).exp() + 1.0).ln() / beta;
            Tensor::record("softplus", naive, [x.edge(move |g| g * slope)])
        }
        // The inner slope β, without the 1/β that cancels it.
        Some('b') => {
            Tensor::record("softplus", right, [x.edge(move |g| g * slope * beta)])
        }
        // The slope alone, whatever comes from behind.
        Some('c') => Tensor::record("softplus", right, [x.edge(move |_| slope)]),
        _ => right,
    }
}

/// 3.10, step 1, or a wrong variant.
pub fn order(nodes: usize, arrows: &[Arrow]) -> Option<Vec<usize>> {
    match wrong_variant("3.10") {
        // A node as soon as one of its inputs is there.
        Some('a') => {
            let has_input = |node: &usize| arrows.iter().any(|arrow| arrow.to == *node);
            let mut order: Vec<usize> =
                (0..nodes).filter(|node| !has_input(node)).collect();
            let mut done = 0;
            while let Some(&node) = order.get(done) {
                done += 1;
                for arrow in arrows.iter().filter(|arrow| arrow.from == node) {
                    if !order.contains(&arrow.to) {
                        order.push(arrow.to);
                    }
                }
            }
            (order.len() == nodes).then_some(order)
        }
        // Nodes in a ring are put at the end, and nobody is told.
        Some('b') => {
            solutions::order(nodes, arrows).or_else(|| Some((0..nodes).collect()))
        }
        _ => solutions::order(nodes, arrows),
    }
}

/// 3.10, step 2, or a wrong variant.
pub fn gradients(nodes: usize, arrows: &[Arrow], result: usize) -> Vec<f64> {
    let right = solutions::gradients(nodes, arrows, result);
    match wrong_variant("3.10") {
        // Each way into a node overwrites the one before.
        Some('c') => {
            let mut slopes = vec![0.0; nodes];
            slopes[result] = 1.0;
            for node in solutions::order(nodes, arrows).into_iter().flatten().rev() {
                for arrow in arrows.iter().filter(|arrow| arrow.to == node) {
                    slopes[arrow.from] = arrow.slope * slopes[node];
                }
            }
            slopes
        }
        _ => right,
    }
}

/// 3.11, step 1, or a wrong variant.
pub fn times(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    let [value, slope, bend] = solutions::times(a, b);
    match wrong_variant("3.11") {
        // The mixed term once.
        Some('a') => [value, slope, bend - a[1] * b[1]],
        _ => [value, slope, bend],
    }
}

/// 3.11, step 2, or a wrong variant.
pub fn through(f: [f64; 3], a: [f64; 3]) -> [f64; 3] {
    let [value, slope, bend] = solutions::through(f, a);
    match wrong_variant("3.11") {
        // The bend of what is inside is forgotten.
        Some('b') => [value, slope, f[2] * a[1] * a[1]],
        // The inner slope is not squared.
        Some('c') => [value, slope, f[2] * a[1] + f[1] * a[2]],
        _ => [value, slope, bend],
    }
}

/// 3.12, step 1, or a wrong variant.
pub fn train_step(net: &Net, x: &Tensor, targets: &Tensor, rate: f32) -> (Net, f32) {
    match wrong_variant("3.12") {
        // Probabilities, where the loss takes logits.
        Some('a') => {
            let hidden = (x.matmul(&net[0]) + &net[1]).tanh();
            let p = (hidden.matmul(&net[2]) + &net[3]).sigmoid();
            let loss = p.binary_cross_entropy(targets);
            let gradients = loss.backward();
            let step = |w: &Tensor| no_grad(|| w - rate * &gradients[w]).require_grad();
            (net.each_ref().map(step), loss.item())
        }
        // The new numbers are no parameters: nothing is recorded any more.
        Some('b') => {
            let (new, loss) = solutions::train_step(net, x, targets, rate);
            (new.map(|w| w.detach()), loss)
        }
        _ => solutions::train_step(net, x, targets, rate),
    }
}

/// 3.12, step 2, or a wrong variant.
pub fn learn_xor(rng: &mut Rng) -> Net {
    match wrong_variant("3.12") {
        // All units start alike, and stay alike.
        Some('c') => {
            let x = Tensor::from([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
            let targets = Tensor::from([[0.0], [1.0], [1.0], [0.0]]);
            let shapes = [[2, 8].as_slice(), &[8], &[8, 1], &[1]];
            let mut net = shapes.map(|shape| Tensor::full(shape, 0.5).require_grad());
            for _ in 0..500 {
                (net, _) = solutions::train_step(&net, &x, &targets, 0.5);
            }
            net
        }
        _ => solutions::learn_xor(rng),
    }
}

/// 3.13, or a wrong variant.
pub fn layer_norm(x: &Tensor, epsilon: f32) -> Tensor {
    let right = solutions::layer_norm(x, epsilon);
    let at = x.detach();
    let centred = &at - at.mean_axis(1, Keep::Yes);
    let s = (centred.square().mean_axis(1, Keep::Yes) + epsilon).sqrt();
    match wrong_variant("3.13") {
        // Mean and deviation are taken for constants.
        Some('a') => Tensor::record("layer_norm", right, [x.edge(move |g| g / s)]),
        // The deviation is taken for a constant.
        Some('b') => {
            let pullback = move |g: &Tensor| (g - g.mean_axis(1, Keep::Yes)) / s;
            Tensor::record("layer_norm", right, [x.edge(pullback)])
        }
        // The deviation of a sample: over D − 1.
        Some('c') => {
            let d = x.shape()[1] as f32;
            let sample =
                (centred.square().sum_axis(1, Keep::Yes) / (d - 1.0) + epsilon).sqrt();
            let factor = s / sample;
            right * factor
        }
        _ => right,
    }
}

/// 3.14, or a wrong variant.
pub fn second_slopes_along(
    f: impl Fn(&[Dual<Scalar>]) -> Dual<Scalar>,
    x: &[f64],
    v: &[f64],
) -> Vec<f64> {
    match wrong_variant("3.14") {
        // Back from the value: that is the gradient.
        Some('a') => {
            let x: Vec<Scalar> = x.iter().map(|&x| x.into()).collect();
            f(&x.iter()
                .map(|x| Dual::variable(x.clone()))
                .collect::<Vec<_>>())
            .value
            .backward();
            x.iter().map(Scalar::gradient).collect()
        }
        // Every input is "the" variable: v is all ones.
        Some('b') => solutions::second_slopes_along(f, x, &vec![1.0; v.len()]),
        // The diagonal alone.
        Some('c') => {
            let one = |i: usize| {
                let mut only = vec![0.0; v.len()];
                only[i] = v[i];
                solutions::second_slopes_along(&f, x, &only)[i]
            };
            (0..v.len()).map(one).collect()
        }
        _ => solutions::second_slopes_along(f, x, v),
    }
}
