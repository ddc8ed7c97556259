//! Making a drawn SVG fit to stand inside a page.

use crate::html::escape;
use regex::{Captures, Regex};
use std::sync::LazyLock;

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is fixed and valid")
}

/// What may stand before the drawing: XML declaration, document type, comments.
static PROLOG: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)<\?xml.*?\?>|<!DOCTYPE[^>]*>|<!--.*?-->"));
static OPEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)^<svg\b([^>]*)>"));
static NAMING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"\s+(?:role|class|aria-[a-z]+|id)\s*=\s*"[^"]*""#));
static ID: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(\sid=")([^"]+)""#));
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| pattern(r##"(url\(#|href="#)([^)"]+)"##));
static OUTSIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"<script|<foreignObject|(?:href|src)\s*=\s*"(?:https?:)?//|url\((?:https?:)?//"#)
});

/// Turns the text of an SVG file into an element for the page: named by `alt` for those who
/// cannot see it, its ids made unique by `key`, without blank lines.
///
/// # Errors
/// A message when it is no SVG, or would run a script or load something from elsewhere.
pub(crate) fn prepare(svg: &str, key: &str, alt: &str) -> Result<String, String> {
    let bare = PROLOG.replace_all(svg, "");
    let bare = bare.trim();
    let open = OPEN
        .captures(bare)
        .ok_or("is no SVG: it does not begin with <svg …>")?;
    if !bare.ends_with("</svg>") {
        return Err("is cut off: it does not end with </svg>".into());
    }
    if let Some(found) = OUTSIDE.find(bare) {
        return Err(format!(
            "holds `{}`: figures load and run nothing",
            found.as_str()
        ));
    }
    let attributes = NAMING.replace_all(&open[1], "");
    let inside = &bare[open[0].len()..];
    let inside = ID.replace_all(inside, |c: &Captures<'_>| {
        format!("{}{key}-{}\"", &c[1], &c[2])
    });
    let inside = REFERENCE.replace_all(&inside, |c: &Captures<'_>| {
        format!("{}{key}-{}", &c[1], &c[2])
    });
    let label = escape(alt);
    let whole = format!(
        "<svg class=\"plot-svg\" role=\"img\" aria-label=\"{label}\"{}>{inside}",
        attributes.trim_end()
    );
    let lines = whole.lines().filter(|line| !line.trim().is_empty());
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_gets_its_name_and_its_own_ids() {
        let svg = "<?xml version=\"1.0\"?>\n<!-- x -->\n<svg width=\"9\" role=\"x\" viewBox=\"0 0 9 9\">\n\n\
            <clipPath id=\"c\"/><g clip-path=\"url(#c)\"/><use href=\"#c\"/></svg>\n";
        let expected = "<svg class=\"plot-svg\" role=\"img\" aria-label=\"1 &lt; 2\" width=\"9\" \
            viewBox=\"0 0 9 9\">\n<clipPath id=\"k-c\"/><g clip-path=\"url(#k-c)\"/>\
            <use href=\"#k-c\"/></svg>";
        assert_eq!(prepare(svg, "k", "1 < 2").unwrap(), expected);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for bad in [
            "",
            "<p>",
            "<svg>",
            "<svg><script/></svg>",
            "<svg><image href=\"https://x/y\"/></svg>",
        ] {
            assert!(prepare(bad, "k", "alt").is_err(), "{bad}");
        }
        assert!(
            prepare(
                "<svg><image href=\"data:image/png;base64,A\"/></svg>",
                "k",
                "a"
            )
            .is_ok()
        );
    }
}
