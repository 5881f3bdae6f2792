"""Hot-rolled steel strip, close up and without colour: grain along the rolling direction, scale, uneven light."""

from __future__ import annotations

import numpy as np

from .noise import blur, field, grain, smoothstep
from .scene import Canvas, level, trace, turned, wander

INCLUSION, PATCHES, SCRATCHES = KINDS = (2, 3, 4)
ABSORPTION = None


def surface(rng: np.random.Generator, height: int, width: int, unit: float, kind: int) -> Canvas:
    """Matt strip, strip under bright loose scale, or a border between the two."""
    along_x = rng.random() < 0.5
    scale = _scaled_share(rng, height, width, unit, along_x, kind)

    def rolled(short: float, long: float) -> np.ndarray:
        return field(rng, height, width, *((short, long) if along_x else (long, short)))

    wide = field(rng, height, width, 70 * unit, 70 * unit)
    light = np.clip(1 + rng.uniform(0.03, 0.14) * wide, 0.6, 1.4)
    streaks = 0.7 * rolled(0.6 * unit**0.5, 40 * unit) + 0.6 * rolled(4 * unit, 110 * unit)
    fine = grain(rng, height, width, 0.55 * unit)
    matt = rng.uniform(58, 150) * light
    matt = matt * (1 + rng.uniform(0.02, 0.045) * streaks + 0.02 * rolled(7 * unit, 14 * unit)) + 3.8 * fine

    # Loose scale glitters: grains are either bright or dark, and where less light falls fewer are bright.
    grains = 0.75 * fine + 0.45 * rolled(1.1 * unit, 1.5 * unit) + 0.3 * streaks
    glitter = rng.uniform(0.3, 1.3) + rng.uniform(0.2, 0.6) * rolled(22 * unit, 40 * unit)
    bright = 88 + rng.uniform(128, 165) / (1 + np.exp(-1.35 * glitter - rng.uniform(0.7, 1.2) * grains))
    grey = matt + scale * (bright - matt)
    canvas = Canvas(grey.astype(np.float32), unit, rng, direction=0.0 if along_x else np.pi / 2)
    canvas.bed = scale

    for _ in range(rng.integers(0, 4)):
        _stain(canvas)
    for _ in range(rng.integers(0, 5)):
        _faint_line(canvas)
    if scale.mean() < 0.5 and rng.random() < 0.5:
        for _ in range(rng.integers(2, 9)):
            _inclusion(canvas, faint=True)
    for _ in range(rng.integers(0, 7)):
        _speck(canvas)
    return canvas


def _scaled_share(
    rng: np.random.Generator, height: int, width: int, unit: float, along_x: bool, kind: int
) -> np.ndarray:
    """0..1, how much of the strip loose scale covers."""
    layout = rng.choice(3, p=[0.0, 0.72, 0.28] if kind == PATCHES else [0.77, 0.0, 0.23])
    if layout < 2:
        return np.full((height, width), float(layout), np.float32)
    size = height if along_x else width
    place = np.arange(size, dtype=np.float32) + 2.5 * unit * field(rng, 1, size, 0, 9 * unit)[0]
    place = (place - size * rng.uniform(0.3, 0.7)) * rng.choice([-1, 1])
    share = smoothstep(place, -rng.uniform(4, 22) * unit, rng.uniform(4, 22) * unit)
    share = np.broadcast_to(share[:, None] if along_x else share[None], (height, width))
    cloud = field(rng, height, width, 12 * unit, 12 * unit)
    return np.clip(share + 0.5 * share * (1 - share) * cloud, 0, 1).astype(np.float32)


def _stain(canvas: Canvas) -> None:
    """Dried water or a shadow: wide, faint and soft. Not a defect."""
    rng, u = canvas.rng, canvas.unit
    r = rng.uniform(15, 60) * u
    window = canvas.window(canvas.width * rng.random(), canvas.height * rng.random(), 1.5 * r, 1.5 * r)
    along, away = turned(window, canvas.direction)
    inside = 1 - np.hypot(along / r, away / (0.5 * r)) + 0.3 * field(rng, *window.shape, 0.2 * r, 0.2 * r)
    canvas.grey[window.at] *= 1 + rng.uniform(-0.11, 0.07) * level(inside, 0.6)


def _faint_line(canvas: Canvas) -> None:
    """What the guides leave on every strip: a shallow, straight line. Not a defect."""
    rng, u = canvas.rng, canvas.unit
    window = canvas.whole()
    _, away = turned(window, canvas.direction)
    place = rng.uniform(-0.5, 0.5) * min(canvas.width, canvas.height)
    fade = np.clip(0.5 + field(rng, *window.shape, 50 * u, 50 * u), 0, 1)
    line = np.exp(-(((away - place) / (rng.uniform(0.5, 1.6) * u)) ** 2)) * fade
    canvas.grey *= 1 + rng.choice([-0.14, 0.16]) * rng.uniform(0.3, 1) * line


def _speck(canvas: Canvas) -> None:
    """Dust, or a pinhole in the scale. Not a defect."""
    rng, u = canvas.rng, canvas.unit
    r = rng.uniform(0.7, 1.7) * u
    window = canvas.window(canvas.width * rng.random(), canvas.height * rng.random(), 3 * r, 3 * r)
    canvas.blend(
        window,
        0.7 * level(1 - np.hypot(window.x, window.y) / r, 0.7),
        rng.choice([35.0, 225.0], p=[0.7, 0.3]),
    )


def _inclusion(canvas: Canvas, *, faint: bool = False) -> None:
    """Foreign matter rolled out into a dark spindle with frayed tips; faint ones nobody would call a defect."""
    rng, u = canvas.rng, canvas.unit
    cx, cy = (canvas.width * rng.random(), canvas.height * rng.random()) if faint else canvas.spot(0.08, 1 - canvas.bed)
    long, thin = rng.uniform(9, 42) * u, rng.uniform(2.0, 5.5) * u
    if faint:
        long, thin = long * 0.5, thin * 0.6
    window = canvas.window(cx, cy, 1.5 * long, 1.5 * long)
    along, away = turned(window, canvas.direction + rng.normal(0, 0.035))
    h, w = window.shape
    wave = field(rng, h, w, *((2.2 * u, 9 * u) if canvas.direction == 0 else (9 * u, 2.2 * u)))
    away = away + 0.35 * thin * np.sin(along / long * rng.uniform(1, 3) + rng.uniform(0, 6))
    spindle = 1 - (np.abs(along) / long) ** 1.5 - (away / thin) ** 2
    inside = spindle + 0.3 * wave
    opacity = level(inside, 0.3)
    here = float(np.median(canvas.grey[window.at]))
    value = here * rng.uniform(0.4, 0.64) * (1 + 0.06 * wave) + 2.5 * grain(rng, h, w, 0.6 * u)
    if faint:
        canvas.blend(window, rng.uniform(0.15, 0.42) * opacity, value)
        return
    # A dull trail runs on beyond both tips.
    canvas.blend(window, 0.3 * level(spindle + 0.5 + 0.5 * wave, 0.5), here * 0.78)
    canvas.defect(INCLUSION, window, opacity, value)


def _patch(canvas: Canvas) -> None:
    """Scale that stuck to the strip: a large dark area with a torn, grainy border."""
    rng, u = canvas.rng, canvas.unit
    cx, cy = canvas.spot(0.02, canvas.bed)
    long, thin = rng.uniform(24, 62) * u, rng.uniform(15, 36) * u
    reach = 1.7 * max(long, thin)
    window = canvas.window(cx, cy, reach, reach)
    h, w = window.shape
    along, away = turned(window, canvas.direction + rng.normal(0, 0.25))
    shape = 0.9 - (along / long) ** 2 - (away / thin) ** 2 + 0.42 * field(rng, h, w, 13 * u, 13 * u)
    grains = 0.8 * grain(rng, h, w, 0.6 * u) + 0.5 * field(rng, h, w, 1.3 * u, 1.3 * u)
    fray = 0.07 * grains + 0.1 * field(rng, h, w, 2.6 * u, 2.6 * u)
    clouds = field(rng, h, w, 8 * u, 8 * u)
    here = float(np.median(canvas.grey[window.at]))
    value = (rng.uniform(0.19, 0.42) * here + 4 * clouds) * (1 + 0.26 * grains)
    value += 0.12 * here * smoothstep(shape, 0.6, 0.0)
    # Towards the border more and more bright grains show through.
    canvas.blend(window, 0.45 * level(shape + 0.2 + 2.5 * fray, 0.3), 0.62 * here)
    canvas.defect(PATCHES, window, level(shape + fray, 0.12), np.clip(value, 8, 200))


def _scratch(canvas: Canvas) -> None:
    """Bare metal: a few bright lines close together, often from border to border, or a broad scored band."""
    rng, u = canvas.rng, canvas.unit
    cx, cy = canvas.spot(0.08, 1 - canvas.bed)
    reach = float(np.hypot(canvas.width, canvas.height))
    size = canvas.width if canvas.direction == 0 else canvas.height
    through = rng.random() < 0.45
    length = size * (2.4 if through else rng.uniform(0.2, 0.75))
    banded = through and rng.random() < 0.5
    angle = canvas.direction + rng.normal(0, 0.09 if rng.random() < 0.3 else 0.02)
    spine = wander(rng, length, angle, max(2.0, 2 * u), 0.005)
    spine -= spine[len(spine) // 2]
    normal = np.array([-np.sin(angle), np.cos(angle)])
    window = canvas.window(cx, cy, reach, reach)
    h, w = window.shape
    width = (rng.uniform(9, 20) if banded else rng.uniform(1.8, 4.2)) * u
    spread = (0.94, 1.05) if banded else (0.6, 1.25)

    def line(start: float, end: float, offset: float, thick: float) -> np.ndarray:
        part = (
            spine[int(start * len(spine)) : max(int(start * len(spine)) + 3, int(end * len(spine)))] + offset * normal
        )
        knots = max(3, len(part) // 6)
        uneven = np.interp(np.linspace(0, 1, len(part)), np.linspace(0, 1, knots), rng.uniform(*spread, knots))
        t = np.linspace(0, 1, len(part))
        tips = np.minimum(1, 0.1 + 5 * np.minimum(t, 1 - t))
        return trace(window, part, thick * uneven * (tips if end - start < 1 or not through else 1))

    # Each of a scratch's lines starts and stops on its own; where they touch they are one.
    body = line(0, 1, 0, width)
    for _ in range(0 if banded else int(rng.integers(0, 4))):
        start = rng.uniform(0, 0.6)
        beside = rng.uniform(-0.8, 0.8) * width
        body = np.maximum(body, line(start, start + rng.uniform(0.15, 0.4), beside, 0.6 * width))
    vertical = abs(np.cos(canvas.direction)) < 0.5
    score = field(rng, h, w, *((26 * u, 0.6 * u**0.6) if vertical else (0.6 * u**0.6, 26 * u)))
    wear = field(rng, h, w, *((14 * u, 3 * u) if vertical else (3 * u, 14 * u)))
    core = blur(body, 0.35 * width)
    here = float(np.median(canvas.grey[window.at]))
    shine = max(rng.uniform(165, 235), here + 55)
    value = shine * (0.68 + 0.32 * core) + 17 * score + 16 * wear + 8 * grain(rng, h, w, 0.8 * u)
    # Light spills over the rolled-up lips, and finer lines run alongside that nobody would count.
    canvas.blend(window, 0.22 * blur(body, 1.5 * u + 0.15 * width), shine)
    for _ in range(int(rng.integers(0, 4))):
        start, offset = rng.uniform(0, 0.7), rng.normal(0, 1) * (width + 6 * u)
        thin = line(start, start + rng.uniform(0.1, 0.5), offset, rng.uniform(0.5, 1.1) * u)
        canvas.blend(window, rng.uniform(0.15, 0.4) * thin, shine)
    opacity = body * np.clip(0.88 + 0.14 * wear + 0.08 * score, 0.54, 1)
    canvas.defect(SCRATCHES, window, opacity, np.clip(value, 60, 255))


def defect(canvas: Canvas, kind: int) -> None:
    if kind == PATCHES and canvas.bed.mean() > 0.1:
        _patch(canvas)
    elif kind == SCRATCHES:
        _scratch(canvas)
    else:
        _inclusion(canvas)
