//! The table that the test prints.

use crate::judge::Outcome;

/// Prints a row for each operation, and what the signs mean.
pub(crate) fn print<const N: usize>(heads: &[&str; N], rows: &[(&str, [Outcome; N])]) {
    let heads: Vec<String> = heads.iter().map(|head| head.to_string()).collect();
    let cell = |outcome: &Outcome| outcome.clone().unwrap_or("FAILED".to_string());
    let mut lines = vec![("operation", heads)];
    lines.extend(rows.iter().map(|(name, outcomes)| (*name, outcomes.iter().map(cell).collect())));
    let width = |column: usize| lines.iter().map(|line| line.1[column].chars().count()).max();
    let widths: Vec<usize> = (0..N).map(|column| width(column).unwrap_or(0)).collect();
    println!();
    for (name, cells) in &lines {
        let cells = cells.iter().zip(&widths).map(|(cell, &width)| format!("  {cell:<width$}"));
        println!("{}", format!("{name:<21}{}", cells.collect::<String>()).trim_end());
    }
    println!("{}", LEGEND);
}

const LEGEND: &str = "
by hand      value and gradients of small numbers worked out on paper
laws         random calls for which the pullback is linear and the adjoint of the slope, the
             layout in memory does not matter, and the operation's own law holds
differences  worst error of the gradients against central differences in 24 calls with broadcast
             axes and axes of length 1 and 0 (* a call on no numbers is a mistake); limit 1e-2
burn         worst error in those of the calls that have numbers; limit 1e-5
             – dropout: each library draws its own mask
             log_sum_exp, sum_to, binary_cross_entropy, adaptive_max_pool2d: burn's own steps, as
             it has no function for them (its binary cross-entropy takes targets of 0 and 1 alone)
ONNX         node tests passed
             – ONNX has no stack, binary cross-entropy or squared error
";
