//! What surrounds a panel: title, axis names, grid, ticks, names of curves.

use crate::canvas::{Canvas, Frame};
use crate::label::{Anchor, Label};
use crate::labels::stack;
use crate::palette::Role;
use crate::panel::Panel;
use crate::pen::Pen;
use crate::scale::{Scale, Tick};
use crate::text::{LINE, TEXT, TITLE, width};

/// Space around a panel's frame, in units.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Margins {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

/// What a panel writes itself, and what its neighbours write for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sides {
    pub(crate) names: bool,
    pub(crate) x_ticks: bool,
    pub(crate) y_ticks: bool,
}

/// Space between frame and tick labels.
const TICK_GAP: f64 = 5.0;
/// Space between frame and curve names.
const NAME_GAP: f64 = 9.0;

fn x_ticks(panel: &Panel<'_>, scale: Scale, frame: Frame) -> Vec<Tick> {
    if let Some(given) = &panel.x.ticks {
        return given.clone();
    }
    scale.ticks_across(frame.width)
}

fn y_ticks(panel: &Panel<'_>, scale: Scale, frame: Frame) -> Vec<Tick> {
    if let Some(given) = &panel.y.ticks {
        return given.clone();
    }
    scale.ticks(((frame.height / 27.0) as usize).clamp(2, 6))
}

/// How much space a panel needs around its frame.
pub(crate) fn margins(
    panel: &Panel<'_>,
    x: Scale,
    y: Scale,
    frame: Frame,
    sides: Sides,
) -> Margins {
    let widest = |ticks: &[Tick]| {
        let widths = ticks.iter().map(|t| width(&t.label, TEXT));
        widths.fold(0.0, f64::max)
    };
    let (x_ticks, y_ticks) = (x_ticks(panel, x, frame), y_ticks(panel, y, frame));
    let names = panel.end_labels();
    let longest = names
        .iter()
        .map(|n| width(&n.text, TEXT))
        .fold(0.0, f64::max);
    let overhang = |tick: Option<&Tick>| match tick {
        Some(tick) if sides.x_ticks => {
            let at = x.fraction(tick.value) * frame.width;
            width(&tick.label, TEXT) / 2.0 - at.min(frame.width - at)
        }
        _ => 0.0,
    };
    let tick_space = if sides.y_ticks && !y_ticks.is_empty() {
        widest(&y_ticks) + TICK_GAP
    } else {
        0.0
    };
    let line = |wanted: bool| if wanted { LINE } else { 0.0 };
    Margins {
        left: tick_space.max(overhang(x_ticks.first())),
        right: if names.is_empty() {
            overhang(x_ticks.last()).max(1.0)
        } else {
            longest + NAME_GAP
        },
        top: line(!panel.title.is_empty()) + line(sides.names && !panel.y.name.is_empty()) + 9.0,
        bottom: line(sides.x_ticks && !x_ticks.is_empty())
            + line(sides.names && !panel.x.name.is_empty())
            + 3.0,
    }
}

/// Draws the panel: grid, layers, then everything written.
pub(crate) fn draw(panel: &Panel<'_>, canvas: &mut Canvas<'_>, sides: Sides) {
    let frame = canvas.frame;
    let (x_ticks, y_ticks) = (
        x_ticks(panel, canvas.x, frame),
        y_ticks(panel, canvas.y, frame),
    );
    draw_grid(canvas, &x_ticks, &y_ticks);
    for layer in &panel.layers {
        layer.draw(canvas);
    }
    let corners = [
        (frame.left, frame.bottom()),
        (frame.right(), frame.bottom()),
    ];
    canvas.sheet.line(&corners, Pen::new(Role::Muted, 1.0));
    canvas.write_names();
    if sides.x_ticks {
        write_x_ticks(canvas, &x_ticks);
    }
    if sides.y_ticks {
        write_y_ticks(canvas, &y_ticks);
    }
    write_titles(panel, canvas, sides);
    write_end_labels(panel, canvas);
}

fn draw_grid(canvas: &Canvas<'_>, x_ticks: &[Tick], y_ticks: &[Tick]) {
    let (frame, pen) = (canvas.frame, Pen::new(Role::Grid, 1.0));
    for tick in x_ticks {
        let x = frame.left + canvas.x.fraction(tick.value) * frame.width;
        canvas
            .sheet
            .line(&[(x, frame.top), (x, frame.bottom())], pen);
    }
    for tick in y_ticks {
        let y = frame.bottom() - canvas.y.fraction(tick.value) * frame.height;
        canvas
            .sheet
            .line(&[(frame.left, y), (frame.right(), y)], pen);
    }
}

fn write_x_ticks(canvas: &Canvas<'_>, ticks: &[Tick]) {
    let frame = canvas.frame;
    for tick in ticks {
        let x = frame.left + canvas.x.fraction(tick.value) * frame.width;
        let label = Label::new(&tick.label)
            .role(Role::Muted)
            .anchor(Anchor::Middle);
        canvas.sheet.text((x, frame.bottom() + LINE - 1.0), &label);
    }
}

fn write_y_ticks(canvas: &Canvas<'_>, ticks: &[Tick]) {
    let frame = canvas.frame;
    for tick in ticks {
        let y = frame.bottom() - canvas.y.fraction(tick.value) * frame.height;
        let label = Label::new(&tick.label)
            .role(Role::Muted)
            .anchor(Anchor::End);
        canvas
            .sheet
            .text_centred((frame.left - TICK_GAP, y), &label);
    }
}

/// Title and y name above the frame, x name below it. The y name lies level:
/// turned text is hard to read on a phone.
fn write_titles(panel: &Panel<'_>, canvas: &Canvas<'_>, sides: Sides) {
    let frame = canvas.frame;
    let mut baseline = frame.top - 10.0;
    if sides.names && !panel.y.name.is_empty() {
        let label = Label::new(&panel.y.name);
        // Over the tick labels, but never over the panel's right side.
        let left = frame.left
            - if sides.y_ticks {
                widest_tick(panel, canvas)
            } else {
                0.0
            };
        canvas.sheet.text((left, baseline), &label);
        baseline -= LINE;
    }
    if !panel.title.is_empty() {
        let title = Label::new(&panel.title).bold().size(TITLE);
        canvas.sheet.text((frame.left, baseline), &title);
    }
    if sides.names {
        let below = frame.bottom() + LINE - 1.0;
        let has_ticks = !x_ticks(panel, canvas.x, frame).is_empty();
        let label = Label::new(&panel.x.name).anchor(Anchor::Middle);
        let middle = frame.left + frame.width / 2.0;
        canvas
            .sheet
            .text((middle, below + if has_ticks { LINE } else { 0.0 }), &label);
    }
}

fn widest_tick(panel: &Panel<'_>, canvas: &Canvas<'_>) -> f64 {
    let ticks = y_ticks(panel, canvas.y, canvas.frame);
    let widths = ticks.iter().map(|t| width(&t.label, TEXT) + TICK_GAP);
    widths.fold(0.0, f64::max)
}

/// The curves' names at their right ends, moved apart where they would touch,
/// then joined to the curve by a thin line.
fn write_end_labels(panel: &Panel<'_>, canvas: &Canvas<'_>) {
    let frame = canvas.frame;
    let labels = panel.end_labels();
    let ends: Vec<_> = labels
        .iter()
        .map(|l| canvas.held(canvas.spot(l.x, l.y)))
        .collect();
    let wishes: Vec<f64> = ends.iter().map(|end| end.1).collect();
    let heights = stack(&wishes, LINE - 1.0, frame.top, frame.bottom());
    for ((label, end), height) in labels.iter().zip(&ends).zip(heights) {
        let start = frame.right() + NAME_GAP - 3.0;
        if (height - end.1).abs() > 2.0 || start - end.0 > 12.0 {
            let pen = Pen::new(label.role, 0.8);
            canvas.sheet.line(&[*end, (start, height)], pen);
        }
        let text = Label::new(&label.text).role(label.role);
        canvas
            .sheet
            .text_centred((frame.right() + NAME_GAP, height), &text);
    }
}
