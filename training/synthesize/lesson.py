"""The pictures of the page's walk-through: a part to teach, with what is wrong with it marked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image
from pycocotools import mask as rle

from .cap import BARE, CLASSES, DENT, SCRATCH
from .coco import FIRST_UNSEEN_SEED
from .draw import Scene, generate

PART = "cap"
SIZE = (640, 480)
GOOD = 0


class LessonPhoto(NamedTuple):
    """``category`` 0: nothing is wrong. ``seed`` counts from the first that no training picture uses."""

    category: int
    seed: int


# What the walk-through learns from, in its order, and what it is tried on.
LESSON = (
    *(LessonPhoto(GOOD, seed) for seed in (120, 105, 116, 107, 100)),
    LessonPhoto(SCRATCH, 203),
    LessonPhoto(DENT, 408),
    LessonPhoto(BARE, 608),
    # A class is learnt from two photos at least.
    LessonPhoto(SCRATCH, 207),
    LessonPhoto(DENT, 411),
    LessonPhoto(BARE, 605),
)
TRIES = (
    LessonPhoto(GOOD, 101),
    LessonPhoto(SCRATCH, 211),
    LessonPhoto(GOOD, 103),
    LessonPhoto(BARE, 602),
    LessonPhoto(DENT, 409),
    LessonPhoto(GOOD, 104),
    LessonPhoto(GOOD, 110),
    LessonPhoto(DENT, 410),
    LessonPhoto(SCRATCH, 208),
    LessonPhoto(GOOD, 112),
    LessonPhoto(BARE, 603),
    LessonPhoto(GOOD, 118),
    LessonPhoto(GOOD, 121),
)


def draw(photo: LessonPhoto) -> Scene:
    width, height = SIZE
    return generate(
        FIRST_UNSEEN_SEED + photo.seed,
        PART,
        width=width,
        height=height,
        defects=int(photo.category != GOOD),
        category=photo.category or None,
    )


def write_lesson(out: Path) -> None:
    """Writes the pictures and lesson.json, which names them, the classes and every mark."""
    out.mkdir(parents=True, exist_ok=True)
    entries = []
    for number, photo in enumerate((*LESSON, *TRIES), 1):
        scene = draw(photo)
        file = f"{PART}-{number:02}.webp"
        Image.fromarray(scene.image).save(out / file, quality=82, method=6)
        entries.append(
            {
                "file": file,
                "width": SIZE[0],
                "height": SIZE[1],
                "good": photo.category == GOOD,
                "role": "lesson" if number <= len(LESSON) else "try",
                "marks": [{"classId": kind, "region": region(mask)} for kind, mask in scene.instances],
            }
        )
    classes = [{"id": i + 1, "name": name} for i, name in enumerate(CLASSES)]
    record = {"part": "anodised-cap", "classes": classes, "photos": entries}
    (out / "lesson.json").write_text(json.dumps(record, indent=1) + "\n")


def region(mask: np.ndarray) -> dict[str, int | str]:
    """A mask as the page has it: its box, and the runs within, column by column, compressed as COCO does."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    part = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return {
        "x": int(columns[0]),
        "y": int(rows[0]),
        "width": part.shape[1],
        "height": part.shape[0],
        "counts": rle.encode(np.asfortranarray(part, np.uint8))["counts"].decode(),
    }
