"""``python -m training.teach.parts OUT``: five drawn products that no network was trained on, good and defective, as COCO folders.

Photos of one product are alike, as under one camera: it lies a little otherwise in each, the light wanders, the texture is another.
They stand in for products that are not among the datasets.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from pycocotools import mask as rle

from ..synthesize.noise import field

WIDTH, HEIGHT = 480, 400
# Drawn so many times larger, then made smaller: edges are soft as a lens leaves them.
FINE = 2
COUNTS = {"train": (40, 30), "val": (60, 45)}

Plane = np.ndarray
Pose = tuple[float, float, float]


def shape(draw: Callable[[ImageDraw.ImageDraw], None]) -> Plane:
    """Coverage [height, width], 0..1, of what is drawn in units of ``FINE`` times the photo's pixels."""
    image = Image.new("L", (WIDTH * FINE, HEIGHT * FINE))
    draw(ImageDraw.Draw(image))
    return np.asarray(image.resize((WIDTH, HEIGHT), Image.Resampling.BOX), np.float32) / 255


def turned(points: np.ndarray, pose: Pose) -> list[tuple[float, float]]:
    """Points about the middle of the product, in photo pixels, where they lie in the enlarged photo."""
    dx, dy, angle = pose
    c, s = np.cos(angle), np.sin(angle)
    moved = points @ np.array([[c, s], [-s, c]]) + (WIDTH / 2 + dx, HEIGHT / 2 + dy)
    return [(float(x * FINE), float(y * FINE)) for x, y in moved]


def disc(centre: tuple[float, float], radius: float, pose: Pose) -> Plane:
    [(x, y)] = turned(np.array([centre]), pose)
    r = radius * FINE
    return shape(lambda d: d.ellipse((x - r, y - r, x + r, y + r), fill=255))


def flange(rng: np.random.Generator, pose: Pose) -> tuple[Plane, Plane]:
    """A turned ring with six holes on a dark mat."""
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    u, v = x - WIDTH / 2 - pose[0], y - HEIGHT / 2 - pose[1]
    radius, around = np.hypot(u, v), np.arctan2(v, u)
    body = disc((0, 0), 170, pose) - disc((0, 0), 70, pose)
    for k in range(6):
        body *= 1 - disc((120 * np.cos(k * np.pi / 3), 120 * np.sin(k * np.pi / 3)), 16, pose)
    rings = field(rng, 1, 400, 0.1, 0.8)[0][np.clip(radius, 0, 399).astype(int)]
    metal = 150 + 26 * np.cos(2 * around) + 7 * rings + 2 * field(rng, HEIGHT, WIDTH, 0.7, 0.7)
    mat = 48 + 5 * field(rng, HEIGHT, WIDTH, 1.2, 1.2)
    return metal * body + mat * (1 - body), body > 0.95


def fabric(rng: np.random.Generator, pose: Pose) -> tuple[Plane, Plane]:
    """A plain weave that fills the photo."""
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    dx, dy, angle = pose
    u = (x - dx) * np.cos(angle) + (y - dy) * np.sin(angle) + 1.2 * field(rng, HEIGHT, WIDTH, 30, 30)
    v = -(x - dx) * np.sin(angle) + (y - dy) * np.cos(angle) + 1.2 * field(rng, HEIGHT, WIDTH, 30, 30)
    period = 11
    over = (np.floor(u / period) + np.floor(v / period)) % 2
    warp, weft = np.sin(np.pi * (u / period % 1)), np.sin(np.pi * (v / period % 1))
    grey = 95 + 70 * np.where(over > 0, warp, 0.85 * weft) + 5 * field(rng, HEIGHT, WIDTH, 1, 1)
    return grey, np.ones((HEIGHT, WIDTH), bool)


def cover(rng: np.random.Generator, pose: Pose) -> tuple[Plane, Plane]:
    """A moulded cover with ribs, a recess and printed bars."""
    corners = np.array([(-190, -140), (190, -140), (190, 140), (-190, 140)], float)
    body = shape(lambda d: d.polygon(turned(corners, pose), fill=255))
    grey = 178 + 5 * field(rng, HEIGHT, WIDTH, 50, 50) + 2.5 * field(rng, HEIGHT, WIDTH, 1, 1)
    for k in range(5):
        left = -160 + 60 * k
        rib = np.array([(left, -115), (left + 12, -115), (left + 12, 10), (left, 10)], float)
        plane = shape(lambda d, rib=rib: d.polygon(turned(rib, pose), fill=255))
        grey += 34 * (np.roll(plane, -2, 1) - np.roll(plane, 2, 1)) + 8 * plane
    grey -= 40 * disc((135, -60), 34, pose)
    for k, width in enumerate((9, 5, 14, 5, 9, 22, 5)):
        left = -150 + 26 * k
        bar = np.array([(left, 50), (left + width, 50), (left + width, 105), (left, 105)], float)
        grey -= 120 * shape(lambda d, bar=bar: d.polygon(turned(bar, pose), fill=255))
    belt = 70 + 6 * field(rng, HEIGHT, WIDTH, 2, 2)
    return grey * body + belt * (1 - body), body > 0.95


def wood(rng: np.random.Generator, pose: Pose) -> tuple[Plane, Plane]:
    """A planed board that fills the photo: bent grain, no two alike."""
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    dx, dy, angle = pose
    along = x * np.cos(angle) + y * np.sin(angle)
    across = -x * np.sin(angle) + y * np.cos(angle) + dy + 14 * field(rng, HEIGHT, WIDTH, 40, 160)
    rings = np.sin(across / 6.5 + 1.5 * np.sin(along / 150 + dx)) + 0.5 * np.sin(across / 2.3)
    fibres = field(rng, HEIGHT, WIDTH, 0.8, 14)
    return 150 + 13 * rings + 5 * fibres + 2 * field(rng, HEIGHT, WIDTH, 0.7, 0.7), np.ones((HEIGHT, WIDTH), bool)


def board(rng: np.random.Generator, pose: Pose) -> tuple[Plane, Plane]:
    """A printed board: tracks, pads with holes, a chip; the same on every one."""
    layout = np.random.default_rng(5)
    corners = np.array([(-215, -175), (215, -175), (215, 175), (-215, 175)], float)
    body = shape(lambda d: d.polygon(turned(corners, pose), fill=255))
    copper = np.zeros((HEIGHT, WIDTH), np.float32)
    for _ in range(14):
        x, y = layout.uniform(-190, 120), layout.uniform(-155, 155)
        bend, end = x + layout.uniform(20, 70), layout.uniform(-155, 155)
        line = turned(np.array([(x, y), (bend, y), (bend, end)]), pose)
        copper = np.maximum(copper, shape(lambda d, line=line: d.line(line, fill=255, width=4 * FINE, joint="curve")))
        pad = disc((x, y), 8, pose)
        copper = np.maximum(copper, pad) * (1 - disc((x, y), 3, pose))
    chip = np.array([(130, -60), (200, -60), (200, 60), (130, 60)], float)
    black = shape(lambda d: d.polygon(turned(chip, pose), fill=255))
    grey = 70 + 75 * copper + 2.5 * field(rng, HEIGHT, WIDTH, 1, 1)
    grey = grey * (1 - black) + (35 + 2 * field(rng, HEIGHT, WIDTH, 1, 1)) * black
    table = 190 + 4 * field(rng, HEIGHT, WIDTH, 2, 2)
    return grey * body + table * (1 - body), body > 0.95


PRODUCTS = {"flange": flange, "fabric": fabric, "cover": cover, "wood": wood, "board": board}
KINDS = ("scratch", "stain", "pit")


def blob(rng: np.random.Generator, x: float, y: float, radius: float) -> Plane:
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    radii = radius * (1 + 0.25 * rng.normal(size=24))
    edge = [
        (float((x + r * np.cos(a)) * FINE), float((y + r * np.sin(a)) * FINE))
        for a, r in zip(angles, radii, strict=True)
    ]
    return shape(lambda d: d.polygon(edge, fill=255))


def scratch(rng: np.random.Generator, x: float, y: float) -> Plane:
    length, angle, bend = rng.uniform(30, 90), rng.uniform(0, np.pi), rng.uniform(-0.3, 0.3)
    t = np.linspace(-0.5, 0.5, 20) * length
    px = x + t * np.cos(angle) - bend * t**2 / length * np.sin(angle)
    py = y + t * np.sin(angle) + bend * t**2 / length * np.cos(angle)
    line = [(float(a * FINE), float(b * FINE)) for a, b in zip(px, py, strict=True)]
    width = round(rng.uniform(2, 4) * FINE)
    return shape(lambda d: d.line(line, fill=255, width=width, joint="curve"))


def damage(rng: np.random.Generator, grey: Plane, place: Plane, kind: int) -> tuple[Plane, Plane]:
    """The photo and the mask of a defect, one of ``KINDS``."""
    ys, xs = np.nonzero(place)
    at = rng.integers(len(ys))
    x, y = float(xs[at]), float(ys[at])
    if kind == 0:
        mark = scratch(rng, x, y)
        grey = grey + rng.choice([-1, 1]) * rng.uniform(35, 70) * mark
    elif kind == 1:
        mark = blob(rng, x, y, rng.uniform(10, 26))
        soft = Image.fromarray((mark * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1.5))
        grey = grey * (1 - rng.uniform(0.2, 0.4) * np.asarray(soft, np.float32) / 255)
    else:
        mark = blob(rng, x, y, rng.uniform(4, 9))
        grey = grey + mark * (rng.uniform(15, 45) - grey) + 30 * np.clip(np.roll(mark, 2, 0) - mark, 0, 1)
    return grey, (mark > 0.5) & (place > 0)


def photo(seed: int, product: str, kind: int | None) -> tuple[np.ndarray, np.ndarray]:
    """uint8 [height, width, 3] and the mask, empty where ``kind`` is none."""
    rng = np.random.default_rng(seed)
    pose = (rng.uniform(-8, 8), rng.uniform(-8, 8), rng.uniform(-0.06, 0.06))
    grey, place = PRODUCTS[product](rng, pose)
    mask = np.zeros((HEIGHT, WIDTH), bool)
    while kind is not None and mask.sum() < 40:
        grey, mask = damage(rng, grey, place, kind)
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    light = rng.uniform(0.92, 1.08) * (
        1 + rng.uniform(-0.08, 0.08) * (x / WIDTH - 0.5) + rng.uniform(-0.08, 0.08) * (y / HEIGHT - 0.5)
    )
    seen = grey * light + rng.normal(0, 2, grey.shape)
    return np.clip(np.repeat(seen[..., None], 3, 2) + np.array([0, -1, -3]), 0, 255).astype(np.uint8), mask


def write_parts(out: Path) -> None:
    for number, product in enumerate(PRODUCTS):
        folder = out / product
        (folder / "images").mkdir(parents=True, exist_ok=True)
        for offset, (split, (good, bad)) in enumerate(COUNTS.items()):
            images, annotations = [], []
            for i in range(good + bad):
                image, mask = photo(1_000_000 * number + 10_000 * offset + i, product, i % 3 if i >= good else None)
                name = f"{split}-{i:03}.png"
                Image.fromarray(image).save(folder / "images" / name)
                images.append({"id": i + 1, "file_name": name, "width": WIDTH, "height": HEIGHT})
                if mask.any():
                    runs = rle.encode(np.asfortranarray(mask, np.uint8))
                    runs["counts"] = runs["counts"].decode()
                    annotations.append({"id": len(annotations) + 1, "image_id": i + 1, "category_id": i % 3 + 1,
                                        "segmentation": runs, "area": int(mask.sum())})  # fmt: skip
            categories = [{"id": k + 1, "name": name} for k, name in enumerate(KINDS)]
            coco = {"images": images, "annotations": annotations, "categories": categories}
            (folder / f"{split}.json").write_text(json.dumps(coco))


if __name__ == "__main__":
    write_parts(Path(sys.argv[1]))
