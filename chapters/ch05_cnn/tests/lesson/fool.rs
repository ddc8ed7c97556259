//! What lesson 5 claims of pictures that are made to fool a net.

use std::sync::OnceLock;

use ch05_cnn::digits::Digits;
use ch05_cnn::fool::{Attack, fgsm, harden, noisy, slope, tossed};
use ch05_cnn::models::LeNet;
use ch05_cnn::practice::{frozen, plain, practise, right, squares};
use nn::classify::logits;
use nn::data::Labelled;
use tensor::gradcheck::check;
use tensor::{Rng, Tensor};

const EPSILON: f32 = 0.1;

/// A net that has learnt from a part of the digits, and test digits.
fn learnt() -> &'static (LeNet, Labelled, Labelled) {
    static LEARNT: OnceLock<(LeNet, Labelled, Labelled)> = OnceLock::new();
    LEARNT.get_or_init(|| {
        let digits = Digits::load().expect("the digits come with the course");
        let digits = digits.first(2000, 200);
        let training = squares(&digits.training);
        let net = plain(&training, 3, &mut Rng::new(1));
        (net, training, squares(&digits.test))
    })
}

/// The loss of each picture, `[N]`.
fn losses(net: &LeNet, x: &Tensor, classes: &[usize]) -> Vec<f32> {
    (-logits(net, x).log_softmax(1).gather(1, classes)).to_vec()
}

/// The largest change of a pixel.
fn farthest(a: &Tensor, b: &Tensor) -> f32 {
    (a - b).abs().max().item()
}

/// That all pixels are in 0..1.
#[track_caller]
fn assert_picture(x: &Tensor) {
    assert!(x.min().item() >= 0.0 && x.max().item() <= 1.0);
}

#[test]
fn fgsm_raises_the_loss_of_nearly_all_pictures_and_stays_in_its_box() {
    let (net, _, test) = learnt();
    let after = fgsm(net, &test.x, &test.classes, EPSILON);
    assert!(farthest(&after, &test.x) <= EPSILON + 1e-6);
    assert_picture(&after);
    let before = losses(net, &test.x, &test.classes);
    let now = losses(net, &after, &test.classes);
    let raised = before.iter().zip(&now).filter(|(b, n)| n > b).count();
    assert!(
        raised * 100 >= test.len() * 97,
        "{raised} of {}",
        test.len()
    );
}

#[test]
fn pgd_stays_in_its_box_and_is_at_least_as_strong_as_fgsm() {
    let (net, _, test) = learnt();
    let of = |x: Tensor| right(net, &Labelled::new(x, test.classes.clone()));
    let once = of(fgsm(net, &test.x, &test.classes, EPSILON));
    let mut rng = Rng::new(2);
    let mut read = vec![once];
    for steps in [5, 20] {
        let attack = Attack {
            epsilon: EPSILON,
            steps,
        };
        let after = attack.pgd(net, &test.x, &test.classes, &mut rng);
        assert!(farthest(&after, &test.x) <= EPSILON + 1e-6);
        assert_picture(&after);
        read.push(of(after));
    }
    // Two pictures of two hundred may fall the other way by chance.
    assert!(
        read[1] <= read[0] + 0.01 && read[2] <= read[1] + 0.01,
        "{read:?}"
    );
}

#[test]
fn an_attack_without_room_changes_nothing() {
    let (net, _, test) = learnt();
    let none = Attack {
        epsilon: 0.0,
        steps: 3,
    };
    let after = none.pgd(net, &test.x, &test.classes, &mut Rng::new(1));
    assert_eq!(farthest(&after, &test.x), 0.0);
    let after = fgsm(net, &test.x, &test.classes, 0.0);
    assert_eq!(farthest(&after, &test.x), 0.0);
}

#[test]
fn noise_of_the_same_size_does_next_to_nothing() {
    let (net, _, test) = learnt();
    let clean = right(net, test);
    let mut rng = Rng::new(3);
    for x in [
        noisy(&test.x, EPSILON, &mut rng),
        tossed(&test.x, EPSILON, &mut rng),
    ] {
        assert!(farthest(&x, &test.x) <= EPSILON + 1e-6);
        assert_picture(&x);
        let read = right(net, &Labelled::new(x, test.classes.clone()));
        assert!(read > clean - 0.03, "{clean} fell to {read}");
    }
}

#[test]
fn the_slope_by_pixels_is_that_of_differences_and_needs_no_weights() {
    let (net, _, test) = learnt();
    let one = test.pick(&[0]);
    let whole = slope(net, &one.x, &one.classes);
    assert_eq!(
        whole.to_vec(),
        slope(&frozen(net), &one.x, &one.classes).to_vec()
    );
    // Through a smooth part of the net, since ReLU has corners that differences cut off.
    let dense = |inputs: &[Tensor]| {
        let scores = net.dense3.forward(&inputs[0].tanh());
        scores.cross_entropy(&[one.classes[0]])
    };
    let x = Rng::new(4).normal_tensor(&[1, 84], 0.0, 0.5);
    assert!(check(dense, &[x], 1e-2)[0].error < 1e-2);
}

#[test]
fn practice_against_an_attack_hardens_a_net() {
    let (net, training, test) = learnt();
    let practice = Attack {
        epsilon: 0.15,
        steps: 2,
    };
    let mut hard = net.clone();
    practise(
        &mut hard,
        training,
        4,
        &mut Rng::new(5),
        |net, batch, rng| harden(net, batch, practice, rng),
    );
    let attack = Attack {
        epsilon: EPSILON,
        steps: 10,
    };
    let read = |net: &LeNet| {
        let after = attack.pgd(net, &test.x, &test.classes, &mut Rng::new(6));
        right(net, &Labelled::new(after, test.classes.clone()))
    };
    let (before, after) = (read(net), read(&hard));
    assert!(after > before + 0.1, "{before} became {after}");
}
