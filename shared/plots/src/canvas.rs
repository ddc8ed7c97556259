//! The inside of a panel: data coordinates over a sheet.

use crate::labels::{Space, Wanted};
use crate::palette::Role;
use crate::paper::Dash;
use crate::scale::Scale;
use crate::sheet::{Fill, Pen, Sheet, Spot};

/// A rectangle on the sheet, in units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Units from the sheet's left.
    pub left: f64,
    /// Units from the sheet's top.
    pub top: f64,
    /// Width in units.
    pub width: f64,
    /// Height in units.
    pub height: f64,
}

impl Frame {
    /// Units from the sheet's left to the frame's right side.
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    /// Units from the sheet's top to the frame's bottom.
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Whether a spot lies in it.
    pub fn holds(&self, (x, y): Spot) -> bool {
        (self.left..=self.right()).contains(&x) && (self.top..=self.bottom()).contains(&y)
    }
}

/// Where layers draw: data coordinates on the panel's axes.
pub struct Canvas<'s> {
    /// The sheet below.
    pub sheet: &'s Sheet,
    /// The horizontal axis.
    pub x: Scale,
    /// The vertical axis.
    pub y: Scale,
    /// Where the panel lies on the sheet.
    pub frame: Frame,
    pub(crate) space: Space,
    pub(crate) wanted: Vec<Wanted>,
}

impl<'s> Canvas<'s> {
    pub(crate) fn new(sheet: &'s Sheet, x: Scale, y: Scale, frame: Frame) -> Self {
        Canvas {
            sheet,
            x,
            y,
            frame,
            space: Space::new(frame),
            wanted: Vec::new(),
        }
    }

    /// Where a data point lies on the sheet.
    pub fn spot(&self, x: f64, y: f64) -> Spot {
        (
            self.frame.left + self.x.fraction(x) * self.frame.width,
            self.frame.bottom() - self.y.fraction(y) * self.frame.height,
        )
    }

    /// The data point that lies there: the inverse of [`spot`](Self::spot).
    pub fn data(&self, (x, y): Spot) -> (f64, f64) {
        (
            self.x.value((x - self.frame.left) / self.frame.width),
            self.y.value((self.frame.bottom() - y) / self.frame.height),
        )
    }

    /// A line through data points, cut off at the panel's sides. A point that
    /// is not finite leaves a gap.
    pub fn curve(&mut self, points: &[(f64, f64)], pen: Pen) {
        for run in points.split(|(x, y)| !x.is_finite() || !y.is_finite()) {
            let spots: Vec<Spot> = run.iter().map(|&(x, y)| self.spot(x, y)).collect();
            for piece in clip(&spots, self.frame) {
                let piece = thin_out(&piece);
                self.space.avoid_line(&piece);
                self.sheet.line(&piece, pen);
            }
        }
    }

    /// A filled polygon of data points; its corners are moved into the panel.
    pub fn surface(&self, corners: &[(f64, f64)], fill: Fill) {
        let spots: Vec<Spot> = corners
            .iter()
            .filter(|(x, y)| x.is_finite() && y.is_finite())
            .map(|&(x, y)| self.held(self.spot(x, y)))
            .collect();
        self.sheet.polygon(&spots, fill);
    }

    /// The nearest spot inside the panel.
    pub(crate) fn held(&self, (x, y): Spot) -> Spot {
        (
            x.clamp(self.frame.left, self.frame.right()),
            y.clamp(self.frame.top, self.frame.bottom()),
        )
    }

    /// A thin helper line of secondary colour between two data points.
    pub fn helper(&mut self, points: &[(f64, f64)]) {
        self.curve(points, Pen::new(Role::Muted, 1.0).dash(Dash::Dashed));
    }

    /// Asks for a name to be written where there is room.
    pub(crate) fn want(&mut self, wanted: Wanted) {
        self.wanted.push(wanted);
    }

    /// Writes the names asked for, once all marks are known.
    pub(crate) fn write_names(&mut self) {
        for wanted in std::mem::take(&mut self.wanted) {
            if let Some(spot) = self.space.place(&wanted) {
                self.sheet.text_centred(spot, &wanted.label);
            }
        }
    }
}

/// The pieces of a line that lie inside the frame.
fn clip(spots: &[Spot], frame: Frame) -> Vec<Vec<Spot>> {
    let mut pieces: Vec<Vec<Spot>> = Vec::new();
    for pair in spots.windows(2) {
        let Some((from, to)) = clip_segment(pair[0], pair[1], frame) else {
            continue;
        };
        match pieces.last_mut() {
            Some(piece) if piece.last() == Some(&from) => piece.push(to),
            _ => pieces.push(vec![from, to]),
        }
    }
    pieces
}

/// The part of a segment inside the frame (Liang and Barsky, 1984).
pub(crate) fn clip_segment(from: Spot, to: Spot, frame: Frame) -> Option<(Spot, Spot)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    let sides = [
        (-dx, from.0 - frame.left),
        (dx, frame.right() - from.0),
        (-dy, from.1 - frame.top),
        (dy, frame.bottom() - from.1),
    ];
    for (step, room) in sides {
        if step == 0.0 && room < 0.0 {
            return None;
        } else if step < 0.0 {
            enter = enter.max(room / step);
        } else if step > 0.0 {
            leave = leave.min(room / step);
        }
    }
    let at = |t: f64| match t {
        0.0 => from,
        1.0 => to,
        t => (from.0 + t * dx, from.1 + t * dy),
    };
    (enter <= leave).then(|| (at(enter), at(leave)))
}

/// Leaves out points that change the line by less than a tenth of a unit
/// (Douglas and Peucker, 1973): ten thousand steps become a few hundred.
fn thin_out(spots: &[Spot]) -> Vec<Spot> {
    const TOLERANCE: f64 = 0.1;
    let mut keep = vec![false; spots.len()];
    let mut open = vec![(0, spots.len() - 1)];
    keep[0] = true;
    keep[spots.len() - 1] = true;
    while let Some((first, last)) = open.pop() {
        let far = (first + 1..last)
            .map(|i| (i, distance_to_segment(spots[i], spots[first], spots[last])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((i, distance)) = far
            && distance > TOLERANCE
        {
            keep[i] = true;
            open.extend([(first, i), (i, last)]);
        }
    }
    let kept = spots.iter().zip(&keep).filter(|(_, keep)| **keep);
    kept.map(|(&spot, _)| spot).collect()
}

/// How far a spot lies from a segment, in units.
pub(crate) fn distance_to_segment(spot: Spot, from: Spot, to: Spot) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let squared = dx * dx + dy * dy;
    let t = if squared == 0.0 {
        0.0
    } else {
        (((spot.0 - from.0) * dx + (spot.1 - from.1) * dy) / squared).clamp(0.0, 1.0)
    };
    (spot.0 - from.0 - t * dx).hypot(spot.1 - from.1 - t * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame {
        left: 0.0,
        top: 0.0,
        width: 10.0,
        height: 10.0,
    };

    #[test]
    fn a_line_that_leaves_and_returns_becomes_two() {
        let pieces = clip(&[(1.0, 5.0), (5.0, 15.0), (9.0, 5.0)], FRAME);
        assert_eq!(
            pieces,
            [vec![(1.0, 5.0), (3.0, 10.0)], vec![(7.0, 10.0), (9.0, 5.0)]]
        );
    }

    #[test]
    fn thinning_keeps_corners() {
        let straight: Vec<Spot> = (0..=100).map(|i| (f64::from(i), 0.0)).collect();
        assert_eq!(thin_out(&straight), [(0.0, 0.0), (100.0, 0.0)]);
        let corner = [(0.0, 0.0), (1.0, 0.0), (2.0, 3.0)];
        assert_eq!(thin_out(&corner), corner);
    }
}
