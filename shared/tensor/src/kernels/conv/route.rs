//! Which numbers meet: bases and offsets.

use super::geometry::Geometry;
use super::planes::Room;

/// Number and position along an axis.
type Places = Vec<(usize, usize)>;

/// Results that add up the same taps: where each begins to read, and what each tap adds to that.
#[derive(Clone, PartialEq)]
pub(super) struct Route {
    /// For each tap its number in the kernel, `row * KW + column`, and its offset in a plane.
    pub(super) taps: Places,
    /// For each row of results where it belongs in its channel, and where it begins to read a
    /// plane.
    pub(super) rows: Places,
    /// The same for each result of a row, from the row's begin.
    pub(super) columns: Places,
}

impl Route {
    /// Where each result belongs in its channel, and where it begins to read a plane.
    pub(super) fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        let row = |&(to, from): &(usize, usize)| {
            self.columns.iter().map(move |column| (to + column.0, from + column.1))
        };
        self.rows.iter().flat_map(row)
    }

    /// The last place of a plane that is read, or that a result begins at; none without results.
    pub(super) fn last(&self) -> Option<usize> {
        let last = |places: &Places| places.iter().map(|place| place.1).max();
        Some(last(&self.rows)? + last(&self.columns)? + last(&self.taps).unwrap_or(0))
    }

    /// How many results there are.
    pub(super) fn results(&self) -> usize {
        self.rows.len() * self.columns.len()
    }

    /// The offsets of all taps in all of so many `channels`, whose planes follow one another.
    pub(super) fn offsets(&self, channels: usize, plane: usize) -> Vec<usize> {
        let taps = |c: usize| self.taps.iter().map(move |tap| c * plane + tap.1);
        (0..channels).flat_map(taps).collect()
    }

    /// The multiply-adds for one channel that is read and one that is written.
    pub(super) fn work(&self) -> usize {
        self.taps.len() * self.results()
    }
}

/// The way forward: the window at each place.
pub(super) fn forward(geometry: &Geometry) -> (Room, Vec<Route>) {
    let Geometry { picture, how, .. } = *geometry;
    let (step, padding) = (how.stride[1], how.padding);
    let room = Room { size: picture, before: padding, behind: padding, step };
    let at = |axis: usize, pixel: usize| if axis == 0 { pixel } else { room.column(pixel) };
    let along = |axis: usize, count: usize, each: usize| {
        (0..count).map(|i| (i, at(axis, i * each))).collect::<Vec<_>>()
    };
    let taps = [0, 1].map(|axis| along(axis, geometry.kernel[axis], how.dilation[axis]));
    let places = [0, 1].map(|axis| along(axis, geometry.result[axis], how.stride[axis]));
    (room, vec![join(&taps, &places, geometry.kernel[1], geometry.result[1], room.width())])
}

/// The way back: for each pixel, the places whose window covers it.
///
/// Along one axis, place i covers pixel p with tap k if `i stride + k dilation = p + padding`.
/// Pixels whose `p + padding` leaves the same remainder on division by the stride meet the same
/// taps: a route for each pair of remainders.
pub(super) fn adjoint(geometry: &Geometry) -> (Room, Vec<Route>) {
    let axes = [0, 1].map(|axis| Axis::new(geometry, axis));
    let [rows, columns] = &axes;
    let room = Room {
        size: geometry.result,
        before: [rows.before, columns.before],
        behind: [rows.behind, columns.behind],
        step: 1,
    };
    let (kernel_width, width) = (geometry.kernel[1], geometry.picture[1]);
    let mut routes = Vec::new();
    for (row_taps, row_places) in &rows.remainders {
        for (column_taps, column_places) in &columns.remainders {
            let taps = [row_taps.clone(), column_taps.clone()];
            let places = [row_places.clone(), column_places.clone()];
            routes.push(join(&taps, &places, kernel_width, width, room.width()));
        }
    }
    (room, routes)
}

/// The way back along one axis.
struct Axis {
    before: usize,
    behind: usize,
    /// For each remainder the taps, and the pixels with what they begin to read at.
    remainders: Vec<(Places, Places)>,
}

impl Axis {
    /// With `q` and `r` the quotient and the remainder of `p + padding` by the stride, tap k
    /// of pixel p is at place `q - (k dilation - r) / stride`.
    fn new(geometry: &Geometry, axis: usize) -> Axis {
        let (stride, padding) = (geometry.how.stride[axis], geometry.how.padding[axis]);
        let dilation = geometry.how.dilation[axis];
        let (kernel, length) = (geometry.kernel[axis], geometry.picture[axis]);
        // The most places that a tap lies before q.
        let far = (kernel - 1) * dilation / stride;
        let before = far.saturating_sub(padding / stride);
        let last = (length - 1 + padding) / stride;
        let behind = (last + 1).saturating_sub(geometry.result[axis]);
        let remainder = |r: usize| {
            let taps = (0..kernel).filter(|k| k * dilation % stride == r);
            let pixels = (0..length).filter(|p| (p + padding) % stride == r);
            (
                taps.map(|k| (k, far - (k * dilation - r) / stride)).collect(),
                pixels.map(|p| (p, (p + padding) / stride + before - far)).collect(),
            )
        };
        Axis { before, behind, remainders: (0..stride).map(remainder).collect() }
    }
}

/// Taps and places of both axes; rows are `row` numbers apart where results are read.
fn join(
    [row_taps, column_taps]: &[Places; 2],
    [row_places, column_places]: &[Places; 2],
    kernel_width: usize,
    target_width: usize,
    row: usize,
) -> Route {
    let along = |&(j, x): &(usize, usize)| {
        column_taps.iter().map(move |&(k, offset)| (j * kernel_width + k, x * row + offset))
    };
    Route {
        taps: row_taps.iter().flat_map(along).collect(),
        rows: row_places.iter().map(|&(i, y)| (i * target_width, y * row)).collect(),
        columns: column_places.clone(),
    }
}
