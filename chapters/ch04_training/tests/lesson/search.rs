//! What the page *Turning the knobs* claims.

use std::cell::RefCell;
use std::collections::BTreeSet;

use ch04_training::search::{
    Candidate, Learner, Space, affordable, halving, whole, winner, winners_curse,
};
use lesson::Interrupted;
use proptest::prelude::*;
use tensor::Rng;

const SPACE: Space = Space {
    lr: [1e-4, 1.0],
    width: [8, 128],
    dropout: [0.0, 0.6],
};

/// Learns at its own pace: the score is rate × epochs.
struct Toy<'a> {
    rate: f64,
    epochs: usize,
    trained: &'a RefCell<usize>,
}

impl Learner for Toy<'_> {
    fn learn(&mut self, epochs: usize) -> Result<f64, Interrupted> {
        self.epochs += epochs;
        *self.trained.borrow_mut() += epochs;
        Ok(self.rate * self.epochs as f64)
    }
}

/// A learner whose pace is the candidate's rate.
fn toy<'a>(trained: &'a RefCell<usize>) -> impl Fn(&Candidate) -> Toy<'a> {
    |candidate| Toy {
        rate: f64::from(candidate.lr),
        epochs: 0,
        trained,
    }
}

/// How many different numbers there are.
fn different(numbers: impl Iterator<Item = f32>) -> usize {
    numbers.map(f32::to_bits).collect::<BTreeSet<u32>>().len()
}

#[test]
fn a_grid_of_27_tries_three_rates_and_random_places_try_27() {
    let grid = SPACE.grid(3);
    let random = SPACE.random(27, &mut Rng::new(1));
    assert_eq!([grid.len(), random.len()], [27, 27]);
    assert_eq!(different(grid.iter().map(|one| one.lr)), 3);
    assert_eq!(different(random.iter().map(|one| one.lr)), 27);
}

#[test]
fn the_middle_of_the_space_is_the_middle_of_factors_and_of_shares() {
    let middle = SPACE.at([0.5, 0.5, 0.5]);
    assert!((middle.lr - 0.01).abs() < 1e-5, "{middle:?}");
    assert_eq!(middle.width, 32);
    assert!((middle.dropout - 0.3).abs() < 1e-6, "{middle:?}");
}

#[test]
fn halving_finds_the_fastest_learner_and_pays_what_it_says() {
    let trained = RefCell::new(0);
    let candidates = SPACE.random(64, &mut Rng::new(2));
    let looks = halving(&candidates, 4, toy(&trained)).expect("toys do not fail");
    assert_eq!(*trained.borrow(), 160);
    assert_eq!(looks.last().expect("it looked").cost, 160);
    let fastest =
        (0..64).max_by(|&a, &b| candidates[a].lr.total_cmp(&candidates[b].lr));
    let winner = winner(&looks);
    assert_eq!((Some(winner.candidate), winner.epochs), (fastest, 8));
}

#[test]
fn whole_trainings_cost_their_epochs() {
    let trained = RefCell::new(0);
    let looks = whole(&SPACE.grid(2), 5, toy(&trained)).expect("toys do not fail");
    assert_eq!((looks.len(), *trained.borrow(), looks[7].cost), (8, 40, 40));
}

#[test]
fn a_winner_has_trained_to_the_end() {
    // After one epoch the sprinter leads; it does not get any better.
    struct Sprinter(bool, usize);
    impl Learner for Sprinter {
        fn learn(&mut self, epochs: usize) -> Result<f64, Interrupted> {
            self.1 += epochs;
            Ok(if self.0 { 2.0 } else { self.1 as f64 })
        }
    }
    let candidates = SPACE.random(2, &mut Rng::new(3));
    let first = candidates[0];
    let looks = whole(&candidates, 4, |one| Sprinter(*one == first, 0));
    assert_eq!(winner(&looks.expect("they do not fail")).candidate, 1);
}

#[test]
fn a_winner_among_equals_is_praised_too_much_and_most_where_few_pictures_chose() {
    // Twenty candidates, each right on 70 % of 1,000 pictures, by chance alone.
    let mut rng = Rng::new(5);
    let mut one = || {
        (0..1000)
            .map(|_| rng.uniform(0.0, 1.0) < 0.7)
            .collect::<Vec<bool>>()
    };
    let candidates: Vec<Vec<bool>> = (0..20).map(|_| one()).collect();
    let seen: Vec<&[bool]> = candidates.iter().map(Vec::as_slice).collect();
    let [few, many] = [50, 500].map(|size| {
        let [chosen, fresh] = winners_curse(&seen, size, 100, &mut Rng::new(6));
        chosen - fresh
    });
    assert!(few > 0.08 && many < 0.06 && many > 0.0, "{few} {many}");
}

#[test]
fn a_single_candidate_has_no_luck() {
    let right: Vec<bool> = (0..1000).map(|i| i % 4 != 0).collect();
    let [chosen, fresh] = winners_curse(&[&right], 100, 400, &mut Rng::new(7));
    assert!((chosen - 0.75).abs() < 0.01 && (fresh - 0.75).abs() < 0.01);
}

proptest! {
    #[test]
    fn halving_never_spends_more_than_it_was_given(budget in 8..500_usize, rounds in 1..5_u32) {
        let spend = |count: usize| {
            let trained = RefCell::new(0);
            let candidates = SPACE.random(count, &mut Rng::new(4));
            halving(&candidates, rounds, toy(&trained)).expect("toys do not fail");
            trained.into_inner()
        };
        let most = affordable(budget, rounds);
        prop_assert!(spend(most) <= budget);
        prop_assert!(spend(most + 1) > budget);
    }
}
