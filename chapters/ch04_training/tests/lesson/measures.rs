//! The claims of page *How good is good?*

use ch04_training::tumours::{CHEAP, Judged, MALIGNANT, fit, load, rare, split};
use nn::loss::balanced_weights;
use nn::metrics::{Confusion, Ranking};
use tensor::{Keep, Rng};

/// What units say of rare tumours, unweighted and weighted, over twenty splits.
fn rare_tumours(seed: u64) -> [Judged; 2] {
    let all = load(&CHEAP).expect("the tumours come with the course");
    let mut rng = Rng::new(seed);
    let mut judged = [Judged::default(), Judged::default()];
    for _ in 0..20 {
        let (training, others) = split(&rare(&all, 8, &mut rng), 0.5, &mut rng);
        let weights = balanced_weights(&training.classes, 2);
        judged[0].add(&fit(&training, &[1.0, 1.0], &mut rng), &others);
        judged[1].add(&fit(&training, &weights, &mut rng), &others);
    }
    judged
}

fn table(judged: &Judged, threshold: f32) -> Confusion {
    let (answers, truths) = judged.answers(threshold);
    Confusion::new(&answers, &truths, 2)
}

#[test]
fn where_tumours_are_rare_the_unit_is_mostly_right_and_finds_next_to_none() {
    for seed in 1..=3 {
        let [plain, _] = rare_tumours(seed);
        let (nobody, unit) = (table(&plain, f32::INFINITY), table(&plain, 0.0));
        assert!(nobody.accuracy() > 0.97 && nobody.scores(MALIGNANT).recall == 0.0);
        assert!(unit.accuracy() > 0.96, "seed {seed}: {}", unit.accuracy());
        let recall = unit.scores(MALIGNANT).recall;
        assert!(recall < 0.2, "seed {seed}: it found {recall}");
    }
}

#[test]
fn weights_and_a_lower_threshold_find_most_of_them_with_the_same_ranking() {
    for seed in 1..=3 {
        let [plain, weighted] = rare_tumours(seed);
        let odds = (4.0_f32 / 179.0).ln();
        for cured in [table(&weighted, 0.0), table(&plain, odds)] {
            let recall = cured.scores(MALIGNANT).recall;
            assert!(recall > 0.5, "seed {seed}: it found {recall}");
            assert!(cured.accuracy() < 0.9, "the price is accuracy");
        }
        let area = |judged: &Judged| {
            let ranking = Ranking::new(&judged.scores, &judged.malignant);
            ranking.roc_area().expect("there are both classes")
        };
        let gap = (area(&plain) - area(&weighted)).abs();
        assert!(gap < 0.06, "seed {seed}: the areas differ by {gap}");
    }
}

#[test]
fn rare_tumours_keep_all_benign_and_as_many_malignant_as_asked() {
    let all = load(&[]).expect("the tumours come with the course");
    assert_eq!(all.x.shape(), [569, 30]);
    let few = rare(&all, 8, &mut Rng::new(1));
    let malignant = few.classes.iter().filter(|&&c| c == MALIGNANT).count();
    assert_eq!((malignant, few.len()), (8, 357 + 8));
    let again = rare(&all, 8, &mut Rng::new(2));
    assert_ne!(few.x.to_vec(), again.x.to_vec(), "the seed has no effect");
}

#[test]
fn only_the_training_half_is_measured_for_the_scale() {
    let all = load(&CHEAP).expect("the tumours come with the course");
    let (training, others) = split(&all, 0.5, &mut Rng::new(1));
    assert_eq!(training.len() + others.len(), all.len());
    let means = |x: &tensor::Tensor| x.mean_axis(0, Keep::No).to_vec();
    assert!(means(&training.x).iter().all(|mean| mean.abs() < 1e-4));
    assert!(means(&others.x).iter().any(|mean| mean.abs() > 1e-3));
}
