//! SSD's loss: classes with hard negatives, and offsets.

use nn::loss::huber;
use tensor::Tensor;

use super::matching::SsdTarget;

/// Background boxes that count for each matched box. Source: section 2.2, "Hard
/// negative mining".
const NEGATIVES: usize = 3;

/// The two parts of SSD's loss, `[]` each.
#[derive(Clone, Debug)]
pub struct SsdLoss {
    /// The cross-entropy of matched boxes and of the hardest background boxes, over
    /// matched boxes.
    pub class: Tensor,
    /// Smooth L1 of the offsets of matched boxes, over matched boxes.
    pub offset: Tensor,
}

impl SsdLoss {
    /// Both. Source: equation 1, with α = 1 as in the paper.
    pub fn total(&self) -> Tensor {
        &self.class + &self.offset
    }
}

/// SSD's loss of class logits `[B, N, K + 1]`, background first, and offsets `[B, N,
/// 4]`.
///
/// Nearly all default boxes hold nothing. If they all counted, "nothing" would be a
/// good answer for every box; so only those count that are most mistaken, three for
/// each matched box of the picture.
///
/// Without any match both parts are 0.
///
/// Source: equations 1 to 3.
///
/// # Panics
/// If the shapes do not belong together.
#[track_caller]
pub fn ssd_loss(logits: &Tensor, offsets: &Tensor, target: &SsdTarget) -> SsdLoss {
    let [b, n, classes] = logits.dims();
    assert!(
        offsets.shape() == [b, n, 4] && target.offsets.shape() == [b, n, 4],
        "ssd_loss: expected offsets [B={b}, N={n}, 4], got {:?} and targets of {:?}",
        offsets.shape(),
        target.offsets.shape()
    );
    let matched = matched(target);
    if matched.is_empty() {
        return SsdLoss {
            class: Tensor::scalar(0.0),
            offset: Tensor::scalar(0.0),
        };
    }
    let logits = logits.reshape(&[b * n, classes]); // [B·N, K + 1]
    let counted = [matched.clone(), hard_negatives(&logits, n, target)].concat();
    let wanted: Vec<usize> = counted.iter().map(|&row| target.classes[row]).collect();
    let share = counted.len() as f32 / matched.len() as f32;
    let class = logits.select(0, &counted).cross_entropy(&wanted) * share; // []
    let of_matched = |x: &Tensor| x.reshape(&[b * n, 4]).select(0, &matched); // [matched, 4]
    let offset = huber(&of_matched(offsets), &of_matched(&target.offsets), 1.0) * 4.0; // []
    SsdLoss { class, offset }
}

/// The rows of boxes that answer for an object.
fn matched(target: &SsdTarget) -> Vec<usize> {
    let rows = 0..target.classes.len();
    rows.filter(|&row| target.classes[row] > 0).collect()
}

// ANCHOR: hard_negatives
/// The rows of background boxes that the net is most mistaken about, of logits
/// `[B·N, K + 1]`: in each picture three for each matched box, if there are so many.
fn hard_negatives(logits: &Tensor, n: usize, target: &SsdTarget) -> Vec<usize> {
    let background = logits.detach().log_softmax(1).slice(1, ..1).to_vec(); // ln p, B·N
    let mut hard = Vec::new();
    for picture in 0..target.classes.len() / n {
        let rows = picture * n..(picture + 1) * n;
        let (matched, mut others): (Vec<usize>, Vec<usize>) =
            rows.partition(|&row| target.classes[row] > 0);
        others.sort_by(|&a, &b| background[a].total_cmp(&background[b]));
        others.truncate(NEGATIVES * matched.len());
        hard.extend(others);
    }
    hard
}
// ANCHOR_END: hard_negatives
