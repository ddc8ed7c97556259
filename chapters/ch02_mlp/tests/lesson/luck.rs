//! What lesson 2 claims of searching without gradients.

use ch02_mlp::activation::Activation;
use ch02_mlp::directions::{chance_of_cosine_above, cosine, random_direction};
use ch02_mlp::folds::{grid, most_pieces, pieces};
use ch02_mlp::loss::cross_entropy;
use ch02_mlp::luck::{Climb, Found, hill_climb, random_search};
use ch02_mlp::mlp::Mlp;
use ch02_mlp::tables::{Parts, breast_cancer, wine};
use nn::metrics::accuracy;
use tensor::Rng;

/// Half the squared distance from the origin: every direction matters equally.
fn bowl(w: &[f32]) -> f32 {
    0.5 * w.iter().map(|w| w * w).sum::<f32>()
}

/// A climb on the bowl from (1, 1, …).
fn climb_bowl(dimensions: usize, how: Climb) -> Found {
    hill_climb(vec![1.0; dimensions], how, &mut Rng::new(1), bowl)
}

/// Random search and hill climbing with the same net and as many tries, on wine.
fn on_wine(tries: usize, seed: u64) -> ([Found; 2], Parts, Mlp) {
    let parts = wine(&mut Rng::new(seed)).expect("the wines come with the course");
    let mut rng = Rng::new(seed);
    let net = || Mlp::new(&[13, 4, 3], Activation::Relu, &mut Rng::new(seed));
    let mut trial = net();
    let mut loss = |parameters: &[f32]| {
        trial.set_parameters(parameters);
        cross_entropy(&trial.forward(&parts.training.x), &parts.training.classes)
    };
    let mut drawn = rng.fork("draws");
    let mut draw = || Mlp::new(&[13, 4, 3], Activation::Relu, &mut drawn).parameters();
    let drawn = random_search(tries, &mut draw, &mut loss);
    let climb = Climb::tries(tries);
    let climbed = hill_climb(net().parameters(), climb, &mut rng, &mut loss);
    ([drawn, climbed], parts, net())
}

#[test]
fn the_best_so_far_never_gets_worse_and_is_what_is_returned() {
    let ([drawn, climbed], parts, mut net) = on_wine(300, 1);
    for found in [drawn, climbed] {
        let losses: Vec<f32> =
            found.improvements.iter().map(|(_, loss)| *loss).collect();
        assert!(losses.is_sorted_by(|a, b| a > b), "{losses:?}");
        assert_eq!(found.tries, 300);
        assert_eq!(found.loss, found.loss_after(300));
        net.set_parameters(&found.parameters);
        let scores = net.forward(&parts.training.x);
        assert_eq!(found.loss, cross_entropy(&scores, &parts.training.classes));
    }
}

#[test]
fn climbing_beats_drawing_with_the_same_number_of_tries() {
    for seed in 1..=3 {
        let ([drawn, climbed], parts, mut net) = on_wine(1000, seed);
        assert!(climbed.loss < 0.1 * drawn.loss, "seed {seed}");
        net.set_parameters(&climbed.parameters);
        let right = accuracy(&net.forward(&parts.test.x), &parts.test.classes);
        assert!(right > 0.9, "seed {seed}: {right}");
    }
}

#[test]
fn the_same_seed_finds_the_same_parameters() {
    let how = Climb {
        share: 0.3,
        ..Climb::tries(200)
    };
    assert_eq!(
        climb_bowl(20, how).parameters,
        climb_bowl(20, how).parameters
    );
}

#[test]
fn a_climb_stops_at_its_target() {
    let how = Climb {
        target: 0.1,
        ..Climb::tries(10_000)
    };
    let found = climb_bowl(10, how);
    assert!(found.loss <= 0.1 && found.tries < 10_000);
    assert_eq!(found.tries_to(0.1), Some(found.tries));
    assert_eq!(found.tries_to(1e-9), None);
}

#[test]
fn on_a_bowl_one_try_in_five_helps_and_tries_grow_like_the_dimensions() {
    let tries = [10, 100].map(|dimensions| {
        let target = 1e-4 * bowl(&vec![1.0; dimensions]);
        let found = climb_bowl(
            dimensions,
            Climb {
                target,
                ..Climb::tries(100_000)
            },
        );
        let helped = found.improvements.len() as f32 / found.tries as f32;
        assert!((helped - 0.2).abs() < 0.06, "{helped} of the tries helped");
        found.tries as f32
    });
    let growth = tries[1] / tries[0];
    assert!(
        (6.0..16.0).contains(&growth),
        "ten times the dimensions: {growth}"
    );
}

#[test]
fn a_loss_that_is_not_a_number_is_never_kept() {
    let loss = |w: &[f32]| if w[0] > 1.0 { f32::NAN } else { -w[0] };
    let found = hill_climb(vec![0.0], Climb::tries(500), &mut Rng::new(2), loss);
    assert!(found.loss.is_finite() && found.parameters[0] <= 1.0);
}

#[test]
fn the_chance_of_a_cosine_agrees_with_geometry() {
    // In the plane the angle is uniform: above ½ are 120 of 360 degrees.
    assert!((chance_of_cosine_above(0.5, 2) - 1.0 / 3.0).abs() < 1e-4);
    // In space the cosine itself is uniform (Archimedes).
    assert!((chance_of_cosine_above(0.5, 3) - 0.25).abs() < 1e-4);
    for dimensions in [2, 10, 100] {
        assert!((chance_of_cosine_above(0.0, dimensions) - 0.5).abs() < 1e-6);
    }
}

#[test]
fn random_directions_have_the_cosines_that_geometry_says() {
    let mut rng = Rng::new(3);
    for dimensions in [2, 5, 20] {
        let one = random_direction(dimensions, &mut rng);
        let above = (0..20_000)
            .filter(|_| cosine(&one, &random_direction(dimensions, &mut rng)) > 0.3)
            .count();
        let chance = chance_of_cosine_above(0.3, dimensions);
        assert!(
            (above as f64 / 20_000.0 - chance).abs() < 0.012,
            "{dimensions}"
        );
    }
}

#[test]
fn the_parts_of_a_table_share_nothing_and_lose_nothing() {
    for (parts, rows) in [
        (
            wine(&mut Rng::new(1)).expect("the wines come with the course"),
            178,
        ),
        (
            breast_cancer(&mut Rng::new(1)).expect("the tumours come with the course"),
            569,
        ),
    ] {
        let sizes =
            [&parts.training, &parts.validation, &parts.test].map(|part| part.len());
        assert_eq!(sizes.iter().sum::<usize>(), rows);
        let mean = parts
            .training
            .x
            .mean_axis(0, tensor::Keep::No)
            .abs()
            .max()
            .item();
        assert!(mean < 1e-4, "training rows are centred: {mean}");
        // Measured on the training rows, the scale does not fit the others exactly.
        let mean = parts
            .test
            .x
            .mean_axis(0, tensor::Keep::No)
            .abs()
            .max()
            .item();
        assert!(mean > 0.02, "the test rows had a say in the scale: {mean}");
    }
}

#[test]
fn one_layer_makes_at_most_as_many_pieces_as_lines_cut_a_plane() {
    assert_eq!([1, 2, 3, 4, 8].map(most_pieces), [2, 4, 7, 11, 37]);
    let points = grid([-3.0, 3.0], [-3.0, 3.0], 200);
    let mut rng = Rng::new(4);
    for units in [1, 2, 4, 8] {
        for _ in 0..5 {
            let mut net = Mlp::new(&[2, units, 1], Activation::Relu, &mut rng);
            net.layers[0].bias = rng.normal_tensor(&[units], 0.0, 1.0);
            let count = pieces(&net, &points);
            assert!(
                (1..=most_pieces(units)).contains(&count),
                "{units}: {count}"
            );
        }
    }
}

#[test]
fn four_times_the_width_takes_no_more_tries() {
    let mean_tries = |hidden: usize| {
        let tries = (1..=5).map(|seed| {
            let parts =
                wine(&mut Rng::new(seed)).expect("the wines come with the course");
            let mut rng = Rng::new(seed).fork("climb");
            let mut net = Mlp::new(&[13, hidden, 3], Activation::Relu, &mut rng);
            let how = Climb {
                target: 0.05,
                ..Climb::tries(5000)
            };
            let found = hill_climb(net.parameters(), how, &mut rng, |parameters| {
                net.set_parameters(parameters);
                let logits = net.forward(&parts.training.x);
                cross_entropy(&logits, &parts.training.classes)
            });
            found.tries as f32
        });
        tries.sum::<f32>() / 5.0
    };
    let (narrow, wide) = (mean_tries(8), mean_tries(32));
    assert!(wide < 1.5 * narrow, "8 units: {narrow}, 32 units: {wide}");
}
