//! The two colour maps: one for signed values, one for magnitudes.
//!
//! Both grow lighter all the way, so that they read right in grey too: in the
//! signed map dark means negative, middle grey zero, light positive. Colours
//! between the stops are mixed in OKLab, where equal steps look equal.
//!
//! Source: B. Ottosson, "A perceptual color space for image processing", 2020,
//! <https://bottosson.github.io/posts/oklab/>.

/// Stops of the signed map, from −1 to 1.
const SIGNED: [u32; 5] = [0x0B2C5C, 0x2F6FA8, 0x8E9499, 0xE39A5B, 0xFFE3BD];
/// Stops of the map for magnitudes, from 0 to 1.
const HEAT: [u32; 5] = [0x10141C, 0x14405F, 0x1F7CA8, 0x6DBBD3, 0xEAF6F2];

/// The colour of a signed value, −1 to 1; what lies outside is cut off.
pub fn signed(value: f64) -> [u8; 3] {
    mix(&SIGNED, (value + 1.0) / 2.0)
}

/// The colour of a magnitude, 0 to 1; what lies outside is cut off.
pub fn heat(value: f64) -> [u8; 3] {
    mix(&HEAT, value)
}

fn mix(stops: &[u32; 5], place: f64) -> [u8; 3] {
    let place = if place.is_finite() { place } else { 0.5 };
    let scaled = place.clamp(0.0, 1.0) * 4.0;
    let below = (scaled as usize).min(3);
    let part = scaled - below as f64;
    let (a, b) = (oklab(stops[below]), oklab(stops[below + 1]));
    let between = [0, 1, 2].map(|i| a[i] + part * (b[i] - a[i]));
    from_oklab(between)
}

fn oklab(rgb: u32) -> [f64; 3] {
    let [_, r, g, b] = rgb.to_be_bytes().map(linear);
    let l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b).cbrt();
    let m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b).cbrt();
    let s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b).cbrt();
    [
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    ]
}

fn from_oklab([lightness, a, b]: [f64; 3]) -> [u8; 3] {
    let l = (lightness + 0.3963377774 * a + 0.2158037573 * b).powi(3);
    let m = (lightness - 0.1055613458 * a - 0.0638541728 * b).powi(3);
    let s = (lightness - 0.0894841775 * a - 1.2914855480 * b).powi(3);
    [
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    ]
    .map(|v| {
        let v = v.clamp(0.0, 1.0);
        let encoded = if v <= 0.0031308 {
            12.92 * v
        } else {
            1.055 * v.powf(1.0 / 2.4) - 0.055
        };
        (encoded * 255.0).round() as u8
    })
}

/// An sRGB byte as light, 0 to 1.
pub(crate) fn linear(byte: u8) -> f64 {
    let v = f64::from(byte) / 255.0;
    if v <= 0.04045 {
        v / 12.92
    } else {
        ((v + 0.055) / 1.055).powf(2.4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance([r, g, b]: [u8; 3]) -> f64 {
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    #[test]
    fn both_maps_grow_lighter_all_the_way() {
        for map in [|t: f64| signed(2.0 * t - 1.0), heat as fn(f64) -> [u8; 3]] {
            let steps: Vec<f64> = (0..=50)
                .map(|i| luminance(map(f64::from(i) / 50.0)))
                .collect();
            assert!(steps.windows(2).all(|p| p[0] < p[1]), "{steps:?}");
        }
    }

    #[test]
    fn zero_is_nearly_grey() {
        let [r, _, b] = signed(0.0);
        assert!(r.abs_diff(b) < 16);
    }

    #[test]
    fn the_stops_come_back_from_oklab() {
        assert_eq!(heat(0.0), [0x10, 0x14, 0x1C]);
        assert_eq!(signed(1.0), [0xFF, 0xE3, 0xBD]);
    }
}
