"""Whether an exported file does all that it was made of: PyTorch's network, and what is added behind it.

``convert`` compares a network with its file. Ours also carries a calibration of scores, a projection of features and, in
its metadata, a floor and what is known: each is compared here with what it was made from.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from torchvision.models.detection.mask_rcnn import MaskRCNN

from .calibrate import RAW, Calibration
from .convert.pictures import Picture
from .convert.verify import compare, faults
from .export import BrowserGraph
from .novelty import POOLED, Known, Projection
from .predict import SCORE_FLOOR, OnnxFeatures, Predictor, load_onnx

# The graph computes in float32 what Python computes in float64.
SCORE_ROUNDING = 1e-4
# int8 weights move the features, and novelty by a share of itself on average.
NOVELTY_DRIFT = 0.1
# Of centres and the limit in the metadata, and of projected features.
ROUNDING = 0.01


def file_faults(
    path: Path,
    model: MaskRCNN,
    calibration: Calibration,
    projection: Projection,
    known: Known,
    pictures: list[Picture],
) -> list[str]:
    """What the file does otherwise, a clause each. ``model`` is in evaluation mode."""
    file = load_onnx(path)
    graph = BrowserGraph(model)
    with torch.inference_mode():
        outputs = [[o.numpy() for o in graph(torch.from_numpy(picture.pixels))] for picture in pictures]
    expected = [(boxes, calibration(scores), labels, masks) for boxes, scores, labels, masks, _ in outputs]
    pooled = np.stack([features for *_, features in outputs])
    agreement = compare(expected, file, pictures)
    return [
        *([] if agreement.expected else ["nothing was detected, so that nothing could be compared"]),
        *faults(agreement, "weights"),
        *floor_faults(file),
        *calibration_faults(path, file, calibration, pictures),
        *novelty_faults(path, file, pooled, projection, known, pictures),
    ]


def floor_faults(file: Predictor) -> list[str]:
    """The graph lifts its faintest detections to the floor; a higher one in the metadata would drop them."""
    floor = file.metadata.get("scoreFloor", SCORE_FLOOR)
    if floor <= SCORE_FLOOR:
        return []
    return [f"floor: the metadata drops what scores less than {floor:g}, the graph lifts to {SCORE_FLOOR:g}"]


def calibration_faults(path: Path, file: Predictor, calibration: Calibration, pictures: list[Picture]) -> list[str]:
    """Down to the tail, which is too faint to be compared with PyTorch's."""
    if not any(RAW in node.output for node in onnx.load(path).graph.node):
        return ["calibration: the graph has none"]
    raw = load_onnx(path, scores=RAW)
    off = [np.abs(file.network(p.pixels)[1] - calibration(raw.network(p.pixels)[1])).max(initial=0) for p in pictures]
    return [f"calibration: scores are up to {max(off):.3g} off"] if max(off) > SCORE_ROUNDING else []


def novelty_faults(
    path: Path,
    file: Predictor,
    pooled: np.ndarray,
    projection: Projection,
    known: Known,
    pictures: list[Picture],
) -> list[str]:
    """``pooled`` are PyTorch's features. The file's projection and its knowledge must be those given; features may drift."""
    stats = file.metadata.get("novelty")
    if stats is None:
        return ["novelty: the metadata knows nothing"]
    told = Known(np.array(stats["centres"]), stats["limit"])
    if len(told.centres) != len(known.centres) or not np.allclose(told.centres, known.centres, atol=ROUNDING):
        return ["novelty: the metadata has other centres"]
    if abs(told.limit - known.limit) > ROUNDING:
        return [f"novelty: the metadata has a limit of {told.limit:g} instead of {known.limit:g}"]
    before, after = OnnxFeatures(path, name=POOLED), OnnxFeatures(path)
    own, projected = (np.stack([features(p.pixels) for p in pictures]) for features in (before, after))
    if not np.allclose(projected, projection(own), rtol=1e-3, atol=ROUNDING):
        return ["novelty: the graph projects features otherwise"]
    ratio = told.novelty(projected) / known.novelty(projection(pooled))
    drift = float(np.abs(ratio - 1).mean())
    return [f"novelty: {drift:.0%} off PyTorch's on average"] if drift > NOVELTY_DRIFT else []
