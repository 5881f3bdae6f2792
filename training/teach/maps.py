"""From a score per cell to a score per photo pixel and to regions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .cells import Cells


def axis(count: int, cells: int, side: float) -> np.ndarray:
    """[count, cells]: what each cell weighs in each photo pixel, bilinear between the cells' centres, clamped."""
    at = np.clip((np.arange(count) + 0.5) / side - 0.5, 0, cells - 1)
    low = np.minimum(at.astype(int), max(cells - 2, 0))
    high = np.minimum(low + 1, cells - 1)
    out = np.zeros((count, cells), np.float32)
    np.add.at(out, (np.arange(count), low), 1 - (at - low))
    np.add.at(out, (np.arange(count), high), at - low)
    return out


def per_pixel(scores: np.ndarray, cells: Cells) -> np.ndarray:
    """[height, width] from [h * w]."""
    width, height = cells.size
    rows, columns = cells.shape
    grid = scores.reshape(rows, columns).astype(np.float32)
    return axis(height, rows, cells.side) @ grid @ axis(width, columns, cells.side).T


@dataclass(frozen=True)
class Region:
    """``mask`` is flat indices into the photo; ``score`` the highest, ``mean`` the mean value within."""

    mask: np.ndarray
    score: float
    mean: float


def runs(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, starts and ends (exclusive) of the runs of set pixels, row by row."""
    edges = np.diff(np.pad(mask.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = np.nonzero(edges == 1)
    return rows, starts, np.nonzero(edges == -1)[1]


def components(mask: np.ndarray) -> list[np.ndarray]:
    """The 8-connected parts as flat indices."""
    rows, starts, ends = (a.tolist() for a in runs(mask))
    parent = list(range(len(rows)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    above = 0
    for i, row in enumerate(rows):
        while rows[above] < row - 1:
            above += 1
        j = above
        while j < i and rows[j] == row - 1:
            if starts[j] <= ends[i] and ends[j] >= starts[i]:
                parent[root(j)] = root(i)
            elif starts[j] > ends[i]:
                break
            j += 1
    parts: dict[int, list[np.ndarray]] = {}
    width = mask.shape[1]
    for i, row in enumerate(rows):
        parts.setdefault(root(i), []).append(np.arange(row * width + starts[i], row * width + ends[i]))
    return [np.concatenate(p) for p in parts.values()]


def regions(scores: np.ndarray, threshold: float, smallest: float) -> list[Region]:
    """Parts of ``scores`` [height, width] at or above the threshold with an area of at least ``smallest`` photo pixels."""
    flat = scores.ravel()
    return [
        Region(c, float(flat[c].max()), float(flat[c].mean()))
        for c in components(scores >= threshold)
        if len(c) >= smallest
    ]
