"""Pictures for the model card and the log of experiments, as SVG."""

from __future__ import annotations

import json
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from .calibrate import expected_error, reliability

# Text stays text, and the same figures give the same bytes.
mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "defect-inspector", "font.size": 9})


def _save(figure: Figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")


def draw_reliability(series: dict[str, tuple[np.ndarray, np.ndarray]], path: Path) -> None:
    """Share of right detections over their score; a circle's area grows with its number of detections."""
    figure = Figure(figsize=(4.2, 4))
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color="0.6", linewidth=1)
    for name, (scores, right) in series.items():
        bins = reliability(scores, right)
        label = f"{name}, expected error {expected_error(scores, right):.3f}"
        line = axes.plot([b.score for b in bins], [b.right for b in bins], label=label)[0]
        axes.scatter([b.score for b in bins], [b.right for b in bins], [b.count for b in bins], color=line.get_color())
    axes.set(xlabel="score", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1))
    axes.legend(loc="upper left", frameon=False)
    _save(figure, path)


def draw_losses(logs: dict[str, Path], path: Path) -> None:
    """Every loss over the images seen, one line per run; ``logs`` are the runs' log.jsonl."""
    runs = {name: [json.loads(line) for line in log.read_text().splitlines()] for name, log in logs.items()}
    kinds = ("classifier", "box_reg", "mask", "objectness", "rpn_box_reg")
    figure = Figure(figsize=(12, 2.4))
    for i, kind in enumerate(kinds):
        axes = figure.add_subplot(1, len(kinds), i + 1)
        for name, rows in runs.items():
            axes.plot([r["images"] / 1000 for r in rows], [r[kind] for r in rows], linewidth=0.9, label=name)
        axes.set(title=kind, xlabel="thousand images of the run", ylim=(0, None))
    axes.legend(frameon=False)
    figure.tight_layout()
    _save(figure, path)


def draw_curves(points: dict[str, list[tuple[int, float, float, float]]], path: Path, label: str) -> None:
    """One line per dataset of (images seen, value, low, high), with its interval."""
    figure = Figure(figsize=(5.4, 3.4))
    axes = figure.add_subplot()
    for name, rows in points.items():
        x, y, low, high = (np.array(column) for column in zip(*sorted(rows), strict=True))
        line = axes.plot(x / 1000, y, marker="o", markersize=3, label=name)[0]
        axes.fill_between(x / 1000, low, high, color=line.get_color(), alpha=0.12, linewidth=0)
    axes.set(xlabel="thousand images seen", ylabel=label, ylim=(0.5, 1))
    axes.legend(frameon=False, loc="lower right")
    _save(figure, path)
