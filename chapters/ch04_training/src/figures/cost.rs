//! Figures of the section `cost`.

use plots::{Bar, Bars, Error, Figure};

use crate::sections::Cost;

/// Numbers remembered for each weight, a bar an optimiser.
pub(crate) fn bill(bill: &[Cost]) -> Result<Figure, Error> {
    let mut bars = Bars::new("numbers remembered for each weight", "").decimals(0);
    for cost in bill {
        bars = bars.bar(Bar::new(cost.name, cost.remembers));
    }
    bars.draw()
}
