"""COCO folders: DIR/images with DIR/train.json and DIR/val.json, or DIR/annotations.json, as the page saves a lesson."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image
from PIL.ExifTags import Base
from pycocotools import mask as rle

ORIENTATION = Base.Orientation
# EXIF's orientations from here on swap width and height.
FIRST_LYING = 5
# Of the shipped model.
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


class DataError(ValueError):
    """Something that was handed in can't be used; the message is for the person who did."""


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


def class_names(folders: Iterable[str | Path], split: str = "train") -> tuple[str, ...]:
    """The names of the folders' categories: those of CLASSES first, in its order, then others by folder and id."""
    listed = [c for folder in folders for c in sorted(read_split(folder, split)["categories"], key=lambda c: c["id"])]
    names = dict.fromkeys(c["name"] for c in listed)
    return (*(name for name in CLASSES if name in names), *(name for name in names if name not in CLASSES))


def load_split(folder: str | Path, split: str, classes: Sequence[str] = CLASSES) -> list[Photo]:
    """The photos of one split in the order of their ids; labels count from 1 in ``classes``, by category name.

    Raises DataError where a category is none of ``classes``. What is annotated as a crowd has no outline of a single
    defect: photos with one are left out.
    """
    folder = Path(folder)
    coco = read_split(folder, split)
    if other := [c["name"] for c in coco["categories"] if c["name"] not in classes]:
        raise DataError(
            f"{folder} has classes that are not expected here: {', '.join(other)} (but {', '.join(classes)})."
        )
    label_of = {c["id"]: classes.index(c["name"]) + 1 for c in coco["categories"]}
    photos = {
        i["id"]: Photo(i["id"], folder / "images" / i["file_name"], i["width"], i["height"]) for i in coco["images"]
    }
    crowded = {a["image_id"] for a in coco["annotations"] if a.get("iscrowd")}
    for a in coco["annotations"]:
        if a["image_id"] in crowded:
            continue
        photo = photos[a["image_id"]]
        segmentation = to_rle(a["segmentation"], photo.height, photo.width)
        photo.instances.append(Instance(label_of[a["category_id"]], segmentation, a["area"]))
    return [photos[i] for i in sorted(photos) if i not in crowded]


def read_split(folder: str | Path, split: str) -> dict:
    """What is said of one split; of a folder without train.json, all that is annotated is for training."""
    path = Path(folder) / f"{split}.json"
    if split == "train" and not path.exists():
        path = path.with_name("annotations.json")
    if not path.exists():
        raise DataError(f"There is no {split}.json in {folder}{' and no annotations.json' * (split == 'train')}.")
    return json.loads(path.read_text(encoding="utf-8"))


def dataset_folder(data: Path, name: str) -> Path:
    """A name is a folder below ``data`` if there is one; else, as anything with a slash, a folder of its own."""
    return data / name if "/" not in name and (data / name).exists() else Path(name)


def check_photos(photos: Iterable[Photo]) -> None:
    """Raises DataError where a photo is not there, can't be read or is not of the size that its masks are of."""
    for photo in photos:
        try:
            with Image.open(photo.path) as image:
                width, height = image.size
                if image.getexif().get(ORIENTATION, 1) >= FIRST_LYING:
                    width, height = height, width
        except (OSError, ValueError) as error:
            raise DataError(f"{photo.path} is named in the annotations, but is not there or can't be read.") from error
        if (width, height) != (photo.width, photo.height):
            raise DataError(
                f"{photo.path} is {width} x {height} px, its annotations are for {photo.width} x {photo.height}. "
                "If it was turned, resized or cropped, annotate it again or save it as it was."
            )


def to_rle(segmentation: list | dict, height: int, width: int) -> dict:
    """Polygons or runs, however they are written, as compressed runs; the union of several polygons."""
    if isinstance(segmentation, list):
        return rle.merge(rle.frPyObjects(segmentation, height, width))
    if isinstance(segmentation["counts"], list):
        return rle.frPyObjects(segmentation, height, width)
    return segmentation
