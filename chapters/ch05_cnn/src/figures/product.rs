//! Figures of the section `product`.

use plots::{Error, Figure, Panels, Role, Size};
use tensor::Tensor;
use tensor::pictures::Conv;

use super::cells::{Cells, Words, board};
use crate::loops;
use crate::unfold::unfold;

/// The colours of the four patches.
const COLOURS: [Role; 4] = [Role::Blue, Role::Vermilion, Role::Green, Role::Purple];

/// A picture of nine pixels, its four patches of 2 × 2 as rows, and a kernel as a column.
pub(crate) fn patches() -> Result<Figure, Error> {
    let numbers = vec![2.0, 0.0, 1.0, 1.0, 3.0, 0.0, 0.0, 1.0, 2.0];
    let x = Tensor::from_vec(numbers.clone(), &[1, 1, 3, 3]); // [N, C, H, W]
    let rows = unfold(&x, [2, 2], Conv::default()).to_vec(); // [4, 4]
    let (kernel, how) = ([1.0, 2.0, 0.0, -1.0], Conv::default());
    let weight = Tensor::from_vec(kernel.to_vec(), &[1, 1, 2, 2]); // [O, C, KH, KW]
    let y = loops::forward(&x, &weight, &Tensor::zeros(&[1]), how).to_vec();
    let picture = Cells::new([0.1, 1.6], [3, 3])
        .name("picture")
        .numbers(&numbers)
        .frame([0, 0], [2, 2], Role::Blue)
        .frame([1, 1], [2, 2], Role::Purple);
    let mut patches = Cells::new([6.0, 1.1], [4, 4])
        .name("patches")
        .numbers(&rows);
    let mut sums = Cells::new([13.3, 1.1], [4, 1]).name("sums").numbers(&y);
    for (row, role) in COLOURS.into_iter().enumerate() {
        patches = patches.fill_all((0..4).map(|column| [row, column]), role);
        sums = sums.fill([row, 0], role);
    }
    board(14.6, 5.2)
        .add(picture)
        .add(Words::new([4.5, 3.1], "→"))
        .add(patches)
        .add(Words::new([10.5, 3.1], "·"))
        .add(
            Cells::new([11.0, 1.1], [4, 1])
                .name("kernel")
                .numbers(&kernel),
        )
        .add(Words::new([12.65, 3.1], "="))
        .add(sums)
        .draw_sized(Size::Wide)
}

/// One pixel of ink forward, and one number of the gradient backward.
pub(crate) fn turned() -> Result<Figure, Error> {
    let kernel: Vec<f32> = (1..=9).map(|n| n as f32).collect();
    let weight = Tensor::from_vec(kernel.clone(), &[1, 1, 3, 3]); // [O, C, KH, KW]
    let how = Conv::default().padding(1);
    let mut dot = vec![0.0; 25];
    dot[12] = 1.0;
    let x = Tensor::from_vec(dot.clone(), &[1, 1, 5, 5]); // [N, C, H, W]
    let y = loops::forward(&x, &weight, &Tensor::zeros(&[1]), how); // [1, 1, 5, 5]
    let back = loops::backward(&x, &weight, how, &x).x; // [1, 1, 5, 5]
    let small = Cells::new([1.1, 2.1], [3, 3])
        .name("the kernel")
        .numbers(&kernel)
        .frame([0, 0], [3, 3], Role::Blue);
    let middle = || (1..4).flat_map(|i| (1..4).map(move |j| [i, j]));
    let grid = |numbers: &[f32], name: &str| {
        Cells::new([0.1, 1.1], [5, 5]).name(name).numbers(numbers)
    };
    let panels = [
        board(5.2, 6.2).add(small),
        board(5.2, 6.2)
            .add(grid(&dot, "one pixel of ink").fill([2, 2], Role::Vermilion)),
        board(5.2, 6.2)
            .add(grid(&y.to_vec(), "forward: turned").fill_all(middle(), Role::Blue)),
        board(5.2, 6.2).add(
            grid(&back.to_vec(), "backward: upright").fill_all(middle(), Role::Blue),
        ),
    ];
    Panels::new(panels).columns(4).size(Size::Wide).draw()
}
