//! GELU and its slope.

use plots::{Error, Figure, Line, Panel, Role};
use tensor::Tensor;

/// GELU, its slope by the engine, and ReLU, over `x`.
pub(crate) fn gelu(x: &Tensor, curves: [&Tensor; 3]) -> Result<Figure, Error> {
    let points = |y: &Tensor| -> Vec<(f32, f32)> {
        x.to_vec().into_iter().zip(y.to_vec()).collect()
    };
    let [y, slope, relu] = curves.map(points);
    Panel::new()
        .x("x", "")
        .y("", "")
        .add(Line::new(&relu).role(Role::Grey).name("ReLU").thin())
        .add(Line::new(&y).role(Role::Blue).name("GELU"))
        .add(Line::new(&slope).role(Role::Orange).name("slope of GELU"))
        .draw()
}
