//! Lists of classes: the names behind YOLO's numbers.

/// The most classes of a folder. Chosen by us: ImageNet has 1,000, COCO 80.
pub const MAX_CLASSES: usize = 1000;

/// File names of such lists. Labelling programs write the first, Darknet the second,
/// and later YOLOs the others.
const LISTS: [&str; 4] = ["classes.txt", "obj.names", "data.yaml", "data.yml"];

/// Whether a path is that of a list of classes.
pub fn is_list(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    LISTS.contains(&name)
}

/// The classes in a list, in the order of their numbers; at most 1,000. `path` tells
/// its form: a name a line, or the entry `names` of a YAML file.
///
/// ```
/// use ch07_yolo::files::names::read;
///
/// assert_eq!(read("classes.txt", "cup\nspoon\n"), ["cup", "spoon"]);
/// let yaml = "nc: 2\nnames: ['cup', \"spoon\"]\n";
/// assert_eq!(read("data.yaml", yaml), ["cup", "spoon"]);
/// assert_eq!(read("data.yaml", "names:\n  0: cup\n  1: spoon\n"), ["cup", "spoon"]);
/// ```
pub fn read(path: &str, text: &str) -> Vec<String> {
    let yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    let names: Vec<&str> = match yaml {
        true => in_yaml(text),
        false => text.trim_end().lines().collect(),
    };
    let bare = |name: &str| name.trim().trim_matches(['\'', '"']).to_owned();
    names.into_iter().take(MAX_CLASSES).map(bare).collect()
}

/// The entry `names`: a list in brackets on one line, or one a line behind `-` or a
/// number.
fn in_yaml(text: &str) -> Vec<&str> {
    let mut lines = text.lines().skip_while(|line| !line.starts_with("names:"));
    let Some(first) = lines.next() else {
        return Vec::new();
    };
    let listed = first["names:".len()..].trim();
    if let Some(inside) = listed.strip_prefix('[') {
        let inside = inside.split(']').next().unwrap_or(inside);
        return inside
            .split(',')
            .filter(|name| !name.trim().is_empty())
            .collect();
    }
    lines.map_while(|line| unnumbered(line.trim())).collect()
}

/// What stands behind `- ` or `3: `.
fn unnumbered(line: &str) -> Option<&str> {
    if let Some(name) = line.strip_prefix("- ") {
        return Some(name);
    }
    let (number, name) = line.split_once(':')?;
    number.parse::<usize>().ok().map(|_| name)
}
