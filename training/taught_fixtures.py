"""``python -m training.taught_fixtures``: what the graphs that TypeScript composes have to give.

The same arithmetic once more, in PyTorch, from the backbone's outputs of the shipped file: levels brought to the grid, divided by their
spread, means of the neighbourhood appended, and the two kinds of heads. Head and picture follow from formulas, which
``tests/taught.ts`` repeats; one head is learnt, by scikit-learn.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
import torch.nn.functional as F
from onnx import helper
from sklearn.linear_model import LogisticRegression
from torch import Tensor

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "public/models/surface-defects.onnx"
EXPECTED = ROOT / "tests/fixtures/taught/expected.json"
SIZE = (96, 160)
CELL = 8
SPREADS = {4: [2.0], 8: [1.5], 16: [0.5 + (c % 7) / 4 for c in range(112)]}
NEIGHBOURHOOD = 5
CLASSES = 3
REMEMBERED = 40
SLOPE, OFFSET = 0.08, -14.0
# Cells of the disc: columns, rows.
MARKED = (11, 14), (3, 7)
PENALTY = 0.1
TAPS = {4: "lateral.0", 8: "lateral.1", 16: "lateral.2"}


def picture() -> np.ndarray:
    """A ramp with a disc and a scratch, uint8 [h, w, 4]."""
    y, x = np.mgrid[: SIZE[0], : SIZE[1]]
    value = 60 + x // 2 + y // 4
    value = np.where((x - 100) ** 2 + (y - 40) ** 2 < 300, 230, value)
    value = np.where(abs(x - y) < 3, 20, value)
    channels = [np.clip(value + shift, 0, 255) for shift in (0, 10, -10)]
    return np.stack([*channels, np.full_like(value, 255)], -1).astype(np.uint8)


def wave(count: int, step: float, size: float) -> np.ndarray:
    """Numbers that are alike in both languages, as far as single precision goes."""
    return (np.sin(np.arange(count) * step) * size).astype(np.float32)


def shipped_taps() -> dict[int, Tensor]:
    """What the lateral convolutions of the pyramid take, by stride."""
    model = onnx.load(SHIPPED)
    names = {}
    for stride, lateral in TAPS.items():
        [node] = [n for n in model.graph.node if n.op_type == "Conv" and f"{lateral}.weight" in n.input[1]]
        names[stride] = node.input[0]
        model.graph.output.append(helper.make_tensor_value_info(node.input[0], onnx.TensorProto.FLOAT, None))
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    outputs = session.run(list(names.values()), {"image": picture()})
    return {stride: torch.from_numpy(value) for stride, value in zip(names, outputs, strict=True)}


def features(taps: dict[int, Tensor]) -> Tensor:
    levels = []
    for stride, tap in taps.items():
        if stride < CELL:
            tap = F.avg_pool2d(tap, CELL // stride)
        elif stride > CELL:
            tap = F.interpolate(tap, scale_factor=stride / CELL, mode="bilinear", align_corners=False)
        levels.append(tap / torch.tensor(SPREADS[stride]).view(1, -1, 1, 1))
    own = torch.cat(levels, 1)
    mean = F.avg_pool2d(own, NEIGHBOURHOOD, 1, NEIGHBOURHOOD // 2, count_include_pad=False)
    return torch.cat([own, mean], 1)


def linear_map(cells: Tensor) -> Tensor:
    dims = cells.shape[1]
    score = torch.sigmoid(
        F.conv2d(cells, torch.from_numpy(wave(dims, 0.37, 0.02)).view(1, dims, 1, 1), torch.tensor([0.5]))
    )
    weights = torch.from_numpy(wave(CLASSES * dims, 0.53, 0.02)).view(CLASSES, dims, 1, 1)
    logits = F.conv2d(cells, weights, torch.from_numpy(wave(CLASSES, 1, 0.5)))
    share = logits.softmax(1)
    return (score * share / share.amax(1, keepdim=True))[0]


def memory_map(cells: Tensor) -> Tensor:
    dims = cells.shape[1]
    remembered = torch.from_numpy(wave(REMEMBERED * dims, 0.73, 3)).view(REMEMBERED, dims)
    rows = cells[0].flatten(1).T
    nearest = torch.cdist(rows, remembered).min(1).values
    return torch.sigmoid(SLOPE * nearest + OFFSET).view(1, *cells.shape[2:])


def learnt_map(cells: Tensor) -> Tensor:
    """What scikit-learn learns from the disc as a mark, both answers weighing alike, and says of the same cells."""
    (left, right), (top, bottom) = MARKED
    marked = np.zeros(cells.shape[2:], bool)
    marked[top:bottom, left:right] = True
    targets, rows = marked.ravel(), cells[0].flatten(1).T.numpy().astype(np.float64)
    weights = 0.5 / np.where(targets, targets.sum(), (~targets).sum())
    fit = LogisticRegression(C=1 / PENALTY, solver="newton-cholesky", tol=1e-10, max_iter=1000)
    return torch.from_numpy(fit.fit(rows, targets, weights).predict_proba(rows)[:, 1].reshape(1, *marked.shape))


def expected() -> dict[str, list]:
    cells = features(shipped_taps())
    maps = {
        "linear": linear_map(cells),
        "memory": memory_map(cells),
        "learnt": learnt_map(cells),
        "features": cells.mean((0, 2, 3)),
    }
    return {name: np.round(value.numpy().astype(float), 5).tolist() for name, value in maps.items()}


def main() -> None:
    EXPECTED.parent.mkdir(parents=True, exist_ok=True)
    EXPECTED.write_text(json.dumps(expected()) + "\n")


if __name__ == "__main__":
    main()
