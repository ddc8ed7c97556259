//! The seeded generator: the same seed gives the same numbers, every time.
//!
//! The numbers come from ChaCha8, a cipher of 8 rounds that is given a counter to encrypt; no
//! practical test is known to tell its output from chance. Nothing else in the course is
//! random, and there is no global generator: whoever needs random numbers is handed a [`Rng`].
//!
//! Uniform and whole numbers are the same bits everywhere. Normal numbers go through `ln` and
//! `cos`, which machines may round differently in the last place of an `f64`; as an `f32`,
//! the result differs at most in its last digit.
//!
//! # Named streams
//!
//! A program that draws its weights and shuffles its data from one generator changes its
//! shuffling whenever it gets one weight more. So each purpose gets a stream of its own:
//!
//! ```
//! use tensor::Rng;
//!
//! let rng = Rng::new(7);
//! let mut weights = rng.fork("weights");
//! let mut order = rng.fork("order");
//! assert_eq!(weights.normal(), Rng::new(7).fork("weights").normal());
//! assert_ne!(weights.uniform(0.0, 1.0), order.uniform(0.0, 1.0));
//! ```
//!
//! # How it is derived
//!
//! The course's recorded numbers hang on this, so it is written down and pinned by tests.
//! ChaCha has a 256-bit key, a 64-bit stream number, and a counter.
//! The key is the seed in little-endian bytes, then 24 zero bytes. The stream number of
//! `Rng::new` is 0; that of a fork is the 64-bit FNV-1a hash of the parent's stream number
//! (8 little-endian bytes) followed by the name in UTF-8. The counter starts at 0. A fork
//! thus depends on the seed and the path of names, not on what was drawn before it.
//!
//! Sources: D. J. Bernstein, "ChaCha, a variant of Salsa20" (2008); FNV-1a: RFC 9923.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng as _, SeedableRng};

use crate::Tensor;
use crate::kernels::threads::share;
use crate::shape::element_count;

/// 32-bit words that a normal number is made of.
const WORDS_OF_NORMAL: usize = 4;

/// Normal numbers that one thread draws at a time: some hundred microseconds of work. Chosen by
/// us.
const PIECE: usize = 4096;

/// A stream of random numbers, fixed by a seed and the names of its forks.
#[derive(Clone, Debug)]
pub struct Rng {
    chacha: ChaCha8Rng,
}

/// Where a generator stands: enough to go on from there after a restart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RngState {
    /// The seed that `Rng::new` got.
    pub seed: u64,
    /// The stream number, 0 or derived from the names of the forks.
    pub stream: u64,
    /// The number of 32-bit words drawn so far.
    pub words: u64,
}

/// Making generators.
impl Rng {
    /// The generator with this `seed`.
    pub fn new(seed: u64) -> Rng {
        Rng::from_state(RngState { seed, stream: 0, words: 0 })
    }

    /// An independent stream of the same seed, named for its purpose. The same name gives the
    /// same stream, however much this generator has drawn.
    pub fn fork(&self, name: &str) -> Rng {
        let RngState { seed, stream, .. } = self.state();
        let path = stream.to_le_bytes().into_iter().chain(name.bytes());
        Rng::from_state(RngState { seed, stream: fnv1a(path), words: 0 })
    }

    /// Where this generator stands.
    pub fn state(&self) -> RngState {
        let key = self.chacha.get_seed();
        let seed = key.first_chunk().expect("the key has 32 bytes");
        RngState {
            seed: u64::from_le_bytes(*seed),
            stream: self.chacha.get_stream(),
            // 2^64 words would take thousands of years to draw.
            words: self.chacha.get_word_pos() as u64,
        }
    }

    /// The generator that stood there.
    ///
    /// ```
    /// use tensor::Rng;
    ///
    /// let mut rng = Rng::new(1).fork("order");
    /// rng.permutation(10);
    /// let state = rng.state();
    /// assert_eq!(rng.permutation(10), Rng::from_state(state).permutation(10));
    /// ```
    pub fn from_state(state: RngState) -> Rng {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&state.seed.to_le_bytes());
        let mut chacha = ChaCha8Rng::from_seed(key);
        chacha.set_stream(state.stream);
        chacha.set_word_pos(u128::from(state.words));
        Rng { chacha }
    }
}

/// The 64-bit FNV-1a hash. Source: RFC 9923, section 2.
fn fnv1a(bytes: impl Iterator<Item = u8>) -> u64 {
    const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.fold(OFFSET_BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// Drawing numbers.
impl Rng {
    /// A number from `low` up to, but not including, `high`, each equally likely. Made from
    /// the upper 24 bits of a 32-bit word, as many as an `f32` keeps.
    ///
    /// # Panics
    /// Unless `low < high`, both finite.
    #[track_caller]
    pub fn uniform(&mut self, low: f32, high: f32) -> f32 {
        check_range("uniform", low, high);
        self.uniform_unchecked(low, high)
    }

    /// A number from the standard normal distribution (mean 0, standard deviation 1), by Box
    /// and Muller's transform: with u and v uniform in (0, 1] and \[0, 1),
    /// `sqrt(-2 ln u) cos(2 pi v)` is normal. The sine would give a second number; it is not
    /// kept, so that a generator's state stays a place in its stream.
    ///
    /// Calculated in `f64`, with u from 53 bits: numbers up to 8.5 can occur.
    ///
    /// Source: G. E. P. Box, M. E. Muller, "A note on the generation of random normal
    /// deviates", Annals of Mathematical Statistics 29 (1958), 610-611.
    pub fn normal(&mut self) -> f32 {
        let u = 1.0 - self.unit_f64(); // (0, 1]: the logarithm of 0 is not finite
        let v = self.unit_f64();
        ((-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()) as f32
    }

    /// A whole number from 0 up to, but not including, `n`, each exactly equally likely.
    ///
    /// The upper half of the 128-bit product of a 64-bit word and n lies in 0..n. 2^64 words
    /// cannot be dealt evenly to n places; the few words that would be dealt beyond an even
    /// share are drawn again.
    ///
    /// Source: D. Lemire, "Fast random integer generation in an interval", ACM Transactions on
    /// Modeling and Computer Simulation 29 (2019), algorithm 5.
    ///
    /// # Panics
    /// If `n` is 0.
    #[track_caller]
    pub fn below(&mut self, n: usize) -> usize {
        must!(n != 0, "below: expected at least 1 number to choose from, got 0");
        let n = n as u64;
        let surplus = n.wrapping_neg() % n; // 2^64 mod n
        loop {
            let product = u128::from(self.chacha.next_u64()) * u128::from(n);
            if product as u64 >= surplus {
                return (product >> 64) as usize;
            }
        }
    }

    /// Puts the items into a random order, each order equally likely: from the last place
    /// down, each place gets one of the items not placed yet (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// The numbers 0..n in a random order.
    ///
    /// ```
    /// use tensor::Rng;
    ///
    /// let mut order = Rng::new(1).permutation(5);
    /// order.sort();
    /// assert_eq!(order, [0, 1, 2, 3, 4]);
    /// ```
    pub fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        self.shuffle(&mut order);
        order
    }

    /// A tensor of [`uniform`](Rng::uniform) numbers, drawn in row-major order.
    ///
    /// # Panics
    /// Unless `low < high`, both finite.
    #[track_caller]
    pub fn uniform_tensor(&mut self, shape: &[usize], low: f32, high: f32) -> Tensor {
        check_range("uniform_tensor", low, high);
        let count = element_count("uniform_tensor", shape);
        let values = (0..count).map(|_| self.uniform_unchecked(low, high)).collect();
        Tensor::from_vec(values, shape)
    }

    /// A tensor of [`normal`](Rng::normal) numbers, scaled and shifted to this `mean` and
    /// standard deviation, drawn in row-major order.
    ///
    /// # Panics
    /// If the deviation is negative, or one of the two is not finite.
    #[track_caller]
    pub fn normal_tensor(&mut self, shape: &[usize], mean: f32, deviation: f32) -> Tensor {
        must!(
            mean.is_finite() && deviation.is_finite() && deviation >= 0.0,
            "normal_tensor: expected a finite mean and a deviation from 0 up, \
                 got mean = {mean} and deviation = {deviation}"
        );
        let count = element_count("normal_tensor", shape);
        let mut values = vec![0.0; count];
        let state = self.state();
        let at = |number: usize| {
            let words = state.words + (number * WORDS_OF_NORMAL) as u64;
            Rng::from_state(RngState { words, ..state })
        };
        // Where a number's words begin is known, so each piece can be drawn by itself.
        let pieces = values.chunks_mut(PIECE).enumerate().collect();
        share(pieces, 1, |(i, piece): (usize, &mut [f32])| {
            let mut rng = at(i * PIECE);
            piece.fill_with(|| mean + deviation * rng.normal());
        });
        *self = at(count);
        Tensor::from_vec(values, shape)
    }

    /// [`uniform`](Rng::uniform) after the check of its range.
    fn uniform_unchecked(&mut self, low: f32, high: f32) -> f32 {
        let unit = f64::from(self.chacha.next_u32() >> 8) / f64::from(1 << 24);
        let value = f64::from(low) + unit * (f64::from(high) - f64::from(low));
        // Rounding to f32 could reach `high` itself.
        (value as f32).min(high.next_down())
    }

    /// A number in \[0, 1) from the upper 53 bits of a 64-bit word, as many as an `f64` keeps.
    fn unit_f64(&mut self) -> f64 {
        (self.chacha.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Panics unless `low < high`, both finite.
#[track_caller]
fn check_range(operation: &str, low: f32, high: f32) {
    must!(
        low.is_finite() && high.is_finite() && low < high,
        "{operation}: expected finite low < high, got low = {low} and high = {high}"
    );
}
