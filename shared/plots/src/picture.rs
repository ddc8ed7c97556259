//! One small picture: a digit, a weight image, a photo.

use crate::colormap;
use crate::figure::Error;
use crate::mark::Mark;
use crate::palette::Role;
use crate::point::Number;

/// What a picture's numbers mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 0 black, 1 white.
    Grey,
    /// 0 paper, 1 ink.
    Ink,
    /// Signed, zero in the middle of the diverging map.
    Signed,
    /// Magnitudes on the sequential map.
    Heat,
    /// Triples red, green, blue, each 0 to 1.
    Colour,
}

/// Steps of a colour map in a picture; an even number, so that zero has its
/// own colour in the signed map.
const LEVELS: f64 = 64.0;

/// Colours of a photo that is to be small: with a quarter of the 256 that an index can name, a
/// pixel takes six bits before compression and a photo of 128 by 128 some ten kilobytes.
const COLOURS: usize = 64;

/// One in so many pixels is looked at when they are chosen; the library advises 1 to 30.
const SAMPLED: i32 = 3;

/// A picture with its caption.
#[derive(Debug, Clone)]
pub struct Picture {
    pub(crate) kind: Kind,
    pub(crate) width: usize,
    pub(crate) values: Vec<f64>,
    pub(crate) caption: String,
    pub(crate) role: Role,
    pub(crate) framed: bool,
    pub(crate) few_colours: bool,
    pub(crate) marks: Vec<Mark>,
}

impl Picture {
    fn new(kind: Kind, width: usize, values: &[impl Number]) -> Self {
        Picture {
            kind,
            width,
            values: values.iter().map(|v| v.number()).collect(),
            caption: String::new(),
            role: Role::Fg,
            framed: false,
            few_colours: false,
            marks: Vec::new(),
        }
    }

    /// A grey picture, row by row from the top: 0 is black, 1 white.
    pub fn grey(width: usize, values: &[impl Number]) -> Self {
        Picture::new(Kind::Grey, width, values)
    }

    /// A drawing in ink, row by row from the top: 0 is paper, 1 ink.
    pub fn ink(width: usize, values: &[impl Number]) -> Self {
        Picture::new(Kind::Ink, width, values)
    }

    /// Signed values, such as weights, row by row from the top: dark blue is
    /// negative, grey zero, light orange positive.
    pub fn signed(width: usize, values: &[impl Number]) -> Self {
        Picture::new(Kind::Signed, width, values)
    }

    /// Magnitudes from 0, row by row from the top: the lighter the more.
    pub fn heat(width: usize, values: &[impl Number]) -> Self {
        Picture::new(Kind::Heat, width, values)
    }

    /// A colour picture, row by row from the top: red, green, blue of each
    /// pixel in turn, each 0 to 1.
    pub fn colour(width: usize, values: &[impl Number]) -> Self {
        Picture::new(Kind::Colour, width, values)
    }

    /// In 64 colours, chosen for this picture, so that a dozen photos fit into a figure. Has a
    /// meaning for colour pictures alone.
    pub fn few_colours(mut self) -> Self {
        self.few_colours = true;
        self
    }

    /// What stands below it.
    pub fn caption(mut self, caption: impl Into<String>) -> Self {
        self.caption = caption.into();
        self
    }

    /// A frame and a caption in this colour, for what is to be looked at,
    /// such as a mistake.
    pub fn highlight(mut self, role: Role) -> Self {
        self.role = role;
        self.framed = true;
        self
    }

    /// Boxes over it, drawn in this order, in pixels of this picture. Given more than once,
    /// they are added.
    pub fn marks(mut self, marks: impl IntoIterator<Item = Mark>) -> Self {
        self.marks.extend(marks);
        self
    }

    fn channels(&self) -> usize {
        if self.kind == Kind::Colour { 3 } else { 1 }
    }

    /// Rows of pixels.
    pub(crate) fn height(&self) -> usize {
        self.values.len() / (self.width * self.channels()).max(1)
    }

    /// # Errors
    ///
    /// [`Error::Shape`] when the values do not fill whole rows.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let expected = self.width * self.height().max(1) * self.channels();
        if self.width > 0 && self.values.len() == expected {
            return Ok(());
        }
        Err(Error::Shape {
            what: format!("picture {:?} of width {}", self.caption, self.width),
            expected,
            got: self.values.len(),
        })
    }

    /// The largest magnitude, by which signed values and heat are scaled.
    pub(crate) fn limit(&self) -> f64 {
        let finite = self.values.iter().filter(|v| v.is_finite());
        finite.fold(0.0, |most, v| f64::max(most, v.abs()))
    }

    /// The picture as a PNG file, values divided by `limit` where the kind
    /// has no range of its own.
    pub(crate) fn png(&self, limit: f64) -> Vec<u8> {
        let limit = if limit > 0.0 { limit } else { 1.0 };
        let byte = |v: f64| (v.clamp(0.0, 1.0) * 255.0).round() as u8;
        let mapped = |v: f64| (v.clamp(0.0, 1.0) * LEVELS).round() as u8;
        let level = |v: f64| if v.is_finite() { v } else { 0.0 };
        let values = self.values.iter().map(|&v| level(v));
        let (color, bytes): (png::ColorType, Vec<u8>) = match self.kind {
            Kind::Grey => (png::ColorType::Grayscale, values.map(byte).collect()),
            Kind::Ink => (
                png::ColorType::Grayscale,
                values.map(|v| byte(1.0 - v)).collect(),
            ),
            Kind::Signed => (
                png::ColorType::Indexed,
                values.map(|v| mapped((v / limit + 1.0) / 2.0)).collect(),
            ),
            Kind::Heat => (
                png::ColorType::Indexed,
                values.map(|v| mapped(v / limit)).collect(),
            ),
            Kind::Colour => {
                let bytes: Vec<u8> = values.map(byte).collect();
                if self.few_colours {
                    let (indices, palette) = indexed(&bytes);
                    let (width, height) = (self.width, self.height());
                    return encode(
                        width,
                        height,
                        png::ColorType::Indexed,
                        Some(palette),
                        &indices,
                    );
                }
                (png::ColorType::Rgb, bytes)
            }
        };
        encode(self.width, self.height(), color, self.palette(), &bytes)
    }

    /// The colours of the kinds that have a map.
    fn palette(&self) -> Option<Vec<u8>> {
        let levels = (0..=LEVELS as u32).map(|i| f64::from(i) / LEVELS);
        match self.kind {
            Kind::Signed => Some(
                levels
                    .flat_map(|t| colormap::signed(2.0 * t - 1.0))
                    .collect(),
            ),
            Kind::Heat => Some(levels.flat_map(colormap::heat).collect()),
            _ => None,
        }
    }
}

/// Pixels as indices into a palette: red, green, blue of each pixel and of each colour.
fn indexed(rgb: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let opaque = |pixel: &[u8]| [pixel[0], pixel[1], pixel[2], u8::MAX];
    let rgba: Vec<u8> = rgb.chunks_exact(3).flat_map(opaque).collect();
    let chosen = color_quant::NeuQuant::new(SAMPLED, COLOURS, &rgba);
    let index = |pixel: &[u8]| chosen.index_of(pixel) as u8;
    (
        rgba.chunks_exact(4).map(index).collect(),
        chosen.color_map_rgb(),
    )
}

fn encode(
    width: usize,
    height: usize,
    color: png::ColorType,
    palette: Option<Vec<u8>>,
    bytes: &[u8],
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width as u32, height as u32);
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    if let Some(palette) = palette {
        encoder.set_palette(palette);
    }
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(bytes))
        .expect("a checked picture, written to memory");
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_in_few_colours_is_close_to_it_and_smaller() {
        let wave = |i: usize| (0..3).map(move |c| ((i * (c + 1)) as f64 * 0.01).sin() / 2.0 + 0.5);
        let photo: Vec<f64> = (0..64 * 64).flat_map(wave).collect();
        let whole = Picture::colour(64, &photo);
        let few = whole.clone().few_colours();
        assert!(2 * few.png(1.0).len() < whole.png(1.0).len());
        let bytes: Vec<u8> = photo.iter().map(|v| (v * 255.0).round() as u8).collect();
        let (indices, palette) = indexed(&bytes);
        assert!(palette.len() <= 3 * COLOURS);
        let kept = indices
            .iter()
            .flat_map(|&i| &palette[3 * usize::from(i)..][..3]);
        let error: f64 = bytes
            .iter()
            .zip(kept)
            .map(|(a, b)| f64::from(a.abs_diff(*b)))
            .sum();
        assert!(
            error / (bytes.len() as f64) < 20.0,
            "a mean error of {error}"
        );
    }

    #[test]
    fn ink_is_black_on_white() {
        let file = Picture::ink(2, &[0.0, 1.0]).png(1.0);
        let mut reader = png::Decoder::new(std::io::Cursor::new(file))
            .read_info()
            .expect("our own file");
        let mut pixels = vec![0; reader.output_buffer_size().expect("small")];
        reader.next_frame(&mut pixels).expect("our own file");
        assert_eq!(pixels, [255, 0]);
    }

    #[test]
    fn a_half_filled_row_is_an_error() {
        let error = Picture::grey(2, &[0.0, 0.5, 1.0])
            .check()
            .expect_err("3 in rows of 2");
        assert!(error.to_string().contains("expected 2 values, got 3"));
    }
}
