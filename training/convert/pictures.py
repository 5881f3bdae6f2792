"""Photos to calibrate and to verify with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from ..preprocess import InputRule, load_photo, network_input
from ..synthesize import FAMILIES, FIRST_UNSEEN_SEED, generate
from .errors import ConvertError

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"}
DRAWN = 4


@dataclass(frozen=True)
class Picture:
    name: str
    photo: Image.Image
    # uint8 [h, w, 4], ready for the network.
    pixels: np.ndarray
    # Pixels of the network's input per pixel of the photo.
    scale: float


def read_pictures(folder: Path, rule: InputRule, limit: int) -> list[Picture]:
    """At most ``limit`` evenly spaced photos of a folder and its folders. Raises ConvertError where there is none."""
    if not folder.is_dir():
        raise ConvertError(f"There is no folder {folder}. Name a folder of photos like those the model was trained on.")
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)
    if not paths:
        raise ConvertError(f"There are no photos in {folder} (looked for {', '.join(sorted(SUFFIXES))}).")
    chosen = [paths[i * len(paths) // limit] for i in range(limit)] if len(paths) > limit else paths
    return [prepare(path.name, open_photo(path), rule) for path in chosen]


def prepare(name: str, photo: Image.Image, rule: InputRule) -> Picture:
    return Picture(name, photo, *network_input(photo, rule))


def open_photo(path: Path) -> Image.Image:
    try:
        return load_photo(path)
    except (UnidentifiedImageError, OSError) as error:
        raise ConvertError(f"The photo {path} can't be opened. Take it out of the folder.") from error


def drawn_pictures(rule: InputRule) -> list[Picture]:
    """Surfaces with defects, drawn: something to compare on where no photos are given."""
    families = list(FAMILIES)
    scenes = [generate(FIRST_UNSEEN_SEED + i, families[i % len(families)], defects=3) for i in range(DRAWN)]
    return [prepare(f"drawn picture {i + 1}", Image.fromarray(scene.image), rule) for i, scene in enumerate(scenes)]
