"""How far a photo is from what the model was trained on.

The stride-16 features, averaged over the photo, are projected onto the training data's principal axes and whitened;
one more number is what the projection leaves over (as in ViM, Wang et al., 2022). The distance to the nearest of a
few cluster centres, over a limit that nearly all validation photos keep, is the photo's novelty. The projection
is part of the graph (output ``features``); centres and limit travel in the metadata.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper
from PIL import Image
from tqdm import tqdm

from .predict import FEATURES, OnnxFeatures
from .preprocess import InputRule, load_photo, network_input

AXES = 16
CLUSTERS = 12
# The share of validation photos within the limit.
WITHIN = 0.99
# The graph's features before the projection, once it is baked in.
POOLED = "features.pooled"


@dataclass(frozen=True)
class Projection:
    """``axes`` [AXES, channels] orthonormal; ``spread`` [AXES] the training data's deviation along each."""

    mean: np.ndarray
    axes: np.ndarray
    spread: np.ndarray
    rest: float

    def __call__(self, pooled: np.ndarray) -> np.ndarray:
        """[n, channels] -> [n, AXES + 1]"""
        x = pooled - self.mean
        z = x @ self.axes.T
        left_over = np.linalg.norm(x - z @ self.axes, axis=1, keepdims=True)
        return np.hstack([z / self.spread, left_over * self.rest])


@dataclass(frozen=True)
class Known:
    """What the metadata carries: ``centres`` [CLUSTERS, AXES + 1]; at ``limit`` novelty is 1."""

    centres: np.ndarray
    limit: float

    def novelty(self, features: np.ndarray) -> np.ndarray:
        """[n, AXES + 1] -> [n]; above 1 a photo is unlike the training data."""
        return distances(features, self.centres).min(1) / self.limit

    def as_metadata(self) -> dict:
        return {"centres": [[round(float(v), 2) for v in c] for c in self.centres], "limit": round(self.limit, 3)}


def distances(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """[n, k], Euclidean."""
    return np.sqrt(((points[:, None] - centres[None]) ** 2).sum(2))


def fit_projection(pooled: np.ndarray) -> Projection:
    mean = pooled.mean(0)
    _, singular, axes = np.linalg.svd(pooled - mean, full_matrices=False)
    axes, spread = axes[:AXES], singular[:AXES] / np.sqrt(len(pooled))
    x = pooled - mean
    rest = np.linalg.norm(x - x @ axes.T @ axes, axis=1)
    # What is left over weighs as much as a quarter of the axes together.
    return Projection(mean, axes, spread, float(np.sqrt(AXES) / 2 / np.sqrt((rest**2).mean())))


def fit_known(train: np.ndarray, val: np.ndarray) -> Known:
    """k-means on the training features (Lloyd), the limit from val."""
    rng = np.random.default_rng(0)
    centres = train[rng.choice(len(train), CLUSTERS, replace=False)]
    for _ in range(50):
        nearest = distances(train, centres).argmin(1)
        centres = np.array(
            [train[nearest == k].mean(0) if (nearest == k).any() else centres[k] for k in range(CLUSTERS)]
        )
    centres = centres.round(2)
    return Known(centres, float(np.quantile(distances(val, centres).min(1), WITHIN)))


def auroc(inside: np.ndarray, outside: np.ndarray) -> float:
    """The chance that a foreign photo's novelty exceeds a known one's (Mann-Whitney)."""
    return float(((outside[:, None] > inside[None]) + 0.5 * (outside[:, None] == inside[None])).mean())


def collect(features: OnnxFeatures, photos: list[Path | Image.Image], rule: InputRule) -> np.ndarray:
    """[n, channels or AXES + 1] of the graph's output ``features``."""
    return np.stack(
        [
            features(network_input(p if isinstance(p, Image.Image) else load_photo(p), rule)[0])
            for p in tqdm(photos, desc="features", mininterval=5)
        ]
    )


def bake(model: onnx.ModelProto, projection: Projection) -> None:
    """Puts the projection behind the graph's pooled ``features`` [channels], in place."""
    graph = model.graph
    for node in graph.node:
        for i, name in enumerate(node.output):
            if name == FEATURES:
                node.output[i] = POOLED
    constants = {
        "features.mean": projection.mean,
        "features.axes": projection.axes.T,
        "features.back": projection.axes,
        "features.spread": projection.spread,
        "features.rest": np.array([projection.rest]),
    }
    graph.initializer.extend(numpy_helper.from_array(v.astype(np.float32), k) for k, v in constants.items())
    steps = [
        ("Sub", [POOLED, "features.mean"], "features.x", {}),
        ("MatMul", ["features.x", "features.axes"], "features.z", {}),
        ("MatMul", ["features.z", "features.back"], "features.seen", {}),
        ("Sub", ["features.x", "features.seen"], "features.unseen", {}),
        ("ReduceL2", ["features.unseen"], "features.length", {"axes": [0], "keepdims": 1}),
        ("Mul", ["features.length", "features.rest"], "features.left", {}),
        ("Div", ["features.z", "features.spread"], "features.white", {}),
        ("Concat", ["features.white", "features.left"], FEATURES, {"axis": 0}),
    ]
    graph.node.extend(helper.make_node(kind, inputs, [out], **more) for kind, inputs, out, more in steps)
    for output in graph.output:
        if output.name == FEATURES:
            output.type.tensor_type.shape.dim[0].dim_value = AXES + 1
