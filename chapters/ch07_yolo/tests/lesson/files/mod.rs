//! Labelled folders: both formats, each problem by its name, and files that mean harm.

mod folders;
mod hostile;
mod labels;
mod reports;

use std::io::Cursor;

use ch07_yolo::files::{Listing, Problem, read};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// A grey PNG of so many columns and rows.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let picture = DynamicImage::from(RgbImage::from_pixel(width, height, Rgb([90; 3])));
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("a PNG can be written to memory");
    bytes.into_inner()
}

/// VOC's text with these objects, each a name and four edges.
pub(crate) fn xml(objects: &[(&str, [&str; 4])]) -> String {
    let object = |(name, [x0, y0, x1, y1]): &(&str, [&str; 4])| {
        format!(
            "<object><name>{name}</name><bndbox><xmin>{x0}</xmin><ymin>{y0}</ymin>\
             <xmax>{x1}</xmax><ymax>{y1}</ymax></bndbox></object>"
        )
    };
    let objects: String = objects.iter().map(object).collect();
    format!("<annotation>{objects}</annotation>")
}

/// A folder in memory. Files named like pictures are PNGs of 100 × 50 pixels.
pub(crate) fn folder(files: &[(&str, &str)]) -> Listing {
    let file = |(path, text): &(&str, &str)| {
        let bytes = match path.ends_with(".png") {
            true => png(100, 50),
            false => text.as_bytes().to_vec(),
        };
        ((*path).to_owned(), bytes)
    };
    Listing::of_files("f", files.iter().map(file))
}

/// What a folder's report counts of a problem, and where.
#[track_caller]
pub(crate) fn noted(files: &[(&str, &str)], problem: Problem) -> (usize, Vec<String>) {
    let folder = read(&folder(files), [100, 50]).expect("something is left");
    (
        folder.report.count(problem),
        folder.report.places(problem).to_vec(),
    )
}
