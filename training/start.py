"""What a training run may begin with: a finished run's checkpoint, or a model file of this project's own network."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from google.protobuf.message import DecodeError
from onnx import numpy_helper
from torch import Tensor
from torchvision.models.detection import MaskRCNN

from .data import CLASSES, DataError
from .model import build_model
from .predict import read_metadata

# Of the box head, whose rows belong to classes: one for each, four for a box; the background comes first.
CLASS_ROWS = {"cls_score.weight": 1, "cls_score.bias": 1, "bbox_pred.weight": 4, "bbox_pred.bias": 4}
BOX_PREDICTOR = "roi_heads.box_predictor."


@dataclass(frozen=True)
class Start:
    """``state`` has the names of the network built for ``classes``; ``images`` and ``seconds`` went into it."""

    state: dict[str, Tensor]
    classes: tuple[str, ...]
    images: int = 0
    seconds: float = 0.0


def read_start(path: Path) -> Start:
    """A checkpoint's averaged weights, or those of an .onnx. Raises DataError where the file is neither."""
    if not path.is_file():
        raise DataError(f"{path}, named by --start, is not there.")
    return from_onnx(path) if path.suffix == ".onnx" else from_checkpoint(path)


def from_checkpoint(path: Path) -> Start:
    try:
        saved = torch.load(path, map_location="cpu", weights_only=True)
        earlier = saved.get("before", {"images": 0, "seconds": 0.0})
        return Start(
            saved["average"],
            tuple(saved.get("classes", CLASSES)),
            saved["images"] + earlier["images"],
            saved["seconds"] + earlier["seconds"],
        )
    except (pickle.UnpicklingError, RuntimeError, EOFError, KeyError, AttributeError) as error:
        raise DataError(f"{path} is not a checkpoint of `python -m training train`.") from error


def from_onnx(path: Path) -> Start:
    """The weights as the runtime sees them: int8 ones dequantised, scales of normalisation within."""
    try:
        values, metadata = constants(onnx.load(path).graph), read_metadata(path)
    except (DecodeError, ValueError) as error:
        raise DataError(f"{path} is damaged, or not a model file of this project.") from error
    classes = tuple(c["name"] for c in metadata["classes"])
    state = {}
    for key, expected in build_model(len(classes), pretrained=False).state_dict().items():
        # An uneven padding became a pair with its convolution.
        layer, _, kind = key.rpartition(".")
        value = values.get(f"model.{key}", values.get(f"model.{layer}.1.{kind}"))
        if kind == "scale":
            state[key] = torch.ones_like(expected)
        elif value is None or value.shape != tuple(expected.shape):
            raise DataError(
                f"{path} is not a file of this project's own network: its {key} is missing or of another shape. "
                "--start takes the shipped model, what `export` and `convert` write of this network, or a checkpoint."
            )
        else:
            state[key] = torch.from_numpy(np.array(value, np.float32))
    training = metadata.get("training", {})
    return Start(state, classes, training.get("images", 0), 60.0 * training.get("minutes", 0))


def constants(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    """The constants of a graph by name; what it dequantises is float32."""
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "DequantizeLinear" and all(name in values for name in node.input[:2]):
            whole, scale = (values[name] for name in node.input[:2])
            shape = [1] * whole.ndim
            shape[node.attribute[0].i] = -1
            values[node.output[0]] = whole.astype(np.float32) * scale.reshape(shape)
    return values


def begin(model: MaskRCNN, start: Start, classes: Sequence[str]) -> list[str]:
    """Loads what ``start`` knows into a network built for ``classes``; the box head's rows go by the classes' names.

    Returns the classes that it didn't know: their rows stay as they were drawn.
    """
    state = dict(start.state)
    for name, rows in CLASS_ROWS.items():
        key = BOX_PREDICTOR + name
        old, new = state[key].to("cpu"), model.state_dict()[key].clone()
        for i, title in enumerate(("", *classes)):
            if i == 0 or title in start.classes:
                j = start.classes.index(title) + 1 if i else 0
                new[i * rows : (i + 1) * rows] = old[j * rows : (j + 1) * rows]
        state[key] = new
    model.load_state_dict(state)
    return [name for name in classes if name not in start.classes]
