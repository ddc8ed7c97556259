//! What t-SNE makes of points whose truth is known.

use lesson::{Run, Value};
use tensor::{Rng, Tensor};

use crate::figures;
use crate::tsne::{Place, Settings, embed};

/// Points in a group.
const GROUP: usize = 50;

/// Points, the group of each, and what t-SNE makes of them.
pub(crate) struct Planted {
    /// What stands above each panel, and the places there.
    pub(crate) panels: Vec<(String, Vec<Place>)>,
    /// The group of each point.
    pub(crate) groups: Vec<usize>,
}

/// Runs the part.
pub(super) fn run(run: &mut Run) -> anyhow::Result<()> {
    let steps = run.choose(10, 750, 750);
    let mut ratios = Vec::new();
    let mut truth = [0.0; 2];
    let mut groups = None;
    for seed in run.few_seeds() {
        let mut rng = Rng::new(seed).fork("groups");
        let points = three_groups(&mut rng);
        let planted = planted(
            points,
            &[0, 1, 2].map(|g| vec![g; GROUP]).concat(),
            steps,
            &mut rng,
        );
        if ratios.is_empty() {
            truth = measure(&planted.panels[0].1);
        }
        ratios.push(measure(&planted.panels[2].1));
        groups.get_or_insert(planted);
    }
    run.say("\nthree groups, A and B near each other, C far away and wide:");
    let shown = |ratio: f32| format!("{ratio:.1}");
    run.table(
        &["", "true", "by t-SNE"],
        [
            [
                "distance A to C over A to B".to_string(),
                shown(truth[0]),
                shown(ratios[0][0]),
            ],
            [
                "spread of C over that of A".to_string(),
                shown(truth[1]),
                shown(ratios[0][1]),
            ],
        ],
    );
    for (i, name) in ["distance", "spread"].into_iter().enumerate() {
        let value = Value::number(truth[i]).tolerance(2.0);
        run.record(&format!("groups_{name}_true"), value)?;
        let values: Vec<f32> = ratios.iter().map(|ratio| ratio[i]).collect();
        let value = Value::number(values[0]).tolerance(0.3);
        run.record(&format!("groups_{name}_tsne"), value.over_seeds(&values))?;
    }
    let mut rng = Rng::new(run.seed()).fork("cloud");
    let cloud = rng.normal_tensor(&[3 * GROUP, 2], 0.0, 1.0).to_vec();
    let cloud = cloud.chunks(2).map(|p| [p[0], p[1]]).collect();
    let cloud = planted(cloud, &[3; 3 * GROUP], steps, &mut rng);
    let groups = groups.expect("there is a seed");
    run.figure("tsne_truth", figures::views::truth(&groups, &cloud)?)
}

/// A around (0, 0) and B around (6, 0), both of deviation 1; C around (30, 0), of
/// deviation 4.
fn three_groups(rng: &mut Rng) -> Vec<Place> {
    let mut points = Vec::new();
    for (middle, deviation) in [(0.0, 1.0), (6.0, 1.0), (30.0, 4.0)] {
        for _ in 0..GROUP {
            let (x, y) = (rng.normal(), rng.normal());
            points.push([middle + deviation * x, deviation * y]);
        }
    }
    points
}

/// The points themselves, and laid out with perplexity 5 and 30.
fn planted(
    points: Vec<Place>,
    groups: &[usize],
    steps: usize,
    rng: &mut Rng,
) -> Planted {
    let x = Tensor::from_vec(points.concat(), &[points.len(), 2]);
    let mut panels = vec![("the points".to_string(), points)];
    for perplexity in [5.0, 30.0] {
        let places = embed(&x, Settings { perplexity, steps }, rng);
        panels.push((format!("perplexity {perplexity}"), places));
    }
    Planted {
        panels,
        groups: groups.to_vec(),
    }
}

/// How much farther C is from A than B is, and how much wider C is than A.
fn measure(places: &[Place]) -> [f32; 2] {
    let group = |g: usize| &places[g * GROUP..(g + 1) * GROUP];
    let middle = |g: usize| {
        let sum = |axis: usize| group(g).iter().map(|p| p[axis]).sum::<f32>();
        [0, 1].map(|axis| sum(axis) / GROUP as f32)
    };
    let distance = |a: Place, b: Place| (a[0] - b[0]).hypot(a[1] - b[1]);
    let spread = |g: usize| {
        let from_middle = group(g).iter().map(|p| distance(*p, middle(g)).powi(2));
        (from_middle.sum::<f32>() / GROUP as f32).sqrt()
    };
    let between = |a: usize, b: usize| distance(middle(a), middle(b));
    [between(0, 2) / between(0, 1), spread(2) / spread(0)]
}
