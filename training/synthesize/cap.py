"""Turned aluminium caps, anodised orange, with bright chamfers and a printed scale: a part that the shipped model does not know.

The page's walk-through teaches it. Brushed rings throw a lamp back as a bow tie, dye colours what light passes through
twice, and where a tool or an accident took the dye off, bare metal shows.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from .noise import blur, field, grain, grid, rough, smoothstep
from .scene import OVERSAMPLING, Canvas, level, trace, turned, wander

CLASSES = ("scratch", "dent", "bare spot")
SCRATCH, DENT, BARE = KINDS = (1, 2, 3)
# What dye of thickness 1 takes from red, green and blue.
ABSORPTION = (0.02, 0.74, 2.2)
ANGLES = 1440
TEETH = 90
# Shares of the radius: dish, bright step, ring with the scale, bright chamfer, knurled side.
DISH, STEP, RING, CHAMFER = 0.56, 0.6, 0.885, 0.94


def surface(rng: np.random.Generator, height: int, width: int, unit: float, kind: int) -> Canvas:
    """One cap from above on a mat, nearly in the middle, turned and lit a little differently every time."""
    u = unit
    radius = rng.uniform(186, 196) * u
    cx, cy = width / 2 + rng.uniform(-14, 14) * u, height / 2 + rng.uniform(-9, 9) * u
    light = -2.2 + rng.uniform(-0.12, 0.12)
    y, x = grid(height, width)
    dx, dy = x - cx, y - cy
    r, angle = np.hypot(dx, dy) / radius, np.arctan2(dy, dx)
    toward = np.cos(angle - light)

    turning = _around(rng, radius, angle, r, u)
    body = _turned(rng, r, angle, light, turning)
    dye = (1 + 0.05 * rough(rng, height, width, 40 * u, 3) + 0.06 * turning).astype(np.float32)
    for low, high, lean in ((DISH, STEP, -1), (RING, CHAMFER, 1)):
        # Cut with a diamond after anodising: polished, without dye.
        band = smoothstep(r, low - 0.004, low + 0.004) * smoothstep(r, high + 0.004, high - 0.004)
        polished = 92 + 118 * smoothstep(lean * toward, -0.35, 0.95) + 36 * smoothstep(-lean * toward, 0.55, 1)
        body += band * (polished * (1 + 0.05 * turning) - body)
        dye *= 1 - band
    side = smoothstep(r, CHAMFER - 0.003, CHAMFER + 0.003)
    turn = rng.uniform(-0.1, 0.1)
    knurl = 0.62 + 0.38 * np.cos(TEETH * (angle - turn))
    body += side * ((34 + 60 * smoothstep(toward, -0.5, 1)) * (0.5 + knurl) - body)

    marks = _scale(height, width, cx, cy, radius, turn)
    print_ = marks * np.clip(0.93 + 0.05 * grain(rng, height, width, 0.6 * u), 0, 1)
    body += print_ * (24 + 0.1 * body - body)
    dye *= 1 - 0.9 * print_

    # The side's teeth make the outline a little wavy.
    inside = smoothstep((1 + 0.004 * knurl - r) * radius, -0.7 * u, 0.7 * u)
    mat = _mat(rng, height, width, u) * _shadow(r, dx, dy, radius, light, u)
    canvas = Canvas((mat + inside * (body - mat)).astype(np.float32), u, rng, (dye * inside).astype(np.float32))
    canvas.light = light
    canvas.bed = ((r < 0.46) & (r > 0.06) | (np.abs(r - (STEP + RING) / 2) < 0.08)).astype(np.float32)
    for _ in range(rng.integers(1, 5)):
        _dust(canvas)
    for _ in range(rng.integers(0, 3)):
        _hairline(canvas)
    return canvas


def _around(rng: np.random.Generator, radius: float, angle: np.ndarray, r: np.ndarray, u: float) -> np.ndarray:
    """What the tool left: fine rings, each uneven along its way; deviation about 1."""
    rows = int(1.6 * radius)
    fine = field(rng, rows, ANGLES + 120, 0.55 * u**0.5, 70) + 0.7 * field(rng, rows, ANGLES + 120, 2 * u, 240)
    rings = 0.8 * field(rng, rows, 1, 0.8 * u, 0) + 0.5 * field(rng, rows, 1, 5 * u, 0)
    # The last columns fade into the first: the plane closes to a ring.
    fade = np.linspace(0, 1, 120, dtype=np.float32)
    closed = fine[:, :ANGLES].copy()
    closed[:, :120] = closed[:, :120] * fade + fine[:, ANGLES:] * (1 - fade)
    row = np.clip(r * radius, 0, rows - 2)
    column = (angle / (2 * np.pi) % 1) * ANGLES
    low, left = row.astype(int), column.astype(int) % ANGLES
    down, right = (row - low).astype(np.float32), (column - column.astype(int)).astype(np.float32)
    plane = closed + rings
    upper = plane[low, left] * (1 - right) + plane[low, (left + 1) % ANGLES] * right
    lower = plane[low + 1, left] * (1 - right) + plane[low + 1, (left + 1) % ANGLES] * right
    return (upper * (1 - down) + lower * down) / 1.6


def _turned(
    rng: np.random.Generator, r: np.ndarray, angle: np.ndarray, light: float, turning: np.ndarray
) -> np.ndarray:
    """Brightness of the face: turned metal is bright where a lamp lies across its grooves."""
    sky = rng.uniform(118, 126)
    dished = smoothstep(r, DISH, DISH - 0.01)
    grey = sky * (1 + 0.06 * turning)
    for place, strength, width in ((light, 64, 0.44), (light + 1.25, 34, 0.34), (light + 2.2, 22, 0.28)):
        # Nearer to the middle a lamp covers more of the circle; a dish leans one half to it and one away.
        spread = width * rng.uniform(0.97, 1.03) * (0.85 + 0.25 * np.exp(-((r / 0.12) ** 2)))
        tie = np.exp(-((np.sin(angle - place) / spread) ** 2))
        lean = 1 + (0.3 * r / DISH * dished - 0.15 * (1 - dished)) * -np.cos(angle - place)
        grey = grey + strength * rng.uniform(0.95, 1.05) * tie * lean * (1 + 0.12 * turning)
    # A small dimple where the centre of the lathe was.
    grey = grey * (1 - 0.55 * np.exp(-((r / 0.022) ** 4)))
    return grey * (1 - 0.1 * smoothstep(r, 0.3, 0))


def _scale(height: int, width: int, cx: float, cy: float, radius: float, turn: float) -> np.ndarray:
    """Opacity of what is printed in black: eleven dots around, larger at the ends and in the middle, and a pointer."""
    image = Image.new("L", (width * OVERSAMPLING, height * OVERSAMPLING))
    draw = ImageDraw.Draw(image)

    def at(distance: float, angle: float) -> tuple[float, float]:
        return (
            (cx + radius * distance * np.cos(angle + turn)) * OVERSAMPLING,
            (cy + radius * distance * np.sin(angle + turn)) * OVERSAMPLING,
        )

    def dot(x: float, y: float, size: float) -> None:
        half = size * radius * OVERSAMPLING
        draw.ellipse((x - half, y - half, x + half, y + half), fill=255)

    for i in range(11):
        dot(*at(0.74, np.pi * (0.75 + 1.5 * i / 10)), 0.036 if i % 5 == 0 else 0.021)
    up = -np.pi / 2
    draw.polygon([at(0.49, up), at(0.35, up - 0.2), at(0.35, up + 0.2)], fill=255)
    return np.asarray(image.reduce(OVERSAMPLING), np.float32) / 255


def _mat(rng: np.random.Generator, height: int, width: int, u: float) -> np.ndarray:
    """A grey rubber mat, fine-grained, a little dusty."""
    dust = np.maximum(field(rng, height, width, 1.1 * u, 1.1 * u) - 3.2, 0)
    plane = 1 + 0.028 * grain(rng, height, width, 0.9 * u) + 0.03 * rough(rng, height, width, 30 * u, 3)
    return rng.uniform(118, 130) * plane + 26 * dust


def _shadow(r: np.ndarray, dx: np.ndarray, dy: np.ndarray, radius: float, light: float, u: float) -> np.ndarray:
    """Light that is left on the mat: a long soft shadow away from the lamp, and a dark line of contact."""
    reach = 20 * u
    away = np.hypot(dx + reach * np.cos(light), dy + reach * np.sin(light)) / radius
    return (1 - 0.42 * smoothstep(away, 1.14, 0.93)) * (1 - 0.4 * smoothstep(r, 1.05, 1.0))


def _dust(canvas: Canvas) -> None:
    """A speck. Not a defect."""
    rng, u = canvas.rng, canvas.unit
    r = rng.uniform(0.8, 1.5) * u
    window = canvas.window(canvas.width * rng.random(), canvas.height * rng.random(), 3 * r, 3 * r)
    canvas.blend(window, 0.5 * level(1 - np.hypot(window.x, window.y) / r, 0.7), rng.choice([60.0, 200.0]))


def _hairline(canvas: Canvas) -> None:
    """What wiping leaves: a line so fine and faint that nobody minds. Not a defect."""
    rng, u = canvas.rng, canvas.unit
    cx, cy = canvas.spot(0.2, canvas.bed)
    points = wander(rng, rng.uniform(20, 60) * u, rng.uniform(0, 2 * np.pi), 3 * u, 0.02)
    reach = np.abs(points).max() + 3 * u
    window = canvas.window(cx, cy, reach, reach)
    line = trace(window, points, np.full(len(points), 0.8 * u))
    canvas.grey[window.at] *= 1 + 0.12 * line


def _scratch(canvas: Canvas) -> None:
    """A tool or another part slid along: a few strands side by side, through the dye to the bright metal."""
    rng, u = canvas.rng, canvas.unit
    cx, cy = canvas.spot(0.2, canvas.bed)
    spine = wander(rng, rng.uniform(40, 62) * u, rng.uniform(0, 2 * np.pi), 2 * u, 0.03)
    spine -= spine[len(spine) // 2]
    across = spine[-1] - spine[0]
    normal = np.array([-across[1], across[0]]) / np.hypot(*across)
    wide = rng.uniform(10, 15) * u
    reach = np.abs(spine).max() + 2 * wide
    window = canvas.window(cx, cy, reach, reach)
    h, w = window.shape
    t = np.linspace(0, 1, len(spine))
    taper = np.clip(6 * np.minimum(t, 1 - t), 0.3, 1)
    band = blur(trace(window, spine, wide * taper), 0.9 * u)
    strands = np.zeros(window.shape, np.float32)
    for _ in range(int(rng.integers(5, 8))):
        start, length = rng.uniform(0, 0.4), rng.uniform(0.4, 0.8)
        part = slice(int(start * len(spine)), max(int(start * len(spine)) + 4, int((start + length) * len(spine))))
        line = spine[part] + rng.uniform(-0.38, 0.38) * wide * normal
        thick = (
            rng.uniform(1.5, 3.2) * u * np.minimum(1, 0.3 + 4 * np.minimum(t[part] - t[part][0], t[part][-1] - t[part]))
        )
        strands = np.maximum(strands, rng.uniform(0.55, 1) * trace(window, line, thick))
    worn = np.clip(0.75 + 0.35 * field(rng, h, w, 2.5 * u, 2.5 * u), 0, 1)
    off = np.clip(0.5 * band + strands * worn, 0, 1)
    here = canvas.grey[window.at].copy()
    # Raised lips beside a strand catch the lamp on one side.
    lips = np.clip(strands - np.roll(strands, (1, 1), (0, 1)), -0.6, 0.6)
    value = here * (1 + 0.1 * band) + strands * worn * (0.62 * (215 - here)) + 26 * lips
    _undye(canvas, window, 0.8 * off)
    canvas.defect(SCRATCH, window, band, np.clip(value, 20, 240))


def _dent(canvas: Canvas) -> None:
    """The part was dropped: a shallow hollow, dark towards the lamp and bright beyond, whose dye is whole."""
    rng, u = canvas.rng, canvas.unit
    cx, cy = canvas.spot(0.2, canvas.bed)
    long = rng.uniform(14, 22) * u
    thin = long * rng.uniform(0.6, 0.9)
    window = canvas.window(cx, cy, 2.2 * long, 2.2 * long)
    h, w = window.shape
    along, away = turned(window, rng.uniform(0, np.pi))
    away = away + 0.1 * along**2 / long
    far = np.sqrt((along / long) ** 2 + (away / thin) ** 2) + 0.06 * field(rng, h, w, 0.35 * long, 0.35 * long)
    # A hollow with a flat floor, steep walls and a low rim around it.
    depth = -smoothstep(far, 1.05, 0.15) + 0.14 * np.exp(-(((far - 1.15) / 0.2) ** 2))
    gy, gx = np.gradient(depth.astype(np.float32))
    slope = (gx * np.cos(canvas.light) + gy * np.sin(canvas.light)) * thin
    shade = np.clip(-rng.uniform(0.42, 0.54) * slope, -0.55, 0.6)
    here = canvas.grey[window.at].copy()
    # In the hollow the rings are pressed flat: it shows less of the lamps, and more of the sky.
    floor = smoothstep(far, 1.0, 0.5)
    smooth = here + 0.55 * floor * (blur(here, 3 * u) - here)
    value = smooth * (1 + shade) + 42 * np.maximum(shade, 0) * smoothstep(here, 190, 120)
    canvas.grey[window.at] += smoothstep(far, 1.7, 1.0) * (value - here)
    canvas.defect(DENT, window, level(1.08 - far, 0.05), canvas.grey[window.at].copy())


def _bare(canvas: Canvas) -> None:
    """Grease was left on it in the bath: a cloud in which the dye is thin, with a ragged, soft border."""
    rng, u = canvas.rng, canvas.unit
    cx, cy = canvas.spot(0.2, canvas.bed)
    r = rng.uniform(15, 26) * u
    window = canvas.window(cx, cy, 2 * r, 2 * r)
    h, w = window.shape
    along, away = turned(window, rng.uniform(0, np.pi))
    inside = 1 - np.hypot(along / r, away / (r * rng.uniform(0.6, 0.95))) + 0.2 * rough(rng, h, w, 0.4 * r, 3)
    opacity = level(inside - 0.1, 0.22)
    _undye(canvas, window, rng.uniform(0.58, 0.78) * opacity * np.clip(0.9 + 0.1 * rough(rng, h, w, 2 * u, 2), 0, 1))
    here = canvas.grey[window.at].copy()
    canvas.defect(BARE, window, opacity, here * rng.uniform(1.02, 1.16))


def _undye(canvas: Canvas, window, share: np.ndarray) -> None:
    canvas.film[window.at] *= 1 - share


def defect(canvas: Canvas, kind: int) -> None:
    {SCRATCH: _scratch, DENT: _dent, BARE: _bare}[kind](canvas)
