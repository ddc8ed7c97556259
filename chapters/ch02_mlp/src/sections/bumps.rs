//! The section `bumps`: any curve, from ReLU bumps.

use anyhow::Result;
use lesson::{Run, Value, thousands};

use crate::bumps::{errors, follow, values};
use crate::figures;
use crate::mlp::Mlp;

/// Where all curves of this section live.
pub(crate) const RANGE: [f32; 2] = [0.0, 1.0];

/// Places at which nets and curves are compared.
const PLACES: usize = 60_000;

/// A curve on 0..1, and what the figure calls it.
pub(crate) struct Curve {
    pub(crate) name: &'static str,
    /// What it is called in the records.
    record: &'static str,
    pub(crate) at: fn(f32) -> f32,
}

/// A wave, a corner and a jump. The last two are at one third: no power of two cuts the
/// range there, and all of them miss it by a third of a piece.
const CURVES: [Curve; 3] = [
    Curve {
        name: "a wave",
        record: "smooth",
        at: wave,
    },
    Curve {
        name: "a corner",
        record: "corner",
        at: |x| (x - 1.0 / 3.0).abs(),
    },
    Curve {
        name: "a jump",
        record: "jump",
        at: |x| f32::from(x > 1.0 / 3.0),
    },
];

/// One whole wave: f″ reaches (2π)².
fn wave(x: f32) -> f32 {
    (std::f32::consts::TAU * x).sin()
}

/// The curve of the second figure: waves that grow shorter, and a corner at 0.8.
fn wiggle(x: f32) -> f32 {
    0.8 * (12.0 * x * x).sin() - 8.0 * (x - 0.8).max(0.0)
}

/// The errors of nets that follow one curve with more and more units.
pub(crate) struct Errors {
    pub(crate) curve: &'static Curve,
    /// Units, the largest and the mean error.
    pub(crate) points: Vec<(usize, f32, f32)>,
}

impl Errors {
    fn after(&self, units: usize) -> (f32, f32) {
        let at = self.points.iter().find(|at| at.0 == units);
        let (_, largest, mean) =
            *at.expect("all powers of two up to the last are there");
        (largest, mean)
    }
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> Result<()> {
    run.figure("bump_parts", figures::bumps::parts()?)?;
    follow_wiggle(run)?;
    all_errors(run)?;
    digit(run)
}

/// The wiggle, followed in 4, 16 and 64 pieces.
fn follow_wiggle(run: &mut Run) -> Result<()> {
    let nets = [4, 16, 64].map(|pieces| (pieces, follow(wiggle, RANGE, pieces)));
    for (pieces, net) in &nets {
        let (largest, _) = errors(net, wiggle, RANGE, PLACES);
        let value = Value::number(largest).tolerance(0.001);
        run.record(&format!("wiggle_error_{pieces}"), value)?;
    }
    run.figure("bump_follow", figures::bumps::follow(wiggle, &nets)?)
}

/// Error against units, for a smooth curve, one with a corner and one with a jump.
fn all_errors(run: &mut Run) -> Result<()> {
    let last = run.choose(6, 10, 10);
    let of = |curve: &'static Curve| Errors {
        curve,
        points: (2..=last)
            .map(|power| {
                let units = 1 << power;
                let net = follow(curve.at, RANGE, units);
                let (largest, mean) = errors(&net, curve.at, RANGE, PLACES);
                (units, largest, mean)
            })
            .collect(),
    };
    let all: Vec<Errors> = CURVES.iter().map(of).collect();
    run.say("Largest error of a net with so many hidden units:");
    let shown = [4, 16, 64, 256, 1024]
        .into_iter()
        .filter(|units| *units <= 1 << last);
    run.table(
        &[
            "units",
            all[0].curve.name,
            all[1].curve.name,
            all[2].curve.name,
            "jump, on average",
        ],
        shown.map(|units| {
            let [smooth, corner, jump] = [0, 1, 2].map(|i| all[i].after(units));
            let show = |x: f32| format!("{x:.6}");
            [
                thousands(units),
                show(smooth.0),
                show(corner.0),
                show(jump.0),
                show(jump.1),
            ]
        }),
    );
    for errors in &all {
        let ([from, to], name) =
            ([1 << 4, 1 << (last - 2).max(5)], errors.curve.record);
        let ratio = errors.after(to).0 / errors.after(from).0;
        let slope = ratio.ln() / (to as f32 / from as f32).ln();
        let value = Value::number(slope).tolerance(0.05);
        run.record(&format!("{name}_slope"), value)?;
    }
    let jump = |units| Value::number(all[2].after(units).0).tolerance(0.01);
    run.record("jump_error", jump(1 << last))?;
    run.figure("bump_errors", figures::bumps::errors(&all)?)
}

/// A digit of which each row is followed by a net of its own.
pub(crate) struct Digit {
    pub(crate) pixels: Vec<f32>,
    /// The row that is drawn as a curve.
    pub(crate) row: usize,
    /// Pieces, the nets of that row, and the whole picture as the nets say it.
    pub(crate) copies: Vec<(usize, Mlp, Vec<f32>)>,
}

/// The first digit of MNIST's ten thousand, copied by 28 nets, one a row.
fn digit(run: &mut Run) -> Result<()> {
    let images = datasets::mnist10k()?;
    let width = images.width();
    let pixels = images.to_f32().row(0).to_vec();
    let columns: Vec<f32> = (0..width).map(|column| column as f32).collect();
    let range = [0.0, (width - 1) as f32];
    let net = |row: usize, pieces: usize| {
        let ink = &pixels[row * width..][..width];
        // Between two pixels the curve is the straight line from one to the other.
        let at = |x: f32| {
            let (left, part) = (x as usize, x.fract());
            let right = (left + 1).min(width - 1);
            ink[left] + (ink[right] - ink[left]) * part
        };
        follow(at, range, pieces)
    };
    // The row with the most changes of ink is the hardest.
    let changes = |row: &usize| -> f32 {
        let ink = &pixels[row * width..][..width];
        ink.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum()
    };
    let row = (0..images.height()).max_by(|a, b| changes(a).total_cmp(&changes(b)));
    let row = row.expect("a picture has rows");
    let copy = |pieces| -> Vec<f32> {
        let rows = 0..images.height();
        rows.flat_map(|row| values(&net(row, pieces), &columns))
            .collect()
    };
    let copies: Vec<_> = [4, 9, 14, 27]
        .into_iter()
        .map(|pieces| (pieces, net(row, pieces), copy(pieces)))
        .collect();
    run.say("\nA digit, each of its rows followed by a net:");
    let largest = |copy: &[f32]| {
        let apart = copy.iter().zip(&pixels).map(|(a, b)| (a - b).abs());
        apart.fold(0.0, f32::max)
    };
    run.table(
        &["pieces a row", "largest error of a pixel"],
        copies.iter().map(|(pieces, _, copy)| {
            [pieces.to_string(), format!("{:.3}", largest(copy))]
        }),
    );
    for (pieces, _, copy) in &copies {
        let value = Value::number(largest(copy)).tolerance(0.001);
        run.record(&format!("digit_error_{pieces}"), value)?;
    }
    let digit = Digit {
        pixels,
        row,
        copies,
    };
    run.figure("bump_row", figures::bumps::row(&digit)?)?;
    run.figure("bump_digit", figures::bumps::digit(&digit)?)
}
