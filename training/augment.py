"""Augmentations that a camera or a different mounting of the part could have made."""

from __future__ import annotations

import io
import math

import numpy as np
from PIL import Image, ImageFilter

from .data import Photo
from .preprocess import load_photo

MIN_PIXELS = 6
PASTE_BORDER = 4


def load_example(
    photo: Photo, scale: float, turns: int, rng: np.random.Generator, donor: Photo | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One training example: pixels uint8 [h, w, 3], masks uint8 [n, h, w] and labels int64 [n].

    ``scale`` is network pixels per photo pixel, ``turns`` the number of quarter turns; flips are random.
    The defects of ``donor``, if there is one, are copied onto the photo, which should be a clean one.
    """
    size = tuple(max(1, math.floor(v * scale + 0.5)) for v in (photo.width, photo.height))
    pixels, stack, labels = _resized(photo, size)
    if donor:
        other, stack, labels = _resized(donor, size)
        pixels = paste(pixels, other, stack)
    pixels, stack = np.rot90(pixels, turns), np.rot90(stack, turns, axes=(1, 2))
    if rng.random() < 0.5:
        pixels, stack = pixels[:, ::-1], stack[:, :, ::-1]
    if rng.random() < 0.5:
        pixels, stack = pixels[::-1], stack[:, ::-1]
    pixels = camera(np.ascontiguousarray(pixels), rng)
    return pixels, np.ascontiguousarray(stack).astype(np.uint8), labels


def _resized(photo: Photo, size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pixels, masks (bool) and labels at ``size``; what becomes too small to see is left out."""
    pixels = np.asarray(load_photo(photo.path).resize(size, Image.Resampling.BILINEAR))
    masks, labels = [], []
    for instance in photo.instances:
        mask = Image.fromarray(instance.mask() * 255).resize(size, Image.Resampling.BILINEAR)
        mask = np.asarray(mask) > 127
        if mask.sum() >= MIN_PIXELS:
            masks.append(mask)
            labels.append(instance.label)
    stack = np.stack(masks) if masks else np.zeros((0, *pixels.shape[:2]), bool)
    return pixels, stack, np.array(labels, np.int64)


def paste(pixels: np.ndarray, donor: np.ndarray, masks: np.ndarray) -> np.ndarray:
    """Copies what lies under the masks [n, h, w] from ``donor`` to the same place, with a soft border.

    It keeps its place because a break belongs to an edge; its light is matched to the surface around it.
    After copy-paste augmentation (Ghiasi et al., 2021).
    """
    if not len(masks):
        return pixels
    mask = masks.any(0)
    wide = Image.fromarray(mask.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(2 * PASTE_BORDER + 1))
    around = (np.asarray(wide) > 0) & ~mask
    if not around.any():
        return pixels
    gain = max(1.0, float(np.median(pixels[around]))) / max(1.0, float(np.median(donor[around])))
    # The border's blur stays outside of the defect, whose own pixels all come across.
    soft = np.asarray(wide.filter(ImageFilter.GaussianBlur(PASTE_BORDER / 2)), np.float32) / 255
    alpha = np.maximum(mask, soft)[..., None]
    return np.clip(pixels * (1 - alpha) + donor * min(gain, 3.0) * alpha, 0, 255).astype(np.uint8)


def camera(pixels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Exposure, contrast, white balance, shading, focus, sensor noise and JPEG; each only sometimes."""
    x = pixels.astype(np.float32)
    if rng.random() < 0.7:
        mean = x.mean()
        x = (x - mean) * rng.uniform(0.7, 1.35) + mean * rng.uniform(0.75, 1.3)
    if rng.random() < 0.2:
        x *= rng.uniform(0.93, 1.07, 3).astype(np.float32)
    if rng.random() < 0.2:
        h, w = x.shape[:2]
        ramp = np.linspace(-1, 1, w)[None] * rng.uniform(-1, 1) + np.linspace(-1, 1, h)[:, None] * rng.uniform(-1, 1)
        x *= (1 + 0.15 * ramp[..., None]).astype(np.float32)
    if rng.random() < 0.15:
        x += rng.normal(0, rng.uniform(2, 9), (*x.shape[:2], 1)).astype(np.float32)
    image = Image.fromarray(np.clip(x, 0, 255).astype(np.uint8))
    if rng.random() < 0.12:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.1)))
    if rng.random() < 0.12:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=int(rng.integers(45, 92)))
        image = Image.open(buffer)
    return np.asarray(image)


def boxes_of(masks: np.ndarray) -> np.ndarray:
    """float32 [n, 4] (x1, y1, x2, y2): the pixel edges around each mask."""
    boxes = np.zeros((len(masks), 4), np.float32)
    for i, mask in enumerate(masks):
        xs, ys = np.flatnonzero(mask.any(0)), np.flatnonzero(mask.any(1))
        boxes[i] = xs[0], ys[0], xs[-1] + 1, ys[-1] + 1
    return boxes
