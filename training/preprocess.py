"""The preprocessing rule shared by training, evaluation and the browser.

scale = min(shortSide / min(w, h), longSide / max(w, h), maxUpscale); the photo is resized to
round(w * scale) x round(h * scale) with PIL's BILINEAR filter, then padded right and bottom with
padValue to multiples of the stride. Boxes found by the network are divided by the scale.

Colours count as the file holds them: profiles are not applied, and transparency is left out. Samples of 16 bits are stretched
from the fewest bits that hold them all (``to_8_bits``).
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps


@dataclass(frozen=True)
class InputRule:
    """How a photo becomes network input; written into the model's metadata under ``input``."""

    shortSide: int = 320
    longSide: int = 960
    maxUpscale: float = 1.6
    stride: int = 32
    padValue: int = 128

    def as_metadata(self) -> dict[str, float | int]:
        return asdict(self)

    def scale(self, width: int, height: int) -> float:
        """Network pixels per photo pixel."""
        return min(self.shortSide / min(width, height), self.longSide / max(width, height), self.maxUpscale)

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Size (width, height) of the resized photo before padding. Halves round up, as in JavaScript."""
        s = self.scale(width, height)
        return max(1, math.floor(width * s + 0.5)), max(1, math.floor(height * s + 0.5))

    def padded(self, width: int, height: int) -> tuple[int, int]:
        """Size (width, height) after padding a resized photo of the given size."""
        return tuple(math.ceil(v / self.stride) * self.stride for v in (width, height))


def load_photo(path: str | Path) -> Image.Image:
    """An RGB photo, turned as its EXIF orientation says."""
    with Image.open(path) as image:
        if image.format == "PNG" and str(image.tile[0].args).endswith(";16B"):
            return ImageOps.exif_transpose(load_wide_png(path)).convert("RGB")
        return ImageOps.exif_transpose(image).convert("RGB")


# What a camera's converter gives.
USUAL_BITS = (8, 10, 12, 14, 16)


def to_8_bits(samples: np.ndarray, bits: int | None = None) -> np.ndarray:
    """uint16 as uint8, 2^bits - 1 as 255, rounded; by default the fewest of the usual bits that hold the largest."""
    bits = bits or next(bits for bits in USUAL_BITS if samples.max() < 2**bits)
    top = 2**bits - 1
    return ((samples.astype(np.uint32) * 255 + (top >> 1)) // top).clip(0, 255).astype(np.uint8)


def load_wide_png(path: str | Path) -> Image.Image:
    """A PNG with 16 bits a sample. Of all but grey ones, Pillow would take the upper 8 bits alone."""

    def read(mode: str | None = None, raw: str | None = None) -> np.ndarray:
        with Image.open(path) as image:
            if mode is not None:
                image._mode = mode
                image.tile = [image.tile[0]._replace(args=raw)]
            pixels = np.asarray(image).astype(np.uint16)
            info.update(image.info)
        return pixels

    info: dict = {}
    with Image.open(path) as image:
        kind = str(image.tile[0].args).removesuffix(";16B")
    if kind == "I":
        colours = read()[..., None]
    elif kind == "LA":
        # Two bytes of grey and two of transparency.
        high, low = read("RGBA", "RGBA")[..., :2].transpose(2, 0, 1)
        colours = (high * 256 + low)[..., None]
    else:
        colours = (read(kind, f"{kind};16B") * 256 + read(kind, f"{kind};16L"))[..., :3]
    photo = Image.fromarray(np.broadcast_to(to_8_bits(colours), (*colours.shape[:2], 3)).copy())
    photo.info.update({key: info[key] for key in ("exif",) if key in info})
    return photo


def pad(pixels: np.ndarray, width: int, height: int, value: int) -> np.ndarray:
    """Pads [h, w, c] on the right and at the bottom to width x height."""
    h, w = pixels.shape[:2]
    return np.pad(pixels, ((0, height - h), (0, width - w), (0, 0)), constant_values=value)


def network_input(photo: Image.Image, rule: InputRule) -> tuple[np.ndarray, float]:
    """uint8 [height, width, 4] as the exported graph takes it, and the scale that boxes are divided by."""
    width, height = rule.size(*photo.size)
    rgb = np.asarray(photo.resize((width, height), Image.Resampling.BILINEAR))
    rgba = np.dstack([rgb, np.full(rgb.shape[:2], 255, np.uint8)])
    padded = pad(rgba, *rule.padded(width, height), rule.padValue)
    padded[..., 3] = 255
    return padded, rule.scale(*photo.size)
