//! Products for each place in the leading axes.

use tensor::{Rng, Tensor, assert_close, shape::broadcast};

use crate::counting::{alone, peak_of};

fn normal(name: &str, shape: &[usize]) -> Tensor {
    Rng::new(1).fork(name).normal_tensor(shape, 0.0, 1.0)
}

/// The product as a loop over plain matrices.
fn by_loop(a: &Tensor, b: &Tensor) -> Tensor {
    let ends = |x: &Tensor| x.shape()[x.rank() - 2..].to_vec();
    let ([m, k], [_, n]) = (ends(a)[..2].try_into().unwrap(), ends(b)[..2].try_into().unwrap());
    let leading = |x: &Tensor| x.shape()[..x.rank() - 2].to_vec();
    let all = broadcast(&leading(a), &leading(b)).unwrap();
    let count: usize = all.iter().product();
    let flat = |x: &Tensor, rows: usize, columns: usize| {
        x.broadcast_to(&[&all, &[rows, columns][..]].concat()).reshape(&[count, rows, columns])
    };
    let (a, b) = (flat(a, m, k), flat(b, k, n));
    let one = |i: usize| a.slice(0, i..=i).squeeze(0).matmul(&b.slice(0, i..=i).squeeze(0));
    let products: Vec<Tensor> = (0..count).map(one).collect();
    let stacked = match count {
        0 => Tensor::zeros(&[0, m, n]),
        _ => Tensor::stack(0, &products),
    };
    stacked.reshape(&[&all, &[m, n][..]].concat())
}

#[test]
fn a_batch_of_products_is_a_loop_of_products() {
    let _alone = alone();
    for (a, b) in [
        (&[5, 3, 4][..], &[5, 4, 2][..]),
        (&[2, 3, 4, 5], &[2, 3, 5, 6]),
        (&[2, 1, 4, 5], &[3, 5, 6]),
        (&[1, 4, 5], &[7, 5, 6]),
        (&[4, 5], &[7, 5, 6]),
        (&[7, 4, 5], &[5, 6]),
        (&[2, 3, 4, 5], &[5, 6]),
        (&[1, 1, 1, 1], &[2, 1, 1]),
    ] {
        let (x, y) = (normal("a", a), normal("b", b));
        assert_close!(x.matmul(&y), by_loop(&x, &y), 1e-6);
    }
}

#[test]
fn axes_of_length_zero_are_axes() {
    let _alone = alone();
    for (a, b, shape) in [
        (&[0, 3, 4][..], &[0, 4, 2][..], &[0, 3, 2][..]),
        (&[0, 3, 4], &[1, 4, 2], &[0, 3, 2]),
        (&[0, 3, 4], &[4, 2], &[0, 3, 2]),
        (&[5, 0, 4], &[5, 4, 2], &[5, 0, 2]),
        (&[5, 3, 4], &[5, 4, 0], &[5, 3, 0]),
        (&[5, 3, 0], &[5, 0, 2], &[5, 3, 2]),
        (&[5, 3, 0], &[0, 2], &[5, 3, 2]),
        (&[2, 0, 3, 4], &[4], &[2, 0, 3]),
    ] {
        let (x, y) = (normal("a", a).require_grad(), normal("b", b).require_grad());
        let product = x.matmul(&y);
        assert_eq!(product.shape(), shape);
        assert!(product.to_vec().iter().all(|&x| x == 0.0), "a sum over no terms is 0");
        let gradients = product.sum().backward();
        assert_eq!((gradients[&x].shape(), gradients[&y].shape()), (a, b));
    }
}

/// Pairs of a view and the same numbers in row-major order, of shape `[4, 6, 32, 64]`.
fn views() -> Vec<(&'static str, Tensor)> {
    let x = normal("a", &[4, 6, 32, 64]);
    vec![
        ("plain", x.clone()),
        ("transposed", normal("a", &[4, 6, 64, 32]).t()),
        ("permuted", normal("a", &[4, 32, 6, 64]).permute(&[0, 2, 1, 3])),
        ("turned", normal("a", &[64, 6, 4, 32]).permute(&[2, 1, 3, 0])),
        ("sliced", normal("a", &[4, 6, 32, 80]).slice(3, 8..72)),
        ("cut", normal("a", &[4, 9, 40, 64]).slice(1, 2..8).slice(2, 4..36)),
    ]
}

/// The same numbers in row-major order.
fn plain(x: &Tensor) -> Tensor {
    Tensor::from_vec(x.to_vec(), x.shape())
}

#[test]
fn views_are_multiplied_where_they_lie() {
    let _alone = alone();
    let others = [
        ("one matrix", normal("b", &[64, 48])),
        ("one transposed", normal("b", &[48, 64]).t()),
        ("a matrix each", normal("b", &[4, 6, 64, 48])),
        ("a transposed each", normal("b", &[4, 6, 48, 64]).t()),
        ("stretched", normal("b", &[4, 1, 64, 48])),
    ];
    let result = 4 * 4 * 6 * 32 * 48; // bytes
    let first = views()[0].1.matmul(&others[2].1); // starts threads
    drop(first);
    for (lies, a) in views() {
        for (kind, b) in &others {
            let (product, peak) = peak_of(|| a.matmul(b));
            assert_close!(product, plain(&a).matmul(&plain(b)), 1e-5);
            // Room for the list of pairs and the kernel's packed blocks; a copy of the first
            // would be 196,608 bytes more.
            assert!(peak < result + 100_000, "{lies} x {kind}: {peak} bytes for {result}");
        }
    }
}

#[test]
fn batches_have_the_same_bytes_for_any_number_of_threads() {
    let _alone = alone();
    for (a, b) in [
        (&[8, 12, 64, 64][..], &[8, 12, 64, 64][..]), // many small ones
        (&[2, 300, 200], &[2, 200, 300]),             // a few large ones
        (&[64, 28, 784], &[784, 256]),                // one tall one
    ] {
        let bits = || -> Vec<u32> {
            let (x, y) = (normal("a", a).require_grad(), normal("b", b).require_grad());
            let product = x.matmul(&y);
            let gradients = product.square().sum().backward();
            let all = [product.to_vec(), gradients[&x].to_vec(), gradients[&y].to_vec()];
            all.into_iter().flatten().map(f32::to_bits).collect()
        };
        let [one, two, five] = [1, 2, 5].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(bits)
        });
        assert!(one == two && one == five, "{a:?} x {b:?}");
    }
}
