//! The section `bend`: how hidden units bend a boundary, by width and depth.

use anyhow::Result;
use lesson::{Run, Value, percent};
use nn::data::two_moons;
use tensor::{Rng, Tensor};

use crate::activation::Activation;
use crate::figures;
use crate::folds::{grid, most_pieces, pieces};
use crate::loss::binary_cross_entropy;
use crate::luck::{Climb, Found, hill_climb};
use crate::mlp::Mlp;
use crate::threads;

/// Units in each hidden layer, and how many of these layers.
const WIDTHS: [usize; 3] = [2, 4, 8];
const DEPTHS: [usize; 3] = [1, 2, 3];

/// Climbs from different starts for each net, of which the one with the lowest training
/// loss is kept: a single one now and then ends in a hollow from which every small change
/// leads up.
const CLIMBS: usize = 4;

/// A climb has arrived when the training loss is below this; chosen by us, between the two
/// heaps into which the losses fall.
const ARRIVED: f32 = 0.1;

/// The part of the plane that is drawn, and whose pieces are counted.
pub(crate) const PLANE: [[f32; 2]; 2] = [[-1.5, 2.5], [-1.1, 1.6]];

/// Points of two moons and their targets.
pub(crate) struct Points {
    /// `[N, 2]`
    pub(crate) x: Tensor,
    /// 1 for the upper moon, 0 for the lower, `[N, 1]`.
    targets: Tensor,
    pub(crate) classes: Vec<usize>,
}

impl Points {
    fn new(n: usize, rng: &mut Rng) -> Points {
        let (x, classes) = two_moons(n, 0.15, rng);
        let targets: Vec<f32> = classes.iter().map(|&class| class as f32).collect();
        let targets = Tensor::from_vec(targets, &[2 * n, 1]);
        Points {
            x,
            targets,
            classes,
        }
    }

    /// The share of the points on the right side of a net's boundary, where its score is 0.
    fn right(&self, net: &Mlp) -> f32 {
        net.forward(&self.x).gt(0.0).eq(&self.targets).mean().item()
    }
}

/// A net's score over the plane, looked up between the places of a fine grid.
pub(crate) struct Surface {
    scores: Vec<f32>,
}

impl Surface {
    /// Places along each side.
    const SIDE: usize = 256;

    fn new(net: &Mlp) -> Surface {
        let [x, y] = PLANE;
        Surface {
            scores: net.forward(&grid(x, y, Surface::SIDE)).to_vec(),
        }
    }

    /// The score at a place: bilinear between the four around it.
    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        let last = (Surface::SIDE - 1) as f32;
        let cell = |value: f32, [low, high]: [f32; 2]| {
            let place = (value - low) / (high - low) * (last + 1.0) - 0.5;
            let place = place.clamp(0.0, last - 1e-3);
            (place as usize, place.fract())
        };
        let ((i, right), (j, up)) = (cell(x, PLANE[0]), cell(y, PLANE[1]));
        let row = |j: usize| {
            let [a, b] = [0, 1].map(|next| self.scores[j * Surface::SIDE + i + next]);
            a + (b - a) * right
        };
        let (below, above) = (row(j), row(j + 1));
        below + (above - below) * up
    }
}

/// Nets of one shape, the first seed's first.
pub(crate) struct Shape {
    pub(crate) width: usize,
    pub(crate) depth: usize,
    pub(crate) nets: Vec<Mlp>,
    /// The first net's score.
    pub(crate) surface: Surface,
    /// Of unseen points.
    pub(crate) right: Vec<f32>,
    /// Flat pieces of each net over the plane.
    pub(crate) pieces: Vec<usize>,
    /// How many of the climbs arrived.
    arrived: usize,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> Result<()> {
    run.figure("folds", figures::bend::folds()?)?;
    let data: Vec<[Points; 2]> = run.seeds::<3>().map(points).into();
    let mut shapes = Vec::new();
    let bar = run.progress("bending", WIDTHS.len() * DEPTHS.len());
    for depth in DEPTHS {
        for width in WIDTHS {
            let tries = run.choose(15, 2000, 2000);
            let cells = run.choose(50, 200, 200);
            shapes.push(shape([width, depth], &data, run.seeds::<3>(), tries, cells));
            bar.step()?;
        }
    }
    drop(bar);
    say(run, &shapes)?;
    let four = &shapes[1];
    run.figure(
        "moons_folds",
        figures::bend::moons_folds(&data[0][0], four)?,
    )?;
    run.figure(
        "width_depth",
        figures::bend::width_depth(&data[0][0], &shapes)?,
    )
}

/// Two hundred points to learn from and three thousand unseen ones.
fn points(seed: u64) -> [Points; 2] {
    let rng = Rng::new(seed);
    let (mut seen, mut unseen) = (rng.fork("moons"), rng.fork("unseen moons"));
    [Points::new(100, &mut seen), Points::new(1500, &mut unseen)]
}

/// A net of one shape for every seed, each the best of some climbs; its pieces are counted
/// on a grid of `cells` × `cells` places.
fn shape(
    [width, depth]: [usize; 2],
    data: &[[Points; 2]],
    seeds: [u64; 3],
    tries: usize,
    cells: usize,
) -> Shape {
    let mut sizes = vec![width; depth + 2];
    (sizes[0], sizes[depth + 1]) = (2, 1);
    let [x, y] = PLANE;
    let places = grid(x, y, cells);
    let (mut nets, mut arrived) = (Vec::new(), 0);
    for ([seen, _], seed) in data.iter().zip(seeds) {
        let (net, at_goal) = best_of_climbs(&sizes, seen, seed, tries);
        nets.push(net);
        arrived += at_goal;
    }
    let unseen = data.iter().map(|[_, unseen]| unseen);
    Shape {
        width,
        depth,
        surface: Surface::new(&nets[0]),
        right: nets
            .iter()
            .zip(unseen)
            .map(|(net, unseen)| unseen.right(net))
            .collect(),
        pieces: nets.iter().map(|net| pieces(net, &places)).collect(),
        nets,
        arrived,
    }
}

/// The net with the lowest training loss among some climbs, and how many arrived.
fn best_of_climbs(
    sizes: &[usize],
    seen: &Points,
    seed: u64,
    tries: usize,
) -> (Mlp, usize) {
    let rng = Rng::new(seed).fork(&format!("{sizes:?}"));
    let climbs: Vec<Found> = threads::each(0..CLIMBS, |number| {
        climb(sizes, seen, tries, &mut rng.fork(&number.to_string()))
    });
    let arrived = climbs.iter().filter(|found| found.loss < ARRIVED).count();
    let best = climbs.into_iter().min_by(|a, b| a.loss.total_cmp(&b.loss));
    let mut net = Mlp::new(sizes, Activation::Relu, &mut rng.clone());
    net.set_parameters(&best.expect("there are climbs").parameters);
    (net, arrived)
}

/// One climb from a random net.
fn climb(sizes: &[usize], seen: &Points, tries: usize, rng: &mut Rng) -> Found {
    let mut net = Mlp::new(sizes, Activation::Relu, rng);
    // A fifth of the weights at a time: the others keep the folds that are right already.
    let how = Climb {
        share: 0.2,
        ..Climb::tries(tries)
    };
    hill_climb(net.parameters(), how, rng, |parameters| {
        net.set_parameters(parameters);
        binary_cross_entropy(&net.forward(&seen.x), &seen.targets)
    })
}

/// The table, and the records.
fn say(run: &mut Run, shapes: &[Shape]) -> Result<()> {
    run.say("Two moons, the best of four climbs for each net, and three seeds:");
    let rows = shapes.iter().map(|shape| {
        let (low, high) = shape
            .right
            .iter()
            .fold((1.0_f32, 0.0_f32), |(low, high), x| {
                (low.min(*x), high.max(*x))
            });
        [
            shape.depth.to_string(),
            shape.width.to_string(),
            shape.nets[0].parameter_count().to_string(),
            percent(shape.right[0]),
            format!("{} to {}", percent(low), percent(high)),
            format!("{:?}", shape.pieces).replace(['[', ']'], ""),
            format!("{} of {}", shape.arrived, CLIMBS * shape.nets.len()),
        ]
    });
    run.table(
        &[
            "layers",
            "units",
            "parameters",
            "unseen right",
            "three seeds",
            "pieces",
            "arrived",
        ],
        rows,
    );
    for shape in shapes {
        let name = format!("moons_{}x{}", shape.depth, shape.width);
        let value = Value::fraction(shape.right[0]).tolerance(0.01);
        run.record(&format!("{name}_accuracy"), value.over_seeds(&shape.right))?;
        let arrived = Value::number(shape.arrived as f32).tolerance(4.0);
        run.record(&format!("{name}_arrived"), arrived)?;
        let pieces: Vec<f32> = shape.pieces.iter().map(|count| *count as f32).collect();
        let value = Value::number(pieces[0]).tolerance(0.2 * pieces[0]);
        run.record(&format!("{name}_pieces"), value.over_seeds(&pieces))?;
    }
    let most = WIDTHS.map(|width| most_pieces(width).to_string());
    run.say(format!(
        "Lines cut a plane into at most {} pieces: {} of them.",
        most.join(", "),
        WIDTHS.map(|width| width.to_string()).join(", ")
    ));
    Ok(())
}
