//! PCA and t-SNE, by hand and against scikit-learn.

#![allow(clippy::unwrap_used)]

use ch04_training::pca::Pca;
use ch04_training::tsne::{
    Place, Settings, divergence, embed, gradient, perplexity, probabilities,
    probabilities_of_row, same_class_neighbours, squared_distances, table,
};
use tensor::{Rng, Tensor, assert_close};

fn fixture() -> serde_json::Value {
    serde_json::from_str(include_str!("../../fixtures/views_sklearn.json")).unwrap()
}

fn numbers(value: &serde_json::Value) -> Vec<f32> {
    let list = value.as_array().unwrap().iter();
    list.map(|number| number.as_f64().unwrap() as f32).collect()
}

#[test]
fn a_cross_has_its_arms_as_components() {
    // Variances by hand: (9 + 9)/4 along (1, 1)/√2, (1 + 1)/4 across.
    let (long, short) = (3.0 / 2.0_f32.sqrt(), 1.0 / 2.0_f32.sqrt());
    let x = [
        [long, long],
        [-long, -long],
        [short, -short],
        [-short, short],
    ];
    let x = Tensor::from(x) + Tensor::from([5.0, -7.0]);
    let pca = Pca::fit(&x, 2, &mut Rng::new(1));
    assert_close!(pca.mean, [5.0, -7.0], 1e-5);
    assert_close!(
        Tensor::from_vec(pca.variances.clone(), &[2]),
        [4.5, 0.5],
        1e-4
    );
    let half = 0.5_f32.sqrt();
    assert_close!(pca.components.slice(0, 0..1), [[half, half]], 1e-4);
    assert!((pca.share(1) - 0.9).abs() < 1e-5);
    assert_close!(pca.rebuild(&pca.project(&x)), x, 1e-4);
}

#[test]
fn where_no_variance_is_left_a_component_is_zero() {
    let x = Tensor::from([[1.0, 2.0], [1.0, 2.0]]);
    let pca = Pca::fit(&x, 2, &mut Rng::new(1));
    assert_eq!(pca.components.to_vec(), [0.0; 4]);
    assert_eq!(pca.project(&x).to_vec(), [0.0; 4]);
}

#[test]
fn components_of_clothes_are_those_of_scikit_learn() {
    let fixture = fixture();
    let x = Tensor::from_array(datasets::fashion10k().unwrap().to_f32());
    let x = x.slice(0, 0..fixture["pictures"].as_u64().unwrap() as usize);
    let pca = Pca::fit(&x, 20, &mut Rng::new(1));
    let shares = numbers(&fixture["shares"]);
    let ours = pca.variances.iter().map(|variance| variance / pca.total);
    for (i, (ours, share)) in ours.zip(&shares).enumerate().take(10) {
        assert!((ours - share).abs() < 1e-4, "{i}: {ours} and {share}");
    }
    let kept: f32 = shares.iter().sum();
    assert!(
        (pca.share(20) - kept).abs() < 2e-4,
        "{} and {kept}",
        pca.share(20)
    );
    let first = pca.components.slice(0, 0..1).to_vec();
    for (ours, theirs) in first.iter().zip(numbers(&fixture["first_component"])) {
        assert!((ours - theirs).abs() < 1e-4, "{ours} and {theirs}");
    }
    let products = pca.components.matmul(&pca.components.t());
    assert_close!(products, Tensor::eye(20), 1e-4);
}

#[test]
fn probabilities_are_those_of_scikit_learn() {
    let fixture = fixture();
    let rows = fixture["irises"].as_array().unwrap();
    let x: Vec<f32> = rows.iter().flat_map(numbers).collect();
    let x = Tensor::from_vec(x, &[rows.len(), 4]);
    let ours = probabilities(&x, fixture["perplexity"].as_f64().unwrap());
    let theirs = fixture["p"].as_array().unwrap().iter().flat_map(numbers);
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert!((ours - theirs).abs() < 1e-5, "{ours} and {theirs}");
    }
    assert!((ours.iter().sum::<f32>() - 1.0).abs() < 1e-5);
}

#[test]
fn each_row_has_the_perplexity_asked_for() {
    let squared = [0.0, 1.0, 4.0, 9.0, 16.0, 2500.0];
    for wanted in [1.5, 2.0, 4.0] {
        let p = probabilities_of_row(&squared, 0, wanted);
        assert!((perplexity(&p) - wanted).abs() < 1e-6, "{p:?}");
        assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert_eq!(p[0], 0.0);
        assert!(p[1..].is_sorted_by(|near, far| near >= far), "{p:?}");
    }
}

#[test]
fn the_gradient_agrees_with_central_differences() {
    let mut rng = Rng::new(3);
    let x = rng.normal_tensor(&[7, 3], 0.0, 1.0);
    let p = probabilities(&x, 3.0);
    let y: Vec<Place> = (0..7).map(|_| [rng.normal(), rng.normal()]).collect();
    let slopes = gradient(&p, &y, 1.0);
    for i in 0..7 {
        for axis in 0..2 {
            let moved = |by: f32| {
                let mut y = y.clone();
                y[i][axis] += by;
                divergence(&p, &y)
            };
            let measured = (moved(0.01) - moved(-0.01)) / 0.02;
            let slope = f64::from(slopes[i][axis]);
            assert!((measured - slope).abs() < 1e-4, "{measured} and {slope}");
        }
    }
}

#[test]
fn groups_far_apart_stay_apart() {
    for seed in 1..=3 {
        let mut rng = Rng::new(seed);
        let groups: Vec<usize> = (0..60).map(|i| i % 3).collect();
        let rows = groups.iter().flat_map(|group| {
            let place = |axis: usize| if axis == *group { 10.0 } else { 0.0 };
            (0..5).map(place).collect::<Vec<_>>()
        });
        let middles = Tensor::from_vec(rows.collect(), &[60, 5]);
        let x = middles + rng.normal_tensor(&[60, 5], 0.0, 1.0);
        let settings = Settings {
            perplexity: 10.0,
            steps: 300,
        };
        let places = embed(&x, settings, &mut rng);
        let squared = squared_distances(&table(&places));
        assert_eq!(same_class_neighbours(&squared, &groups), 1.0);
        let p = probabilities(&x, 10.0);
        let start = vec![[0.0; 2]; 60];
        assert!(divergence(&p, &places) < 0.5 * divergence(&p, &start));
    }
}
