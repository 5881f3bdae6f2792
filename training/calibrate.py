"""Scores that mean something: of the detections scored 0.8, about 80 % are right.

Beta calibration (Kull, Silva Filho and Flach, 2017): logit p = a ln s - b ln(1 - s) + c with a, b >= 0, which is
monotone, so that no ranking and no average precision changes. Fitted on val, baked into the graph. What comes out
below the score floor is lifted just above it, in its order: it stays a candidate, and says no more than that. Only
0 stays 0, which says that there is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import helper, numpy_helper

from .predict import SCORE_FLOOR

# The graph's scores before calibration, once it is baked in.
RAW = "calibration.raw"
BINS = 10
# Scores are kept this far from 0 and 1, where a logarithm has no end.
MARGIN = 1e-4
# Raw scores that are lifted lie this far apart at most.
LIFT = 0.01
# A little weight decay: with few detections a perfect split would drive the slope to infinity.
RIDGE = 1e-2


@dataclass(frozen=True)
class Calibration:
    a: float
    b: float
    c: float

    def __call__(self, scores: np.ndarray) -> np.ndarray:
        """Raw scores (0..1) -> shares of right detections (SCORE_FLOOR..1, and 0 for 0)."""
        shares = 1 / (1 + np.exp(-_features(scores) @ np.array([self.a, self.b, self.c])))
        return np.maximum(shares, SCORE_FLOOR + LIFT * np.asarray(scores)) * np.sign(scores)


def _features(scores: np.ndarray) -> np.ndarray:
    s = np.clip(np.asarray(scores, np.float64), MARGIN, 1 - MARGIN)
    return np.stack([np.log(s), -np.log(1 - s), np.ones_like(s)], axis=1)


def fit(scores: np.ndarray, right: np.ndarray) -> Calibration:
    """Maximum likelihood; a slope that would come out negative is 0, as the paper has it."""
    features = _features(scores)
    columns = [0, 1, 2]
    while True:
        weights = np.zeros(3)
        weights[columns] = _logistic(features[:, columns], np.asarray(right, np.float64))
        negative = [i for i in columns if i < 2 and weights[i] < 0]
        if not negative:
            return Calibration(*(float(w) for w in weights))
        columns.remove(min(negative, key=lambda i: weights[i]))


def _logistic(x: np.ndarray, y: np.ndarray, steps: int = 50) -> np.ndarray:
    """Logistic regression by Newton's method."""
    weights = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + RIDGE * weights
        curvature = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(x.shape[1])
        change = np.linalg.solve(curvature, gradient)
        weights -= change
        if np.abs(change).max() < 1e-8:
            break
    return weights


@dataclass(frozen=True)
class Bin:
    low: float
    count: int
    score: float
    """Mean score."""
    right: float
    """Share that is right."""


def reliability(scores: np.ndarray, right: np.ndarray, bins: int = BINS) -> list[Bin]:
    """Bins of equal width that hold detections."""
    scores, right = np.asarray(scores, np.float64), np.asarray(right, np.float64)
    index = np.minimum((scores * bins).astype(int), bins - 1)
    return [
        Bin(i / bins, int(chosen.sum()), float(scores[chosen].mean()), float(right[chosen].mean()))
        for i in range(bins)
        if (chosen := index == i).any()
    ]


def expected_error(scores: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error: the bins' distance from the diagonal, weighted by their counts."""
    rows = reliability(scores, right)
    return sum(row.count * abs(row.score - row.right) for row in rows) / max(1, sum(row.count for row in rows))


def bake(model: onnx.ModelProto, calibration: Calibration) -> None:
    """Puts the calibration behind the graph's output ``scores``, in place."""
    graph = model.graph
    for node in graph.node:
        for names in (node.input, node.output):
            for i, name in enumerate(names):
                if name == "scores":
                    names[i] = RAW
    constants = {
        "low": MARGIN,
        "high": 1 - MARGIN,
        "one": 1.0,
        "lift": LIFT,
        "floor": SCORE_FLOOR,
        "a": calibration.a,
        "b": calibration.b,
        "c": calibration.c,
    }
    graph.initializer.extend(
        numpy_helper.from_array(np.array(value, np.float32), f"calibration.{name}") for name, value in constants.items()
    )
    steps = [
        ("Clip", ["raw", "low", "high"], "s"),
        ("Log", ["s"], "ln_s"),
        ("Sub", ["one", "s"], "rest"),
        ("Log", ["rest"], "ln_rest"),
        ("Mul", ["ln_s", "a"], "rise"),
        ("Mul", ["ln_rest", "b"], "fall"),
        ("Sub", ["rise", "fall"], "slope"),
        ("Add", ["slope", "c"], "logit"),
        ("Sigmoid", ["logit"], "share"),
        ("Mul", ["raw", "lift"], "order"),
        ("Add", ["order", "floor"], "lifted"),
        ("Max", ["share", "lifted"], "any"),
        ("Sign", ["raw"], "sign"),
    ]
    graph.node.extend(
        helper.make_node(kind, [f"calibration.{i}" for i in inputs], [f"calibration.{output}"])
        for kind, inputs, output in steps
    )
    graph.node.append(helper.make_node("Mul", ["calibration.any", "calibration.sign"], ["scores"]))
