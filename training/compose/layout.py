"""Where photos go in a large picture: on shelves, each in a cell of its own, and the cells fill the picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MARGIN = 32
"""Pixels that at least lie between a photo and the border of its cell."""


@dataclass(frozen=True)
class Cell:
    """A photo's place and the part of the picture that its mirror images fill; the picture's pixels."""

    photo: int
    """Its place in the list of sizes."""
    x: int
    y: int
    left: int
    top: int
    right: int
    bottom: int


def choose(sizes: list[tuple[int, int]], order: list[int], width: int, height: int) -> list[int]:
    """Photos in the given order, as many as there is room for; one that no longer fits is passed over."""
    chosen: list[int] = []
    for photo in order:
        if _shelves(sizes, [*chosen, photo], width, height, MARGIN) is not None:
            chosen.append(photo)
    return chosen


def arrange(
    sizes: list[tuple[int, int]], chosen: list[int], width: int, height: int, rng: np.random.Generator
) -> list[Cell]:
    """Cells of all the chosen photos, at random places and as far apart as they fit; ValueError where they don't."""
    shelves = _shelves(sizes, chosen, width, height, MARGIN)
    if not chosen or shelves is None:
        raise ValueError(f"The photos don't fit into {width} x {height} pixels.")
    margin = MARGIN
    while wider := _shelves(sizes, chosen, width, height, margin + 1):
        shelves, margin = wider, margin + 1
    cells = []
    shelves = [shelves[i] for i in rng.permutation(len(shelves))]
    rows = _spread([max(sizes[photo][1] for photo in shelf) for shelf in shelves], height)
    for shelf, (top, bottom) in zip(shelves, rows, strict=True):
        photos = [shelf[i] for i in rng.permutation(len(shelf))]
        columns = _spread([sizes[photo][0] for photo in photos], width)
        for photo, (left, right) in zip(photos, columns, strict=True):
            w, h = sizes[photo]
            x = int(rng.integers(left + MARGIN, right - w - MARGIN, endpoint=True))
            y = int(rng.integers(top + MARGIN, bottom - h - MARGIN, endpoint=True))
            cells.append(Cell(photo, x, y, left, top, right, bottom))
    return cells


def _shelves(
    sizes: list[tuple[int, int]], photos: list[int], width: int, height: int, margin: int
) -> list[list[int]] | None:
    """The photos by falling height, row by row; None where they don't fit."""
    shelves: list[list[int]] = []
    used, free = 0, 0
    for photo in sorted(photos, key=lambda one: (-sizes[one][1], one)):
        w, h = (side + 2 * margin for side in sizes[photo])
        if w > free:
            shelves.append([])
            used, free = used + h, width
        if w > free or used > height:
            return None
        shelves[-1].append(photo)
        free -= w
    return shelves


def _spread(lengths: list[int], total: int) -> list[tuple[int, int]]:
    """Stretches one after the other that fill the total, each longer than its length by the same share of the rest."""
    ends = np.cumsum(lengths) + np.linspace(0, total - sum(lengths), len(lengths) + 1)[1:]
    ends = [int(end) for end in ends]
    return list(zip([0, *ends[:-1]], ends, strict=True))
