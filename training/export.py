"""``python -m training export``: one self-describing .onnx for the browser.

Input ``image`` uint8 [height, width, 4] with sides multiples of the stride; outputs ``boxes`` float32 [n, 4]
(x1, y1, x2, y2 in input pixels), ``scores`` float32 [n], ``labels`` int32 [n] (1-based), ``masks``
float32 [n, 28, 28] and, of our own network, ``features`` float32 [channels], its stride-16 features averaged
over the input, from which novelty.py tells foreign photos. Weights are int8 per output channel behind DequantizeLinear; the runtime folds them back
to float when it makes the session, so that the file is small and runs at full speed.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import helper, numpy_helper
from torch import Tensor, nn
from torchvision.models.detection.mask_rcnn import MaskRCNN

from .model import ScaledConv
from .predict import FEATURES, METADATA_KEY

# Biases and depthwise filters are small, and coarse steps would cost them most.
MIN_QUANTISED_ELEMENTS = 4096
OUTPUTS = ("boxes", "scores", "labels", "masks")
# Index among the backbone's taps.
STRIDE_16 = 2


class DetectionGraph(nn.Module):
    """Takes pixels as a canvas gives them, and returns one mask per box."""

    def __init__(self, model: MaskRCNN) -> None:
        super().__init__()
        self.model = model

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """uint8 [h, w, 4] -> boxes, scores, labels, masks"""
        result = self.model([image[:, :, :3].permute(2, 0, 1)])[0]
        labels = result["labels"].to(torch.int32)
        return result["boxes"], result["scores"], labels, result["masks"][:, 0]


class BrowserGraph(DetectionGraph):
    """The same of our own network, with its features."""

    def __init__(self, model: MaskRCNN) -> None:
        super().__init__(model)
        self.pooled: Tensor | None = None
        model.backbone.body.register_forward_hook(self.keep_features)

    def keep_features(self, _module: nn.Module, _inputs: object, taps: list[Tensor]) -> None:
        self.pooled = taps[STRIDE_16].mean((2, 3))[0]

    def forward(self, image: Tensor) -> tuple[Tensor | None, ...]:
        return *super().forward(image), self.pooled


def fold_scales(module: nn.Module) -> None:
    """Turns every ScaledConv into a plain convolution."""
    for name, child in module.named_children():
        if isinstance(child, ScaledConv):
            conv = nn.Conv2d(
                child.weight.shape[1] * child.groups,
                child.weight.shape[0],
                child.weight.shape[-1],
                child.stride,
                child.before if child.before == child.after else 0,
                groups=child.groups,
            )
            conv.weight.data.copy_(child.weight * child.scale)
            conv.bias.data.copy_(child.bias)
            uneven = child.before != child.after
            sides = (child.before, child.after) * 2
            setattr(module, name, nn.Sequential(nn.ZeroPad2d(sides), conv) if uneven else conv)
        else:
            fold_scales(child)


def to_onnx(model: MaskRCNN) -> onnx.ModelProto:
    """Our own network's float graph with dynamic height and width."""
    model = model.eval()
    fold_scales(model)
    return trace(BrowserGraph(model), [*OUTPUTS, FEATURES])


def trace(graph: nn.Module, outputs: Sequence[str]) -> onnx.ModelProto:
    """A module that takes uint8 [h, w, 4] as a simple ONNX graph with dynamic height and width.

    ``outputs`` names what it returns, OUTPUTS first, of which each has one row per detection.
    """
    buffer = io.BytesIO()
    example = torch.randint(0, 255, (256, 320, 4), dtype=torch.uint8)
    with warnings.catch_warnings():
        # The tracer warns of every shape that torchvision keeps dynamic on purpose.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            graph,
            (example,),
            buffer,
            input_names=["image"],
            output_names=list(outputs),
            dynamic_axes={"image": {0: "height", 1: "width"}, **{name: {0: "detections"} for name in OUTPUTS}},
            opset_version=17,
            dynamo=False,
        )
    traced = onnx.load_from_string(buffer.getvalue())
    fuse_padding(traced)
    return simplify(traced)


def simplify(model: onnx.ModelProto) -> onnx.ModelProto:
    """Folds constants and drops what has no effect, once here instead of at every start in every browser.

    The runtime's basic optimisations keep to standard operators; they halve the number of nodes.
    """
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    with tempfile.TemporaryDirectory() as folder:
        options.optimized_model_filepath = str(Path(folder) / "simple.onnx")
        ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        simple = onnx.load(options.optimized_model_filepath)
    used = {node.domain for node in simple.graph.node}
    kept = [o for o in simple.opset_import if o.domain in used]
    del simple.opset_import[:]
    simple.opset_import.extend(kept)
    return simple


def fuse_padding(model: onnx.ModelProto) -> None:
    """Moves a constant zero padding into the convolution behind it, which saves a copy of the feature map."""
    graph = model.graph
    constants = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant":
            constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    for pad in [n for n in graph.node if n.op_type == "Pad"]:
        following = users.get(pad.output[0], [])
        amounts = constants.get(pad.input[1])
        if amounts is None or any(n.op_type != "Conv" for n in following):
            continue
        top, left, bottom, right = (int(amounts[i]) for i in (2, 3, 6, 7))
        for conv in following:
            conv.input[0] = pad.input[0]
            kept = [a for a in conv.attribute if a.name != "pads"]
            del conv.attribute[:]
            conv.attribute.extend([*kept, helper.make_attribute("pads", [top, left, bottom, right])])
        graph.node.remove(pad)


def quantise_weights(model: onnx.ModelProto) -> None:
    """Stores large weights as int8 with one scale per output channel, in place."""
    graph = model.graph
    axis_of = {}
    for node in graph.node:
        if node.op_type == "Conv":
            axis_of[node.input[1]] = 0
        elif node.op_type == "ConvTranspose":
            axis_of[node.input[1]] = 1
        elif node.op_type == "Gemm":
            transposed = any(a.name == "transB" and a.i for a in node.attribute)
            axis_of[node.input[1]] = 0 if transposed else 1
    nodes = []
    for tensor in list(graph.initializer):
        axis = axis_of.get(tensor.name)
        weights = numpy_helper.to_array(tensor)
        if axis is None or weights.size < MIN_QUANTISED_ELEMENTS:
            continue
        quantised, scale = quantise_channels(weights, axis)
        graph.initializer.remove(tensor)
        names = [f"{tensor.name}.{suffix}" for suffix in ("int8", "scale", "zero")]
        graph.initializer.extend(
            [
                numpy_helper.from_array(quantised, names[0]),
                numpy_helper.from_array(scale, names[1]),
                numpy_helper.from_array(np.zeros(len(scale), np.int8), names[2]),
            ]
        )
        nodes.append(helper.make_node("DequantizeLinear", names, [tensor.name], axis=axis))
    for node in reversed(nodes):
        graph.node.insert(0, node)


def quantise_channels(weights: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8 per channel; of a few clipping points the one with the least squared error."""
    rows = np.moveaxis(weights, axis, 0).reshape(weights.shape[axis], -1)
    peak = np.maximum(np.abs(rows).max(1), 1e-8)
    best_error = np.full(len(rows), np.inf)
    best_scale = peak / 127
    for clip in (1.0, 0.95, 0.9, 0.85, 0.8):
        scale = clip * peak / 127
        error = ((np.clip(np.round(rows / scale[:, None]), -127, 127) * scale[:, None] - rows) ** 2).sum(1)
        better = error < best_error
        best_error = np.where(better, error, best_error)
        best_scale = np.where(better, scale, best_scale)
    shape = [1] * weights.ndim
    shape[axis] = -1
    quantised = np.clip(np.round(weights / best_scale.reshape(shape)), -127, 127).astype(np.int8)
    return quantised, best_scale.astype(np.float32)


def set_metadata(model: onnx.ModelProto, metadata: dict) -> None:
    kept = [p for p in model.metadata_props if p.key != METADATA_KEY]
    del model.metadata_props[:]
    model.metadata_props.extend(kept)
    entry = model.metadata_props.add()
    entry.key, entry.value = METADATA_KEY, json.dumps(metadata, separators=(",", ":"))


def catalogue_entry(path: Path, metadata: dict) -> dict:
    data = path.read_bytes()
    return {
        "name": metadata["name"],
        "version": metadata["version"],
        "description": metadata["description"],
        "file": path.name,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
