//! What one try costs.

use lesson::thousands;
use plots::{Bar, Bars, Error, Figure};

use crate::sections::Cost;

/// Multiply-adds for one answer, a dot a net.
pub(crate) fn bill(bill: &[Cost]) -> Result<Figure, Error> {
    let mut bars =
        Bars::new("multiply-adds for one answer", "").dots_log(50, 1_000_000);
    for cost in bill {
        let text = thousands(cost.multiply_adds);
        bars = bars.bar(Bar::new(cost.model, cost.multiply_adds).text(text));
    }
    bars.draw()
}
