//! Draws every kind of figure into `out/gallery/`, with a page that shows
//! them all in light and in dark, and writes `shared/plots/figures.css`.
//!
//! ```text
//! cargo run -p plots --example gallery
//! ```

mod curves;
mod drawn;
mod planes;
mod tables;

use std::fmt::Write;
use std::path::Path;

use plots::{Error, Figure};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let out = root.join("out/gallery");
    std::fs::create_dir_all(&out)?;
    let css = plots::stylesheet();
    std::fs::write(root.join("shared/plots/figures.css"), &css)?;
    let mut shown = String::new();
    for (name, figure) in figures() {
        let figure = figure?;
        figure.save(out.join(format!("{name}.svg")))?;
        println!("{name:<22} {:>7} bytes", figure.svg().len());
        write!(
            shown,
            "<figure><figcaption>{name}</figcaption>{}</figure>",
            figure.svg()
        )?;
    }
    for theme in ["light", "dark"] {
        let page = page(theme, &css, &shown);
        std::fs::write(out.join(format!("{theme}.html")), page)?;
    }
    println!("see {}", out.join("light.html").display());
    Ok(())
}

pub(crate) fn figures() -> Vec<(&'static str, Result<Figure, Error>)> {
    let mut figures = Vec::new();
    figures.extend(planes::figures());
    figures.extend(curves::figures());
    figures.extend(tables::figures());
    figures.extend(drawn::figures());
    figures
}

fn page(theme: &str, css: &str, shown: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\" style=\"color-scheme: {theme}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Gallery</title>\
         <style>{css}\nbody {{ max-width: 720px; margin: 0 auto; padding: 12px 20px; \
         font: 17px/1.5 system-ui, sans-serif; background: var(--fig-bg); \
         color: var(--fig-fg) }} figure {{ margin: 0 0 36px }} \
         figcaption {{ font-size: 14px; color: var(--fig-muted) }}</style>{shown}</html>"
    )
}

/// A small generator for made-up data: the same figures every time.
pub(crate) struct Noise(u64);

impl Noise {
    pub(crate) fn new(seed: u64) -> Self {
        Noise(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Evenly between 0 and 1.
    pub(crate) fn uniform(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 40) as f32 / (1u64 << 24) as f32
    }

    /// About normal, mean 0, standard deviation 1 (sum of twelve).
    pub(crate) fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.uniform()).sum::<f32>() - 6.0
    }

    /// Points around a centre.
    pub(crate) fn cloud(&mut self, n: usize, at: [f32; 2], spread: [f32; 2]) -> Vec<[f32; 2]> {
        (0..n)
            .map(|_| [0, 1].map(|i| at[i] + spread[i] * self.normal()))
            .collect()
    }
}
