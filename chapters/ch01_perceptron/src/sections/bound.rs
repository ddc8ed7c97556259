//! Novikoff's bound on data with a known gap, and training that never ends.

use lesson::{Run, Value};
use tensor::Rng;

use crate::figures;
use crate::flowers::{Irises, PETALS, pick};
use crate::limits::xor;
use crate::margin::{
    Growth, cycle, gap, growth, novikoff_bound, one_input_each, radius, separable,
};
use crate::perceptron::{Example, train};

/// The gap of the figure and of the numbers that the page quotes.
const GAP: f32 = 0.1;
/// Points in each data set.
const POINTS: usize = 200;
/// Examples in the hardest data set.
const HARDEST: usize = 50;

/// The mistakes of many runs at one gap, and the bound of each.
pub(crate) struct AtGap {
    /// The gap that the data were made with.
    pub(crate) gap: f32,
    /// Mistakes and bound of each run; the bound uses the gap and radius of its own data.
    pub(crate) runs: Vec<(usize, f32)>,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    squeeze(run)?;
    many_gaps(run)?;
    never_ending(run)
}

/// A run of the perceptron, with what the bound needs to know of its data.
pub(crate) struct Squeeze {
    pub(crate) growth: Growth,
    pub(crate) radius: f32,
    pub(crate) gap: f32,
}

impl Squeeze {
    fn new((examples, direction): (Vec<Example>, impl AsRef<[f32]>)) -> Squeeze {
        let direction = direction.as_ref();
        Squeeze {
            growth: growth(&examples, direction),
            radius: radius(&examples),
            gap: gap(&examples, direction),
        }
    }

    /// (R/γ)².
    pub(crate) fn bound(&self) -> f32 {
        novikoff_bound(self.radius, self.gap)
    }
}

/// The two quantities of the proof, measured on random points and on the hardest ones.
fn squeeze(run: &mut Run) -> anyhow::Result<()> {
    let random = Squeeze::new(separable(
        POINTS,
        GAP,
        &mut Rng::new(run.seed()).fork("bound"),
    ));
    let hardest = Squeeze::new(one_input_each(HARDEST));
    let row = |name: &str, s: &Squeeze| {
        let mistakes = s.growth.mistakes().to_string();
        [
            name.to_string(),
            format!("{:.3}", s.radius),
            format!("{:.3}", s.gap),
            mistakes,
            format!("{:.1}", s.bound()),
        ]
    };
    run.table(
        &["data", "radius", "gap", "mistakes", "bound"],
        [
            row("random points", &random),
            row("one input each", &hardest),
        ],
    );
    run.record("novikoff_mistakes", Value::count(random.growth.mistakes()))?;
    run.record(
        "novikoff_bound",
        Value::number(random.bound()).tolerance(0.1),
    )?;
    run.record(
        "novikoff_hardest_mistakes",
        Value::count(hardest.growth.mistakes()),
    )?;
    run.record(
        "novikoff_hardest_bound",
        Value::number(hardest.bound()).tolerance(0.01),
    )?;
    run.figure(
        "novikoff_growth",
        figures::bound::growth(&random, &hardest)?,
    )
}

/// Mistakes against the bound over several gaps.
fn many_gaps(run: &mut Run) -> anyhow::Result<()> {
    let seeds = run.choose(3, 20, 20);
    let gaps = [0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01];
    let at_gap = |gap: f32| {
        let streams = (0..seeds)
            .map(|n| Rng::new(run.seed()).fork(&format!("gap {gap} run {n}")));
        let runs = streams.map(|mut rng| {
            let run = Squeeze::new(separable(POINTS, gap, &mut rng));
            (run.growth.mistakes(), run.bound())
        });
        AtGap {
            gap,
            runs: runs.collect(),
        }
    };
    let all = gaps.map(at_gap);
    let broken = all
        .iter()
        .flat_map(|at| &at.runs)
        .filter(|(mistakes, bound)| *mistakes as f32 > *bound)
        .count();
    run.say(format!("\nMistakes over {seeds} runs for each gap:"));
    run.table(
        &["gap", "fewest", "most", "smallest bound"],
        all.iter().map(|at| {
            let mistakes = at.runs.iter().map(|(mistakes, _)| *mistakes);
            let bound = at
                .runs
                .iter()
                .map(|(_, bound)| *bound)
                .fold(f32::INFINITY, f32::min);
            let (least, most) = (
                mistakes.clone().min().unwrap_or(0),
                mistakes.max().unwrap_or(0),
            );
            [
                format!("{:.2}", at.gap),
                least.to_string(),
                most.to_string(),
                format!("{bound:.0}"),
            ]
        }),
    );
    run.say(format!(
        "Runs above their bound: {broken} of {}.",
        seeds * gaps.len()
    ));
    run.record("novikoff_broken", Value::count(broken))?;
    run.figure("novikoff_mistakes", figures::bound::mistakes(&all)?)
}

/// XOR, and two species that overlap.
fn never_ending(run: &mut Run) -> anyhow::Result<()> {
    let round = cycle(&xor());
    run.say(format!(
        "\nXOR: the weights return to where they were after {} updates.",
        round.updates
    ));
    run.record("xor_cycle", Value::count(round.updates))?;
    let passes = run.choose(20, 100, 100);
    let irises = Irises::load()?;
    let order = Rng::new(run.seed())
        .fork("cycling")
        .permutation(irises.species.len());
    let overlapping: Vec<usize> = order
        .iter()
        .copied()
        .filter(|&row| irises.species[row] > 0)
        .collect();
    let setosa = train(&pick(&irises.examples(&PETALS, 0)?, &order), passes).1;
    let others = train(&pick(&irises.examples(&PETALS, 1)?, &overlapping), passes).1;
    let late = &others[passes / 2..];
    let (least, most) = (
        late.iter().min().unwrap_or(&0),
        late.iter().max().unwrap_or(&0),
    );
    let last = setosa
        .iter()
        .rposition(|&m| m > 0)
        .map_or(0, |pass| pass + 1);
    run.say(format!(
        "Setosa against the others: the last mistakes are in pass {last} of {passes}."
    ));
    run.say(format!(
        "Versicolor against virginica: {least} to {most} mistakes a pass, last {} passes.",
        late.len()
    ));
    run.figure("cycling", figures::bound::cycling(&setosa, &others)?)
}
