"""Ball screws and ground shafts: turned steel under two lamps, with an oil film, and pitting in the raceway."""

from __future__ import annotations

import numpy as np

from .noise import blur, field, grain, grid, rough, smoothstep
from .scene import Canvas, level, trace, turned, wander

PITTING = 1
KINDS = (PITTING,)
# What an oil film of thickness 1 takes from red, green and blue: amber.
ABSORPTION = (0.10, 0.27, 0.72)
STEPS = 1024


class _Shear:
    """Takes a plane from thread coordinates to the picture: each column moves by its own, fractional shift."""

    def __init__(self, shift: np.ndarray, height: int) -> None:
        rows = np.arange(height, dtype=np.float32)[:, None] + (shift.max() - shift)
        self._low = rows.astype(np.int32)
        self._weight = rows - np.floor(rows)
        self.tall = height + int(np.ptp(shift)) + 2

    def __call__(self, plane: np.ndarray) -> np.ndarray:
        low, high = (np.take_along_axis(plane, self._low + i, 0) for i in (0, 1))
        return low + self._weight * (high - low)


def surface(rng: np.random.Generator, height: int, width: int, unit: float, kind: int) -> Canvas:
    """A screw whose axis stands upright, seen from the side; one in five is a plain shaft."""
    threaded = rng.random() < 0.8
    y, x = grid(height, width)
    side = (x - np.float32(width * rng.uniform(0.46, 0.54))) / np.float32(width * rng.uniform(0.485, 0.56))
    across = np.clip(side, -0.999, 0.999)
    # Seen a little from above or below, a ring around the axis looks like an arc; a helix rises besides.
    pitch = rng.uniform(150, 235) * unit
    rise = float(rng.choice([-1, 1], p=[0.75, 0.25])) * rng.uniform(0.4, 0.75) * pitch
    shift = -rise / np.pi * np.arcsin(across)
    shift = shift + rng.uniform(-90, 90) * unit * np.sqrt(1 - across**2)
    slope, depth, race = _profile(rng) if threaded else np.repeat(np.float32([[0], [0], [1]]), STEPS, 1)
    index = ((((y - shift) / pitch + rng.random()) % 1) * STEPS).astype(np.int32) % STEPS
    nv, z, raceway = slope[index], depth[index], race[index]

    # Grinding lines run along the thread: noise made in thread coordinates, then sheared column by column.
    shear = _Shear(shift, height)
    tall = shear.tall
    lines = field(rng, tall, width, 0.6 * unit**0.4, 34 * unit) + 0.7 * field(rng, tall, width, 1.6 * unit, 90 * unit)
    lines += 1.5 * np.minimum(field(rng, tall, width, 0.8 * unit, 50 * unit) + 1.2, 0)
    lines = shear(lines)
    cloud = shear(field(rng, tall, width, 9 * unit, 70 * unit))

    edge = (np.abs(side) - 1 - 0.4 * z) * width / 2
    body = 1 - smoothstep(edge, -2.5 * unit, 2.5 * unit)
    nx = np.clip(side / np.maximum(1 + 0.4 * z, 0.5), -1, 1)
    strength = np.where(raceway > 0.5, *rng.uniform((0.4, 0.8), (0.8, 1.3))).astype(np.float32)
    grey = _lamps(rng, nx, nv + 0.05 * strength * lines) * (1 + 0.028 * strength * lines + 0.05 * cloud)
    grey += 2.2 * grain(rng, height, width, 0.6 * unit)

    film = np.clip(rng.uniform(0.2, 0.95) + rng.uniform(0.01, 0.06) * cloud, 0, None)
    canvas = Canvas(grey.astype(np.float32), unit, rng, film.astype(np.float32))
    # Where the balls run; near the silhouette nothing can be seen well.
    canvas.bed = (raceway * (np.abs(side) < 0.72)).astype(np.float32)
    slant = np.gradient(shift[0])
    canvas.direction = float(np.arctan(np.median(slant)))
    if threaded and rng.random() < 0.4:
        _grease(canvas, shear, raceway)
    for _ in range(rng.integers(0, 4)):
        _stain(canvas)
    for _ in range(rng.integers(0, 4)):
        _hairline(canvas)
    for _ in range(rng.integers(2, 9)):
        _dust(canvas)

    # The flanks turn away from the camera and out of focus; what lies behind is far out of focus.
    soft = smoothstep(np.abs(side), 0.7, 1.02) * np.ones_like(grey)
    canvas.grey += soft * (blur(canvas.grey, 3 * unit) - canvas.grey)
    behind = rng.uniform(90, 185) + 14 * field(rng, height, width, 60 * unit, 60 * unit)
    canvas.grey += (1 - body) * (behind - canvas.grey)
    canvas.film = canvas.film * body + (1 - body) * rng.uniform(0.05, 0.6)
    return canvas


def _profile(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One pitch of the thread: slope of the surface, its depth below the land, and where the balls run."""
    land = rng.uniform(0.3, 0.45)
    p = (np.arange(STEPS) + 0.5) / STEPS
    t = np.clip((p - land) / (1 - land), 0, 1) * 2 - 1
    groove = p > land
    # A gothic arch: two arcs that meet in a shallow ridge.
    slope = np.where(groove, 0.82 * t + 0.1 * np.tanh(t / 0.05), 0.0)
    chamfer = rng.uniform(0.015, 0.03)
    slope = np.where(np.abs(p - land) < chamfer, -0.95, slope)
    slope = np.where((p < chamfer) | (p > 1 - chamfer), 0.95, slope)
    kernel = np.hanning(max(5, int(STEPS * rng.uniform(0.012, 0.03))))
    slope = np.convolve(np.tile(slope, 3), kernel / kernel.sum(), "same")[STEPS : 2 * STEPS]
    depth = np.where(groove, -rng.uniform(0.1, 0.17) * np.sqrt(np.clip(1 - t**2, 0, 1)), 0.0)
    race = groove & (np.abs(t) < 0.82)
    return slope.astype(np.float32), depth.astype(np.float32), race.astype(np.float32)


def _lamps(rng: np.random.Generator, nx: np.ndarray, nv: np.ndarray) -> np.ndarray:
    """Brightness of steel by where its normal points: a sky above, two lamps at the sides, the camera's dark face."""
    below = float(rng.choice([-1, 1], p=[0.7, 0.3]))
    sky = rng.uniform(38, 60) + rng.uniform(75, 120) * smoothstep(nv * below, 0.85, -0.45)
    glare = np.zeros_like(sky)
    for sign in (-1, 1):
        centre, spread = sign * rng.uniform(0.62, 0.9), rng.uniform(0.1, 0.22)
        glare = glare + rng.uniform(40, 150) * np.exp(-(((nx - centre) / spread) ** 2) - (nv / 0.55) ** 2)
    middle = rng.uniform(-0.25, 0.15)
    face = smoothstep(np.abs(nx - middle), 0.15, 0.04) * smoothstep(np.abs(nv), 0.3, 0.12)
    band = rng.uniform(0, 0.35) * np.exp(-(((nx - rng.uniform(-0.4, 0.4)) / 0.25) ** 2))
    limb = 1 - 0.6 * smoothstep(np.abs(nx), 0.86, 1.0)
    return (sky * (1 + band) + glare) * (1 - rng.uniform(0.15, 0.5) * face) * limb


def _grease(canvas: Canvas, shear: _Shear, raceway: np.ndarray) -> None:
    """Clumps of old grease along one turn of the groove: amber, glossy, uneven. Not a defect."""
    rng, u = canvas.rng, canvas.unit
    height, width = canvas.grey.shape
    clumps = field(rng, shear.tall, width, 7 * u, 30 * u) + 0.5 * field(rng, shear.tall, width, 2 * u, 5 * u)
    clumps = shear(clumps)
    y, _ = grid(height, width)
    top = rng.choice([-0.1, 0.78]) * height
    where = smoothstep(np.abs(y - top - 0.16 * height), 0.2 * height, 0.14 * height) * raceway
    opacity = where * smoothstep(clumps, -0.3, 0.8)
    gloss = np.clip(np.gradient(clumps, axis=0) * 2.2 * u, -1, 1)
    canvas.grey += opacity * (canvas.grey * (0.72 + 0.35 * gloss) - canvas.grey)
    canvas.film += opacity * rng.uniform(0.6, 1.4)


def _stain(canvas: Canvas) -> None:
    """Dried oil along the thread, darker at its rim. Not a defect."""
    rng, u = canvas.rng, canvas.unit
    cx, cy = canvas.width * rng.random(), canvas.height * rng.random()
    long, thin = rng.uniform(25, 120) * u, rng.uniform(5, 20) * u
    window = canvas.window(cx, cy, 1.9 * long, 1.9 * long)
    along, away = turned(window, canvas.direction)
    inside = 1 - (along / long) ** 2 - (away / thin) ** 2 + 0.45 * field(rng, *window.shape, 5 * u, 22 * u)
    body = level(inside - 0.3, 0.75)
    rim = body * (1 - level(inside - 0.8, 0.5))
    canvas.film[window.at] += rng.uniform(0.2, 0.8) * body + 0.2 * rim
    canvas.blend(window, rng.uniform(0.02, 0.22) * body + 0.04 * rim, 25.0)


def _hairline(canvas: Canvas) -> None:
    """A fine line that a chip or a seal drew along the thread. Not a defect."""
    rng, u = canvas.rng, canvas.unit
    points = wander(rng, rng.uniform(40, 260) * u, canvas.direction + rng.normal(0, 0.02), 5 * u, 0.01)
    cx, cy = canvas.width * rng.uniform(0.1, 0.7), canvas.height * rng.random()
    reach = np.abs(points).max() + 4
    window = canvas.window(cx, cy, reach, reach)
    line = trace(window, points, np.full(len(points), rng.uniform(0.5, 1.3) * u))
    canvas.blend(window, rng.uniform(0.15, 0.5) * line, rng.choice([30.0, 190.0]))


def _dust(canvas: Canvas) -> None:
    """A speck. Not a defect."""
    rng, u = canvas.rng, canvas.unit
    r = rng.uniform(0.6, 1.8) * u
    window = canvas.window(canvas.width * rng.random(), canvas.height * rng.random(), 3 * r, 3 * r)
    canvas.blend(window, 0.6 * level(1 - np.hypot(window.x, window.y) / r, 0.6), rng.choice([40.0, 205.0]))


def pitting(canvas: Canvas) -> None:
    """Metal broken out of the raceway: a ragged pit with dark, torn ridges inside and a worn rim."""
    rng, u = canvas.rng, canvas.unit
    cx, cy = canvas.spot(0.12, canvas.bed)
    long, thin = rng.uniform(15, 38) * u, rng.uniform(12, 25) * u
    reach = 1.8 * max(long, thin)
    window = canvas.window(cx, cy, reach, reach)
    h, w = window.shape
    along, away = turned(window, canvas.direction)
    # Pits grow from one straight line of contact: flat on that side, ragged on the other.
    flat = rng.choice([-1, 1])
    ragged = rough(rng, h, w, 7 * u, 4)
    inside = 1 - (along / long) ** 2 - (away / thin) ** 2 - 1.2 * np.maximum(flat * away / thin - 0.25, 0) ** 2
    inside = inside + 0.42 * ragged - 0.12
    opacity = level(inside, 0.11)
    if rng.random() < 0.35:
        # A few flakes beside it.
        ring = 1 - np.hypot(along / long, away / thin) / 1.5
        opacity = np.maximum(opacity, level(np.minimum(ring, 0.6 * rough(rng, h, w, 5 * u, 3) - 0.85), 0.1))
    # Torn metal: narrow ridges over a dark floor, lit from one side.
    torn = np.abs(field(rng, h, w, 2.0 * u, 2.8 * u)) + 0.22 * grain(rng, h, w, 1.4 * u)
    height = 0.75 * torn - 1.3 * np.clip(inside, 0, 0.5)
    gy, gx = np.gradient(height) if min(h, w) > 1 else (np.zeros((h, w)),) * 2
    angle = rng.uniform(0, 2 * np.pi)
    shade = np.clip(1.5 * u * (gy * np.sin(angle) + gx * np.cos(angle)), -1, 1.3)
    # The side that the light comes from throws its shadow into the pit; the deep middle gets less of the sky.
    offset = round(3.2 * u * np.sin(angle)), round(3.2 * u * np.cos(angle))
    shadow = np.clip(opacity - blur(np.roll(opacity, offset, (0, 1)), 1.2 * u), 0, 1)
    here = float(np.median(canvas.grey[window.at]))
    floor = here * rng.uniform(0.34, 0.56) * (1 - 0.4 * np.clip(inside, 0, 0.7)) * (1 - 0.55 * shadow)
    value = floor * (1 + 0.16 * ragged + 0.75 * np.maximum(shade, 0) + 0.5 * np.minimum(shade, 0))
    # Around it the oil is rubbed dark; the far rim, pressed outwards, catches light.
    rim = np.clip(np.roll(opacity, offset, (0, 1)) - opacity, 0, 1) * level(inside + 0.25, 0.15)
    canvas.blend(window, 0.14 * level(inside + 0.7, 0.7), 0.4 * here)
    canvas.blend(window, 0.22 * blur(rim, 0.5 * u), min(235.0, 1.45 * here))
    canvas.defect(PITTING, window, opacity, np.clip(value, 6, 235))


def defect(canvas: Canvas, kind: int) -> None:
    pitting(canvas)
