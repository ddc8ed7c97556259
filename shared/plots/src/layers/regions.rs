//! Where a model predicts which class, and lines of equal height.

use crate::canvas::Canvas;
use crate::class::Class;
use crate::layers::Layer;
use crate::outline::{Grid, Region};
use crate::palette::Role;
use crate::pen::{Fill, Pen};
use crate::point::Extent;
use crate::sheet::Spot;

/// The panel shaded by the class that a function gives at every place.
///
/// ```
/// use plots::{Panel, Regions};
/// let figure = Panel::new()
///     .x_range(-1.0, 1.0)
///     .y_range(-1.0, 1.0)
///     .add(Regions::new(|x, y| usize::from(x * y > 0.0)))
///     .draw()
///     .unwrap();
/// assert!(figure.svg().contains("--fig-blue-tint"));
/// ```
pub struct Regions<'f> {
    class: Box<dyn Fn(f32, f32) -> usize + 'f>,
    border: bool,
}

impl<'f> Regions<'f> {
    /// Shading by this function of x and y; class 0 is A.
    pub fn new(class: impl Fn(f32, f32) -> usize + 'f) -> Self {
        Regions {
            class: Box::new(class),
            border: true,
        }
    }

    /// Without the line between the regions, where a
    /// [`Boundary`](crate::Boundary) is drawn.
    pub fn borderless(mut self) -> Self {
        self.border = false;
        self
    }
}

/// Traces the regions of a function of data coordinates, in sheet units.
fn trace(canvas: &Canvas<'_>, class: &dyn Fn(f64, f64) -> usize) -> Vec<Region> {
    // Cells of about 5 units: with the crossings bisected, curves look smooth.
    let columns = (canvas.frame.width / 5.0).ceil().clamp(8.0, 96.0);
    let rows = (canvas.frame.height / 5.0).ceil().clamp(8.0, 96.0);
    let (frame, cell) = (
        canvas.frame,
        (canvas.frame.width / columns, canvas.frame.height / rows),
    );
    let place = |(x, y): Spot| (frame.left + x * cell.0, frame.top + y * cell.1);
    let at_cell = |x: f64, y: f64| {
        let (x, y) = canvas.data(place((x, y)));
        class(x, y)
    };
    let grid = Grid {
        columns: columns as i32,
        rows: rows as i32,
        class: &at_cell,
    };
    let mut regions = grid.regions();
    for outline in regions.iter_mut().flat_map(|r| &mut r.outlines) {
        outline.iter_mut().for_each(|spot| *spot = place(*spot));
    }
    regions
}

/// Draws a region's outlines where they do not run along the panel's sides.
fn draw_borders(canvas: &Canvas<'_>, region: &Region, pen: Pen) {
    for line in inner_lines(canvas, &region.outlines) {
        canvas.sheet.line(&line, pen);
    }
}

/// The parts of outlines that do not run along the panel's sides.
fn inner_lines(canvas: &Canvas<'_>, outlines: &[Vec<Spot>]) -> Vec<Vec<Spot>> {
    let frame = canvas.frame;
    let same = |a: f64, b: f64, side: f64| (a - side).abs() < 0.01 && (b - side).abs() < 0.01;
    let on_side = |a: Spot, b: Spot| {
        same(a.0, b.0, frame.left)
            || same(a.0, b.0, frame.right())
            || same(a.1, b.1, frame.top)
            || same(a.1, b.1, frame.bottom())
    };
    let mut lines: Vec<Vec<Spot>> = Vec::new();
    for outline in outlines {
        let n = outline.len();
        // Begin at a side of the panel, so that no line is cut in two.
        let start = (0..n).find(|&i| on_side(outline[i], outline[(i + 1) % n]));
        let mut line: Vec<Spot> = Vec::new();
        for i in (0..n).map(|i| (i + start.unwrap_or(0)) % n) {
            let (from, to) = (outline[i], outline[(i + 1) % n]);
            if on_side(from, to) {
                lines.push(std::mem::take(&mut line));
            } else if line.is_empty() {
                line.extend([from, to]);
            } else {
                line.push(to);
            }
        }
        lines.push(line);
    }
    lines.retain(|line| line.len() > 1);
    lines
}

impl Layer for Regions<'_> {
    fn extent(&self) -> Extent {
        Extent::default()
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let regions = trace(canvas, &|x, y| (self.class)(x as f32, y as f32));
        // The first class covers the panel, the others lie over it: that
        // leaves no hairline of background between neighbours.
        for (i, region) in regions.iter().enumerate() {
            let fill = Fill::new(Class(region.class).role().tint());
            let frame = canvas.frame;
            match i {
                0 => canvas.sheet.rect(
                    (frame.left, frame.top),
                    (frame.right(), frame.bottom()),
                    fill,
                ),
                _ => canvas.sheet.outlines(&region.outlines, fill),
            }
        }
        if self.border {
            for region in regions.iter().skip(1) {
                draw_borders(canvas, region, Pen::new(Role::Ink, 1.4));
            }
        }
    }
}

/// The panel shaded by a probability: class A's tint where it is near 0,
/// class B's where it is near 1, in five steps; a line where it is one half.
pub struct Probability<'f> {
    probability: Box<dyn Fn(f32, f32) -> f32 + 'f>,
}

impl<'f> Probability<'f> {
    /// Shading by the probability of class B at x and y, 0 to 1.
    pub fn new(probability: impl Fn(f32, f32) -> f32 + 'f) -> Self {
        Probability {
            probability: Box::new(probability),
        }
    }
}

impl Layer for Probability<'_> {
    fn extent(&self) -> Extent {
        Extent::default()
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let at = |x: f64, y: f64| (self.probability)(x as f32, y as f32);
        let step = |x: f64, y: f64| (at(x, y) * 5.0).clamp(0.0, 4.0) as usize;
        for region in trace(canvas, &step) {
            let (role, opacity) = match region.class {
                0 => (Role::BlueTint, 1.0),
                1 => (Role::BlueTint, 0.5),
                3 => (Role::VermilionTint, 0.5),
                4 => (Role::VermilionTint, 1.0),
                _ => continue,
            };
            let fill = Fill::new(role).opacity(opacity);
            canvas.sheet.outlines(&region.outlines, fill);
        }
        for region in trace(canvas, &|x, y| usize::from(at(x, y) > 0.5)) {
            if region.class == 1 {
                draw_borders(canvas, &region, Pen::new(Role::Ink, 1.4));
            }
        }
    }
}

/// Lines along which a function of two variables has equal heights.
pub struct Contours<'f> {
    height: Box<dyn Fn(f32, f32) -> f32 + 'f>,
    levels: Vec<f32>,
    role: Role,
}

impl<'f> Contours<'f> {
    /// The lines of `height(x, y) = level` for each of the levels.
    pub fn new(height: impl Fn(f32, f32) -> f32 + 'f, levels: &[f32]) -> Self {
        let mut levels = levels.to_vec();
        levels.sort_by(f32::total_cmp);
        Contours {
            height: Box::new(height),
            levels,
            role: Role::Grey,
        }
    }

    /// Their colour; grey if not said.
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }
}

impl Layer for Contours<'_> {
    fn extent(&self) -> Extent {
        Extent::default()
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        for &level in &self.levels {
            let above = |x: f64, y: f64| usize::from((self.height)(x as f32, y as f32) > level);
            for region in trace(canvas, &above).iter().filter(|r| r.class == 1) {
                let pen = Pen::new(self.role, 1.0);
                draw_borders(
                    canvas,
                    region,
                    Pen {
                        opacity: 0.7,
                        ..pen
                    },
                );
            }
        }
    }
}
