//! How many objects have a proposal, against a grid of as many windows.

use lesson::{Run, Value, percent};

use super::Proposed;
use crate::figures;
use crate::scenes::SIDE;
use crate::selective::{Recall, covered, grid};

/// Numbers of proposals that are tried.
const COUNTS: [usize; 5] = [10, 20, 50, 100, 200];

/// Runs the part.
pub(super) fn run(run: &mut Run, held: &Proposed) -> anyhow::Result<()> {
    let all: usize = held.proposals.iter().map(Vec::len).sum();
    let each = all as f64 / held.proposals.len() as f64;
    let recalls: Vec<Recall> =
        COUNTS.iter().map(|&count| recall(held, count)).collect();
    run.say(format!(
        "Selective search proposes {each:.0} boxes for a scene, the mean of {}.\n\
         Objects that one of the first boxes agrees with to an IoU of 0.5:",
        held.proposals.len()
    ));
    run.table(
        &["boxes", "selective search", "even grid"],
        recalls.iter().map(|recall| {
            let shares = [recall.searched, recall.grid].map(percent);
            [
                recall.count.to_string(),
                shares[0].clone(),
                shares[1].clone(),
            ]
        }),
    );
    run.record("proposals_each", Value::number(each).tolerance(2.0))?;
    for recall in &recalls {
        for (way, share) in [("searched", recall.searched), ("grid", recall.grid)] {
            let name = format!("{way}_recall_{}", recall.count);
            run.record(&name, Value::fraction(share).tolerance(0.02))?;
        }
    }
    run.figure("propose_recall", figures::propose::recall(&recalls)?)?;
    run.figure(
        "propose_grow",
        figures::propose::grow(&held.set.examples[0])?,
    )
}

/// The shares covered by the first `count` boxes.
fn recall(held: &Proposed, count: usize) -> Recall {
    let windows = grid(count, [SIDE as f32; 2]);
    let (mut searched, mut even, mut all) = (0, 0, 0);
    for (example, proposals) in held.set.examples.iter().zip(&held.proposals) {
        let first = &proposals[..count.min(proposals.len())];
        searched += covered(first, &example.objects, 0.5);
        even += covered(&windows, &example.objects, 0.5);
        all += example.objects.len();
    }
    let share = |of: usize| of as f32 / all as f32;
    Recall {
        count,
        searched: share(searched),
        grid: share(even),
    }
}
