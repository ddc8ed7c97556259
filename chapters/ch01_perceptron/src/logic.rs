//! Logical neurons: a sum and a threshold (page *Logical neurons*).
//!
//! Dimension key: n inputs, 2ⁿ rows of a truth table.
//!
//! Row r of a truth table lists the inputs as the binary digits of r, the first
//! input first, so that row 2 of two inputs is (1, 0).

use std::collections::BTreeSet;

// ANCHOR: threshold_unit
/// A neuron after McCulloch and Pitts: it fires when Σ wᵢxᵢ ≥ θ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThresholdUnit {
    /// One weight an input; a negative one inhibits.
    pub weights: Vec<i32>,
    /// The sum that is enough, θ.
    pub threshold: i32,
}

impl ThresholdUnit {
    /// A unit with these weights and this threshold.
    pub fn new(weights: &[i32], threshold: i32) -> ThresholdUnit {
        let weights = weights.to_vec();
        ThresholdUnit { weights, threshold }
    }

    /// Whether the unit fires: only inputs that fire contribute their weight.
    /// Panics unless there is one input for each weight.
    #[track_caller]
    pub fn fires(&self, inputs: &[bool]) -> bool {
        assert_eq!(
            inputs.len(),
            self.weights.len(),
            "fires: one input a weight"
        );
        let firing = self.weights.iter().zip(inputs).filter(|(_, fires)| **fires);
        firing.map(|(weight, _)| weight).sum::<i32>() >= self.threshold
    }
}
// ANCHOR_END: threshold_unit

/// A unit with absolute inhibition, as in the paper of 1943: one inhibitory
/// input that fires silences it; otherwise it counts.
pub fn fires_absolute(
    excitatory: &[bool],
    inhibitory: &[bool],
    threshold: usize,
) -> bool {
    let vetoed = inhibitory.iter().any(|&fires| fires);
    let count = excitatory.iter().filter(|&&fires| fires).count();
    !vetoed && count >= threshold
}

/// The inputs of row `row` of a truth table of `n` inputs.
///
/// ```
/// use ch01_perceptron::logic::inputs_of_row;
/// assert_eq!(inputs_of_row(2, 2), [true, false]);
/// ```
pub fn inputs_of_row(row: usize, n: usize) -> Vec<bool> {
    (0..n).map(|i| row >> (n - 1 - i) & 1 == 1).collect()
}

// ANCHOR: net
/// A net without loops: a layer of units that look at the inputs, and one unit
/// that looks at them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThresholdNet {
    /// The units that see the inputs.
    pub hidden: Vec<ThresholdUnit>,
    /// The unit that sees the hidden ones.
    pub output: ThresholdUnit,
}

impl ThresholdNet {
    /// Whether the output unit fires.
    pub fn fires(&self, inputs: &[bool]) -> bool {
        let hidden: Vec<bool> =
            self.hidden.iter().map(|unit| unit.fires(inputs)).collect();
        self.output.fires(&hidden)
    }
}
// ANCHOR_END: net

// ANCHOR: from_truth_table
/// A unit that fires for one row of inputs and no other: weight +1 where the row
/// has a one, −1 where it has a zero, and the number of ones as threshold.
pub fn row_detector(inputs: &[bool]) -> ThresholdUnit {
    let weights: Vec<i32> = inputs.iter().map(|&x| if x { 1 } else { -1 }).collect();
    let ones = inputs.iter().filter(|&&x| x).count() as i32;
    ThresholdUnit::new(&weights, ones)
}

/// A net that computes a truth table: a detector for every row that is true,
/// and an OR of all of them. Its length has to be a power of two.
pub fn net_for(table: &[bool]) -> ThresholdNet {
    let n = table.len().ilog2() as usize;
    let true_rows = (0..table.len()).filter(|&row| table[row]);
    let hidden: Vec<_> = true_rows
        .map(|row| row_detector(&inputs_of_row(row, n)))
        .collect();
    let or = ThresholdUnit::new(&vec![1; hidden.len()], 1);
    ThresholdNet { hidden, output: or }
}
// ANCHOR_END: from_truth_table

/// Truth table number `code` of `n` inputs: row r is binary digit r of `code`.
pub fn table_of_code(code: u32, n: usize) -> Vec<bool> {
    (0..1 << n).map(|row| code >> row & 1 == 1).collect()
}

/// Builds the net for every truth table of `n` inputs and checks every row;
/// returns how many tables there were.
///
/// # Errors
/// The first table whose net gives a wrong answer.
///
/// # Panics
/// If `n` is 0 or more than 4: there are 2^(2^n) tables.
pub fn check_all_tables(n: usize) -> Result<usize, Vec<bool>> {
    assert!((1..=4).contains(&n), "expected 1 to 4 inputs, got {n}");
    let tables = 1_u32 << (1 << n);
    for code in 0..tables {
        let table = table_of_code(code, n);
        let net = net_for(&table);
        let right = |row: usize| net.fires(&inputs_of_row(row, n)) == table[row];
        if !(0..table.len()).all(right) {
            return Err(table);
        }
    }
    Ok(tables as usize)
}

// ANCHOR: one_unit_tables
/// The truth tables of `n` inputs that a single unit computes, found by trying
/// every whole weight from −3 to 3 and every threshold that makes a difference.
pub fn one_unit_tables(n: usize) -> BTreeSet<Vec<bool>> {
    let mut tables = BTreeSet::new();
    for code in 0..7_u32.pow(n as u32) {
        // The digits of `code` to base 7, moved down by 3, are the weights.
        let digit = |i: usize| (code / 7_u32.pow(i as u32) % 7) as i32 - 3;
        let weights: Vec<i32> = (0..n).map(digit).collect();
        let reach: i32 = weights.iter().map(|w| w.abs()).sum();
        for threshold in -reach..=reach + 1 {
            let unit = ThresholdUnit::new(&weights, threshold);
            let fires = |row| unit.fires(&inputs_of_row(row, n));
            tables.insert((0..1 << n).map(fires).collect());
        }
    }
    tables
}
// ANCHOR_END: one_unit_tables
