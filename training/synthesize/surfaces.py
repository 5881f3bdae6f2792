"""The three families of surface, their defects, and the harmless things that look a little like defects."""

from __future__ import annotations

import numpy as np

from .noise import blob, blur, field, grid, smoothstep, stroke
from .scene import Canvas

PITTING, INCLUSION, PATCHES, SCRATCHES, BLOWHOLE, BREAK, CRACK, FRAY, UNEVEN = range(1, 10)


def strip(rng: np.random.Generator, height: int, width: int, unit: float, count: int) -> Canvas:
    """Hot-rolled steel: streaks along the rolling direction, mottling, scale."""
    along_x = rng.random() < 0.5
    kind = rng.choice([INCLUSION, PATCHES, SCRATCHES])
    long, short = 60 * unit, 0.7 * unit
    streaks = field(rng, height, width, *((short, long) if along_x else (long, short)))
    bright = kind == PATCHES and rng.random() < 0.7
    grey = rng.uniform(150, 205) if bright else rng.uniform(75, 150)
    surface = grey + 5 * streaks + rng.uniform(4, 12) * field(rng, height, width, 18 * unit, 18 * unit)
    surface += rng.uniform(2, 6) * field(rng, height, width, 0.6 * unit, 0.6 * unit)
    if bright:
        surface += 16 * field(rng, height, width, 1.2 * unit, 1.2 * unit)
    canvas = Canvas(surface, unit, rng)
    for _ in range(rng.integers(0, 3)):
        _stain(canvas)
    for _ in range(count):
        if kind == PATCHES:
            _patch(canvas)
        elif kind == INCLUSION:
            _inclusion(canvas, along_x)
        else:
            _scratch(canvas, along_x)
    return canvas


def ceramic(rng: np.random.Generator, height: int, width: int, unit: float, count: int) -> Canvas:
    """A magnetic tile: dark, ground along one direction, with dim edges."""
    grey = rng.uniform(65, 125)
    lines = field(rng, height, width, 70 * unit, 0.6 * unit)
    surface = grey + rng.uniform(4, 9) * lines + 4 * np.maximum(field(rng, height, width, 40 * unit, 0.5 * unit), 1.4)
    surface += rng.uniform(5, 14) * field(rng, height, width, 45 * unit, 45 * unit)
    surface += 3 * field(rng, height, width, 0.5 * unit, 0.5 * unit)
    canvas = Canvas(surface, unit, rng)
    for _ in range(rng.integers(0, 4)):
        _stain(canvas)
    draw = {BLOWHOLE: _blowhole, BREAK: _break, CRACK: _crack, FRAY: _fray, UNEVEN: _uneven}
    kind = int(rng.choice(list(draw)))
    for i in range(count if kind in (BLOWHOLE, CRACK, BREAK) else min(count, 1)):
        draw[kind if i == 0 else int(rng.choice([kind, BLOWHOLE]))](canvas)
    y, x = grid(height, width)
    edge = np.minimum(np.minimum(x, width - x), np.minimum(y, height - y))
    canvas.grey *= 0.25 + 0.75 * smoothstep(edge, 0, 4 * unit)
    return canvas


def metal(rng: np.random.Generator, height: int, width: int, unit: float, count: int) -> Canvas:
    """The raceway of a ball screw: slanted threads with a bright band along each crest."""
    y, x = grid(height, width)
    pitch = rng.uniform(85, 150) * unit
    slope = rng.uniform(0.08, 0.25) * rng.choice([-1, 1])
    sag = rng.uniform(-0.12, 0.12) * ((x - width / 2) / width) ** 2 * width
    phase = ((y + slope * x + sag) / pitch + rng.random()) % 1
    crest = np.exp(-(((phase - 0.42) / rng.uniform(0.1, 0.17)) ** 2))
    groove = smoothstep(np.abs(phase - 0.97), 0.1, 0.02) + smoothstep(np.abs(phase - 0.01), 0.08, 0.01)
    grain = field(rng, height, width, 0.6 * unit, 26 * unit)
    surface = rng.uniform(70, 105) + rng.uniform(60, 110) * crest - 55 * np.clip(groove, 0, 1)
    surface += 30 * np.exp(-(((phase - 0.78) / 0.05) ** 2)) + 4 * grain
    surface += 7 * field(rng, height, width, 20 * unit, 60 * unit)
    surface *= 0.72 + 0.28 * np.sin(np.pi * np.clip(x / width, 0, 1)) ** 0.5
    canvas = Canvas(surface, unit, rng)
    for _ in range(rng.integers(0, 3)):
        _stain(canvas)
    on_track = np.argwhere((phase > 0.25) & (phase < 0.62))
    for _ in range(count):
        inside = on_track[rng.integers(len(on_track))]
        _pitting(canvas, float(inside[1]), float(inside[0]))
    return canvas


def _spot(canvas: Canvas, margin: float = 0.06) -> tuple[float, float]:
    rng = canvas.rng
    low, high = margin, 1 - margin
    return canvas.width * rng.uniform(low, high), canvas.height * rng.uniform(low, high)


def _stain(canvas: Canvas) -> None:
    """Oil or a shadow: wide, faint and soft. Not a defect."""
    rng, u = canvas.rng, canvas.unit
    cx, cy = _spot(canvas)
    opacity = blob(rng, canvas.height, canvas.width, cx, cy, rng.uniform(8, 45) * u, rng.uniform(8, 45) * u, 0.15)
    canvas.grey *= 1 + rng.uniform(-0.09, 0.07) * blur(opacity, rng.uniform(4, 9) * u)


def _pitting(canvas: Canvas, cx: float, cy: float) -> None:
    """A cluster of craters that have grown together: dark floors, a lit rim on one side."""
    rng, u = canvas.rng, canvas.unit
    size = rng.uniform(10, 32) * u
    body = np.zeros_like(canvas.grey)
    for _ in range(rng.integers(3, 11)):
        x, y = cx + rng.normal() * 0.5 * size, cy + rng.normal() * 0.35 * size
        r = size * rng.uniform(0.28, 0.62)
        body = np.maximum(body, blob(rng, canvas.height, canvas.width, x, y, r, r * rng.uniform(0.6, 1), 0.3))
    floor = 38 + 16 * field(rng, canvas.height, canvas.width, 1.5 * u, 1.5 * u)
    rim = np.clip(blur(body, 1.3 * u) - np.roll(blur(body, 1.3 * u), (int(2 * u) + 1,) * 2, (0, 1)), 0, 1)
    canvas.defect(PITTING, body, np.clip(floor, 8, 110) + 190 * rim)


def _inclusion(canvas: Canvas, along_x: bool) -> None:
    rng, u = canvas.rng, canvas.unit
    cx, cy = _spot(canvas)
    length, thin = rng.uniform(12, 55) * u, rng.uniform(3, 8) * u
    rx, ry = (length / 2, thin / 2) if along_x else (thin / 2, length / 2)
    dark = canvas.grey.mean() * rng.uniform(0.35, 0.62)
    texture = 7 * field(rng, canvas.height, canvas.width, 1.5 * u, 1.5 * u)
    canvas.defect(INCLUSION, blob(rng, canvas.height, canvas.width, cx, cy, rx, ry, 0.35), dark + texture)


def _patch(canvas: Canvas) -> None:
    rng, u = canvas.rng, canvas.unit
    cx, cy = _spot(canvas, 0.0)
    opacity = blob(rng, canvas.height, canvas.width, cx, cy, rng.uniform(18, 55) * u, rng.uniform(16, 48) * u, 0.45)
    texture = 9 * field(rng, canvas.height, canvas.width, 2 * u, 2 * u)
    canvas.defect(PATCHES, blur(opacity, 1.2 * u), canvas.grey.mean() * rng.uniform(0.3, 0.5) + texture)


def _scratch(canvas: Canvas, along_x: bool) -> None:
    rng, u = canvas.rng, canvas.unit
    cx, cy = _spot(canvas)
    angle = (0 if along_x else np.pi / 2) + rng.normal() * 0.06
    length = rng.uniform(0.15, 0.9) * (canvas.width if along_x else canvas.height)
    start = (cx - length / 2 * np.cos(angle), cy - length / 2 * np.sin(angle))
    thickness = rng.uniform(2.5, 6) * u
    opacity = stroke(rng, canvas.height, canvas.width, start, angle, length, thickness, 0.006)
    canvas.defect(SCRATCHES, opacity, rng.uniform(205, 250))


def _blowhole(canvas: Canvas) -> None:
    rng, u = canvas.rng, canvas.unit
    cx, cy = _spot(canvas)
    r = rng.uniform(4.5, 9) * u
    opacity = blob(rng, canvas.height, canvas.width, cx, cy, r, r * rng.uniform(0.7, 1.5), 0.15)
    glow = blur(opacity, 2 * u)
    canvas.grey *= 1 + 0.35 * np.clip(glow - np.roll(glow, int(2 * u) + 1, 0), 0, 1)
    canvas.defect(BLOWHOLE, opacity, canvas.grey.mean() * rng.uniform(0.15, 0.4))


def _break(canvas: Canvas) -> None:
    """A piece missing at an edge: a rough, dark fracture."""
    rng, u = canvas.rng, canvas.unit
    h, w = canvas.height, canvas.width
    if rng.random() < 0.5:
        cx, cy = w * rng.choice([0.01, 0.99]), h * rng.uniform(0.05, 0.95)
        rx, ry = rng.uniform(7, 16) * u, rng.uniform(12, 38) * u
    else:
        cx, cy = w * rng.uniform(0.05, 0.95), h * rng.choice([0.01, 0.99])
        rx, ry = rng.uniform(12, 38) * u, rng.uniform(7, 16) * u
    texture = canvas.grey.mean() * (0.4 + 0.35 * np.abs(field(rng, h, w, 2 * u, 2 * u)))
    canvas.defect(BREAK, blob(rng, h, w, cx, cy, rx, ry, 0.4), texture)


def _crack(canvas: Canvas) -> None:
    rng, u = canvas.rng, canvas.unit
    cx = canvas.width * rng.uniform(0.1, 0.9)
    length = rng.uniform(0.3, 0.95) * canvas.height
    start = (cx, rng.uniform(0, canvas.height - length))
    opacity = stroke(rng, canvas.height, canvas.width, start, np.pi / 2, length, rng.uniform(3, 5) * u, 0.05)
    canvas.defect(CRACK, opacity, canvas.grey.mean() * rng.uniform(0.15, 0.4))


def _fray(canvas: Canvas) -> None:
    """A smooth, dull area that grows from the lower edge, with crumbled bright grains at its foot."""
    rng, u = canvas.rng, canvas.unit
    h, w = canvas.height, canvas.width
    cx, rx, ry = w * rng.uniform(0.2, 0.8), w * rng.uniform(0.12, 0.25), h * rng.uniform(0.25, 0.5)
    opacity = blob(rng, h, w, cx, h - ry * rng.uniform(0.7, 1.0), rx, ry, 0.12)
    value = canvas.grey.mean() * rng.uniform(0.5, 0.65) + 2 * field(rng, h, w, 1.5 * u, 1.5 * u)
    canvas.defect(FRAY, opacity, value)


def _uneven(canvas: Canvas) -> None:
    """A part of the tile that the grinding wheel touched harder: brighter, with stronger lines."""
    rng, u = canvas.rng, canvas.unit
    h, w = canvas.height, canvas.width
    y, x = grid(h, w)
    border = h * rng.uniform(0.3, 0.7) + 0.03 * h * field(rng, 1, w, 0, 25 * u) + rng.normal() * 0.08 * (x - w / 2)
    side = rng.choice([-1, 1])
    opacity = smoothstep(side * (y - border), -1.5 * u, 1.5 * u)
    lines = field(rng, h, w, 30 * u, 0.8 * u)
    canvas.defect(UNEVEN, opacity, canvas.grey * rng.uniform(1.3, 1.5) + 12 * np.maximum(lines, 0))


FAMILIES = {"metal": metal, "strip": strip, "ceramic": ceramic}
