//! The comparisons must find mistakes: here is one for each to find.

use tensor::Tensor;

use crate::judge;
use crate::op::{Op, case, hand, law, t};

/// The hyperbolic tangent, with 1 - y in place of 1 - y² for a slope.
fn mistaken_tanh(x: &Tensor) -> Tensor {
    let y = x.detach().tanh();
    let slope = 1.0 - &y;
    Tensor::record("mistaken", y, [x.edge(move |g| g * slope)])
}

/// An operation with a wrong gradient.
fn mistaken() -> Op {
    Op {
        name: "mistaken",
        hand: || hand([t([1.0])], |x| mistaken_tanh(&x[0]), [0.761_594_2], [t([0.419_974_3])]),
        draw: |d| {
            let shape = d.shape(1..3);
            case([d.normal(&shape)], |x| mistaken_tanh(&x[0]), |x| x[0].clone().tanh())
        },
        law: |d| {
            let shape = d.filled(1..3);
            law([d.normal(&shape)], |x| mistaken_tanh(&x[0]), |x| x[0].tanh())
        },
        onnx: &[],
    }
}

/// What fails to find the mistake.
pub(crate) fn complaints() -> Vec<String> {
    let op = mistaken();
    let outcomes = [
        ("by hand", judge::by_hand(&op)),
        ("laws", judge::properties(&op)),
        ("differences", judge::differences(&op)),
        ("burn", judge::burn(&op)),
    ];
    let blind = outcomes.into_iter().filter(|(_, outcome)| outcome.is_ok());
    blind.map(|(name, _)| format!("{name}: a wrong gradient was not found")).collect()
}
