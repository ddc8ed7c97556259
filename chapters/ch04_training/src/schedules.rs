//! The schedules that are compared: each made for a training of a given length, with
//! the same highest rate.

use nn::Schedule;

/// A kind of schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The same rate throughout.
    Constant,
    /// 1/(1 + decay t).
    Inverse,
    /// A factor at each step.
    Exponential,
    /// Thrice suddenly lower.
    Step,
    /// Half a cosine wave.
    Cosine,
    /// Up and down four times.
    Cyclical,
    /// Up and down once, to next to nothing.
    OneCycle,
    /// A straight line up, then half a cosine wave.
    WarmUpCosine,
}

impl Shape {
    /// All of them, in the order of the page.
    pub const ALL: [Shape; 8] = [
        Shape::Constant,
        Shape::Inverse,
        Shape::Exponential,
        Shape::Step,
        Shape::Cosine,
        Shape::Cyclical,
        Shape::OneCycle,
        Shape::WarmUpCosine,
    ];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Constant => "constant",
            Shape::Inverse => "inverse decay",
            Shape::Exponential => "exponential decay",
            Shape::Step => "step",
            Shape::Cosine => "cosine",
            Shape::Cyclical => "cyclical",
            Shape::OneCycle => "one cycle",
            Shape::WarmUpCosine => "warm-up, cosine",
        }
    }

    /// The schedule of this kind for a training of `steps` steps whose highest rate is
    /// `peak`. How deep each falls is chosen by us, the same for every experiment.
    pub fn schedule(self, peak: f32, steps: usize) -> Schedule {
        let lr = peak;
        match self {
            Shape::Constant => Schedule::Constant { lr },
            Shape::Inverse => {
                let decay = 9.0 / steps as f32; // a tenth at the end
                Schedule::Inverse { lr, decay }
            }
            Shape::Exponential => {
                let factor = 0.01_f32.powf(1.0 / steps as f32); // a hundredth at the end
                Schedule::Exponential { lr, factor }
            }
            Shape::Step => {
                let (factor, every) = (0.2, steps.div_ceil(4)); // a 125th at the end
                Schedule::Step { lr, factor, every }
            }
            Shape::Cosine => {
                let end = 0.0;
                Schedule::Cosine { lr, end, steps }
            }
            Shape::Cyclical => {
                let (low, high, half) = (peak / 20.0, peak, steps.div_ceil(8));
                Schedule::Cyclical { low, high, half }
            }
            Shape::OneCycle => Schedule::OneCycle { peak, steps },
            Shape::WarmUpCosine => {
                let then = Box::new(Shape::Cosine.schedule(peak, steps));
                Schedule::WarmUp {
                    steps: steps / 10,
                    then,
                }
            }
        }
    }
}
