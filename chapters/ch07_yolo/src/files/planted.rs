//! The book's folder: photos of the course, labelled by hand, with mistakes planted in
//! it.

use datasets::store;

use super::listing::Listing;

/// The list of classes.
const CLASSES: &str = "cup\nspoon\neye\nnose\nface\nhelmet\nhand\n";

/// In VOC's XML: a cup and a spoon; then a box of no size, and a class in capitals.
const COFFEE: &str = "\
<annotation>
  <filename>coffee.png</filename>
  <size> <width>256</width> <height>256</height> <depth>3</depth> </size>
  <object> <name>cup</name> <bndbox>
    <xmin>56</xmin> <ymin>8</ymin> <xmax>216</xmax> <ymax>200</ymax>
  </bndbox> </object>
  <object> <name>spoon</name> <bndbox>
    <xmin>156</xmin> <ymin>40</ymin> <xmax>222</xmax> <ymax>210</ymax>
  </bndbox> </object>
  <object> <name>spoon</name> <bndbox>
    <xmin>170</xmin> <ymin>50</ymin> <xmax>170</xmax> <ymax>50</ymax>
  </bndbox> </object>
  <object> <name>Cup</name> <bndbox>
    <xmin>74</xmin> <ymin>148</ymin> <xmax>114</xmax> <ymax>196</ymax>
  </bndbox> </object>
</annotation>
";

/// In YOLO's text: two eyes and a nose; then the nose again, and an eye in pixels.
const CHELSEA: &str = "\
2 0.328125 0.386719 0.250000 0.210938
2 0.812500 0.453125 0.164062 0.179688
3 0.621094 0.816406 0.210938 0.132812
3 0.621094 0.816406 0.210938 0.132812
2 84 99 64 54
";

/// A face; a helmet whose box reaches over the edge; a nose without a number.
const ASTRONAUT: &str = "\
<annotation>
  <object> <name>face</name> <bndbox>
    <xmin>88</xmin> <ymin>30</ymin> <xmax>138</xmax> <ymax>96</ymax>
  </bndbox> </object>
  <object> <name>helmet</name> <bndbox>
    <xmin>138</xmin> <ymin>171</ymin> <xmax>270</xmax> <ymax>270</ymax>
  </bndbox> </object>
  <object> <name>nose</name> <bndbox>
    <xmin>108</xmin> <ymin>56</ymin> <xmax>wide</xmax> <ymax>72</ymax>
  </bndbox> </object>
</annotation>
";

/// Labels that were made before the photo was scaled.
const CAMERA: &str = "\
<annotation>
  <size> <width>512</width> <height>512</height> <depth>3</depth> </size>
  <object> <name>face</name> <bndbox>
    <xmin>205</xmin> <ymin>75</ymin> <xmax>275</xmax> <ymax>170</ymax>
  </bndbox> </object>
</annotation>
";

/// The folder. Five photos, of which three can be used.
///
/// # Errors
/// If a photo of the course is missing or damaged.
pub fn folder() -> datasets::Result<Listing> {
    let photo = |name: &str| store::committed(&format!("photos/{name}.png"));
    let (camera, cut_off) = (photo("camera")?, photo("coffee")?[..5000].to_vec());
    let text = |text: &str| text.as_bytes().to_vec();
    let files = [
        ("classes.txt", text(CLASSES)),
        ("coffee.png", photo("coffee")?),
        ("coffee.xml", text(COFFEE)),
        ("chelsea.png", photo("chelsea")?),
        ("chelsea.txt", text(CHELSEA)),
        ("astronaut.png", photo("astronaut")?),
        ("astronaut.xml", text(ASTRONAUT)),
        ("astronaut.txt", text("4 0.44 0.25 0.2 0.26\n")),
        ("camera.png", camera.clone()),
        ("camera.xml", text(CAMERA)),
        ("camera_2.png", camera),
        ("coffee_2.png", cut_off),
        ("coffee_2.xml", text(COFFEE)),
        ("coffee_3.xml", text(COFFEE)),
    ];
    Ok(Listing::of_files("the book's folder", files))
}
