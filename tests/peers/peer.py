"""PyTorch's side of the comparison: `python peer.py CASE FOLDER`.

FOLDER holds weights.f32, the first weights, layer by layer: [in, out] and bias. For each line on
standard input the case runs once; its answer is a line of JSON with the seconds it took and the
numbers to compare. `python peer.py clothes FOLDER` is a whole training instead, as one process.
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


def training(folder):
    """Ten epochs over 10,000 pictures in random order, then the test set."""
    case = MlpEpoch(folder)
    torch.manual_seed(1)
    for _ in range(10):
        for rows in torch.randperm(len(case.x)).split(BATCH):
            if len(rows) < BATCH:
                break
            case.adam.zero_grad()
            case.loss(case.net(case.x[rows]), case.t[rows]).backward()
            case.adam.step()
    x, t = clothes("t10k")
    with torch.inference_mode():
        right = (case.net(x).argmax(1) == t).float().mean().item()
    kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"accuracy": right, "peak_kib": kib}))


CASES = {"mlp_epoch": MlpEpoch, "mlp_latency": MlpLatency}


def main():
    name, folder, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    torch.set_num_threads(threads)
    if name == "clothes":
        return training(folder)
    case = CASES[name](folder)
    print(json.dumps({"torch": torch.__version__, "numpy": numpy.__version__}), flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        numbers = case.run()
        print(json.dumps({"seconds": time.perf_counter() - start, "numbers": numbers}), flush=True)


main()
