"""Learns from a draw of photos and measures on the others, as ``npm run evaluate:teach`` does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..data import Photo
from .cells import Cells, Grid, coverage, to_cells
from .draws import Draw
from .features import Store
from .heads import coreset, logistic, nearest
from .maps import Region, per_pixel, regions
from .measure import Pixels, Seen, see
from .thresholds import Lines, choose, deal


@dataclass(frozen=True)
class Design:
    """``share`` of the background's cells is learnt from; ``smallest`` region in cells; ``memory`` cells of good photos."""

    grid: Grid = field(default_factory=Grid)
    l2: float = 1e-3
    steps: int = 50
    share: float = 0.25
    smallest: float = 1.0
    memory: int = 2000
    margin: float = 0.1
    views: tuple[str, ...] = ("",)
    coreset: bool = True


Head = Callable[[np.ndarray], np.ndarray]


class Lesson:
    """Cells and marks of photos by one design."""

    def __init__(self, store: Store, spreads: dict[str, float], design: Design, classes: tuple[int, ...]):
        self.store, self.spreads, self.design, self.classes = store, spreads, design, classes
        self.kept: dict[tuple[str, str], Cells] = {}

    def cells(self, photo: Photo, view: str = "") -> Cells:
        key = (str(photo.path), view)
        if key not in self.kept:
            self.kept[key] = to_cells(self.store(photo.path, view), self.design.grid, self.spreads)
        return self.kept[key]

    def truth(self, photo: Photo) -> np.ndarray:
        mask = np.zeros((photo.height, photo.width), bool)
        for instance in photo.instances:
            if instance.label in self.classes:
                mask |= instance.mask().astype(bool)
        return mask

    def marked_head(self, photos: Sequence[Photo]) -> Head:
        """Logistic regression on cells covered by half or more against uncovered ones; marked photos weigh alike."""
        rng = np.random.default_rng(0)
        xs, ys, weights = [], [], []
        for photo in photos:
            for view in self.design.views:
                cells = self.cells(photo, view)
                covered = coverage(turned(self.truth(photo), view), cells)
                inside = covered >= 0.5
                if covered.any() and not inside.any():
                    inside = covered >= covered.max()
                used = inside | ((covered <= 0) & (rng.random(len(covered)) < self.design.share))
                xs.append(cells.values[used])
                ys.append(inside[used])
                weights.append(np.where(inside, 1 / max(inside.sum(), 1), 1)[used])
        x, y, weight = np.concatenate(xs), np.concatenate(ys), np.concatenate(weights)
        for side in (y, ~y):
            weight[side] *= 0.5 / weight[side].sum()
        w, bias, _ = logistic(x, y, weight, self.design.l2, steps=self.design.steps)
        return lambda values: values @ w.astype(np.float32) + bias

    def good_head(self, photos: Sequence[Photo]) -> Head:
        """Distance to the nearest of remembered cells of good photos."""
        rng = np.random.default_rng(0)
        x = np.concatenate([self.cells(p, v).values for p in photos for v in self.design.views])
        x = x[rng.permutation(len(x))[: 10 * self.design.memory]]
        memory = x[coreset(x, self.design.memory)] if self.design.coreset else x[: self.design.memory]
        return lambda values: nearest(values, memory)

    def learn(self, draw: Draw) -> tuple[Head, Lines]:
        photos = [*draw.marked, *draw.good]
        head = self.marked_head if draw.marked else self.good_head
        maps: list[np.ndarray] = [np.empty(0)] * len(photos)
        for left_out in deal(len(draw.marked), len(draw.good)):
            scores = head([p for i, p in enumerate(photos) if i not in left_out])
            for i in left_out:
                cells = self.cells(photos[i])
                maps[i] = per_pixel(scores(cells.values), cells)
        final = head(photos)
        if draw.marked:
            side = self.cells(photos[0]).side
            return final, choose(maps, [self.truth(p) for p in photos], self.design.smallest * side**2)
        limit = max(float(m.max()) for m in maps) * (1 + self.design.margin)
        return final, Lines(limit, limit, float("nan"))

    def test(self, head: Head, lines: Lines, photos: Sequence[Photo]) -> tuple[list[Seen], Pixels]:
        pixels, seen = Pixels(), []
        for photo in photos:
            cells, truth = self.cells(photo), self.truth(photo)
            scores = per_pixel(head(cells.values), cells)
            found: list[Region] = [
                r
                for r in regions(scores, lines.level, self.design.smallest * cells.side**2)
                if r.score >= lines.threshold
            ]
            seen.append(see(scores, truth, found))
            pixels.add(1 / (1 + np.exp(-np.clip((scores - lines.threshold) / 2, -20, 20))), truth)
        return seen, pixels


def turned(mask: np.ndarray, view: str) -> np.ndarray:
    if "h" in view:
        mask = mask[:, ::-1]
    return mask[::-1] if "v" in view else mask
