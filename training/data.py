"""COCO folders: DIR/images, DIR/train.json, DIR/val.json."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from pycocotools import mask as rle

CLASSES = (
    "pitting",
    "inclusion",
    "patches",
    "scratches",
    "blowhole",
    "break",
    "crack",
    "fray",
    "uneven",
)


@dataclass(frozen=True)
class Instance:
    label: int
    segmentation: dict
    area: float

    def mask(self) -> np.ndarray:
        """uint8 [height, width], 0 or 1."""
        return rle.decode(self.segmentation)


@dataclass(frozen=True)
class Photo:
    id: int
    path: Path
    width: int
    height: int
    instances: list[Instance] = field(default_factory=list)

    @property
    def aspect(self) -> float:
        return self.width / self.height


def load_split(folder: str | Path, split: str) -> list[Photo]:
    """The photos of one split in the order of their ids; labels follow CLASSES by category name."""
    folder = Path(folder)
    coco = json.loads((folder / f"{split}.json").read_text())
    label_of = {c["id"]: CLASSES.index(c["name"]) + 1 for c in coco["categories"]}
    photos = {
        i["id"]: Photo(i["id"], folder / "images" / i["file_name"], i["width"], i["height"]) for i in coco["images"]
    }
    for a in coco["annotations"]:
        photo = photos[a["image_id"]]
        segmentation = to_rle(a["segmentation"], photo.height, photo.width)
        photo.instances.append(Instance(label_of[a["category_id"]], segmentation, a["area"]))
    return [photos[i] for i in sorted(photos)]


def to_rle(segmentation: list | dict, height: int, width: int) -> dict:
    """Polygons or runs, however they are written, as compressed runs; the union of several polygons."""
    if isinstance(segmentation, list):
        return rle.merge(rle.frPyObjects(segmentation, height, width))
    if isinstance(segmentation["counts"], list):
        return rle.frPyObjects(segmentation, height, width)
    return segmentation
