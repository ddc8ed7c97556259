//! YOLO's label files: a line a box, the number of its class and four shares of the
//! picture.
//!
//! Source: J. Redmon, Darknet, <https://pjreddie.com/darknet/yolo/>, "Generate Labels
//! for VOC".

use std::fmt::Write;

use super::label::Label;
use super::report::Problem;
use crate::boxes::{BBox, Object};

/// The largest number that can be a share, rounding allowed for. Chosen by us.
const LARGEST: f32 = 1.01;

/// Reads a file for a picture of so many columns and rows: for each line that is not
/// empty its number, from 1, and its box, or what is wrong with it. A class is named by
/// its number, in digits.
pub fn read(text: &str, size: [usize; 2]) -> Vec<(usize, Result<Label, Problem>)> {
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, line)| (n + 1, label(line, size))).collect()
}

/// One line: class, centre x, centre y, width, height.
fn label(line: &str, [width, height]: [usize; 2]) -> Result<Label, Problem> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [class, numbers @ ..] = words.as_slice() else {
        return Err(Problem::NotNumbers);
    };
    let class: usize = class.parse().map_err(|_| Problem::UnknownClass)?;
    let numbers: Vec<f32> = numbers
        .iter()
        .filter_map(|word| word.parse().ok())
        .collect();
    let [x, y, w, h] = numbers[..] else {
        return Err(Problem::NotNumbers);
    };
    if ![x, y, w, h].iter().all(|number| number.is_finite()) {
        return Err(Problem::NotNumbers);
    }
    if [x, y, w, h].iter().any(|&share| share > LARGEST) {
        return Err(Problem::NotShares);
    }
    let shares = BBox::centred([x, y], [w, h]);
    let bbox = shares.scaled([width as f32, height as f32]);
    Ok(Label {
        class: class.to_string(),
        bbox,
    })
}

/// Whether a text begins like a label file: five numbers, the first of them whole.
pub fn looks_like_one(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| {
        let mut words = line.split_whitespace();
        let class = words
            .next()
            .is_some_and(|word| word.parse::<usize>().is_ok());
        let numbers = words.map(|word| word.parse::<f32>().is_ok());
        class && numbers.eq([true; 4])
    })
}

/// Writes the file for a picture of so many columns and rows, six digits after the
/// point.
pub fn write(size: [usize; 2], objects: &[Object]) -> String {
    let [width, height] = size.map(|side| side as f32);
    let mut text = String::new();
    for Object { bbox, class } in objects {
        let shares = bbox.scaled([1.0 / width, 1.0 / height]);
        let ([x, y], [w, h]) = (shares.centre(), shares.size());
        writeln!(text, "{class} {x:.6} {y:.6} {w:.6} {h:.6}")
            .expect("a String takes any text");
    }
    text
}
