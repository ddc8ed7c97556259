//! What the page *Overfitting, cured step by step* says, as tests.

use ch04_training::augment::{Augment, Change};
use ch04_training::clothes::Clothes;
use ch04_training::cures::{Cure, Outcome, right, spoiled, train};
use ch04_training::penalty::Penalty;
use nn::classify::Classification;
use nn::data::Labelled;
use tensor::{Rng, Tensor, assert_close};

/// A picture whose pixels are all different.
fn picture() -> Vec<f32> {
    (0..784).map(|i| (i + 1) as f32 / 784.0).collect()
}

#[test]
fn the_gradient_of_the_penalty_is_that_of_its_formula() {
    let w = Tensor::from([[0.5, -2.0], [0.0, 3.0]]).require_grad();
    let price = Penalty { l1: 0.3, l2: 0.7 }.of(&w);
    let formula = 0.3 * w.abs().sum() + 0.35 * w.square().sum();
    assert_close!(price, formula, 1e-6);
    assert_close!(price.backward()[&w], formula.backward()[&w], 1e-6);
}

#[test]
fn biases_are_free() {
    let net = Cure::default().trainer(1, 1).net;
    let price = |l2| Penalty { l1: 0.0, l2 }.of_net(&net).item();
    let mut large = net.clone();
    large.layers[0].bias = Tensor::full(&[100], 1000.0);
    assert_eq!(Penalty { l1: 1.0, l2: 1.0 }.of_net(&large).item(), {
        Penalty { l1: 1.0, l2: 1.0 }.of_net(&net).item()
    });
    assert!(price(1.0) > 0.0);
}

#[test]
fn two_mirrors_and_two_turns_give_the_picture_back() {
    for change in [Change::Mirrored, Change::Overturned] {
        let once = change.apply(&picture());
        assert_ne!(once, picture());
        assert_eq!(change.apply(&once), picture());
    }
}

#[test]
fn a_move_goes_where_it_says_and_leaves_the_ground_behind() {
    let moved = Change::Moved(2, -1).apply(&picture());
    assert_eq!(moved[28 * 10 + 12], picture()[28 * 11 + 10]);
    assert!(
        moved[27 * 28..].iter().all(|&p| p == 0.0),
        "the lowest row is empty"
    );
    assert!(moved.chunks(28).all(|row| row[..2] == [0.0, 0.0]));
}

#[test]
fn a_squeezed_picture_is_half_as_wide() {
    let squeezed = Change::Squeezed.apply(&[1.0; 784]);
    for row in squeezed.chunks(28) {
        assert!(row[..7].iter().chain(&row[21..]).all(|&p| p == 0.0));
        assert!(row[7..21].iter().all(|&p| p == 1.0));
    }
}

#[test]
fn augmentation_draws_anew_and_plain_augmentation_changes_nothing() {
    let x = Tensor::from_vec(picture().repeat(8), &[8, 784]);
    let mut rng = Rng::new(1);
    assert_eq!(Augment::default().apply(&x, &mut rng).to_vec(), x.to_vec());
    let shifted = Augment {
        shift: 2,
        mirror: true,
        squeeze: false,
    };
    let [first, second] = [(); 2].map(|()| shifted.apply(&x, &mut rng).to_vec());
    assert_ne!(first, second);
}

#[test]
fn spoiling_changes_exactly_the_labels_it_names() {
    let classes: Vec<usize> = (0..50).map(|i| i % 10).collect();
    let all = Labelled::new(Tensor::zeros(&[50, 784]), classes);
    let (few, wrong) = spoiled(&all, 40, 0.25, &mut Rng::new(3));
    assert_eq!((few.len(), wrong.len()), (40, 10));
    for row in 0..40 {
        let changed = few.classes[row] != all.classes[row];
        assert_eq!(changed, wrong.contains(&row), "row {row}");
        assert!(few.classes[row] < 10);
    }
}

/// Trains on 300 spoiled pictures.
fn trained(cure: &Cure, seed: u64) -> (Outcome, f32) {
    let clothes = Clothes::load().expect("the pictures are committed");
    let (few, wrong) = spoiled(&clothes.training, 300, 0.2, &mut Rng::new(1));
    let data = Classification {
        training: &few,
        validation: &clothes.validation.pick(&(0..500).collect::<Vec<_>>()),
    };
    let never = || Ok::<(), std::convert::Infallible>(());
    let outcome =
        train(cure, data, [40, 20], seed, never).expect("it does not diverge");
    let learnt = right(&outcome.net, &few.pick(&wrong));
    (outcome, learnt)
}

#[test]
fn dropout_learns_fewer_wrong_labels_by_heart() {
    let dropout = Cure {
        dropout: 0.5,
        ..Cure::default()
    };
    for seed in 1..=2 {
        let (_, plain) = trained(&Cure::default(), seed);
        let (_, cured) = trained(&dropout, seed);
        assert!(plain > 0.3, "without a cure {plain}");
        assert!(cured < plain - 0.1, "{cured} with dropout, {plain} without");
    }
}

#[test]
fn patience_keeps_the_best_epoch_and_stops_after_it() {
    let early = Cure {
        patience: Some(3),
        ..Cure::default()
    };
    let (outcome, _) = trained(&early, 1);
    assert!(outcome.ended == outcome.kept.epoch + 3 || outcome.ended == 40);
    let (plain, _) = trained(&Cure::default(), 1);
    assert!(outcome.ended < plain.ended);
}
