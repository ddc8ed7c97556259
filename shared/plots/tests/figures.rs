//! What every figure promises, checked on the whole gallery.
#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../examples/gallery/main.rs"]
mod gallery;

use plots::{
    Arrow, Band, Bar, Bars, Boundary, Class, Error, Figure, Histogram, Line, Matrix, Note, Panel,
    Panels, Picture, Pictures, Regions, Role, Rule, Scatter, TEXT, width,
};
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
fn nothing_is_drawn_outside_the_figure() {
    each(|name, figure, _| inside_its_box(name, figure));
}

/// Checks every coordinate of paths, circles and rectangles.
fn inside_its_box(name: &str, figure: &Figure) {
    let document = Document::parse(figure.svg()).unwrap();
    let view = document.root_element().attribute("viewBox").unwrap();
    let view: Vec<f64> = view.split(' ').map(|n| n.parse().unwrap()).collect();
    let check = |axis: usize, text: &str| {
        let value: f64 = text.parse().unwrap_or_else(|_| panic!("{name}: {text}"));
        let inside = (-5.0..=view[2 + axis] + 5.0).contains(&value);
        assert!(inside, "{name}: {value} leaves {view:?}");
    };
    for node in document.descendants().filter(Node::is_element) {
        for (attribute, axis) in [("cx", 0), ("cy", 1), ("x", 0), ("y", 1)] {
            if let Some(text) = node.attribute(attribute) {
                check(axis, text);
            }
        }
        let data = node.attribute("d").unwrap_or_default();
        let numbers = data.split(['M', 'L', 'Z', ' ']).filter(|n| !n.is_empty());
        for (i, text) in numbers.enumerate() {
            check(i % 2, text);
        }
    }
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
fn odd_values_leave_gaps_and_never_a_broken_figure() {
    let odd = [
        f32::NAN,
        f32::INFINITY,
        -f32::INFINITY,
        0.0,
        -1e30,
        1e30,
        1e-30,
    ];
    let points: Vec<[f32; 2]> = odd.iter().flat_map(|&x| odd.map(|y| [x, y])).collect();
    let panel = || {
        let band: Vec<(f32, f32, f32)> = points.iter().map(|p| (p[0], p[1], p[1])).collect();
        Panel::new()
            .add(Regions::new(|x, y| usize::from(x > y)))
            .add(Line::new(&points).dots().name("curve"))
            .add(Band::new(&band))
            .add(Scatter::new(Class::A, &points).name("points"))
            .add(Histogram::new(&odd, 5).name("counts"))
            .add_all(points.iter().map(|&p| Boundary::new(p, p[0])))
            .add_all(points.iter().map(|&p| Arrow::new(p, [0.5, 0.5]).name("w")))
            .add_all(odd.map(|x| Rule::vertical(x).name("here")))
            .add_all(odd.map(|y| Note::new([0.5, y], "note")))
    };
    let ranges = [
        ("auto", panel()),
        ("unit", panel().x_range(0, 1).y_range(0, 1)),
        ("equal", panel().equal_units()),
        ("logarithmic", panel().x_log().y_log()),
        ("not a range", panel().x_range(f32::NAN, 1.0).y_range(1, 1)),
    ];
    for (name, panel) in ranges {
        inside_its_box(name, &panel.draw().unwrap());
    }
    let mut bars = Bars::new("value", "");
    for value in odd {
        bars = bars.bar(Bar::new("bar", value).spread(value, 2.0));
    }
    inside_its_box("bars", &bars.draw().unwrap());
    let matrix = Matrix::new(1, odd.len(), &odd).signed();
    inside_its_box("matrix", &matrix.draw().unwrap());
    let picture = Pictures::new([Picture::signed(odd.len(), &odd)]);
    inside_its_box("picture", &picture.draw().unwrap());
}

#[test]
fn nothing_to_draw_is_an_error_that_says_so() {
    let errors = [Panels::new([]).draw(), Pictures::new([]).draw()];
    for error in errors.map(Result::unwrap_err) {
        assert!(error.to_string().contains("at least one"), "{error}");
    }
    let none: [f32; 0] = [];
    assert!(Matrix::new(0, 3, &none).draw().is_err());
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

#[test]
fn a_foot_stands_under_a_rule_in_its_box_and_units_have_none() {
    use plots::{Diagram, Node};
    let draw = |node: Node| {
        let mut diagram = Diagram::new(1, 1);
        diagram.node(node);
        diagram.draw().unwrap().svg().to_owned()
    };
    let plain = draw(Node::boxed(0.0, 0.0, "×"));
    let footed = draw(Node::boxed(0.0, 0.0, "×").foot("∂ 2"));
    let y = |svg: &str, text: &str| {
        let document = Document::parse(svg).unwrap();
        let mut texts = document.descendants();
        let found = texts.find(|n| n.text() == Some(text) && n.has_tag_name("text"));
        number(found.unwrap(), "y")
    };
    assert!(y(&footed, "×") < y(&plain, "×"));
    assert!(y(&footed, "∂ 2") > y(&footed, "×") + TEXT);
    assert_eq!(
        footed.matches("<path").count(),
        plain.matches("<path").count() + 1
    );
    assert!(!draw(Node::unit(0.0, 0.0, "×").foot("∂ 2")).contains("∂ 2"));
}
