//! Boxes on a picture: a frame in pixels of the picture, and words that stand on it.

use crate::canvas::Frame;
use crate::label::Label;
use crate::palette::Role;
use crate::paper::Dash;
use crate::pen::{Fill, Pen};
use crate::point::Number;
use crate::sheet::{Sheet, Spot};
use crate::text::{LINE, TEXT};

/// Thickness of a frame, in units.
const LINE_WIDTH: f64 = 1.6;
/// Thickness of the rim of background colour below it, which parts it from any photo.
const HALO_WIDTH: f64 = 3.4;
/// Space between words and the sides of their label, in units.
const AIR: f64 = 2.5;

/// A frame over a [`Picture`](crate::Picture), such as a detector's box.
///
/// ```
/// use plots::{Mark, Picture, Pictures, Role};
/// let found = Mark::new([1.0, 1.0, 7.5, 6.0], Role::Blue).words("cat 98 %");
/// let missed = Mark::new([5, 5, 8, 8], Role::Vermilion).dashed();
/// let photo = Picture::grey(8, &[0.5; 64]).marks([found, missed]);
/// assert!(Pictures::new([photo]).draw()?.svg().contains("cat 98 %"));
/// # Ok::<(), plots::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    edges: [f64; 4],
    role: Role,
    words: String,
    dash: Dash,
}

impl Mark {
    /// A solid frame, by its left, top, right and bottom edge in pixels of the picture, from
    /// its top left corner. What lies outside the picture is not drawn.
    pub fn new<N: Number>(edges: [N; 4], role: Role) -> Self {
        Mark {
            edges: edges.map(|edge| edge.number()),
            role,
            words: String::new(),
            dash: Dash::Solid,
        }
    }

    /// Words on a filled label at the frame's top left. They have the size of all text, so
    /// that the picture must be wide enough for them.
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.words = words.into();
        self
    }

    /// A dashed frame, for what was missed or for the truth beside a guess.
    pub fn dashed(mut self) -> Self {
        self.dash = Dash::Dashed;
        self
    }

    /// Where the frame lies on the sheet, for a picture of this size (columns, rows) shown
    /// in `picture`; `None` if no part of it does.
    fn frame(&self, (columns, rows): (usize, usize), picture: Frame) -> Option<Frame> {
        let x = |pixels: f64| pixels.clamp(0.0, columns as f64) * picture.width / columns as f64;
        let y = |pixels: f64| pixels.clamp(0.0, rows as f64) * picture.height / rows as f64;
        let [x0, y0, x1, y1] = self.edges;
        let frame = Frame {
            left: picture.left + x(x0),
            top: picture.top + y(y0),
            width: x(x1) - x(x0),
            height: y(y1) - y(y0),
        };
        (frame.width > 0.0 && frame.height > 0.0).then_some(frame)
    }
}

/// Draws the frames in order, then all words, so that no frame crosses a word.
pub(crate) fn draw(sheet: &Sheet, marks: &[Mark], size: (usize, usize), picture: Frame) {
    let frames = marks
        .iter()
        .filter_map(|m| Some((m, m.frame(size, picture)?)));
    let frames: Vec<(&Mark, Frame)> = frames.collect();
    for (mark, frame) in &frames {
        let corners = outline(*frame);
        sheet.line(&corners, Pen::new(Role::Bg, HALO_WIDTH));
        sheet.line(&corners, Pen::new(mark.role, LINE_WIDTH).dash(mark.dash));
    }
    let mut taken = Vec::new();
    for (mark, frame) in frames.iter().filter(|(mark, _)| !mark.words.is_empty()) {
        let area = place(Label::new(&mark.words).width(), *frame, picture, &taken);
        write(sheet, mark, area);
        taken.push(area);
    }
}

/// Once around, from the middle of the left side so that all four corners are whole.
fn outline(frame: Frame) -> [Spot; 6] {
    let (left, right) = (frame.left, frame.right());
    let middle = (left, frame.top + frame.height / 2.0);
    [
        middle,
        (left, frame.top),
        (right, frame.top),
        (right, frame.bottom()),
        (left, frame.bottom()),
        middle,
    ]
}

/// Where a label of words so wide stands: on the frame's top side, else inside below it, else
/// under the frame, else inside above its bottom; the first of these that lies on the picture
/// and off the labels before it. Moved left where the picture ends.
fn place(words: f64, frame: Frame, picture: Frame, taken: &[Frame]) -> Frame {
    let width = words + 2.0 * AIR;
    let left = frame.left.min(picture.right() - width).max(picture.left);
    let tops = [
        frame.top - LINE,
        frame.top,
        frame.bottom(),
        frame.bottom() - LINE,
    ];
    let area = |top: f64| Frame {
        left,
        top: top.min(picture.bottom() - LINE).max(picture.top),
        width,
        height: LINE,
    };
    let inside = |top: &f64| *top >= picture.top && top + LINE <= picture.bottom();
    let mut free = tops.iter().filter(|top| inside(top)).map(|&top| area(top));
    let found = free.find(|area| !taken.iter().any(|other| overlap(area, other)));
    found.unwrap_or_else(|| area(frame.top))
}

fn overlap(a: &Frame, b: &Frame) -> bool {
    a.left < b.right() && b.left < a.right() && a.top < b.bottom() && b.top < a.bottom()
}

/// The words in background colour on the role's text colour: 4.5:1 in both themes.
fn write(sheet: &Sheet, mark: &Mark, area: Frame) {
    let corners = ((area.left, area.top), (area.right(), area.bottom()));
    sheet.rect(corners.0, corners.1, Fill::new(mark.role.text()));
    let middle = (area.left + AIR, area.top + LINE / 2.0);
    sheet.text_centred(middle, &Label::new(&mark.words).size(TEXT).role(Role::Bg));
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: Frame = Frame {
        left: 10.0,
        top: 20.0,
        width: 200.0,
        height: 100.0,
    };

    fn frame(edges: [f64; 4]) -> Option<Frame> {
        Mark::new(edges, Role::Blue).frame((100, 50), PICTURE)
    }

    #[test]
    fn pixels_become_units_of_the_picture() {
        // Two units a pixel, from the picture's corner at 10, 20.
        let shown = frame([5.0, 10.0, 20.0, 30.0]).expect("it lies on the picture");
        assert_eq!((shown.left, shown.top), (20.0, 40.0));
        assert_eq!((shown.width, shown.height), (30.0, 40.0));
    }

    #[test]
    fn what_lies_outside_the_picture_is_not_drawn() {
        let shown = frame([-5.0, -5.0, 500.0, 25.0]).expect("half of it lies there");
        assert_eq!((shown.left, shown.top), (10.0, 20.0));
        assert_eq!((shown.width, shown.height), (200.0, 50.0));
        assert_eq!(frame([-9.0, 0.0, -1.0, 10.0]), None);
        assert_eq!(frame([3.0, 3.0, 3.0, 10.0]), None);
    }

    #[test]
    fn a_label_stands_on_its_frame_or_inside_and_off_the_others() {
        let low = frame([10.0, 25.0, 40.0, 40.0]).expect("on the picture");
        let on = place(30.0, low, PICTURE, &[]);
        assert_eq!(on.bottom(), low.top);
        let below = place(30.0, low, PICTURE, &[on]);
        assert_eq!(below.top, low.top);
        let high = frame([10.0, 0.0, 40.0, 40.0]).expect("on the picture");
        assert_eq!(place(30.0, high, PICTURE, &[]).top, PICTURE.top);
        let right = frame([95.0, 25.0, 100.0, 40.0]).expect("on the picture");
        assert_eq!(place(30.0, right, PICTURE, &[]).right(), PICTURE.right());
    }
}
