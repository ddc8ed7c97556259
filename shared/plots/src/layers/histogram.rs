//! How often which values occur.

use crate::canvas::Canvas;
use crate::label::{Anchor, Label};
use crate::labels::{Wanted, everywhere};
use crate::layers::Layer;
use crate::palette::Role;
use crate::pen::{Fill, Pen};
use crate::point::{Extent, Number};

/// Counts of values in bins of equal width.
///
/// Several in one panel (one a class) should share their bins:
/// [`Histogram::between`].
#[derive(Debug, Clone)]
pub struct Histogram {
    low: f64,
    width: f64,
    counts: Vec<usize>,
    role: Role,
    name: Option<String>,
}

impl Histogram {
    /// Bins over the values' own range. Values that are not finite are left
    /// out.
    pub fn new(values: &[impl Number], bins: usize) -> Self {
        let range = Extent::of(values.iter().map(|v| (v.number(), 0.0))).x;
        let (low, high) = range.unwrap_or((0.0, 1.0));
        Histogram::between(values, bins, low, high)
    }

    /// Bins from `low` to `high`; what lies outside is not counted.
    pub fn between(
        values: &[impl Number],
        bins: usize,
        low: impl Number,
        high: impl Number,
    ) -> Self {
        let (low, high) = (low.number(), high.number());
        let bins = bins.max(1);
        let width = if high > low { high - low } else { 1.0 } / bins as f64;
        let mut counts = vec![0; bins];
        for value in values.iter().map(|v| v.number()) {
            if value.is_finite() && value >= low && value <= high {
                // The last bin holds its right end too.
                let bin = ((value - low) / width) as usize;
                counts[bin.min(bins - 1)] += 1;
            }
        }
        Histogram {
            low,
            width,
            counts,
            role: Role::Blue,
            name: None,
        }
    }

    /// Its colour; blue if not said.
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// Its name, written near its top.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// How many values fell into each bin.
    pub fn counts(&self) -> &[usize] {
        &self.counts
    }

    fn high(&self) -> f64 {
        self.low + self.width * self.counts.len() as f64
    }

    /// The outlines over the bins, one for each run without empty bins, from
    /// the floor back to the floor.
    fn steps(&self) -> Vec<Vec<(f64, f64)>> {
        let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
        for (i, &count) in self.counts.iter().enumerate() {
            let left = self.low + self.width * i as f64;
            let right = left + self.width;
            let follows = i > 0 && self.counts[i - 1] > 0;
            match runs.last_mut() {
                _ if count == 0 => continue,
                Some(run) if follows => {
                    run.pop();
                    run.extend([(left, count as f64), (right, count as f64), (right, 0.0)]);
                }
                _ => runs.push(vec![
                    (left, 0.0),
                    (left, count as f64),
                    (right, count as f64),
                    (right, 0.0),
                ]),
            }
        }
        runs
    }
}

impl Layer for Histogram {
    fn extent(&self) -> Extent {
        let most = self.counts.iter().copied().max().unwrap_or(0).max(1);
        Extent {
            x: Some((self.low, self.high())),
            y: Some((0.0, most as f64)),
            floor: true,
            ..Extent::default()
        }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        for steps in self.steps() {
            canvas.surface(&steps, Fill::new(self.role).opacity(0.22));
            canvas.curve(&steps, Pen::new(self.role, 1.6));
        }
        let Some(name) = &self.name else { return };
        let highest = self
            .counts
            .iter()
            .enumerate()
            .max_by_key(|(i, count)| (**count, std::cmp::Reverse(*i)));
        let Some((bin, &count)) = highest else { return };
        let middle = self.low + self.width * (bin as f64 + 0.5);
        let (x, y) = canvas.spot(middle, count as f64);
        canvas.want(Wanted {
            label: Label::new(name)
                .role(self.role)
                .anchor(Anchor::Middle)
                .bold()
                .halo(),
            spots: everywhere(canvas.frame, (x, y - 12.0)),
            class: None,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bin_holds_its_right_end() {
        let histogram = Histogram::between(&[0.0, 0.4, 0.5, 1.0, 2.0], 2, 0.0, 1.0);
        assert_eq!(histogram.counts(), [2, 2]);
    }

    #[test]
    fn equal_values_fall_into_one_bin() {
        assert_eq!(Histogram::new(&[3.0, 3.0], 4).counts(), [2, 0, 0, 0]);
    }
}
