"""A picture under construction: a surface in shades of grey, and defects blended into it one by one."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

MIN_PIXELS = 20


@dataclass
class Canvas:
    """``grey`` is reflectance 0..255 as float [h, w]; ``unit`` is the length, in px, of what is 1 px in a small photo."""

    grey: np.ndarray
    unit: float
    rng: np.random.Generator
    instances: list[tuple[int, np.ndarray]] = field(default_factory=list)

    @property
    def height(self) -> int:
        return self.grey.shape[0]

    @property
    def width(self) -> int:
        return self.grey.shape[1]

    def blend(self, opacity: np.ndarray, value: np.ndarray | float) -> None:
        """Lays a value over the surface without making it a defect: stains, holes, edges."""
        self.grey += opacity * (value - self.grey)

    def defect(self, category: int, opacity: np.ndarray, value: np.ndarray | float) -> None:
        """Blends a defect; its mask is where its opacity is at least half, later defects cover earlier ones."""
        mask = opacity >= 0.5
        if mask.sum() < MIN_PIXELS:
            return
        self.blend(opacity, value)
        self.instances = [(c, m & ~mask) for c, m in self.instances]
        self.instances.append((category, mask))

    def visible(self) -> list[tuple[int, np.ndarray]]:
        return [(c, m) for c, m in self.instances if m.sum() >= MIN_PIXELS]
