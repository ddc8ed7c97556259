//! Boxes: where something is, what it is, and how well two boxes agree (page *When is a box
//! right?*).
//!
//! Coordinates are pixels, from the top left corner of the picture: x to the right, y down.
//! A box reaches from its left and top edge to its right and bottom edge; edges lie between
//! pixels, so a box of one pixel at the corner is 0, 0 to 1, 1.

// ANCHOR: bbox
/// A box, by its edges in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BBox {
    /// The left edge.
    pub x0: f32,
    /// The top edge.
    pub y0: f32,
    /// The right edge, not left of `x0`.
    pub x1: f32,
    /// The bottom edge, not above `y0`.
    pub y1: f32,
}
// ANCHOR_END: bbox

// ANCHOR: objects
/// Something in a picture, as a person marked it: the truth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Object {
    /// Where.
    pub bbox: BBox,
    /// What, as a place in the list of classes.
    pub class: usize,
}

/// Something that a detector says it has found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detection {
    /// Where.
    pub bbox: BBox,
    /// What, as a place in the list of classes.
    pub class: usize,
    /// How sure the detector is, 0 to 1.
    pub score: f32,
}
// ANCHOR_END: objects

impl BBox {
    /// A box by its left, top, right and bottom edges.
    pub const fn new(x0: f32, y0: f32, x1: f32, y1: f32) -> BBox {
        BBox { x0, y0, x1, y1 }
    }

    /// A box by its centre, its width and its height.
    pub fn centred([x, y]: [f32; 2], [width, height]: [f32; 2]) -> BBox {
        let [w, h] = [width / 2.0, height / 2.0];
        BBox::new(x - w, y - h, x + w, y + h)
    }

    /// A box by its left, top, right and bottom edges, in this order.
    pub const fn from_edges([x0, y0, x1, y1]: [f32; 4]) -> BBox {
        BBox { x0, y0, x1, y1 }
    }

    /// The left, top, right and bottom edges.
    pub const fn edges(self) -> [f32; 4] {
        [self.x0, self.y0, self.x1, self.y1]
    }

    /// The centre, x and y.
    pub fn centre(self) -> [f32; 2] {
        [(self.x0 + self.x1) / 2.0, (self.y0 + self.y1) / 2.0]
    }

    /// Width and height, at least 0.
    pub fn size(self) -> [f32; 2] {
        [(self.x1 - self.x0).max(0.0), (self.y1 - self.y0).max(0.0)]
    }

    /// Width times height.
    pub fn area(self) -> f32 {
        let [width, height] = self.size();
        width * height
    }

    /// What lies in both boxes; of area 0 if nothing does.
    #[must_use]
    pub fn intersection(self, other: BBox) -> BBox {
        BBox::new(
            self.x0.max(other.x0),
            self.y0.max(other.y0),
            self.x1.min(other.x1),
            self.y1.min(other.y1),
        )
    }

    /// The smallest box around both.
    #[must_use]
    pub fn hull(self, other: BBox) -> BBox {
        BBox::new(
            self.x0.min(other.x0),
            self.y0.min(other.y0),
            self.x1.max(other.x1),
            self.y1.max(other.y1),
        )
    }

    // ANCHOR: iou
    /// Intersection over union, 0 to 1: the area of both divided by the area of either.
    pub fn iou(self, other: BBox) -> f32 {
        let both = self.intersection(other).area();
        let either = self.area() + other.area() - both;
        if either > 0.0 { both / either } else { 0.0 }
    }
    // ANCHOR_END: iou

    /// Whether the IoU of two boxes is above a limit, 0 or more. Most pairs of boxes do not
    /// even touch, and for those nothing is multiplied or divided.
    pub fn covers(self, other: BBox, limit: f32) -> bool {
        let across = self.x0 < other.x1 && other.x0 < self.x1;
        across && self.y0 < other.y1 && other.y0 < self.y1 && self.iou(other) > limit
    }

    // ANCHOR: giou
    /// Generalised IoU, −1 to 1: IoU, less the share of the hull that belongs to neither box.
    ///
    /// Source: H. Rezatofighi et al., "Generalized intersection over union", CVPR (2019),
    /// algorithm 1.
    pub fn giou(self, other: BBox) -> f32 {
        let both = self.intersection(other).area();
        let either = self.area() + other.area() - both;
        let hull = self.hull(other).area();
        if hull > 0.0 {
            self.iou(other) - (hull - either) / hull
        } else {
            self.iou(other)
        }
    }
    // ANCHOR_END: giou

    // ANCHOR: slope
    /// How fast a measure of this box grows when its left, top, right or bottom edge
    /// moves, per pixel: central differences over a tenth of a pixel.
    pub fn slope(self, measure: impl Fn(BBox) -> f32) -> [f32; 4] {
        const STEP: f32 = 0.05; // pixels to either side
        let moved = |edge: usize, by: f32| {
            let mut edges = self.edges();
            edges[edge] += by;
            measure(BBox::from_edges(edges))
        };
        [0, 1, 2, 3].map(|edge| (moved(edge, STEP) - moved(edge, -STEP)) / (2.0 * STEP))
    }
    // ANCHOR_END: slope

    /// What of the box lies on a picture of so many columns and rows.
    #[must_use]
    pub fn clipped(self, [width, height]: [f32; 2]) -> BBox {
        self.intersection(BBox::new(0.0, 0.0, width, height))
    }

    /// Moved to the right and down.
    #[must_use]
    pub fn moved(self, [x, y]: [f32; 2]) -> BBox {
        BBox::new(self.x0 + x, self.y0 + y, self.x1 + x, self.y1 + y)
    }

    /// All edges times these factors, for x and for y: the box on a picture of another size.
    #[must_use]
    pub fn scaled(self, [x, y]: [f32; 2]) -> BBox {
        BBox::new(self.x0 * x, self.y0 * y, self.x1 * x, self.y1 * y)
    }
}
