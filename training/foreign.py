"""``python -m training foreign``: what a model says of pictures that it was not made for.

Two sets, neither ever trained on: photographs that other packages carry (faces, animals, streets, print, a coffee
cup, a motorcycle), and drawn pictures with unseen seeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from .evaluate import DEFAULT_THRESHOLD
from .novelty import Known, auroc, collect
from .predict import OnnxFeatures, load_onnx
from .preprocess import load_photo
from .synthesize import FIRST_UNSEEN_SEED
from .synthesize.foreign import generate_foreign

DRAWN = 200
INSTALL = "pip install --no-deps --target build/foreign-packages -r training/requirements-foreign.txt"
# Paths within the packages of requirements-foreign.txt.
PHOTOGRAPHS = {
    "skimage/data": (
        "astronaut.png brick.png camera.png cell.png chelsea.png clock_motion.png coffee.png coins.png grass.png "
        "gravel.png horse.png hubble_deep_field.jpg ihc.png moon.png motorcycle_left.png page.png retina.jpg rocket.jpg "
        "text.png"
    ),
    "sklearn/datasets/images": "china.jpg flower.jpg",
    "mahotas/demos/data": "DepartmentStore.jpg lena.jpg luispedro.jpg",
    "ultralytics/assets": "bus.jpg zidane.jpg",
    "imgaug": "quokka.jpg",
    "gradio/media_assets/images": "cheetah.jpg groot.jpeg lion.jpg tower.jpg",
    "insightface/data/images": "mask_black.jpg mask_blue.jpg mask_white.jpg t1.jpg",
    "matplotlib/mpl-data/sample_data": "grace_hopper.jpg",
}


@dataclass(frozen=True)
class ForeignFigures:
    pictures: int
    alarms_per_picture: float
    """Detections at or above their class's recommended threshold."""
    pictures_with_alarm: int
    recognised: float
    """Share whose novelty is above 1."""
    auroc: float

    def as_metadata(self) -> dict[str, float | int]:
        return {
            "pictures": self.pictures,
            "falseAlarmsPerPicture": round(self.alarms_per_picture, 4),
            "picturesWithAlarm": self.pictures_with_alarm,
            "recognised": round(self.recognised, 4),
            "auroc": round(self.auroc, 4),
        }


def photographs(packages: Path) -> list[Path]:
    """FileNotFoundError, with the command that installs them, when the packages are not there."""
    paths = [packages / folder / name for folder, names in PHOTOGRAPHS.items() for name in names.split()]
    missing = [str(p) for p in paths if not p.exists()]
    if missing:
        raise FileNotFoundError(f"{missing[0]} is not there. Install the packages with: {INSTALL}")
    return paths


def drawn(count: int = DRAWN) -> list[Image.Image]:
    return [Image.fromarray(generate_foreign(FIRST_UNSEEN_SEED + i)) for i in range(count)]


def measure_foreign(model: Path, pictures: list[Path | Image.Image], known_photos: list[Path]) -> ForeignFigures:
    """Alarms and novelty of foreign pictures, by an exported file; ``known_photos`` are what it was made for."""
    predictor = load_onnx(model)
    thresholds = {c["id"]: c.get("threshold", DEFAULT_THRESHOLD) for c in predictor.metadata["classes"]}
    stats = predictor.metadata["novelty"]
    known = Known(np.array(stats["centres"]), stats["limit"])
    features = OnnxFeatures(model)
    outside = known.novelty(collect(features, pictures, predictor.rule))
    inside = known.novelty(collect(features, known_photos, predictor.rule))
    alarms = []
    for picture in pictures:
        found = predictor(picture if isinstance(picture, Image.Image) else load_photo(picture))
        alarms.append(
            sum(score >= thresholds[int(label)] for score, label in zip(found.scores, found.labels, strict=True))
        )
    return ForeignFigures(
        len(pictures),
        float(np.mean(alarms)),
        int(np.count_nonzero(alarms)),
        float((outside > 1).mean()),
        auroc(inside, outside),
    )


def report(model: Path, packages: Path, known_photos: list[Path]) -> dict[str, ForeignFigures]:
    """Prints and returns the figures of both sets."""
    figures = {
        "photographs": measure_foreign(model, list(photographs(packages)), known_photos),
        "drawn": measure_foreign(model, list(drawn()), known_photos),
    }
    for name, f in figures.items():
        print(
            f"{name}: false alarms per picture {f.alarms_per_picture:.2f}  with an alarm {f.pictures_with_alarm} of "
            f"{f.pictures}  recognised as foreign {f.recognised:.2f}  AUROC {f.auroc:.3f}"
        )
    return figures
