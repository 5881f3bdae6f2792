"""``python -m training fixtures``: what Python sees in generated pictures, for the browser to agree with.

Written from the shipped model file by native onnxruntime: ten generated PNG pictures with defects, one plain
grey one without, every detection with its mask as RLE at photo size, and every picture's novelty.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image
from pycocotools import mask as rle

from .masks import paste_full
from .novelty import Known
from .predict import OnnxFeatures, Predictor, load_onnx
from .preprocess import load_photo, network_input

# Seeds that no training picture uses (see synthesize).
FIRST_SEED = 10_001_000
SIZES = {"strip": (240, 240), "ceramic": (240, 340), "metal": (480, 200)}
PICTURES = 10


def detections(predictor: Predictor, path: Path) -> list[dict]:
    """Every detection at or above the score floor, in photo pixels."""
    photo = load_photo(path)
    found = predictor(photo)
    out = []
    for box, score, label, grid in zip(found.boxes, found.scores, found.labels, found.masks, strict=True):
        mask = rle.encode(np.asfortranarray(paste_full(grid, box, photo.width, photo.height), np.uint8))
        out.append(
            {
                "classId": int(label),
                "score": round(float(score), 5),
                "box": [round(float(v), 3) for v in (*box[:2], *(box[2:] - box[:2]))],
                "segmentation": {"size": [int(v) for v in mask["size"]], "counts": mask["counts"].decode()},
            }
        )
    return out


def novelty(features: OnnxFeatures, predictor: Predictor, path: Path) -> float:
    stats = predictor.metadata["novelty"]
    known = Known(np.array(stats["centres"]), stats["limit"])
    pixels, _ = network_input(load_photo(path), predictor.rule)
    return float(known.novelty(features(pixels)[None])[0])


def write_fixtures(model: Path, out: Path) -> int:
    """Writes the pictures and expected.json; returns the number of detections at 0.10 or more."""
    from .synthesize import generate

    predictor = load_onnx(model)
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.png"):
        old.unlink()
    Image.new("RGB", (200, 160), (128, 128, 128)).save(out / "blank.png")
    families = list(SIZES)
    for i in range(PICTURES):
        family = families[i % len(families)]
        width, height = SIZES[family]
        scene = generate(FIRST_SEED + i, family, width=width, height=height, defects=4)
        Image.fromarray(scene.image).save(out / f"{family}-{i}.png", optimize=True)
    features = OnnxFeatures(model)
    pictures = {
        path.name: {
            "novelty": round(novelty(features, predictor, path), 4),
            "detections": detections(predictor, path),
        }
        for path in sorted(out.glob("*.png"))
    }
    record = {
        "model": {"name": predictor.metadata["name"], "version": predictor.metadata["version"]},
        "pictures": pictures,
    }
    (out / "expected.json").write_text(json.dumps(record, separators=(",", ":")) + "\n")
    return sum(d["score"] >= 0.1 for picture in pictures.values() for d in picture["detections"])
