//! The section `fool`: changes too small to mind, and nets that learn to mind them less.

use lesson::{Run, Value, percent};
use nn::data::Labelled;
use tensor::{Rng, Tensor};

use crate::digits::Digits;
use crate::figures;
use crate::fool::{Attack, fgsm, harden, noisy, slope, tossed};
use crate::models::LeNet;
use crate::practice::{BATCH, frozen, plain, practise, right, squares};

/// The attack that the page reports: a tenth of the way from paper to ink.
const EPSILON: f32 = 0.1;
/// The largest change of the curve.
const LARGEST: f32 = 0.3;
/// Steps of the attack that nets are tested by.
const STEPS: usize = 20;
/// What the hardened net learns from; a wider box than it is tested in, and few steps.
const PRACTICE: Attack = Attack {
    epsilon: 0.15,
    steps: 3,
};
/// Passes over the training digits: plain, and then attacked.
const PASSES: [usize; 2] = [3, 4];
/// Digits in the figure.
const SHOWN: usize = 6;

/// What is done to test digits that a net is then asked about.
type How<'a> = &'a dyn Fn(&LeNet, &Labelled) -> Tensor;

/// The two nets of a seed.
pub(crate) struct Pair {
    pub(crate) plain: LeNet,
    pub(crate) hard: LeNet,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let (training, test) = pictures(run)?;
    let pair = pair(run, &training, run.seed())?;
    for (name, epsilon) in [
        ("epsilon", EPSILON),
        ("practice_epsilon", PRACTICE.epsilon),
        ("largest_epsilon", LARGEST),
    ] {
        // In f64 a tenth of f32 would be printed with its rounding.
        let epsilon = (f64::from(epsilon) * 1e6).round() / 1e6;
        run.record(name, Value::number(epsilon))?;
    }
    attacked(run, &pair, &test)?;
    fooled(run, &pair, &test)?;
    masking(run, &pair, &test)?;
    curve(run, &pair, &test)
}

/// Digits that nets learn from and are attacked with, `[N, 1, 28, 28]`.
pub(crate) fn pictures(run: &Run) -> anyhow::Result<(Labelled, Labelled)> {
    let digits = Digits::load()?;
    let digits = digits.first(run.choose(200, 8000, 8000), run.choose(50, 500, 500));
    Ok((squares(&digits.training), squares(&digits.test)))
}

/// A net that has learnt from digits as they are, and one that went on with attacked ones.
pub(crate) fn pair(run: &Run, training: &Labelled, seed: u64) -> anyhow::Result<Pair> {
    let [usual, attacked] = PASSES.map(|passes| run.choose(1, passes, passes));
    let mut rng = Rng::new(seed).fork("fool");
    let plain = plain(training, usual, &mut rng);
    let mut hard = plain.clone(); // it goes on from there: sooner done than from the start
    let bar = run.progress("hardening", attacked * (training.len() / BATCH));
    let mut go_on = Ok(());
    practise(
        &mut hard,
        training,
        attacked,
        &mut rng,
        |net, batch, rng| {
            go_on = bar.step();
            harden(net, batch, PRACTICE, rng)
        },
    );
    go_on?;
    Ok(Pair { plain, hard })
}

/// Test digits that a net still reads, attacked by `how`.
fn survives(
    net: &LeNet,
    test: &Labelled,
    how: impl Fn(&LeNet, &Labelled) -> Tensor,
) -> f32 {
    right(net, &Labelled::new(how(net, test), test.classes.clone()))
}

/// The generator of attacks: the same for each net.
fn dice(run: &Run) -> Rng {
    Rng::new(run.seed()).fork("attack")
}

/// The attack that nets are judged by.
fn judging(run: &Run) -> Attack {
    Attack {
        epsilon: EPSILON,
        steps: run.choose(5, STEPS, STEPS),
    }
}

/// Test digits that a net still reads under the attack that nets are judged by.
pub(crate) fn withstands(run: &Run, net: &LeNet, test: &Labelled) -> f32 {
    survives(net, test, |net, test| {
        judging(run).pgd(net, &test.x, &test.classes, &mut dice(run))
    })
}

/// The table of attacks.
fn attacked(run: &mut Run, pair: &Pair, test: &Labelled) -> anyhow::Result<()> {
    let dice = dice(run);
    let pgd = judging(run);
    let all: [(&str, &str, How<'_>); 5] = [
        ("as they are", "clean", &|_, test| test.x.clone()),
        ("random, up to 0.1", "noisy", &|_, test| {
            noisy(&test.x, EPSILON, &mut dice.clone())
        }),
        ("random, all by 0.1", "tossed", &|_, test| {
            tossed(&test.x, EPSILON, &mut dice.clone())
        }),
        ("FGSM, 0.1", "fgsm", &|net, test| {
            fgsm(net, &test.x, &test.classes, EPSILON)
        }),
        ("PGD, 0.1, 20 steps", "pgd", &|net, test| {
            pgd.pgd(net, &test.x, &test.classes, &mut dice.clone())
        }),
    ];
    let read = all.map(|(words, name, how)| {
        let read = [&pair.plain, &pair.hard].map(|net| survives(net, test, how));
        (words, name, read)
    });
    run.say("Test digits read, by what was done to them:");
    run.table(
        &["digits", "plain", "hardened"],
        read.map(|(words, _, read)| {
            let [plain, hard] = read.map(percent);
            [words.to_owned(), plain, hard]
        }),
    );
    for (_, name, [plain, hard]) in read {
        // Plain nets of other seeds differ by as much under an attack.
        let wide = if ["fgsm", "pgd"].contains(&name) {
            0.16
        } else {
            0.02
        };
        for (kind, read, tolerance) in [("plain", plain, wide), ("hard", hard, 0.02)] {
            let value = Value::fraction(read).tolerance(tolerance);
            run.record(&format!("{kind}_{name}"), value)?;
        }
    }
    Ok(())
}

/// Digits, what FGSM adds, and the sums, with the answers; how often the loss rises.
fn fooled(run: &mut Run, pair: &Pair, test: &Labelled) -> anyhow::Result<()> {
    let net = &pair.plain;
    let after = fgsm(net, &test.x, &test.classes, EPSILON);
    let losses = |x: &Tensor| {
        let logits = nn::classify::logits(net, x).log_softmax(1);
        (-logits.gather(1, &test.classes)).to_vec() // [N]
    };
    let both = losses(&test.x).into_iter().zip(losses(&after));
    let raised = both.filter(|(before, after)| after > before).count();
    let share = raised as f32 / test.len() as f32;
    run.say(format!(
        "\nFGSM raises the loss of the plain net on {} of the digits.",
        percent(share)
    ));
    run.record("fgsm_raises", Value::fraction(share).tolerance(0.02))?;
    let answers = |x: &Tensor| nn::classify::logits(net, x).argmax(1);
    let (before, now) = (answers(&test.x), answers(&after));
    let turned = |row: &usize| {
        before[*row] == test.classes[*row] && now[*row] != test.classes[*row]
    };
    let mut rows: Vec<usize> = (0..test.len()).filter(turned).take(SHOWN).collect();
    rows.extend((0..test.len()).take(SHOWN - rows.len())); // a quick net may be fooled by less
    let [x, after] = [&test.x, &after].map(|x| x.select(0, &rows));
    let pick = |answers: &[usize]| rows.iter().map(|&row| answers[row]).collect();
    let answers: [Vec<usize>; 2] = [pick(&before), pick(&now)];
    run.figure("fooled", figures::fool::fooled(&x, &after, &answers)?)?;
    let classes: Vec<usize> = pick(&test.classes);
    let slopes = [net, &pair.hard].map(|net| slope(&frozen(net), &x, &classes)); // [SHOWN, 1, 28, 28]
    run.figure("slopes", figures::fool::slopes(&x, &slopes)?)
}

/// More steps must not help less: a net that hides its slope would show here.
fn masking(run: &mut Run, pair: &Pair, test: &Labelled) -> anyhow::Result<()> {
    let steps = run.choose(
        vec![1, 5],
        vec![1, 2, 5, 10, 20, 50],
        vec![1, 2, 5, 10, 20, 50],
    );
    let test = test.pick(&(0..test.len().min(200)).collect::<Vec<_>>());
    let (mut rows, mut most) = (Vec::new(), [0.0; 2]);
    for steps in steps {
        let attack = Attack {
            epsilon: EPSILON,
            steps,
        };
        let read = [&pair.plain, &pair.hard].map(|net| {
            survives(net, &test, |net, test| {
                attack.pgd(net, &test.x, &test.classes, &mut dice(run))
            })
        });
        rows.push([steps.to_string(), percent(read[0]), percent(read[1])]);
        most = read;
    }
    run.say("\nMore steps of PGD, on 200 digits:");
    run.table(&["steps", "plain", "hardened"], rows);
    let value = |read: f32| Value::fraction(read).tolerance(0.04);
    run.record("plain_pgd_most", value(most[0]))?;
    run.record("hard_pgd_most", value(most[1]))
}

/// Accuracy over epsilon, both attacks, both nets.
fn curve(run: &mut Run, pair: &Pair, test: &Labelled) -> anyhow::Result<()> {
    let test = test.pick(&(0..test.len().min(200)).collect::<Vec<_>>());
    let each = run.choose(2, 6, 6);
    let epsilons: Vec<f32> = (0..=each)
        .map(|n| LARGEST * n as f32 / each as f32)
        .collect();
    let steps = run.choose(5, STEPS, STEPS);
    let of = |net: &LeNet, many: bool| -> Vec<(f32, f32)> {
        let read = |&epsilon: &f32| {
            let read = survives(net, &test, |net, test| match many {
                false => fgsm(net, &test.x, &test.classes, epsilon),
                true => Attack { epsilon, steps }.pgd(
                    net,
                    &test.x,
                    &test.classes,
                    &mut dice(run),
                ),
            });
            (epsilon, 100.0 * read)
        };
        epsilons.iter().map(read).collect()
    };
    let lines = [
        ("hardened, FGSM", of(&pair.hard, false)),
        ("hardened, PGD", of(&pair.hard, true)),
        ("plain, FGSM", of(&pair.plain, false)),
        ("plain, PGD", of(&pair.plain, true)),
    ];
    run.say("\nDigits still read, in per cent, by how far a pixel may change:");
    let mut head = vec!["attack".to_owned()];
    head.extend(epsilons.iter().map(|e| format!("{e:.2}")));
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let rows = lines.iter().map(|(name, points)| {
        let cells = points.iter().map(|(_, read)| format!("{read:.0}"));
        [name.to_string()]
            .into_iter()
            .chain(cells)
            .collect::<Vec<_>>()
    });
    run.table(&head, rows.collect::<Vec<_>>());
    run.figure("robustness", figures::fool::robustness(&lines)?)
}
