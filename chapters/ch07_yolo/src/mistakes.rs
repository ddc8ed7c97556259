//! Mistakes by their kind, and precision by size (page *What goes wrong*).
//!
//! Source: D. Hoiem, Y. Chodpathumwan, Q. Dai, "Diagnosing error in object detectors", ECCV
//! (2012); the kinds and what each costs: D. Bolya et al., "TIDE: a general toolbox for
//! identifying object detection errors", ECCV (2020), sections 2.2 and 2.3.

use crate::boxes::{Detection, Object};
use crate::precision::Evaluation;
use crate::suppress::by_score;

/// From this IoU on, a detection lies on a thing.
pub const ON: f32 = 0.5;
/// Below this IoU, a detection has nothing to do with a thing.
pub const NEAR: f32 = 0.1;

/// What is wrong. Where two would fit a detection, it is the first of this list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It lies on a thing of its class, but a better detection does too.
    Duplicate,
    /// It lies on a thing of another class.
    Classification,
    /// It lies near a thing of its class, not on it.
    Localisation,
    /// It lies near a thing of another class.
    Both,
    /// It lies near nothing.
    Background,
    /// A thing that nothing lies on, and that no mistake of class or place was meant for.
    Missed,
}

/// All kinds, in their order.
pub const KINDS: [Kind; 6] = [
    Kind::Duplicate,
    Kind::Classification,
    Kind::Localisation,
    Kind::Both,
    Kind::Background,
    Kind::Missed,
];

impl Kind {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Duplicate => "duplicate",
            Kind::Classification => "wrong class",
            Kind::Localisation => "wrong place",
            Kind::Both => "both wrong",
            Kind::Background => "background",
            Kind::Missed => "missed",
        }
    }
}

/// A picture's truth and what was found in it, the highest score first.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What is there.
    pub objects: Vec<Object>,
    /// What was found, with scores from the threshold on.
    pub found: Vec<Detection>,
    /// For each of those, the thing it rightly found.
    pub right: Vec<Option<usize>>,
    /// What is wrong.
    pub mistakes: Vec<Mistake>,
}

/// A mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What kind of mistake.
    pub kind: Kind,
    /// Which of the detections it is; none where a thing was missed.
    pub found: Option<usize>,
    /// Which thing it lies on or near, or which was missed.
    pub object: Option<usize>,
}

impl Judged {
    /// Judges the detections with a score of at least `threshold`.
    pub fn new(objects: &[Object], found: &[Detection], threshold: f32) -> Judged {
        let above = found.iter().filter(|found| found.score >= threshold);
        let mut found: Vec<Detection> = above.copied().collect();
        found.sort_by(by_score);
        let right = right(objects, &found);
        let wrong = (0..found.len()).filter(|&n| right[n].is_none());
        let mut mistakes: Vec<Mistake> =
            wrong.map(|n| mistake(objects, &found, n)).collect();
        let meant = |kind| matches!(kind, Kind::Classification | Kind::Localisation);
        let seen = |object: usize| {
            let object = Some(object);
            let mut aimed = mistakes.iter().filter(|mistake| meant(mistake.kind));
            right.contains(&object) || aimed.any(|mistake| mistake.object == object)
        };
        let missed = (0..objects.len()).filter(|&object| !seen(object));
        let missed: Vec<Mistake> = missed
            .map(|object| Mistake {
                kind: Kind::Missed,
                found: None,
                object: Some(object),
            })
            .collect();
        mistakes.extend(missed);
        Judged {
            objects: objects.to_vec(),
            found,
            right,
            mistakes,
        }
    }

    /// Truth and detections as they would be without mistakes of one kind: the right class
    /// or place where a thing is free, once for each thing; all else is taken away.
    fn repaired(&self, kind: Kind) -> (Vec<Object>, Vec<Detection>) {
        let mut found: Vec<Option<Detection>> =
            self.found.iter().copied().map(Some).collect();
        let mut taken: Vec<usize> = self.right.iter().flatten().copied().collect();
        let mut objects: Vec<Option<Object>> =
            self.objects.iter().copied().map(Some).collect();
        for mistake in self.mistakes.iter().filter(|mistake| mistake.kind == kind) {
            match (kind, mistake.found, mistake.object) {
                (Kind::Missed, _, Some(object)) => objects[object] = None,
                (Kind::Classification | Kind::Localisation, Some(n), Some(object))
                    if !taken.contains(&object) =>
                {
                    taken.push(object);
                    let Object { bbox, class } = self.objects[object];
                    let was = self.found[n];
                    found[n] = Some(match kind {
                        Kind::Classification => Detection { class, ..was },
                        _ => Detection { bbox, ..was },
                    });
                }
                (_, Some(n), _) => found[n] = None,
                (_, None, _) => {}
            }
        }
        (
            objects.into_iter().flatten().collect(),
            found.into_iter().flatten().collect(),
        )
    }
}

/// For each detection, the thing it finds: of its class, on it, and not found by a better
/// one.
fn right(objects: &[Object], found: &[Detection]) -> Vec<Option<usize>> {
    let mut right: Vec<Option<usize>> = Vec::new();
    for detection in found {
        let iou = |n: &usize| objects[*n].bbox.iou(detection.bbox);
        let free = (0..objects.len()).filter(|&n| {
            objects[n].class == detection.class && !right.contains(&Some(n))
        });
        let on = free.filter(|n| iou(n) >= ON);
        right.push(on.max_by(|a, b| iou(a).total_cmp(&iou(b))));
    }
    right
}

/// What is wrong with a detection that found nothing.
fn mistake(objects: &[Object], found: &[Detection], n: usize) -> Mistake {
    let Detection { bbox, class, .. } = found[n];
    let best = |own: bool| {
        let things = objects.iter().enumerate();
        let things = things.filter(|(_, thing)| (thing.class == class) == own);
        let things = things.map(|(object, thing)| (thing.bbox.iou(bbox), object));
        things.max_by(|a, b| a.0.total_cmp(&b.0))
    };
    let (own, other) = (best(true), best(false));
    let from =
        |best: Option<(f32, usize)>, least| best.filter(|(iou, _)| *iou >= least);
    // ANCHOR: kinds
    let kinds = [
        (Kind::Duplicate, from(own, ON)),
        (Kind::Classification, from(other, ON)),
        (Kind::Localisation, from(own, NEAR)),
        (Kind::Both, from(other, NEAR)),
    ];
    let first = kinds
        .into_iter()
        .find_map(|(kind, best)| Some((kind, best?.1)));
    // ANCHOR_END: kinds
    Mistake {
        kind: first.map_or(Kind::Background, |(kind, _)| kind),
        found: Some(n),
        object: first.map(|(_, object)| object),
    }
}

/// The mistakes in all pictures of a set.
#[derive(Clone, Debug)]
pub struct Mistakes {
    classes: usize,
    /// By picture.
    pub pictures: Vec<Judged>,
}

impl Mistakes {
    /// Judges what was found in pictures, above a threshold of the score; with a threshold
    /// of 0, all of it, as TIDE does.
    pub fn new<'a>(
        classes: usize,
        pictures: impl IntoIterator<Item = (&'a [Object], &'a [Detection])>,
        threshold: f32,
    ) -> Mistakes {
        let pictures = pictures.into_iter();
        let judge = |(objects, found): (&[Object], &[Detection])| {
            Judged::new(objects, found, threshold)
        };
        Mistakes {
            classes,
            pictures: pictures.map(judge).collect(),
        }
    }

    /// How many detections are right.
    pub fn right(&self) -> usize {
        let right = self.pictures.iter().flat_map(|picture| &picture.right);
        right.flatten().count()
    }

    /// How many mistakes of a kind there are.
    pub fn count(&self, kind: Kind) -> usize {
        let all = self.pictures.iter().flat_map(|picture| &picture.mistakes);
        all.filter(|mistake| mistake.kind == kind).count()
    }

    /// The mistake of a kind with the highest score, and its picture; of missed things the
    /// one with the largest area.
    pub fn worst(&self, kind: Kind) -> Option<(usize, Mistake)> {
        let weight = |(n, mistake): &(usize, Mistake)| {
            let judged: &Judged = &self.pictures[*n];
            match (mistake.found, mistake.object) {
                (Some(found), _) => judged.found[found].score,
                (None, Some(object)) => judged.objects[object].bbox.area(),
                (None, None) => 0.0,
            }
        };
        let pictures = self.pictures.iter().enumerate();
        let all =
            pictures.flat_map(|(n, one)| one.mistakes.iter().map(move |m| (n, *m)));
        let of_kind = all.filter(|(_, mistake)| mistake.kind == kind);
        of_kind.max_by(|a, b| weight(a).total_cmp(&weight(b)))
    }

    /// How much mAP@0.5 of these detections would rise without mistakes of this kind:
    /// TIDE's ΔAP. The gains of all kinds do not add up to what is missing, since mending
    /// one kind makes room for others.
    pub fn gain(&self, kind: Kind) -> f64 {
        let mut before = Evaluation::new(self.classes);
        let mut after = Evaluation::new(self.classes);
        for picture in &self.pictures {
            before.add(&picture.objects, &picture.found);
            let (objects, found) = picture.repaired(kind);
            after.add(&objects, &found);
        }
        after.map50().unwrap_or_default() - before.map50().unwrap_or_default()
    }
}

/// Things of some sizes, and how well they are found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Sides of a square of the least and of the largest area, in pixels.
    pub sides: [f32; 2],
    /// How many things there are.
    pub things: usize,
    /// AP@0.5, the mean over classes; `None` if there are none.
    pub ap50: Option<f64>,
}

/// Average precision by size, between limits of one's own: `[8, 16, 32]` gives two bins.
///
/// # Panics
/// If a limit is not above the one before it.
#[track_caller]
pub fn by_side(evaluation: &Evaluation, limits: &[f32]) -> Vec<Bin> {
    let bin = |pair: &[f32]| {
        let sides = [pair[0], pair[1]];
        assert!(
            sides[0] < sides[1],
            "by_side: expected rising limits, got {limits:?}"
        );
        let areas = sides.map(|side| f64::from(side).powi(2));
        Bin {
            sides,
            things: evaluation.truths(areas),
            ap50: evaluation.ap_within(0.5, areas),
        }
    };
    limits.windows(2).map(bin).collect()
}
