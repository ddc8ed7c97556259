//! The same bytes on any number of threads.

use tensor::Tensor;
use tensor::pictures::{Conv, Pool};

use crate::{random, walk};

/// The bits of the value and of all gradients.
fn bits(shapes: &[&[usize]], f: impl Fn(&[Tensor]) -> Tensor) -> Vec<u32> {
    let input = |(which, shape): (usize, &&[usize])| random(which as u64, "input", shape);
    let inputs: Vec<Tensor> = shapes.iter().enumerate().map(input).collect();
    let (y, gradients) = walk(f, &inputs, |shape| random(9, "g", shape));
    let numbers = gradients.iter().chain([&y]).flat_map(Tensor::to_vec);
    numbers.map(f32::to_bits).collect()
}

/// Convolutions of several pictures, of one large one, of separate channels and of single pixels,
/// large enough for several threads.
fn convolutions() -> Vec<u32> {
    let conv = |x: &[usize], weight: &[usize], how: Conv| {
        bits(&[x, weight, &weight[..1]], |x| x[0].conv2d(&x[1], Some(&x[2]), how))
    };
    let plain = Conv::default().padding(1);
    let mut all = conv(&[6, 24, 20, 20], &[40, 24, 3, 3], plain);
    all.extend(conv(&[1, 8, 90, 90], &[12, 8, 5, 5], plain.stride(2)));
    all.extend(conv(&[3, 40, 33, 33], &[40, 1, 3, 3], plain.groups(40)));
    all.extend(conv(&[4, 40, 24, 24], &[48, 40, 1, 1], Conv::default()));
    all.extend(conv(&[4, 24, 20, 20], &[36, 8, 3, 3], plain.groups(3).dilation(2)));
    let shapes: [&[usize]; 3] = [&[4, 24, 17, 17], &[24, 20, 4, 4], &[20]];
    let up = |x: &[Tensor]| x[0].conv_transpose2d(&x[1], Some(&x[2]), plain.stride(2), [1, 0]);
    all.extend(bits(&shapes, up));
    all
}

/// The other operations, on enough numbers.
fn others() -> Vec<u32> {
    let x: &[usize] = &[4, 33, 48, 47];
    let how = Pool::new(3).stride(2).padding(1);
    [
        bits(&[x], |x| x[0].max_pool2d(how)),
        bits(&[x], |x| x[0].avg_pool2d(how)),
        bits(&[x], |x| x[0].adaptive_avg_pool2d([7, 5])),
        bits(&[x], |x| x[0].adaptive_max_pool2d([7, 5])),
        bits(&[x], |x| x[0].global_avg_pool2d()),
        bits(&[x], |x| x[0].resize_bilinear([61, 30])),
        bits(&[x, &[33], &[33]], |x| x[0].batch_norm(&x[1], &x[2], 1e-5).0),
    ]
    .concat()
}

/// Checks that the number of threads does not show.
fn same_bytes(everything: fn() -> Vec<u32>) {
    let expected = everything();
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let got = pool.install(everything);
        let differ = got.iter().zip(&expected).filter(|(a, b)| a != b).count();
        assert!(differ == 0, "{threads} threads: {differ} of {} numbers differ", expected.len());
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes_of_convolutions() {
    same_bytes(convolutions);
}

#[test]
fn any_number_of_threads_gives_the_same_bytes_of_the_others() {
    same_bytes(others);
}
