//! What every figure promises, checked on the whole gallery.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../examples/gallery/main.rs"]
mod gallery;

use plots::{Class, Error, Figure, Line, Panel, Role, Scatter, TEXT, width};
use roxmltree::{Document, Node};

/// Calls `check` with each figure of the gallery and its parsed XML.
fn each(check: impl Fn(&str, &Figure, &Document<'_>)) {
    for (name, figure) in gallery::figures() {
        let figure = figure.unwrap();
        let document = Document::parse(figure.svg())
            .unwrap_or_else(|error| panic!("{name} is not well-formed: {error}"));
        check(name, &figure, &document);
    }
}

/// An attribute of an element or of the groups around it.
fn inherited<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.ancestors().find_map(|n| n.attribute(name))
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

/// A text and the box (left, top, right, bottom) that it fills.
struct Words {
    text: String,
    area: [f64; 4],
}

/// The boxes of all level texts, as wide as Helvetica sets them.
fn words(document: &Document<'_>) -> Vec<Words> {
    let texts = document.descendants().filter(|n| n.has_tag_name("text"));
    texts
        .filter(|n| n.attribute("transform").is_none())
        .map(|node| {
            let size: f64 = inherited(node, "font-size").unwrap().parse().unwrap();
            let text = node.text().unwrap().to_owned();
            let wide = width(&text, size) / 1.12;
            let x = number(node, "x")
                - match inherited(node, "text-anchor") {
                    Some("middle") => wide / 2.0,
                    Some("end") => wide,
                    _ => 0.0,
                };
            let y = number(node, "y");
            let area = [x, y - 0.74 * size, x + wide, y + 0.2 * size];
            Words { text, area }
        })
        .collect()
}

#[test]
fn the_same_code_draws_the_same_bytes() {
    let once = gallery::figures().into_iter();
    for ((name, a), (_, b)) in once.zip(gallery::figures()) {
        assert_eq!(a.unwrap(), b.unwrap(), "{name}");
    }
}

#[test]
fn many_figures_can_stand_in_one_page() {
    each(|name, figure, document| {
        assert!(figure.svg().starts_with("<svg "), "{name}");
        assert!(!figure.svg().contains("\n\n"), "{name} has a blank line");
        for node in document.descendants().filter(Node::is_element) {
            for forbidden in ["id", "style", "class"] {
                assert_eq!(node.attribute(forbidden), None, "{name}: {forbidden}");
            }
            let known = ["svg", "g", "rect", "circle", "path", "text", "image"];
            assert!(known.contains(&node.tag_name().name()), "{name}: {node:?}");
        }
    });
}

#[test]
fn every_colour_is_a_role_with_its_fallback() {
    let roles: Vec<String> = Role::all().map(Role::css).collect();
    each(|name, _, document| {
        for node in document.descendants().filter(Node::is_element) {
            for paint in ["fill", "stroke"].iter().filter_map(|a| node.attribute(*a)) {
                let known = paint == "none" || roles.iter().any(|r| r == paint);
                assert!(known, "{name}: {paint} is no role");
            }
            if node.has_tag_name("text") {
                let fill = inherited(node, "fill");
                assert!(fill.is_some(), "{name}: text without colour");
            }
        }
    });
}

#[test]
fn text_is_large_enough_for_a_phone_and_inside_the_figure() {
    each(|name, _, document| {
        let view = document.root_element().attribute("viewBox").unwrap();
        let view: Vec<f64> = view.split(' ').map(|n| n.parse().unwrap()).collect();
        for node in document.descendants().filter(|n| n.has_tag_name("text")) {
            let size: f64 = inherited(node, "font-size").unwrap().parse().unwrap();
            assert!(size >= TEXT, "{name}: {:?} has size {size}", node.text());
        }
        for Words { text, area } in words(document) {
            let inside = area[0] >= -0.5
                && area[1] >= -0.5
                && area[2] <= view[2] + 0.5
                && area[3] <= view[3] + 0.5;
            assert!(inside, "{name}: {text:?} at {area:?} leaves {view:?}");
        }
    });
}

#[test]
fn no_two_texts_overlap() {
    each(|name, _, document| {
        let words = words(document);
        for (i, a) in words.iter().enumerate() {
            for b in &words[..i] {
                let apart = a.area[0] >= b.area[2]
                    || b.area[0] >= a.area[2]
                    || a.area[1] >= b.area[3]
                    || b.area[1] >= a.area[3];
                assert!(apart, "{name}: {:?} lies over {:?}", a.text, b.text);
            }
        }
    });
}

#[test]
fn the_stylesheet_in_the_repository_is_the_palettes() {
    let stored = include_str!("../figures.css").replace("\r\n", "\n");
    assert_eq!(
        stored,
        plots::stylesheet(),
        "run `cargo run -p plots --example gallery`"
    );
}

#[test]
fn a_figure_over_the_limit_is_an_error_that_says_what_to_do() {
    let crowd: Vec<(usize, usize)> = (0..10_000).map(|i| (i, i * i % 97)).collect();
    match Panel::new().add(Scatter::new(Class::A, &crowd)).draw() {
        Err(error @ Error::TooLarge { bytes }) => {
            assert!(bytes > plots::MAX_BYTES);
            assert!(error.to_string().contains("draw fewer points"));
        }
        other => panic!("expected TooLarge, got {:?}", other.map(|f| f.svg().len())),
    }
}

#[test]
fn values_that_are_not_finite_leave_a_gap() {
    let loss = [1.0, 0.5, f32::NAN, 0.4, f32::INFINITY];
    let figure = Panel::new().add(Line::steps(&loss)).draw().unwrap();
    assert!(!figure.svg().contains("NaN") && !figure.svg().contains("inf"));
}

#[test]
fn names_are_escaped() {
    let figure = Panel::new().title("a < b & \"c\"").draw().unwrap();
    let document = Document::parse(figure.svg()).unwrap();
    let found = document
        .descendants()
        .any(|n| n.is_text() && n.text() == Some("a < b & \"c\""));
    assert!(found);
}

#[test]
fn a_figure_is_saved_whole_or_not_at_all() {
    let figure = Panel::new().draw().unwrap();
    let folder = std::env::temp_dir().join(format!("plots-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("a.svg");
    figure.save(&path).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), figure.svg());
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    let error = figure.save(folder.join("none/b.svg")).unwrap_err();
    assert!(error.to_string().contains("b.svg"), "{error}");
    std::fs::remove_dir_all(&folder).unwrap();
}
