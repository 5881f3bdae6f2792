"""The figures of ``npm run evaluate:teach``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .maps import Region, components

BINS = 65536


def auroc(bad: Sequence[float], good: Sequence[float]) -> float:
    """The chance that a bad one scores higher than a good one; ties count half."""
    b, g = np.asarray(bad)[:, None], np.asarray(good)[None]
    return float(((b > g) + 0.5 * (b == g)).mean()) if b.size and g.size else float("nan")


class Pixels:
    """Counts of pixels by score, of which AUROC and AP follow without keeping any; bins are even in the score's logit."""

    def __init__(self) -> None:
        self.inside = np.zeros(BINS, np.int64)
        self.outside = np.zeros(BINS, np.int64)

    def add(self, scores: np.ndarray, truth: np.ndarray) -> None:
        p = np.clip(scores.astype(np.float64), 1e-9, 1 - 1e-9)
        bins = ((np.log(p / (1 - p)) / 21 + 1) / 2 * (BINS - 1)).astype(int)
        self.inside += np.bincount(bins[truth], minlength=BINS)
        self.outside += np.bincount(bins[~truth], minlength=BINS)

    def auroc(self) -> float:
        below = np.cumsum(self.outside) - self.outside / 2
        return float((self.inside @ below) / (self.inside.sum() * self.outside.sum()))

    def average_precision(self) -> float:
        hits, alarms = np.cumsum(self.inside[::-1]), np.cumsum(self.outside[::-1])
        recall = hits / hits[-1]
        precision = hits / np.maximum(hits + alarms, 1)
        return float((np.diff(recall, prepend=0) * precision).sum())


@dataclass(frozen=True)
class Seen:
    """One test photo: its score, whether it is defective and was found, its regions, pixels of intersection and union."""

    score: float
    defective: bool
    found: bool
    regions: int
    intersection: int
    union: int


def is_found(found: list[Region], truth: np.ndarray) -> bool:
    """Whether a region has an IoU of at least 0.1 with the truth's components that it touches."""
    flat = truth.ravel()
    touched = [r for r in found if flat[r.mask].any()]
    if not touched:
        return False
    parts = components(truth)
    owner = np.full(flat.size, -1)
    for k, part in enumerate(parts):
        owner[part] = k
    for r in touched:
        ids = np.unique(owner[r.mask])
        area = sum(len(parts[k]) for k in ids if k >= 0)
        both = int(flat[r.mask].sum())
        if both / (len(r.mask) + area - both) >= 0.1:
            return True
    return False


def see(scores: np.ndarray, truth: np.ndarray, found: list[Region]) -> Seen:
    mask = np.zeros(truth.size, bool)
    for r in found:
        mask[r.mask] = True
    mask = mask.reshape(truth.shape)
    return Seen(
        float(scores.max()),
        bool(truth.any()),
        is_found(found, truth),
        len(found),
        int((mask & truth).sum()),
        int((mask | truth).sum()),
    )


def figures(seen: Sequence[Seen], pixels: Pixels | None = None) -> dict[str, float]:
    bad, good = [s for s in seen if s.defective], [s for s in seen if not s.defective]
    union = sum(s.union for s in seen)
    return {
        "image AUROC": auroc([s.score for s in bad], [s.score for s in good]),
        "pixel AUROC": pixels.auroc() if pixels else float("nan"),
        "pixel AP": pixels.average_precision() if pixels else float("nan"),
        "pixel IoU": sum(s.intersection for s in seen) / union if union else float("nan"),
        "found": float(np.mean([s.found for s in bad])) if bad else float("nan"),
        "false alarms": float(np.mean([s.regions for s in good])) if good else float("nan"),
    }
