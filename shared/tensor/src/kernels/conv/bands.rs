//! Rows of results that are computed together: what they read is laid out at once, and fits the
//! second nearest memory.

use std::sync::Arc;

use super::plan::Plan;
use super::planes::Room;
use super::route::Route;

/// A band, ready to be walked.
pub(super) struct Ready<P> {
    /// Rows that it reads.
    pub(super) height: usize,
    /// A plan for each route.
    pub(super) plans: Vec<P>,
}

/// The `target` results of a channel in bands of `size`, whole rows: for each the first row that
/// it reads, and how it goes about it in so many `inputs`. Bands that are alike share the rest.
pub(super) fn of<P: Plan<L>, const L: usize>(
    routes: &[Route],
    room: &Room,
    inputs: usize,
    target: usize,
    size: usize,
) -> Vec<(usize, Arc<Ready<P>>)> {
    let mut made: Vec<(Band, Arc<Ready<P>>)> = Vec::new();
    let mut bands = Vec::new();
    for start in (0..target).step_by(size) {
        let band = Band::of(routes, room, [start, (start + size).min(target)]);
        let alike = made.iter().find(|(other, _)| other.is_like(&band));
        if let Some((_, ready)) = alike {
            bands.push((band.first, Arc::clone(ready)));
            continue;
        }
        let plane = room.plane(band.height);
        let plan = |route: &Route| P::new(route, route.offsets(inputs, plane));
        let plans = band.routes.iter().map(plan).collect();
        let ready = Arc::new(Ready { height: band.height, plans });
        bands.push((band.first, Arc::clone(&ready)));
        made.push((band, ready));
    }
    bands
}

/// Some rows of results.
struct Band {
    /// The first row that they read, of a channel with its room.
    first: usize,
    /// How many rows they read.
    height: usize,
    /// The routes to them, from the first result and the first row of the band.
    routes: Vec<Route>,
}

impl Band {
    /// The band of the results from `start` to before `end` in their channel.
    fn of(routes: &[Route], room: &Room, [start, end]: [usize; 2]) -> Band {
        let inside = routes.iter().map(|route| {
            let rows = route.rows.iter().filter(|row| (start..end).contains(&row.0));
            let rows = rows.map(|&(to, from)| (to - start, from)).collect();
            Route { rows, ..route.clone() }
        });
        let mut routes: Vec<Route> = inside.collect();
        let bases = routes.iter().flat_map(|route| &route.rows).map(|row| row.1);
        let first = bases.min().unwrap_or(0) / room.width();
        let last = routes.iter().filter_map(Route::last).max().unwrap_or(0) / room.width();
        for row in routes.iter_mut().flat_map(|route| &mut route.rows) {
            row.1 -= first * room.width();
        }
        Band { first, height: last + 1 - first, routes }
    }

    /// Whether one is the other, moved down.
    fn is_like(&self, other: &Band) -> bool {
        self.height == other.height && self.routes == other.routes
    }
}
