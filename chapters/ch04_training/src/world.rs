//! The same clothes, photographed by somebody else: moved, darker, mirrored.
//!
//! Dimension key: N examples, B batch, H = W = 28, D = H·W pixels.

use nn::classify::Classification;
use nn::data::Labelled;
use nn::train::Task;
use nn::{Net, Pass};
use tensor::{Rng, Tensor};

/// Pixels along a side.
pub const SIDE: usize = 28;

/// What happens to one picture on the way into the other world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Pixels to the right, to the left if negative.
    pub right: i32,
    /// Pixels down, up if negative.
    pub down: i32,
    /// What every pixel is multiplied by.
    pub light: f32,
    /// Whether left and right are exchanged, before all else.
    pub mirrored: bool,
}

impl Change {
    /// None.
    pub const NONE: Change = Change {
        right: 0,
        down: 0,
        light: 1.0,
        mirrored: false,
    };

    /// A change as it happens in the other world: up to three pixels each way, 0.4 to 1
    /// times the light, and one picture in two mirrored. Chosen by us.
    pub fn draw(rng: &mut Rng) -> Change {
        Change {
            right: rng.below(7) as i32 - 3,
            down: rng.below(7) as i32 - 3,
            light: rng.uniform(0.4, 1.0),
            mirrored: rng.below(2) == 1,
        }
    }

    /// The changed picture. What moves in from outside is background, 0.
    ///
    /// # Panics
    /// If the picture has not D pixels.
    #[track_caller]
    pub fn apply(self, picture: &[f32]) -> Vec<f32> {
        assert_eq!(picture.len(), SIDE * SIDE, "pixels of a picture");
        let source = |row: i32, column: i32| {
            let inside = |place: i32| (0..SIDE as i32).contains(&place);
            if !inside(row) || !inside(column) {
                return 0.0;
            }
            let (row, column) = (row as usize, column as usize);
            match self.mirrored {
                true => picture[row * SIDE + SIDE - 1 - column],
                false => picture[row * SIDE + column],
            }
        };
        let pixel = |place: usize| {
            let (row, column) = ((place / SIDE) as i32, (place % SIDE) as i32);
            self.light * source(row - self.down, column - self.right)
        };
        (0..SIDE * SIDE).map(pixel).collect()
    }
}

/// All rows of `x`, `[N, D]`, each changed by its own draw.
pub fn changed(x: &Tensor, mut draw: impl FnMut() -> Change) -> Tensor {
    let pixels = x.to_vec();
    let pictures = pixels.chunks(SIDE * SIDE);
    let pixels: Vec<f32> = pictures.flat_map(|picture| draw().apply(picture)).collect();
    Tensor::from_vec(pixels, x.shape())
}

/// Labelled pictures as the other world would show them.
pub fn moved(from: &Labelled, mut draw: impl FnMut() -> Change) -> Labelled {
    Labelled::new(changed(&from.x, &mut draw), from.classes.clone())
}

/// Classification of pictures that are changed anew each time they are learnt from.
#[derive(Clone, Copy, Debug)]
pub struct Changed<'a>(pub Classification<'a>);

impl<M: Net> Task<M> for Changed<'_> {
    fn len(&self) -> usize {
        self.0.training.len()
    }

    fn loss(&self, net: &M, rows: &[usize], pass: &mut Pass) -> Tensor {
        let mut batch = self.0.training.pick(rows);
        if let Pass::Train(rng) = pass {
            batch.x = changed(&batch.x, || Change::draw(rng)); // [B, D]
        }
        net.forward(&batch.x, pass).cross_entropy(&batch.classes)
    }

    fn score(&self, net: &M) -> f64 {
        self.0.score(net)
    }
}
