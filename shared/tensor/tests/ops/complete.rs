//! Nothing may be missing from the list.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::list::FLAT;
use crate::op::Op;
use crate::vectors;

/// What is missing from the list, or in it for nothing.
pub(crate) fn complaints(ops: &[Op]) -> Vec<String> {
    let listed: BTreeSet<String> = ops.iter().map(|op| op.name.to_string()).collect();
    let flat: BTreeSet<String> = FLAT.iter().map(|(name, _)| name.to_string()).collect();
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let texts: Vec<String> =
        sources.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let found: BTreeSet<String> =
        texts.iter().flat_map(|text| [made(text), recorded(text)].concat()).collect();
    let folders = std::fs::read_dir(vectors::folder()).unwrap().map(|entry| entry.unwrap());
    let tests: BTreeSet<String> = folders
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let named: BTreeSet<String> =
        ops.iter().flat_map(|op| op.onnx).map(|name| name.to_string()).collect();

    let known = listed.union(&flat).cloned().collect();
    let unlisted = found.difference(&known).map(|name| {
        format!("`{name}` gives a tensor: it belongs in tests/ops/list, or among FLAT there")
    });
    let gone = listed.difference(&found).map(|name| format!("no source has `{name}`"));
    let unused = tests.difference(&named).map(|name| format!("no operation names onnx/{name}"));
    let mut complaints: Vec<String> = unlisted.chain(gone).chain(unused).collect();
    if listed.len() != ops.len() {
        complaints.push("an operation is listed twice".to_string());
    }
    complaints
}

/// All source files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = entries.map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    below.flatten().collect()
}

/// The public functions that give a tensor.
fn made(source: &str) -> Vec<String> {
    let functions = source.split("\n    pub fn ").skip(1);
    let gives_tensor = |function: &&str| {
        let signature = function.split('{').next().unwrap_or_default();
        signature.trim_end().ends_with("-> Tensor")
    };
    functions.filter(gives_tensor).map(name).collect()
}

/// The operations that the sources put on the tape by name.
fn recorded(source: &str) -> Vec<String> {
    let code: String = source.lines().filter(|line| !line.trim().starts_with("///")).collect();
    let calls = code.split("record(").skip(1);
    let literals = calls.filter_map(|call| call.trim_start().strip_prefix('"'));
    literals.map(name).collect()
}

/// The name at the start of some code.
fn name(code: &str) -> String {
    code.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}
