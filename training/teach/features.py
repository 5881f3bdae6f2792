"""Feature maps of photos by ImageNet's or the shipped weights, kept on disk so that heads are tried in seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from torch import Tensor, nn

from ..model import EfficientNetLite0
from ..preprocess import InputRule, load_photo, network_input

# Name of a level: block of the backbone whose output it is; and its stride.
LEVELS = {"b2": 4, "b4": 8, "b10": 16}
# Deviation of each level's values about their channel's mean, over 24 photos of bsdata and magnetic_tile.
SPREADS = {
    "imagenet": {"b2": 8.2, "b4": 7.1, "b10": 4.6},
    "shipped": {"b2": 5.8, "b4": 5.9, "b10": 5.8},
}
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
SHIPPED = Path("public/models/surface-defects.onnx")


@dataclass(frozen=True)
class Levels:
    """``maps`` [channels, h, w] by level; ``size`` is the photo's (width, height), ``scale`` network pixels per photo pixel."""

    maps: dict[str, np.ndarray]
    size: tuple[int, int]
    scale: float


class ImageNetLevels(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.body = EfficientNetLite0()
        self.body.load_imagenet()
        self.register_buffer("mean", torch.tensor(MEAN).view(3, 1, 1) * 255)
        self.register_buffer("deviation", torch.tensor(DEVIATION).view(3, 1, 1) * 255)

    def forward(self, image: Tensor) -> list[Tensor]:
        x = ((image[..., :3].permute(2, 0, 1).float() - self.mean) / self.deviation)[None]
        x = torch.clamp(self.body.stem(x), 0, 6)
        out = {}
        for i, block in enumerate(self.body.blocks[:11]):
            x = block(x)
            if f"b{i}" in LEVELS:
                out[f"b{i}"] = x
        return [out[k] for k in LEVELS]


def write_imagenet(path: Path) -> None:
    """The backbone with ImageNet's weights as a graph of the shipped one's shape."""
    torch.onnx.export(
        ImageNetLevels().eval(),
        (torch.zeros(64, 96, 4, dtype=torch.uint8),),
        str(path),
        input_names=["image"],
        output_names=list(LEVELS),
        dynamic_axes={"image": {0: "height", 1: "width"}},
        opset_version=17,
        dynamo=False,
    )


def write_shipped(path: Path, shipped: Path = SHIPPED) -> None:
    """The shipped file cut behind its backbone's levels."""
    model = onnx.load(shipped)
    names = {n.output[0] for n in model.graph.node}

    def tensor(level: str) -> str:
        block = f"/model/backbone/body/blocks.{level[1:]}"
        added = f"{block}/Add_output_0"
        return added if added in names else f"{block}/project/Conv_output_0"

    wanted = [tensor(level) for level in LEVELS]
    needed, kept = set(wanted), []
    for node in reversed(model.graph.node):
        if needed.intersection(node.output):
            needed.update(node.input)
            kept.insert(0, node)
    weights = [w for w in model.graph.initializer if w.name in needed]
    outputs = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in wanted]
    graph = onnx.helper.make_graph(kept, "levels", list(model.graph.input), outputs, weights)
    onnx.save(onnx.helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version), path)


class Store:
    """Levels of photos by weights (``imagenet`` or ``shipped``) and rule; all are computed once, ``levels`` are given."""

    def __init__(self, folder: Path, weights: str, rule: InputRule, levels: Sequence[str] = tuple(LEVELS)):
        self.levels = levels
        name = f"{rule.shortSide}-{rule.longSide}-{rule.maxUpscale}"
        self.folder, self.rule = folder / weights / name, rule
        self.folder.mkdir(parents=True, exist_ok=True)
        graph = folder / f"{weights}.onnx"
        if not graph.exists():
            (write_imagenet if weights == "imagenet" else write_shipped)(graph)
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        self.session = ort.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])

    def __call__(self, path: Path, view: str = "") -> Levels:
        """``view``: of ``h`` (mirrored), ``v`` (upside down), ``+`` and ``-`` (brighter, darker by a sixth)."""
        key = hashlib.sha1(f"{path.resolve()}|{view}".encode()).hexdigest()[:20]
        file = self.folder / f"{key}.npz"
        if file.exists():
            with np.load(file) as kept:
                maps = {k: kept[k].astype(np.float32) for k in self.levels}
                return Levels(maps, tuple(int(v) for v in kept["size"]), float(kept["scale"]))
        photo = load_photo(path)
        image, scale = network_input(photo, self.rule)
        width, height = self.rule.size(*photo.size)
        image = change(image, width, height, view)
        values = self.session.run(None, {"image": image})
        maps = {k: v[0].astype(np.float16) for k, v in zip(LEVELS, values, strict=True)}
        np.savez(file, **maps, size=photo.size, scale=scale)
        return Levels({k: maps[k].astype(np.float32) for k in self.levels}, photo.size, scale)


def change(image: np.ndarray, width: int, height: int, view: str) -> np.ndarray:
    """The photo in the upper left width x height of ``image``, seen otherwise; the padding stays."""
    if not view:
        return image
    out = image.copy()
    part = image[:height, :width]
    if "h" in view:
        part = part[:, ::-1]
    if "v" in view:
        part = part[::-1]
    factor = (7 / 6 if "+" in view else 1) * (6 / 7 if "-" in view else 1)
    out[:height, :width, :3] = np.clip(part[..., :3] * factor + 0.5, 0, 255).astype(np.uint8)
    return out
