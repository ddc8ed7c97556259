//! What layers accept as numbers and as points.

/// A number of any of the usual types; figures compute in `f64`.
pub trait Number: Copy {
    /// The same number as `f64`.
    fn number(self) -> f64;
}

macro_rules! number {
    ($($kind:ty),*) => {
        $(impl Number for $kind {
            fn number(self) -> f64 {
                self as f64
            }
        })*
    };
}

number!(f32, f64, u8, u16, u32, u64, usize, i32, i64);

/// A point of the plane: a pair, or an array of two.
pub trait Point {
    /// Its coordinates.
    fn xy(&self) -> (f64, f64);
}

impl<X: Number, Y: Number> Point for (X, Y) {
    fn xy(&self) -> (f64, f64) {
        (self.0.number(), self.1.number())
    }
}

impl<N: Number> Point for [N; 2] {
    fn xy(&self) -> (f64, f64) {
        (self[0].number(), self[1].number())
    }
}

/// The coordinates of all points.
pub(crate) fn coordinates(points: &[impl Point]) -> Vec<(f64, f64)> {
    points.iter().map(Point::xy).collect()
}

/// The range of data that a layer shows, from which axes take theirs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Extent {
    /// Smallest and largest x, if there is any.
    pub x: Option<(f64, f64)>,
    /// Smallest and largest y, if there is any.
    pub y: Option<(f64, f64)>,
    /// Smallest x above 0, where a logarithmic axis begins.
    pub least_x: Option<f64>,
    /// Smallest y above 0, where a logarithmic axis begins.
    pub least_y: Option<f64>,
    /// The panel's sides stand exactly at the x range (curves), not a little
    /// outside it (points).
    pub tight_x: bool,
    /// The panel's bottom stands exactly at the smallest y (bars stand on it).
    pub floor: bool,
}

impl Extent {
    /// The range of these points; what is not finite is left out.
    pub fn of(points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let mut extent = Extent::default();
        for (x, y) in points {
            if x.is_finite() && y.is_finite() {
                extent.x = join(extent.x, Some((x, x)));
                extent.y = join(extent.y, Some((y, y)));
                extent.least_x = least(extent.least_x, Some(x).filter(|x| *x > 0.0));
                extent.least_y = least(extent.least_y, Some(y).filter(|y| *y > 0.0));
            }
        }
        extent
    }

    /// The range that holds both.
    pub fn and(self, other: Extent) -> Extent {
        Extent {
            x: join(self.x, other.x),
            y: join(self.y, other.y),
            least_x: least(self.least_x, other.least_x),
            least_y: least(self.least_y, other.least_y),
            tight_x: self.tight_x || other.tight_x,
            floor: self.floor || other.floor,
        }
    }
}

fn join(a: Option<(f64, f64)>, b: Option<(f64, f64)>) -> Option<(f64, f64)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}

fn least(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
