//! Our side of the cases on finding: lesson 7's detector, a training step and one large picture.

use std::path::Path;

use ch07_yolo::boxes::Object;
use ch07_yolo::decode::Grid;
use ch07_yolo::loss::loss;
use ch07_yolo::model::{Detector, STAGES};
use ch07_yolo::scenes::{CLASSES, SIDE, Split, set};
use ch07_yolo::set::{Example, batch};
use ch07_yolo::target::Cells;
use nn::optim::{Adam, AdamW, Optimizer};
use nn::{Module, Net, Pass};
use tensor::{Rng, Tensor, no_grad};

use crate::cases::{Case, Named, write_numbers};

/// Scenes in a step, as in the lesson, and steps in a run.
const BATCH: usize = 16;
const STEPS: usize = 3;
/// The large picture's side, YOLOv2's, and how often it is looked at in a run.
const LARGE: usize = 416;
const PICTURES: usize = 10;

/// The cases on finding.
pub(crate) const CASES: [Named; 2] = [
    Named {
        name: "yolo_step",
        about: "lesson 7's detector on 16 scenes of 128×128: forward, loss, backward, AdamW",
        pieces: STEPS,
        piece: "step",
        make: || Ok(Box::new(Steps::new()?)),
    },
    Named {
        name: "yolo_forward_416",
        about: "the same net in use on one picture of 416×416",
        pieces: PICTURES,
        piece: "picture",
        make: || Ok(Box::new(Large::new())),
    },
];

/// Writes what the other side starts from.
pub(crate) fn hand_over(folder: &Path) -> anyhow::Result<()> {
    let steps = Steps::new()?;
    let numbers = [steps.x.clone()].into_iter().chain(steps.targets());
    let weights = steps.net.tensors().into_iter().map(|(_, _, tensor)| tensor);
    write_numbers(&folder.join("yolo.f32"), numbers.chain(weights))?;
    let large = Large::new();
    let weights = large.net.tensors().into_iter().map(|(_, _, tensor)| tensor);
    let numbers = [large.x].into_iter().chain(weights);
    write_numbers(&folder.join("yolo_large.f32"), numbers)
}

/// The lesson's grid for scenes, with fixed anchors near those that it finds.
fn grid() -> Grid {
    Grid {
        stride: 8,
        anchors: vec![[16.0, 16.0], [25.0, 26.0], [39.0, 41.0]],
        classes: CLASSES.len(),
    }
}

/// Some steps on one batch of scenes.
pub(crate) struct Steps {
    net: Detector,
    adamw: Optimizer,
    x: Tensor,
    scenes: Vec<Example>,
    rng: Rng,
}

impl Steps {
    pub(crate) fn new() -> anyhow::Result<Steps> {
        let mut rng = Rng::new(1).fork("peers").fork("yolo");
        let scenes = set(Split::Training, BATCH, 1)?.examples;
        let adam = Adam {
            beta2: 0.99,
            weight_decay: 0.01,
            ..Adam::default()
        };
        let adamw = AdamW {
            adam,
            only_matrices: true,
        };
        Ok(Steps {
            net: Detector::new(&STAGES, grid(), &mut rng),
            adamw: Optimizer::new(adamw),
            x: batch(scenes.iter().map(|scene| &scene.picture)), // [B, 3, H, W]
            scenes,
            rng,
        })
    }

    /// What is in each scene.
    fn truth(&self) -> Vec<&[Object]> {
        self.scenes.iter().map(|scene| &*scene.objects).collect()
    }

    /// For the other side: how many boxes answer and how many objects there are; each box that
    /// answers, as its row, cell, anchor, and the object's edges and class; each object, as its
    /// scene and edges.
    fn targets(&self) -> [Tensor; 3] {
        let grid = &self.net.grid;
        let size = [SIDE / grid.stride; 2];
        let (mut answering, mut objects) = (Vec::new(), Vec::new());
        for (scene, truth) in self.truth().into_iter().enumerate() {
            for target in grid.targets(truth, scene, size, Cells::Three) {
                answering.push(grid.row(target.place, size) as f32);
                answering.extend(target.place.cell.map(|n| n as f32));
                answering.extend(grid.anchors[target.place.anchor]);
                answering.extend(target.object.bbox.edges());
                answering.push(target.object.class as f32);
            }
            for object in truth {
                objects.push(scene as f32);
                objects.extend(object.bbox.edges());
            }
        }
        let counts = [answering.len() / 10, objects.len() / 5];
        let numbers = [counts.map(|n| n as f32).to_vec(), answering, objects];
        numbers.map(|numbers| {
            let count = numbers.len();
            Tensor::from_vec(numbers, &[count])
        })
    }
}

impl Case for Steps {
    fn run(&mut self) -> Vec<f64> {
        let truth: Vec<&[Object]> = self.scenes.iter().map(|scene| &*scene.objects).collect();
        let mut step = || {
            let numbers = self.net.forward(&self.x, &mut Pass::Train(&mut self.rng));
            let loss = loss(&self.net.grid, &numbers, &truth, Cells::Three).total();
            self.adamw.step(&mut self.net, &loss.backward(), 2e-3);
            f64::from(loss.item())
        };
        (0..STEPS).map(|_| step()).collect()
    }
}

/// Inference on one picture.
struct Large {
    net: Detector,
    x: Tensor,
}

impl Large {
    /// A net that has seen a batch, so that its running averages are not those of the start,
    /// and whose answers are not all alike.
    fn new() -> Large {
        let mut rng = Rng::new(1).fork("peers").fork("yolo large");
        let mut net = Detector::new(&STAGES, grid(), &mut rng);
        let head = net.head.weight.shape().to_vec();
        net.head.weight = rng.normal_tensor(&head, 0.0, 0.3);
        let before = rng.uniform_tensor(&[4, 3, SIDE, SIDE], 0.0, 1.0);
        let x = rng.uniform_tensor(&[1, 3, LARGE, LARGE], 0.0, 1.0);
        no_grad(|| net.forward(&before, &mut Pass::Train(&mut rng)));
        Large { net, x }
    }
}

impl Case for Large {
    fn run(&mut self) -> Vec<f64> {
        let look = || self.net.forward(&self.x, &mut Pass::Use);
        // An answer is dropped before the next one is computed, on the other side too.
        let numbers = no_grad(|| {
            (1..PICTURES).for_each(|_| drop(look()));
            look() // [1, A·(5+K), S, S]
        });
        let numbers = numbers.to_vec().into_iter().step_by(997);
        numbers.map(f64::from).collect()
    }
}
