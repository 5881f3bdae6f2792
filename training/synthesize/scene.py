"""A picture under construction: a surface in shades of grey, and defects blended into it one by one."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from .noise import smoothstep

MIN_PIXELS = 20
OVERSAMPLING = 4


@dataclass(frozen=True)
class Window:
    """A part of the picture: where it lies, and its pixel centres y [h, 1], x [1, w] seen from a chosen point."""

    at: tuple[slice, slice]
    y: np.ndarray
    x: np.ndarray

    @property
    def shape(self) -> tuple[int, int]:
        return self.y.shape[0], self.x.shape[1]


@dataclass
class Canvas:
    """A surface that defects are drawn on.

    ``grey`` is brightness 0..255 and ``film`` the thickness of an oil film that colours it, both float32 [h, w].
    ``unit`` is the length, in px, of what is 1 px in a picture of the datasets. ``direction`` is that of rolling or
    grinding, in radians, ``light`` that in which the lamp lies. ``bed`` 0..1 is where the family's own kind of ground
    lies: raceway, loose scale, plane face.
    """

    grey: np.ndarray
    unit: float
    rng: np.random.Generator
    film: np.ndarray | None = None
    direction: float = 0.0
    light: float = 0.0
    bed: np.ndarray | None = None
    instances: list[tuple[int, np.ndarray]] = field(default_factory=list)

    @property
    def height(self) -> int:
        return self.grey.shape[0]

    @property
    def width(self) -> int:
        return self.grey.shape[1]

    def spot(self, margin: float, on: np.ndarray | None = None) -> tuple[float, float]:
        """A place x, y for a defect: where ``on`` is at least half, as far from others as a few tries bring it."""
        best, distance = (self.width / 2, self.height / 2), -1.0
        taken = [np.argwhere(mask).mean(0)[::-1] for _, mask in self.instances]
        for _ in range(12):
            x = self.width * self.rng.uniform(margin, 1 - margin)
            y = self.height * self.rng.uniform(margin, 1 - margin)
            if on is not None and on[int(y), int(x)] < 0.5:
                continue
            free = min((float(np.hypot(x - tx, y - ty)) for tx, ty in taken), default=np.inf)
            if free > distance:
                best, distance = (x, y), free
            if free > 0.35 * min(self.width, self.height):
                break
        return best

    def window(self, cx: float, cy: float, rx: float, ry: float) -> Window:
        """The part of the picture within rx, ry of a point; at least one pixel."""
        x0, x1 = (int(np.clip(v, 0, self.width)) for v in (cx - rx, cx + rx + 1))
        y0, y1 = (int(np.clip(v, 0, self.height)) for v in (cy - ry, cy + ry + 1))
        x0, y0 = min(x0, self.width - 1), min(y0, self.height - 1)
        x1, y1 = max(x1, x0 + 1), max(y1, y0 + 1)
        y = np.arange(y0, y1, dtype=np.float32)[:, None] + 0.5 - cy
        x = np.arange(x0, x1, dtype=np.float32)[None] + 0.5 - cx
        return Window((slice(y0, y1), slice(x0, x1)), y, x)

    def whole(self) -> Window:
        return self.window(self.width / 2, self.height / 2, self.width, self.height)

    def blend(self, window: Window, opacity: np.ndarray, value: np.ndarray | float) -> None:
        """Lays a value over the surface without making it a defect: stains, marks, halos."""
        part = self.grey[window.at]
        part += opacity * (value - part)

    def defect(self, category: int, window: Window, opacity: np.ndarray, value: np.ndarray | float) -> None:
        """Blends a defect; its mask is where its opacity is at least half, later defects cover earlier ones."""
        mask = np.zeros(self.grey.shape, bool)
        mask[window.at] = opacity >= 0.5
        if mask.sum() < MIN_PIXELS:
            return
        self.blend(window, opacity, value)
        left = [(c, m & ~mask) for c, m in self.instances]
        self.instances = [(c, m) for c, m in left if m.sum() >= MIN_PIXELS]
        self.instances.append((category, mask))


def turned(window: Window, angle: float) -> tuple[np.ndarray, np.ndarray]:
    """The window's coordinates along and across a direction."""
    along = window.x * np.cos(angle) + window.y * np.sin(angle)
    return along, window.y * np.cos(angle) - window.x * np.sin(angle)


def level(value: np.ndarray, softness: float) -> np.ndarray:
    """Opacity of the area where a level function is positive, with an edge that is ``softness`` wide in its values."""
    return smoothstep(value, -softness, softness)


def trace(window: Window, points: np.ndarray, widths: np.ndarray) -> np.ndarray:
    """Opacity of a line through points [n, 2] (x, y seen from the window's point) with its width, px, at each."""
    height, width = window.shape
    image = Image.new("L", (width * OVERSAMPLING, height * OVERSAMPLING))
    draw = ImageDraw.Draw(image)
    xy = (points - [window.x[0, 0] - 0.5, window.y[0, 0] - 0.5]) * OVERSAMPLING
    radii = np.maximum(widths * OVERSAMPLING / 2, 0.8)
    for i, ((x, y), r) in enumerate(zip(xy, radii, strict=True)):
        draw.ellipse((x - r, y - r, x + r, y + r), fill=255)
        if i:
            draw.line((*xy[i - 1], x, y), fill=255, width=max(1, round(r + radii[i - 1])))
    return np.asarray(image.reduce(OVERSAMPLING), np.float32) / 255


def wander(
    rng: np.random.Generator, length: float, angle: float, step: float, bend: float, memory: float = 0.86
) -> np.ndarray:
    """Points [n, 2] of a random walk from the origin whose direction keeps coming back to ``angle``.

    ``bend`` is how far, in radians, a step turns; ``memory`` 0..1 is how much of a turn lasts: less is more jagged.
    """
    count = max(3, int(length / step))
    turn, deviations = 0.0, []
    for _ in range(count - 1):
        turn = memory * turn + bend * rng.normal()
        deviations.append(turn)
    angles = angle + np.array(deviations)
    steps = step * np.stack([np.cos(angles), np.sin(angles)], 1)
    return np.concatenate([np.zeros((1, 2)), np.cumsum(steps, 0)])
