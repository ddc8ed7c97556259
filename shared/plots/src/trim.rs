//! Cutting lines off at a frame, and leaving out what nobody would see.

use crate::canvas::{Frame, is_finite};
use crate::sheet::Spot;

/// The pieces of a line that lie inside the frame.
pub(crate) fn clip(spots: &[Spot], frame: Frame) -> Vec<Vec<Spot>> {
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
    if !is_finite(&from) || !is_finite(&to) {
        return None;
    }
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

/// Leaves out points that nobody would see, so that ten thousand steps become
/// a few hundred: first all but four in each column of a crowded curve, then
/// what changes the line by less than a tenth of a unit.
pub(crate) fn thin_out(spots: &[Spot]) -> Vec<Spot> {
    const CROWDED: usize = 2000;
    if spots.len() > CROWDED && spots.windows(2).all(|p| p[0].0 <= p[1].0) {
        straighten(&columns(spots))
    } else {
        straighten(spots)
    }
}

/// Of the spots in each column half a unit wide: the first, the lowest, the
/// highest and the last, in their order.
fn columns(spots: &[Spot]) -> Vec<Spot> {
    let column = |spot: &Spot| (spot.0 * 2.0).floor() as i64;
    let mut kept = Vec::new();
    for run in spots.chunk_by(|a, b| column(a) == column(b)) {
        let by_height = |a: &&usize, b: &&usize| run[**a].1.total_cmp(&run[**b].1);
        let all: Vec<usize> = (0..run.len()).collect();
        let low = all.iter().min_by(by_height).copied();
        let high = all.iter().max_by(by_height).copied();
        let mut keep: Vec<usize> = [Some(0), low, high, Some(run.len() - 1)]
            .into_iter()
            .flatten()
            .collect();
        keep.sort_unstable();
        keep.dedup();
        kept.extend(keep.into_iter().map(|i| run[i]));
    }
    kept
}

/// Leaves out points that lie within a tenth of a unit of the line without
/// them (Douglas and Peucker, 1973).
fn straighten(spots: &[Spot]) -> Vec<Spot> {
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
    fn a_crowded_curve_keeps_its_peaks() {
        let noise = |i: u32| if i == 7_777 { 9.0 } else { f64::from(i % 3) };
        let crowded: Vec<Spot> = (0..20_000)
            .map(|i| (f64::from(i) / 100.0, noise(i)))
            .collect();
        let thin = thin_out(&crowded);
        assert!(thin.len() < 1_700, "{}", thin.len());
        assert!(thin.contains(&(77.77, 9.0)));
    }

    #[test]
    fn thinning_keeps_corners() {
        let straight: Vec<Spot> = (0..=100).map(|i| (f64::from(i), 0.0)).collect();
        assert_eq!(thin_out(&straight), [(0.0, 0.0), (100.0, 0.0)]);
        let corner = [(0.0, 0.0), (1.0, 0.0), (2.0, 3.0)];
        assert_eq!(thin_out(&corner), corner);
    }
}
