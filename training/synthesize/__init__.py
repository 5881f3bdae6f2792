"""Pictures of surfaces with defects and exact masks, drawn; the same seed gives the same picture."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from tqdm import tqdm

from ..data import CLASSES
from .noise import blur, field, grid
from .surfaces import FAMILIES

# What the eye and the network see at 1 px in a photo of this short side is drawn in proportion in larger ones.
REFERENCE = {"metal": 460, "strip": 200, "ceramic": 240}
SIZES = {
    "metal": ((1130, 460), (770, 320)),
    "strip": ((200, 200), (256, 256), (320, 320)),
    "ceramic": ((240, 340), (300, 260), (200, 300), (420, 300)),
}
CLEAN_SHARE = 0.25
# Training pictures stay below, samples and fixtures above, so that none was ever trained on.
FIRST_UNSEEN_SEED = 10_000_000


@dataclass(frozen=True)
class Scene:
    """``image`` uint8 [h, w, 3]; ``instances`` (category id, bool mask [h, w]), not overlapping."""

    image: np.ndarray
    instances: list[tuple[int, np.ndarray]]


def generate(
    seed: int, family: str | None = None, *, width: int = 0, height: int = 0, defects: int | None = None
) -> Scene:
    """Draws one picture. ``defects`` is how many are attempted; what is too small or covered is left out."""
    rng = np.random.default_rng(seed)
    family = family or str(rng.choice(list(FAMILIES)))
    if not width:
        width, height = SIZES[family][rng.integers(len(SIZES[family]))]
    if defects is None:
        defects = 0 if rng.random() < CLEAN_SHARE else int(rng.integers(1, 6))
    unit = min(width, height) / REFERENCE[family]
    canvas = FAMILIES[family](rng, height, width, unit, defects)
    return Scene(_expose(rng, canvas.grey, family, unit), canvas.visible())


def _expose(rng: np.random.Generator, grey: np.ndarray, family: str, unit: float) -> np.ndarray:
    """Light from one side, vignetting, focus, colour, sensor noise."""
    height, width = grey.shape
    y, x = grid(height, width)
    light = 1 + rng.uniform(-0.18, 0.18) * (x / width - 0.5) + rng.uniform(-0.18, 0.18) * (y / height - 0.5)
    corner = ((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2) * 2
    lit = grey * light * (1 - rng.uniform(0, 0.3) * corner) * rng.uniform(0.85, 1.15)
    lit = blur(lit, max(0.35, rng.uniform(0.3, 0.7) * min(unit, 1.6)))
    lit = lit + rng.uniform(1, 3.5) * field(rng, height, width, 0.4, 0.4)
    if family == "metal":
        # Oil and warm light: shadows go brown, highlights pale.
        t = np.clip(lit / 255, 0, 1)[..., None]
        rgb = 255 * t ** np.array([0.86, 1.0, rng.uniform(1.25, 1.6)])
    else:
        rgb = np.repeat(lit[..., None], 3, 2)
    return np.clip(rgb, 0, 255).astype(np.uint8)


def write_coco(out: Path, count: int, seed: int, split: str = "train") -> None:
    """Writes out/images/*.png and out/SPLIT.json in the datasets' format."""
    from pycocotools import mask as rle

    if seed * 1_000_000 + count > FIRST_UNSEEN_SEED:
        raise ValueError("Seeds from 10 on are kept for samples and fixtures.")
    (out / "images").mkdir(parents=True, exist_ok=True)
    images, annotations = [], []
    for i in tqdm(range(count), mininterval=5):
        scene = generate(seed * 1_000_000 + i)
        height, width = scene.image.shape[:2]
        name = f"{split}-{seed}-{i:05}.png"
        Image.fromarray(scene.image).save(out / "images" / name)
        images.append({"id": i + 1, "file_name": name, "width": width, "height": height})
        for category, mask in scene.instances:
            encoded = rle.encode(np.asfortranarray(mask, np.uint8))
            annotations.append(
                {
                    "id": len(annotations) + 1,
                    "image_id": i + 1,
                    "category_id": category,
                    "bbox": [int(v) for v in rle.toBbox(encoded)],
                    "area": int(mask.sum()),
                    "iscrowd": 0,
                    "segmentation": {
                        "size": [int(v) for v in encoded["size"]],
                        "counts": encoded["counts"].decode(),
                    },
                }
            )
    categories = [{"id": i + 1, "name": name} for i, name in enumerate(CLASSES)]
    data = {"images": images, "annotations": annotations, "categories": categories}
    (out / f"{split}.json").write_text(json.dumps(data))
