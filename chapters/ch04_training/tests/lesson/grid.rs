//! What the page *Which one, then?* claims.

use ch04_training::clothes::Clothes;
use ch04_training::contest::{Cell, Ground, RATES, rates};
use ch04_training::schedules::Shape;
use ch04_training::trial::Method;
use nn::data::Labelled;

fn cell(tried: &[(f32, f64)], rate: f32, scores: &[f32]) -> Cell {
    Cell {
        method: Method::Sgd,
        shape: Shape::Constant,
        tried: tried.to_vec(),
        rate,
        scores: scores.to_vec(),
    }
}

#[test]
fn every_optimiser_gets_as_many_rates_half_a_power_of_ten_apart() {
    for method in Method::ALL {
        let rates = rates(method);
        assert_eq!(rates.len(), RATES);
        for pair in rates.windows(2) {
            let factor = pair[0] / pair[1];
            assert!(
                (factor - 10.0_f32.sqrt()).abs() < 1e-3,
                "{method:?}: {factor}"
            );
        }
    }
}

#[test]
fn mean_deviation_and_range_of_three_seeds_by_hand() {
    let cell = cell(&[(0.1, 0.8)], 0.1, &[0.80, 0.82, 0.84]);
    assert!((cell.mean() - 0.82).abs() < 1e-6);
    assert!((cell.deviation() - 0.02).abs() < 1e-6);
    assert_eq!(cell.range(), [0.80, 0.84]);
}

#[test]
fn the_price_of_a_wrong_rate_is_that_of_its_neighbours() {
    let tried = [(1.0, 0.5), (0.3, 0.9), (0.1, 0.8)];
    let middle = cell(&tried, 0.3, &[0.9]);
    assert!((middle.price_of_a_wrong_rate() - 0.25).abs() < 1e-6);
    assert!(!middle.is_at_the_edge());
    let edge = cell(&[(1.0, 0.9), (0.3, 0.7)], 1.0, &[0.9]);
    assert!((edge.price_of_a_wrong_rate() - 0.2).abs() < 1e-6);
    assert!(edge.is_at_the_edge());
}

#[test]
fn a_pair_trains_once_a_rate_and_once_a_seed_and_takes_the_best_rate() {
    let clothes = Clothes::load().expect("the clothes are in data/");
    let part = |all: &Labelled, n: usize| all.pick(&(0..n).collect::<Vec<_>>());
    let ground = Ground {
        training: &part(&clothes.training, 500),
        choosing: &part(&clothes.validation, 200),
        reporting: &part(&clothes.validation, 200),
        sizes: &[784, 16, 10],
        batch: 50,
        epochs: 2,
    };
    let mut trainings = 0;
    let watch = || {
        trainings += 1;
        Ok::<(), ()>(())
    };
    let pair = (Method::Adam, Shape::Cosine);
    let cell = ground
        .cell(pair, 9, &[9, 2], watch)
        .expect("nobody stops it");
    assert_eq!(trainings, RATES + 2);
    let best = cell
        .tried
        .iter()
        .map(|(_, score)| *score)
        .fold(0.0, f64::max);
    let chosen = cell.tried.iter().find(|(rate, _)| *rate == cell.rate);
    assert_eq!(chosen.map(|(_, score)| *score), Some(best));
    // The same seed, the same pictures: the same accuracy.
    assert_eq!(cell.scores[0], best as f32);
}
