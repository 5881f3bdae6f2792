"""``python -m training curves``: how losses and accuracy went with the images seen."""

from __future__ import annotations

import json
from pathlib import Path

import torch

from .evaluate import evaluate
from .figures import draw_curves, draw_losses
from .predict import load_checkpoint

POINTS = "points.json"


def measure(checkpoint: Path, datasets: list[Path], experiments: Path) -> None:
    """Adds what a checkpoint reaches on val to the points of the accuracy curve."""
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    images = saved["images"] + saved.get("before", {"images": 0})["images"]
    path = experiments / POINTS
    points = json.loads(path.read_text()) if path.exists() else {}
    predictor = load_checkpoint(checkpoint)
    for folder in datasets:
        found = evaluate(predictor, folder, "val")
        row = [images, *(round(v, 4) for v in (found.mask_ap50, *found.mask_ap50_interval))]
        rest = [p for p in points.get(folder.name, []) if p[0] != images]
        points[folder.name] = sorted([*rest, row])
        print(folder.name, row)
    path.write_text(json.dumps(points, indent=1) + "\n")


def draw(experiments: Path, figures: Path) -> None:
    """Every log (NAME.jsonl, named so that they sort by time) and the measured points."""
    draw_losses({log.stem: log for log in sorted(experiments.glob("*.jsonl"))}, figures / "losses.svg")
    points = json.loads((experiments / POINTS).read_text())
    draw_curves(points, figures / "accuracy.svg", "mask AP50 on val")
