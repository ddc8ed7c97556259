//! The comparisons: by hand, by laws, by central differences, with burn.

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use tensor::{Rng, Tensor, gradcheck};

use crate::draw::Draw;
use crate::op::{Hand, Law, Op, Ours};
use crate::twin::{Twin, constant, numbers, twin};

/// Random calls of each operation, with seeds 0, 1, 2 ...
const TURNS: u64 = 24;

/// The step of the central differences.
const STEP: f32 = 1e-2;

/// What gradients by the engine and by central differences may differ by, relatively.
const DIFFERENCES: f32 = 1e-2;

/// What we and burn may differ by: times the largest number, or 1.
const BURN: f32 = 1e-5;

/// What two ways to one result may differ by; one of them rounds in more steps.
const LAW: f32 = 1e-4;

/// The outcome of a comparison: what the table shows, or what went wrong.
pub(crate) type Outcome = Result<String, String>;

/// The value and the gradients worked out by hand.
pub(crate) fn by_hand(op: &Op) -> Outcome {
    let Hand { inputs, ours, value, gradients } = (op.hand)();
    let weights = (Tensor::arange(value.len()) + 1.0).reshape(value.shape());
    let (got, slopes) = walk(&ours, &inputs, &weights);
    expect_close("the value", &got, &value, 1e-6)?;
    for (slope, gradient) in slopes.iter().zip(&gradients) {
        expect_close("a gradient", slope, gradient, 1e-6)?;
    }
    Ok("yes".to_string())
}

/// Laws on random calls, whatever their number and shape.
pub(crate) fn properties(op: &Op) -> Outcome {
    let config = Config { cases: 32, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let holds = |turn: u64| {
        let all = pullbacks_are_linear(op, turn)
            .and_then(|()| pullbacks_are_adjoint(op, turn))
            .and_then(|()| layout_does_not_matter(op, turn))
            .and_then(|()| law_holds(op, turn));
        all.map_err(TestCaseError::fail)
    };
    runner.run(&(0..u64::MAX), holds).map_err(|error| error.to_string())?;
    Ok("32".to_string())
}

/// Twice one gradient of the result and three times another pull back to the same sum.
fn pullbacks_are_linear(op: &Op, turn: u64) -> Result<(), String> {
    let case = (op.draw)(&mut Draw::new(op.name, turn));
    let [u, v] = two_of_shape((case.ours)(&case.inputs).shape(), turn);
    let (_, by_u) = walk(&case.ours, &case.inputs, &u);
    let (_, by_v) = walk(&case.ours, &case.inputs, &v);
    let (_, by_both) = walk(&case.ours, &case.inputs, &(2.0 * &u + 3.0 * &v));
    for ((u, v), both) in by_u.iter().zip(&by_v).zip(&by_both) {
        expect_close("2u + 3v pulled back", both, &(2.0 * u + 3.0 * v), 1e-5)?;
    }
    Ok(())
}

/// With J the slope of the result along a direction d, by differences: <J d, u> = <d, Jᵀ u>.
fn pullbacks_are_adjoint(op: &Op, turn: u64) -> Result<(), String> {
    let case = (op.draw)(&mut Draw::new(op.name, turn));
    let [u, _] = two_of_shape((case.ours)(&case.inputs).shape(), turn);
    let (_, pulled) = walk(&case.ours, &case.inputs, &u);
    let mut rng = Rng::new(turn).fork("direction");
    let directions: Vec<Tensor> =
        case.inputs.iter().map(|x| rng.uniform_tensor(x.shape(), -1.0, 1.0)).collect();
    let moved = |by: f32| {
        let inputs = case.inputs.iter().zip(&directions).map(|(x, d)| x + by * d);
        (case.ours)(&inputs.collect::<Vec<Tensor>>())
    };
    let along = (moved(STEP) - moved(-STEP)) / (2.0 * STEP);
    let forward = (along * u).sum();
    let parts = directions.iter().zip(&pulled).map(|(d, g)| (d * g).sum().item());
    let sizes = directions.iter().zip(&pulled).map(|(d, g)| (d * g).abs().sum().item());
    let (backward, size): (f32, f32) = (parts.sum(), sizes.sum());
    let off = (forward.item() - backward).abs();
    if off <= DIFFERENCES * size.max(0.1) {
        return Ok(());
    }
    Err(format!("forward {} along a direction, backward {backward}", forward.item()))
}

/// The same numbers lying otherwise in memory give the same value and gradients.
fn layout_does_not_matter(op: &Op, turn: u64) -> Result<(), String> {
    let case = (op.draw)(&mut Draw::new(op.name, turn));
    let [u, _] = two_of_shape((case.ours)(&case.inputs).shape(), turn);
    let turned: Vec<Tensor> = case.inputs.iter().map(turn_over).collect();
    let (value, gradients) = walk(&case.ours, &case.inputs, &u);
    let (same, same_gradients) = walk(&case.ours, &turned, &turn_over(&u));
    expect_close("the value of turned inputs", &same, &value, 1e-6)?;
    for (same, gradient) in same_gradients.iter().zip(&gradients) {
        expect_close("the gradient of turned inputs", same, gradient, 1e-6)?;
    }
    Ok(())
}

/// The same numbers, lying in memory in the order of the last axis first.
fn turn_over(x: &Tensor) -> Tensor {
    let reversed: Vec<usize> = (0..x.rank()).rev().collect();
    let turned = x.permute(&reversed);
    Tensor::from_vec(turned.to_vec(), turned.shape()).permute(&reversed)
}

/// The operation's own law, for the value and the gradients.
fn law_holds(op: &Op, turn: u64) -> Result<(), String> {
    let Law { inputs, left, right } = (op.law)(&mut Draw::new(op.name, turn));
    let [u, _] = two_of_shape(left(&inputs).shape(), turn);
    let (value, gradients) = walk(&left, &inputs, &u);
    let (same, same_gradients) = walk(&right, &inputs, &u);
    expect_close("the law's value", &value, &same, LAW)?;
    for (gradient, same) in gradients.iter().zip(&same_gradients) {
        expect_close("the law's gradient", gradient, same, LAW)?;
    }
    Ok(())
}

/// The gradients of [`TURNS`] random calls against central differences.
pub(crate) fn differences(op: &Op) -> Outcome {
    let (mut worst, mut lengths) = (0_f32, [false; 2]);
    for turn in 0..TURNS {
        let case = (op.draw)(&mut Draw::new(op.name, turn));
        for (input, checked) in
            case.inputs.iter().zip(gradcheck::check(&case.ours, &case.inputs, STEP))
        {
            let error = checked.error;
            if checked.engine.shape() != input.shape() || error.is_nan() || error > DIFFERENCES {
                return Err(format!("central differences, call {turn}: {checked:?}"));
            }
            worst = worst.max(error);
            (0..2).for_each(|length| lengths[length] |= input.shape().contains(&length));
        }
    }
    if !lengths[1] {
        return Err("no call had an axis of length 1".to_string());
    }
    let empty = if lengths[0] { "" } else { " *" };
    Ok(format!("{worst:.0e}{empty}"))
}

/// The values and gradients of the same calls against burn's. Calls on no numbers stay out.
pub(crate) fn burn(op: &Op) -> Outcome {
    let mut worst = [0_f32; 2];
    let mut compared = 0;
    for turn in 0..TURNS {
        let case = (op.draw)(&mut Draw::new(op.name, turn));
        let Some(theirs) = case.theirs else {
            return Ok("–".to_string());
        };
        let value = (case.ours)(&case.inputs);
        if case.inputs.iter().any(Tensor::is_empty) || value.is_empty() {
            continue;
        }
        let [u, _] = two_of_shape(value.shape(), turn);
        let (value, gradients) = walk(&case.ours, &case.inputs, &u);
        let twins: Vec<Twin> = case.inputs.iter().map(twin).collect();
        let result = theirs(&twins);
        let slopes = (result.clone() * constant(&u).reshape(result.dims())).sum().backward();
        let mut errors = vec![(0, error(&value.to_vec(), &numbers(&result)))];
        for (gradient, twin) in gradients.iter().zip(&twins) {
            let slope = twin.grad(&slopes).map_or(vec![0.0; gradient.len()], |g| numbers(&g));
            errors.push((1, error(&gradient.to_vec(), &slope)));
        }
        for (which, error) in errors {
            if error.is_nan() || error > BURN {
                let what = ["value", "gradient"][which];
                return Err(format!("burn's {what}, call {turn}: off by {error:e}"));
            }
            worst[which] = worst[which].max(error);
        }
        compared += 1;
    }
    if compared < 12 {
        return Err(format!("only {compared} calls were compared with burn"));
    }
    Ok(format!("{:.0e} / {:.0e}", worst[0], worst[1]))
}

/// The value of `f`, and the gradients of its sum times `weights`.
fn walk(f: &Ours, inputs: &[Tensor], weights: &Tensor) -> (Tensor, Vec<Tensor>) {
    let parameters: Vec<Tensor> = inputs.iter().map(Tensor::require_grad).collect();
    let value = f(&parameters);
    let gradients = (&value * weights).sum().backward();
    let of = |x: &Tensor| gradients.get(x).cloned().unwrap_or(Tensor::zeros(x.shape()));
    (value.detach(), parameters.iter().map(of).collect())
}

/// Two tensors of this shape.
fn two_of_shape(shape: &[usize], turn: u64) -> [Tensor; 2] {
    let mut rng = Rng::new(turn).fork("weights");
    [0, 1].map(|_| rng.normal_tensor(shape, 0.0, 1.0))
}

/// The largest difference, divided by the largest of `b`, or by 1; NaN where either is.
pub(crate) fn error(a: &[f32], b: &[f32]) -> f32 {
    let larger = |x: f32, y: f32| if y > x || y.is_nan() { y } else { x };
    let scale = b.iter().fold(1.0, |scale, y| larger(scale, y.abs()));
    let differences = a.iter().zip(b).map(|(x, y)| if x == y { 0.0 } else { (x - y).abs() });
    if a.len() == b.len() { differences.fold(0.0, larger) / scale } else { f32::NAN }
}

/// An error unless shapes are equal and numbers close.
pub(crate) fn expect_close(
    what: &str,
    got: &Tensor,
    expected: &Tensor,
    tolerance: f32,
) -> Result<(), String> {
    let error = error(&got.to_vec(), &expected.to_vec());
    if got.shape() == expected.shape() && error <= tolerance {
        return Ok(());
    }
    Err(format!("{what}: expected {expected:?}, got {got:?}, off by {error:e}"))
}
