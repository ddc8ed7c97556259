//! What a trained net looks at: its filters, its maps, and Grad-CAM (page *Looking inside*).
//!
//! Dimension key: B batch, A maps, H, W rows and columns, K classes.
//!
//! Source: R. R. Selvaraju and others, "Grad-CAM: visual explanations from deep networks via
//! gradient-based localization", ICCV (2017), equations 1 and 2.

use nn::layers::flatten;
use tensor::pictures::Pool;
use tensor::{Keep, Tensor, no_grad};

use crate::models::LeNet;

// ANCHOR: halves
/// LeNet cut in two behind its last window: the 16 maps, `[B, 1, 28, 28] -> [B, 16, 10, 10]`.
pub fn maps(net: &LeNet, x: &Tensor) -> Tensor {
    net.conv2
        .forward(&first_maps(net, x).max_pool2d(Pool::new(2)))
        .relu()
}

/// From the maps on: `[B, 16, 10, 10] -> [B, K]`.
pub fn scores(net: &LeNet, maps: &Tensor) -> Tensor {
    let x = flatten(&maps.max_pool2d(Pool::new(2))); // [B, 400]
    let x = net.dense1.forward(&x).relu(); // [B, 120]
    net.dense3.forward(&net.dense2.forward(&x).relu()) // [B, K]
}
// ANCHOR_END: halves

/// The maps behind the first window, `[B, C, H, W] -> [B, 6, H, W]`.
pub fn first_maps(net: &LeNet, x: &Tensor) -> Tensor {
    net.conv1.forward(x).relu()
}

// ANCHOR: grad_cam
/// Where the maps, `[B, A, H, W]`, speak for one class of each example, `[B, H, W]`.
/// `head` makes scores of maps.
pub fn grad_cam(
    maps: &Tensor,
    classes: &[usize],
    head: impl Fn(&Tensor) -> Tensor,
) -> Tensor {
    let maps = maps.detach().require_grad();
    let score = head(&maps).gather(1, classes).sum(); // one of K for each example
    let slopes = &score.backward()[&maps]; // [B, A, H, W]: ∂y/∂A
    let weights = slopes.mean_axis(3, Keep::Yes).mean_axis(2, Keep::Yes); // [B, A, 1, 1]: α
    let sum = (weights * maps.detach()).sum_axis(1, Keep::No); // [B, H, W]: Σ α A
    sum.relu()
}
// ANCHOR_END: grad_cam

/// Grad-CAM of a LeNet in the size of its pictures, `[B, 1, 28, 28] -> [B, 28, 28]`.
pub fn looked_at(net: &LeNet, x: &Tensor, classes: &[usize]) -> Tensor {
    let [b, _, h, w] = x.dims();
    let maps = no_grad(|| maps(net, x)); // [B, 16, 10, 10]
    let map = grad_cam(&maps, classes, |maps| scores(net, maps)); // [B, 10, 10]
    let [_, rows, columns] = map.dims();
    let map = map.reshape(&[b, 1, rows, columns]);
    place(&map, [h, w]).reshape(&[b, h, w])
}

/// Puts a map of LeNet's second window back where it was seen. A number of it saw the
/// pixels 2i + 5.5 ± 7.5 or so: its middle is two pixels of the first pool farther in, so the
/// 10 × 10 numbers stand for the inner 20 × 20 pixels.
fn place(map: &Tensor, [h, w]: [usize; 2]) -> Tensor {
    let [b, _, rows, columns] = map.dims();
    let inner = map.resize_bilinear([2 * rows, 2 * columns]); // [B, 1, 20, 20]
    let (top, left) = ((h - 2 * rows) / 2, (w - 2 * columns) / 2);
    let across = Tensor::zeros(&[b, 1, 2 * rows, left]);
    let wide = Tensor::concat(3, &[across.clone(), inner, across]);
    let above = Tensor::zeros(&[b, 1, top, w]);
    Tensor::concat(2, &[above.clone(), wide, above]) // [B, 1, H, W]
}

/// The share of a map's heat inside a box: rows and columns, each from and up to.
pub fn share_inside(map: &Tensor, rows: [usize; 2], columns: [usize; 2]) -> f32 {
    let inside = map
        .slice(0, rows[0]..rows[1])
        .slice(1, columns[0]..columns[1]);
    let all = map.sum().item();
    match all > 0.0 {
        true => inside.sum().item() / all,
        false => 0.0,
    }
}

/// The pictures, `[N, 1, H, W]`, without so many pixels of ink: those where the map,
/// `[N, H, W]`, is largest.
pub fn erased(x: &Tensor, map: &Tensor, count: usize) -> Tensor {
    let [_, _, h, w] = x.dims();
    let (mut pixels, map) = (x.to_vec(), map.to_vec());
    for (picture, map) in pixels.chunks_mut(h * w).zip(map.chunks(h * w)) {
        let mut places: Vec<usize> =
            (0..h * w).filter(|&at| picture[at] > 0.0).collect();
        places.sort_by(|&a, &b| map[b].total_cmp(&map[a]));
        for &at in places.iter().take(count) {
            picture[at] = 0.0;
        }
    }
    Tensor::from_vec(pixels, x.shape())
}
