//! What one gradient costs.

use lesson::thousands;
use plots::{Bar, Bars, Error, Figure, Role};

/// One gradient by each way, in forward passes; the first is the one that trains nets.
pub(crate) fn price(ways: &[(&str, f64)]) -> Result<Figure, Error> {
    let mut bars =
        Bars::new("forward passes for one gradient", "").dots_log(1, 1_000_000);
    for (place, (way, passes)) in ways.iter().enumerate() {
        let text = thousands(passes.round() as usize);
        let role = if place == 0 {
            Role::Blue
        } else {
            Role::Vermilion
        };
        bars = bars.bar(Bar::new(*way, *passes).text(text).role(role));
    }
    bars.draw()
}
