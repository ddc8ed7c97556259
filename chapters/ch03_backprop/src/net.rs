//! A neuron, a layer and a net out of scalars (page *A net out of single numbers*).
//!
//! Dimension key: D inputs, H units of a layer.

use tensor::Rng;

use crate::scalar::Scalar;

// ANCHOR: neuron
/// tanh(w · x + b), or the sum alone at the net's end.
pub struct Neuron {
    /// A weight for each input, D.
    pub weights: Vec<Scalar>,
    /// The bias.
    pub bias: Scalar,
    /// Whether the sum is bent by tanh.
    pub bent: bool,
}

impl Neuron {
    /// A neuron with random weights of deviation 1/√D, and bias 0.
    pub fn new(inputs: usize, bent: bool, rng: &mut Rng) -> Neuron {
        let scale = 1.0 / (inputs as f64).sqrt();
        let mut weight = || Scalar::named("w", scale * f64::from(rng.normal()));
        let weights = (0..inputs).map(|_| weight()).collect();
        let bias = Scalar::named("b", 0.0);
        Neuron {
            weights,
            bias,
            bent,
        }
    }

    /// What it says of inputs, D.
    pub fn forward(&self, x: &[Scalar]) -> Scalar {
        let mut sum = self.bias.clone();
        for (w, x) in self.weights.iter().zip(x) {
            sum = sum + w * x;
        }
        if self.bent { sum.tanh() } else { sum }
    }
}
// ANCHOR_END: neuron

// ANCHOR: layer
/// Neurons side by side, all with the same inputs.
pub struct Layer(pub Vec<Neuron>);

impl Layer {
    /// What they say of inputs: `D -> H`.
    pub fn forward(&self, x: &[Scalar]) -> Vec<Scalar> {
        self.0.iter().map(|neuron| neuron.forward(x)).collect()
    }
}

/// Layers one after the other; the last one is not bent.
pub struct Mlp(pub Vec<Layer>);

impl Mlp {
    /// A net with layers of these sizes, its inputs first: `[2, 8, 8, 1]`.
    pub fn new(sizes: &[usize], rng: &mut Rng) -> Mlp {
        let layer = |l: usize| {
            let (inputs, bent) = (sizes[l], l + 2 < sizes.len());
            let mut neuron = || Neuron::new(inputs, bent, rng);
            Layer((0..sizes[l + 1]).map(|_| neuron()).collect())
        };
        Mlp((0..sizes.len() - 1).map(layer).collect())
    }

    /// What its last layer says.
    pub fn forward(&self, x: &[Scalar]) -> Vec<Scalar> {
        let first = x.to_vec();
        self.0.iter().fold(first, |x, layer| layer.forward(&x))
    }

    /// Every weight and bias.
    pub fn parameters(&self) -> Vec<Scalar> {
        let neurons = self.0.iter().flat_map(|layer| &layer.0);
        let of = |n: &Neuron| [n.weights.clone(), vec![n.bias.clone()]].concat();
        neurons.flat_map(of).collect()
    }
}
// ANCHOR_END: layer

/// A point in the plane, and on which side it should be: −1 or +1.
#[derive(Clone, Copy, Debug)]
pub struct Dot {
    /// Where it is.
    pub x: [f64; 2],
    /// Its label.
    pub y: f64,
}

/// Two moons as dots: the upper is +1, the lower −1; see [`nn::data::two_moons`].
pub fn moons(n: usize, noise: f32, rng: &mut Rng) -> Vec<Dot> {
    let (x, classes) = nn::data::two_moons(n, noise, rng);
    let (x, rows) = (x.to_vec(), classes.iter());
    let dot = |(row, &class): (usize, &usize)| Dot {
        x: [0, 1].map(|d| f64::from(x[2 * row + d])),
        y: if class == 1 { 1.0 } else { -1.0 },
    };
    rows.enumerate().map(dot).collect()
}

impl Mlp {
    // ANCHOR: train
    /// The net's score of a place, a number of the graph.
    pub fn score(&self, x: [f64; 2]) -> Scalar {
        self.forward(&x.map(Scalar::from))[0].clone()
    }

    /// The mean of ln(1 + e^(−y f)) over dots: lesson 1's logistic loss.
    pub fn loss(&self, dots: &[Dot]) -> Scalar {
        let mut sum = Scalar::from(0.0);
        for dot in dots {
            let minus_margin = -dot.y * self.score(dot.x);
            sum = sum + (1.0 + minus_margin.exp()).ln();
        }
        sum / dots.len() as f64
    }

    /// One step of gradient descent; the loss before it.
    pub fn step(&self, dots: &[Dot], lr: f64) -> Scalar {
        let loss = self.loss(dots);
        loss.backward();
        for w in self.parameters() {
            w.set(w.value() - lr * w.gradient());
        }
        loss
    }
    // ANCHOR_END: train

    /// The share of dots on their right side.
    pub fn accuracy(&self, dots: &[Dot]) -> f32 {
        let right = |dot: &&Dot| self.score(dot.x).value() * dot.y > 0.0;
        dots.iter().filter(right).count() as f32 / dots.len() as f32
    }

    /// Its weights and biases now, to look at later.
    pub fn values(&self) -> Vec<f64> {
        self.parameters().iter().map(Scalar::value).collect()
    }

    /// Puts values back that [`Mlp::values`] gave.
    ///
    /// # Panics
    /// If there are more or fewer of them than parameters.
    pub fn set(&self, values: &[f64]) {
        let parameters = self.parameters();
        assert_eq!(parameters.len(), values.len(), "one value a parameter");
        for (parameter, &value) in parameters.iter().zip(values) {
            parameter.set(value);
        }
    }
}

// ANCHOR: recipe
/// The best score there is, by one who knows how the moons of [`moons`] are drawn: the
/// logarithm of how much likelier the upper moon is to put a dot there.
pub fn by_recipe(x: [f64; 2], noise: f64) -> f64 {
    const ANGLES: usize = 200;
    let (mut upper, mut lower) = (0.0, 0.0);
    for i in 0..ANGLES {
        let angle = std::f64::consts::PI * (i as f64 + 0.5) / ANGLES as f64;
        let (cos, sin) = (libm::cos(angle), libm::sin(angle));
        let density = |at: [f64; 2]| {
            let distance = (x[0] - at[0]).powi(2) + (x[1] - at[1]).powi(2);
            libm::exp(-distance / (2.0 * noise * noise))
        };
        upper += density([cos, sin]);
        lower += density([1.0 - cos, 0.5 - sin]);
    }
    libm::log(upper / lower)
}
// ANCHOR_END: recipe
