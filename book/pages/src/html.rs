//! Small helpers for the HTML that directives turn into.

/// Escapes text for use between tags and inside double-quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Escapes text and turns `` `code` `` into `<code>`: all the Markdown that a card knows.
pub(crate) fn inline(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    pieces
        .map(|(index, piece)| match index % 2 {
            0 => escape(piece),
            _ => format!("<code>{}</code>", escape(piece)),
        })
        .collect()
}

/// A word for ids and class names: lower case, everything but letters and digits a hyphen.
pub fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// Puts each figure where its placeholder stands in a rendered page.
///
/// `svgs` maps the keys of [`Expanded::svgs`](crate::Expanded::svgs) to their SVG. A placeholder
/// whose key is unknown is left as it is.
pub fn fill_svgs(html: &str, svgs: &std::collections::BTreeMap<String, String>) -> String {
    const OPEN: &str = "<span data-svg=\"";
    const CLOSE: &str = "\"></span>";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find(OPEN) {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let found = after[OPEN.len()..].split_once(CLOSE);
        match found.and_then(|(key, tail)| Some((svgs.get(key)?, tail))) {
            Some((svg, tail)) => {
                out.push_str(svg);
                rest = tail;
            }
            None => {
                out.push_str(OPEN);
                rest = &after[OPEN.len()..];
            }
        }
    }
    out + rest
}

/// The placeholder that [`fill_svgs`] looks for.
pub(crate) fn svg_placeholder(key: &str) -> String {
    format!("<span data-svg=\"{key}\"></span>")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_unknown_ones_left() {
        let svgs = [("a".to_string(), "<svg></svg>".to_string())].into();
        let html = format!("x{}y{}z", svg_placeholder("a"), svg_placeholder("b"));
        let filled = format!("x<svg></svg>y{}z", svg_placeholder("b"));
        assert_eq!(fill_svgs(&html, &svgs), filled);
    }

    #[test]
    fn a_slug_is_fit_for_ids() {
        assert_eq!(slug("Loops & Arrays!"), "loops-arrays");
        assert_eq!(inline("a <b> `c<d`"), "a &lt;b&gt; <code>c&lt;d</code>");
    }
}
