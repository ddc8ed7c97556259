//! Tensors into the bytes of a safetensors file and back.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use safetensors::tensor::Metadata;
use safetensors::{Dtype, SafeTensors, View};
use tempfile::{Builder, NamedTempFile};
use tensor::Tensor;

use super::problem::{Problem, one_line};
use crate::{Module, Role};

/// What the words in a header are about: the key that they stand behind. A file has one of
/// them: the header is written in the order of a hash table, and two keys would come out now
/// this way, now that, while equal trainings shall have equal bytes.
pub(super) const TRAINING: &str = "training";
/// See [`TRAINING`]: a net that stands alone.
pub(super) const NET: &str = "net";

/// Tensors on their way into a file.
#[derive(Default)]
pub(super) struct Writing {
    tensors: Vec<(String, Numbers)>,
}

impl Writing {
    /// A tensor of the net's own numbers.
    pub(super) fn tensor(&mut self, name: String, tensor: &Tensor) {
        let values = tensor.to_vec();
        let bytes = values.iter().flat_map(|value| value.to_le_bytes());
        self.put(name, Dtype::F32, tensor.shape(), bytes.collect());
    }

    /// All tensors of a net, their names behind this prefix.
    pub(super) fn net(&mut self, prefix: &str, net: &impl Module) {
        for (name, _, tensor) in net.tensors() {
            self.tensor(format!("{prefix}{name}"), &tensor);
        }
    }

    /// Numbers that `f32` would round.
    pub(super) fn wide(&mut self, name: &str, shape: &[usize], values: &[f64]) {
        let bytes = values.iter().flat_map(|value| value.to_le_bytes());
        self.put(name.to_string(), Dtype::F64, shape, bytes.collect());
    }

    /// Whole numbers.
    pub(super) fn whole(&mut self, name: &str, values: &[u64]) {
        let bytes = values.iter().flat_map(|value| value.to_le_bytes());
        let shape = [values.len()];
        self.put(name.to_string(), Dtype::U64, &shape, bytes.collect());
    }

    fn put(&mut self, name: String, kind: Dtype, shape: &[usize], bytes: Vec<u8>) {
        let shape = shape.to_vec();
        self.tensors.push((name, Numbers { kind, shape, bytes }));
    }

    /// The file, with these words in its header if there are any.
    pub(super) fn bytes(self, about: Option<(&str, String)>) -> Vec<u8> {
        let about = about.map(|(key, words)| HashMap::from([(key.to_string(), words)]));
        safetensors::serialize(self.tensors, about)
            .expect("every tensor has as many bytes as its shape says")
    }
}

/// A tensor as the crate wants it.
struct Numbers {
    kind: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

impl View for Numbers {
    fn dtype(&self) -> Dtype {
        self.kind
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

// ANCHOR: write
/// Writes the file whole or not at all: to a file beside it, which takes its place by a
/// rename once the disk has it. Whoever is killed meanwhile leaves the file that was there
/// before.
pub(super) fn write(file: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let folder = file.parent().filter(|name| !name.as_os_str().is_empty());
    let beside = beside(folder.unwrap_or(Path::new(".")));
    let written = beside.and_then(|mut beside| {
        beside.write_all(bytes)?;
        beside.as_file().sync_all()?;
        Ok(beside.persist(file)?)
    });
    written.map(drop).map_err(|reason| Problem::System {
        action: "written",
        reason,
    })
}
// ANCHOR_END: write

/// A file of a name that nobody has, in this folder; it goes away if it is dropped.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".new-");
    // A temporary file is private by default; this one becomes a file like any other.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// All bytes of a file.
pub(super) fn read(file: &Path) -> Result<Vec<u8>, Problem> {
    fs::read(file).map_err(|reason| match reason.kind() {
        ErrorKind::NotFound => Problem::Missing,
        _ => Problem::System {
            action: "read",
            reason,
        },
    })
}

/// The shape and the numbers of a tensor in a file.
type Found<T> = (Vec<usize>, Vec<T>);

/// A file that is taken apart. It remembers what was asked for, so that nothing in it is
/// passed over.
pub(super) struct Reading<'a> {
    tensors: SafeTensors<'a>,
    words: HashMap<String, String>,
    used: BTreeSet<String>,
}

impl<'a> Reading<'a> {
    /// A file of these bytes; no word of it is trusted.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Reading<'a>, Problem> {
        let header = header(bytes)?;
        // The crate adds this length to others, and a sum beyond all bounds would panic.
        if header.data_len() > bytes.len() {
            return Err(Problem::damaged("it is shorter than its header says"));
        }
        Ok(Reading {
            words: header.metadata().clone().unwrap_or_default(),
            tensors: SafeTensors::deserialize(bytes).map_err(Problem::damaged)?,
            used: BTreeSet::new(),
        })
    }

    /// The words behind this key, if there are any.
    pub(super) fn words(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// A tensor of this shape; none if the file has none of this name.
    pub(super) fn tensor(
        &mut self,
        name: &str,
        shape: &[usize],
    ) -> Result<Option<Tensor>, Problem> {
        let Some((found, values)) = self.numbers(name, Dtype::F32, f32::from_le_bytes)?
        else {
            return Ok(None);
        };
        check_shape(name, shape, &found)?;
        Ok(Some(Tensor::from_vec(values, shape)))
    }

    /// A net made like this one, of the tensors whose names begin with the prefix.
    pub(super) fn net<M: Module>(&mut self, prefix: &str, like: &M) -> Result<M, Problem> {
        let mut net = like.clone();
        let mut fault = Ok(());
        net.each(|name, role, tensor| {
            if fault.is_err() {
                return;
            }
            let name = format!("{prefix}{name}");
            match self.tensor(&name, tensor.shape()) {
                Ok(Some(found)) if role == Role::Parameter => *tensor = found.require_grad(),
                Ok(Some(found)) => *tensor = found,
                Ok(None) => fault = Err(absent(&name, tensor.shape())),
                Err(problem) => fault = Err(problem),
            }
        });
        fault.map(|()| net)
    }

    /// A table of wide numbers with C columns, row by row.
    pub(super) fn wide<const C: usize>(
        &mut self,
        name: &str,
    ) -> Result<Vec<[f64; C]>, Problem> {
        let found = self.numbers(name, Dtype::F64, f64::from_le_bytes)?;
        let (shape, values) = found.ok_or_else(|| absent(name, &[0, C]))?;
        let rows = shape.first().copied().unwrap_or_default();
        check_shape(name, &[rows, C], &shape)?;
        Ok(values.as_chunks().0.to_vec())
    }

    /// N whole numbers.
    pub(super) fn whole<const N: usize>(&mut self, name: &str) -> Result<[u64; N], Problem> {
        let found = self.numbers(name, Dtype::U64, u64::from_le_bytes)?;
        let (shape, values) = found.ok_or_else(|| absent(name, &[N]))?;
        check_shape(name, &[N], &shape)?;
        Ok(std::array::from_fn(|n| values[n]))
    }

    /// The shape and the numbers of a tensor of W bytes a number, if there is one.
    fn numbers<T, const W: usize>(
        &mut self,
        name: &str,
        kind: Dtype,
        number: impl Fn([u8; W]) -> T,
    ) -> Result<Option<Found<T>>, Problem> {
        let Ok(view) = self.tensors.tensor(name) else {
            return Ok(None);
        };
        self.used.insert(name.to_string());
        if view.dtype() != kind {
            return Err(Problem::Kind {
                tensor: name.to_string(),
                expected: kind,
                found: view.dtype(),
            });
        }
        let (bytes, _) = view.data().as_chunks();
        let values = bytes.iter().map(|&bytes| number(bytes)).collect();
        Ok(Some((view.shape().to_vec(), values)))
    }

    /// The names of all tensors, in order.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        self.tensors.iter().map(|(name, _)| name).collect()
    }

    /// That all tensors were asked for.
    pub(super) fn finish(&self) -> Result<(), Problem> {
        let left = self
            .names()
            .into_iter()
            .find(|name| !self.used.contains(*name));
        let Some(name) = left else {
            return Ok(());
        };
        let view = self.tensors.tensor(name).map_err(Problem::damaged)?;
        Err(Problem::Surplus {
            tensor: one_line(name),
            found: view.shape().to_vec(),
        })
    }
}

/// The header of a file, as far as it is one.
fn header(bytes: &[u8]) -> Result<Metadata, Problem> {
    let cut = || Problem::damaged("it is shorter than its header says");
    let (length, rest) = bytes.split_first_chunk().ok_or_else(cut)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| cut())?;
    let header = rest.get(..length).ok_or_else(cut)?;
    serde_json::from_slice(header).map_err(Problem::damaged)
}

/// That a tensor is missing.
fn absent(name: &str, expected: &[usize]) -> Problem {
    Problem::Absent {
        tensor: name.to_string(),
        expected: expected.to_vec(),
    }
}

/// That a tensor has the shape that belongs there.
fn check_shape(name: &str, expected: &[usize], found: &[usize]) -> Result<(), Problem> {
    if expected == found {
        return Ok(());
    }
    Err(Problem::Shape {
        tensor: name.to_string(),
        expected: expected.to_vec(),
        found: found.to_vec(),
    })
}
