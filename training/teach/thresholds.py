"""Where a lesson draws its lines, from photos that were left out while learning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .maps import regions
from .measure import is_found

LEVELS = 12
# A level may cost this much of the best F1 if its outlines are better.
SLACK = 0.02


@dataclass(frozen=True)
class Lines:
    """A region is what lies at or above ``level`` and has its highest score at or above ``threshold``; both are logits."""

    level: float
    threshold: float
    f1: float


def deal(marked: int, good: int, folds: int = 5) -> list[list[int]]:
    """Indices of marked photos (first) and good ones, left out together; each fold gets as many of both as it can."""
    count = min(folds, marked + good)
    return [
        [*range(k, marked, count), *(marked + i for i in range((k - marked) % count, good, count))]
        for k in range(count)
    ]


def best_f1(peaks: Sequence[float], wrong: Sequence[float], marked: int, floor: float) -> tuple[float, float]:
    """The highest F1 over photos and the middle of the widest run of thresholds that reach it, at least ``floor``.

    ``peaks``: of every marked photo that is hit, its highest region on a mark; ``wrong``: every other region's score.
    """
    hits, alarms = np.sort(peaks)[::-1], np.sort(wrong)[::-1]
    edges = np.unique([floor, *hits, *alarms])
    # Between two neighbouring scores nothing changes; a threshold at the upper one keeps it.
    tops = edges[1:] if len(edges) > 1 else edges
    hit = np.array([(hits >= t).sum() for t in tops])
    alarm = np.array([(alarms >= t).sum() for t in tops])
    f1 = 2 * hit / np.maximum(hit + marked + alarm, 1)
    best = f1 >= f1.max() - 1e-9
    lows = edges[:-1] if len(edges) > 1 else edges
    widest, span = float(tops[best][0]), -1.0
    start = None
    for i, good in enumerate([*best, False]):
        if good and start is None:
            start = i
        elif not good and start is not None:
            if tops[i - 1] - lows[start] > span:
                span = float(tops[i - 1] - lows[start])
                widest = float(tops[i - 1] + lows[start]) / 2
            start = None
    return float(f1.max()), widest


def choose(maps: Sequence[np.ndarray], truths: Sequence[np.ndarray], smallest: float) -> Lines:
    """``maps``: left-out logits per photo pixel; ``truths``: their marks, empty on good photos.

    A hit needs an IoU of 0.1, as in the measurement: touching alone would favour levels at which everything is one region.
    """
    marked = sum(bool(t.any()) for t in truths)
    inside = np.concatenate([m[t] for m, t in zip(maps, truths, strict=True)])
    found = []
    for level in np.unique(np.quantile(inside, np.linspace(0.05, 0.8, LEVELS))):
        peaks, wrong, both, either = [], [], 0, 0
        for scores, truth in zip(maps, truths, strict=True):
            on_mark = []
            for r in regions(scores, level, smallest):
                if not truth.ravel()[r.mask].any():
                    wrong.append(r.score)
                elif is_found([r], truth):
                    on_mark.append(r.score)
            if on_mark:
                peaks.append(max(on_mark))
            if truth.any():
                cut = scores >= level
                both += int((cut & truth).sum())
                either += int((cut | truth).sum())
        f1, threshold = best_f1(peaks, wrong, marked, float(level))
        found.append((both / max(either, 1), Lines(float(level), threshold, f1)))
    top = max(lines.f1 for _, lines in found)
    return max((f for f in found if f[1].f1 >= top - SLACK), key=lambda f: f[0])[1]
