"""PyTorch's side of the comparison: `python peer.py CASE FOLDER`.

FOLDER holds weights.f32, the first weights, layer by layer: [in, out] and bias. For each line on
standard input the case runs once; its answer is a line of JSON with the seconds it took and the
numbers to compare. `python peer.py clothes FOLDER`, or `lenet`, or `yolo`, is a whole training
instead, as one process.
"""

import gzip
import json
import pathlib
import resource
import sys
import time

import numpy
import torch
from torch import nn

import yolo
from handed import Numbers, copy, fastest

DATA = pathlib.Path(__file__).resolve().parents[2] / "data" / "fashion"
SIZES = [784, 256, 128, 10]
BATCH = 64


def idx(name, header):
    with gzip.open(DATA / name) as file:
        return numpy.frombuffer(file.read(), dtype=numpy.uint8, offset=header)


def clothes(part):
    pixels = idx(f"{part}-images-idx3-ubyte.gz", 16).reshape(-1, 784)
    x = torch.from_numpy(pixels.astype(numpy.float32) / 255)
    return x, torch.from_numpy(idx(f"{part}-labels-idx1-ubyte.gz", 8).astype(numpy.int64))


def mlp(folder):
    weights = numpy.fromfile(pathlib.Path(folder) / "weights.f32", dtype="<f4")
    layers, at = [], 0
    for inputs, outputs in zip(SIZES, SIZES[1:]):
        layer = nn.Linear(inputs, outputs)
        with torch.no_grad():
            matrix = weights[at : at + inputs * outputs].reshape(inputs, outputs)
            layer.weight.copy_(torch.from_numpy(matrix.T.copy()))
            at += inputs * outputs
            layer.bias.copy_(torch.from_numpy(weights[at : at + outputs].copy()))
            at += outputs
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])


class MlpEpoch:
    """One epoch of 10,000 pictures, batch 64, Adam with its default arguments."""

    def __init__(self, folder):
        self.net = mlp(folder)
        self.x, self.t = clothes("train10k")
        self.adam = torch.optim.Adam(self.net.parameters())
        self.loss = nn.CrossEntropyLoss()

    def run(self):
        losses = []
        for rows in torch.arange(len(self.x)).split(BATCH):
            if len(rows) < BATCH:
                break
            self.adam.zero_grad()
            loss = self.loss(self.net(self.x[rows]), self.t[rows])
            loss.backward()
            self.adam.step()
            losses.append(loss.item())
        return [sum(losses) / len(losses), losses[0], losses[-1]]


class MlpLatency:
    """1,000 pictures, one at a time."""

    def __init__(self, folder):
        self.net = mlp(folder).eval()
        self.x, _ = clothes("train10k")

    def run(self):
        with torch.inference_mode():
            for i in range(1000):
                logits = self.net(self.x[i : i + 1])
        return logits[0].tolist()


class Convolution:
    """3x3 with padding 1, 100 times: forward, or forward and backward."""

    def __init__(self, folder, inputs, side, outputs, backward):
        def make(memory_format):
            numbers = Numbers(folder, f"conv_{inputs}_{outputs}.f32")
            x = numbers.take(64, inputs, side, side).to(memory_format=memory_format)
            layer = nn.Conv2d(inputs, outputs, 3, padding=1)
            with torch.no_grad():
                layer.weight.copy_(numbers.take(outputs, inputs, 3, 3))
                layer.bias.copy_(numbers.take(outputs))
            g = numbers.take(64, outputs, side, side).to(memory_format=memory_format)
            layer = layer.to(memory_format=memory_format)
            return layer, x.requires_grad_(backward and inputs > 1), g

        self.step = self.backward if backward else self.forward
        self.parts = fastest(make, lambda parts: self.step(*parts))

    def forward(self, layer, x, g):
        with torch.inference_mode():
            return [layer(x)]

    def backward(self, layer, x, g):
        layer.weight.grad = layer.bias.grad = x.grad = None
        layer(x).backward(g)
        gradients = [layer.weight.grad, layer.bias.grad, x.grad]
        return [gradient for gradient in gradients if gradient is not None]

    def run(self):
        # A result is dropped before the next one is computed, on the other side too.
        for _ in range(99):
            self.step(*self.parts)
        results = self.step(*self.parts)
        some = [r.contiguous().flatten()[:: -(-r.numel() // 7)].tolist() for r in results]
        return sum(some, [])


def convolution(*sizes):
    return lambda folder: Convolution(folder, *sizes)


def lenet(folder):
    numbers = Numbers(folder, "lenet.f32")
    layers = []
    for inputs, outputs, padding in ((1, 6, 2), (6, 16, 0)):
        layer = nn.Conv2d(inputs, outputs, 5, padding=padding)
        copy(layer, numbers.take(outputs, inputs, 5, 5), numbers.take(outputs))
        layers += [layer, nn.ReLU(), nn.MaxPool2d(2)]
    layers.append(nn.Flatten())
    for inputs, outputs in ((400, 120), (120, 84), (84, 10)):
        layer = nn.Linear(inputs, outputs)
        copy(layer, numbers.take(inputs, outputs).T, numbers.take(outputs))
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def digits():
    folder = DATA.parent / "mnist10k"
    with gzip.open(folder / "mnist10k-images-idx3-ubyte.gz") as file:
        pixels = numpy.frombuffer(file.read(), dtype=numpy.uint8, offset=16)
    with gzip.open(folder / "mnist10k-labels-idx1-ubyte.gz") as file:
        classes = numpy.frombuffer(file.read(), dtype=numpy.uint8, offset=8)
    x = torch.from_numpy(pixels.reshape(-1, 1, 28, 28).astype(numpy.float32) / 255)
    return x, torch.from_numpy(classes.astype(numpy.int64))


class LeNetEpoch:
    """One epoch of 10,000 digits, batch 64, Adam with its default arguments."""

    def __init__(self, folder, known=None):
        x, self.t = digits()

        def make(memory_format):
            net = lenet(folder).to(memory_format=memory_format)
            adam = torch.optim.Adam(net.parameters())
            return net, adam, x.to(memory_format=memory_format)

        parts = make(known) if known else fastest(make, lambda parts: self.steps(*parts, 20))
        self.net, self.adam, self.x = parts

    def steps(self, net, adam, x, most):
        losses = []
        for rows in torch.arange(len(x)).split(64)[:most]:
            if len(rows) < 64:
                break
            adam.zero_grad()
            loss = nn.functional.cross_entropy(net(x[rows]), self.t[rows])
            loss.backward()
            adam.step()
            losses.append(loss.item())
        return losses

    def run(self):
        losses = self.steps(self.net, self.adam, self.x, None)
        return [sum(losses) / len(losses), losses[0], losses[-1]]


class LeNetLatency:
    """500 digits, one at a time."""

    def __init__(self, folder):
        x, _ = digits()

        def make(memory_format):
            net = lenet(folder).eval().to(memory_format=memory_format)
            return net, x.to(memory_format=memory_format)

        self.net, self.x = fastest(make, lambda parts: self.all(*parts, 100))

    def all(self, net, x, count):
        with torch.inference_mode():
            for i in range(count):
                logits = net(x[i : i + 1])
        return logits

    def run(self):
        return self.all(self.net, self.x, 500)[0].tolist()


def vgg(numbers):
    layers, inputs = [], 3
    widths = [32, 32, 64, 64, 128, 128]
    for i, outputs in enumerate(widths):
        if i > 0 and i % 2 == 0:
            layers.append(nn.MaxPool2d(2))
        layer = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        copy(layer, numbers.take(outputs, inputs, 3, 3))
        layers += [layer, nn.BatchNorm2d(outputs), nn.ReLU()]
        inputs = outputs
    # The norms' scales and shifts are ones and zeros on both sides.
    numbers.take(2 * sum(widths))
    head = copy(nn.Linear(inputs, 10), numbers.take(inputs, 10).T, numbers.take(10))
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), head)


class VggSteps:
    """Three steps with Adam on one batch of 64 colour pictures."""

    def __init__(self, folder):
        self.t = torch.arange(64) % 10

        def make(memory_format):
            numbers = Numbers(folder, "vgg.f32")
            x = numbers.take(64, 3, 32, 32).to(memory_format=memory_format)
            net = vgg(numbers).to(memory_format=memory_format)
            return net, torch.optim.Adam(net.parameters()), x

        self.parts = fastest(make, lambda parts: self.steps(*parts))

    def steps(self, net, adam, x):
        losses = []
        for _ in range(3):
            adam.zero_grad()
            loss = nn.functional.cross_entropy(net(x), self.t)
            loss.backward()
            adam.step()
            losses.append(loss.item())
        return losses

    def run(self):
        return self.steps(*self.parts)


def learn(name, folder):
    """Ten epochs in random order; the share of the test that is right then."""
    if name == "clothes":
        case = MlpEpoch(folder)
        net, adam, x, t = case.net, case.adam, case.x, case.t
        test_x, test_t = clothes("t10k")
    else:
        # To find out which format is faster would take time here.
        case = LeNetEpoch(folder, torch.channels_last)
        net, adam = case.net, case.adam
        x, t, test_x, test_t = case.x[:8000], case.t[:8000], case.x[8000:], case.t[8000:]
    loss = nn.CrossEntropyLoss()
    torch.manual_seed(1)
    for _ in range(10):
        for rows in torch.randperm(len(x)).split(BATCH):
            if len(rows) < BATCH:
                break
            adam.zero_grad()
            loss(net(x[rows]), t[rows]).backward()
            adam.step()
    with torch.inference_mode():
        return (net(test_x).argmax(1) == test_t).float().mean().item()


def versions():
    """What this side computes with."""
    return {"torch": torch.__version__, "numpy": numpy.__version__}


def training(name, folder):
    """A whole training, and the memory that it took."""
    result = yolo.learn(folder) if name == "yolo" else learn(name, folder)
    kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"result": result, "peak_kib": kib, **versions()}))


CASES = {
    "mlp_epoch": MlpEpoch,
    "mlp_latency": MlpLatency,
    "conv_1_32": convolution(1, 28, 32, False),
    "conv_1_32_backward": convolution(1, 28, 32, True),
    "conv_32_64": convolution(32, 14, 64, False),
    "conv_32_64_backward": convolution(32, 14, 64, True),
    "lenet_epoch": LeNetEpoch,
    "vgg_step": VggSteps,
    "lenet_latency": LeNetLatency,
    "yolo_step": yolo.YoloSteps,
    "yolo_forward_416": yolo.YoloLarge,
}


def main():
    name, folder, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    torch.set_num_threads(threads)
    if name in ("clothes", "lenet", "yolo"):
        return training(name, folder)
    case = CASES[name](folder)
    print(json.dumps(versions()), flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        numbers = case.run()
        print(json.dumps({"seconds": time.perf_counter() - start, "numbers": numbers}), flush=True)


main()
