//! Files that mean harm, and files of random bytes.

use std::time::{Duration, Instant};

use ch07_yolo::boxes::{BBox, Object};
use ch07_yolo::files::{Label, Listing, Problem, checked, names, read, voc, yolo};
use proptest::prelude::*;

use super::{folder, png};

/// A file that would unpack to 10⁹ words.
const LAUGHS: &str = "<!DOCTYPE annotation [<!ENTITY a \"ha\">\
    <!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">\
    ]><annotation><object><name>&c;</name></object></annotation>";

#[test]
fn files_that_mean_harm_are_refused_at_once() {
    let begun = Instant::now();
    let deep = format!("<annotation>{}", "<a>".repeat(300_000));
    let closed = format!(
        "<annotation>{}{}</annotation>",
        "<a>".repeat(99_000),
        "</a>".repeat(99_000)
    );
    let many = format!("<annotation>{}</annotation>", "<a/>".repeat(250_000));
    let attributes: String = (0..100_000).map(|n| format!("a{n}='' ")).collect();
    let attributes = format!("<annotation {attributes}/>");
    let outside = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><annotation/>";
    for text in [
        LAUGHS,
        &deep,
        &many,
        &attributes,
        outside,
        "",
        "\0",
        "<annotation",
    ] {
        assert_eq!(voc::read(text), Err(Problem::BadLabels), "{:.40}", text);
    }
    assert!(voc::read(&closed).is_ok_and(|annotation| annotation.labels.is_empty()));
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn names_cannot_steer_a_terminal_or_fill_it() {
    let long = format!("\u{1b}[2J{}", "x".repeat(500));
    let line = format!("{}\n", long.trim());
    let files = [
        ("a.png", ""),
        ("a.txt", "0 0.5 0.5 0.5 0.5"),
        ("classes.txt", &line),
    ];
    let folder = read(&folder(&files), [100, 50]).expect("a box is left");
    let class = &folder.set.classes[0];
    assert!(
        class.starts_with("?[2Jxxx") && class.chars().count() == 61,
        "{class}"
    );
    assert!(!folder.report.to_string().contains('\u{1b}'));
}

prop_compose! {
    /// An object within 640 × 480.
    fn object()(x in 0.0..600f32, y in 0.0..440f32, w in 1.0..40f32, h in 1.0..40f32,
                class in 0..3usize) -> Object {
        Object { bbox: BBox::new(x, y, x + w, y + h), class }
    }
}

proptest! {
    #[test]
    fn what_was_written_is_read_again(
        objects in prop::collection::vec(object(), 0..6),
        name in "[a-z<&>\" é']{1,9}[a-z]",
    ) {
        let classes = ["a b".to_owned(), "<&\">".to_owned(), format!("x{name}")];
        let text = voc::write("p.png", [640, 480], &objects, &classes);
        let annotation = voc::read(&text).expect("we wrote it");
        prop_assert_eq!(annotation.size, Some([640, 480]));
        let labels = objects.iter().map(|object| {
            Ok(Label { class: classes[object.class].clone(), bbox: object.bbox })
        });
        prop_assert_eq!(annotation.labels, labels.collect::<Vec<_>>());

        let read = yolo::read(&yolo::write([640, 480], &objects), [640, 480]);
        prop_assert_eq!(read.len(), objects.len());
        for ((_, label), object) in read.into_iter().zip(&objects) {
            let label = label.expect("we wrote it");
            prop_assert_eq!(label.class, object.class.to_string());
            let (a, b) = (label.bbox, object.bbox);
            let far = [a.x0 - b.x0, a.y0 - b.y0, a.x1 - b.x1, a.y1 - b.y1];
            // Half of the sixth digit of centre and side, times 640 pixels.
            prop_assert!(far.iter().all(|d| d.abs() < 1e-3), "{:?}", far);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        text in "[-0-9. \n<>/a-z&;=\"'!\\[\\]]{0,200}",
    ) {
        let random = String::from_utf8_lossy(&bytes);
        for text in [&text, &*random] {
            let _ = voc::read(text);
            let _ = yolo::read(text, [640, 480]);
            let _ = yolo::looks_like_one(text);
            let _ = names::read("data.yaml", text);
            let _ = names::read("classes.txt", text);
            let _ = voc::read(&format!("<annotation><object>{text}</object></annotation>"));
        }
        let listing = Listing::of_files("f", [
            ("a.png", png(8, 8)), ("a.txt", bytes.clone()), ("b.png", bytes.clone()),
            ("b.xml", text.clone().into_bytes()), ("classes.txt", bytes),
            ("ImageSets/Main/train.txt", text.into_bytes()),
        ]);
        if let Ok(folder) = read(&listing, [16, 16]) {
            let objects = folder.set.examples.iter().flat_map(|example| &example.objects);
            for object in objects {
                prop_assert!(object.class < folder.set.classes.len());
                let inside = object.bbox.clipped([16.0, 16.0]);
                prop_assert!(object.bbox.iou(inside) > 0.99);
            }
        }
    }

    #[test]
    fn a_box_that_can_be_used_lies_in_the_picture(
        edges in prop::array::uniform4(prop::num::f32::ANY), w in 1..2000u16, h in 1..2000u16,
    ) {
        let [x0, y0, x1, y1] = edges;
        let size = [f32::from(w), f32::from(h)];
        if let Ok((bbox, _)) = checked(BBox::new(x0, y0, x1, y1), size) {
            prop_assert_eq!(bbox, bbox.clipped(size));
            prop_assert!(bbox.size().iter().all(|&side| side >= 1.0));
        }
    }
}
