//! One small picture: a digit, a weight image, a photo.

use crate::colormap;
use crate::figure::Error;
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

/// A picture with its caption.
#[derive(Debug, Clone)]
pub struct Picture {
    pub(crate) kind: Kind,
    pub(crate) width: usize,
    pub(crate) values: Vec<f64>,
    pub(crate) caption: String,
    pub(crate) role: Role,
    pub(crate) framed: bool,
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
            Kind::Colour => (png::ColorType::Rgb, values.map(byte).collect()),
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
