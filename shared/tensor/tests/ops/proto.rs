//! The parts of ONNX's files that its node tests use.
//!
//! Source: <https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto>.

use std::path::Path;

use prost::Message;
use tensor::Tensor;

#[derive(Clone, PartialEq, Message)]
struct Model {
    #[prost(message, optional, tag = "7")]
    graph: Option<Graph>,
}

#[derive(Clone, PartialEq, Message)]
struct Graph {
    #[prost(message, repeated, tag = "1")]
    node: Vec<Node>,
}

/// A call of an operation.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Node {
    #[prost(string, repeated, tag = "1")]
    pub(crate) input: Vec<String>,
    #[prost(string, tag = "4")]
    pub(crate) op_type: String,
    #[prost(message, repeated, tag = "5")]
    pub(crate) attribute: Vec<Attribute>,
}

/// What is settled about a call beside its inputs.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Attribute {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(float, tag = "2")]
    float: f32,
    #[prost(int64, tag = "3")]
    int: i64,
    #[prost(bytes = "vec", tag = "4")]
    text: Vec<u8>,
    #[prost(int64, repeated, packed = "false", tag = "8")]
    ints: Vec<i64>,
}

#[derive(Clone, PartialEq, Message)]
struct Numbers {
    #[prost(int64, repeated, packed = "false", tag = "1")]
    dims: Vec<i64>,
    #[prost(int32, tag = "2")]
    data_type: i32,
    #[prost(bytes = "vec", tag = "9")]
    raw: Vec<u8>,
}

impl Node {
    /// A whole number, or what it is where the model does not say.
    pub(crate) fn int(&self, name: &str, otherwise: i64) -> i64 {
        let found = self.attribute.iter().find(|attribute| attribute.name == name);
        found.map_or(otherwise, |attribute| attribute.int)
    }

    /// A number, or what it is where the model does not say.
    pub(crate) fn float(&self, name: &str, otherwise: f32) -> f32 {
        let found = self.attribute.iter().find(|attribute| attribute.name == name);
        found.map_or(otherwise, |attribute| attribute.float)
    }

    /// A word; no letters where the model does not say.
    pub(crate) fn text(&self, name: &str) -> String {
        let found = self.attribute.iter().find(|attribute| attribute.name == name);
        found.map_or(String::new(), |attribute| String::from_utf8(attribute.text.clone()).unwrap())
    }

    /// Whole numbers, if the model gives them.
    pub(crate) fn ints(&self, name: &str) -> Option<Vec<i64>> {
        let found = self.attribute.iter().find(|attribute| attribute.name == name);
        found.map(|attribute| attribute.ints.clone())
    }
}

/// One input or output: numbers of any type, as real and as whole numbers.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) shape: Vec<usize>,
    reals: Vec<f32>,
    pub(crate) ints: Vec<i64>,
}

impl Value {
    /// The tensor of the numbers.
    pub(crate) fn tensor(&self) -> Tensor {
        Tensor::from_vec(self.reals.clone(), &self.shape)
    }
}

/// A test: the call, its inputs (`None` where one is left out) and its output.
pub(crate) struct Vectors {
    pub(crate) node: Node,
    pub(crate) inputs: Vec<Option<Value>>,
    pub(crate) output: Value,
}

impl Vectors {
    /// The test in a folder.
    pub(crate) fn read(folder: &Path) -> Vectors {
        let model = std::fs::read(folder.join("model.onnx")).unwrap();
        let model = Model::decode(model.as_slice()).unwrap();
        let [node] = model.graph.unwrap().node.try_into().unwrap();
        let mut files = 0..;
        let mut read_next = |name: &String| {
            let file = || format!("input_{}.pb", files.next().unwrap());
            (!name.is_empty()).then(file).map(|file| read(&folder.join(file)))
        };
        let inputs = node.input.iter().map(&mut read_next).collect();
        Vectors { inputs, output: read(&folder.join("output_0.pb")), node }
    }
}

/// The numbers in a file. The types' numbers are those of `TensorProto.DataType`.
fn read(file: &Path) -> Value {
    let numbers = Numbers::decode(std::fs::read(file).unwrap().as_slice()).unwrap();
    let raw = &numbers.raw;
    let reals: Vec<f64> = match numbers.data_type {
        1 => raw.as_chunks().0.iter().map(|&b| f32::from_le_bytes(b).into()).collect(),
        6 => raw.as_chunks().0.iter().map(|&b| i32::from_le_bytes(b).into()).collect(),
        7 => raw.as_chunks().0.iter().map(|&b| i64::from_le_bytes(b) as f64).collect(),
        9 => raw.iter().map(|&b| b.into()).collect(),
        11 => raw.as_chunks().0.iter().map(|&b| f64::from_le_bytes(b)).collect(),
        other => panic!("{}: numbers of type {other}", file.display()),
    };
    Value {
        shape: numbers.dims.iter().map(|&length| length as usize).collect(),
        ints: reals.iter().map(|&x| x as i64).collect(),
        reals: reals.into_iter().map(|x| x as f32).collect(),
    }
}
