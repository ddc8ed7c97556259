//! Weights in a byte each: what is in the two files of a published net.
//!
//! One file is nothing but bytes. The other is a list in JSON: for each tensor its
//! name, its shape, and two numbers that say which weight a byte stands for. This is
//! how TensorFlow.js keeps nets small enough for a web page.

use std::num::NonZeroU32;

use datasets::{At, DataError, Result};
use serde::Deserialize;
use tensor::{Rng, Tensor};

// ANCHOR: quantised
/// A tensor of which each number is one of 256 steps of a ruler.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantised {
    /// The steps, in row-major order.
    pub bytes: Vec<u8>,
    /// The sizes of the axes.
    pub shape: Vec<usize>,
    /// From one step to the next, above 0.
    pub scale: f64,
    /// The weight of step 0.
    pub min: f64,
}

impl Quantised {
    /// The weights: `min + scale · byte`.
    pub fn weights(&self) -> Tensor {
        let weight = |&byte: &u8| (self.min + self.scale * f64::from(byte)) as f32;
        Tensor::from_vec(self.bytes.iter().map(weight).collect(), &self.shape)
    }

    /// How far a weight can be from the one that was trained: half a step.
    pub fn largest_error(&self) -> f64 {
        self.scale / 2.0
    }
}
// ANCHOR_END: quantised

impl Quantised {
    /// Weights put on a ruler of `2^bits` steps from the smallest of them to the
    /// largest, each to the nearest step.
    ///
    /// ```
    /// use ch07_yolo::face::weights::Quantised;
    /// use std::num::NonZeroU32;
    /// use tensor::{Rng, Tensor};
    ///
    /// // Two bits: four steps, and from 0 to 6 they are 0, 2, 4 and 6.
    /// let bits = NonZeroU32::new(2).expect("two is not zero");
    /// let rough = Quantised::of(&Tensor::from([0.0, 2.5, 6.0]), bits);
    /// assert_eq!(rough.bytes, [0, 1, 3]);
    /// assert_eq!(rough.weights().to_vec(), [0.0, 2.0, 6.0]);
    /// ```
    ///
    /// # Panics
    /// If there is no weight, or the bits are more than a byte's eight.
    // ANCHOR: of
    pub fn of(weights: &Tensor, bits: NonZeroU32) -> Quantised {
        assert!(bits.get() <= 8, "expected at most 8 bits, got {bits}");
        let [min, max] =
            [weights.min(), weights.max()].map(|end| f64::from(end.item()));
        let steps = f64::from((1_u32 << bits.get()) - 1);
        // All weights equal: any ruler will do, since only its step 0 is used.
        let scale = if max > min { (max - min) / steps } else { 1.0 };
        let step = |w: &f32| -> u8 { ((f64::from(*w) - min) / scale).round() as u8 };
        Quantised {
            bytes: weights.to_vec().iter().map(step).collect(),
            shape: weights.shape().to_vec(),
            scale,
            min,
        }
    }
    // ANCHOR_END: of
}

/// A part of the list that the JSON holds.
#[derive(Deserialize)]
struct Group {
    weights: Vec<Entry>,
}

/// What the list says of a tensor.
#[derive(Deserialize)]
struct Entry {
    name: String,
    shape: Vec<usize>,
    quantization: Ruler,
}

/// What a byte means.
#[derive(Deserialize)]
struct Ruler {
    dtype: String,
    scale: f64,
    min: f64,
}

/// The tensors of a net by name, in the order of the file.
#[derive(Clone, Debug)]
pub struct Weights {
    /// What errors call the file.
    file: String,
    /// Names and tensors.
    pub tensors: Vec<(String, Quantised)>,
}

impl Weights {
    /// Reads the tensors that `list` (JSON) describes from `bytes`.
    ///
    /// # Errors
    /// [`DataError::Format`] if the list is not of this form, or the bytes are not
    /// exactly those of its tensors.
    pub fn read(file: &str, list: &[u8], bytes: &[u8]) -> Result<Weights> {
        let groups: Vec<Group> = serde_json::from_slice(list).map_err(|fault| {
            let at = At::Line(fault.line() as u64);
            DataError::format(file, at, "a list of tensors", fault.to_string())
        })?;
        let (mut tensors, mut rest) = (Vec::new(), bytes);
        for entry in groups.into_iter().flat_map(|group| group.weights) {
            let name = entry.name.clone();
            tensors.push((name, take(file, entry, &mut rest)?));
        }
        if rest.is_empty() {
            let file = file.to_owned();
            return Ok(Weights { file, tensors });
        }
        let at = At::Byte((bytes.len() - rest.len()) as u64);
        let got = format!("{} bytes more", rest.len());
        Err(DataError::format(file, at, "the end of the file", got))
    }
}

impl Weights {
    /// The weights of one tensor.
    ///
    /// # Errors
    /// [`DataError::Format`] if there is none of this name and shape.
    pub fn get(&self, name: &str, shape: &[usize]) -> Result<Tensor> {
        Ok(self.tensor(name, shape)?.weights())
    }

    /// The weights of one tensor, each moved at random by up to half a step of a ruler
    /// whose steps are `factor` times as long: weights that could have been rounded to
    /// these.
    ///
    /// # Errors
    /// As [`Weights::get`].
    ///
    /// # Panics
    /// Unless the factor is above 0.
    // ANCHOR: shaken
    pub fn shaken(
        &self,
        name: &str,
        shape: &[usize],
        factor: f32,
        rng: &Rng,
    ) -> Result<Tensor> {
        let tensor = self.tensor(name, shape)?;
        let most = factor * tensor.largest_error() as f32;
        let moves = rng.fork(name).uniform_tensor(shape, -most, most);
        Ok(tensor.weights() + moves)
    }
    // ANCHOR_END: shaken

    /// The tensor of this name and shape.
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<&Quantised> {
        let found = self.tensors.iter().find(|(other, _)| other == name);
        match found {
            Some((_, tensor)) if tensor.shape == shape => Ok(tensor),
            other => {
                let got = other.map_or_else(
                    || "none".to_owned(),
                    |(_, tensor)| format!("{:?}", tensor.shape),
                );
                let expected = format!("a tensor of the shape {shape:?}");
                let at = At::Entry(name.to_owned());
                Err(DataError::format(&self.file, at, expected, got))
            }
        }
    }

    /// How many weights there are.
    pub fn count(&self) -> usize {
        self.tensors.iter().map(|(_, each)| each.bytes.len()).sum()
    }
}

/// The next tensor, off the front of what is left of the bytes.
fn take(file: &str, entry: Entry, rest: &mut &[u8]) -> Result<Quantised> {
    let wrong = |expected: &str, got: String| {
        DataError::format(file, At::Entry(entry.name.clone()), expected, got)
    };
    let Ruler { dtype, scale, min } = &entry.quantization;
    if dtype != "uint8" {
        return Err(wrong("weights of one byte, uint8", dtype.clone()));
    }
    if !(*scale > 0.0 && scale.is_finite() && min.is_finite()) {
        return Err(wrong("a scale above 0", format!("{scale}, from {min}")));
    }
    let mut sizes = entry.shape.iter();
    let count = sizes.try_fold(1_usize, |n, &size| n.checked_mul(size));
    match count.filter(|&count| 0 < count && count <= rest.len()) {
        Some(count) => {
            let (bytes, after) = rest.split_at(count);
            *rest = after;
            Ok(Quantised {
                bytes: bytes.to_vec(),
                shape: entry.shape,
                scale: *scale,
                min: *min,
            })
        }
        None => {
            let expected = format!("the bytes of a tensor {:?}", entry.shape);
            Err(wrong(&expected, format!("{} bytes", rest.len())))
        }
    }
}
