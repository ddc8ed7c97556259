//! What holds for every shape: operations against the plain loops that define them.

use ndarray::IxDyn;
use proptest::prelude::*;
use tensor::{Keep, Rng, Tensor, assert_close};

/// Shapes of rank 0 to 4 with lengths 0 to 4.
fn shapes() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..5_usize, 0..5)
}

/// A shape and three that broadcast to it: leading axes dropped, others of length 1.
fn stretchable() -> impl Strategy<Value = (Vec<usize>, [Vec<usize>; 3])> {
    let choices = prop::collection::vec((0..6_usize, prop::collection::vec(any::<bool>(), 4)), 3);
    (shapes(), choices).prop_map(|(shape, choices)| {
        let narrow = |(dropped, ones): &(usize, Vec<bool>)| {
            let axes = shape.iter().zip(ones).skip(dropped.saturating_sub(2));
            axes.map(|(&length, &one)| if one { 1 } else { length }).collect()
        };
        let narrowed = [narrow(&choices[0]), narrow(&choices[1]), narrow(&choices[2])];
        (shape, narrowed)
    })
}

/// How a tensor lies in memory.
#[derive(Clone, Copy, Debug)]
enum Layout {
    Plain,
    Turned,
    Cut,
}

fn layouts() -> impl Strategy<Value = Layout> {
    prop_oneof![Just(Layout::Plain), Just(Layout::Turned), Just(Layout::Cut)]
}

/// The same numbers and shape, lying otherwise in memory.
fn lay(tensor: &Tensor, layout: Layout) -> Tensor {
    let reversed: Vec<usize> = (0..tensor.rank()).rev().collect();
    match layout {
        Layout::Plain => tensor.clone(),
        Layout::Turned => {
            let turned = tensor.permute(&reversed);
            Tensor::from_vec(turned.to_vec(), turned.shape()).permute(&reversed)
        }
        Layout::Cut => (0..tensor.rank()).fold(tensor.clone(), |inner, axis| {
            let length = inner.shape()[axis];
            let mut edge = inner.shape().to_vec();
            edge[axis] = 2;
            let edge = Tensor::full(&edge, 99.0);
            Tensor::concat(axis, &[&edge, &inner, &edge]).slice(axis, 2..length + 2)
        }),
    }
}

/// Normal random numbers of this shape, lying in memory as `layout` says.
fn random(seed: u64, name: &str, shape: &[usize], layout: Layout) -> Tensor {
    lay(&Rng::new(seed).fork(name).normal_tensor(shape, 0.0, 1.0), layout)
}

/// The number that `tensor`, stretched to a larger shape, has at `place`.
fn stretched_at(tensor: &Tensor, place: &IxDyn) -> f32 {
    let place: &[usize] = ndarray::Dimension::slice(place);
    let own = &place[place.len() - tensor.rank()..];
    let own = own.iter().zip(tensor.shape()).map(|(&i, &length)| if length == 1 { 0 } else { i });
    tensor.array()[own.collect::<Vec<usize>>().as_slice()]
}

/// The tensor of this shape whose number at each place is `f(place)`.
fn by_loops(shape: &[usize], f: impl Fn(&IxDyn) -> f32) -> Tensor {
    let places = ndarray::indices(shape).into_iter();
    Tensor::from_vec(places.map(|place| f(&place)).collect(), shape)
}

/// The bits of all numbers, to compare exactly, and the shape.
fn exactly(tensor: &Tensor) -> (Vec<u32>, Vec<usize>) {
    (tensor.to_vec().into_iter().map(f32::to_bits).collect(), tensor.shape().to_vec())
}

proptest! {
    #[test]
    fn broadcasting_equals_explicit_loops(
        (_, [a, b, c]) in stretchable(),
        seed: u64,
        layout in [layouts(), layouts(), layouts()],
    ) {
        let a = random(seed, "a", &a, layout[0]);
        let b = random(seed, "b", &b, layout[1]);
        let c = random(seed, "c", &c, layout[2]);
        let both = tensor::shape::broadcast(a.shape(), b.shape()).unwrap();
        let pair = |place: &IxDyn| (stretched_at(&a, place), stretched_at(&b, place));
        let pairs = |f: fn(f32, f32) -> f32| by_loops(&both, |place| {
            let (x, y) = pair(place);
            f(x, y)
        });
        prop_assert_eq!(exactly(&(&a + &b)), exactly(&pairs(|x, y| x + y)));
        prop_assert_eq!(exactly(&(&a - &b)), exactly(&pairs(|x, y| x - y)));
        prop_assert_eq!(exactly(&(&a * &b)), exactly(&pairs(|x, y| x * y)));
        prop_assert_eq!(exactly(&(&a / &b)), exactly(&pairs(|x, y| x / y)));
        prop_assert_eq!(exactly(&a.maximum(&b)), exactly(&pairs(f32::max)));
        prop_assert_eq!(exactly(&a.lt(&b)), exactly(&pairs(|x, y| f32::from(x < y))));

        let all = tensor::shape::broadcast(&both, c.shape()).unwrap();
        let chosen = by_loops(&all, |place| {
            let from = if stretched_at(&c, place) > 0.0 { &a } else { &b };
            stretched_at(from, place)
        });
        prop_assert_eq!(exactly(&Tensor::where_(&c.gt(0.0), &a, &b)), exactly(&chosen));
        let stretched = by_loops(&all, |place| stretched_at(&a, place));
        prop_assert_eq!(exactly(&a.broadcast_to(&all)), exactly(&stretched));
    }

    #[test]
    fn shapes_broadcast_if_every_aligned_pair_is_equal_or_has_a_one(a in shapes(), b in shapes()) {
        let fits = a.iter().rev().zip(b.iter().rev()).all(|(x, y)| x == y || *x == 1 || *y == 1);
        prop_assert_eq!(tensor::shape::broadcast(&a, &b).is_some(), fits);
        prop_assert_eq!(tensor::shape::broadcast(&a, &b), tensor::shape::broadcast(&b, &a));
    }

    #[test]
    fn functions_of_one_number_do_not_depend_on_the_layout(
        shape in shapes(), seed: u64, layout in layouts(),
    ) {
        let plain = random(seed, "x", &shape, Layout::Plain);
        let x = random(seed, "x", &shape, layout);
        let expected = by_loops(&shape, |place| plain.array()[place].tanh());
        prop_assert_eq!(exactly(&x.tanh()), exactly(&expected));
        prop_assert_eq!(exactly(&x), exactly(&plain));
    }

    #[test]
    fn reductions_equal_sums_in_f64(
        shape in prop::collection::vec(0..6_usize, 1..5), axis in 0..4_usize,
        seed: u64, layout in layouts(),
    ) {
        let axis = axis % shape.len();
        let x = random(seed, "x", &shape, layout);
        let kept = Tensor::from_array(
            x.array().mapv(f64::from).sum_axis(ndarray::Axis(axis)).mapv(|sum| sum as f32)
                .insert_axis(ndarray::Axis(axis)),
        );
        assert_close!(x.sum_axis(axis, Keep::Yes), kept, 1e-5);
        assert_close!(x.sum_axis(axis, Keep::No), kept.squeeze(axis), 1e-5);
        assert_close!(x.sum().item(), x.array().mapv(f64::from).sum() as f32, 1e-5);
        if shape[axis] > 0 {
            let means = kept / shape[axis] as f32;
            assert_close!(x.mean_axis(axis, Keep::Yes), means, 1e-5);
        }
    }

    #[test]
    fn extremes_stand_where_argmax_and_argmin_say(
        mut shape in prop::collection::vec(0..6_usize, 1..5), axis in 0..4_usize,
        length in 1..70_usize, seed: u64, layout in layouts(),
    ) {
        let axis = axis % shape.len();
        shape[axis] = length;
        let x = random(seed, "x", &shape, layout);
        let lanes = |f: fn(f32, f32) -> f32| {
            let lane = |lane: ndarray::ArrayView1<f32>| lane.iter().copied().reduce(f).unwrap();
            Tensor::from_array(x.array().map_axis(ndarray::Axis(axis), lane))
        };
        let max = x.max_axis(axis, Keep::No);
        prop_assert_eq!(exactly(&max), exactly(&lanes(f32::max)));
        prop_assert_eq!(exactly(&x.min_axis(axis, Keep::No)), exactly(&lanes(f32::min)));
        let at = |places: Vec<usize>| -> Vec<f32> {
            let array = x.array();
            let lanes = array.lanes(ndarray::Axis(axis)).into_iter();
            lanes.zip(places).map(|(lane, place)| lane[place]).collect()
        };
        prop_assert_eq!(at(x.argmax(axis)), max.to_vec());
        prop_assert_eq!(at(x.argmin(axis)), x.min_axis(axis, Keep::No).to_vec());
    }

    #[test]
    fn the_product_equals_the_naive_one_in_f64(
        [m, n] in [0..40_usize, 0..40], k in 0..300_usize,
        seed: u64, layout in [layouts(), layouts()],
    ) {
        let a = random(seed, "a", &[m, k], layout[0]);
        let b = random(seed, "b", &[k, n], layout[1]);
        let (x, y) = (a.array(), b.array());
        let naive = by_loops(&[m, n], |place| {
            let term = |k| f64::from(x[[place[0], k]]) * f64::from(y[[k, place[1]]]);
            (0..k).map(term).sum::<f64>() as f32
        });
        // Each of k additions rounds by some 6e-8 of what has been added up so far.
        let near = 1e-5 + 2e-7 * k as f32;
        assert_close!(a.matmul(&b), naive, near);
        if m > 0 && n > 0 {
            let (row, column) = (a.select(0, &[0]).reshape(&[k]), b.slice(1, ..1).squeeze(1));
            assert_close!(row.matmul(&b), naive.slice(0, ..1).squeeze(0), near);
            assert_close!(a.matmul(&column), naive.slice(1, ..1).squeeze(1), near);
            assert_close!(row.matmul(&column).item(), naive.array()[[0, 0]], near);
        }
    }

    #[test]
    fn parts_equal_explicit_loops(
        shape in prop::collection::vec(0..5_usize, 1..5), axis in 0..4_usize,
        seed: u64, layout in layouts(),
    ) {
        let axis = axis % shape.len();
        let x = random(seed, "x", &shape, layout);
        let length = shape[axis];
        let mut rng = Rng::new(seed);
        let picked: Vec<usize> =
            if length == 0 { vec![] } else { (0..7).map(|_| rng.below(length)).collect() };
        let mut picked_shape = shape.clone();
        picked_shape[axis] = picked.len();
        let expected = by_loops(&picked_shape, |place| {
            let mut from = place.clone();
            from[axis] = picked[place[axis]];
            x.array()[from]
        });
        prop_assert_eq!(exactly(&x.select(axis, &picked)), exactly(&expected));

        let cut = length / 2;
        let halves = [x.slice(axis, ..cut), x.slice(axis, cut..)];
        prop_assert_eq!(exactly(&Tensor::concat(axis, &halves)), exactly(&x));
        let stacked = Tensor::stack(axis, &[&x, &x]);
        prop_assert_eq!(exactly(&stacked.slice(axis, 1..).squeeze(axis)), exactly(&x));
        prop_assert_eq!(exactly(&x.reshape(&[x.len()]).reshape(&shape)), exactly(&x));
    }
}
