//! Two functions on which forward and reverse mode compete, and what each mode costs
//! (page *The other way round*).

use std::collections::HashSet;
use std::rc::Rc;

use crate::dual::{Dual, Number};
use crate::scalar::Scalar;

/// Hidden layers and inputs of the net: 2 inputs, two layers of `hidden` tanh units, one
/// output.
#[derive(Clone, Copy, Debug)]
pub struct TanhNet {
    /// Units in each of the two hidden layers.
    pub hidden: usize,
}

impl TanhNet {
    /// How many weights and biases it has.
    pub fn parameter_count(self) -> usize {
        let h = self.hidden;
        (2 * h + h) + (h * h + h) + (h + 1)
    }

    /// Half the squared error on one example, for parameters of any kind of number.
    ///
    /// # Panics
    /// If there are not [`TanhNet::parameter_count`] parameters.
    pub fn loss<T: Number>(self, parameters: &[T], x: [f64; 2], target: f64) -> T {
        assert_eq!(parameters.len(), self.parameter_count(), "parameters");
        let mut rest = parameters;
        let mut a: Vec<T> = x.map(T::from).into();
        for (layer, units) in [self.hidden, self.hidden, 1].into_iter().enumerate() {
            let outputs = (0..units).map(|_| {
                let (own, others) = rest.split_at(a.len() + 1);
                rest = others;
                let start = own[a.len()].clone(); // the bias
                own.iter()
                    .zip(&a)
                    .fold(start, |sum, (w, a)| sum + w.clone() * a.clone())
            });
            let z: Vec<T> = outputs.collect();
            a = match layer {
                2 => z,
                _ => z.iter().map(Number::tanh).collect(),
            };
        }
        let error = a[0].clone() - T::from(target);
        T::from(0.5) * error.clone() * error
    }
}

// ANCHOR: arm
/// The joints, (x, y), of an arm of `links` equal links, 1 long in all. Each is bent by
/// the same angle against the one before; `u` is the tangent of half that angle.
pub fn arm<T: Number>(u: T, links: usize) -> Vec<[T; 2]> {
    let one = || T::from(1.0);
    let below = one() + u.clone() * u.clone();
    let cos = (one() - u.clone() * u.clone()) / below.clone();
    let sin = T::from(2.0) * u / below;
    let length = T::from(1.0 / links as f64);
    let mut way = [length, T::from(0.0)];
    let mut at = [T::from(0.0), T::from(0.0)];
    let joints = (0..links).map(|_| {
        let [x, y] = way.clone();
        way = [
            x.clone() * cos.clone() - y.clone() * sin.clone(),
            x * sin.clone() + y * cos.clone(),
        ];
        at = [
            at[0].clone() + way[0].clone(),
            at[1].clone() + way[1].clone(),
        ];
        at.clone()
    });
    joints.collect()
}
// ANCHOR_END: arm

/// Arithmetic operations of getting all slopes of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operations {
    /// The values alone.
    pub values: usize,
    /// All slopes in forward mode, one pass for each input.
    pub forward: usize,
    /// All slopes in reverse mode, one pass for each output.
    pub reverse: usize,
}

/// Counts for `f`, from `inputs` numbers to several. The scalar engine counts: it makes a
/// node for each operation, and [`Dual`] numbers can be made of its numbers.
pub fn operations(
    f: impl Fn(&[Scalar]) -> Vec<Scalar>,
    dual: impl Fn(&[Dual<Scalar>]) -> Vec<Dual<Scalar>>,
    inputs: &[f64],
) -> Operations {
    let plain: Vec<Scalar> = inputs.iter().map(|&x| x.into()).collect();
    let outputs = f(&plain);
    let mut duals: Vec<Dual<Scalar>> = inputs.iter().map(|&x| x.into()).collect();
    duals[0] = Dual::variable(inputs[0]);
    let pass = dual(&duals)
        .into_iter()
        .flat_map(|d| [d.value, d.slope])
        .collect::<Vec<_>>();
    let values = nodes(&outputs);
    // The slopes of each operation by its inputs are found once; then a multiplication
    // and an addition for each edge that the walk from an output crosses.
    let edges = |output: &Scalar| -> usize {
        output.order().iter().map(|node| node.inputs().len()).sum()
    };
    let walks: usize = outputs.iter().map(|output| 2 * edges(output)).sum();
    Operations {
        values: values.len(),
        forward: inputs.len() * nodes(&pass).len(),
        reverse: values.len() + local_slopes(&values) + walks,
    }
}

/// The operations behind several outputs, each once; leaves are none.
fn nodes(outputs: &[Scalar]) -> Vec<Scalar> {
    let mut met = HashSet::new();
    let all = outputs.iter().flat_map(Scalar::order);
    all.filter(|node| !node.inputs().is_empty() && met.insert(Rc::as_ptr(&node.0)))
        .collect()
}

/// Operations that find the slopes of operations by their inputs: 1/y and −x/y² for a
/// quotient, 1 − y² for tanh, 1/x for ln; the others are there already.
fn local_slopes(operations: &[Scalar]) -> usize {
    let each = |node: &Scalar| match node.0.label {
        "÷" => 4,
        "tanh" => 2,
        "ln" => 1,
        _ => 0,
    };
    operations.iter().map(each).sum()
}
