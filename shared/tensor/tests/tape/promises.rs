//! What the tape promises: who gets a gradient, when, and in what words it declines.

use std::panic::{UnwindSafe, catch_unwind};

use tensor::tape::live_nodes;
use tensor::{Rng, Tensor, assert_close, no_grad};

use crate::counting::alone;
use crate::mlp::Mlp;

/// What `f` says when it panics.
pub(crate) fn message(f: impl FnOnce() + UnwindSafe) -> String {
    let panic = catch_unwind(f).expect_err("a panic");
    let fixed = panic.downcast_ref::<&str>().map(|said| said.to_string());
    fixed.or(panic.downcast_ref::<String>().cloned()).expect("a message")
}

/// A parameter of three numbers.
fn parameter() -> Tensor {
    Tensor::from([1.0, 2.0, 3.0]).require_grad()
}

#[test]
fn only_what_leads_to_a_parameter_is_recorded() {
    let _alone = alone();
    let (x, w) = (Tensor::from([1.0, 2.0, 3.0]), parameter());
    assert!(!x.requires_grad() && w.requires_grad());
    assert!((&x * &w).requires_grad() && !(&x * 2.0).requires_grad());
    assert!(!w.gt(1.0).requires_grad() && !w.sign().requires_grad());
    let before = live_nodes();
    let unrecorded = x.exp().matmul(&x).sum();
    assert_eq!(live_nodes(), before);
    assert!(!unrecorded.requires_grad());
}

#[test]
fn inside_no_grad_nothing_is_recorded() {
    let _alone = alone();
    let w = parameter();
    no_grad(|| {
        assert!(!(&w * 2.0).requires_grad());
        no_grad(|| ());
        assert!(!(&w * 2.0).requires_grad(), "an inner no_grad does not end the outer");
    });
    assert!((&w * 2.0).requires_grad());
    let _ = catch_unwind(|| no_grad(|| panic!("inside no_grad")));
    assert!((&w * 2.0).requires_grad(), "also after a panic");
    let other = no_grad(|| std::thread::spawn(|| parameter().exp().requires_grad()));
    assert!(other.join().unwrap(), "other threads are not concerned");
}

#[test]
fn detached_numbers_are_constants() {
    let _alone = alone();
    let w = parameter();
    let half = &w / 2.0;
    let loss = (&half * half.detach()).sum(); // w/2 times the constant w/2
    assert_close!(loss.backward()[&w], [0.25, 0.5, 0.75], 1e-6);
    assert!(!half.detach().requires_grad());
}

#[test]
fn gradients_of_several_uses_add_up() {
    let _alone = alone();
    let w = parameter();
    let gradients = (&w * &w + &w).sum().backward();
    assert_close!(gradients[&w], [3.0, 5.0, 7.0], 1e-6);
    let (left, right) = (w.exp(), w.square());
    let both = (&left * &right + &left).sum().backward(); // e^w (w² + 2w + 1)
    let expected = w.detach().exp() * (w.detach() + 1.0).square();
    assert_close!(both[&w], expected, 1e-6);
    let many = (0..100).fold(Tensor::scalar(0.0), |sum, _| sum + &w);
    assert_close!(many.sum().backward()[&w], [100.0, 100.0, 100.0], 1e-6);
}

#[test]
fn a_parameter_that_was_not_reached_has_no_gradient() {
    let _alone = alone();
    let (w, other) = (parameter(), parameter());
    let mut gradients = w.sum().backward();
    assert!(gradients.get(&other).is_none() && gradients.get(&other.detach()).is_none());
    assert!(gradients.get(&w.clone()).is_some(), "a clone is the same parameter");
    assert!(gradients.get(&w.require_grad()).is_none(), "require_grad makes a new one");
    let said = message(|| drop(w.sum().backward()[&other].clone()));
    assert_eq!(
        said,
        "gradients: expected a parameter that the loss was calculated from, got a tensor of \
         shape [3] that the loss does not depend on, or that was made again since"
    );
    let said = message(|| drop(w.sum().backward()[&w.detach()].clone()));
    assert!(said.ends_with("got a tensor of shape [3] that has no require_grad()"), "{said}");
    let stepped = &w - 0.1 * w.detach(); // outside no_grad: a result, not a parameter
    let said = message(|| drop(stepped.sum().backward()[&stepped].clone()));
    assert!(said.contains("that is the result of `sub`") && said.contains("no_grad"), "{said}");
    assert!(gradients.take(&w).is_some() && gradients.get(&w).is_none());
}

#[test]
fn what_a_pullback_calculates_is_not_recorded() {
    let _alone = alone();
    let w = parameter();
    let kept = w.clone(); // not detached
    let edge = w.edge(move |g| g * &kept * 2.0);
    let gradients = Tensor::record("square", w.detach().square(), [edge]).sum().backward();
    assert_close!(gradients[&w], [2.0, 4.0, 6.0], 1e-6);
    assert!(!gradients[&w].requires_grad());
}

#[test]
fn a_graph_is_walked_once() {
    let _alone = alone();
    let w = parameter();
    let squares = w.square();
    let (first, second) = (squares.sum(), squares.mean());
    first.backward();
    let said = message(move || drop(second.backward()));
    assert_eq!(
        said,
        "backward: expected a graph that was not walked before, got one whose `square` was; \
         calculate the loss again, or add several losses and walk once"
    );
    let squares = w.square();
    let together = (squares.sum() + squares.mean()).backward();
    assert_close!(together[&w], w.detach() * (2.0 + 2.0 / 3.0), 1e-6);
}

#[test]
fn only_a_single_number_with_a_history_is_walked_back() {
    let _alone = alone();
    let said = message(|| drop(parameter().backward()));
    assert!(said.contains("a single number, the loss, got the shape [3]"), "{said}");
    let said = message(|| drop(no_grad(|| parameter().sum()).backward()));
    assert!(said.contains("without a history; was it calculated inside no_grad"), "{said}");
    let one = Tensor::ones(&[1, 1]).require_grad();
    assert_eq!(one.square().backward()[&one].shape(), [1, 1]);
}

#[test]
fn a_chain_of_a_million_operations_needs_no_deep_stack() {
    let _alone = alone();
    let before = live_nodes();
    let chain = || {
        let x = Tensor::scalar(1.0).require_grad();
        let end = (0..1_000_000).fold(x.clone(), |y, _| -y);
        (x, end)
    };
    let walk_and_drop = move || {
        let (x, end) = chain();
        assert_eq!(end.backward()[&x].item(), 1.0);
        let (x, unwalked) = chain();
        drop((unwalked, x));
        let (x, end) = chain();
        drop(x);
        drop(end);
    };
    let thread = std::thread::Builder::new().stack_size(128 * 1024);
    thread.spawn(walk_and_drop).unwrap().join().unwrap();
    assert_eq!(live_nodes(), before);
}

#[test]
fn gradients_have_the_same_bytes_for_any_number_of_threads() {
    let _alone = alone();
    let network = Mlp::new(&[784, 256, 128, 10]);
    let x = Rng::new(2).normal_tensor(&[64, 784], 0.0, 1.0);
    let classes: Vec<usize> = (0..64).map(|i| i % 10).collect();
    let bits = || -> Vec<u32> {
        let gradients = network.gradients(&x, &classes);
        let all = network.parameters.iter().flat_map(|w| gradients[w].to_vec());
        all.map(f32::to_bits).collect()
    };
    let [one, two, five] = [1, 2, 5].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(bits)
    });
    assert_eq!(one.len(), 235_146);
    assert!(one == two && one == five);
}
