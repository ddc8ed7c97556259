//! Surfaces over two parameters, and optimisers that walk down on them (pages *Out of
//! the ravine* and *A step size for each weight*).
//!
//! The optimisers are those that train nets: a place on the surface is a net whose only
//! parameter is where it stands.

use nn::optim::Optimizer;
use nn::{Module, Visitor};
use tensor::Tensor;

/// A place on a surface, (x, y).
pub type Place = [f32; 2];

/// Cosine and sine of 30 degrees.
const TURN: [f32; 2] = [0.866_025_4, 0.5];

/// The place in the turned ravine that is at (along, across) in the straight one.
pub fn turn([along, across]: Place) -> Place {
    let [cos, sin] = TURN;
    [cos * along - sin * across, sin * along + cos * across]
}

/// A straight ravine along x: ½ (x² + κ y²). κ, the condition number, is how many times
/// the curvature across is that along.
pub fn ravine(at: &Tensor, kappa: f32) -> Tensor {
    (at.square() * Tensor::from([0.5, 0.5 * kappa])).sum()
}

/// The same ravine, turned by 30 degrees.
pub fn turned(at: &Tensor, kappa: f32) -> Tensor {
    let (x, y) = (at.slice(0, 0..1), at.slice(0, 1..2)); // [1], [1]
    let [cos, sin] = TURN;
    let along = cos * &x + sin * &y;
    let across = cos * y - sin * x;
    (0.5 * along.square() + 0.5 * kappa * across.square()).sum()
}

/// A bent one: (1 − x)² + 100 (y − x²)², lowest at (1, 1).
///
/// Source: H. H. Rosenbrock, "An automatic method for finding the greatest or least
/// value of a function", The Computer Journal 3 (1960), page 175.
pub fn rosenbrock(at: &Tensor) -> Tensor {
    let (x, y) = (at.slice(0, 0..1), at.slice(0, 1..2)); // [1], [1]
    ((1.0 - &x).square() + 100.0 * (y - x.square()).square()).sum()
}

/// The height of a surface at a place.
pub fn height(surface: impl Fn(&Tensor) -> Tensor, place: Place) -> f32 {
    surface(&Tensor::from(place)).item()
}

// ANCHOR: walk
/// Who stands on a surface: a module with one parameter, the place.
#[derive(Clone)]
pub struct Walker {
    /// The place, `[2]`.
    pub at: Tensor,
}

impl Module for Walker {
    fn visit(&mut self, visitor: &mut Visitor) {
        visitor.parameter("at", &mut self.at);
    }
}

/// The way of an optimiser down a surface, its start included.
pub fn walk(
    surface: impl Fn(&Tensor) -> Tensor,
    start: Place,
    mut optimizer: Optimizer,
    lr: f32,
    steps: usize,
) -> Vec<Place> {
    let mut walker = Walker::new(start);
    let mut way = vec![start];
    for _ in 0..steps {
        let gradients = surface(&walker.at).backward();
        optimizer.step(&mut walker, &gradients, lr);
        way.push(walker.place());
    }
    way
}
// ANCHOR_END: walk

impl Walker {
    /// Standing at the start.
    pub fn new(start: Place) -> Walker {
        Walker {
            at: Tensor::from(start).require_grad(),
        }
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        let at = self.at.to_vec();
        [at[0], at[1]]
    }
}

/// Steps until the surface is at most `share` of its height at the start, and stays so
/// up to step `most`; none if it does not. The surface's lowest height is 0.
pub fn steps_to(
    surface: impl Fn(&Tensor) -> Tensor,
    start: Place,
    optimizer: Optimizer,
    lr: f32,
    share: f32,
    most: usize,
) -> Option<usize> {
    let goal = share * height(&surface, start);
    let way = walk(&surface, start, optimizer, lr, most);
    // NaN is not low.
    let low = |place: &Place| height(&surface, *place) <= goal;
    let last_high = way.iter().rposition(|place| !low(place));
    let steps = last_high.map_or(0, |last| last + 1);
    (steps <= most).then_some(steps)
}

// ANCHOR: best
/// The best rate of plain descent in a ravine with curvatures from 1 to κ: as far from
/// standing still along it as from jumping out across it.
pub fn best_plain(kappa: f32) -> f32 {
    2.0 / (1.0 + kappa)
}

/// The best rate and momentum of Polyak's method there, (η, μ).
///
/// Source: B. T. Polyak, "Some methods of speeding up the convergence of iteration
/// methods" (1964), theorem 9.
pub fn best_momentum(kappa: f32) -> (f32, f32) {
    let root = kappa.sqrt();
    let lr = (2.0 / (root + 1.0)).powi(2);
    (lr, ((root - 1.0) / (root + 1.0)).powi(2))
}

/// The best rate and momentum of Nesterov's, (η, μ).
///
/// Source: L. Lessard, B. Recht, A. Packard, "Analysis and design of optimization
/// algorithms via integral quadratic constraints", SIAM Journal on Optimization 26
/// (2016), proposition 1.
pub fn best_nesterov(kappa: f32) -> (f32, f32) {
    let root = (3.0 * kappa + 1.0).sqrt();
    (4.0 / (3.0 * kappa + 1.0), (root - 2.0) / (root + 2.0))
}
// ANCHOR_END: best
