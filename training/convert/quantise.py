"""Makes a float graph small, and fast where int8 is fast.

Ordinary convolutions run about twice as fast with int8 activations, depthwise ones slower: those keep float activations and
int8 weights, which cost nothing at run time. Box decoding, suppression and RoiAlign always stay float.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

from ..export import quantise_weights
from .errors import ConvertError

Quantisation = Literal["none", "weights", "qdq"]
DENSE = ["Conv", "Gemm", "MatMul"]
# The last layer of each head is cheap, and its values are scores and places: they stay float.
LAST_LAYERS = ("cls_logits.weight", "bbox_pred.weight", "cls_score.weight", "mask_fcn_logits.weight")


class Inputs(CalibrationDataReader):
    def __init__(self, pixels: list[np.ndarray]) -> None:
        self.rest = iter(pixels)

    def get_next(self) -> dict[str, np.ndarray] | None:
        pixels = next(self.rest, None)
        return None if pixels is None else {"image": pixels}


def quantise(graph: onnx.ModelProto, kind: Quantisation, inputs: list[np.ndarray]) -> onnx.ModelProto:
    """``inputs``, needed for "qdq" alone, are network inputs in each of which there is a detection."""
    if kind == "weights":
        quantise_weights(graph)
    return quantise_activations(graph, inputs) if kind == "qdq" else graph


def quantise_activations(graph: onnx.ModelProto, inputs: list[np.ndarray]) -> onnx.ModelProto:
    """Static quantisation in QDQ form: the ranges of activations are those seen in ``inputs``."""
    if not inputs:
        raise ConvertError(
            "Nothing was detected in any of the photos for calibration, so that the range of the mask head's values is not "
            "known. Give photos with defects to --calibrate, or leave it out: then only the weights are int8."
        )
    with tempfile.TemporaryDirectory() as folder, quiet():
        path = Path(folder) / "qdq.onnx"
        quantize_static(
            graph,
            str(path),
            Inputs(inputs),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=DENSE,
            nodes_to_exclude=last_layers(graph),
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
        )
        return onnx.load(path)


def last_layers(graph: onnx.ModelProto) -> list[str]:
    return [
        node.name
        for node in graph.graph.node
        if node.op_type in DENSE and any(name.endswith(LAST_LAYERS) for name in node.input)
    ]


@contextmanager
def quiet() -> Iterator[None]:
    """The quantiser logs hints at the root."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
