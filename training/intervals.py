"""Bootstrap intervals: how far a figure could move with another draw of photos."""

from __future__ import annotations

import numpy as np
from pycocotools.cocoeval import COCOeval

SAMPLES = 400
RECALLS = np.linspace(0, 1, 101)


def average_precision(scores: np.ndarray, right: np.ndarray, truths: float, weights: np.ndarray) -> float:
    """COCO's 101-point average precision of one class at one IoU; ``weights`` [n] counts every detection so often."""
    order = np.argsort(-scores, kind="mergesort")
    hits = np.cumsum(weights[order] * right[order])
    seen = np.cumsum(weights[order])
    if not len(order) or truths == 0:
        return 0.0
    recall = hits / truths
    precision = hits / np.maximum(seen, 1e-9)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    index = np.searchsorted(recall, RECALLS, side="left")
    return float(np.where(index < len(precision), precision[np.minimum(index, len(precision) - 1)], 0).mean())


def bootstrap_ap50(run: COCOeval, samples: int = SAMPLES, seed: int = 0) -> tuple[float, float]:
    """95 % percentile interval of the mean AP50 over classes, photos drawn with replacement (Efron, 1979).

    ``run`` has been evaluated with COCO's own thresholds. A class without truths in a draw is left out of its mean.
    """
    images = len(run.params.imgIds)
    areas = len(run.params.areaRng)
    classes = []
    for k in range(len(run.params.catIds)):
        cells = run.evalImgs[k * areas * images : k * areas * images + images]
        parts = [
            (i, np.array(c["dtScores"]), c["dtMatches"][0] > 0, np.sum(c["gtIgnore"] == 0))
            for i, c in enumerate(cells)
            if c is not None
        ]
        if not any(p[3] for p in parts):
            continue
        truths = np.zeros(images)
        for i, _, _, count in parts:
            truths[i] = count
        owner = np.concatenate([np.full(len(s), i) for i, s, _, _ in parts]).astype(int)
        scores, right = (np.concatenate([p[j] for p in parts]) for j in (1, 2))
        classes.append((owner, scores, right, truths))
    rng = np.random.default_rng(seed)
    means = []
    for _ in range(samples):
        weight = np.bincount(rng.integers(0, images, images), minlength=images)
        values = [
            average_precision(scores, right, float(truths @ weight), weight[owner])
            for owner, scores, right, truths in classes
            if truths @ weight > 0
        ]
        means.append(np.mean(values))
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)
