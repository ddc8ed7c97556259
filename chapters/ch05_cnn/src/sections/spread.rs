//! The section `spread`: what one seed came to, from three.

use lesson::{Run, Value, percent, thousands};
use nn::classify::logits;
use nn::data::Labelled;
use nn::metrics::accuracy;

use crate::sections::digits::wrong;
use crate::sections::{clothes, digits, fool};

/// Shares of test pictures, one a seed.
type Shares = Vec<f32>;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let (read, by_all) = read(run)?;
    let sorted = sorted(run)?;
    let [plain, hard] = withstood(run)?;
    let rows = [
        ("digits read", "digits_mean", read),
        ("clothes sorted", "clothes_mean", sorted),
        ("digits read under PGD, plain net", "plain_pgd_mean", plain),
        ("digits read under PGD, hardened", "hard_pgd_mean", hard),
    ];
    let seeds = run.few_seeds();
    let names = seeds.iter().map(|seed| format!("seed {seed}"));
    let head: Vec<String> = [String::new()].into_iter().chain(names).collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let cells = rows.iter().map(|(words, _, shares)| {
        let shares = shares.iter().copied().map(percent);
        [words.to_string()].into_iter().chain(shares).collect()
    });
    run.table(&head, cells.collect::<Vec<Vec<String>>>());
    for (_, name, shares) in &rows {
        let mean = shares.iter().sum::<f32>() / shares.len() as f32;
        let value = Value::fraction(mean).tolerance(0.01);
        run.record(name, value.over_seeds(shares))?;
    }
    run.say(format!(
        "\nnets of all these seeds misread the same {} test digits",
        thousands(by_all)
    ));
    run.record(
        "digits_wrong_by_all",
        Value::number(by_all as f64).tolerance(12.0),
    )
}

/// LeNets read digits; and how many digits all of them misread.
fn read(run: &mut Run) -> anyhow::Result<(Shares, usize)> {
    let (training, test) = digits::pictures(run)?;
    let settings = digits::settings(run);
    let (mut shares, mut by_all) = (Shares::new(), None::<Vec<usize>>);
    for seed in run.few_seeds() {
        let learnt = digits::learn(run, &training, None, &settings, seed, "digits")?;
        let scores = logits(&learnt.net, &test.x); // [N, K]
        shares.push(accuracy(&scores, &test.classes));
        let mut wrong = wrong(&scores.argmax(1), &test);
        if let Some(others) = by_all {
            wrong.retain(|row| others.contains(row));
        }
        by_all = Some(wrong);
    }
    Ok((shares, by_all.map_or(0, |rows| rows.len())))
}

/// LeNets sort clothes.
fn sorted(run: &mut Run) -> anyhow::Result<Shares> {
    let (clothes, test) = clothes::pictures(run)?;
    let mut shares = Shares::new();
    for seed in run.few_seeds() {
        let learnt = clothes::lenet(run, &clothes, seed)?;
        shares.push(accuracy(&logits(&learnt.net, &test.x), &test.classes));
    }
    Ok(shares)
}

/// Plain nets and hardened ones are attacked.
fn withstood(run: &mut Run) -> anyhow::Result<[Shares; 2]> {
    let (training, test): (Labelled, Labelled) = fool::pictures(run)?;
    let mut both = [Shares::new(), Shares::new()];
    for seed in run.few_seeds() {
        let pair = fool::pair(run, &training, seed)?;
        both[0].push(fool::withstands(run, &pair.plain, &test));
        both[1].push(fool::withstands(run, &pair.hard, &test));
    }
    Ok(both)
}
