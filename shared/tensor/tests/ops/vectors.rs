//! ONNX's node tests, calculated by our operations.

use std::path::{Path, PathBuf};

use tensor::{Keep, Rng, Tensor, shape::broadcast};

use crate::judge::{Outcome, expect_close};
use crate::op::Op;
use crate::picture_vectors::{self, NODES};
use crate::proto::{Node, Value, Vectors};

/// Where the tests are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ops/onnx")
}

/// The tests that the list names for this operation.
pub(crate) fn onnx(op: &Op) -> Outcome {
    for name in op.onnx {
        let Vectors { node, inputs, output } = Vectors::read(&folder().join(name));
        let got = calculate(op.name, &node, &inputs);
        expect_close(name, &got, &output.tensor(), 1e-5)?;
    }
    match op.onnx.len() {
        0 => Ok("–".to_string()),
        count => Ok(count.to_string()),
    }
}

/// What the node says, by the operation called `op`.
fn calculate(op: &str, node: &Node, inputs: &[Option<Value>]) -> Tensor {
    let given: Vec<&Value> = inputs.iter().flatten().collect();
    let tensors: Vec<Tensor> = given.iter().map(|value| value.tensor()).collect();
    let x = &tensors[0];
    let y = tensors.get(1);
    let second = || y.expect("a second input");
    match node.op_type.as_str() {
        "Add" => x + second(),
        "Sub" => x - second(),
        "Mul" => x * second(),
        "Div" => x / second(),
        "Neg" => -x,
        "Exp" => x.exp(),
        "Log" => x.ln(),
        "Sqrt" => x.sqrt(),
        "Abs" => x.abs(),
        "Tanh" => x.tanh(),
        "Sigmoid" => x.sigmoid(),
        "Relu" => x.relu(),
        "LeakyRelu" => x.leaky_relu(node.float("alpha", 0.01)),
        "Pow" => power(op, x, second()),
        "Clip" => clip(x, &inputs[1..]),
        "Dropout" => x.dropout(second().item(), &mut Rng::new(1)),
        "Max" => tensors[1..].iter().fold(x.clone(), |best, other| best.maximum(other)),
        "Min" => tensors[1..].iter().fold(x.clone(), |best, other| best.minimum(other)),
        "Where" => Tensor::where_(x, second(), &tensors[2]),
        "MatMul" => x.matmul(second()),
        "Softmax" => x.softmax(axis(node, x, -1)),
        "LogSoftmax" => x.log_softmax(axis(node, x, -1)),
        "SoftmaxCrossEntropyLoss" => cross_entropy(x, given[1]),
        "Concat" => Tensor::concat(axis(node, x, 0), &tensors),
        "Gather" => gather(op, x, axis(node, x, 0), given[1]),
        "GatherElements" => {
            let axis = axis(node, x, 0);
            x.gather(axis, &wrapped(&given[1].ints, x.shape()[axis]))
        }
        "Slice" => slice(x, &given[1..]),
        "Transpose" => transpose(op, x, node.ints("perm")),
        "Reshape" => x.reshape(&new_shape(x, &given[1].ints, node.int("allowzero", 0) == 1)),
        "Squeeze" => {
            let axes = sorted(&given[1].ints, x.rank()).into_iter().rev();
            axes.fold(x.clone(), |x, axis| x.squeeze(axis))
        }
        "Unsqueeze" => {
            let axes = given.get(1).map(|axes| axes.ints.clone()).or(node.ints("axes")).unwrap();
            let axes = sorted(&axes, x.rank() + axes.len());
            axes.into_iter().fold(x.clone(), |x, axis| x.unsqueeze(axis))
        }
        "Expand" => {
            let shape: Vec<usize> = given[1].ints.iter().map(|&n| n as usize).collect();
            x.broadcast_to(&broadcast(x.shape(), &shape).unwrap())
        }
        other if NODES.contains(&other) => picture_vectors::calculate(op, node, inputs),
        reduction => {
            let axes = given.get(1).map(|axes| axes.ints.clone()).or(node.ints("axes"));
            let axes = sorted(&axes.unwrap_or_default(), x.rank());
            reduce(op, reduction, x, &axes, node.int("keepdims", 1) == 1)
        }
    }
}

/// Places counted from the end, as from the start.
fn wrapped(places: &[i64], length: usize) -> Vec<usize> {
    let wrap = |&i: &i64| (if i < 0 { i + length as i64 } else { i }) as usize;
    places.iter().map(wrap).collect()
}

/// Axes counted from the start, in order.
fn sorted(axes: &[i64], rank: usize) -> Vec<usize> {
    let mut axes = wrapped(axes, rank);
    axes.sort_unstable();
    axes
}

/// The node's axis.
fn axis(node: &Node, x: &Tensor, otherwise: i64) -> usize {
    wrapped(&[node.int("axis", otherwise)], x.rank())[0]
}

/// Each number to its own power, as ONNX has it; ours takes one power for all.
fn power(op: &str, x: &Tensor, powers: &Tensor) -> Tensor {
    let shape = broadcast(x.shape(), powers.shape()).unwrap();
    let x = x.broadcast_to(&shape).reshape(&[shape.iter().product()]);
    let powers = powers.broadcast_to(&shape).to_vec();
    let each = powers.iter().enumerate().map(|(i, &power)| match op {
        "powi" => x.slice(0, i..=i).powi(power as i32),
        _ => x.slice(0, i..=i).powf(power),
    });
    Tensor::concat(0, &each.collect::<Vec<Tensor>>()).reshape(&shape)
}

fn clip(x: &Tensor, bounds: &[Option<Value>]) -> Tensor {
    let bound = |i: usize, otherwise: f32| match bounds.get(i) {
        Some(Some(bound)) => bound.tensor().item(),
        _ => otherwise,
    };
    x.clamp(bound(0, f32::NEG_INFINITY), bound(1, f32::INFINITY))
}

/// ONNX's classes are axis 1, ours the last.
fn cross_entropy(x: &Tensor, classes: &Value) -> Tensor {
    let order = [0].into_iter().chain(2..x.rank()).chain([1]);
    let order: Vec<usize> = order.collect();
    x.permute(&order).cross_entropy(&wrapped(&classes.ints, 0))
}

fn gather(op: &str, x: &Tensor, axis: usize, places: &Value) -> Tensor {
    let chosen = wrapped(&places.ints, x.shape()[axis]);
    let (before, after) = (&x.shape()[..axis], &x.shape()[axis + 1..]);
    let shape = [before, &places.shape, after].concat();
    match op {
        "embedding" => {
            let rows = x.shape()[0];
            x.reshape(&[rows, x.len() / rows]).embedding(&chosen).reshape(&shape)
        }
        _ => x.select(axis, &chosen).reshape(&shape),
    }
}

/// Starts, ends, and then axes and steps if they are given; all steps are 1.
fn slice(x: &Tensor, bounds: &[&Value]) -> Tensor {
    let (starts, ends) = (&bounds[0].ints, &bounds[1].ints);
    let all: Vec<i64> = (0..x.rank() as i64).collect();
    let axes = wrapped(bounds.get(2).map_or(&all, |axes| &axes.ints), x.rank());
    assert!(bounds.get(3).is_none_or(|steps| steps.ints.iter().all(|&step| step == 1)));
    let ranges = axes.into_iter().zip(starts.iter().zip(ends));
    ranges.fold(x.clone(), |x, (axis, (&start, &end))| {
        let length = x.shape()[axis] as i64;
        let place = |i: i64| (if i < 0 { i + length } else { i }).clamp(0, length) as usize;
        x.slice(axis, place(start)..place(end))
    })
}

fn transpose(op: &str, x: &Tensor, order: Option<Vec<i64>>) -> Tensor {
    let reversed = || (0..x.rank() as i64).rev().collect();
    let order = wrapped(&order.unwrap_or_else(reversed), 0);
    match op {
        "t" => {
            assert_eq!(order, [0, 2, 1]);
            x.t()
        }
        _ => x.permute(&order),
    }
}

/// 0 keeps a length unless zeros are allowed, -1 is whatever is left.
fn new_shape(x: &Tensor, wanted: &[i64], zeros_allowed: bool) -> Vec<usize> {
    let length = |(i, &length): (usize, &i64)| match length {
        0 if !zeros_allowed => x.shape()[i] as i64,
        length => length,
    };
    let lengths: Vec<i64> = wanted.iter().enumerate().map(length).collect();
    let known: i64 = lengths.iter().filter(|&&length| length != -1).product();
    let known_or = |&length: &i64| match length {
        -1 => x.len() / known as usize,
        length => length as usize,
    };
    lengths.iter().map(known_or).collect()
}

/// A reduction of some axes, or of all if none are named.
fn reduce(op: &str, reduction: &str, x: &Tensor, axes: &[usize], keep: bool) -> Tensor {
    let ones = vec![1; x.rank()];
    match op {
        "sum" => return x.sum().reshape(&ones),
        "mean" => return x.mean().reshape(&ones),
        "max" => return x.max().reshape(&ones),
        "min" => return x.min().reshape(&ones),
        "sum_to" => {
            let mut shape = x.shape().to_vec();
            axes.iter().for_each(|&axis| shape[axis] = 1);
            return x.sum_to(&shape);
        }
        _ => {}
    }
    let keep = if keep { Keep::Yes } else { Keep::No };
    axes.iter().rev().fold(x.clone(), |x, &axis| match reduction {
        "ReduceSum" => x.sum_axis(axis, keep),
        "ReduceSumSquare" => x.square().sum_axis(axis, keep),
        "ReduceMean" => x.mean_axis(axis, keep),
        "ReduceMax" => x.max_axis(axis, keep),
        "ReduceMin" => x.min_axis(axis, keep),
        "ReduceLogSumExp" => x.log_sum_exp(axis, keep),
        other => panic!("no operation of ours is {other}"),
    })
}
