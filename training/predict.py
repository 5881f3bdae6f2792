"""One way to run a model on a photo, whether it is a checkpoint or an exported file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    import onnxruntime as ort

from .preprocess import InputRule, network_input

METADATA_KEY = "defect-inspector"
SCORE_FLOOR = 0.05
FEATURES = "features"


@dataclass(frozen=True)
class Predictions:
    """Detections by falling score; boxes float32 [n, 4] (x1, y1, x2, y2) in photo pixels, not yet clipped."""

    boxes: np.ndarray
    scores: np.ndarray
    labels: np.ndarray
    masks: np.ndarray


# uint8 [h, w, 4] -> boxes, scores, labels, masks
Network = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Predictor:
    network: Network
    rule: InputRule
    metadata: dict

    def __call__(self, photo: Image.Image) -> Predictions:
        pixels, scale = network_input(photo, self.rule)
        boxes, scores, labels, masks = self.network(pixels)
        boxes = boxes / scale
        boxes[:, 0::2] = boxes[:, 0::2].clip(0, photo.width)
        boxes[:, 1::2] = boxes[:, 1::2].clip(0, photo.height)
        keep = (
            (scores >= self.metadata.get("scoreFloor", SCORE_FLOOR))
            & (boxes[:, 2] > boxes[:, 0])
            & (boxes[:, 3] > boxes[:, 1])
        )
        order = np.flatnonzero(keep)[np.argsort(-scores[keep], kind="stable")][:100]
        return Predictions(boxes[order], scores[order], labels[order], masks[order])


def read_metadata(path: str | Path) -> dict:
    import onnx

    model = onnx.load(str(path))
    for entry in model.metadata_props:
        if entry.key == METADATA_KEY:
            return json.loads(entry.value)
    raise ValueError(f"{path} carries no '{METADATA_KEY}' metadata")


def session_options(quantisation: str, threads: int = 0) -> ort.SessionOptions:
    """Quiet; int8 weights become float when the session is made, as in the browser."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    if quantisation == "weights":
        options.add_session_config_entry("session.disable_quant_qdq", "1")
    return options


def load_onnx(path: str | Path, threads: int = 0, metadata: dict | None = None, *, scores: str = "scores") -> Predictor:
    """An exported file under onnxruntime.

    ``metadata`` takes the place of the file's own; ``scores`` names a value on the graph's way to its scores, to be
    given instead of them.
    """
    import onnxruntime as ort

    metadata = metadata or read_metadata(path)
    options = session_options(metadata["quantisation"], threads)
    file = str(path) if scores == "scores" else with_output(path, scores)
    session = ort.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    outputs = ["boxes", scores, "labels", "masks"]

    def network(pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        return tuple(session.run(outputs, {"image": pixels}))

    return Predictor(network, InputRule(**metadata["input"]), metadata)


def with_output(path: str | Path, name: str) -> bytes:
    """The file with one more output, a float value that its graph computes on the way."""
    import onnx

    model = onnx.load(str(path))
    model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    return model.SerializeToString()


class OnnxFeatures:
    """Only the part of an exported file that leads to its output ``features``: uint8 [h, w, 4] -> float32 [n].

    ``name`` is another value on the way there.
    """

    def __init__(self, path: str | Path, threads: int = 0, *, name: str = FEATURES) -> None:
        import onnx
        import onnxruntime as ort

        model = onnx.load(str(path)) if name == FEATURES else onnx.load_from_string(with_output(path, name))
        quantised = read_metadata(path)["quantisation"]
        part = onnx.utils.Extractor(model).extract_model(["image"], [name])
        options = session_options(quantised, threads)
        self.name = name
        self.session = ort.InferenceSession(part.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def __call__(self, pixels: np.ndarray) -> np.ndarray:
        return self.session.run([self.name], {"image": pixels})[0]


def load_checkpoint(
    path: str | Path, threads: int = 0, *, weights: str = "average", proposals: int | None = None
) -> Predictor:
    """A training checkpoint; its moving average is what gets exported and so what runs here.

    For experiments: ``weights`` "model" are those of the last step, ``proposals`` are how many reach the box head.
    """
    import torch

    from .data import CLASSES
    from .model import build_model

    if threads:
        torch.set_num_threads(threads)
    saved = torch.load(path, map_location="cpu", weights_only=True)
    names = saved.get("classes", CLASSES)
    model = build_model(len(names), pretrained=False, floor=SCORE_FLOOR).eval()
    model.load_state_dict(saved[weights])
    if proposals:
        model.rpn._post_nms_top_n["testing"] = proposals

    @torch.inference_mode()
    def network(pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        image = torch.from_numpy(np.ascontiguousarray(pixels[..., :3].transpose(2, 0, 1)))
        out = model([image])[0]
        return tuple(v.numpy() for v in (out["boxes"], out["scores"], out["labels"], out["masks"][:, 0]))

    classes = [{"id": i + 1, "name": name} for i, name in enumerate(names)]
    return Predictor(network, InputRule(**saved["rule"]), {"name": Path(path).stem, "classes": classes})
