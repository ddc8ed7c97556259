//! burn agrees with the detector from scratch: its numbers, its loss and its gradients.

#[allow(dead_code)]
#[path = "../../examples/concise/main.rs"]
pub mod concise;

use bridge::{back, data};
use burn::module::Module as _;
use burn::tensor::{Device, Tensor as Burn};
use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::decode::Grid;
use ch07_yolo::loss::loss;
use ch07_yolo::model::Detector;
use ch07_yolo::target::Cells;
use nn::{Net, Pass};
use tensor::{Rng, Tensor, assert_close};

/// Two anchors and three classes on cells of 4 pixels.
fn grid() -> Grid {
    Grid {
        stride: 4,
        anchors: vec![[8.0, 8.0], [12.0, 20.0]],
        classes: 3,
    }
}

/// A small net that has seen something, so that its running averages are not those of the
/// start, and pictures for it.
fn net() -> (Detector, Tensor) {
    let mut rng = Rng::new(3);
    let net = Detector::new(&[(8, 1), (16, 2)], grid(), &mut rng);
    let mut draw = |n| rng.uniform_tensor(&[n, 3, 24, 32], 0.0, 1.0);
    let (before, x) = (draw(8), draw(3));
    net.forward(&before, &mut Pass::Train(&mut Rng::new(4)));
    (net, x)
}

/// What is in three pictures: two things, one, and nothing.
fn truth() -> [Vec<Object>; 3] {
    let object = |[x0, y0, x1, y1]: [f32; 4], class| Object {
        bbox: BBox::new(x0, y0, x1, y1),
        class,
    };
    let first = vec![
        object([2.0, 3.0, 11.0, 10.0], 1),
        object([14.0, 1.0, 27.0, 22.0], 2),
    ];
    [first, vec![object([6.0, 12.0, 13.0, 21.0], 0)], vec![]]
}

#[test]
fn with_the_same_weights_the_detector_gives_the_same_numbers_in_use_and_while_training()
{
    let (net, x) = net();
    let device = Device::flex().autodiff();
    let copy = concise::Detector::with_weights_of(&net, &device);
    let burns = copy.forward(Burn::from_data(data(&x), &device));
    let mut rng = Rng::new(5);
    let ours = net.clone().forward(&x, &mut Pass::Train(&mut rng));
    assert_close!(ours.detach(), back(burns), 1e-4);

    let copy = concise::Detector::with_weights_of(&net, &device).valid();
    let burns = copy.forward(Burn::from_data(data(&x), &Device::flex()));
    let ours = net.forward(&x, &mut Pass::Use);
    assert_close!(ours.detach(), back(burns), 1e-4);
}

#[test]
fn the_loss_of_the_same_numbers_is_the_same_and_so_are_its_gradients() {
    let truth = truth();
    let truth: Vec<&[Object]> = truth.iter().map(Vec::as_slice).collect();
    let device = Device::flex().autodiff();
    for (seed, cells) in [(1, Cells::One), (2, Cells::Three), (3, Cells::One)] {
        let mut rng = Rng::new(seed);
        let numbers = rng.normal_tensor(&[3, 16, 6, 8], 0.0, 1.0).require_grad();
        let ours = loss(&grid(), &numbers, &truth, cells).total();
        let slope = ours.backward();
        let slope = slope.get(&numbers).expect("the numbers take part");

        let burns: Burn<4> = Burn::from_data(data(&numbers.detach()), &device);
        let burns = burns.require_grad();
        let total = concise::loss::loss(&grid(), burns.clone(), &truth, cells);
        assert_close!(ours.detach().reshape(&[1]), back(total.clone()), 1e-4);
        let burns_slope = burns.grad(&total.backward()).expect("they take part");
        assert_close!(slope, back(burns_slope), 1e-4);
    }
}

#[test]
fn without_objects_burn_too_learns_only_that_nothing_is_there() {
    let numbers = Rng::new(9).normal_tensor(&[2, 16, 6, 8], 0.0, 1.0);
    let ours = loss(&grid(), &numbers, &[&[], &[]], Cells::One).total();
    let burns = Burn::<4>::from_data(data(&numbers), &Device::flex());
    let burns = concise::loss::loss(&grid(), burns, &[&[], &[]], Cells::One);
    assert_close!(ours.reshape(&[1]), back(burns), 1e-4);
}

#[test]
fn the_gradients_reach_the_first_windows_alike() {
    let (net, x) = net();
    let truth = truth();
    let truth: Vec<&[Object]> = truth.iter().map(Vec::as_slice).collect();
    let device = Device::flex().autodiff();
    let copy = concise::Detector::with_weights_of(&net, &device);

    let numbers = net.forward(&x, &mut Pass::Train(&mut Rng::new(5)));
    let slopes = loss(&grid(), &numbers, &truth, Cells::One)
        .total()
        .backward();
    let numbers = copy.forward(Burn::from_data(data(&x), &device));
    let total = concise::loss::loss(&grid(), numbers, &truth, Cells::One);
    let burns = total.backward();

    let (ours, theirs) = (&net.stages[0].down, &copy.stages[0].down);
    let (first, last) = (slopes.get(&ours.conv.weight), slopes.get(&net.head.weight));
    let [first, last] = [first, last].map(|slope| slope.expect("it takes part"));
    let burns = |of: &Burn<4>| back(of.grad(&burns).expect("it takes part"));
    assert_close!(first, burns(&theirs.conv.weight.val()), 1e-3);
    assert_close!(last, burns(&copy.head.weight.val()), 1e-3);
}
