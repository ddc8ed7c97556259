//! Which object can be seen at which pixel.

use super::drawing::Cutout;
use super::{SIDE, VISIBLE};
use crate::boxes::BBox;

/// For each pixel of a scene the object on top, and for each object how much is seen.
#[derive(Clone, Debug)]
pub(super) struct Cover {
    /// `[128, 128]`, row by row.
    top: Vec<Option<usize>>,
    objects: Vec<Seen>,
}

/// Of an object's pixels, how many there are and how many are seen.
#[derive(Clone, Copy, Debug)]
struct Seen {
    whole: usize,
    visible: usize,
}

impl Seen {
    fn share(self) -> f32 {
        self.visible as f32 / self.whole.max(1) as f32
    }
}

impl Cover {
    /// No object yet.
    pub(super) fn new() -> Cover {
        Cover {
            top: vec![None; SIDE * SIDE],
            objects: Vec::new(),
        }
    }

    // ANCHOR: place
    /// Lays an object on top, the corner of its cutout at this column and row, if enough of
    /// it and of each object below stays visible; says whether it did.
    pub(super) fn place(&mut self, cutout: &Cutout, corner: [isize; 2]) -> bool {
        let (whole, places) = opaque(cutout, corner);
        let visible = places.len();
        let mut after = self.objects.clone();
        for below in places.iter().filter_map(|&place| self.top[place]) {
            after[below].visible -= 1;
        }
        after.push(Seen { whole, visible });
        if after.iter().any(|seen| seen.share() < VISIBLE) {
            return false;
        }
        for place in places {
            self.top[place] = Some(self.objects.len());
        }
        self.objects = after;
        true
    }
    // ANCHOR_END: place

    /// Of each object's pixels, the share that can be seen.
    pub(super) fn visible(&self) -> Vec<f32> {
        self.objects.iter().map(|seen| seen.share()).collect()
    }

    // ANCHOR: boxes
    /// The box of each object: the smallest around those of its pixels that can be seen.
    pub(super) fn boxes(&self) -> Vec<BBox> {
        let mut boxes: Vec<Option<BBox>> = vec![None; self.objects.len()];
        for (place, top) in self.top.iter().enumerate() {
            let Some(object) = top else { continue };
            let [x, y] = [place % SIDE, place / SIDE].map(|n| n as f32);
            let pixel = BBox::new(x, y, x + 1.0, y + 1.0);
            let bbox = &mut boxes[*object];
            *bbox = Some(bbox.map_or(pixel, |bbox| bbox.hull(pixel)));
        }
        let seen = boxes.into_iter();
        seen.map(|bbox| bbox.expect("at least 60 % of it is seen"))
            .collect()
    }
    // ANCHOR_END: boxes
}

/// How many opaque pixels a cutout has, and the places of those that lie on the picture.
fn opaque(cutout: &Cutout, [left, top]: [isize; 2]) -> (usize, Vec<usize>) {
    let mut whole = 0;
    let mut places = Vec::with_capacity(cutout.pixels.len());
    let picture = 0..SIDE as isize;
    for row in 0..cutout.height {
        for column in 0..cutout.width {
            if !cutout.is_opaque(row, column) {
                continue;
            }
            whole += 1;
            let (x, y) = (left + column as isize, top + row as isize);
            if picture.contains(&x) && picture.contains(&y) {
                places.push(y as usize * SIDE + x as usize);
            }
        }
    }
    (whole, places)
}
