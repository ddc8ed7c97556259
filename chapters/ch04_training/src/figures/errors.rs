//! Figures of the section `errors`.

use nn::data::Labelled;
use plots::{
    Band, Bar, Bars, Error, Figure, Line, Panel, Panels, Picture, Pictures, Role, Size,
};
use tensor::Tensor;

use crate::mistakes::{Mistake, Pair};
use crate::sections::errors::{Gap, SHARES, Seen, Study};
use crate::world::{Change, SIDE};

/// The classes in a word each, for captions.
const NAMES: [&str; 10] = [
    "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker",
    "bag", "boot",
];

/// Two classes in words.
pub(crate) fn pair_name(a: usize, b: usize) -> String {
    format!("{} and {}", NAMES[a], NAMES[b])
}

/// A row of pixels of a table.
fn pixels(all: &Labelled, row: usize) -> Vec<f32> {
    all.x.slice(0, row..row + 1).to_vec()
}

/// The first of the held-out pictures, three rows of eight, and what the net says they are.
pub(crate) fn answers(held: &Labelled, logits: &Tensor) -> Result<Figure, Error> {
    let answers = logits.argmax(1);
    let picture = |row: usize| {
        let picture = Picture::ink(SIDE, &pixels(held, row));
        let (answer, truth) = (answers[row], held.classes[row]);
        match answer == truth {
            true => picture.caption(NAMES[answer]),
            false => picture
                .caption(format!("{}? {}", NAMES[answer], NAMES[truth]))
                .highlight(Role::Vermilion),
        }
    };
    Pictures::new((0..24).map(picture))
        .columns(8)
        .size(Size::Wide)
        .draw()
}

/// The worst mistakes in rows of ten, label and answer below each.
pub(crate) fn worst(held: &Labelled, worst: &[Mistake]) -> Result<Figure, Error> {
    let picture = |mistake: &Mistake| {
        let words = format!("{}, said {}", NAMES[mistake.truth], NAMES[mistake.answer]);
        Picture::ink(SIDE, &pixels(held, mistake.row)).caption(words)
    };
    Pictures::new(worst.iter().map(picture))
        .columns(10)
        .size(Size::Wide)
        .draw()
}

/// What the accuracy would be if a pair of classes were told apart.
pub(crate) fn ceilings(pairs: &[Pair], wrong: usize, n: f32) -> Result<Figure, Error> {
    let now = 100.0 * (1.0 - wrong as f32 / n);
    let top = pairs.iter().take(6);
    let bars = Bars::new("right, were they told apart", "%").decimals(1);
    let bars = top.fold(bars, |bars, ([a, b], count)| {
        let ceiling = now + 100.0 * *count as f32 / n;
        bars.bar(Bar::new(pair_name(*a, *b), ceiling))
    });
    bars.dots(now - 0.5, now + 4.5).rule(now, "now").draw()
}

/// Pictures of both worlds, a row a change.
pub(crate) fn worlds(held: &Labelled) -> Result<Figure, Error> {
    let none = Change::NONE;
    let rows = [
        ("as it is", none),
        ("dark", Change { light: 0.5, ..none }),
        (
            "mirrored",
            Change {
                mirrored: true,
                ..none
            },
        ),
        (
            "moved",
            Change {
                right: 3,
                down: -2,
                ..none
            },
        ),
    ];
    let pictures = rows.iter().flat_map(|(_, change)| {
        (0..8).map(|row| Picture::grey(SIDE, &change.apply(&pixels(held, row))))
    });
    Pictures::new(pictures)
        .columns(8)
        .row_names(rows.map(|(name, _)| name))
        .size(Size::Wide)
        .draw()
}

/// Errors on three sets, for both nets.
pub(crate) fn gaps(plain: &[Gap], cured: &[Gap]) -> Result<Figure, Error> {
    let mut bars = Bars::new("errors", "%").decimals(1);
    for (heading, gaps) in [
        ("trained on pictures as they are", plain),
        ("trained on changed pictures", cured),
    ] {
        bars = bars.group(heading);
        for (name, pick) in Gap::PARTS {
            let values: Vec<f32> = gaps.iter().map(|gap| 100.0 * pick(gap)).collect();
            let low = values.iter().copied().fold(f32::INFINITY, f32::min);
            let high = values.iter().copied().fold(0.0, f32::max);
            bars = bars.bar(Bar::new(name, values[0]).spread(low, high));
        }
    }
    bars.draw()
}

/// Accuracy against the share of wrong labels, for three ways to train.
pub(crate) fn noise(
    plain: &[Vec<Study>],
    smoothed: &[Vec<Study>],
) -> Result<Figure, Error> {
    let last: fn(&Study) -> f32 = |study| study.last;
    let ways = [
        ("to the end", plain, last, Role::Vermilion),
        ("smoothed", smoothed, last, Role::Blue),
        (
            "stopped early",
            plain,
            |study: &Study| study.stopped,
            Role::Green,
        ),
    ];
    let mut panel = Panel::new()
        .x("wrong training labels", "%")
        .y("held-out right", "%")
        .y_range(65.0, 87.0);
    for (name, studies, pick, role) in ways {
        let shares = SHARES.iter().zip(studies);
        let spread = shares.clone().map(|(share, studies)| {
            let values = studies.iter().map(|study| 100.0 * pick(study));
            let low = values.clone().fold(f32::INFINITY, f32::min);
            (100.0 * share, low, values.fold(0.0, f32::max))
        });
        let line: Vec<(f32, f32)> = shares
            .map(|(share, studies)| (100.0 * share, 100.0 * pick(&studies[0])))
            .collect();
        panel = panel
            .add(Band::new(&spread.collect::<Vec<_>>()).role(role))
            .add(Line::new(&line).role(role).dots().name(name));
    }
    panel.draw()
}

/// What the net says of wrongly labelled training pictures, and how many of them a ranking
/// by loss finds, over epochs.
pub(crate) fn by_heart(studies: &[Study]) -> Result<Figure, Error> {
    type Curve = (&'static str, fn(&Seen) -> f32, Role);
    let left: [Curve; 2] = [
        ("the truth", |seen| seen.as_truth, Role::Blue),
        ("the label", |seen| seen.as_label, Role::Vermilion),
    ];
    let right: [Curve; 2] = [
        ("found by loss", |seen| seen.found, Role::Green),
        ("held-out right", |seen| seen.clean, Role::Purple),
    ];
    let titles = ["what the net says of wrong labels", "what the net is worth"];
    let panels = titles
        .into_iter()
        .zip([left, right])
        .map(|(title, curves)| {
            let mut panel = Panel::new()
                .title(title)
                .x("epoch", "")
                .y("share", "%")
                .y_range(0.0, 100.0);
            for (name, pick, role) in curves {
                for (i, study) in studies.iter().enumerate() {
                    let numbered = study.epochs.iter().enumerate();
                    let points: Vec<(usize, f32)> = numbered
                        .map(|(i, seen)| (i + 1, 100.0 * pick(seen)))
                        .collect();
                    let line = Line::new(&points).role(role).thin();
                    panel = panel.add(if i == 0 { line.name(name) } else { line });
                }
            }
            panel
        });
    Panels::new(panels).columns(2).size(Size::Wide).draw()
}
