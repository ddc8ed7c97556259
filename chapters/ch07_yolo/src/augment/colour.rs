//! Light, contrast, saturation and hue.

use ndarray::Array3;

/// What becomes of a picture's colours.
///
/// Light is a factor on all values, as of a longer exposure; contrast a factor on their
/// distance from the middle, 127.5. Saturation and hue are those of HSV, in which a colour is
/// its hue, an angle; its saturation, 0 for greys; and its value, the largest of the three.
///
/// Source: A. R. Smith, "Color gamut transform pairs", SIGGRAPH (1978), for HSV.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour {
    /// A factor.
    pub light: f32,
    /// A factor.
    pub contrast: f32,
    /// A factor.
    pub saturation: f32,
    /// Degrees: red goes towards green.
    pub hue: f32,
}

impl Colour {
    /// Leaves colours as they are.
    pub const NONE: Colour = Colour {
        light: 1.0,
        contrast: 1.0,
        saturation: 1.0,
        hue: 0.0,
    };

    /// Changes a picture, `[H, W, 3]`, in place. What would leave 0 to 255 stops there.
    pub fn apply(&self, picture: &mut Array3<u8>) {
        if self.hue != 0.0 || self.saturation != 1.0 {
            for mut pixel in picture.rows_mut() {
                let old = [0, 1, 2].map(|c| f32::from(pixel[c]));
                let new = turned(old, self.hue, self.saturation);
                (0..3).for_each(|c| pixel[c] = new[c].round() as u8);
            }
        }
        if self.light != 1.0 || self.contrast != 1.0 {
            // 256 values only: each is worked out once.
            let table: Vec<u8> = (0..=255).map(|byte| self.lit(byte)).collect();
            picture.mapv_inplace(|byte| table[usize::from(byte)]);
        }
    }

    fn lit(&self, byte: u8) -> u8 {
        let lit = self.light * f32::from(byte);
        let value = self.contrast * (lit - 127.5) + 127.5;
        value.round().clamp(0.0, 255.0) as u8
    }
}

/// A colour with its hue turned by these degrees and its saturation times this factor; its
/// value stays.
fn turned(rgb: [f32; 3], degrees: f32, saturation: f32) -> [f32; 3] {
    let value = rgb[0].max(rgb[1]).max(rgb[2]);
    let range = value - rgb[0].min(rgb[1]).min(rgb[2]);
    if range == 0.0 {
        return rgb; // a grey has no hue
    }
    let [r, g, b] = rgb;
    // The hue, in sixths of the circle: 0 red, 2 green, 4 blue.
    let hue = if value == r {
        (g - b) / range
    } else if value == g {
        (b - r) / range + 2.0
    } else {
        (r - g) / range + 4.0
    };
    let hue = (hue + degrees / 60.0).rem_euclid(6.0);
    let range = (saturation * range).min(value); // saturation is range / value, at most 1
    // Each colour is full for two sixths around its own hue, and falls to both sides.
    [5.0, 3.0, 1.0].map(|start| {
        let k = start + hue; // below 11: once around at most
        let k = if k < 6.0 { k } else { k - 6.0 };
        value - range * k.min(4.0 - k).clamp(0.0, 1.0)
    })
}
