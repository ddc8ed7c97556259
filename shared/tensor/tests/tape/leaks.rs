//! Memory: nothing stays.

use tensor::tape::live_nodes;
use tensor::{Rng, Tensor};

use crate::counting::{alone, live_bytes};
use crate::mlp::Mlp;

#[test]
fn ten_thousand_steps_leave_nothing_behind() {
    let _alone = alone();
    let x = Rng::new(2).normal_tensor(&[8, 4], 0.0, 1.0);
    let classes = [0, 1, 2, 0, 1, 2, 0, 1];
    let mut network = Mlp::new(&[4, 8, 3]);
    network.step(&x, &classes);
    let (nodes, bytes) = (live_nodes(), live_bytes());
    assert_eq!(nodes, 4, "the parameters");
    for step in 0..10_000 {
        network.step(&x, &classes);
        assert_eq!(live_nodes(), nodes, "step {step}");
    }
    assert_eq!(live_bytes(), bytes);
    drop(network);
    assert_eq!(live_nodes(), 0);
}

#[test]
fn a_graph_that_is_not_walked_is_freed_with_its_result() {
    let _alone = alone();
    let network = Mlp::new(&[4, 8, 3]);
    let before = live_nodes();
    let logits = network.forward(&Tensor::ones(&[8, 4]));
    assert!(live_nodes() > before);
    drop(logits);
    assert_eq!(live_nodes(), before);
}

#[test]
fn the_walk_frees_what_the_graph_kept() {
    let _alone = alone();
    let x = Tensor::ones(&[100_000]).require_grad();
    drop(x.exp().sum().backward()); // starts the threads, which stay
    let before = live_bytes();
    let loss = x.exp().exp().exp().sum();
    let kept = live_bytes() - before;
    let gradients = loss.backward();
    let left = live_bytes() - before;
    assert!(kept > 3 * 400_000, "three results are kept: {kept}");
    assert!(left < 400_000 + 2000, "one gradient is left, though the loss still lives: {left}");
    drop(gradients);
}
