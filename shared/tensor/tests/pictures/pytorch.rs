//! Every configuration of `fixtures/pictures.json`, which `fixtures/pictures.py` makes.

use std::collections::BTreeMap;
use std::panic::catch_unwind;

use serde::Deserialize;
use tensor::Tensor;
use tensor::pictures::{Conv, Pool};

use crate::walk;

#[derive(Deserialize)]
struct Fixture {
    made_by: String,
    torch: String,
    seed: u64,
    #[serde(flatten)]
    operations: BTreeMap<String, Vec<Case>>,
}

/// A configuration: shapes and settings, as far as the operation has them, and results.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Case {
    x: Vec<usize>,
    weight: Vec<usize>,
    bias: bool,
    stride: [usize; 2],
    padding: [usize; 2],
    dilation: [usize; 2],
    groups: usize,
    extra: [usize; 2],
    kernel: [usize; 2],
    size: [usize; 2],
    epsilon: f32,
    modulus: Option<i64>,
    offset: i64,
    shape: Vec<usize>,
    y: Vec<f32>,
    /// By x, the weight or scale, and the bias or shift.
    gradients: Vec<Vec<f32>>,
    /// Mean and variance.
    statistics: Vec<Vec<f32>>,
}

impl Case {
    fn conv(&self) -> Conv {
        let Case { stride, padding, dilation, groups, .. } = *self;
        Conv { stride, padding, dilation, groups }
    }

    fn pool(&self) -> Pool {
        Pool { kernel: self.kernel, stride: self.stride, padding: self.padding }
    }

    /// x and the parameters of the configuration at this place in its list.
    fn inputs(&self, operation: &str, place: usize) -> Vec<Tensor> {
        let plain = |shape: &[usize], which| numbers(shape, place, which, 2001, 0);
        let x = numbers(&self.x, place, 0, self.modulus.unwrap_or(2001), self.offset);
        match operation {
            "batch_norm" => vec![x, plain(&self.x[1..2], 1), plain(&self.x[1..2], 2)],
            "conv2d" | "conv_transpose2d" => {
                let bias = self.bias.then(|| plain(&self.shape[1..2], 2));
                [x, plain(&self.weight, 1)].into_iter().chain(bias).collect()
            }
            _ => vec![x],
        }
    }
}

/// The script's formula for inputs.
fn numbers(shape: &[usize], place: usize, which: usize, modulus: i64, offset: i64) -> Tensor {
    let s = (8 * place + which) as i64;
    let whole = |i: i64| (7919 * i + 31 * i * i + 104_729 * s) % modulus - modulus / 2 + offset;
    let count = shape.iter().product::<usize>() as i64;
    let values = (0..count).map(|i| whole(i) as f32 / 512.0).collect();
    Tensor::from_vec(values, shape)
}

fn fixture() -> Fixture {
    let text = include_str!("../../fixtures/pictures.json");
    serde_json::from_str(text).expect("the script writes such a file")
}

/// Whether `|a - b| <= 1e-5 max(1, max|b|)` everywhere; if not, where not.
fn compare(what: &str, ours: &Tensor, shape: &[usize], theirs: &[f32]) -> Result<(), String> {
    if ours.shape() != shape || ours.len() != theirs.len() {
        return Err(format!("{what}: expected the shape {shape:?}, got {:?}", ours.shape()));
    }
    let largest = theirs.iter().fold(1.0_f32, |most, b| most.max(b.abs()));
    let ours = ours.to_vec();
    let off = |i: &usize| (ours[*i] - theirs[*i]).abs();
    let is_far = |i: &usize| off(i).is_nan() || off(i) > 1e-5 * largest;
    let far: Vec<usize> = (0..theirs.len()).filter(is_far).collect();
    let Some(&worst) = far.iter().max_by(|i, j| off(i).total_cmp(&off(j))) else {
        return Ok(());
    };
    let (count, all) = (far.len(), theirs.len());
    let (expected, got) = (theirs[worst], ours[worst]);
    Err(format!("{what}: {count} of {all} differ; number {worst}: expected {expected}, got {got}"))
}

/// Value and gradients of one configuration.
fn check(
    operation: &str,
    place: usize,
    case: &Case,
    f: fn(&Case, &[Tensor]) -> Tensor,
) -> Result<(), String> {
    let inputs = case.inputs(operation, place);
    let g = |shape: &[usize]| numbers(shape, place, 3, 2001, 0);
    let (y, gradients) = walk(|inputs| f(case, inputs), &inputs, g);
    compare("the value", &y, &case.shape, &case.y)?;
    assert_eq!(gradients.len(), case.gradients.len());
    for (which, (input, ours)) in inputs.iter().zip(&gradients).enumerate() {
        let what = format!("the gradient of input {which}");
        compare(&what, ours, input.shape(), &case.gradients[which])?;
    }
    Ok(())
}

/// The settings that this operation has.
fn settings(operation: &str, case: &Case) -> String {
    let Case { x, weight, bias, extra, size, epsilon, .. } = case;
    match operation {
        "conv2d" | "conv_transpose2d" => {
            let how = case.conv();
            format!("x {x:?}, weight {weight:?}, bias {bias}, {how:?}, extra {extra:?}")
        }
        "max_pool2d" | "avg_pool2d" => format!("x {x:?}, {:?}", case.pool()),
        "batch_norm" => format!("x {x:?}, offset {}, epsilon {epsilon}", case.offset),
        _ => format!("x {x:?}, size {size:?}"),
    }
}

/// All configurations of one operation; says which differ, and where at most.
fn agree(operation: &str, f: fn(&Case, &[Tensor]) -> Tensor) {
    let cases = &fixture().operations[operation];
    let complaint = |(place, case): (usize, &Case)| {
        let outcome = catch_unwind(|| check(operation, place, case, f));
        let outcome = outcome.unwrap_or_else(|_| Err("panicked, see above".to_string()));
        outcome.err().map(|e| format!("{place}, {}: {e}", settings(operation, case)))
    };
    let complaints: Vec<String> = cases.iter().enumerate().filter_map(complaint).collect();
    assert!(
        complaints.is_empty(),
        "{operation}: {} of {} configurations differ\n{}",
        complaints.len(),
        cases.len(),
        complaints.join("\n")
    );
}

#[test]
fn conv2d() {
    agree("conv2d", |case, x| x[0].conv2d(&x[1], x.get(2), case.conv()));
}

#[test]
fn conv_transpose2d() {
    agree("conv_transpose2d", |case, x| {
        x[0].conv_transpose2d(&x[1], x.get(2), case.conv(), case.extra)
    });
}

#[test]
fn max_pool2d() {
    agree("max_pool2d", |case, x| x[0].max_pool2d(case.pool()));
}

#[test]
fn avg_pool2d() {
    agree("avg_pool2d", |case, x| x[0].avg_pool2d(case.pool()));
}

#[test]
fn adaptive_avg_pool2d() {
    agree("adaptive_avg_pool2d", |case, x| x[0].adaptive_avg_pool2d(case.size));
}

#[test]
fn adaptive_max_pool2d() {
    agree("adaptive_max_pool2d", |case, x| x[0].adaptive_max_pool2d(case.size));
}

#[test]
fn resize_bilinear() {
    agree("resize_bilinear", |case, x| x[0].resize_bilinear(case.size));
}

#[test]
fn batch_norm() {
    agree("batch_norm", |case, x| x[0].batch_norm(&x[1], &x[2], case.epsilon).0);
    for (place, case) in fixture().operations["batch_norm"].iter().enumerate() {
        let x = case.inputs("batch_norm", place);
        let (_, statistics) = x[0].batch_norm(&x[1].require_grad(), &x[2], case.epsilon);
        for (ours, theirs) in statistics.iter().zip(&case.statistics) {
            assert!(!ours.requires_grad());
            let what = format!("mean and variance of configuration {place}");
            compare(&what, ours, x[1].shape(), theirs).unwrap();
        }
    }
}

/// How many of the configurations are such.
fn count(cases: &[Case], such: Kind) -> usize {
    cases.iter().filter(|case| such(case)).count()
}

/// Whether a configuration is such.
type Kind = fn(&Case) -> bool;

/// What a convolution can be; of each kind some must be among the configurations.
const KINDS: [(&str, Kind); 12] = [
    ("groups", |case| case.groups > 1),
    ("depthwise", |case| case.groups > 1 && case.groups == case.x[1]),
    ("odd rows", |case| case.x[2] % 2 == 1),
    ("odd columns", |case| case.x[3] % 2 == 1),
    ("window not square", |case| case.weight[2] != case.weight[3]),
    ("stride is not dilation", |case| case.stride != case.dilation),
    ("another stride for columns", |case| case.stride[0] != case.stride[1]),
    ("another padding for columns", |case| case.padding[0] != case.padding[1]),
    ("bias", |case| case.bias),
    ("no bias", |case| !case.bias),
    ("stride above the window", |case| (0..2).any(|i| case.stride[i] > case.weight[2 + i])),
    ("stride below the window", |case| (0..2).any(|i| case.stride[i] < case.weight[2 + i])),
];

#[test]
fn nothing_is_missing_from_the_configurations() {
    let Fixture { made_by, torch, seed, operations } = fixture();
    assert_eq!(made_by, "shared/tensor/fixtures/pictures.py");
    assert!(torch.starts_with("2.15.") && seed == 1, "{torch}, seed {seed}");
    assert_eq!(operations.len(), 8);
    for (operation, cases) in &operations {
        assert!(cases.len() >= 50, "{operation}: {}", cases.len());
        assert!(count(cases, |case| case.y.is_empty()) == 0, "{operation}");
    }
    for operation in ["conv2d", "conv_transpose2d"] {
        for (kind, such) in KINDS {
            let found = count(&operations[operation], such);
            assert!(found >= 8, "{operation}, {kind}: {found}");
        }
    }
    let convs = &operations["conv2d"];
    assert!(count(convs, |case| case.weight[2..] == [1, 1]) >= 8);
    assert!(count(convs, |case| case.weight[1] >= 8) >= 5);
    assert!(count(&operations["conv_transpose2d"], |case| case.extra != [0, 0]) >= 25);
    for operation in ["max_pool2d", "avg_pool2d"] {
        assert!(count(&operations[operation], |case| case.padding != [0, 0]) >= 20);
    }
    for operation in ["max_pool2d", "adaptive_max_pool2d"] {
        assert!(count(&operations[operation], |case| case.modulus == Some(5)) >= 20);
    }
    for operation in ["adaptive_avg_pool2d", "adaptive_max_pool2d", "resize_bilinear"] {
        let larger = |case: &Case| (0..2).any(|i| case.size[i] > case.x[2 + i]);
        let smaller = |case: &Case| (0..2).any(|i| case.size[i] < case.x[2 + i]);
        let cases = &operations[operation];
        assert!(count(cases, larger) >= 20 && count(cases, smaller) >= 20, "{operation}");
    }
    let ranks = |rank| operations["batch_norm"].iter().filter(|case| case.x.len() == rank).count();
    assert!([2, 3, 4].into_iter().all(|rank| ranks(rank) >= 8));
}
