"""A large picture of photos: each as it is, around it its mirror images as far as its cell and a little beyond."""

from __future__ import annotations

import numpy as np

from .layout import MARGIN, Cell

FEATHER = 16
"""Pixels on either side of a cell's border over which its filling gives way to the neighbour's."""

assert FEATHER <= MARGIN, "No photo may lie under its neighbour's filling."


def paste(photos: dict[int, np.ndarray], cells: list[Cell], width: int, height: int) -> np.ndarray:
    """uint8 [height, width, 3]; within their places the photos (by number, uint8 [h, w, 3]) are unchanged."""
    sums = np.zeros((height, width, 3), np.float32)
    weights = np.zeros((height, width), np.float32)
    for cell in cells:
        photo = photos[cell.photo]
        columns = slice(max(0, cell.left - FEATHER), min(width, cell.right + FEATHER))
        rows = slice(max(0, cell.top - FEATHER), min(height, cell.bottom + FEATHER))
        before = (cell.y - rows.start, cell.x - columns.start)
        after = (rows.stop - cell.y - photo.shape[0], columns.stop - cell.x - photo.shape[1])
        filled = np.pad(photo, ((before[0], after[0]), (before[1], after[1]), (0, 0)), mode="symmetric")
        down = _ramp(rows, cell.top, cell.bottom, height)
        across = _ramp(columns, cell.left, cell.right, width)
        weight = down[:, None] * across[None, :]
        sums[rows, columns] += filled * weight[:, :, None]
        weights[rows, columns] += weight
    return np.floor(sums / weights[:, :, None] + 0.5).astype(np.uint8)


def _ramp(pixels: slice, start: int, end: int, total: int) -> np.ndarray:
    """From 0 to 1 across each border of a cell; where that is the picture's, it is 1 up to it."""
    at = np.arange(pixels.start, pixels.stop, dtype=np.float32) + 0.5
    rise = (at - start + FEATHER) / (2 * FEATHER) if start > 0 else np.ones_like(at)
    fall = (end + FEATHER - at) / (2 * FEATHER) if end < total else np.ones_like(at)
    return np.clip(np.minimum(rise, fall), 0, 1)
