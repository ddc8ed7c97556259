//! The claims of the page *A sample of the gradient*.

use ch04_training::batches::{angle, gradient, noise, pass, sorted_by_class};
use ch04_training::clothes::Clothes;
use ch04_training::race::{SIZES, fewer};
use nn::classify::logits;
use nn::data::{Labelled, two_moons};
use nn::metrics::accuracy;
use nn::optim::{Optimizer, Sgd};
use nn::{Mlp, Module};
use tensor::Rng;

/// 400 points of two moons.
fn moons() -> Labelled {
    let (x, classes) = two_moons(200, 0.2, &mut Rng::new(1));
    Labelled::new(x, classes)
}

#[test]
fn the_gradients_of_all_batches_average_to_that_of_all_examples() {
    let (data, net) = (moons(), Mlp::new(&[2, 8, 2], &mut Rng::new(2)));
    let order = Rng::new(3).permutation(400);
    let whole = gradient(&net, &data, &order);
    assert_eq!(whole.len(), net.parameter_count());
    let mut mean = vec![0.0; whole.len()];
    for rows in order.chunks_exact(10) {
        let part = gradient(&net, &data, rows);
        mean.iter_mut().zip(part).for_each(|(m, g)| *m += g / 40.0);
    }
    for (got, expected) in mean.iter().zip(&whole) {
        assert!((got - expected).abs() < 1e-5, "{got} against {expected}");
    }
}

#[test]
fn a_batch_sixteen_times_as_large_is_four_times_as_exact() {
    let (data, net) = (moons(), Mlp::new(&[2, 8, 2], &mut Rng::new(2)));
    let all: Vec<usize> = (0..400).collect();
    let whole = gradient(&net, &data, &all);
    let rng = &mut Rng::new(3);
    let error =
        |batch: usize, rng: &mut Rng| noise(&net, &data, &whole, batch, 400, rng).error;
    let ratio = error(1, rng) / error(16, rng);
    assert!((3.5..4.6).contains(&ratio), "{ratio}");
}

#[test]
fn the_noise_of_all_examples_is_none() {
    let (data, net) = (moons(), Mlp::new(&[2, 8, 2], &mut Rng::new(2)));
    let all: Vec<usize> = (0..400).collect();
    let whole = gradient(&net, &data, &all);
    let none = noise(&net, &data, &whole, 400, 3, &mut Rng::new(3));
    assert!(none.error < 1e-4 && none.angle < 0.1, "{none:?}");
    assert!((angle(&[0.0, 1.0], &[-3.0, 0.0]) - 90.0).abs() < 1e-6);
}

#[test]
fn what_does_not_fill_a_batch_is_left_out() {
    let (data, mut net) = (moons(), Mlp::new(&[2, 8, 2], &mut Rng::new(2)));
    let mut optimizer = Optimizer::new(Sgd::default());
    let losses = pass(
        &mut net,
        &data,
        &[0, 1, 2, 3, 4, 5, 6],
        3,
        &mut optimizer,
        0.1,
    );
    assert_eq!(losses.len(), 2);
}

#[test]
fn rows_are_sorted_by_class_and_else_as_they_were() {
    assert_eq!(sorted_by_class(&[1, 0, 2, 0, 1]), [1, 3, 0, 4, 2]);
}

#[test]
fn sorted_batches_look_better_and_teach_less() {
    let clothes = fewer(&Clothes::load().expect("the clothes are there"), 2000);
    let sorted = sorted_by_class(&clothes.training.classes);
    let shuffled = Rng::new(1).permutation(2000);
    let [(sorted_loss, sorted), (shuffled_loss, shuffled)] =
        [sorted, shuffled].map(|order| {
            let mut net = Mlp::new(&SIZES, &mut Rng::new(1));
            let mut optimizer = Optimizer::new(Sgd::default());
            let training = &clothes.training;
            let mut losses = pass(&mut net, training, &order, 20, &mut optimizer, 0.1);
            losses.sort_by(f32::total_cmp);
            let scores = logits(&net, &clothes.validation.x);
            (losses[50], accuracy(&scores, &clothes.validation.classes))
        });
    assert!(shuffled > sorted + 0.3, "{shuffled} against {sorted}");
    assert!(
        sorted_loss < shuffled_loss,
        "{sorted_loss}, {shuffled_loss}"
    );
}
