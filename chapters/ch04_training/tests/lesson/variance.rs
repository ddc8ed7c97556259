//! What the page *What is wrong with it?* says, as tests.

use ch04_training::clothes::Clothes;
use ch04_training::diagnosis::{BEST_KNOWN, Effort, Errors, Trouble, errors_with};
use nn::classify::Classification;

/// Errors of a net after a short training.
fn errors(hidden: usize, pictures: usize) -> Errors {
    let clothes = Clothes::load().expect("the pictures are committed");
    let data = Classification {
        training: &clothes.training,
        validation: &clothes.validation,
    };
    let effort = Effort {
        batch: 100,
        steps: 300,
        lr: 0.005,
    };
    let never = || Ok::<(), std::convert::Infallible>(());
    errors_with(hidden, pictures, data, effort, 1, never).expect("it does not diverge")
}

#[test]
fn a_net_below_the_reference_has_no_bias() {
    let net = Errors {
        training: 0.01,
        validation: 0.20,
    };
    assert_eq!(net.bias(0.05), 0.0);
    assert_eq!(net.trouble(0.05), Trouble::Variance);
}

#[test]
fn a_net_too_small_has_bias_with_many_pictures() {
    let net = errors(4, 8000);
    assert_eq!(net.trouble(BEST_KNOWN), Trouble::Bias, "{net:?}");
    let larger = errors(32, 8000);
    assert!(
        larger.bias(BEST_KNOWN) < 0.7 * net.bias(BEST_KNOWN),
        "{larger:?}"
    );
}

#[test]
fn a_net_with_few_pictures_has_variance_and_more_pictures_cure_it() {
    let net = errors(32, 250);
    assert_eq!(net.trouble(BEST_KNOWN), Trouble::Variance, "{net:?}");
    let more = errors(32, 8000);
    assert!(more.variance() < 0.5 * net.variance(), "{more:?}");
    assert!(more.training > net.training && more.validation < net.validation);
}
