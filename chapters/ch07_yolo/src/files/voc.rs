//! Pascal VOC's label files: XML with a box by its edges in pixels.
//!
//! Source: M. Everingham, J. Winn, "The PASCAL Visual Object Classes Challenge 2012
//! Development Kit" (2012), section 7.1.

use std::fmt::Write;

use roxmltree::{Document, Node, ParsingOptions};

use super::label::Label;
use super::report::Problem;
use crate::boxes::{BBox, Object};

/// The most elements and texts in a file. Chosen by us: a box has about 25.
const MAX_NODES: u32 = 200_000;

/// The most attributes in a file. VOC has none, and they are compared pair by pair.
const MAX_ATTRIBUTES: usize = 1000;

/// What a file says.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Columns and rows of the picture that the labels were made for, if it says so.
    pub size: Option<[usize; 2]>,
    /// The boxes in the file's order, or what is wrong with each.
    pub labels: Vec<Result<Label, Problem>>,
}

/// Reads a file. Edges are taken as they are written: VOC's own files count pixels from
/// 1, most programs since then from 0, and no file says which.
///
/// A file may define its own abbreviations ("entities"), which a few lines can nest
/// until a sentence needs gigabytes. VOC has none, so that a file with any is refused
/// unread.
///
/// # Errors
/// [`Problem::BadLabels`] if it is not XML with `annotation` at its root.
pub fn read(text: &str) -> Result<Annotation, Problem> {
    if text.matches('=').count() > MAX_ATTRIBUTES {
        return Err(Problem::BadLabels);
    }
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options);
    let document = document.map_err(|_| Problem::BadLabels)?;
    let annotation = document.root_element();
    if annotation.tag_name().name() != "annotation" {
        return Err(Problem::BadLabels);
    }
    let objects = annotation
        .children()
        .filter(|child| child.has_tag_name("object"));
    Ok(Annotation {
        size: size(annotation),
        labels: objects.map(label).collect(),
    })
}

/// The child of this name. Only children count: VOC's `object` has parts with boxes of
/// their own.
fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.has_tag_name(name))
}

/// The text of the child of this name, without the space around it.
fn text<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name)?.text().map(str::trim)
}

/// The size that the file states. Some programs write 0, which states nothing.
fn size(annotation: Node<'_, '_>) -> Option<[usize; 2]> {
    let size = child(annotation, "size")?;
    let [width, height] =
        ["width", "height"].map(|side| text(size, side)?.parse().ok());
    Some([width?, height?]).filter(|sides| !sides.contains(&0))
}

/// One `object`.
fn label(object: Node<'_, '_>) -> Result<Label, Problem> {
    let class = text(object, "name").filter(|name| !name.is_empty());
    let bndbox = child(object, "bndbox").ok_or(Problem::NotNumbers)?;
    let edge = |name| -> Result<f32, Problem> {
        let number = text(bndbox, name).and_then(|text| text.parse().ok());
        number
            .filter(|edge: &f32| edge.is_finite())
            .ok_or(Problem::NotNumbers)
    };
    let bbox = BBox::new(edge("xmin")?, edge("ymin")?, edge("xmax")?, edge("ymax")?);
    let class = class.ok_or(Problem::UnknownClass)?.to_owned();
    Ok(Label { class, bbox })
}

/// Writes the file for a picture of so many columns and rows.
///
/// # Panics
/// If an object's class is not in the list.
pub fn write(
    picture: &str,
    [width, height]: [usize; 2],
    objects: &[Object],
    classes: &[String],
) -> String {
    let mut text = format!(
        "<annotation>\n  <filename>{}</filename>\n  <size>\n    <width>{width}</width>\n    \
         <height>{height}</height>\n    <depth>3</depth>\n  </size>\n",
        escaped(picture)
    );
    for Object { bbox, class } in objects {
        let name = escaped(&classes[*class]);
        let BBox { x0, y0, x1, y1 } = bbox;
        write!(
            text,
            "  <object>\n    <name>{name}</name>\n    <bndbox>\n      <xmin>{x0}</xmin>\n      \
             <ymin>{y0}</ymin>\n      <xmax>{x1}</xmax>\n      <ymax>{y1}</ymax>\n    \
             </bndbox>\n  </object>\n"
        )
        .expect("a String takes any text");
    }
    text + "</annotation>\n"
}

/// With the three signs that XML keeps for itself written as it wants them.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}
