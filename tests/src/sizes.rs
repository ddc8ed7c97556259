//! How large files and functions are: a learner reads all of them.

use crate::rust_text::RustText;
use pages::{Complaint, targets};
use std::fmt;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// No file is longer.
pub const FILE: usize = 400;
/// No function is longer.
pub const FUNCTION: usize = 60;
/// No lesson's or tool's `src/main.rs` is longer.
pub const MAIN: usize = 40;

/// What one package's sources measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The package's folder.
    pub package: PathBuf,
    /// Lines with code.
    pub code: usize,
    /// Lines with nothing but comment.
    pub comment: usize,
    /// Lines of each file, sorted.
    pub files: Vec<usize>,
    /// Lines of each function, sorted.
    pub functions: Vec<usize>,
}

/// Measures every package of the workspace.
pub fn measure(root: &Path) -> Vec<Row> {
    let row = |package: PathBuf| {
        let mut row = Row {
            code: 0,
            comment: 0,
            files: Vec::new(),
            functions: Vec::new(),
            package: package.clone(),
        };
        for (_, text) in sources(root, &package) {
            let rust = RustText::new(&text);
            let (code, comment) = rust.counts();
            row.code += code;
            row.comment += comment;
            row.files.push(text.lines().count());
            row.functions
                .extend(rust.functions().iter().map(|f| f.lines));
        }
        row.files.sort();
        row.functions.sort();
        row
    };
    targets::packages(root).into_iter().map(row).collect()
}

/// Every file and function above a hard stop.
pub fn check(root: &Path) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for package in targets::packages(root) {
        for (file, text) in sources(root, &package) {
            let lines = text.lines().count();
            let limit = if file.ends_with("src/main.rs") {
                MAIN
            } else {
                FILE
            };
            if lines > limit {
                let message =
                    format!("{lines} lines, at most {limit}: two files would read better");
                complaints.push(Complaint::new(&file, 0, message));
            }
            let functions = RustText::new(&text).functions();
            for function in functions.into_iter().filter(|f| f.lines > FUNCTION) {
                let (name, lines) = (&function.name, function.lines);
                let message = format!("`{name}` has {lines} lines, at most {FUNCTION}");
                complaints.push(Complaint::new(&file, function.line, message));
            }
        }
    }
    complaints
}

/// A package's Rust files, by path from the root, sorted, with their text.
fn sources(root: &Path, package: &Path) -> Vec<(PathBuf, String)> {
    let walk = WalkDir::new(root.join(package)).sort_by_file_name();
    // A workspace inside a package (the fuzz targets) has its own rules and build folder.
    let own = |entry: &walkdir::DirEntry| {
        let name = entry.file_name();
        entry.depth() == 0
            || (name != "target"
                && name != "node_modules"
                && !entry.path().join("Cargo.toml").exists())
    };
    let entries = walk.into_iter().filter_entry(own).flatten();
    let rust = entries.filter(|e| e.path().extension().is_some_and(|x| x == "rs"));
    rust.filter_map(|entry| {
        let text = std::fs::read_to_string(entry.path()).ok()?;
        let path = entry.path().strip_prefix(root).ok()?.to_path_buf();
        Some((path, text))
    })
    .collect()
}

/// The middle, the ninth tenth and the end of a sorted list.
fn quantiles(sorted: &[usize]) -> String {
    let at = |share: f64| {
        let index = (share * sorted.len() as f64) as usize;
        sorted
            .get(index.min(sorted.len().saturating_sub(1)))
            .copied()
            .unwrap_or(0)
    };
    format!("{} / {} / {}", at(0.5), at(0.9), at(1.0))
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.comment as f64 / self.code.max(1) as f64;
        write!(
            f,
            "| {:<26} | {:>6} | {:>5.2} | {:>4} | {:>16} | {:>5} | {:>14} |",
            self.package.display(),
            self.code,
            ratio,
            self.files.len(),
            quantiles(&self.files),
            self.functions.len(),
            quantiles(&self.functions)
        )
    }
}

/// The table of all packages, as STYLE asks for it.
pub fn table(rows: &[Row]) -> String {
    let head = "| package | code lines | comment/code | files | lines p50 / p90 / max | \
        functions | lines p50 / p90 / max |\n|---|---:|---:|---:|---|---:|---|\n";
    let rows: Vec<String> = rows.iter().map(Row::to_string).collect();
    format!("{head}{}\n", rows.join("\n"))
}
