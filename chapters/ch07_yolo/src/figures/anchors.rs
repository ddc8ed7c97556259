//! Figures of the section `anchors`.

use plots::{
    Canvas, Class, Error, Extent, Figure, Label, Layer, Line, Panel, Panels, Pen, Role,
    Scatter, Size,
};

use super::boxes::{Outline, sheet};
use crate::anchors::{by_iou, nearest};
use crate::boxes::{BBox, Object};
use crate::ssd::{Map, default_boxes, match_boxes};

/// Shapes drawn, at most.
const DRAWN: usize = 700;

/// How well so many anchors fit, found by either distance.
pub(crate) struct Fit {
    pub(crate) by_iou: f32,
    pub(crate) by_pixels: f32,
}

/// Mean IoU by the number of anchors, for both distances.
pub(crate) fn elbow(fits: &[Fit]) -> Result<Figure, Error> {
    let line = |of: fn(&Fit) -> f32| {
        let points = fits.iter().enumerate().map(|(i, fit)| (i + 1, of(fit)));
        let points: Vec<(usize, f32)> = points.collect();
        Line::new(&points).dots()
    };
    Panel::new()
        .x("anchors", "")
        .y("mean IoU", "")
        .add(line(|fit| fit.by_pixels).role(Role::Grey).name("pixels"))
        .add(line(|fit| fit.by_iou).role(Role::Blue).name("1 − IoU"))
        .draw()
}

/// A shape as a rectangle from the corner of the axes: its far corner is its point.
struct Shape([f32; 2]);

impl Layer for Shape {
    fn extent(&self) -> Extent {
        Extent::default()
    }

    fn draw(&self, canvas: &mut Canvas<'_>) {
        let [w, h] = self.0.map(f64::from);
        let corners = [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h), (0.0, 0.0)];
        let corners = corners.map(|(x, y)| canvas.spot(x, y));
        canvas.sheet.line(&corners, Pen::new(Role::Ink, 2.2));
        let words = format!("{w:.0} × {h:.0}");
        let (x, y) = canvas.spot(w, h);
        let label = Label::new(&words).halo();
        canvas.sheet.text((x + 4.0, y - 4.0), &label);
    }
}

/// Widths and heights, each in the colour of the anchor nearest to it.
pub(crate) fn shapes(
    shapes: &[[f32; 2]],
    anchors: &[[f32; 2]],
) -> Result<Figure, Error> {
    let shown = &shapes[..shapes.len().min(DRAWN)];
    let classes = [Class::A, Class::B, Class::C];
    let groups = classes.into_iter().take(anchors.len()).enumerate();
    let groups = groups.map(|(i, class)| {
        let near = shown
            .iter()
            .filter(|&&shape| nearest(shape, anchors, by_iou) == i);
        let near: Vec<[f32; 2]> = near.copied().collect();
        Scatter::new(class, &near).radius(2.0)
    });
    Panel::new()
        .x("width", "px")
        .y("height", "px")
        .x_range(0.0, 64.0)
        .y_range(0.0, 64.0)
        .equal_units()
        .add_all(groups)
        .add_all(anchors.iter().map(|&anchor| Shape(anchor)))
        .draw()
}

/// Two maps of a picture of 128 pixels with four boxes a place: which of them a small
/// and a large object are matched with.
pub(crate) fn maps() -> Result<Figure, Error> {
    let side = 128.0;
    let objects = [
        Object {
            bbox: BBox::centred([26.0, 90.0], [21.0, 20.0]),
            class: 0,
        },
        Object {
            bbox: BBox::centred([82.0, 52.0], [58.0, 72.0]),
            class: 1,
        },
    ];
    let maps = [(8, 16.0, 16.0), (4, 32.0, 48.0)].map(|(size, stride, square)| Map {
        size: [size, size],
        stride,
        shapes: crate::ssd::paper_shapes(square, 1.6 * square, &[2.0]),
    });
    let all = default_boxes(&maps);
    let matched = match_boxes(&all, &objects);
    let first = default_boxes(&maps[..1]).len();
    let panels = maps
        .iter()
        .zip([0..first, first..all.len()])
        .map(|(map, rows)| {
            let cells = (0..map.size[0] * map.size[1]).map(|i| {
                let [row, column] =
                    [i / map.size[1], i % map.size[1]].map(|n| n as f32);
                let [x, y] = [column * map.stride, row * map.stride];
                let cell = BBox::new(x, y, x + map.stride, y + map.stride);
                Outline::new(cell, Role::Grid).pen(1.0)
            });
            let truth = objects
                .iter()
                .map(|object| Outline::new(object.bbox, Role::Green).filled(0.2));
            // The boxes of one place, and those that are matched.
            let place = rows.start + (map.size[1] + 1) * map.shapes.len();
            let place = (place..place + map.shapes.len())
                .map(|i| Outline::new(all[i], Role::Grey).dashed());
            let matches = rows.clone().filter(|&i| matched[i].is_some());
            let matches = matches.map(|i| Outline::new(all[i], Role::Blue));
            let [n, m] = map.size;
            sheet(BBox::new(-14.0, -14.0, side + 14.0, side + 14.0))
                .title(format!("map of {n} × {m}"))
                .add_all(cells)
                .add_all(truth)
                .add_all(place)
                .add_all(matches)
        });
    Panels::new(panels).columns(2).size(Size::Wide).draw()
}
