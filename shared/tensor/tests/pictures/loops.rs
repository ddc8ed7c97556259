//! The plain loops that define the operations, in `f64`.

use tensor::Tensor;
use tensor::pictures::{Conv, Pool};

/// At how many places a window of `reach` numbers fits.
pub(crate) fn places(length: usize, reach: usize, stride: usize, padding: usize) -> usize {
    (0..).take_while(|place| place * stride + reach <= length + 2 * padding).count()
}

/// The row (or column) under number `k` of a window at `place`, unless it is padding.
fn under(place: usize, k: usize, axis: usize, how: Conv, length: usize) -> Option<usize> {
    let i = place * how.stride[axis] + k * how.dilation[axis];
    i.checked_sub(how.padding[axis]).filter(|&i| i < length)
}

/// Where a number lies in a tensor of this shape.
fn at(shape: [usize; 4], place: [usize; 4]) -> usize {
    shape.iter().zip(place).fold(0, |sum, (length, i)| sum * length + i)
}

/// Calls `meet` for all numbers that meet in a convolution of the `large` picture to the `small`
/// one, or in the way back: with their places in the large, the small and the weight.
fn meetings([large, small, weight]: [[usize; 4]; 3], how: Conv, mut meet: impl FnMut([usize; 3])) {
    let [outputs, each, kernel_rows, kernel_columns] = weight;
    for place in ndarray::indices((small[0], outputs, small[2], small[3])) {
        let (n, o, row, column) = place;
        let first = o / (outputs / how.groups) * each;
        for (c, i, j) in ndarray::indices((each, kernel_rows, kernel_columns)) {
            let rows = under(row, i, 0, how, large[2]);
            let columns = under(column, j, 1, how, large[3]);
            if let (Some(h), Some(w)) = (rows, columns) {
                let in_large = at(large, [n, first + c, h, w]);
                meet([in_large, at(small, [n, o, row, column]), at(weight, [o, c, i, j])]);
            }
        }
    }
}

/// Numbers to add to.
struct Sums {
    shape: Vec<usize>,
    values: Vec<f64>,
}

impl Sums {
    fn of(shape: &[usize]) -> Sums {
        Sums { shape: shape.to_vec(), values: vec![0.0; shape.iter().product()] }
    }

    fn tensor(self) -> Tensor {
        let values = self.values.into_iter().map(|x| x as f32).collect();
        Tensor::from_vec(values, &self.shape)
    }
}

fn wide(tensor: &Tensor) -> Vec<f64> {
    tensor.to_vec().into_iter().map(f64::from).collect()
}

/// Which of the two pictures is the result.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Way {
    /// `conv2d`: from the large one to the small one.
    Down,
    /// `conv_transpose2d`: from the small one to the large one.
    Up,
}

/// A convolution or transposed convolution with the result's shape: the value, and the gradients
/// of x, weight and bias for the sum of the value times `g`.
pub(crate) fn conv(
    way: Way,
    [x, weight, bias]: [&Tensor; 3],
    how: Conv,
    g: &Tensor,
) -> (Tensor, [Tensor; 3]) {
    let shapes = match way {
        Way::Down => [x.dims(), g.dims(), weight.dims()],
        Way::Up => [g.dims(), x.dims(), weight.dims()],
    };
    let (a, w, b, slopes) = (wide(x), wide(weight), wide(bias), wide(g));
    let mut y = Sums::of(g.shape());
    let mut gradients = [x, weight, bias].map(|tensor| Sums::of(tensor.shape()));
    let [by_x, by_weight, by_bias] = &mut gradients;
    meetings(shapes, how, |[large, small, k]| {
        let (i, o) = if way == Way::Down { (large, small) } else { (small, large) };
        y.values[o] += a[i] * w[k];
        by_x.values[i] += slopes[o] * w[k];
        by_weight.values[k] += slopes[o] * a[i];
    });
    let [_, outputs, rows, columns]: [usize; 4] = g.dims();
    for (o, slope) in slopes.iter().enumerate() {
        let channel = o / (rows * columns) % outputs;
        y.values[o] += b[channel];
        by_bias.values[channel] += slope;
    }
    (y.tensor(), gradients.map(Sums::tensor))
}

/// The numbers of one axis under each place of a window.
pub(crate) fn windows(length: usize, how: Pool, axis: usize) -> Vec<Vec<usize>> {
    let (kernel, stride, padding) = (how.kernel[axis], how.stride[axis], how.padding[axis]);
    let conv = Conv { stride: how.stride, padding: how.padding, ..Conv::default() };
    let window = |place| (0..kernel).filter_map(|k| under(place, k, axis, conv, length)).collect();
    (0..places(length, kernel, stride, padding)).map(window).collect()
}

/// The numbers of one axis in each of `count` regions that cover it.
pub(crate) fn regions(length: usize, count: usize) -> Vec<Vec<usize>> {
    let region = |i: usize| (i * length / count..((i + 1) * length).div_ceil(count)).collect();
    (0..count).map(region).collect()
}

/// What becomes of the numbers of a window.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Pooling {
    /// The first of the largest.
    Max,
    /// The sum divided by this.
    Avg(usize),
    /// The sum divided by their count.
    Mean,
}

/// Pooling with these rows and columns in each window: the value, and the gradient of x for the
/// sum of the value times `g`.
pub(crate) fn pool(
    pooling: Pooling,
    x: &Tensor,
    [rows, columns]: [&[Vec<usize>]; 2],
    g: &Tensor,
) -> (Tensor, Tensor) {
    let shape: [usize; 4] = x.dims();
    let (values, slopes) = (wide(x), wide(g));
    let (mut y, mut by_x) = (Sums::of(g.shape()), Sums::of(x.shape()));
    let outputs = ndarray::indices((shape[0], shape[1], rows.len(), columns.len()));
    for (o, (n, c, row, column)) in outputs.into_iter().enumerate() {
        let in_row = |&i: &usize| columns[column].iter().map(move |&j| at(shape, [n, c, i, j]));
        let window: Vec<usize> = rows[row].iter().flat_map(in_row).collect();
        let count = match pooling {
            Pooling::Max => {
                let first_of_largest = |best, i| if values[i] > values[best] { i } else { best };
                let best = window.iter().copied().reduce(first_of_largest).unwrap();
                y.values[o] = values[best];
                by_x.values[best] += slopes[o];
                continue;
            }
            Pooling::Avg(count) => count,
            Pooling::Mean => window.len(),
        };
        for i in window {
            y.values[o] += values[i] / count as f64;
            by_x.values[i] += slopes[o] / count as f64;
        }
    }
    (y.tensor(), by_x.tensor())
}
