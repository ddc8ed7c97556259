//! A mistake is reported at the line that made it, by every operation that can fail.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::{self, UnwindSafe};
use std::path::Path;
use std::sync::Once;

use tensor::{Gradients, Keep, Rng, Tensor, assert_close, assert_shape, gradcheck};

/// Where and with what words something panicked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Panic {
    pub(crate) message: String,
    pub(crate) file: String,
    pub(crate) line: u32,
}

thread_local! {
    /// What the last panic said, while a test on this thread waits for one.
    static EXPECTED: RefCell<Option<Panic>> = const { RefCell::new(None) };
}

/// Runs `f`, which must panic, and returns where and why it did. Prints nothing.
pub(crate) fn panic_of(f: impl FnOnce() + UnwindSafe) -> Panic {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let location = info.location().unwrap();
            let seen = Panic {
                message: info.payload_as_str().unwrap_or_default().to_string(),
                file: location.file().to_string(),
                line: location.line(),
            };
            let waiting =
                EXPECTED.with(|expected| expected.borrow_mut().as_mut().map(|p| *p = seen));
            if waiting.is_none() {
                print(info);
            }
        }));
    });
    EXPECTED.set(Some(Panic::default()));
    let result = panic::catch_unwind(f);
    let seen = EXPECTED.take().unwrap();
    assert!(result.is_err(), "expected a panic, got none");
    seen
}

/// A mistake: the operation it is made with, the line it is made in, and the mistake.
struct Case {
    operation: &'static str,
    line: u32,
    mistake: fn(),
}

/// A mistake on one line, so that `line!()` is the line of the mistake.
macro_rules! case {
    ($operation:literal, $mistake:expr) => {
        Case {
            operation: $operation,
            line: line!(),
            mistake: || {
                std::hint::black_box($mistake);
            },
        }
    };
}

/// The shape `[2, 3]`.
fn a() -> Tensor {
    Tensor::zeros(&[2, 3])
}

/// The shape `[2, 4]`, which does not fit that of `a`.
fn b() -> Tensor {
    Tensor::zeros(&[2, 4])
}

/// The shape `[count, 3, 3]`.
fn batch(count: usize) -> Tensor {
    Tensor::zeros(&[count, 3, 3])
}

/// No numbers.
fn none() -> Tensor {
    Tensor::zeros(&[0])
}

/// No numbers either, under a shape that makes a product of too many.
fn wide() -> Tensor {
    Tensor::zeros(&[0, 1 << 40])
}

/// Any generator.
fn rng() -> Rng {
    Rng::new(1)
}

/// More numbers than memory can address, although no single axis is too long.
const HUGE: [usize; 3] = [1 << 31, 1 << 31, 8];

fn making_and_reading() -> Vec<Case> {
    vec![
        case!("from_vec", Tensor::from_vec(vec![1.0], &[2])),
        case!("from_vec", Tensor::from_vec(vec![], &[0, 1 << 40, 1 << 40])),
        case!("zeros", Tensor::zeros(&HUGE)),
        case!("ones", Tensor::ones(&HUGE)),
        case!("full", Tensor::full(&HUGE, 1.0)),
        case!("eye", Tensor::eye(1 << 40)),
        case!("dims", a().dims::<3>()),
        case!("item", a().item()),
        case!("item", none().item()),
    ]
}

fn changing_in_place() -> Vec<Case> {
    fn of(shape: [usize; 1]) -> Tensor {
        Tensor::zeros(&shape).require_grad()
    }
    vec![
        case!("update", of([2]).update(&of([3]), [], |w, _, []| (w, []))),
        case!("update", of([2]).update(&of([2]), [&mut of([3])], |w, _, s| (w, s))),
        case!("put", of([2]).sum().backward().put(&of([2]), of([3]))),
        case!("put", of([2]).sum().backward().put(&Tensor::zeros(&[2]), of([2]))),
    ]
}

fn operators() -> Vec<Case> {
    vec![
        case!("add", &a() + &b()),
        case!("add", a() + &b()),
        case!("add", &a() + b()),
        case!("add", a() + b()),
        case!("sub", &a() - &b()),
        case!("sub", a() - &b()),
        case!("sub", &a() - b()),
        case!("sub", a() - b()),
        case!("mul", &a() * &b()),
        case!("mul", a() * &b()),
        case!("mul", &a() * b()),
        case!("mul", a() * b()),
        case!("div", &a() / &b()),
        case!("div", a() / &b()),
        case!("div", &a() / b()),
        case!("div", a() / b()),
    ]
}

fn functions() -> Vec<Case> {
    vec![
        case!("clamp", a().clamp(1.0, 0.0)),
        case!("clamp", a().clamp(f32::NAN, 0.0)),
        case!("leaky_relu", a().leaky_relu(0.0)),
        case!("dropout", a().dropout(1.0, &mut rng())),
        case!("dropout", a().dropout(f32::NAN, &mut rng())),
        case!("maximum", a().maximum(b())),
        case!("minimum", a().minimum(b())),
        case!("gt", a().gt(b())),
        case!("ge", a().ge(b())),
        case!("lt", a().lt(b())),
        case!("le", a().le(b())),
        case!("eq", a().eq(b())),
        case!("where_", Tensor::where_(&a(), a(), b())),
        case!("where_", Tensor::where_(&b(), a(), 0.0)),
        case!("matmul", a().matmul(&b())),
        case!("matmul", wide().t().matmul(&wide())),
        case!("matmul", Tensor::scalar(1.0).matmul(&b())),
        case!("matmul", a().matmul(&Tensor::zeros(&[5]))),
        case!("matmul", batch(2).matmul(&batch(5))),
    ]
}

fn layouts_and_parts() -> Vec<Case> {
    vec![
        case!("reshape", a().reshape(&[5])),
        case!("permute", a().permute(&[0, 0])),
        case!("permute", a().permute(&[0])),
        case!("t", none().t()),
        case!("squeeze", a().squeeze(0)),
        case!("squeeze", a().squeeze(2)),
        case!("unsqueeze", a().unsqueeze(3)),
        case!("broadcast_to", a().broadcast_to(&[2])),
        case!("broadcast_to", none().broadcast_to(&HUGE)),
        case!("broadcast_to", a().broadcast_to(&[3, 3])),
        case!("sum_to", a().sum_to(&[3, 3])),
        case!("sum_to", a().sum_to(&[1, 2, 3])),
        case!("slice", a().slice(2, ..)),
        case!("slice", a().slice(1, ..4)),
        case!("slice", a().slice(1, ..=usize::MAX)),
        case!("select", a().select(2, &[])),
        case!("select", a().select(1, &[3])),
        case!("gather", a().gather(2, &[])),
        case!("gather", a().gather(1, &[0, 3])),
        case!("gather", a().gather(1, &[0, 1, 2])),
        case!("embedding", a().embedding(&[2])),
        case!("embedding", none().embedding(&[])),
        case!("concat", Tensor::concat::<Tensor>(0, &[])),
        case!("concat", Tensor::concat(2, &[a()])),
        case!("concat", Tensor::concat(0, &[a(), b()])),
        case!("concat", Tensor::concat(1, &[a(), none()])),
        case!("stack", Tensor::stack::<Tensor>(0, &[])),
        case!("stack", Tensor::stack(3, &[a()])),
        case!("stack", Tensor::stack(0, &[a(), b()])),
        case!("one_hot", Tensor::one_hot(&[2], 2)),
        case!("one_hot", Tensor::one_hot(&[0], usize::MAX)),
    ]
}

fn reductions() -> Vec<Case> {
    vec![
        case!("mean", none().mean()),
        case!("max", none().max()),
        case!("min", none().min()),
        case!("sum_axis", a().sum_axis(2, Keep::No)),
        case!("mean_axis", a().mean_axis(2, Keep::No)),
        case!("mean_axis", none().mean_axis(0, Keep::No)),
        case!("max_axis", none().max_axis(0, Keep::No)),
        case!("min_axis", none().min_axis(0, Keep::No)),
        case!("argmax", none().argmax(0)),
        case!("argmin", none().argmin(0)),
    ]
}

fn scores_and_losses() -> Vec<Case> {
    vec![
        case!("softmax", a().softmax(2)),
        case!("softmax", none().softmax(0)),
        case!("log_softmax", a().log_softmax(2)),
        case!("log_softmax", none().log_softmax(0)),
        case!("log_sum_exp", a().log_sum_exp(2, Keep::No)),
        case!("log_sum_exp", none().log_sum_exp(0, Keep::Yes)),
        case!("cross_entropy", Tensor::scalar(1.0).cross_entropy(&[0])),
        case!("cross_entropy", a().cross_entropy(&[0, 1, 2])),
        case!("cross_entropy", a().cross_entropy(&[0, 3])),
        case!("cross_entropy", Tensor::zeros(&[0, 3]).cross_entropy(&[])),
        case!("binary_cross_entropy", a().binary_cross_entropy(&b())),
        case!("binary_cross_entropy", none().binary_cross_entropy(&none())),
        case!("mse_loss", a().mse_loss(&a().reshape(&[3, 2]))),
        case!("mse_loss", none().mse_loss(&none())),
    ]
}

/// A parameter of the shape `[2, 3]`.
fn p() -> Tensor {
    a().require_grad()
}

/// The gradients of a loss that depends on one parameter of shape `[]`.
fn gradients() -> Gradients {
    Tensor::scalar(1.0).require_grad().backward()
}

/// A loss that has been walked back.
fn walked() -> Tensor {
    let loss = p().exp().sum();
    loss.backward();
    loss
}

/// A loss through an operation whose gradient has the shape of another tensor.
fn mistaken() -> Tensor {
    let p = p();
    Tensor::record("mistaken", p.detach(), [p.edge(|_| b())]).sum()
}

fn walking_back() -> Vec<Case> {
    vec![
        case!("backward", p().backward()),
        case!("backward", a().sum().backward()),
        case!("backward", walked().backward()),
        case!("backward_from", p().backward_from(&Tensor::ones(&[5]))),
        case!("backward of mistaken", mistaken().backward()),
        case!("gradients", &gradients()[&p()]),
        case!("gradients", &gradients()[&a()]),
        case!("check", gradcheck::check(|_| a(), &[a()], 1e-2)),
    ]
}

fn drawing_and_checking() -> Vec<Case> {
    vec![
        case!("uniform", rng().uniform(1.0, 1.0)),
        case!("below", rng().below(0)),
        case!("uniform_tensor", rng().uniform_tensor(&[1], 2.0, 1.0)),
        case!("normal_tensor", rng().normal_tensor(&[1], 0.0, -1.0)),
        case!("normal_tensor", rng().normal_tensor(&HUGE, 0.0, 1.0)),
        case!("expect_shape", assert_shape!(a(), [2, 4])),
        case!("expect_close", assert_close!(a(), b(), 1.0)),
        case!("expect_close", assert_close!(1.0, 2.0, 0.1)),
    ]
}

fn all_cases() -> Vec<Case> {
    [
        making_and_reading(),
        changing_in_place(),
        operators(),
        functions(),
        layouts_and_parts(),
        reductions(),
        scores_and_losses(),
        walking_back(),
        drawing_and_checking(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn a_mistake_is_reported_at_the_line_that_made_it() {
    for Case { operation, line, mistake } in all_cases() {
        let seen = panic_of(mistake);
        assert_eq!((seen.file.as_str(), seen.line), (file!(), line), "{operation}: {seen:?}");
        let named = seen.message.starts_with(&format!("{operation}: "));
        assert!(named || operation.starts_with("expect_"), "{operation}: {seen:?}");
        let complete = seen.message.contains("expected") && seen.message.contains("got");
        assert!(complete, "{operation}: {seen:?}");
    }
}

/// The names of the public functions in the crate's sources whose lines before `fn`
/// (attributes and documentation) contain `mark`.
fn functions_with(mark: &str) -> BTreeSet<String> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut names = BTreeSet::new();
    let paths = std::fs::read_dir(sources).unwrap().map(|entry| entry.unwrap().path());
    for file in paths.filter(|path| path.is_file()) {
        let text = std::fs::read_to_string(file).unwrap();
        let mut marked = false;
        for line in text.lines().map(str::trim) {
            marked |= line.contains(mark);
            if let Some(rest) = line.strip_prefix("pub fn ") {
                let name: String =
                    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if marked {
                    names.insert(name);
                }
            }
            let header = line.starts_with("///") || line.starts_with("#[");
            marked &= header;
        }
    }
    names
}

#[test]
fn every_operation_that_can_fail_is_among_the_mistakes() {
    let tried: BTreeSet<String> =
        all_cases().iter().map(|case| case.operation.to_string()).collect();
    let tracked = functions_with("#[track_caller]");
    let untried: Vec<_> = tracked.difference(&tried).collect();
    assert!(untried.is_empty(), "without a mistake in this file: {untried:?}");
    let untracked: Vec<_> = functions_with("/// # Panics").difference(&tracked).cloned().collect();
    assert!(
        untracked.is_empty(),
        "documented to panic, but without #[track_caller]: {untracked:?}"
    );
    assert!(tracked.len() > 30, "the sources were read: {tracked:?}");
}
