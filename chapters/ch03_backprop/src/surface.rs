//! Curves and surfaces to go down on (page *Downhill*).
//!
//! Their gradients are derived by hand, with the rules of the page before.

use tensor::Rng;

/// A place on a surface, (x, y).
pub type Place = [f32; 2];

// ANCHOR: descend
/// Gradient descent: `steps` times a step against the slope. The way, its start included.
pub fn descend<const D: usize>(
    gradient: impl Fn([f32; D]) -> [f32; D],
    start: [f32; D],
    lr: f32,
    steps: usize,
) -> Vec<[f32; D]> {
    let mut way = vec![start];
    let mut x = start;
    for _ in 0..steps {
        let slope = gradient(x);
        x = std::array::from_fn(|i| x[i] - lr * slope[i]);
        way.push(x);
    }
    way
}
// ANCHOR_END: descend

/// x², the curve.
pub fn bowl(x: f32) -> f32 {
    x * x
}

/// Its slope, 2x.
pub fn bowl_slope([x]: [f32; 1]) -> [f32; 1] {
    [2.0 * x]
}

// ANCHOR: pass
/// (x² − 1)² + y²: two valleys, at (−1, 0) and (1, 0), and a saddle between, at (0, 0).
pub fn pass([x, y]: Place) -> f32 {
    (x * x - 1.0).powi(2) + y * y
}

/// Its gradient: 4x(x² − 1) and 2y.
pub fn pass_gradient([x, y]: Place) -> Place {
    [4.0 * x * (x * x - 1.0), 2.0 * y]
}
// ANCHOR_END: pass

/// Steps of descent on [`pass`] from (push, 1) until |x| is above ½; none if it
/// takes more than `most`.
pub fn steps_to_escape(push: f32, lr: f32, most: usize) -> Option<usize> {
    let mut place = [push, 1.0];
    for step in 0..=most {
        if place[0].abs() > 0.5 {
            return Some(step);
        }
        let slope = pass_gradient(place);
        place = std::array::from_fn(|i| place[i] - lr * slope[i]);
    }
    None
}

/// A round hollow in a plain.
#[derive(Clone, Copy, Debug)]
pub struct Hollow {
    /// Its middle.
    pub at: Place,
    /// How far it goes down.
    pub depth: f32,
    /// How far it reaches: at this distance, e^−½ of its depth is left.
    pub width: f32,
}

// ANCHOR: plain
/// A plain with four hollows.
pub const HOLLOWS: [Hollow; 4] = [
    Hollow {
        at: [1.2, 0.9],
        depth: 1.0,
        width: 0.7,
    },
    Hollow {
        at: [-1.1, 1.2],
        depth: 0.8,
        width: 0.6,
    },
    Hollow {
        at: [-0.9, -1.1],
        depth: 0.6,
        width: 0.7,
    },
    Hollow {
        at: [1.2, -1.2],
        depth: 0.5,
        width: 0.5,
    },
];

impl Hollow {
    /// Minus the depth at its middle, nearly 0 far away: −d e^(−r²/2w²).
    pub fn height(&self, [x, y]: Place) -> f32 {
        let (dx, dy) = (x - self.at[0], y - self.at[1]);
        -self.depth * libm::expf(-(dx * dx + dy * dy) / (2.0 * self.width * self.width))
    }

    /// The chain rule: the height times the slope of the exponent.
    pub fn gradient(&self, place: Place) -> Place {
        let height = self.height(place);
        let slope = |i: usize| -(place[i] - self.at[i]) / (self.width * self.width);
        [height * slope(0), height * slope(1)]
    }
}

/// The height of the plain with its hollows.
pub fn plain(place: Place) -> f32 {
    HOLLOWS.iter().map(|hollow| hollow.height(place)).sum()
}

/// Its gradient: the sum rule.
pub fn plain_gradient(place: Place) -> Place {
    HOLLOWS.iter().fold([0.0, 0.0], |sum, hollow| {
        let slope = hollow.gradient(place);
        [sum[0] + slope[0], sum[1] + slope[1]]
    })
}
// ANCHOR_END: plain

/// The number of the hollow in which a way has ended: the nearest middle, no farther
/// than `reach`; none on the plain or on the way there.
pub fn ended_in(place: Place, reach: f32) -> Option<usize> {
    let distance =
        |hollow: &Hollow| (place[0] - hollow.at[0]).hypot(place[1] - hollow.at[1]);
    (0..HOLLOWS.len())
        .filter(|&i| distance(&HOLLOWS[i]) <= reach)
        .min_by(|&i, &j| distance(&HOLLOWS[i]).total_cmp(&distance(&HOLLOWS[j])))
}

/// `count` places, uniform in −`side`..`side` both ways.
pub fn starts(count: usize, side: f32, rng: &mut Rng) -> Vec<Place> {
    let mut place = || [rng.uniform(-side, side), rng.uniform(-side, side)];
    (0..count).map(|_| place()).collect()
}
