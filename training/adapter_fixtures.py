"""``python -m training.adapter_fixtures``: tiny models of foreign families, and what should be found with them.

Writes to tests/fixtures/adapters ONNX graphs of a few kB with the inputs, outputs and metadata of Mask R-CNN by
torchvision, of Ultralytics' segmentation models in both shapes, and of two kinds of model that can't be used. They are
not trained: they answer to how red and how green a photo is. Beside them a photo, what native onnxruntime makes of it,
and the detections by a post-processing of its own, which works on whole images where the browser works on grids over
boxes.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from PIL import Image
from pycocotools import mask as coco_mask

from .preprocess import pad

OUT = Path("tests/fixtures/adapters")
FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64

FLOOR = 0.05
NMS_IOU = 0.7
NAMES = ["red 'spot'", "green"]
COEFFICIENTS = 32
PAD_VALUE = 114
PHOTO = (120, 90)
# x, y, radius along x and y, colour
SPOTS = [(30, 28, 14, 9, (230, 30, 20)), (72.4, 70.6, 9, 15, (25, 220, 30)), (100, 18, 6, 6, (170, 20, 25))]


class Graph:
    """Nodes and weights by name; every call of an operator gives the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, value: object, dtype: type = np.float32, name: str | None = None) -> str:
        name = name or f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(value, dtype), name))
        return name

    def index(self, value: object) -> str:
        return self.weight(value, np.int64)

    def __call__(self, operator: str, *inputs: str, name: str | None = None, **attributes: object) -> str:
        name = name or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        return name

    def save(self, path: Path, inputs: list, outputs: list, metadata: dict[str, object] | None = None) -> None:
        def info(name: str, kind: int, shape: list) -> onnx.ValueInfoProto:
            return helper.make_tensor_value_info(name, kind, shape)

        graph = helper.make_graph(
            self.nodes, path.stem, [info(*i) for i in inputs], [info(*o) for o in outputs], self.weights
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        for key, value in (metadata or {}).items():
            model.metadata_props.add(key=key, value=str(value))
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, path)


def colourness(g: Graph, image: str) -> str:
    """[1, 2, h, w] in about -1..1: how much redder, and how much greener a pixel is than its other colours."""
    weights = np.array([[1, -0.7, -0.5], [-0.7, 1, -0.5]]).reshape(2, 3, 1, 1)
    return g("Conv", image, g.weight(weights))


def torchvision(path: Path) -> None:
    """At most one detection of each class: the box around all that is coloured, the mask pasted into the image."""
    g = Graph()
    image = g("Unsqueeze", "image.1", g.index([0]))
    seen = g("Squeeze", colourness(g, image), g.index([0]))  # [2, h, w]
    probability = g("Sigmoid", g("Mul", g("Sub", seen, g.weight(0.25)), g.weight(12)))
    bias = g.weight([0, 0, -0.02], name="roi_heads.box_predictor.cls_score.bias")
    # The background is class 0.
    best = g("Add", g("ReduceMax", probability, axes=[1, 2], keepdims=0), g("Gather", bias, g.index([1, 2])))
    inside = g("Cast", g("Greater", probability, g.weight(0.3)), to=FLOAT)
    corners = []
    for axis in (2, 1):
        length = g("Gather", g("Shape", seen), g.index(axis))
        positions = g("Cast", g("Range", g.index(0), length, g.index(1)), to=FLOAT)
        along = g("ReduceMax", inside, axes=[3 - axis], keepdims=0)  # [2, length]
        end = g("ReduceMax", g("Mul", along, g("Add", positions, g.weight(1))), axes=[1], keepdims=0)
        from_end = g("Mul", along, g("Sub", g("Cast", length, to=FLOAT), positions))
        start = g("Sub", g("Cast", length, to=FLOAT), g("ReduceMax", from_end, axes=[1], keepdims=0))
        corners.append((start, end))
    (x1, x2), (y1, y2) = corners
    columns = [g("Unsqueeze", c, g.index([1])) for c in (x1, y1, x2, y2)]
    is_found = g("Greater", best, g.weight(0.3))
    g("Compress", g("Concat", *columns, axis=1), is_found, axis=0, name="boxes.55")
    g("Compress", g.index([1, 2]), is_found, axis=0, name="2525")
    g("Compress", best, is_found, axis=0, name="2524")
    g("Unsqueeze", g("Compress", probability, is_found, axis=0), g.index([1]), name="3122")
    g.save(
        path,
        [("image.1", FLOAT, [3, "h", "w"])],
        # Exporters call most outputs by numbers.
        [
            ("boxes.55", FLOAT, ["n", 4]),
            ("2525", INT64, ["n"]),
            ("2524", FLOAT, ["n"]),
            ("3122", FLOAT, ["n", 1, "h", "w"]),
        ],
    )


def yolo_heads(g: Graph, image: str) -> tuple[str, str]:
    """Predictions [1, 4 + 2 + 32, places] and prototypes [1, 32, h / 4, w / 4]."""
    fine = colourness(g, g("AveragePool", image, kernel_shape=[4, 4], strides=[4, 4]))
    # Redness, greenness, their opposites and a constant; the other prototypes are never used.
    weights = np.zeros((COEFFICIENTS, 2, 1, 1))
    weights[:4, :, 0, 0] = [[10, 0], [0, 10], [-5, -5], [3, -2]]
    bias = np.zeros(COEFFICIENTS)
    bias[4] = -1
    prototypes = g("Conv", fine, g.weight(weights), g.weight(bias))

    cells = colourness(g, g("AveragePool", image, kernel_shape=[8, 8], strides=[8, 8]))
    scores = g("Sigmoid", g("Mul", g("Sub", cells, g.weight(0.35)), g.weight(9)))
    # What makes a mask out of prototypes follows the colour of the place.
    weights = np.zeros((COEFFICIENTS, 2, 1, 1))
    weights[:5, :, 0, 0] = [[1, 0], [0, 1], [0.1, 0.1], [0.05, 0], [2, 2]]
    coefficients = g("Conv", cells, g.weight(weights))

    ones = g("Add", g("Mul", g("Slice", cells, *map(g.index, ([0], [1], [1]))), g.weight(0)), g.weight(1))
    centres = [g("Sub", g("CumSum", ones, g.index(axis)), g.weight(0.5)) for axis in (3, 2)]
    # Wide enough for neighbours to suppress each other, but not all: IoU 0.75 and 0.6.
    sides = [g("Mul", ones, g.weight(side)) for side in (56, 40)]
    boxes = [*(g("Mul", centre, g.weight(8)) for centre in centres), *sides]
    shape = g.index([1, 4 + len(NAMES) + COEFFICIENTS, -1])
    return g("Reshape", g("Concat", *boxes, scores, coefficients, axis=1), shape), prototypes


def yolo_metadata(size: list[int]) -> dict[str, object]:
    """As Ultralytics writes it: what Python prints."""
    return {
        "description": "Ultralytics test model",
        "license": "AGPL-3.0 License (https://ultralytics.com/license)",
        "stride": 32,
        "task": "segment",
        "batch": 1,
        "imgsz": size,
        "names": dict(enumerate(NAMES)),
    }


def ultralytics_raw(path: Path) -> None:
    """One size alone, and not a square."""
    g = Graph()
    predictions, prototypes = yolo_heads(g, "images")
    g("Identity", predictions, name="output0")
    g("Identity", prototypes, name="output1")
    g.save(
        path,
        [("images", FLOAT, [1, 3, 96, 160])],
        [
            ("output0", FLOAT, [1, 4 + len(NAMES) + COEFFICIENTS, 12 * 20]),
            ("output1", FLOAT, [1, COEFFICIENTS, 24, 40]),
        ],
        yolo_metadata([96, 160]),
    )


def ultralytics_end_to_end(path: Path) -> None:
    """Any size, and the shape of the predictions is not stated."""
    g = Graph()
    predictions, prototypes = yolo_heads(g, "images")
    rows = g("Transpose", predictions, perm=[0, 2, 1])
    starts = {
        "scores": ([4], [6]),
        "coefficients": ([6], [6 + COEFFICIENTS]),
        "centre": ([0], [2]),
        "side": ([2], [4]),
    }
    part = {key: g("Slice", rows, g.index(a), g.index(b), g.index([2])) for key, (a, b) in starts.items()}
    half = g("Mul", part["side"], g.weight(0.5))
    corners = g("Concat", g("Sub", part["centre"], half), g("Add", part["centre"], half), axis=2)
    # One place of every three along both axes, as a network without suppression would leave.
    phase = g("Mod", g("Sub", part["centre"], g.weight(4)), g.weight(24), fmod=1)
    lonely = g("Cast", g("Less", g("ReduceMax", phase, axes=[2], keepdims=1), g.weight(0.5)), to=FLOAT)
    scores = g("Mul", part["scores"], lonely)
    best = g("ReduceMax", scores, axes=[2], keepdims=1)
    label = g("Cast", g("ArgMax", scores, axis=2, keepdims=1), to=FLOAT)
    table = g("Concat", corners, best, label, part["coefficients"], axis=2)
    values_and_places = helper.make_node("TopK", [best, g.index([40])], ["top", "places"], axis=1)
    g.nodes.append(values_and_places)
    places = g("Squeeze", "places", g.index([0, 2]))
    g("Gather", table, places, axis=1, name="output0")
    g("Identity", prototypes, name="output1")
    g.save(
        path,
        [("images", FLOAT, ["batch", 3, "height", "width"])],
        [
            ("output0", FLOAT, ["batch", "anchors", "columns"]),
            ("output1", FLOAT, ["batch", COEFFICIENTS, "mask_height", "mask_width"]),
        ],
        yolo_metadata([128, 128]) | {"end2end": True},
    )


def ultralytics_detection(path: Path) -> None:
    g = Graph()
    predictions, _ = yolo_heads(g, "images")
    g("Slice", predictions, g.index([0]), g.index([6]), g.index([1]), name="output0")
    g.save(
        path,
        [("images", FLOAT, [1, 3, 96, 160])],
        [("output0", FLOAT, [1, 6, 240])],
        yolo_metadata([96, 160]) | {"task": "detect"},
    )


def classification(path: Path) -> None:
    g = Graph()
    pooled = g("ReduceMean", colourness(g, "input"), axes=[2, 3], keepdims=0)
    g("Softmax", pooled, axis=1, name="logits")
    g.save(path, [("input", FLOAT, [1, 3, 32, 32])], [("logits", FLOAT, [1, 2])])


def draw() -> np.ndarray:
    """Soft coloured spots on grey: [h, w, 3]."""
    width, height = PHOTO
    y, x = np.mgrid[:height, :width] + 0.5
    photo = np.full((height, width, 3), 90.0)
    for cx, cy, rx, ry, colour in SPOTS:
        # The exponent is a little off a Gaussian's, so that no two places score alike.
        weight = np.exp(-((np.abs(x - cx) / rx) ** 2.2 + (np.abs(y - cy) / ry) ** 2.1))[..., None]
        photo = photo * (1 - weight) + np.array(colour) * weight
    return photo.round().astype(np.uint8)


@dataclass(frozen=True)
class Fit:
    """The photo's size in the input, the input's size, and input pixels per photo pixel."""

    width: int
    height: int
    padded_width: int
    padded_height: int
    scale: float


def planes_of(photo: np.ndarray, fit: Fit) -> np.ndarray:
    """uint8 [3, h, w]."""
    resized = Image.fromarray(photo).resize((fit.width, fit.height), Image.Resampling.BILINEAR)
    padded = pad(np.asarray(resized), fit.padded_width, fit.padded_height, PAD_VALUE)
    return padded.transpose(2, 0, 1)


def bilinear(image: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Values of [h, w] at positions of an axis each, counted from pixel centres, clamped at the edge."""
    height, width = image.shape
    x, y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    right, bottom = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    u, v = x - left, (y - top)[:, None]
    rows = image[top] * (1 - v) + image[bottom] * v
    return rows[:, left] * (1 - u) + rows[:, right] * u


def iou(a: np.ndarray, b: np.ndarray) -> float:
    width, height = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    return float(both / (np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - both))


def suppress(found: list[tuple[np.ndarray, float, int, np.ndarray]]) -> list:
    """Class-aware non-maximum suppression, from its definition."""
    kept: list = []
    for one in sorted(found, key=lambda f: -f[1]):
        if all(one[2] != other[2] or iou(one[0], other[0]) <= NMS_IOU for other in kept):
            kept.append(one)
    return kept


def detections(fit: Fit, found: list[tuple[np.ndarray, float, int, np.ndarray]], level: float) -> list[dict]:
    """Of (corners in input pixels, score, class from 1, image whose values from ``level`` on are the mask)."""
    width, height = PHOTO
    out = []
    for corners, score, label, image in sorted(found, key=lambda f: -f[1]):
        box = np.clip(corners / fit.scale, 0, [width, height, width, height])
        x, y = np.arange(width) + 0.5, np.arange(height) + 0.5
        across = image.shape[1] / fit.padded_width * fit.scale
        down = image.shape[0] / fit.padded_height * fit.scale
        mask = bilinear(image, x * across - 0.5, y * down - 0.5) >= level
        mask &= (x >= box[0]) & (x < box[2]) & ((y >= box[1]) & (y < box[3]))[:, None]
        rle = coco_mask.encode(np.asfortranarray(mask, np.uint8))
        out.append(
            {
                "classId": label,
                "score": round(float(score), 5),
                "box": [round(float(v), 3) for v in (*box[:2], *(box[2:] - box[:2]))],
                "segmentation": {"size": [height, width], "counts": rle["counts"].decode()},
            }
        )
    return out


def read_torchvision(outputs: dict[str, np.ndarray], fit: Fit) -> list[dict]:
    rows = zip(outputs["boxes.55"], outputs["2524"], outputs["2525"], outputs["3122"], strict=True)
    return detections(fit, [(b, s, int(k), m[0]) for b, s, k, m in rows if s >= FLOOR], 0.5)


def read_raw(outputs: dict[str, np.ndarray], fit: Fit) -> list[dict]:
    prototypes = outputs["output1"][0]
    found = []
    for column in outputs["output0"][0].T:
        centre, size, scores, coefficients = np.split(column, [2, 4, 4 + len(NAMES)])
        if scores.max() < FLOOR:
            continue
        corners = np.concatenate([centre - size / 2, centre + size / 2])
        logits = np.tensordot(coefficients, prototypes, 1)
        found.append((corners, scores.max(), int(scores.argmax()) + 1, logits))
    return detections(fit, suppress(found), 0)


def read_end_to_end(outputs: dict[str, np.ndarray], fit: Fit) -> list[dict]:
    prototypes = outputs["output1"][0]
    rows = [row for row in outputs["output0"][0] if row[4] >= FLOOR]
    found = [(row[:4], row[4], int(row[5]) + 1, np.tensordot(row[6:], prototypes, 1)) for row in rows]
    return detections(fit, found, 0)


def packed(data: np.ndarray) -> str:
    return base64.b64encode(zlib.compress(np.ascontiguousarray(data).tobytes(), 9)).decode()


def tensor(data: np.ndarray) -> dict:
    return {"type": str(data.dtype), "dims": list(data.shape), "data": packed(data)}


# The fit of a photo of 120 x 90 pixels: by a hint of 60 px for the short side, into 160 x 96, and by a long side of 128.
USABLE = {
    "torchvision": (torchvision, read_torchvision, Fit(80, 60, 80, 60, 60 / 90)),
    "ultralytics-raw": (ultralytics_raw, read_raw, Fit(128, 96, 160, 96, 96 / 90)),
    "ultralytics-end-to-end": (ultralytics_end_to_end, read_end_to_end, Fit(128, 96, 128, 96, 128 / 120)),
}


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    photo = draw()
    Image.fromarray(photo).save(OUT / "photo.png", optimize=True)
    ultralytics_detection(OUT / "ultralytics-detection.onnx")
    classification(OUT / "classification.onnx")
    models = {}
    for name, (write, read, fit) in USABLE.items():
        path = OUT / f"{name}.onnx"
        write(path)
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        [wanted] = session.get_inputs()
        planes = planes_of(photo, fit)
        values = planes.astype(np.float32) / np.float32(255)
        results = session.run(None, {wanted.name: values if len(wanted.shape) == 3 else values[None]})
        outputs = {o.name: r for o, r in zip(session.get_outputs(), results, strict=True)}
        models[name] = {
            "input": {"name": wanted.name, "dims": list(planes.shape), "planes": packed(planes)},
            "outputs": {key: tensor(value) for key, value in outputs.items()},
            "detections": read(outputs, fit),
        }
    rgba = np.dstack([photo, np.full(photo.shape[:2], 255, np.uint8)])
    record = {"photo": {"width": PHOTO[0], "height": PHOTO[1], "rgba": packed(rgba)}, "models": models}
    (OUT / "expected.json").write_text(json.dumps(record, separators=(",", ":")) + "\n")
    found = ", ".join(f"{name}: {len(m['detections'])}" for name, m in models.items())
    size = sum(path.stat().st_size for path in OUT.iterdir())
    print(f"{size / 1000:.0f} kB in {OUT}; detections of {found}")


if __name__ == "__main__":
    main()
