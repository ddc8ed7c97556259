//! A PNG or JPEG, written anew as a PNG of red, green and blue: `data/convert.py` reads photos
//! in JPEG through it.
//!
//! ```text
//! cargo run -p pictures --example to_png -- photo.jpg photo.png
//! ```

use std::path::Path;

use image::{ExtendedColorType, save_buffer};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let [from, to] = files.as_slice() else {
        return Err("use: to_png FROM TO".into());
    };
    let pixels = pictures::picture(Path::new(from))?; // [H, W, 3]
    let (height, width, _) = pixels.dim();
    let bytes: Vec<u8> = pixels.into_iter().collect();
    save_buffer(
        to,
        &bytes,
        width as u32,
        height as u32,
        ExtendedColorType::Rgb8,
    )?;
    Ok(())
}
