"""``python -m training.tests.convert.build``: converted files for the browser's tests, too large to be kept.

Writes into build/converted, by the command itself: torchvision's Mask R-CNN as int8, our network as float and as
int8, a photo, and what native onnxruntime finds in it with each (expected.json).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import torch

from training.parity import detections
from training.predict import load_onnx
from training.preprocess import InputRule

from .networks import NAMES, resnet50, shipped, surface, write_surfaces

OUT = Path("build/converted")
PHOTO = "surface.png"
# Not among those that the networks were set up or verified with.
SEED = 40


def run(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "training", "convert", *map(str, arguments)], check=True)


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    photos = write_surfaces(OUT / "photos", 2)
    surface(SEED).save(OUT / PHOTO)
    torch.save(resnet50().state_dict(), OUT / "maskrcnn_defect.pth")
    own = {"average": shipped().state_dict(), "rule": InputRule().as_metadata()}
    torch.save(own, OUT / "checkpoint.pt")
    torchvision = OUT / "torchvision.onnx"
    names = ("--classes", ",".join(NAMES))
    run(
        OUT / "maskrcnn_defect.pth",
        *names,
        "--short-side",
        96,
        "--long-side",
        160,
        "--verify",
        photos,
        "--out",
        torchvision,
    )
    run(OUT / "checkpoint.pt", "--float", "--out", OUT / "ours-float.onnx")
    run(OUT / "checkpoint.pt", "--out", OUT / "ours-int8.onnx")
    expected = {path.name: detections(load_onnx(path), OUT / PHOTO) for path in sorted(OUT.glob("*.onnx"))}
    for name, found in expected.items():
        print(f"{name}: {len(found)} detections in {PHOTO}")
    (OUT / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
