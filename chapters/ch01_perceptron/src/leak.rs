//! A leak, planted on purpose (page *Too good to be true*).

use std::collections::HashMap;

/// What makes two patients similar: body mass index cut to a whole number, age in
/// steps of five years, sex.
pub type Likeness = (i32, i32, i32);

/// The likeness of a patient.
pub fn likeness(bmi: f32, age: f32, sex: f32) -> Likeness {
    (bmi as i32, (age / 5.0) as i32, sex as i32)
}

// ANCHOR: leak
/// For each patient the mean target of those like them, taken over `known`.
/// A patient like nobody known gets the mean of all known targets.
pub fn mean_of_similar(
    keys: &[Likeness],
    targets: &[f32],
    known: &[usize],
) -> Vec<f32> {
    let mut groups: HashMap<Likeness, (f32, f32)> = HashMap::new();
    for &row in known {
        let (sum, count) = groups.entry(keys[row]).or_default();
        *sum += targets[row];
        *count += 1.0;
    }
    let total: f32 = known.iter().map(|&row| targets[row]).sum();
    let overall = (total, known.len() as f32);
    let mean = |key| {
        let (sum, count) = groups.get(key).copied().unwrap_or(overall);
        sum / count
    };
    keys.iter().map(mean).collect()
}
// ANCHOR_END: leak
