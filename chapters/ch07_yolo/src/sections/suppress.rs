//! The section `suppress`: many boxes for one thing become one.

use anyhow::Context;
use lesson::{Run, Value, fastest, percent, thousands};
use tensor::Rng;

use crate::boxes::{BBox, Detection};
use crate::figures;
use crate::suppress::{Decay, nms, nms_by_all_pairs, soft_nms};

/// Width and height of each of two neighbours, in pixels: people who stand.
const SIZE: [f32; 2] = [40.0, 100.0];
/// Boxes that a detector puts around each of them.
const AROUND: usize = 12;
/// The IoU from which on a box counts for one of them.
const FITS: f32 = 0.5;
/// Scores below this are dropped.
const LEAST: f32 = 0.05;
/// How sure a detector is of something half hidden, beside something in full view.
const HIDDEN: f32 = 0.75;
/// The share of its neighbour that a neighbour covers, as an IoU, in the figure's crowd.
const SHOWN: f32 = 0.6;

/// What is done about boxes that overlap.
#[derive(Clone, Copy)]
enum Rule {
    Hard(f32),
    Soft(Decay),
}

/// The rules that are compared: what they are called, in words and in records.
const RULES: [(&str, &str, Rule); 4] = [
    ("hard, 0.5", "hard_5", Rule::Hard(0.5)),
    ("hard, 0.7", "hard_7", Rule::Hard(0.7)),
    (
        "linear, 0.3",
        "linear",
        Rule::Soft(Decay::Linear { limit: 0.3 }),
    ),
    (
        "Gaussian, 0.5",
        "gaussian",
        Rule::Soft(Decay::Gaussian { sigma: 0.5 }),
    ),
];

impl Rule {
    fn apply(self, boxes: &[Detection]) -> Vec<Detection> {
        match self {
            Rule::Hard(limit) => nms(boxes, limit),
            Rule::Soft(decay) => soft_nms(boxes, decay, LEAST),
        }
    }
}

/// Two things of one class, and the boxes that a detector puts around them.
struct Crowd {
    neighbours: [BBox; 2],
    boxes: Vec<Detection>,
}

impl Crowd {
    /// Two neighbours with this IoU, the right one half hidden. Each box is off by about a
    /// twentieth of the size and by a tenth in its sides; its score is its IoU with the
    /// thing it is meant for, give or take a twentieth, and less for the hidden one.
    fn new(overlap: f32, rng: &mut Rng) -> Crowd {
        let [width, height] = SIZE;
        let apart = width * (1.0 - overlap) / (1.0 + overlap);
        let one = BBox::centred([80.0, 70.0], SIZE);
        let neighbours = [one, one.moved([apart, 0.0])];
        let mut around = |(thing, sure): (BBox, f32)| {
            let [x, y] = thing.centre();
            let off = [0.05 * width, 0.05 * height].map(|spread| spread * rng.normal());
            let sides = SIZE.map(|side| side * (0.1 * rng.normal()).exp());
            let bbox = BBox::centred([x + off[0], y + off[1]], sides);
            let score = sure * bbox.iou(thing) + 0.05 * rng.normal();
            Detection {
                bbox,
                class: 0,
                score: score.clamp(LEAST, 0.99),
            }
        };
        let meant = (0..2 * AROUND).map(|n| (neighbours[n % 2], [1.0, HIDDEN][n % 2]));
        let boxes = meant.map(&mut around).collect();
        Crowd { neighbours, boxes }
    }

    /// Whether the two best boxes of those left lie on the two neighbours, one on each.
    fn both_found(&self, left: &[Detection]) -> bool {
        let on = |found: &Detection| {
            let [a, b] = self.neighbours.map(|thing| thing.iou(found.bbox));
            (a.max(b) >= FITS).then_some(a < b)
        };
        match left {
            [first, second, ..] => match (on(first), on(second)) {
                (Some(first), Some(second)) => first != second,
                _ => false,
            },
            _ => false,
        }
    }
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    by_hand(run)?;
    crowd(run)?;
    neighbours(run)?;
    time(run)
}

/// The page's three boxes, four pixels wide and two high.
fn by_hand(run: &mut Run) -> anyhow::Result<()> {
    let found = |x: f32, score: f32| Detection {
        bbox: BBox::new(x, 0.0, x + 4.0, 2.0),
        class: 0,
        score,
    };
    let boxes = [found(1.0, 0.9), found(3.0, 0.8), found(0.0, 0.7)];
    run.say("Three boxes of one class, by their left edges, and their scores:");
    let score = |left: &[Detection], x: f32| {
        let found = left.iter().find(|found| found.bbox.x0 == x);
        found.map_or("gone".to_owned(), |found| format!("{:.3}", found.score))
    };
    let mut rows = vec![("before", boxes.to_vec())];
    rows.extend(RULES.map(|(name, _, rule)| (name, rule.apply(&boxes))));
    run.table(
        &["rule", "at 1", "at 3", "at 0"],
        rows.iter().map(|(name, left)| {
            let [a, b, c] = [1.0, 3.0, 0.0].map(|x| score(left, x));
            [(*name).to_owned(), a, b, c]
        }),
    );
    for (name, left) in [("linear", &rows[3].1), ("gaussian", &rows[4].1)] {
        let second = Value::number(left[1].score).tolerance(1e-5);
        run.record(&format!("{name}_by_hand_2"), second)?;
        let third = Value::number(left[2].score).tolerance(1e-5);
        run.record(&format!("{name}_by_hand_3"), third)?;
    }
    Ok(())
}

/// One crowd, before and after: the first of many with which the first rule fails.
fn crowd(run: &mut Run) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("crowd");
    let mut crowds = std::iter::repeat_with(|| Crowd::new(SHOWN, &mut rng)).take(1000);
    let (_, _, first) = RULES[0];
    let crowd = crowds
        .find(|crowd| !crowd.both_found(&first.apply(&crowd.boxes)))
        .context("the first rule fails one crowd in twelve")?;
    let left = RULES.map(|(name, _, rule)| (name, rule.apply(&crowd.boxes)));
    run.say(format!(
        "\nTwo neighbours with an IoU of {SHOWN}, {} boxes around them. Left by each rule:",
        crowd.boxes.len()
    ));
    let above = |boxes: &[Detection], least: f32| {
        boxes.iter().filter(|found| found.score >= least).count()
    };
    run.table(
        &["rule", "boxes", "above 0.3", "best", "second", "both found"],
        left.iter().map(|(name, left)| {
            let score = |n: usize| left.get(n).map_or(0.0, |found| found.score);
            [
                (*name).to_owned(),
                left.len().to_string(),
                above(left, 0.3).to_string(),
                format!("{:.2}", score(0)),
                format!("{:.2}", score(1)),
                if crowd.both_found(left) { "yes" } else { "no" }.to_owned(),
            ]
        }),
    );
    for ((_, left), (_, name, _)) in left.iter().zip(RULES) {
        run.record(&format!("crowd_{name}"), Value::count(left.len()))?;
    }
    let [hard, mild, _, gaussian] = left;
    let shown = [("before", crowd.boxes.clone()), hard, mild, gaussian];
    run.figure(
        "nms_crowd",
        figures::suppress::crowd(crowd.neighbours, &shown)?,
    )
}

/// How often both of two neighbours are found, by their overlap and by the rule.
fn neighbours(run: &mut Run) -> anyhow::Result<()> {
    let crowds = run.choose(50, 1000, 1000);
    let overlaps: Vec<f32> = (0..=16).map(|n| 0.05 * n as f32).collect();
    let mut found = RULES.map(|(name, _, _)| (name, Vec::new()));
    for &overlap in &overlaps {
        let mut rng = Rng::new(run.seed()).fork("neighbours");
        let crowds: Vec<Crowd> =
            (0..crowds).map(|_| Crowd::new(overlap, &mut rng)).collect();
        for ((_, _, rule), (_, shares)) in RULES.iter().zip(&mut found) {
            let both = |crowd: &&Crowd| crowd.both_found(&rule.apply(&crowd.boxes));
            let share = crowds.iter().filter(both).count() as f32 / crowds.len() as f32;
            shares.push((overlap, share));
        }
    }
    run.say(format!(
        "\nThe share of {} crowds in which both neighbours are found, by their IoU:",
        thousands(crowds)
    ));
    let shown = [0, 6, 10, 12, 14];
    run.table(
        &["rule", "0", "0.3", "0.5", "0.6", "0.7"],
        found.iter().map(|(name, shares)| {
            let cells = shown.map(|n| percent(shares[n].1));
            [&[(*name).to_owned()][..], &cells].concat()
        }),
    );
    for ((_, name, _), (_, shares)) in RULES.iter().zip(&found) {
        for n in shown {
            let value = Value::fraction(shares[n].1).tolerance(0.02);
            run.record(&format!("{name}_at_{}", 5 * n), value)?;
        }
    }
    run.figure("nms_neighbours", figures::suppress::neighbours(&found)?)
}

/// How long ten thousand boxes take: around a few things, and anywhere.
fn time(run: &mut Run) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("time");
    let crowded = many(10_000, &mut rng);
    let spread = anywhere(10_000, &mut rng);
    run.say("\n10,000 boxes of ten classes:");
    for (where_, name, boxes) in [
        ("around thirty things", "nms", &crowded),
        ("anywhere", "nms_spread", &spread),
    ] {
        let kept = nms(boxes, 0.5).len();
        run.say(format!("{where_}, {} are left", thousands(kept)));
        run.record(&format!("{name}_kept"), Value::count(kept))?;
        let mut times = Vec::new();
        for (name, rule) in [
            (
                format!("{name}_time"),
                nms_by_all_pairs as fn(&[_], f32) -> _,
            ),
            (format!("{name}_near_time"), nms),
        ] {
            let time = fastest(run.choose(1, 9, 9), || rule(boxes, 0.5));
            let ms = 1e3 * time.as_secs_f64();
            times.push(format!("{ms:.1} ms"));
            let value = Value::number(ms).unit("ms");
            run.record(&name, value.never_compared())?;
        }
        run.note(format!("all pairs and near ones: {}", times.join(", ")));
    }
    Ok(())
}

/// Boxes of ten classes anywhere on a picture of 416 pixels a side.
fn anywhere(count: usize, rng: &mut Rng) -> Vec<Detection> {
    let mut found = || Detection {
        bbox: BBox::centred(
            [(); 2].map(|()| rng.uniform(0.0, 416.0)),
            [(); 2].map(|()| rng.uniform(14.0, 56.0)),
        ),
        class: rng.below(10),
        score: rng.uniform(0.0, 1.0),
    };
    (0..count).map(|_| found()).collect()
}

/// Boxes of ten classes around thirty things on a picture of 416 pixels a side.
fn many(count: usize, rng: &mut Rng) -> Vec<Detection> {
    let thing = |rng: &mut Rng| {
        let centre = [(); 2].map(|()| rng.uniform(0.0, 416.0));
        let size = [(); 2].map(|()| rng.uniform(20.0, 120.0));
        (centre, size, rng.below(10))
    };
    let things: Vec<_> = (0..30).map(|_| thing(rng)).collect();
    let found = |_| {
        let (centre, size, class) = things[rng.below(things.len())];
        let centre = centre.map(|x| x + 6.0 * rng.normal());
        let size = size.map(|side| side * (0.1 * rng.normal()).exp());
        Detection {
            bbox: BBox::centred(centre, size),
            class,
            score: rng.uniform(0.0, 1.0),
        }
    };
    (0..count).map(found).collect()
}
