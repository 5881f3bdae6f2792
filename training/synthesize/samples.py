"""The six pictures that the page offers to who has no photo at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from .coco import FIRST_UNSEEN_SEED
from .draw import Scene, generate

SIZE = (1280, 853)


class Sample(NamedTuple):
    file: str
    family: str
    category: int
    defects: int
    seed: int  # counted from the first that no training picture uses


SAMPLES = (
    Sample("ball-screw-pitting.jpg", "metal", 1, 3, 42),
    Sample("strip-scratches.jpg", "strip", 4, 3, 16),
    Sample("strip-patches.jpg", "strip", 3, 4, 23),
    Sample("tile-cracks.jpg", "ceramic", 7, 2, 9),
    Sample("tile-uneven.jpg", "ceramic", 9, 2, 6),
    Sample("ball-screw-clean.jpg", "metal", 1, 0, 27),
)


def draw(sample: Sample) -> Scene:
    width, height = SIZE
    return generate(
        FIRST_UNSEEN_SEED + sample.seed,
        sample.family,
        width=width,
        height=height,
        defects=sample.defects,
        category=sample.category,
    )


def write_samples(out: Path) -> None:
    """Writes the pictures and samples.json; none of their seeds is ever trained on."""
    out.mkdir(parents=True, exist_ok=True)
    entries = []
    for sample in SAMPLES:
        scene = draw(sample)
        image = Image.fromarray(scene.image)
        image.save(out / sample.file, quality=88, optimize=True)
        entries.append(
            {
                "file": sample.file,
                "width": image.width,
                "height": image.height,
                "defects": len(scene.instances),
            }
        )
    (out / "samples.json").write_text(json.dumps(entries, indent=2) + "\n")
