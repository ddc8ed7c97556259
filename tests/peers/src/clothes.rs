//! A whole training as one process: start, data, ten epochs, evaluation, end.

use nn::classify::logits;
use nn::metrics::accuracy;
use tensor::Rng;

use crate::cases::{BATCH, MlpEpoch, labelled};

/// Our side: trains, tests, and prints what peer.py prints.
pub(crate) fn ours() -> anyhow::Result<()> {
    let mut case = MlpEpoch::new()?;
    let mut rng = Rng::new(1).fork("order");
    for _ in 0..10 {
        let order = rng.permutation(case.training.len());
        for rows in order.chunks_exact(BATCH) {
            case.step(rows);
        }
    }
    let test = labelled(&datasets::fashion_test()?);
    let accuracy = accuracy(&logits(&case.net, &test.x), &test.classes);
    println!(
        "{}",
        serde_json::json!({ "accuracy": accuracy, "peak_kib": peak_kib() })
    );
    Ok(())
}

/// The largest memory that this process has held so far, in KiB; none where the system does not
/// say. Source: proc(5), `VmHWM`.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
