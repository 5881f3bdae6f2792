"""Magnetic tiles: dark, sintered and ground along one direction, before a black background, without colour."""

from __future__ import annotations

import numpy as np

from .noise import blur, field, grain, grid, rough, smoothstep
from .scene import Canvas, level, trace, turned, wander

BLOWHOLE, BREAK, CRACK, FRAY, UNEVEN = KINDS = (5, 6, 7, 8, 9)
ABSORPTION = None
BACKGROUND = 7.0

# Digits and a cross as strokes in a box 1 wide and 1.6 high, as someone scratches or paints them on a tile.
GLYPHS = (
    ((0.1, 0.3), (0.5, 0.0), (0.9, 0.35), (0.7, 0.8), (0.1, 1.6), (0.95, 1.6)),
    ((0.8, 0.0), (0.25, 0.6), (0.1, 1.2), (0.5, 1.6), (0.9, 1.2), (0.6, 0.8), (0.15, 1.1)),
    ((0.0, 0.0), (0.95, 0.0), (0.35, 1.6)),
    ((0.2, 0.35), (0.6, 0.0), (0.6, 1.6)),
    ((0.0, 0.0), (1.0, 1.6), (0.5, 0.8), (1.0, 0.0), (0.0, 1.6)),
    ((0.9, 0.2), (0.4, 0.0), (0.05, 0.8), (0.4, 1.6), (0.9, 1.4)),
)


def surface(rng: np.random.Generator, height: int, width: int, unit: float, kind: int) -> Canvas:
    """One tile that nearly fills the picture."""
    grey = rng.uniform(50, 130)
    lines = 0.75 * field(rng, height, width, 60 * unit, 0.5 * unit**0.4) + 0.5 * field(
        rng, height, width, 14 * unit, 0.45 * unit**0.7
    )
    lines += 0.35 * field(rng, height, width, 5 * unit, 0.4 * unit)
    bundles = np.clip(0.6 + 0.5 * field(rng, height, width, 120 * unit, 12 * unit), 0.15, 1.8)
    streaks = np.maximum(field(rng, height, width, 45 * unit, 0.5 * unit) - 1.5, 0) * bundles
    clouds = rough(rng, height, width, 30 * unit, 3)
    fine = grain(rng, height, width, 0.5 * unit)
    ground = rng.uniform(0.07, 0.13) * lines * bundles + rng.uniform(0.12, 0.3) * streaks
    plane = grey * (1 + ground + 0.035 * clouds + rng.uniform(0.04, 0.075) * fine)

    # A curved face throws the lamp back along a broad band; parts of it lie in shadow.
    _, x = grid(height, width)
    band = np.exp(-(((x / width - rng.uniform(0.25, 0.75)) / rng.uniform(0.14, 0.35)) ** 2))
    plane = plane * (
        1 + rng.uniform(0.05, 0.75) * band + rng.uniform(0.03, 0.14) * field(rng, height, width, 70 * unit, 60 * unit)
    )
    canvas = Canvas(plane.astype(np.float32), unit, rng, direction=np.pi / 2)
    for _ in range(rng.integers(0, 4)):
        _shadow(canvas)
    for _ in range(rng.integers(0, 6)):
        _vein(canvas)
    for _ in range(rng.integers(0, 10)):
        _speck(canvas)
    if rng.random() < 0.25:
        _mark(canvas)
    if rng.random() < 0.3:
        _scrape(canvas)
    _edges(canvas)
    return canvas


def _edges(canvas: Canvas) -> None:
    """Chamfers at the long sides, ends that are not quite straight, rounded corners, black beyond."""
    rng, u, h, w = canvas.rng, canvas.unit, canvas.height, canvas.width
    y, x = grid(h, w)
    bow = rng.normal(0, 2.5) * u * (1 - (2 * x / w - 1) ** 2)
    nibble_x = 0.3 * u * (field(rng, 1, w, 0, 11 * u) + 0.4 * field(rng, 1, w, 0, u))
    nibble_y = 0.2 * u * field(rng, h, 1, 14 * u, 0)
    inset = rng.uniform(-3, 5, 4) * u
    left, right = x - inset[0] + nibble_y, w - x - inset[1] + nibble_y
    top, bottom = y - inset[2] + bow + nibble_x, h - y - inset[3] - bow + nibble_x
    sides, ends = np.minimum(left, right), np.minimum(top, bottom)
    if rng.random() < 0.7:
        width = rng.uniform(3, 8) * u
        facet = smoothstep(sides, width + 0.8 * u, width - 0.8 * u)
        lit = np.where(left < right, *rng.choice([0.45, 0.7, 1.35], 2))
        canvas.grey += facet * (canvas.grey * lit - canvas.grey)
        ridge = np.exp(-(((sides - width) / (0.8 * u)) ** 2))
        canvas.grey += 0.4 * ridge * (canvas.grey * rng.uniform(1.1, 2.0) - canvas.grey)
    radius = rng.uniform(3, 9) * u
    corner = radius - np.hypot(np.maximum(radius - sides, 0), np.maximum(radius - ends, 0))
    edge = np.minimum(corner, np.minimum(sides, ends))
    canvas.grey *= 0.5 + 0.5 * smoothstep(edge, -u, 3.5 * u)
    inside = smoothstep(edge, -0.8 * u, 0.8 * u)
    canvas.grey += (1 - inside) * (BACKGROUND - canvas.grey)
    canvas.bed = (np.minimum(sides, ends) > 9 * u).astype(np.float32)


def _shadow(canvas: Canvas) -> None:
    """Where the lamp does not reach. Not a defect."""
    rng, u = canvas.rng, canvas.unit
    r = rng.uniform(50, 140) * u
    window = canvas.window(canvas.width * rng.random(), canvas.height * rng.random(), 1.3 * r, 1.3 * r)
    along, away = turned(window, rng.uniform(0, np.pi))
    place = np.hypot(along, away * rng.uniform(1, 2)) / r + 0.12 * field(rng, *window.shape, 20 * u, 20 * u)
    canvas.grey[window.at] *= 1 - rng.uniform(0.05, 0.32) * smoothstep(place, 1.0, -0.2)


def _vein(canvas: Canvas) -> None:
    """The mark of a hair or a flow line of the powder: thin, faint and crooked. Not a crack."""
    rng, u = canvas.rng, canvas.unit
    points = wander(rng, rng.uniform(15, 90) * u, rng.uniform(0, 2 * np.pi), 2.5 * u, 0.12)
    reach = np.abs(points).max() + 3 * u
    window = canvas.window(canvas.width * rng.random(), canvas.height * rng.random(), reach, reach)
    line = blur(trace(window, points, np.full(len(points), rng.uniform(0.8, 2.0) * u)), 0.6 * u)
    broken = np.clip(0.6 + 0.5 * field(rng, *window.shape, 4 * u, 4 * u), 0, 1)
    canvas.grey[window.at] *= 1 - rng.uniform(0.1, 0.3) * line * broken


def _speck(canvas: Canvas) -> None:
    """A pore or a crumb too small to matter. Not a defect."""
    rng, u = canvas.rng, canvas.unit
    r = rng.uniform(0.6, 1.5) * u
    window = canvas.window(canvas.width * rng.random(), canvas.height * rng.random(), 3 * r, 3 * r)
    canvas.grey[window.at] *= 1 + rng.choice([-0.4, 0.6]) * level(1 - np.hypot(window.x, window.y) / r, 0.8)


def _mark(canvas: Canvas) -> None:
    """A number or a cross that someone wrote on the tile. Not a defect."""
    rng, u = canvas.rng, canvas.unit
    size, slant = rng.uniform(13, 30) * u, rng.normal(0, 0.35)
    cx, cy = canvas.width * rng.uniform(0.25, 0.75), canvas.height * rng.uniform(0.25, 0.75)
    window = canvas.window(cx, cy, 3 * size, 3 * size)
    ink = np.zeros(window.shape, np.float32)
    for i, glyph in enumerate(rng.choice(len(GLYPHS), rng.integers(1, 3))):
        xy = size * (np.array(GLYPHS[glyph]) + np.array([1.35 * i - 0.9, -0.8]))
        xy = xy @ np.array([[np.cos(slant), np.sin(slant)], [-np.sin(slant), np.cos(slant)]])
        # Corners of a hand's stroke are round: Chaikin's corner cutting, twice.
        for _ in range(2):
            cut = np.stack([0.75 * xy[:-1] + 0.25 * xy[1:], 0.25 * xy[:-1] + 0.75 * xy[1:]], 1).reshape(-1, 2)
            xy = np.concatenate([xy[:1], cut, xy[-1:]])
        ink = np.maximum(ink, trace(window, xy, np.full(len(xy), rng.uniform(1.8, 3.2) * u)))
    worn = np.clip(0.7 + 0.4 * field(rng, *window.shape, 1.5 * u, 1.5 * u), 0, 1)
    canvas.grey[window.at] *= 1 + rng.choice([-0.3, 0.22, 0.35]) * blur(ink, 0.8 * u) * worn


def _scrape(canvas: Canvas) -> None:
    """A bright, thin line that another tile drew. Not a defect among those of tiles."""
    rng, u = canvas.rng, canvas.unit
    points = wander(rng, rng.uniform(15, 70) * u, rng.uniform(0, 2 * np.pi), 3 * u, 0.02)
    reach = np.abs(points).max() + 3 * u
    window = canvas.window(canvas.width * rng.random(), canvas.height * rng.random(), reach, reach)
    worn = np.clip(0.3 + 0.6 * field(rng, *window.shape, 2 * u, 2 * u), 0, 1)
    canvas.grey[window.at] *= 1 + 1.1 * worn * trace(window, points, np.full(len(points), rng.uniform(0.8, 1.6) * u))


def _blowhole(canvas: Canvas) -> None:
    """A pore that grinding laid open: dark, with a lit far wall and a thin lip."""
    rng, u = canvas.rng, canvas.unit
    cx, cy = canvas.spot(0.08, canvas.bed)
    r, stretch = rng.uniform(3.4, 7.5) * u, rng.uniform(0.75, 1.7)
    window = canvas.window(cx, cy, 3 * r, 3 * r)
    h, w = window.shape
    along, away = turned(window, rng.uniform(0, np.pi))
    ragged = rough(rng, h, w, 0.7 * r, 3)
    inside = 1 - np.hypot(along / (r * stretch), away / r) + 0.13 * ragged
    opacity = level(inside, 0.06 + 0.22 * u / r)
    here = float(np.median(canvas.grey[window.at]))
    side = rng.uniform(0, 2 * np.pi)
    toward = (window.x * np.cos(side) + window.y * np.sin(side)) / r
    wall = np.clip(toward, 0, 1) * smoothstep(inside, 0.75, 0.1)
    # A shallow pore is grey with a dark crescent, a deep one dark all over.
    value = here * (rng.uniform(0.25, 0.58) + 0.25 * wall + 0.09 * ragged)
    value = value * (1 - 0.6 * smoothstep(toward, -0.1, -0.8))
    lip = level(inside + 0.2, 0.15) * (1 - opacity) * np.clip(0.3 - toward, 0, 1)
    canvas.grey[window.at] *= 1 + 0.25 * lip - 0.1 * level(inside + 0.35, 0.35)
    canvas.defect(BLOWHOLE, window, opacity, np.clip(value, 4, 250))


def _at_edge(canvas: Canvas) -> tuple[float, float, float]:
    """A point of the border, x and y, and the direction to the inside."""
    rng, u, h, w = canvas.rng, canvas.unit, canvas.height, canvas.width
    side = int(rng.integers(4))
    place = rng.choice([rng.uniform(0.02, 0.15), rng.uniform(0.15, 0.85), rng.uniform(0.85, 0.98)])
    deep = 2.5 * u
    return (
        (place * w, deep, np.pi / 2),
        (place * w, h - deep, -np.pi / 2),
        (deep, place * h, 0.0),
        (w - deep, place * h, np.pi),
    )[side]


def _break(canvas: Canvas) -> None:
    """A piece chipped off at an edge: shell-like facets, a dark foot, a bright ridge where the face begins."""
    rng, u = canvas.rng, canvas.unit
    cx, cy, inward = _at_edge(canvas)
    deep, wide = rng.uniform(11, 34) * u, rng.uniform(11, 30) * u
    window = canvas.window(cx, cy, 1.5 * max(deep, wide), 1.5 * max(deep, wide))
    h, w = window.shape
    along, away = turned(window, inward)
    if rng.random() < 0.5:
        # A shell: one smooth curve, and ripples that run around the point of impact.
        inside = 1 - np.hypot(along / deep, away / wide) + 0.05 * field(rng, h, w, 7 * u, 7 * u)
        far = np.hypot(along + rng.uniform(0, 0.5) * deep, away - rng.uniform(-0.5, 0.5) * wide)
        ripples = np.cos(far / (rng.uniform(1.6, 2.6) * u) + 0.7 * field(rng, h, w, 6 * u, 6 * u))
        floor = 0.16 * (away / wide) * rng.choice([-1, 1]) + 0.05 * ripples * smoothstep(far, 0.2 * deep, deep)
    else:
        # Or straight for a while: the outline is a polygon, the floor a few facets.
        inside = np.full((h, w), 1.0, np.float32)
        for turn in np.linspace(-1.45, 1.45, int(rng.integers(3, 6))) + rng.normal(0, 0.15):
            far = rng.uniform(0.75, 1.1)
            inside = np.minimum(inside, far - along / deep * np.cos(turn) - away / wide * np.sin(turn))
        ax, ay = (v + 1.5 * u * rough(rng, h, w, 5 * u, 2) for v in (along, away))
        seeds = np.stack([rng.uniform(-0.1, 0.9, 5) * deep, rng.uniform(-0.9, 0.9, 5) * wide], 1)
        nearest = np.stack([np.hypot(ax - sx, ay - sy) for sx, sy in seeds]).argmin(0)
        tone, tilt = rng.uniform(-0.16, 0.2, 5), rng.normal(0, 0.14, (5, 2))
        floor = tone[nearest] + (ax * tilt[nearest, 0] + ay * tilt[nearest, 1]) / deep
    inside = inside + 0.035 * rough(rng, h, w, 4 * u, 4)
    opacity = level(inside, 1.2 * u / min(deep, wide))
    here = float(np.median(canvas.grey[window.at]))
    value = here * (rng.uniform(0.42, 0.7) + floor + 0.05 * grain(rng, h, w, 1.0 * u))
    value = value * (0.6 + 0.4 * smoothstep(inside, 0.0, 0.13))
    foot = smoothstep(along, 5 * u, -3 * u)
    value = value * (1 - 0.7 * foot) + BACKGROUND * 0.7 * foot
    ridge = level(inside + 0.07, 0.06) * (1 - opacity) * np.clip(0.4 + field(rng, h, w, 4 * u, 4 * u), 0, 1)
    canvas.grey[window.at] *= 1 + 0.5 * ridge
    canvas.defect(BREAK, window, opacity, np.clip(value, 4, 250))


def _crack(canvas: Canvas) -> None:
    """A brittle crack: a dark line of changing width that starts at an end of the tile, sometimes with a branch."""
    rng, u = canvas.rng, canvas.unit
    down = rng.random() < 0.5
    cx = canvas.width * rng.uniform(0.12, 0.88)
    cy = -u if down else canvas.height + u
    free = rng.random() < 0.2
    if free:
        cx, cy = canvas.spot(0.15, canvas.bed)
    angle = (np.pi / 2 if down else -np.pi / 2) + rng.normal(0, 0.15)
    length = canvas.height * (rng.uniform(0.12, 0.4) if rng.random() < 0.65 else rng.uniform(0.4, 0.9))
    main = _fracture(rng, length, angle, u)
    reach = np.abs(main).max() + 30 * u
    window = canvas.window(cx, cy, reach, reach)
    h, w = window.shape
    thick = rng.uniform(2.1, 4.3) * u
    body = trace(window, main, _taper(rng, len(main), thick, free))
    for _ in range(int(rng.choice([0, 1, 2], p=[0.5, 0.35, 0.15]))):
        start = main[int(len(main) * rng.uniform(0.2, 0.75))]
        turn = angle + rng.choice([-1, 1]) * rng.uniform(0.3, 0.8)
        branch = start + _fracture(rng, length * rng.uniform(0.1, 0.3), turn, u)
        body = np.maximum(body, trace(window, branch, _taper(rng, len(branch), 0.7 * thick, False)))
    # Edges crumble; dust and the crack's own depth keep it from being evenly black.
    crumble = grain(rng, h, w, 1.4 * u)
    body = np.clip(blur(body, 0.3 * u) * (1 + 0.25 * crumble), 0, 1)
    shadow = blur(body, 1.5 * u)
    canvas.grey[window.at] *= 1 - 0.4 * shadow
    lip = np.clip(np.roll(shadow, round(2 * u), 1) - shadow, 0, 1)
    canvas.grey[window.at] *= 1 + 0.45 * lip
    here = np.clip(blur(canvas.grey[window.at], 5 * u), 1, 255)
    depth = field(rng, h, w, 9 * u, 9 * u)
    value = here * (rng.uniform(0.26, 0.42) + 0.06 * depth + 0.05 * crumble)
    canvas.defect(CRACK, window, np.clip(1.25 * body, 0, 1), np.clip(value, 3, 250))


def _fracture(rng: np.random.Generator, length: float, angle: float, unit: float) -> np.ndarray:
    """The path of a crack: it drifts slowly, jags from grain to grain."""
    path = wander(rng, length, angle, 1.5 * unit, 0.05, 0.95)
    jags = rng.normal(0, 0.38 * unit, (len(path), 2))
    return path + jags - jags[0]


def _taper(rng: np.random.Generator, count: int, width: float, free: bool) -> np.ndarray:
    """Widths of a crack: uneven, thin at its tip, and widest at its start or, if that is free, in the middle."""
    t = np.linspace(0, 1, count)
    knots = max(3, count // 4)
    uneven = np.interp(t, np.linspace(0, 1, knots), rng.uniform(0.6, 1.35, knots))
    if free:
        return width * uneven * (0.3 + 0.8 * np.sqrt(np.sin(np.pi * t)))
    return width * uneven * (1.15 - 0.75 * t**1.5)


def _fray(canvas: Canvas) -> None:
    """The grinding wheel did not touch a hollow: a dull bulb without lines that opens to an end, crumbs at its foot."""
    rng, u, h, w = canvas.rng, canvas.unit, canvas.height, canvas.width
    foot = h - 3 * u
    cx = w * rng.uniform(0.3, 0.7)
    tall, wide = h * rng.uniform(0.45, 0.85), min(w * rng.uniform(0.14, 0.26), h * 0.35)
    window = canvas.window(cx, foot, 2.6 * wide, 1.15 * tall)
    n, m = window.shape
    up = -window.y / tall
    # Half its width at each height: a neck above the foot, a belly, a round top.
    neck, belly = rng.uniform(0.45, 0.9), rng.uniform(0.3, 0.5)
    bulb = np.where(up > belly, (up - belly) / (1 - belly), (belly - up) / belly * np.sqrt(1 - neck**2))
    outline = np.sqrt(np.clip(1 - bulb**2, 0, 1)) - 8 * np.maximum(up - 1, 0)
    apron = np.where(up < 0.09, 2.1 * np.sqrt(smoothstep(up, 0.09, -0.09)), -1.0)
    edge = 0.03 * field(rng, n, m, 9 * u, 9 * u) + 0.012 * field(rng, n, m, 2 * u, 2 * u)
    inside = np.maximum(outline, apron) - np.abs(window.x + 0.1 * wide * np.sin(4 * up)) / wide + edge
    opacity = level(inside, 1.6 * u / wide)
    here = float(np.median(canvas.grey[window.at]))
    dull = blur(canvas.grey[window.at], 14 * u) * 0.35 + 0.35 * here
    value = dull * (0.95 + 0.04 * rough(rng, n, m, 9 * u, 3) + 0.04 * grain(rng, n, m, 0.6 * u))
    dark = smoothstep(up, 0.1, 0.04)
    value = value * (1 - 0.8 * dark) + 0.8 * BACKGROUND * dark
    crumbs = np.exp(-(((up - 0.085) / 0.014) ** 2)) * np.maximum(field(rng, n, m, 1.1 * u, 2 * u) - 0.5, 0)
    canvas.defect(FRAY, window, opacity, np.clip(value + 150 * crumbs, 4, 250))


def _uneven(canvas: Canvas) -> None:
    """The wheel bit deeper: an area with a clear border, brighter, with strong lines."""
    rng, u, h, w = canvas.rng, canvas.unit, canvas.height, canvas.width
    window = canvas.whole()
    wave = 2.2 * u * field(rng, 1, w, 0, 14 * u) + rng.normal(0, 0.05) * window.x
    share = rng.uniform(0.15, 0.5)
    at_end = rng.random() < 0.7
    top = h / 2 - share * h if at_end else rng.uniform(-0.3, 0.1) * h
    vertical = np.minimum(window.y - top - wave, (h if at_end else top + share * h) - window.y + wave)
    if at_end and rng.random() < 0.5:
        vertical = vertical[::-1]
    left, right = -0.6 * w, 0.6 * w
    if rng.random() < 0.45:
        left, right = rng.uniform(-0.45, -0.2) * w, rng.uniform(0.2, 0.45) * w
    sides = np.minimum(window.x - left, right - window.x) + 1.5 * u * field(rng, h, 1, 14 * u, 0)
    # Across the lines the border is sharp, along them the wheel's touch runs out.
    opacity = level(vertical, 1.8 * u) * level(sides, 7 * u)
    opacity = opacity * (0.2 + 0.8 * smoothstep(canvas.grey, 12, 30))
    lines = field(rng, h, w, 50 * u, 0.5 * u**0.6) + 0.5 * field(rng, h, w, 30 * u, 3 * u)
    strong = 1 + 0.11 * lines + 0.28 * np.maximum(lines - 1.4, 0)
    dull = blur(canvas.grey, 1.2 * u)
    value = (0.6 * canvas.grey + 0.4 * dull) * rng.uniform(1.2, 1.42) * strong
    canvas.defect(UNEVEN, window, opacity, np.clip(value, 4, 250))


DRAW = {BLOWHOLE: _blowhole, BREAK: _break, CRACK: _crack, FRAY: _fray, UNEVEN: _uneven}


def defect(canvas: Canvas, kind: int) -> None:
    # A tile has one wheel mark and one hollow at most, and they don't meet.
    if kind in (FRAY, UNEVEN) and any(c in (FRAY, UNEVEN) for c, _ in canvas.instances):
        kind = BLOWHOLE
    DRAW[kind](canvas)
