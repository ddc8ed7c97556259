//! Clothes laid out by t-SNE.

use lesson::{Run, Value, percent};
use nn::data::Labelled;
use tensor::{Rng, Tensor};

use crate::clothes::Clothes;
use crate::figures;
use crate::pca::Pca;
use crate::tsne::{
    Place, Settings, embed, same_class_neighbours, squared_distances, table,
};

/// Pictures that are laid out.
const PICTURES: usize = 800;

/// Components that t-SNE is given.
const COMPONENTS: usize = 30;

/// A run of t-SNE.
pub(crate) struct Map {
    /// What tells it from the others.
    pub(crate) title: String,
    /// The places, one a picture.
    pub(crate) places: Vec<Place>,
}

/// Runs the part.
pub(super) fn run(run: &mut Run, clothes: &Clothes, pca: &Pca) -> anyhow::Result<()> {
    let count = run.choose(70, PICTURES, PICTURES);
    let some = clothes.validation.pick(&(0..count).collect::<Vec<_>>());
    let places = pca.project(&some.x); // [N, C]
    let kept = COMPONENTS.min(places.shape()[1]);
    let reduced = places.slice(1, 0..kept); // [N, 30]
    let seed = run.seed();
    let wanted = [
        (5.0, seed),
        (30.0, seed),
        (run.choose(50.0, 100.0, 100.0), seed),
        (30.0, seed + 1),
        (30.0, seed + 2),
        (30.0, seed + 3),
    ];
    let steps = run.choose(10, 750, 750);
    let maps = maps(run, &reduced, &wanted, steps)?;
    let same = |x: &Tensor| same_class_neighbours(&squared_distances(x), &some.classes);
    let of_map = |map: &Map| same(&table(&map.places));
    let seeds = [1, 3, 4].map(|i| of_map(&maps[i]));
    let rows = [
        ("784 pixels", same(&some.x)),
        ("30 components", same(&reduced)),
        ("2 components", same(&places.slice(1, 0..2))),
        ("2 places by t-SNE", seeds[0]),
    ];
    run.say("\nnearest neighbour of the same class:");
    let shown = rows.iter();
    run.table(
        &["in", "share"],
        shown.map(|(words, share)| [words.to_string(), percent(*share)]),
    );
    for ((_, share), name) in rows[..3].iter().zip(["pixels", "thirty", "two"]) {
        let value = Value::fraction(*share).tolerance(0.01);
        run.record(&format!("neighbours_{name}"), value)?;
    }
    let value = Value::fraction(seeds[0]).tolerance(0.03);
    run.record("neighbours_tsne", value.over_seeds(&seeds))?;
    draw(run, &maps, &some, &clothes.names)
}

fn draw(
    run: &mut Run,
    maps: &[Map],
    some: &Labelled,
    names: &[String],
) -> anyhow::Result<()> {
    let map = figures::views::tsne_map(&maps[1], some, names)?;
    run.figure("tsne_map", map)?;
    run.figure("tsne_settings", figures::views::tsne_settings(maps, some)?)
}

/// One map for each perplexity and seed, two at a time: each is computed by one thread, so
/// that its result does not depend on how many there are.
fn maps(
    run: &Run,
    x: &Tensor,
    wanted: &[(f64, u64)],
    steps: usize,
) -> anyhow::Result<Vec<Map>> {
    let bar = run.progress("laying out", wanted.len());
    let one = |&(perplexity, seed): &(f64, u64)| Map {
        title: format!("perplexity {perplexity}, seed {seed}"),
        places: embed(
            x,
            Settings { perplexity, steps },
            &mut Rng::new(seed).fork("t-SNE"),
        ),
    };
    let mut maps = Vec::new();
    for pair in wanted.chunks(2) {
        let done: Vec<Map> = std::thread::scope(|scope| {
            let threads = pair.iter().map(|wanted| scope.spawn(|| one(wanted)));
            let threads: Vec<_> = threads.collect();
            let joined = threads.into_iter().map(|thread| thread.join());
            joined
                .map(|map| map.expect("a map that panics is a fault of ours"))
                .collect()
        });
        for map in done {
            maps.push(map);
            bar.step()?;
        }
    }
    Ok(maps)
}
