//! What surrounds a panel: title, axis names, grid, ticks, names of curves.

use crate::canvas::{Canvas, Frame};
use crate::label::{Anchor, Label};
use crate::labels::stack;
use crate::palette::Role;
use crate::panel::Panel;
use crate::paper::Dash;
use crate::pen::Pen;
use crate::scale::{Scale, Tick};
use crate::text::{LINE, TEXT, TITLE, width, wrap};

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
        return inside(given, scale);
    }
    scale.ticks_across(frame.width)
}

fn y_ticks(panel: &Panel<'_>, scale: Scale, frame: Frame) -> Vec<Tick> {
    if let Some(given) = &panel.y.ticks {
        return inside(given, scale);
    }
    scale.ticks(((frame.height / 27.0) as usize).clamp(2, 6))
}

fn inside(ticks: &[Tick], scale: Scale) -> Vec<Tick> {
    let inside = |t: &&Tick| (-1e-9..=1.0 + 1e-9).contains(&scale.fraction(t.value));
    ticks.iter().filter(inside).cloned().collect()
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
    let names = panel.end_labels(x, y);
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
    let words = Words::of(panel, frame, sides, tick_space);
    let ticks_below = usize::from(sides.x_ticks && !x_ticks.is_empty());
    Margins {
        left: tick_space.max(overhang(x_ticks.first())),
        right: if names.is_empty() {
            overhang(x_ticks.last()).max(1.0)
        } else {
            longest + NAME_GAP
        },
        top: LINE * (words.title.len() + words.y.len()) as f64 + 9.0,
        bottom: LINE * (ticks_below + words.x.len()) as f64 + 3.0,
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

/// A panel's title and axis names, in lines as wide as the panel.
struct Words {
    title: Vec<String>,
    x: Vec<String>,
    y: Vec<String>,
}

impl Words {
    /// `ticks` is the room over the tick labels, where the y name begins.
    fn of(panel: &Panel<'_>, frame: Frame, sides: Sides, ticks: f64) -> Self {
        let name = |name: &str| match sides.names {
            true => wrap(name, TEXT, frame.width + 16.0),
            false => Vec::new(),
        };
        Words {
            title: wrap(&panel.title, TITLE, (frame.width + 4.0) / Label::BOLDER),
            x: name(&panel.x.name),
            y: match sides.names {
                true => wrap(&panel.y.name, TEXT, frame.width + ticks),
                false => Vec::new(),
            },
        }
    }
}

/// Title and y name above the frame, x name below it. The y name lies level:
/// turned text is hard to read on a phone.
fn write_titles(panel: &Panel<'_>, canvas: &Canvas<'_>, sides: Sides) {
    let (sheet, frame) = (canvas.sheet, canvas.frame);
    let ticks = match sides.y_ticks {
        true => widest_tick(panel, canvas),
        false => 0.0,
    };
    let words = Words::of(panel, frame, sides, ticks);
    let mut baseline = frame.top - 10.0;
    for line in words.y.iter().rev() {
        sheet.text((frame.left - ticks, baseline), &Label::new(line));
        baseline -= LINE;
    }
    for line in words.title.iter().rev() {
        let title = Label::new(line).bold().size(TITLE);
        sheet.text((frame.left, baseline), &title);
        baseline -= LINE;
    }
    let has_ticks = sides.x_ticks && !x_ticks(panel, canvas.x, frame).is_empty();
    let mut baseline = frame.bottom() + LINE - 1.0 + if has_ticks { LINE } else { 0.0 };
    for line in &words.x {
        let label = Label::new(line).anchor(Anchor::Middle);
        sheet.text((frame.left + frame.width / 2.0, baseline), &label);
        baseline += LINE;
    }
}

fn widest_tick(panel: &Panel<'_>, canvas: &Canvas<'_>) -> f64 {
    let ticks = y_ticks(panel, canvas.y, canvas.frame);
    let widths = ticks.iter().map(|t| width(&t.label, TEXT) + TICK_GAP);
    widths.fold(0.0, f64::max)
}

/// The curves' names at their right ends, moved apart where they would touch,
/// then joined to the curve by a dotted line.
fn write_end_labels(panel: &Panel<'_>, canvas: &Canvas<'_>) {
    let frame = canvas.frame;
    let labels = panel.end_labels(canvas.x, canvas.y);
    let ends: Vec<_> = labels
        .iter()
        .map(|l| canvas.held(canvas.spot(l.x, l.y)))
        .collect();
    let wishes: Vec<f64> = ends.iter().map(|end| end.1).collect();
    let heights = stack(&wishes, LINE - 1.0, frame.top, frame.bottom());
    for ((label, end), height) in labels.iter().zip(&ends).zip(heights) {
        let start = frame.right() + NAME_GAP - 3.0;
        if (height - end.1).abs() > 2.0 || start - end.0 > 12.0 {
            let pen = Pen::new(label.role, 1.0).dash(Dash::Dotted);
            canvas.sheet.line(&[*end, (start, height)], pen);
        }
        let text = Label::new(&label.text).role(label.role);
        canvas
            .sheet
            .text_centred((frame.right() + NAME_GAP, height), &text);
    }
}
