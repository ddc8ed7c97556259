//! ONNX's node tests of operations on pictures.

use tensor::Tensor;
use tensor::pictures::{Conv, Pool};

use crate::proto::{Node, Value};

/// The nodes that [`calculate`] knows.
pub(crate) const NODES: [&str; 8] = [
    "Conv",
    "ConvTranspose",
    "MaxPool",
    "AveragePool",
    "GlobalAveragePool",
    "GlobalMaxPool",
    "BatchNormalization",
    "Resize",
];

/// What the node says, by the operation called `op`.
pub(crate) fn calculate(op: &str, node: &Node, inputs: &[Option<Value>]) -> Tensor {
    let tensors: Vec<Tensor> = inputs.iter().flatten().map(Value::tensor).collect();
    let x = &tensors[0];
    let [n, c, h, w] = x.dims();
    match node.op_type.as_str() {
        "Conv" => {
            let how = conv(node, [h, w], kernel(node, &tensors[1]));
            x.conv2d(&tensors[1], tensors.get(2), how)
        }
        "ConvTranspose" => conv_transpose(node, x, &tensors[1], tensors.get(2)),
        "MaxPool" => x.max_pool2d(pool(node, [h, w])),
        "AveragePool" => {
            let how = pool(node, [h, w]);
            assert!(how.padding == [0, 0] || node.int("count_include_pad", 0) == 1);
            x.avg_pool2d(how)
        }
        "GlobalAveragePool" if op == "global_avg_pool2d" => {
            x.global_avg_pool2d().reshape(&[n, c, 1, 1])
        }
        "GlobalAveragePool" => x.adaptive_avg_pool2d([1, 1]),
        "GlobalMaxPool" => x.adaptive_max_pool2d([1, 1]),
        "BatchNormalization" => {
            assert_eq!(node.int("training_mode", 0), 1);
            x.batch_norm(&tensors[1], &tensors[2], node.float("epsilon", 1e-5)).0
        }
        "Resize" => {
            assert_eq!((node.text("mode").as_str(), inputs.len()), ("linear", 3));
            let scales = tensors.last().unwrap().to_vec();
            x.resize_bilinear([h as f32 * scales[2], w as f32 * scales[3]].map(|x| x as usize))
        }
        other => panic!("no operation of ours is {other}"),
    }
}

/// A setting for rows and columns.
fn two(node: &Node, name: &str) -> Option<[usize; 2]> {
    let ints = node.ints(name)?;
    Some([ints[0] as usize, ints[1] as usize])
}

fn stride(node: &Node) -> [usize; 2] {
    two(node, "strides").unwrap_or([1, 1])
}

fn dilation(node: &Node) -> [usize; 2] {
    two(node, "dilations").unwrap_or([1, 1])
}

/// The size of the window, as the node or else the weight has it.
fn kernel(node: &Node, weight: &Tensor) -> [usize; 2] {
    two(node, "kernel_shape").unwrap_or([weight.shape()[2], weight.shape()[3]])
}

/// The padding, equal on both sides: as the node says, or as much as leaves one place for each
/// stride.
fn padding(node: &Node, lengths: [usize; 2], kernel: [usize; 2]) -> [usize; 2] {
    if node.text("auto_pad").starts_with("SAME") {
        return [0, 1].map(|i| {
            let (stride, reach) = (stride(node)[i], dilation(node)[i] * (kernel[i] - 1) + 1);
            let both = (lengths[i].div_ceil(stride) - 1) * stride + reach - lengths[i];
            assert!(both.is_multiple_of(2));
            both / 2
        });
    }
    let pads = node.ints("pads").unwrap_or(vec![0; 4]);
    assert_eq!(pads[..2], pads[2..]);
    [pads[0] as usize, pads[1] as usize]
}

fn conv(node: &Node, lengths: [usize; 2], kernel: [usize; 2]) -> Conv {
    Conv {
        stride: stride(node),
        padding: padding(node, lengths, kernel),
        dilation: dilation(node),
        groups: node.int("group", 1) as usize,
    }
}

fn pool(node: &Node, lengths: [usize; 2]) -> Pool {
    let kernel = two(node, "kernel_shape").unwrap();
    Pool { kernel, stride: stride(node), padding: padding(node, lengths, kernel) }
}

/// The size is the node's own, or each stride long for each number, or as it comes out.
fn conv_transpose(node: &Node, x: &Tensor, weight: &Tensor, bias: Option<&Tensor>) -> Tensor {
    let lengths = [x.shape()[2], x.shape()[3]];
    let (stride, dilation, kernel) = (stride(node), dilation(node), kernel(node, weight));
    if node.text("auto_pad") == "SAME_UPPER" {
        // What is too much of the end is cut off.
        let how = Conv { stride, dilation, ..Conv::default() };
        let y = x.conv_transpose2d(weight, bias, how, [0, 0]);
        return y.slice(2, ..lengths[0] * stride[0]).slice(3, ..lengths[1] * stride[1]);
    }
    let how = conv(node, lengths, kernel);
    let own = |i: usize| {
        let [stride, reach] = [stride[i], dilation[i] * (kernel[i] - 1) + 1];
        (lengths[i] - 1) * stride + reach - 2 * how.padding[i]
    };
    let more = two(node, "output_shape").map(|wanted| [wanted[0] - own(0), wanted[1] - own(1)]);
    let extra = more.or(two(node, "output_padding")).unwrap_or([0, 0]);
    x.conv_transpose2d(weight, bias, how, extra)
}
