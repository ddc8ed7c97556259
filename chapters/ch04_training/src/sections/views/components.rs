//! Principal components of the clothes.

use lesson::{Run, Value, percent};
use tensor::{Rng, Tensor};

use crate::clothes::Clothes;
use crate::figures;
use crate::pca::Pca;

/// Components that are found.
const COUNT: usize = 50;

/// Runs the part; the components come back.
pub(super) fn run(run: &mut Run, clothes: &Clothes) -> anyhow::Result<Pca> {
    let count = run.choose(5, COUNT, COUNT);
    let mut rng = Rng::new(run.seed()).fork("components");
    let pca = Pca::fit(&clothes.training.x, count, &mut rng);
    let held = &clothes.validation;
    let places = pca.project(&held.x); // [N, C]
    run.table(
        &["components", "variance kept", "of unseen pictures"],
        [1, 2, 5, 10, 20, COUNT].map(|k| {
            let k = k.min(count);
            let unseen = unseen_share(&pca, &held.x, &places, k);
            [k.to_string(), percent(pca.share(k)), percent(unseen)]
        }),
    );
    for k in [1, 2, 10, COUNT] {
        let value = Value::fraction(pca.share(k)).tolerance(0.005);
        run.record(&format!("pca_share_{k}"), value)?;
    }
    let unseen = unseen_share(&pca, &held.x, &places, count);
    run.record("pca_unseen", Value::fraction(unseen).tolerance(0.005))?;
    let enough = (1..=count).find(|k| pca.share(*k) >= 0.8).unwrap_or(count);
    let value = Value::number(enough as f64).unit("components");
    run.record("pca_for_80", value.tolerance(1.0))?;
    run.figure("components", figures::views::components(&pca)?)?;
    run.figure("rebuilt", figures::views::rebuilt(&pca, held)?)?;
    run.figure(
        "pca_map",
        figures::views::pca_map(&places, held, &clothes.names)?,
    )?;
    Ok(pca)
}

/// The share of the variance of unseen rows that their first k places keep.
fn unseen_share(pca: &Pca, x: &Tensor, places: &Tensor, k: usize) -> f32 {
    let rebuilt = pca.rebuild(&places.slice(1, 0..k)); // [N, D]
    let lost = (x - rebuilt).square().sum().item();
    1.0 - lost / (x - &pca.mean).square().sum().item()
}
