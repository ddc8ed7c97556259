//! Average precision: how good a detector is, in the field's own number (page *How good is
//! it?*).
//!
//! The rules are those of the COCO evaluation, to the last tie: `tests/lesson/precision.rs`
//! holds them against pycocotools.
//!
//! Source: T.-Y. Lin et al., "Microsoft COCO: common objects in context", ECCV (2014), and
//! `pycocotools/cocoeval.py`, version 2.0.11.

mod case;
mod ranking;

pub use ranking::{RECALLS, Ranking, recall_levels};

use crate::boxes::{Detection, Object};
use case::Case;

/// Detections of one class in one picture that are judged: those with the highest scores.
pub const MOST: usize = 100;

/// Least and largest area of things, in square pixels, both included.
pub type Areas = [f64; 2];

/// Things of any size.
pub const ALL: Areas = [0.0, 1e10];
/// COCO's small things: up to 32 × 32 pixels.
pub const SMALL: Areas = [0.0, 1024.0];
/// COCO's medium things: from 32 × 32 to 96 × 96 pixels.
pub const MEDIUM: Areas = [1024.0, 9216.0];
/// COCO's large things: from 96 × 96 pixels.
pub const LARGE: Areas = [9216.0, 1e10];

/// The ten IoUs over which mAP@\[.5:.95\] is the mean: 0.5, 0.55, … 0.95.
///
/// Computed as NumPy's `linspace` does it: an IoU may equal a limit, and then the last bit
/// decides.
pub fn iou_limits() -> [f64; 10] {
    let step = (0.95 - 0.5) / 9.0;
    std::array::from_fn(|n| if n < 9 { 0.5 + n as f64 * step } else { 0.95 })
}

/// Something in a picture, and whether it is one thing or a crowd.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truth {
    /// What and where.
    pub object: Object,
    /// The box holds a crowd that nobody has marked one by one. Detections inside count
    /// neither for nor against.
    pub crowd: bool,
}

impl From<Object> for Truth {
    fn from(object: Object) -> Truth {
        Truth {
            object,
            crowd: false,
        }
    }
}

/// The truth of pictures beside what a detector says of them.
///
/// ```
/// use ch07_yolo::boxes::{BBox, Detection, Object};
/// use ch07_yolo::precision::Evaluation;
///
/// let bbox = BBox::new(0.0, 0.0, 10.0, 10.0);
/// let found = Detection { bbox: bbox.moved([2.0, 0.0]), class: 0, score: 0.9 };
/// let mut evaluation = Evaluation::new(1);
/// evaluation.add(&[Object { bbox, class: 0 }], &[found]);
/// // The IoU is 80/120: right at 0.5 to 0.65, four of the ten limits.
/// assert_eq!(evaluation.map50(), Some(1.0));
/// assert!((evaluation.map().expect("there is truth") - 0.4).abs() < 1e-12);
/// ```
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// By class, what there is in each picture.
    classes: Vec<Vec<Case>>,
}

impl Evaluation {
    /// No pictures yet, of so many classes.
    pub fn new(classes: usize) -> Evaluation {
        Evaluation {
            classes: vec![Vec::new(); classes],
        }
    }

    /// Adds a picture: what is in it, [`Object`]s or [`Truth`]s, and what was found.
    ///
    /// # Panics
    /// If a class is not below the number of classes, or a score is NaN.
    #[track_caller]
    pub fn add<T: Copy + Into<Truth>>(&mut self, truth: &[T], found: &[Detection]) {
        let truth: Vec<Truth> = truth.iter().map(|&thing| thing.into()).collect();
        let named = truth.iter().map(|thing| thing.object.class);
        let most = named.chain(found.iter().map(|d| d.class)).max();
        let count = self.classes.len();
        assert!(
            most.is_none_or(|class| class < count),
            "Evaluation::add: expected classes below {count}, got {most:?}"
        );
        let nan = found.iter().any(|detection| detection.score.is_nan());
        assert!(!nan, "Evaluation::add: a score is NaN");
        for (class, cases) in self.classes.iter_mut().enumerate() {
            let truth = truth.iter().filter(|thing| thing.object.class == class);
            let found = found.iter().filter(|found| found.class == class);
            cases.push(Case::new(truth.copied(), found.copied()));
        }
    }

    /// The detections of one class in all pictures, by score, each right or wrong at this
    /// IoU.
    pub fn ranking(&self, class: usize, iou: f64) -> Ranking {
        self.ranking_within(class, iou, ALL)
    }

    fn ranking_within(&self, class: usize, iou: f64, areas: Areas) -> Ranking {
        let cases = &self.classes[class];
        let judged = cases.iter().flat_map(|case| case.judged(iou, areas));
        let mut judged: Vec<(f32, bool)> = judged.collect();
        judged.sort_by(|a, b| b.0.total_cmp(&a.0)); // stable: ties stay in order
        let hits = judged.into_iter().map(|(_, hit)| hit).collect();
        let truths = cases.iter().map(|case| case.truths(areas)).sum();
        Ranking { hits, truths }
    }

    /// Average precision at this IoU, the mean over the classes; `None` where nothing was
    /// there to be found.
    pub fn ap(&self, iou: f64) -> Option<f64> {
        self.ap_within(iou, ALL)
    }

    /// mAP@0.5.
    pub fn map50(&self) -> Option<f64> {
        self.ap(0.5)
    }

    /// mAP@\[.5:.95\], COCO's main figure: the mean over ten IoUs.
    pub fn map(&self) -> Option<f64> {
        self.map_within(ALL)
    }

    /// mAP@\[.5:.95\] of small, medium and large things.
    pub fn by_size(&self) -> [Option<f64>; 3] {
        [SMALL, MEDIUM, LARGE].map(|areas| self.map_within(areas))
    }

    /// Average precision of one class at this IoU; `None` where it does not occur.
    pub fn ap_of(&self, class: usize, iou: f64) -> Option<f64> {
        self.ranking(class, iou).average_precision()
    }

    /// Average precision at this IoU of things of these sizes. Others, found or not, count
    /// neither for nor against.
    pub fn ap_within(&self, iou: f64, areas: Areas) -> Option<f64> {
        self.mean(&[iou], areas, Ranking::average_precision)
    }

    /// mAP@\[.5:.95\] of things of these sizes.
    pub fn map_within(&self, areas: Areas) -> Option<f64> {
        self.mean(&iou_limits(), areas, Ranking::average_precision)
    }

    /// Average recall: the share of things found, over classes and the ten IoUs, however
    /// low their scores.
    pub fn recall(&self) -> Option<f64> {
        self.mean(&iou_limits(), ALL, Ranking::recall)
    }

    /// How many things of these sizes there are to be found.
    pub fn truths(&self, areas: Areas) -> usize {
        let cases = self.classes.iter().flatten();
        cases.map(|case| case.truths(areas)).sum()
    }

    /// The mean of a figure over IoUs and over the classes that have one.
    fn mean(
        &self,
        ious: &[f64],
        areas: Areas,
        figure: impl Fn(&Ranking) -> Option<f64>,
    ) -> Option<f64> {
        let classes = 0..self.classes.len();
        let pairs = classes.flat_map(|class| ious.iter().map(move |&iou| (class, iou)));
        let figures: Vec<f64> = pairs
            .filter_map(|(class, iou)| figure(&self.ranking_within(class, iou, areas)))
            .collect();
        let count = figures.len() as f64;
        (count > 0.0).then(|| figures.iter().sum::<f64>() / count)
    }
}
