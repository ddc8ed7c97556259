//! Figures of the section `shapes`.

use plots::{
    Canvas, Error, Extent, Figure, Layer, Panels, Pen, Picture, Pictures, Role, Size,
};
use tensor::Tensor;
use tensor::pictures::window::places;

use super::cells::{Cells, board};
use crate::sections::WINDOWS;

/// Pixels along a side of the pictures under the windows.
const SIDE: usize = 5;

/// Four windows on the same picture, at their first and at their second place.
pub(crate) fn windows() -> Result<Figure, Error> {
    let panels = WINDOWS.map(|(name, [kernel, stride, padding, dilation])| {
        let all = SIDE + 2 * padding;
        let under = |column: usize| {
            let at = move |n: usize| {
                let (ki, kj) = (n / kernel, n % kernel);
                [ki * dilation, column + kj * dilation]
            };
            (0..kernel * kernel).map(at)
        };
        let inside = |n: usize| (padding..SIDE + padding).contains(&n);
        let around = (0..all * all).map(|n| [n / all, n % all]);
        let around = around.filter(|[i, j]| !inside(*i) || !inside(*j));
        let reach = (kernel - 1) * dilation + 1;
        let fit = places(SIDE, kernel, stride, padding, dilation).unwrap_or(0);
        let edge = (7 - all) as f64 / 2.0;
        let mut picture = Cells::new([edge + 0.1, 7.0 - all as f64], [all, all])
            .fill_all(around, Role::Grey)
            .fill_all(under(0), Role::Blue)
            .frame([0, 0], [reach, reach], Role::Blue);
        if fit > 1 {
            picture = picture.frame([0, stride], [reach, reach], Role::Vermilion);
        }
        let mut sums = Cells::new([(7.2 - fit as f64) / 2.0, 8.0], [fit, fit])
            .fill([0, 0], Role::Blue);
        if fit > 1 {
            sums = sums.fill([0, 1], Role::Vermilion);
        }
        board(7.2, 13.1)
            .title(format!("{name}: {fit} × {fit}"))
            .add(picture)
            .add(sums)
    });
    Panels::new(panels).columns(4).size(Size::Wide).draw()
}

/// Lines that join a square to what it looks at.
struct Cone {
    from: ([f64; 2], f64),
    to: [f64; 2],
}

impl Layer for Cone {
    fn extent(&self) -> Extent {
        Extent::default()
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let ([left, top], width) = self.from;
        for side in [0.0, 1.0] {
            let below = canvas.spot(left + side * width, -top);
            let above = canvas.spot(self.to[0] + side, -self.to[1] - 1.0);
            canvas
                .sheet
                .line(&[below, above], Pen::new(Role::Blue, 1.2));
        }
    }
}

/// What one number behind three windows of 3 depends on, with stride 1 and with stride 2.
pub(crate) fn fields() -> Result<Figure, Error> {
    const ALL: usize = 15;
    let panels = [1, 2].map(|stride: usize| {
        let mut panel = board(15.2, 11.2).title(format!("stride {stride}"));
        // From the top row down: one number, what it sees, what that sees, the picture.
        let (mut first, mut seen) = (0, 1);
        let mut rows = vec![(first, seen, 1)];
        for _ in 0..3 {
            (first, seen) = (first * stride, (seen - 1) * stride + 3);
            rows.push((first, seen, 0));
        }
        for (l, &(_, seen, _)) in rows.iter().enumerate() {
            let top = 3.3 * l as f64 + 0.1;
            let left = (ALL - seen) as f64 / 2.0 + 0.1;
            let cells = Cells::new([left, top], [1, seen])
                .fill_all((0..seen).map(|n| [0, n]), Role::Blue);
            panel = panel.add(cells);
            if l > 0 {
                let above = rows[l - 1].1;
                let ends = [0, above - 1];
                for n in ends {
                    let place = (ALL - above) as f64 / 2.0 + 0.1 + n as f64;
                    let from = ([left + (n * stride) as f64, top], 3.0);
                    panel = panel.add(Cone {
                        from,
                        to: [place, top - 3.3],
                    });
                }
            }
        }
        panel
    });
    Panels::new(panels).columns(2).size(Size::Wide).draw()
}

/// A picture, and what each further pool leaves of it.
pub(crate) fn pools(pictures: &[Tensor]) -> Result<Figure, Error> {
    let picture = |x: &Tensor| {
        let [_, _, h, w] = x.dims();
        Picture::grey(w, &x.to_vec()).caption(format!("{h} × {w}"))
    };
    Pictures::new(pictures.iter().map(picture))
        .columns(5)
        .draw()
}
