"""The six pictures that the page offers to who has no photo at hand."""

from __future__ import annotations

import json
from pathlib import Path

from PIL import Image

from . import FIRST_UNSEEN_SEED, generate

SIZE = (1280, 853)
# (file, title, family, seed above those of training, defects attempted)
SAMPLES = (
    ("ball-screw-pitting.jpg", "Ball screw, pitting", "metal", 53, 4),
    ("strip-scratches.jpg", "Steel strip, scratches", "strip", 32, 4),
    ("strip-patches.jpg", "Steel strip, patches", "strip", 37, 4),
    ("tile-cracks.jpg", "Magnetic tile, cracks", "ceramic", 11, 4),
    ("tile-uneven.jpg", "Magnetic tile, uneven", "ceramic", 16, 4),
    ("ball-screw-clean.jpg", "Ball screw, free of defects", "metal", 51, 0),
)


def write_samples(out: Path) -> None:
    """Writes the pictures and samples.json; none of their seeds is ever trained on."""
    out.mkdir(parents=True, exist_ok=True)
    width, height = SIZE
    entries = []
    for file, title, family, seed, defects in SAMPLES:
        scene = generate(FIRST_UNSEEN_SEED + seed, family, width=width, height=height, defects=defects)
        Image.fromarray(scene.image).save(out / file, quality=82, subsampling=0)
        entries.append(
            {"file": file, "title": title, "width": width, "height": height, "defects": len(scene.instances)}
        )
    (out / "samples.json").write_text(json.dumps(entries, indent=2) + "\n")
