"""``python -m training.teach_fixtures``: scikit-learn's answers for the tests of ``src/core/teach``.

Writes tests/fixtures/core/teach.json: logistic regression, distances to the nearest, AUROC and average precision, on
cells that are drawn from a seed. Needs requirements-fixtures.txt; the same packages write the same file.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.neighbors import NearestNeighbors

FILE = Path("tests/fixtures/core/teach.json")
ROWS, DIMS = 240, 12
# The directions along which features vary together.
BASIS = np.random.default_rng(7).normal(size=(4, DIMS))


def text(data: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(data).tobytes()).decode()


def cells(rng: np.random.Generator, rows: int) -> np.ndarray:
    """Features that vary together, as a network's do."""
    return (rng.normal(size=(rows, 4)) @ BASIS + 0.4 * rng.normal(size=(rows, DIMS))).astype(np.float32)


def regressions(rng: np.random.Generator, x: np.ndarray) -> dict:
    """Balanced, with weights per cell, at several penalties. scikit-learn sums the losses: its C is 1 / (penalty * sum of weights)."""
    targets = (x[:, 0] + x[:, 3] + rng.normal(size=len(x)) > 2.5).astype(np.uint8)
    weights = rng.uniform(0.2, 2, len(x))
    sums = [weights[targets == t].sum() for t in (0, 1)]
    balanced = weights / np.where(targets == 1, 2 * sums[1], 2 * sums[0])
    fits = []
    for penalty in (1.0, 1e-2, 1e-4):
        fit = LogisticRegression(C=1 / penalty, solver="newton-cholesky", tol=1e-10, max_iter=1000)
        fit.fit(x.astype(np.float64), targets, balanced)
        fits.append({"penalty": penalty, "model": [*fit.coef_[0].tolist(), float(fit.intercept_[0])]})
    return {"targets": targets.tolist(), "weights": weights.tolist(), "balanced": balanced.tolist(), "fits": fits}


def rankings(rng: np.random.Generator) -> list[dict]:
    """Scores of two digits: many are equal. Weights stand for areas."""
    cases = []
    for count, share in ((30, 0.5), (200, 0.1), (200, 0.9)):
        marked = rng.uniform(size=count) < share
        marked[:2] = (True, False)
        scores = np.clip(rng.normal(0.4 + 0.2 * marked, 0.2), 0.01, 0.99).round(2)
        areas = rng.uniform(0.1, 3, count)
        cases.append(
            {
                "scores": scores.tolist(),
                "marked": marked.astype(int).tolist(),
                "areas": areas.tolist(),
                "auroc": float(roc_auc_score(marked, scores)),
                "weightedAuroc": float(roc_auc_score(marked, scores, sample_weight=areas)),
                "weightedAP": float(average_precision_score(marked, scores, sample_weight=areas)),
            }
        )
    return cases


def main() -> None:
    rng = np.random.default_rng(11)
    x, queries = cells(rng, ROWS), cells(rng, 50)
    nearest = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(x.astype(np.float64))
    content = {
        "dims": DIMS,
        "cells": text(x),
        "regression": regressions(rng, x),
        "queries": text(queries),
        "distances": nearest.kneighbors(queries.astype(np.float64))[0][:, 0].tolist(),
        "rankings": rankings(rng),
    }
    size = FILE.write_text(json.dumps(content, separators=(",", ":")) + "\n")
    print(f"{size / 1000:.0f} kB in {FILE}")


if __name__ == "__main__":
    main()
