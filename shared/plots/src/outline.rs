//! The outlines of a classifier's regions, from its answers on a grid.
//!
//! Each cell of the grid asks the class at its four corners. Where two corners
//! differ, the border crosses the side between them, and bisection finds
//! where. The cell is cut into one polygon a class. What two neighbouring
//! cells of one class share then cancels, and the outline is left: a smooth
//! region of a few hundred points, instead of thousands of squares.

use std::collections::HashMap;

use crate::sheet::Spot;

/// A place in grid units, in 1/1024 of a cell, so that equal places are equal.
type Knot = (i32, i32);

const CELL: i32 = 1024;

/// The cells of a grid, and the class at every place.
pub(crate) struct Grid<'f> {
    /// Cells from left to right.
    pub(crate) columns: i32,
    /// Cells from top to bottom.
    pub(crate) rows: i32,
    /// The class at a place in cells: (0, 0) is the top left corner.
    pub(crate) class: &'f dyn Fn(f64, f64) -> usize,
}

/// One class's region.
pub(crate) struct Region {
    /// The class.
    pub(crate) class: usize,
    /// Its outlines, in cells; holes run the other way round.
    pub(crate) outlines: Vec<Vec<Spot>>,
}

impl Grid<'_> {
    fn at(&self, (x, y): Knot) -> usize {
        (self.class)(
            f64::from(x) / f64::from(CELL),
            f64::from(y) / f64::from(CELL),
        )
    }

    /// The regions of all classes that appear, by class.
    pub(crate) fn regions(&self) -> Vec<Region> {
        let mut edges: HashMap<usize, Edges> = HashMap::new();
        let places = (0..=self.rows).flat_map(|y| (0..=self.columns).map(move |x| (x, y)));
        let known: Vec<usize> = places.map(|(x, y)| self.at((x * CELL, y * CELL))).collect();
        let corner = |x: i32, y: i32| known[(y * (self.columns + 1) + x) as usize];
        for row in 0..self.rows {
            for column in 0..self.columns {
                let classes = [(0, 0), (1, 0), (1, 1), (0, 1)]
                    .map(|(right, down)| corner(column + right, row + down));
                for (class, polygon) in self.cut((column * CELL, row * CELL), classes) {
                    edges.entry(class).or_default().add(&polygon);
                }
            }
        }
        let mut regions: Vec<Region> = edges
            .into_iter()
            .map(|(class, edges)| Region {
                class,
                outlines: edges.outlines(),
            })
            .collect();
        regions.sort_by_key(|region| region.class);
        regions
    }

    /// A cell as one polygon for each run of equal corners.
    fn cut(&self, (x, y): Knot, classes: [usize; 4]) -> Vec<(usize, Vec<Knot>)> {
        let corners = [(x, y), (x + CELL, y), (x + CELL, y + CELL), (x, y + CELL)];
        let Some(start) = (0..4).find(|&i| classes[i] != classes[(i + 3) % 4]) else {
            return vec![(classes[0], corners.to_vec())];
        };
        let mut runs: Vec<(usize, Vec<Knot>)> = Vec::new();
        for i in (start..start + 4).map(|i| i % 4) {
            let before = (i + 3) % 4;
            if classes[i] != classes[before] {
                let crossing = self.crossing(corners[before], corners[i]);
                if let Some((_, polygon)) = runs.last_mut() {
                    polygon.push(crossing);
                }
                runs.push((classes[i], vec![crossing]));
            }
            if let Some((_, polygon)) = runs.last_mut() {
                polygon.push(corners[i]);
            }
        }
        let first = runs[0].1[0];
        let middle = (runs.len() > 2).then(|| self.meeting((x, y)));
        if let Some((_, polygon)) = runs.last_mut() {
            polygon.push(first);
        }
        for (_, polygon) in &mut runs {
            polygon.extend(middle);
        }
        runs
    }

    /// Where three classes meet in a cell, to a sixteenth of its side; its
    /// middle if no such place is found.
    fn meeting(&self, (x, y): Knot) -> Knot {
        const PARTS: i32 = 16;
        let part = CELL / PARTS;
        let places = || (0..PARTS).flat_map(|j| (0..PARTS).map(move |i| (i, j)));
        let meet = |&(i, j): &(i32, i32)| {
            let (x, y) = (x + i * part, y + j * part);
            let mut around = [(0, 0), (part, 0), (part, part), (0, part)]
                .map(|(right, down)| self.at((x + right, y + down)));
            around.sort_unstable();
            1 + around.windows(2).filter(|p| p[0] != p[1]).count() > 2
        };
        let (i, j) = places().find(meet).unwrap_or((PARTS / 2, PARTS / 2));
        (x + i * part + part / 2, y + j * part + part / 2)
    }

    /// Where the class changes between two corners. Both cells at the side
    /// must find the same place, so the search starts from its smaller end.
    fn crossing(&self, a: Knot, b: Knot) -> Knot {
        let (mut near, mut far) = if a < b { (a, b) } else { (b, a) };
        let class = self.at(near);
        while (far.0 - near.0) + (far.1 - near.1) > 1 {
            let middle = ((near.0 + far.0) / 2, (near.1 + far.1) / 2);
            if self.at(middle) == class {
                near = middle;
            } else {
                far = middle;
            }
        }
        far
    }
}

/// Directed edges of which each is its neighbour's reverse.
#[derive(Default)]
struct Edges {
    /// How often each edge runs, by its start: an edge and its reverse cancel.
    next: HashMap<Knot, Vec<Knot>>,
    order: Vec<Knot>,
}

impl Edges {
    fn add(&mut self, polygon: &[Knot]) {
        for (i, &from) in polygon.iter().enumerate() {
            let to = polygon[(i + 1) % polygon.len()];
            if from == to {
                continue;
            }
            let back = self.next.entry(to).or_default();
            if let Some(found) = back.iter().position(|&end| end == from) {
                back.swap_remove(found);
            } else {
                self.next.entry(from).or_default().push(to);
                self.order.push(from);
            }
        }
    }

    /// Follows the edges that are left, round by round.
    fn outlines(mut self) -> Vec<Vec<Spot>> {
        let mut outlines = Vec::new();
        for start in std::mem::take(&mut self.order) {
            let mut outline = Vec::new();
            let mut here = start;
            while let Some(to) = self.next.get_mut(&here).and_then(Vec::pop) {
                outline.push(here);
                here = to;
            }
            if outline.len() > 2 {
                outlines.push(straightened(&outline));
            }
        }
        outlines
    }
}

/// Without the knots in the middle of straight stretches.
fn straightened(outline: &[Knot]) -> Vec<Spot> {
    let n = outline.len();
    let bends = |i: usize| {
        let (a, b, c) = (outline[(i + n - 1) % n], outline[i], outline[(i + 1) % n]);
        let turn = i64::from(b.0 - a.0) * i64::from(c.1 - b.1)
            - i64::from(b.1 - a.1) * i64::from(c.0 - b.0);
        turn != 0
    };
    let cells = |v: i32| f64::from(v) / f64::from(CELL);
    (0..n)
        .filter(|&i| bends(i))
        .map(|i| (cells(outline[i].0), cells(outline[i].1)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twice the signed area of an outline (shoelace formula), halved.
    fn area(outlines: &[Vec<Spot>]) -> f64 {
        let twice: f64 = outlines
            .iter()
            .flat_map(|o| (0..o.len()).map(move |i| (o[i], o[(i + 1) % o.len()])))
            .map(|(a, b)| a.0 * b.1 - b.0 * a.1)
            .sum();
        twice / 2.0
    }

    #[test]
    fn a_straight_border_needs_four_corners_a_side() {
        let class = |x: f64, _y: f64| usize::from(x > 3.25);
        let grid = Grid {
            columns: 8,
            rows: 4,
            class: &class,
        };
        let regions = grid.regions();
        assert_eq!(regions.len(), 2);
        assert_eq!(regions[0].outlines[0].len(), 4);
        assert!((area(&regions[0].outlines) - 13.0).abs() < 0.01);
    }

    #[test]
    fn areas_of_all_regions_add_up_and_a_disc_is_round() {
        let class = |x: f64, y: f64| usize::from((x - 10.0).hypot(y - 10.0) < 6.0);
        let grid = Grid {
            columns: 20,
            rows: 20,
            class: &class,
        };
        let regions = grid.regions();
        let total: f64 = regions.iter().map(|r| area(&r.outlines)).sum();
        assert!((total - 400.0).abs() < 1e-6);
        let disc = area(&regions[1].outlines);
        assert!(
            (disc - 36.0 * std::f64::consts::PI).abs() < 0.02 * disc,
            "{disc}"
        );
    }

    #[test]
    fn three_classes_leave_no_gap() {
        let class = |x: f64, y: f64| match (x > 5.3, y > 4.6) {
            (false, _) => 0,
            (true, false) => 1,
            (true, true) => 2,
        };
        let grid = Grid {
            columns: 10,
            rows: 10,
            class: &class,
        };
        let total: f64 = grid.regions().iter().map(|r| area(&r.outlines)).sum();
        assert!((total - 100.0).abs() < 1e-6);
    }
}
