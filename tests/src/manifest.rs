//! The lists that must agree: course.toml, SUMMARY.md, README.md, the folders, the manifests.

use pages::{Complaint, Course, sync, targets};
use std::path::Path;
use toml::{Table, Value};

/// What to do when a derived list is out of date.
const REMEDY: &str = "is not what course.toml says; run `cargo run -- sync`";

/// SUMMARY.md's lessons and README.md's table are those of course.toml.
pub fn derived_lists(root: &Path) -> Vec<Complaint> {
    let course = match Course::load(root) {
        Ok(course) => course,
        Err(error) => return vec![Complaint::new("course.toml", 0, error.to_string())],
    };
    let summary = compare(root, pages::SUMMARY, |old| sync::summary(old, &course));
    let readme = compare(root, "README.md", |old| sync::readme(old, &course));
    summary.into_iter().chain(readme).collect()
}

/// Compares a file with what it would be, and points to the first line that differs.
fn compare(
    root: &Path,
    file: &str,
    wanted: impl Fn(&str) -> Result<String, String>,
) -> Option<Complaint> {
    let old = match std::fs::read_to_string(root.join(file)) {
        Ok(old) => old.replace("\r\n", "\n"),
        Err(error) => return Some(Complaint::new(file, 0, error.to_string())),
    };
    let new = match wanted(&old) {
        Ok(new) => new,
        Err(message) => return Some(Complaint::new(file, 0, message)),
    };
    if old == new {
        return None;
    }
    let same = old.lines().zip(new.lines()).take_while(|(a, b)| a == b);
    Some(Complaint::new(file, same.count() + 1, REMEDY))
}

/// Every folder of `chapters/` is a ready lesson (that the reverse holds, course.toml's own check
/// says).
pub fn lessons_and_folders(root: &Path) -> Vec<Complaint> {
    let course = match Course::load(root) {
        Ok(course) => course,
        Err(error) => return vec![Complaint::new("course.toml", 0, error.to_string())],
    };
    let folders = targets::packages(root).into_iter();
    let unlisted = folders.filter(|folder| {
        let id = folder.file_name().unwrap_or_default().to_string_lossy();
        folder.starts_with("chapters") && !course.lesson(&id).is_some_and(|l| l.is_ready())
    });
    unlisted
        .map(|folder| Complaint::new(folder, 0, "no ready lesson of course.toml has this name"))
        .collect()
}

/// Every package takes versions, edition and lints from the workspace, and every chapter is in
/// the workspace's table and among the harness's dependencies, so that blocks can use it.
pub fn packages(root: &Path) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let workspace = parse(root, Path::new("Cargo.toml"), &mut complaints);
    let harness = parse(root, Path::new("tests/Cargo.toml"), &mut complaints);
    let known = |table: &Table, path: &[&str], name: &str| {
        lookup(table, path).is_some_and(|t| t.contains_key(name))
    };
    for folder in targets::packages(root) {
        let file = folder.join("Cargo.toml");
        let manifest = parse(root, &file, &mut complaints);
        complaints.extend(inherits(&file, &manifest));
        complaints.extend(versions(&file, &manifest));
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        if !folder.starts_with("chapters") {
            continue;
        }
        if !known(&workspace, &["workspace", "dependencies"], &name) {
            let message = format!("{name} is missing under [workspace.dependencies]");
            complaints.push(Complaint::new("Cargo.toml", 0, message));
        }
        if !known(&harness, &["dependencies"], &name) {
            let message = format!("{name} is missing under [dependencies]: pages could not use it");
            complaints.push(Complaint::new("tests/Cargo.toml", 0, message));
        }
    }
    complaints
}

fn parse(root: &Path, file: &Path, complaints: &mut Vec<Complaint>) -> Table {
    let text = std::fs::read_to_string(root.join(file)).unwrap_or_default();
    toml::from_str(&text).unwrap_or_else(|error| {
        complaints.push(Complaint::new(file, 0, error.to_string()));
        Table::new()
    })
}

fn lookup<'t>(table: &'t Table, path: &[&str]) -> Option<&'t Table> {
    path.iter()
        .try_fold(table, |table, key| table.get(*key)?.as_table())
}

/// `lints.workspace = true` and the fields of `[workspace.package]`.
fn inherits(file: &Path, manifest: &Table) -> Vec<Complaint> {
    let fields = ["version", "edition", "rust-version", "license", "publish"];
    let package = |field: &'static str| (vec!["package", field], format!("package.{field}"));
    let mut wanted: Vec<(Vec<&str>, String)> = fields.map(package).to_vec();
    wanted.push((vec!["lints"], "lints".to_string()));
    wanted.retain(|(path, _)| {
        let inherited = lookup(manifest, path).and_then(|table| table.get("workspace"));
        inherited != Some(&Value::Boolean(true))
    });
    let complaint =
        |(_, name)| Complaint::new(file, 0, format!("expected `{name}.workspace = true`"));
    wanted.into_iter().map(complaint).collect()
}

/// No dependency names a version, path or repository of its own.
fn versions(file: &Path, manifest: &Table) -> Vec<Complaint> {
    let own = manifest.get("target").and_then(Value::as_table);
    let platforms = own
        .into_iter()
        .flat_map(Table::values)
        .filter_map(Value::as_table);
    let tables = std::iter::once(manifest).chain(platforms);
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let mut complaints = Vec::new();
    for table in tables {
        for (name, entry) in kinds
            .iter()
            .filter_map(|kind| lookup(table, &[kind]))
            .flatten()
        {
            if entry.get("workspace") != Some(&Value::Boolean(true)) {
                let message =
                    format!("{name}: expected `workspace = true`, versions stand in one table");
                complaints.push(Complaint::new(file, 0, message));
            }
        }
    }
    complaints
}
