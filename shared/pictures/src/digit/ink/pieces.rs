//! Connected pieces of ink, and which of them are the digit's.

use ndarray::Array2;

/// A piece with less than this part of the largest one's pixels is a speck. Chosen by us: the
/// bar of a five that does not touch the rest has more.
const SPECK: usize = 20;
/// A digit's longer side is at least this part of the picture's. Chosen by us.
const DIGIT: usize = 20;

/// Pixels that touch each other, be it at a corner.
struct Piece {
    /// How many.
    size: usize,
    /// The first and last row.
    rows: (usize, usize),
    /// The first and last column.
    columns: (usize, usize),
}

impl Piece {
    /// Nothing yet.
    const EMPTY: Piece = Piece {
        size: 0,
        rows: (usize::MAX, 0),
        columns: (usize::MAX, 0),
    };

    fn add(&mut self, (y, x): (usize, usize)) {
        self.size += 1;
        self.rows = (self.rows.0.min(y), self.rows.1.max(y));
        self.columns = (self.columns.0.min(x), self.columns.1.max(x));
    }

    fn longer_side(&self) -> usize {
        let side = |(first, last): (usize, usize)| (last + 1).saturating_sub(first);
        side(self.rows).max(side(self.columns))
    }

    fn touches_border(&self, (h, w): (usize, usize)) -> bool {
        self.rows.0 == 0 || self.columns.0 == 0 || self.rows.1 + 1 == h || self.columns.1 + 1 == w
    }
}

/// The mask without what is not the digit: pieces at the border, such as the edge of the
/// table, if there is something of a digit's size that does not touch it; and specks.
pub(super) fn digit(mask: &Array2<bool>) -> Array2<bool> {
    let (number, pieces) = pieces(mask);
    let (h, w) = mask.dim();
    let least = super::super::SMALLEST.max(h.max(w) / DIGIT);
    let free = |piece: &Piece| !piece.touches_border((h, w));
    let is_written_in_the_middle = pieces
        .iter()
        .any(|piece| free(piece) && piece.longer_side() >= least);
    let counts = |piece: &&Piece| free(piece) || !is_written_in_the_middle;
    let largest = pieces
        .iter()
        .filter(counts)
        .map(|piece| piece.size)
        .max()
        .unwrap_or(0);
    let keep: Vec<bool> = pieces
        .iter()
        .map(|piece| counts(&piece) && SPECK * piece.size >= largest)
        .collect();
    number.mapv(|piece| piece > 0 && keep[piece as usize - 1])
}

/// Each pixel's piece, counted from 1, or 0 if it is not in the mask; and the pieces.
fn pieces(mask: &Array2<bool>) -> (Array2<u32>, Vec<Piece>) {
    let mut number = Array2::<u32>::zeros(mask.dim());
    let mut pieces = Vec::new();
    for (at, _) in mask.indexed_iter().filter(|(_, inked)| **inked) {
        if number[at] == 0 {
            let next = pieces.len() as u32 + 1;
            pieces.push(fill(mask, &mut number, at, next));
        }
    }
    (number, pieces)
}

/// Gives everything connected with `start` its number.
fn fill(mask: &Array2<bool>, number: &mut Array2<u32>, start: (usize, usize), next: u32) -> Piece {
    let (h, w) = mask.dim();
    let (mut open, mut piece) = (vec![start], Piece::EMPTY);
    number[start] = next;
    while let Some((y, x)) = open.pop() {
        piece.add((y, x));
        for row in y.saturating_sub(1)..(y + 2).min(h) {
            for column in x.saturating_sub(1)..(x + 2).min(w) {
                let at = (row, column);
                if mask[at] && number[at] == 0 {
                    number[at] = next;
                    open.push(at);
                }
            }
        }
    }
    piece
}

/// The longer side of the smallest box around everything in the mask; 0 if it is empty.
pub(super) fn longer_side(mask: &Array2<bool>) -> usize {
    let mut all = Piece::EMPTY;
    let inked = mask.indexed_iter().filter(|(_, inked)| **inked);
    inked.for_each(|(at, _)| all.add(at));
    all.longer_side()
}
