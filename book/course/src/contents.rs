//! The list of contents beside each page, written into the HTML: it needs no
//! script, and a screen reader finds it where it belongs.

use std::sync::LazyLock;

use mdbook_driver::book::{Book, BookItem, Chapter};
use regex::Regex;

use crate::highlight::escape;

/// The contents as seen from the page `here` (`ch01_perceptron/01_logic.html`):
/// all lessons; the pages of the lesson one is in; the headings of the page.
pub fn list(book: &Book, here: &str, page_html: &str) -> String {
    let to_root = "../".repeat(here.matches('/').count());
    let writer = Writer {
        here,
        to_root,
        headings: headings(page_html),
    };
    let mut html = String::new();
    let mut open = false;
    for item in &book.items {
        match item {
            BookItem::Chapter(chapter) => {
                if !open {
                    html.push_str("<ol class=\"chapters\">\n");
                    open = true;
                }
                writer.chapter(chapter, &mut html);
            }
            BookItem::PartTitle(title) => {
                close(&mut html, &mut open);
                html.push_str(&format!("<p class=\"part\">{}</p>\n", escape(title)));
            }
            BookItem::Separator => close(&mut html, &mut open),
        }
    }
    close(&mut html, &mut open);
    html
}

fn close(html: &mut String, open: &mut bool) {
    if *open {
        html.push_str("</ol>\n");
        *open = false;
    }
}

/// Address of a chapter's page from the root, `None` while it is only planned.
fn address(chapter: &Chapter) -> Option<String> {
    let path = chapter.path.as_ref()?.with_extension("html");
    Some(path.to_string_lossy().replace('\\', "/"))
}

struct Writer<'a> {
    here: &'a str,
    to_root: String,
    headings: Vec<(String, String)>,
}

impl Writer<'_> {
    fn chapter(&self, chapter: &Chapter, html: &mut String) {
        let number = chapter.number.as_ref().map_or(String::new(), |number| {
            let number = number.to_string();
            format!(
                "<span class=\"number\">{}</span> ",
                number.trim_end_matches('.')
            )
        });
        let title = format!(
            "{number}<span class=\"title\">{}</span>",
            escape(&chapter.name)
        );
        html.push_str("<li>");
        let Some(address) = address(chapter) else {
            html.push_str(&format!(
                "<span class=\"coming\">{title} <small>coming</small></span></li>\n"
            ));
            return;
        };
        let current = address == self.here;
        let mark = if current {
            " aria-current=\"page\""
        } else {
            ""
        };
        html.push_str(&format!(
            "<a href=\"{}{address}\"{mark}>{title}</a>",
            self.to_root
        ));
        if current {
            self.headings(html);
        }
        if !chapter.sub_items.is_empty() && self.is_within(chapter) {
            html.push_str("\n<ol class=\"pages\">\n");
            for item in &chapter.sub_items {
                if let BookItem::Chapter(chapter) = item {
                    self.chapter(chapter, html);
                }
            }
            html.push_str("</ol>\n");
        }
        html.push_str("</li>\n");
    }

    /// Whether the page one is on is the chapter or one of its pages.
    fn is_within(&self, chapter: &Chapter) -> bool {
        address(chapter).is_some_and(|address| address == self.here)
            || chapter.sub_items.iter().any(|item| match item {
                BookItem::Chapter(chapter) => self.is_within(chapter),
                _ => false,
            })
    }

    fn headings(&self, html: &mut String) {
        if self.headings.len() < 2 {
            return;
        }
        html.push_str("\n<ol class=\"headings\">\n");
        for (id, title) in &self.headings {
            html.push_str(&format!("<li><a href=\"#{id}\">{title}</a></li>\n"));
        }
        html.push_str("</ol>\n");
    }
}

/// Id and inner HTML (without tags) of each second-level heading of a page.
fn headings(page_html: &str) -> Vec<(String, String)> {
    static HEADING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?s)<h2 id="([^"]+)">(.*?)</h2>"#).expect("a constant pattern")
    });
    // KaTeX's MathML and its HTML say the same; drop the former.
    static DROP: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)<math\b.*?</math>|<[^>]*>").expect("a constant pattern"));
    HEADING
        .captures_iter(page_html)
        .map(|found| {
            (
                found[1].to_owned(),
                DROP.replace_all(&found[2], "").into_owned(),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter(name: &str, path: &str, sub_items: Vec<BookItem>) -> BookItem {
        let mut chapter = Chapter::new(name, String::new(), path, Vec::new());
        chapter.sub_items = sub_items;
        BookItem::Chapter(chapter)
    }

    fn book() -> Book {
        let page = chapter("Logic & sums", "ch01/01_logic.md", Vec::new());
        Book::new_with_items(vec![
            chapter("Introduction", "introduction.md", Vec::new()),
            BookItem::PartTitle("Lessons".into()),
            chapter("The neuron", "ch01/index.md", vec![page]),
            BookItem::Chapter(Chapter::new_draft("Layers", Vec::new())),
        ])
    }

    #[test]
    fn links_are_relative_to_the_page() {
        let html = list(&book(), "ch01/01_logic.html", "");
        assert!(html.contains("<a href=\"../introduction.html\">"), "{html}");
        assert!(
            html.contains("<a href=\"../ch01/01_logic.html\" aria-current=\"page\">"),
            "{html}"
        );
        assert!(html.contains("Logic &amp; sums"), "{html}");
    }

    #[test]
    fn only_the_lesson_one_is_in_shows_its_pages() {
        let html = list(&book(), "introduction.html", "");
        assert!(!html.contains("01_logic"), "{html}");
        assert!(html.contains("<small>coming</small>"), "{html}");
    }

    #[test]
    fn the_current_page_shows_its_headings() {
        let page = "<h2 id=\"a\"><a class=\"header\" href=\"#a\">A <code>b</code></a></h2>\
                    <h2 id=\"c\"><a class=\"header\" href=\"#c\">C</a></h2>";
        let html = list(&book(), "introduction.html", page);
        assert!(html.contains("<li><a href=\"#a\">A b</a></li>"), "{html}");
    }
}
