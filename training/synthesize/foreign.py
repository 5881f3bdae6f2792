"""Pictures of what the model was not made for: rooms, faces, print, walls, foliage, weave. None holds a defect.

They need not please the eye. Overlapping shapes with the size statistics of natural scenes ("dead leaves", Lee,
Mumford and Huang, 2001) and print teach a detector that edges, holes and lines are not defects by themselves.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from .noise import field, grid, rough

Colour = tuple[int, int, int]
GREY_SHARE = 0.4
WORDS = (
    "lot",
    "part",
    "torque",
    "reject",
    "batch",
    "surface",
    "42",
    "7.5 mm",
    "shift",
    "release",
    "invoice",
    "order",
    "total",
)


def generate_foreign(seed: int) -> np.ndarray:
    """uint8 [h, w, 3], a picture without defects of any known class; the same seed gives the same bytes."""
    rng = np.random.default_rng(seed)
    kind = KINDS[int(rng.integers(len(KINDS)))]
    short = int(rng.integers(200, 480))
    long = int(short * rng.uniform(1, 1.9))
    width, height = (long, short) if rng.random() < 0.6 else (short, long)
    return _photograph(kind(rng, width, height), rng)


def _photograph(image: Image.Image, rng: np.random.Generator) -> np.ndarray:
    """Focus, light, noise, JPEG; often without colour, so that colour alone gives nothing away."""
    if rng.random() < GREY_SHARE:
        image = image.convert("L").convert("RGB")
    if rng.random() < 0.5:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.5)))
    pixels = np.asarray(image, np.float32)
    height, width = pixels.shape[:2]
    y, x = grid(height, width)
    light = 1 + rng.uniform(-0.4, 0.4) * (x / width - 0.5) + rng.uniform(-0.4, 0.4) * (y / height - 0.5)
    pixels = pixels * light[..., None] * rng.uniform(0.7, 1.2)
    pixels = pixels + rng.normal(0, rng.uniform(0.5, 6), (height, width, 1))
    buffer = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=int(rng.integers(50, 96)))
    return np.asarray(Image.open(buffer))


def _colour(rng: np.random.Generator, spread: float = 70) -> Colour:
    return tuple(int(v) for v in np.clip(rng.uniform(20, 235) + rng.normal(0, spread, 3), 0, 255))


def _near(rng: np.random.Generator, colour: Colour, spread: float) -> Colour:
    return tuple(int(v) for v in np.clip(np.array(colour) + rng.normal(0, spread, 3), 0, 255))


def _clouds(rng: np.random.Generator, width: int, height: int, low: Colour, high: Colour, sigma: float) -> Image.Image:
    """Fractal noise between two colours."""
    t = np.clip(0.5 + 0.25 * rough(rng, height, width, sigma), 0, 1)[..., None]
    return Image.fromarray((np.array(low) * (1 - t) + np.array(high) * t).astype(np.uint8))


def wall(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """A blank wall, a cloudy sky, a table top."""
    base = _colour(rng, 25)
    return _clouds(rng, width, height, base, _near(rng, base, rng.choice([3, 12, 50])), rng.uniform(1, width / 4))


def leaves(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Dead leaves: shapes of all sizes, the large rarer, cover one another."""
    image = wall(rng, width, height)
    draw = ImageDraw.Draw(image)
    palette = [_colour(rng) for _ in range(int(rng.integers(3, 9)))]
    round_share = rng.random()
    for _ in range(int(rng.integers(40, 400))):
        size = min(width, height) * 0.03 / rng.uniform(0.03, 1)
        x, y, angle = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(0, 2 * math.pi)
        colour = _near(rng, palette[int(rng.integers(len(palette)))], 18)
        flat = rng.uniform(0.3, 1)
        if rng.random() < round_share:
            draw.ellipse((x - size, y - size * flat, x + size, y + size * flat), fill=colour)
        else:
            turns = angle + np.sort(rng.uniform(0, 2 * math.pi, int(rng.integers(3, 7))))
            draw.polygon([(x + size * math.cos(t), y + size * flat * math.sin(t)) for t in turns], fill=colour)
    return image


def print_page(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """A page, a label, a display: lines of words, rules and boxes."""
    paper, ink = _near(rng, (235, 232, 225), 15), _near(rng, (30, 30, 35), 20)
    if rng.random() < 0.25:
        paper, ink = ink, paper
    image = _clouds(rng, width, height, paper, _near(rng, paper, 5), 40)
    draw = ImageDraw.Draw(image)
    y = rng.uniform(0, 20)
    while y < height:
        size = float(rng.choice([9, 11, 14, 14, 20, 34]))
        line = " ".join(WORDS[int(i)] for i in rng.integers(0, len(WORDS), int(rng.integers(1, 12))))
        draw.text((rng.uniform(4, width / 3), y), line, fill=ink, font=ImageFont.load_default(size))
        if rng.random() < 0.15:
            draw.line((10, y, width - 10, y), fill=ink, width=int(rng.integers(1, 4)))
        if rng.random() < 0.08:
            draw.rectangle((width * 0.6, y, width * 0.9, y + 3 * size), outline=ink, width=2)
        y += size * rng.uniform(1.1, 2.2)
    return image.rotate(rng.uniform(-12, 12), Image.Resampling.BILINEAR, fillcolor=paper)


def room(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Wall, floor, cupboards with handles, a window, pots and mugs with highlights."""
    image = wall(rng, width, height)
    draw = ImageDraw.Draw(image)
    floor = height * rng.uniform(0.55, 0.8)
    ground = _colour(rng, 30)
    draw.rectangle((0, floor, width, height), fill=ground)
    vanish = rng.uniform(0, width)
    for x in np.arange(-width, 2 * width, rng.uniform(20, 70)):
        draw.line((vanish, floor - height / 3, x, height), fill=_near(rng, ground, 12), width=1)
    for _ in range(int(rng.integers(2, 8))):
        x, y = rng.uniform(-20, width), rng.uniform(0, floor)
        w, h = rng.uniform(30, width / 2), rng.uniform(30, height / 2)
        front = _colour(rng, 30)
        draw.rectangle((x, y, x + w, y + h), fill=front, outline=_near(rng, front, 25), width=int(rng.integers(1, 4)))
        draw.line((x + w * 0.85, y + h * 0.4, x + w * 0.85, y + h * 0.6), fill=_near(rng, front, 60), width=3)
    for _ in range(int(rng.integers(1, 9))):
        x, size = rng.uniform(0, width), rng.uniform(8, height / 6)
        body = _colour(rng)
        draw.rounded_rectangle((x, floor - 2 * size, x + 1.6 * size, floor + size / 4), size / 4, fill=body)
        draw.ellipse((x, floor - 2.3 * size, x + 1.6 * size, floor - 1.7 * size), fill=_near(rng, body, 40))
        draw.line((x + size * 0.3, floor - 1.6 * size, x + size * 0.3, floor - size / 4), fill=(250, 250, 245), width=2)
    return image


def face(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Somebody in front of something."""
    image = leaves(rng, width, height).filter(ImageFilter.GaussianBlur(rng.uniform(0, 6)))
    draw = ImageDraw.Draw(image)
    r = min(width, height) * rng.uniform(0.15, 0.35)
    x, y = rng.uniform(0.3, 0.7) * width, rng.uniform(0.35, 0.6) * height
    skin = _near(rng, ((224, 172, 138), (141, 85, 54), (255, 219, 187), (90, 56, 37))[int(rng.integers(4))], 8)
    hair = _near(rng, (50, 35, 25), 30)

    def oval(dx: float, dy: float, w: float, h: float, colour: Colour) -> None:
        draw.ellipse((x + r * (dx - w), y + r * (dy - h), x + r * (dx + w), y + r * (dy + h)), fill=colour)

    oval(0, 2.3, 1.7, 1.2, _colour(rng))
    oval(0, -0.25, 1.0, 1.25, hair)
    oval(0, 0, 0.8, 1.05, skin)
    for side in (-0.33, 0.33):
        oval(side, -0.15, 0.16, 0.08, (245, 245, 240))
        oval(side, -0.15, 0.07, 0.07, _near(rng, (60, 50, 40), 20))
        oval(side, -0.38, 0.2, 0.04, hair)
    oval(0, 0.2, 0.1, 0.18, _near(rng, skin, 10))
    oval(0, 0.55, 0.28, 0.09, _near(rng, (170, 80, 80), 20))
    return image.filter(ImageFilter.GaussianBlur(r / 40))


def courses(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Bricks, wall tiles, floor boards."""
    joint, stone = _colour(rng, 15), _colour(rng, 35)
    image = Image.new("RGB", (width, height), joint)
    draw = ImageDraw.Draw(image)
    h = rng.uniform(12, 70)
    w, gap, shift = h * rng.uniform(1, 5), rng.uniform(1, 6), rng.choice([0, 0.5])
    for row, y in enumerate(np.arange(0, height, h)):
        for x in np.arange(-w * shift * (row % 2), width, w):
            draw.rectangle((x + gap, y + gap, x + w, y + h), fill=_near(rng, stone, 9))
    return Image.blend(image, wall(rng, width, height), rng.uniform(0, 0.3))


def fibres(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Wood, cloth, brushed fur: texture with a direction, or two crossing."""
    fine, coarse = rng.uniform(0.5, 2), rng.uniform(15, 90)
    plane = field(rng, height, width, fine, coarse)
    if rng.random() < 0.5:
        plane = plane + field(rng, height, width, coarse, fine)
    if rng.random() < 0.4:
        plane = np.sin(plane * rng.uniform(2, 7) + 3 * field(rng, height, width, width / 6, width / 6))
    t = np.clip(0.5 + 0.22 * plane, 0, 1)[..., None]
    low = _colour(rng, 40)
    high = _near(rng, low, 55)
    return Image.fromarray((np.array(low) * (1 - t) + np.array(high) * t).astype(np.uint8))


def stones(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Gravel, cells, scales: every pixel has the shade of its nearest seed, darker towards the border."""
    count = int(rng.integers(20, 260))
    y, x = grid(math.ceil(height / 2), math.ceil(width / 2))
    first = np.full((y.shape[0], x.shape[1]), np.inf, np.float32)
    second, owner = first.copy(), np.zeros(first.shape, np.int32)
    for i, (sx, sy) in enumerate(rng.uniform(0, 1, (count, 2)) * (width / 2, height / 2)):
        distance = (x - sx) ** 2 + (y - sy) ** 2
        nearer = distance < first
        second = np.where(nearer, first, np.minimum(second, distance))
        owner[nearer] = i
        first = np.minimum(first, distance)
    edge = np.clip((np.sqrt(second) - np.sqrt(first)) / rng.uniform(2, 9), 0, 1)[..., None]
    base = _colour(rng, 30)
    shades = np.array([_near(rng, base, 25) for _ in range(count)])
    pixels = shades[owner] * (0.35 + 0.65 * edge)
    return Image.fromarray(pixels.astype(np.uint8)).resize((width, height), Image.Resampling.BICUBIC)


def lights(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Night: blurred lamps, stars, reflections."""
    dark = _near(rng, (15, 15, 22), 10)
    image = Image.new("RGB", (width, height), dark)
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(5, 150))):
        x, y, r = rng.uniform(0, width), rng.uniform(0, height), rng.exponential(rng.uniform(1, 10))
        draw.ellipse((x - r, y - r, x + r, y + r), fill=_near(rng, (235, 215, 160), 40))
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(0, 4)))


KINDS: tuple[Callable[[np.random.Generator, int, int], Image.Image], ...] = (
    wall,
    leaves,
    leaves,
    print_page,
    print_page,
    room,
    room,
    face,
    courses,
    fibres,
    stones,
    lights,
)
