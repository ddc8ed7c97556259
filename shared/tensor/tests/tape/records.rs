//! Operations of one's own.

use tensor::{Tensor, assert_close};

use crate::counting::alone;
use crate::promises::message;

/// x³, with a slope that a test chooses.
fn cube(x: &Tensor, slope: impl Fn(&Tensor) -> Tensor + Send + 'static) -> Tensor {
    let value = x.detach();
    let pullback = move |g: &Tensor| slope(&value) * g;
    Tensor::record("cube", x.detach().powi(3), [x.edge(pullback)])
}

#[test]
fn an_operation_of_ones_own_has_a_gradient() {
    let _alone = alone();
    let x = Tensor::from([1.0, -2.0]).require_grad();
    let loss = (cube(&x, |x| 3.0 * x.square()) * 2.0).sum();
    assert_close!(loss.backward()[&x], [6.0, 24.0], 1e-6);
    assert!(!cube(&x.detach(), |x| x.clone()).requires_grad());
}

#[test]
fn a_history_in_its_value_does_not_count_twice() {
    let _alone = alone();
    let x = Tensor::from([2.0]).require_grad();
    let (value, kept) = (x.powi(3), x.detach());
    let y = Tensor::record("cube", value, [x.edge(move |g| 3.0 * kept.square() * g)]);
    assert_close!(y.sum().backward()[&x], [12.0], 1e-6);
}

#[test]
fn a_gradient_of_another_shape_is_named() {
    let _alone = alone();
    let x = Tensor::ones(&[2, 3]).require_grad();
    let transposed = x.edge(|g| g.t());
    let loss = Tensor::record("mistaken", x.detach(), [transposed]).sum();
    assert_eq!(
        message(move || drop(loss.backward())),
        "backward of mistaken: expected a gradient of the input's shape [2, 3], or of one that \
         it broadcasts to, got [3, 2]"
    );
    let loss = Tensor::record("mistaken", x.detach(), [x.edge(|g| g.sum())]).sum();
    let said = message(move || drop(loss.backward()));
    assert!(said.ends_with("got []"), "too small a gradient is not stretched: {said}");
}

#[test]
fn the_gradient_of_a_broadcast_input_is_summed() {
    let _alone = alone();
    let row = Tensor::from([1.0, 2.0]).require_grad(); // [2]
    let value = row.detach().broadcast_to(&[3, 2]);
    let spread = Tensor::record("spread", value, [row.edge(|g| g.clone())]); // [3, 2]
    assert_close!(spread.sum().backward()[&row], [3.0, 3.0], 1e-6);
}

#[test]
fn an_operation_may_have_many_inputs_and_use_some() {
    let _alone = alone();
    let x = [1.0, 2.0, 3.0].map(|x| Tensor::scalar(x).require_grad());
    let sum = Tensor::scalar(6.0);
    let edges = [x[0].edge(|g| g.clone()), None, x[2].edge(|g| 2.0 * g)];
    let gradients = Tensor::record("some", sum, edges).backward();
    assert_eq!(gradients[&x[0]].item(), 1.0);
    assert!(gradients.get(&x[1]).is_none());
    assert_eq!(gradients[&x[2]].item(), 2.0);
}
