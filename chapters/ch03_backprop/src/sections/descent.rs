//! The section `descent`: downhill on a curve and on surfaces.

use lesson::{Run, Value, percent};
use tensor::Rng;

use crate::figures;
use crate::surface::{
    HOLLOWS, Place, bowl, bowl_slope, descend, ended_in, pass, pass_gradient, plain,
    plain_gradient, starts, steps_to_escape,
};

/// The learning rates of the first figure.
const RATES: [f32; 4] = [0.02, 0.3, 0.9, 1.05];

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    on_a_curve(run)?;
    from_many_starts(run)?;
    on_a_ridge(run)?;
    on_a_plateau(run)
}

/// x² with learning rates from too small to too large.
fn on_a_curve(run: &mut Run) -> anyhow::Result<()> {
    run.say("Descent on x² from x = 2:");
    let ways = RATES.map(|lr| descend(bowl_slope, [2.0], lr, 20));
    let row = |(lr, way): (f32, &Vec<[f32; 1]>)| {
        let at = [1, 2, 5, 20].map(|step| format!("{:.3}", way[step][0]));
        [vec![format!("{lr:.2}")], at.to_vec()].concat()
    };
    run.table(
        &["learning rate", "step 1", "step 2", "step 5", "step 20"],
        RATES.into_iter().zip(&ways).map(row),
    );
    let film = |way: &Vec<[f32; 1]>| -> Vec<(f32, f32)> {
        way.iter().take(9).map(|&[x]| (x, bowl(x))).collect()
    };
    let films = ways.each_ref().map(film);
    run.figure("rates", figures::descent::rates(&RATES, &films)?)
}

/// The plain with four hollows, from everywhere.
fn from_many_starts(run: &mut Run) -> anyhow::Result<()> {
    let count = run.choose(100, 1000, 1000);
    let mut rng = Rng::new(run.seed()).fork("descent");
    let starts = starts(count, 3.0, &mut rng);
    let way = |start: &Place| descend(plain_gradient, *start, 0.2, 200);
    let ways: Vec<Vec<Place>> = starts.iter().map(way).collect();
    let ends: Vec<Option<usize>> =
        ways.iter().map(|way| ended_in(way[200], 0.1)).collect();
    let share = |end: Option<usize>| {
        ends.iter().filter(|&&e| e == end).count() as f32 / count as f32
    };
    run.say(format!(
        "\nWhere {count} random starts end after 200 steps of rate 0.2:"
    ));
    let hollow = |i: usize| {
        let end = [i.to_string(), format!("{:.1}", HOLLOWS[i].depth)];
        [end.to_vec(), vec![percent(share(Some(i)))]].concat()
    };
    let still = vec!["none yet".to_owned(), String::new(), percent(share(None))];
    let rows = (0..HOLLOWS.len()).map(hollow).chain([still]);
    run.table(&["hollow", "depth", "starts"], rows);
    let tolerance = 0.06;
    let deepest = Value::fraction(share(Some(0))).tolerance(tolerance);
    run.record("deepest_share", deepest)?;
    let plateau = Value::fraction(share(None)).tolerance(tolerance);
    run.record("plateau_share", plateau)?;
    let shown = ways.len().min(36);
    let dots = starts.len().min(400);
    let figure =
        figures::descent::hollows(plain, &ways[..shown], &starts[..dots], &ends)?;
    run.figure("hollows", figure)
}

/// The pass: exactly on the ridge, and pushed off it.
fn on_a_ridge(run: &mut Run) -> anyhow::Result<()> {
    const LR: f32 = 0.05;
    let pushes = [0.0, 1e-6];
    let ways = pushes.map(|push| descend(pass_gradient, [push, 1.0], LR, 200));
    let end = ways[0][200];
    run.say(format!(
        "\nThe pass, rate 0.05, from (0, 1): after 200 steps at ({:.3}, {:.3}), slope ({:.0}, {:.0e}).",
        end[0],
        end[1],
        pass_gradient(end)[0],
        pass_gradient(end)[1]
    ));
    run.say("Pushed aside first, steps until |x| is above one half:");
    let powers = [1, 2, 3, 4, 5, 6];
    let steps = powers.map(|power| {
        let push = libm::powf(10.0, -(power as f32));
        let steps = steps_to_escape(push, LR, 1000);
        (push, steps.expect("a factor of 1.2 a step is soon enough"))
    });
    run.table(
        &["push", "steps"],
        steps.map(|(push, steps)| [format!("{push:.0e}"), steps.to_string()]),
    );
    run.record("escape_steps", Value::count(steps[5].1))?;
    run.record("escape_steps_small", Value::count(steps[2].1))?;
    run.figure("saddle", figures::descent::saddle(pass, &ways, &steps)?)
}

/// Towards the deepest hollow from ever farther out.
fn on_a_plateau(run: &mut Run) -> anyhow::Result<()> {
    const MOST: usize = 3000;
    let distances = [1.5_f32, 2.0, 2.5, 3.0];
    let one = &HOLLOWS[0];
    let slope = |place: Place| one.gradient(place);
    let curve = |distance: f32| -> Vec<f32> {
        let start = [one.at[0] + distance, one.at[1]];
        let way = descend(slope, start, 0.2, MOST);
        way.iter().map(|&place| one.height(place)).collect()
    };
    let curves = distances.map(curve);
    run.say("\nOne hollow of width 0.7: steps until half its depth is reached:");
    let half = |curve: &Vec<f32>| curve.iter().position(|&h| h < -0.5);
    let rows = distances.iter().zip(&curves).map(|(distance, curve)| {
        let slope = slope([one.at[0] + distance, one.at[1]])[0];
        let steps = half(curve).map_or("more".to_owned(), |steps| steps.to_string());
        [format!("{distance:.1}"), format!("{slope:.5}"), steps]
    });
    run.table(&["start, away by", "slope there", "steps"], rows);
    let steps = curves.each_ref().map(|curve| half(curve).unwrap_or(MOST));
    run.record("plateau_steps_near", Value::count(steps[0]))?;
    run.record("plateau_steps_far", Value::count(steps[3]))?;
    let figure = figures::descent::plateau(&distances, &curves, &steps)?;
    run.figure("plateau", figure)
}
