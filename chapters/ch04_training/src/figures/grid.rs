//! Figures of the section `grid`.

use plots::{Bar, Bars, Error, Figure, Matrix, Role};

use crate::contest::Cell;
use crate::sections::SHAPES;

/// Every pair's distance from the mean of all, in points.
pub(crate) fn heat(cells: &[Cell]) -> Result<Figure, Error> {
    let mean = cells.iter().map(Cell::mean).sum::<f32>() / cells.len() as f32;
    let points: Vec<f32> = cells
        .iter()
        .map(|cell| 100.0 * (cell.mean() - mean))
        .collect();
    let rows: Vec<&str> = cells
        .chunks(SHAPES.len())
        .map(|row| row[0].method.name())
        .collect();
    Matrix::new(rows.len(), SHAPES.len(), &points)
        .rows("optimiser", &rows)
        .columns("schedule", &SHAPES.map(|shape| shape.name()))
        .decimals(1)
        .signed()
        .draw()
}

/// Each optimiser without a schedule and with its best, with the range of the seeds.
pub(crate) fn best(cells: &[Cell]) -> Result<Figure, Error> {
    let percents = cells.iter().flat_map(|cell| cell.range());
    let percents: Vec<f32> = percents.map(|score| 100.0 * score).collect();
    let low = percents.iter().copied().fold(100.0, f32::min).floor();
    let high = percents.iter().copied().fold(0.0, f32::max).ceil();
    let mut bars = Bars::new("accuracy", "%").decimals(1).dots(low, high);
    for row in cells.chunks(SHAPES.len()) {
        bars = bars.group(row[0].method.name());
        let falling = row[1..].iter();
        let best = falling.max_by(|a, b| a.mean().total_cmp(&b.mean()));
        for (cell, role) in [(Some(&row[0]), Role::Vermilion), (best, Role::Blue)] {
            let Some(cell) = cell else { continue };
            let [low, high] = cell.range().map(|score| 100.0 * score);
            let bar = Bar::new(cell.shape.name(), 100.0 * cell.mean());
            bars = bars.bar(bar.spread(low, high).role(role));
        }
    }
    bars.draw()
}
