"""The mask rule: how a grid of probabilities over a box becomes pixels of the photo.

The centre (x + .5, y + .5) of a photo pixel samples the M x M grid bilinearly at
((x + .5 - x1) / w M - .5, (y + .5 - y1) / h M - .5), clamped at the grid's edge. The pixel belongs to the
defect when its centre lies in the box and the value is at least .5.
"""

from __future__ import annotations

import math

import numpy as np


def _axis(start: float, length: float, size: int, limit: int) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
    """Pixels along one axis: the first, and for each the lower grid index, the upper one and its weight."""
    first = max(0, math.ceil(start - 0.5))
    last = min(limit, math.ceil(start + length - 0.5))
    centres = np.arange(first, max(first, last)) + 0.5
    u = np.clip((centres - start) / length * size - 0.5, 0, size - 1)
    low = np.floor(u).astype(int)
    return first, low, np.minimum(low + 1, size - 1), u - low


def paste(grid: np.ndarray, box: np.ndarray, width: int, height: int) -> tuple[int, int, np.ndarray]:
    """Left, top and the bool mask of the part of the photo that the box (x1, y1, x2, y2) covers."""
    x1, y1, x2, y2 = (float(v) for v in box)
    if x2 <= x1 or y2 <= y1:
        return 0, 0, np.zeros((0, 0), bool)
    left, x_low, x_high, x_weight = _axis(x1, x2 - x1, grid.shape[1], width)
    top, y_low, y_high, y_weight = _axis(y1, y2 - y1, grid.shape[0], height)
    rows = grid[y_low] * (1 - y_weight)[:, None] + grid[y_high] * y_weight[:, None]
    values = rows[:, x_low] * (1 - x_weight) + rows[:, x_high] * x_weight
    return left, top, values >= 0.5


def paste_full(grid: np.ndarray, box: np.ndarray, width: int, height: int) -> np.ndarray:
    """The same as a bool mask [height, width] of the whole photo."""
    left, top, part = paste(grid, box, width, height)
    mask = np.zeros((height, width), bool)
    mask[top : top + part.shape[0], left : left + part.shape[1]] = part
    return mask
