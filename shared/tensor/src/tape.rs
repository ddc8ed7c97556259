//! The tape: what was calculated from what, and the way back.
//!
//! Training asks one question again and again: if this weight grew a little, how would the
//! loss change? The answers for all weights together are the *gradient*. The engine finds it
//! by *reverse-mode differentiation*, in two walks.
//!
//! **Forward.** Each operation on a tensor that needs a gradient adds a [`Node`] to a graph.
//! The node keeps one [`Edge`] for each input: which node the input came from, and a
//! function, the *pullback*, that turns the gradient of the result into the gradient of that
//! input.
//!
//! **Backward.** [`Tensor::backward`] starts at the loss, whose slope by itself is 1, and
//! hands gradients along the edges. A tensor that was used several times gets several; they
//! add up. Nodes are numbered as they are made, and an input is always made before the
//! result, so going from the highest number down, each node has all of its gradient by the
//! time its turn comes. What a node kept is freed as the walk passes it.
//!
//! ```
//! use tensor::{Tensor, assert_close};
//!
//! let x = Tensor::from([3.0]).require_grad();
//! let y = &x * &x + 2.0 * &x; // slope 2x + 2
//! let gradients = y.sum().backward();
//! assert_close!(gradients[&x], [8.0], 1e-6);
//! ```
//!
//! Source: S. Linnainmaa, "Taylor expansion of the accumulated rounding error", BIT 16
//! (1976), 146-160, from his thesis of 1970.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Index;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::Tensor;

// ANCHOR: node
/// One tensor on the tape: a parameter, or the result of an operation.
pub(crate) struct Node {
    pub(crate) number: u64,
    pub(crate) operation: &'static str,
    pub(crate) shape: Vec<usize>,
    way_back: Mutex<WayBack>,
}

/// Where the gradient of a node goes.
enum WayBack {
    /// Nowhere: it is a parameter, whose gradient is wanted.
    Parameter,
    /// To the inputs of the operation.
    Inputs(Vec<Edge>),
    /// A walk has passed here and freed the edges.
    Spent,
}

/// One input of an operation, and how the gradient of the result becomes that of the
/// input.
pub struct Edge {
    input: Arc<Node>,
    pullback: Pullback,
}

/// Takes the gradient of a result, gives the gradient of one input.
type Pullback = Box<dyn FnOnce(&Tensor) -> Tensor + Send>;
// ANCHOR_END: node

/// What stands for the operation in a parameter's node.
const PARAMETER: &str = "parameter";

/// Numbers the nodes in the order of their making.
static MADE: AtomicU64 = AtomicU64::new(0);

/// Counts the nodes that exist.
static LIVE: AtomicUsize = AtomicUsize::new(0);

/// How many nodes exist in this process. A training loop whose count grows from step to step
/// keeps a tensor with its history, such as a sum of losses: [`Tensor::detach`] lets go of it.
pub fn live_nodes() -> usize {
    LIVE.load(Ordering::Relaxed)
}

impl Node {
    fn new(operation: &'static str, shape: &[usize], way_back: WayBack) -> Arc<Node> {
        LIVE.fetch_add(1, Ordering::Relaxed);
        Arc::new(Node {
            number: MADE.fetch_add(1, Ordering::Relaxed),
            operation,
            shape: shape.to_vec(),
            way_back: Mutex::new(way_back),
        })
    }

    /// The nodes of the inputs; none for a parameter, or once a walk has passed.
    pub(crate) fn inputs(&self) -> Vec<Arc<Node>> {
        match &*self.way_back.lock().unwrap_or_else(PoisonError::into_inner) {
            WayBack::Inputs(edges) => edges.iter().map(|edge| edge.input.clone()).collect(),
            WayBack::Parameter | WayBack::Spent => Vec::new(),
        }
    }

    /// Takes the way back out; a parameter keeps its own.
    fn take(&self) -> WayBack {
        let mut way_back = self.way_back.lock().unwrap_or_else(PoisonError::into_inner);
        match *way_back {
            WayBack::Parameter => WayBack::Parameter,
            _ => std::mem::replace(&mut way_back, WayBack::Spent),
        }
    }
}

impl Drop for Node {
    /// Frees what only this node held, one node after the other: dropping a chain of a million
    /// operations by recursion would overflow the stack.
    fn drop(&mut self) {
        LIVE.fetch_sub(1, Ordering::Relaxed);
        let WayBack::Inputs(mut edges) = self.take() else {
            return;
        };
        while let Some(Edge { input, pullback }) = edges.pop() {
            drop(pullback);
            if let Some(node) = Arc::into_inner(input)
                && let WayBack::Inputs(mut further) = node.take()
            {
                edges.append(&mut further);
            }
        }
    }
}

// ANCHOR: record
/// Recording operations.
impl Tensor {
    /// A parameter with these numbers: what is calculated from it is recorded from here
    /// on.
    pub fn require_grad(&self) -> Tensor {
        let node = Node::new(PARAMETER, self.shape(), WayBack::Parameter);
        self.detach().with_node(Some(node))
    }

    /// Whether operations on this tensor are recorded.
    pub fn requires_grad(&self) -> bool {
        self.node().is_some()
    }

    /// An edge back to this tensor: `pullback` turns the gradient of the result into
    /// the gradient of this input. `None` if nobody needs it, and then it is never
    /// calculated.
    ///
    /// The pullback should hold [detached](Tensor::detach) tensors only: others keep
    /// their history in memory. What it calculates is not recorded. If the input was
    /// broadcast, it need not care: the engine sums the gradient down to the input's
    /// shape.
    pub fn edge<F>(&self, pullback: F) -> Option<Edge>
    where
        F: FnOnce(&Tensor) -> Tensor + Send + 'static,
    {
        let input = self.node().filter(|_| RECORDING.get())?.clone();
        let pullback = Box::new(pullback);
        Some(Edge { input, pullback })
    }

    /// The result of an operation, with an edge for each of its inputs. This is all that
    /// an operation of one's own needs:
    ///
    /// ```
    /// use tensor::{Tensor, assert_close};
    ///
    /// fn cube(x: &Tensor) -> Tensor {
    ///     let value = x.detach();
    ///     let edge = x.edge(move |g| 3.0 * value.square() * g);
    ///     Tensor::record("cube", x.powi(3), [edge])
    /// }
    ///
    /// let x = Tensor::from([2.0]).require_grad();
    /// assert_close!(cube(&x).sum().backward()[&x], [12.0], 1e-6);
    /// ```
    pub fn record(
        operation: &'static str,
        value: Tensor,
        edges: impl IntoIterator<Item = Option<Edge>>,
    ) -> Tensor {
        let edges: Vec<Edge> = edges.into_iter().flatten().collect();
        if edges.is_empty() {
            return value.detach();
        }
        let node = Node::new(operation, value.shape(), WayBack::Inputs(edges));
        value.detach().with_node(Some(node))
    }

    /// The same numbers without their history; nothing is copied.
    pub fn detach(&self) -> Tensor {
        Tensor::wrap(self.shared())
    }
}
// ANCHOR_END: record

// ANCHOR: backward
impl Tensor {
    /// The gradients of this number by every parameter that it was calculated from.
    ///
    /// The walk frees the graph as it goes, so it can be taken once.
    ///
    /// # Panics
    /// If this is not a single number, if no parameter led to it, or if a part of its
    /// graph has been walked before.
    #[track_caller]
    pub fn backward(&self) -> Gradients {
        self.check_single();
        self.backward_from(&Tensor::ones(self.shape())) // its slope by itself
    }

    /// The same from any tensor, for something behind it whose `gradient` is known: the
    /// gradients of `(self * gradient).sum()`.
    ///
    /// # Panics
    /// If the shapes differ, if no parameter led to this tensor, or if a part of its
    /// graph has been walked before.
    #[track_caller]
    pub fn backward_from(&self, gradient: &Tensor) -> Gradients {
        let last = self.check_backward_from(gradient);
        let mut waiting = BTreeMap::from([(last.number, (last, gradient.detach()))]);
        let mut gradients = Gradients::default();
        while let Some((number, (node, gradient))) = waiting.pop_last() {
            match node.take() {
                WayBack::Parameter => drop(gradients.by_number.insert(number, gradient)),
                WayBack::Spent => panic!("{}", spent(node.operation)),
                WayBack::Inputs(edges) => {
                    for Edge { input, pullback } in edges {
                        let part = no_grad(|| pullback(&gradient));
                        let part = sum_to_input(part, node.operation, &input.shape);
                        match waiting.get_mut(&input.number) {
                            Some((_, sum)) => sum.accumulate(&part),
                            None => drop(waiting.insert(input.number, (input, part))),
                        }
                    }
                }
            }
        }
        gradients
    }
}
// ANCHOR_END: backward

impl Tensor {
    /// Panics unless this is a single number.
    #[track_caller]
    fn check_single(&self) {
        must!(
            self.len() == 1,
            "backward: expected a single number, the loss, got the shape {:?}; \
             sum() or mean() makes one number of several",
            self.shape()
        );
    }

    /// The node from which a walk back can start, or a panic that says why there is none.
    #[track_caller]
    fn check_backward_from(&self, gradient: &Tensor) -> Arc<Node> {
        must!(
            self.shape() == gradient.shape(),
            "backward_from: expected a gradient of the shape {:?}, got {:?}",
            self.shape(),
            gradient.shape()
        );
        let Some(node) = self.node() else {
            panic!(
                "backward: expected a number calculated from a tensor with require_grad(), \
                 got one without a history; was it calculated inside no_grad, or detached, or \
                 were the parameters, and nobody called require_grad() on them again?"
            );
        };
        node.clone()
    }
}

/// What to say when a walk meets a node that another walk has freed.
fn spent(operation: &str) -> String {
    format!(
        "backward: expected a graph that was not walked before, got one whose `{operation}` was; \
         calculate the loss again, or add several losses and walk once"
    )
}

// ANCHOR: sum_to
/// The adjoint of broadcasting: what was read several times gets the sum of its
/// gradients.
#[track_caller]
fn sum_to_input(gradient: Tensor, operation: &str, shape: &[usize]) -> Tensor {
    let fits = crate::shape::broadcast(shape, gradient.shape());
    if fits.as_deref() != Some(gradient.shape()) {
        panic!(
            "backward of {operation}: expected a gradient of the input's shape {shape:?}, or \
             of one that it broadcasts to, got {:?}",
            gradient.shape()
        );
    }
    gradient.sum_to(shape)
}
// ANCHOR_END: sum_to

/// What [`Tensor::backward`] found: a gradient for each parameter, of the parameter's shape.
#[derive(Default)]
pub struct Gradients {
    pub(crate) by_number: BTreeMap<u64, Tensor>,
}

impl Gradients {
    /// The gradient by this `parameter`; `None` if the loss does not depend on it.
    pub fn get(&self, parameter: &Tensor) -> Option<&Tensor> {
        self.by_number.get(&parameter.node()?.number)
    }

    /// Takes the gradient by this `parameter` out, so that it can be freed early.
    pub fn take(&mut self, parameter: &Tensor) -> Option<Tensor> {
        self.by_number.remove(&parameter.node()?.number)
    }
}

impl Index<&Tensor> for Gradients {
    type Output = Tensor;

    /// The gradient by this parameter.
    ///
    /// # Panics
    /// If the loss does not depend on it.
    #[track_caller]
    fn index(&self, parameter: &Tensor) -> &Tensor {
        match self.get(parameter) {
            Some(gradient) => gradient,
            None => panic!(
                "gradients: expected a parameter that the loss was calculated from, got a \
                 tensor of shape {:?} that {}",
                parameter.shape(),
                why_no_gradient(parameter)
            ),
        }
    }
}

/// Why a tensor has no gradient, as the end of a message.
fn why_no_gradient(tensor: &Tensor) -> String {
    match tensor.node().map(|node| node.operation) {
        None => "has no require_grad()".to_string(),
        Some(PARAMETER) => "the loss does not depend on, or that was made again since".to_string(),
        Some(operation) => format!(
            "is the result of `{operation}`: gradients are kept for what require_grad() made; a \
             step is calculated inside no_grad, and require_grad() called on its result"
        ),
    }
}

// ANCHOR: no_grad
thread_local! {
    /// Whether operations on this thread are recorded.
    static RECORDING: Cell<bool> = const { Cell::new(true) };
}

/// Calculates without recording: for evaluation, and for the step that changes
/// parameters.
///
/// ```
/// use tensor::{Tensor, no_grad};
///
/// let w = Tensor::from([1.0]).require_grad();
/// assert!(!no_grad(|| &w * 2.0).requires_grad());
/// ```
pub fn no_grad<T>(calculate: impl FnOnce() -> T) -> T {
    /// Puts the former state back, also when `calculate` panics.
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            RECORDING.set(self.0);
        }
    }
    let _restore = Restore(RECORDING.replace(false));
    calculate()
}
// ANCHOR_END: no_grad
