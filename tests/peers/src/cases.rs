//! What is compared inside one process: our side of each case.

use std::io::Write;
use std::path::Path;

use nn::data::Labelled;
use nn::optim::{Adam, Optimizer};
use nn::{Mlp, Module, Net, Pass};
use tensor::{Rng, Tensor, no_grad};

use crate::{finding, pictures};

/// Pixels, two hidden layers, classes.
const SIZES: [usize; 4] = [784, 256, 128, 10];

/// Examples in a step.
pub(crate) const BATCH: usize = 64;

/// Something that both sides can run, again and again.
pub(crate) trait Case {
    /// Runs once; the numbers that both sides must agree on.
    fn run(&mut self) -> Vec<f64>;
}

/// A case by its name in the table.
pub(crate) struct Named {
    /// The name, as in results.toml and in peer.py.
    pub(crate) name: &'static str,
    /// What it does, in a line.
    pub(crate) about: &'static str,
    /// How many pieces of work a run has, to print the time of one.
    pub(crate) pieces: usize,
    /// What a piece is.
    pub(crate) piece: &'static str,
    /// Makes it; the first weights are those in the folder.
    pub(crate) make: fn() -> anyhow::Result<Box<dyn Case>>,
}

/// All cases that run inside a process.
pub(crate) fn all() -> impl Iterator<Item = &'static Named> {
    let of_pictures = pictures::CASES.iter().chain(&finding::CASES);
    CASES.iter().chain(of_pictures)
}

/// The cases of dense nets.
const CASES: [Named; 2] = [
    Named {
        name: "mlp_epoch",
        about: "MLP 784-256-128-10, one epoch of 10,000, batch 64, Adam",
        pieces: 1,
        piece: "epoch",
        make: || Ok(Box::new(mlp_epoch()?)),
    },
    Named {
        name: "mlp_latency",
        about: "the same MLP in use, one picture at a time",
        pieces: 1000,
        piece: "picture",
        make: || Ok(Box::new(MlpLatency::new()?)),
    },
];

/// The first net of every case.
pub(crate) fn net() -> Mlp {
    Mlp::new(&SIZES, &mut Rng::new(1).fork("peers"))
}

/// Writes the first weights for the other side: every parameter in order, row by row.
pub(crate) fn hand_over(folder: &Path) -> anyhow::Result<()> {
    let parameters = net().parameters().into_iter();
    write_numbers(
        &folder.join("weights.f32"),
        parameters.map(|(_, tensor)| tensor),
    )?;
    pictures::hand_over(folder)?;
    finding::hand_over(folder)
}

/// Writes tensors one after the other, row by row, little-endian.
pub(crate) fn write_numbers(
    file: &Path,
    tensors: impl IntoIterator<Item = Tensor>,
) -> anyhow::Result<()> {
    let mut file = std::fs::File::create(file)?;
    for tensor in tensors {
        let bytes = tensor.to_vec().into_iter().flat_map(f32::to_le_bytes);
        file.write_all(&bytes.collect::<Vec<u8>>())?;
    }
    Ok(())
}

/// Pictures as rows of pixels in 0..1.
pub(crate) fn labelled(images: &datasets::Images) -> Labelled {
    Labelled::new(Tensor::from_array(images.to_f32()), images.targets())
}

/// One epoch of training.
pub(crate) struct Epoch<M> {
    pub(crate) net: M,
    adam: Optimizer,
    pub(crate) training: Labelled,
}

impl<M: Net> Epoch<M> {
    pub(crate) fn new(net: M, training: Labelled) -> Epoch<M> {
        let adam = Optimizer::new(Adam::default());
        Epoch {
            net,
            adam,
            training,
        }
    }

    /// One step on these rows; its loss.
    pub(crate) fn step(&mut self, rows: &[usize]) -> f64 {
        let batch = self.training.pick(rows);
        let loss = self
            .net
            .forward(&batch.x, &mut Pass::Use)
            .cross_entropy(&batch.classes);
        self.adam.step(&mut self.net, &loss.backward(), 1e-3);
        f64::from(loss.item())
    }
}

impl<M: Net> Case for Epoch<M> {
    fn run(&mut self) -> Vec<f64> {
        let rows: Vec<usize> = (0..self.training.len()).collect();
        let losses: Vec<f64> = rows
            .chunks_exact(BATCH)
            .map(|rows| self.step(rows))
            .collect();
        let mean = losses.iter().sum::<f64>() / losses.len() as f64;
        vec![mean, losses[0], losses[losses.len() - 1]]
    }
}

/// The MLP and its clothes.
pub(crate) fn mlp_epoch() -> anyhow::Result<Epoch<Mlp>> {
    Ok(Epoch::new(net(), labelled(&datasets::fashion10k()?)))
}

/// Inference, one picture at a time.
struct MlpLatency {
    net: Mlp,
    training: Labelled,
}

impl MlpLatency {
    fn new() -> anyhow::Result<MlpLatency> {
        Ok(MlpLatency {
            net: net(),
            training: labelled(&datasets::fashion10k()?),
        })
    }
}

impl Case for MlpLatency {
    fn run(&mut self) -> Vec<f64> {
        let forward = |i: usize| {
            let x = self.training.x.slice(0, i..i + 1); // [1, 784]
            self.net.forward(&x, &mut Pass::Use)
        };
        let logits = no_grad(|| (1..1000).fold(forward(0), |_, i| forward(i))); // [1, 10]
        logits.to_vec().into_iter().map(f64::from).collect()
    }
}
