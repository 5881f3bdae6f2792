"""Generated pictures as a COCO folder in the datasets' format."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image
from pycocotools import mask as rle
from tqdm import tqdm

from ..data import CLASSES
from .draw import OTHER_FAMILIES, Scene, generate
from .foreign import generate_foreign

# Training pictures stay below, samples and fixtures above, so that none of those was ever trained on.
FIRST_UNSEEN_SEED = 10_000_000
SEEDS_PER_SET = 1_000_000


def write_coco(
    out: Path, count: int, seed: int, split: str = "train", *, foreign: bool = False, family: str | None = None
) -> None:
    """Writes out/images/*.png and out/SPLIT.json; ``seed`` 0..9 numbers the set. ValueError beyond.

    ``foreign`` draws pictures of other things, without defects. Without ``family``, surfaces of all those that have the
    shipped model's classes are drawn.
    """
    if seed < 0 or count > SEEDS_PER_SET or (seed + 1) * SEEDS_PER_SET > FIRST_UNSEEN_SEED:
        raise ValueError("Sets 0 to 9 of up to a million pictures are for training; seeds beyond are kept for samples.")
    (out / "images").mkdir(parents=True, exist_ok=True)
    images, annotations = [], []
    for i in tqdm(range(count), mininterval=5):
        number = seed * SEEDS_PER_SET + i
        scene = Scene(generate_foreign(number), []) if foreign else generate(number, family)
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
                    "segmentation": {"size": [height, width], "counts": encoded["counts"].decode()},
                }
            )
    classes = OTHER_FAMILIES[family].CLASSES if family in OTHER_FAMILIES else CLASSES
    categories = [{"id": i + 1, "name": name} for i, name in enumerate(classes)]
    data = {"images": images, "annotations": annotations, "categories": categories}
    (out / f"{split}.json").write_text(json.dumps(data))
