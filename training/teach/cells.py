"""What the head sees: the levels on one grid, each divided by its spread, and the mean of every cell's neighbourhood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from .features import LEVELS, Levels


@dataclass(frozen=True)
class Grid:
    """``levels``: names; ``stride`` in network pixels; ``mean``: side of the neighbourhood in cells whose mean is
    appended, ``smooth``: of one whose mean is all that counts; 0 for none."""

    levels: tuple[str, ...] = ("b2", "b4", "b10")
    stride: int = 8
    mean: int = 5
    smooth: int = 0


@dataclass(frozen=True)
class Cells:
    """``values`` [h * w, D]; the grid covers ``shape`` (h, w) cells of ``side`` photo pixels each, from the photo's corner."""

    values: np.ndarray
    shape: tuple[int, int]
    side: float
    size: tuple[int, int]


def to_cells(levels: Levels, grid: Grid, spreads: dict[str, float]) -> Cells:
    """Cells whose centre lies outside of the photo, on its padding, are left out."""
    width, height = (size * levels.scale for size in levels.size)
    columns, rows = (max(1, int(size / grid.stride + 0.5)) for size in (width, height))
    parts = []
    for name in grid.levels:
        x = torch.from_numpy(levels.maps[name])[None] / spreads[name]
        ratio = LEVELS[name] / grid.stride
        if ratio < 1:
            x = F.avg_pool2d(x, int(1 / ratio))
        elif ratio > 1:
            x = F.interpolate(x, scale_factor=ratio, mode="bilinear", align_corners=False)
        parts.append(x[:, :, :rows, :columns])
    x = torch.cat(parts, 1)
    if grid.smooth:
        x = F.avg_pool2d(x, grid.smooth, 1, grid.smooth // 2, count_include_pad=False)
    if grid.mean:
        around = F.avg_pool2d(x, grid.mean, 1, grid.mean // 2, count_include_pad=False)
        x = torch.cat([x, around], 1)
    values = x[0].permute(1, 2, 0).reshape(rows * columns, -1).contiguous().numpy()
    return Cells(values, (rows, columns), grid.stride / levels.scale, levels.size)


def coverage(mask: np.ndarray, cells: Cells) -> np.ndarray:
    """Share [h * w] of every cell that ``mask`` [height, width] covers; what lies beyond the photo counts as uncovered."""
    total = np.pad(mask.astype(np.float64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))

    def along(edges: np.ndarray, table: np.ndarray) -> np.ndarray:
        at = np.minimum(edges, len(table) - 1)
        low = np.minimum(at.astype(int), len(table) - 2)
        return table[low] + (at - low)[:, None] * (table[low + 1] - table[low])

    rows, columns = cells.shape
    below = along(np.arange(rows + 1) * cells.side, total)
    corners = along(np.arange(columns + 1) * cells.side, below.T).T
    sums = corners[1:, 1:] - corners[1:, :-1] - corners[:-1, 1:] + corners[:-1, :-1]
    return (sums / cells.side**2).ravel()
