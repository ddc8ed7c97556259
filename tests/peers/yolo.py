"""Lesson 7's detector: the same net, the same loss. B scenes, S rows or columns of the grid, A
anchors, K classes, R rows: one for each anchor of each cell of each scene."""

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval

from handed import Numbers, copy, fastest

STAGES = ((16, 0), (32, 1), (64, 3))
ANCHORS = ((16.0, 16.0), (25.0, 26.0), (39.0, 41.0))
CLASSES, STRIDE, SIDE, BATCH = 10, 8, 128, 16
STEPS, LARGE, PICTURES = 3, 416, 10


def block(numbers, inputs, outputs, size, stride):
    """Convolution without a bias, batch normalisation, leaky ReLU."""
    layer = nn.Conv2d(inputs, outputs, size, stride, padding=size // 2, bias=False)
    copy(layer, numbers.take(outputs, inputs, size, size))
    norm = copy(nn.BatchNorm2d(outputs), numbers.take(outputs), numbers.take(outputs))
    norm.running_mean.copy_(numbers.take(outputs))
    norm.running_var.copy_(numbers.take(outputs))
    return nn.Sequential(layer, norm, nn.LeakyReLU(0.1))


class Residual(nn.Module):
    def __init__(self, numbers, channels):
        super().__init__()
        thin = block(numbers, channels, channels // 2, 1, 1)
        self.inside = nn.Sequential(thin, block(numbers, channels // 2, channels, 3, 1))

    def forward(self, x):
        return x + self.inside(x)


def detector(numbers):
    parts, inputs = [], 3
    for channels, blocks in STAGES:
        parts.append(block(numbers, inputs, channels, 3, 2))
        parts += [Residual(numbers, channels) for _ in range(blocks)]
        inputs = channels
    outputs = len(ANCHORS) * (5 + CLASSES)
    head = nn.Conv2d(inputs, outputs, 1)
    copy(head, numbers.take(outputs, inputs, 1, 1), numbers.take(outputs))
    return nn.Sequential(*parts, head)


def boxes(rows, cells, anchors):
    """Left, top, right and bottom edge: [R, 5+K] -> [R, 4]."""
    centre = (torch.sigmoid(rows[:, 0:2]) * 2 - 0.5 + cells) * STRIDE
    half = torch.exp(rows[:, 2:4].clamp(-4, 4)) * anchors * 0.5
    return torch.cat((centre - half, centre + half), 1)


def area(low, high):
    sides = (high - low).clamp(min=0)
    return sides[..., 0] * sides[..., 1]


def overlap(a, b):
    """The areas of both and of either."""
    low = torch.maximum(a[..., :2], b[..., :2])
    both = area(low, torch.minimum(a[..., 2:], b[..., 2:]))
    either = area(a[..., :2], a[..., 2:]) + area(b[..., :2], b[..., 2:]) - both
    return both, either


def giou(a, b):
    both, either = overlap(a, b)
    low = torch.minimum(a[:, :2], b[:, :2])
    hull = area(low, torch.maximum(a[:, 2:], b[:, 2:]))
    return both / either - (hull - either) / hull


class Loss:
    """The lesson's loss. Which box answers for which object is handed over, and known before
    the clock starts; our side works it out in each step."""

    def __init__(self, numbers):
        answering, objects = (int(n) for n in numbers.take(2))
        targets = numbers.take(answering, 10)
        self.answering = targets[:, 0].long()
        self.cells, self.anchors = targets[:, 1:3], targets[:, 3:5]
        self.edges, self.classes = targets[:, 5:9], targets[:, 9].long()
        objects = numbers.take(objects, 5)
        most = int(objects[:, 0].long().bincount().max())
        # Boxes without an area fill the rows of scenes with fewer objects.
        self.objects = torch.zeros(BATCH, 1, most, 4)
        for scene in range(BATCH):
            of_scene = objects[objects[:, 0] == scene, 1:]
            self.objects[scene, 0, : len(of_scene)] = of_scene
        places = SIDE // STRIDE
        y, x, a = torch.meshgrid(
            torch.arange(places), torch.arange(places), torch.arange(len(ANCHORS)), indexing="ij"
        )
        cells = torch.stack((x, y), -1).reshape(-1, 2).float()
        self.all_cells = cells.repeat(BATCH, 1)
        self.all_anchors = torch.tensor(ANCHORS)[a.reshape(-1)].repeat(BATCH, 1)
        self.wanted = torch.zeros(len(self.all_cells))
        self.wanted[self.answering] = 1

    def __call__(self, numbers):
        rows = numbers.permute(0, 2, 3, 1).reshape(-1, 5 + CLASSES)  # [R, 5+K]
        with torch.no_grad():
            # Boxes that say "nothing" but lie on an object are left out.
            edges = boxes(rows, self.all_cells, self.all_anchors).view(BATCH, -1, 1, 4)
            both, either = overlap(edges, self.objects)  # [B, R/B, objects]
            heeded = (both <= 0.6 * either).all(-1).view(-1).float()
            heeded[self.answering] = 1
        objectness = F.binary_cross_entropy_with_logits(
            rows[:, 4], self.wanted, weight=heeded, reduction="sum"
        )
        positive = rows[self.answering]  # [P, 5+K]
        overlaps = giou(boxes(positive, self.cells, self.anchors), self.edges)
        classes = F.cross_entropy(positive[:, 5:], self.classes)
        return 5 * (1 - overlaps).mean() + objectness / len(self.answering) + classes


class YoloSteps:
    """Three steps with AdamW on one batch of 16 scenes."""

    def __init__(self, folder, memory_format=None):
        def make(memory_format):
            numbers = Numbers(folder, "yolo.f32")
            x = numbers.take(BATCH, 3, SIDE, SIDE).to(memory_format=memory_format)
            loss = Loss(numbers)
            net = detector(numbers).to(memory_format=memory_format)
            matrices = [p for p in net.parameters() if p.dim() > 1]
            rest = [p for p in net.parameters() if p.dim() == 1]
            groups = [{"params": matrices}, {"params": rest, "weight_decay": 0.0}]
            adamw = torch.optim.AdamW(groups, lr=2e-3, betas=(0.9, 0.99), weight_decay=0.01)
            return net, loss, adamw, x

        if memory_format is None:
            self.parts = fastest(make, lambda parts: self.steps(*parts))
        else:
            self.parts = make(memory_format)

    def steps(self, net, loss_of, adamw, x):
        losses = []
        for _ in range(STEPS):
            adamw.zero_grad()
            loss = loss_of(net(x))
            loss.backward()
            adamw.step()
            losses.append(loss.item())
        return losses

    def run(self):
        return self.steps(*self.parts)


def learn(folder):
    """Ninety steps; the loss of the third."""
    # To find out which format is faster would take time and memory here.
    steps = YoloSteps(folder, torch.channels_last)
    losses = [steps.run() for _ in range(30)]
    return losses[0][-1]


def fuse(part):
    """In use, a normalisation goes into the convolution before it, as on our side."""
    for name, child in part.named_children():
        if isinstance(child, nn.Sequential) and isinstance(child[1], nn.BatchNorm2d):
            setattr(part, name, nn.Sequential(fuse_conv_bn_eval(child[0], child[1]), child[2]))
        else:
            fuse(child)
    return part


class YoloLarge:
    """One picture of 416 x 416, ten times."""

    def __init__(self, folder):
        def make(memory_format):
            numbers = Numbers(folder, "yolo_large.f32")
            x = numbers.take(1, 3, LARGE, LARGE).to(memory_format=memory_format)
            return fuse(detector(numbers).eval()).to(memory_format=memory_format), x

        self.parts = fastest(make, lambda parts: self.all(*parts))

    def all(self, net, x):
        with torch.inference_mode():
            # An answer is dropped before the next one is computed, on the other side too.
            for _ in range(PICTURES - 1):
                net(x)
            return net(x)

    def run(self):
        return self.all(*self.parts).contiguous().flatten()[::997].tolist()
