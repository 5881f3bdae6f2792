"""``python -m training card --measure``: what a file reaches on val, as the figures that its card is made of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple
from pathlib import Path

import numpy as np

from . import novelty
from .calibrate import RAW, Calibration, expected_error, reliability
from .data import load_split
from .evaluate import card_row, evaluate, false_alarms
from .figures import draw_reliability
from .folds import FOLDS, SEED, Choice, Part, Tally, choose, deal, held_out, part_of
from .predict import OnnxFeatures, Predictor, load_onnx

COMMAND = "python -m training card --measure"
SPLIT = "val"
# Most detections score less and are right as seldom as they say, which would hide what the others do.
CLEAR = 0.1
FIGURES, RELIABILITY = "val.json", "reliability.svg"


def measure(model: Path, datasets: list[Path], out: Path) -> dict:
    """Figures of the file itself, and of its thresholds, calibration and limit of novelty on photos left out.

    Writes them and the plot of calibration to ``out``, and returns them.
    """
    file = load_onnx(model)
    raw = load_onnx(model, metadata={**file.metadata, "scoreFloor": 0}, scores=RAW)
    shipped = choice_of(file)
    rows, classes, parts = {}, {}, []
    for folder in datasets:
        truth = json.loads((folder / f"{SPLIT}.json").read_text())
        run = evaluate(file, folder, SPLIT)
        rows[run.name] = card_row(run, false_alarms(run, truth, shipped.thresholds), SPLIT)
        classes |= {
            name: {"AP50": round(f["AP50"], 4), "AP": round(f["AP"], 4), "truths": f["truths"]}
            for name, f in run.per_class.items()
        }
        parts.append(part_of(evaluate(raw, folder, SPLIT), truth))
    record = {
        "model": f"{file.metadata['name']} {file.metadata['version']}",
        "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
        "command": COMMAND,
        "datasets": rows,
        **in_folds(parts, shipped, classes, out),
        "novelty": within_limit(file, model, datasets, parts),
    }
    (out / FIGURES).write_text(json.dumps(record, indent=1) + "\n")
    return record


def in_folds(parts: list[Part], shipped: Choice, classes: dict[str, dict], out: Path) -> dict:
    """What is reported by the file's own choice and by choices that did not see the photos; draws the plot."""
    outcomes, choices = held_out(parts)
    again, unseen = choose(parts), Tally(outcomes)
    limits = {name: [choice.thresholds[name] for choice in choices] for name in classes}
    found = [f for part in parts for f in part.found]
    scores, right = (np.array([getattr(f, what) for f in found]) for what in ("score", "right"))
    draw_reliability({"raw": (scores, right), "calibrated": (unseen.scores, unseen.right)}, out / RELIABILITY)
    return {
        "folds": FOLDS,
        "seed": SEED,
        "classes": {
            name: {
                **figures,
                "threshold": shipped.thresholds[name],
                "chosenAgain": again.thresholds[name],
                "inFolds": [min(limits[name]), max(limits[name])],
            }
            for name, figures in classes.items()
        },
        "seen": reported(Tally([shipped(part) for part in parts]), parts),
        "unseen": reported(unseen, parts),
        "unseenWithoutForeign": reported(Tally(held_out(parts, foreign=False)[0]), parts),
        "calibration": {
            "chosenAgain": [round(v, 4) for v in astuple(again.calibration)],
            "detections": len(scores),
            "foreign": sum(f.category not in part.examples for part in parts for f in part.found),
            "errorBefore": round(expected_error(scores, right), 3),
            "bins": [
                [b.low, b.count, round(b.score, 3), round(b.right, 3)] for b in reliability(unseen.scores, unseen.right)
            ],
        },
    }


def choice_of(file: Predictor) -> Choice:
    """What the file says was chosen."""
    constants = file.metadata["metrics"]["calibration"]
    thresholds = {c["name"]: c["threshold"] for c in file.metadata["classes"]}
    return Choice(Calibration(*(constants[name] for name in "abc")), thresholds)


def reported(tally: Tally, parts: list[Part]) -> dict:
    """Of what is reported at the thresholds: by dataset and by class, each figure with its interval."""
    datasets = {part.name: tally.reports(dataset=part.name) for part in parts}
    for part in parts:
        if alarms := tally.false_alarms(part.name):
            datasets[part.name]["falseAlarmsPerCleanImage"] = alarms
    names = [name for part in parts for name in sorted(part.examples)]
    return {
        "datasets": datasets,
        "classes": {name: tally.reports(category=name) for name in names},
        "calibrationError": tally.calibration_error(),
        "calibrationErrorOfClear": tally.calibration_error(CLEAR),
    }


def within_limit(file: Predictor, model: Path, datasets: list[Path], parts: list[Part]) -> dict[str, float]:
    """The share of photos within the limit of novelty: the file's, and one that is chosen on other photos."""
    stats = file.metadata["novelty"]
    known = novelty.Known(np.array(stats["centres"]), stats["limit"])
    paths = [photo.path for folder in datasets for photo in load_split(folder, SPLIT)]
    values = known.novelty(novelty.collect(OnnxFeatures(model), paths, file.rule))
    fold_of = {(part.name, p): k for part in parts for k, photos in enumerate(deal(part)) for p in photos}
    fold = np.array([fold_of[part.name, photo] for part in parts for photo in part.photos])
    limits = np.array([np.quantile(values[fold != k], novelty.WITHIN) for k in range(FOLDS)])
    return {"seen": round(float((values <= 1).mean()), 3), "unseen": round(float((values <= limits[fold]).mean()), 3)}


def describe(record: dict) -> str:
    """Figures of the file on the photos that it was chosen on, and on photos left out, as a table for a terminal."""
    lines = []
    for name in record["datasets"]:
        for title, key in (
            ("chosen on them", "seen"),
            ("left out", "unseen"),
            ("left out, no foreign", "unseenWithoutForeign"),
        ):
            figures = record[key]["datasets"][name]
            text = "  ".join(f"{what} {v:.3f} ({low:.2f} to {high:.2f})" for what, (v, low, high) in figures.items())
            lines.append(f"{name:14} {title:21} {text}")
    for key in ("seen", "unseen", "unseenWithoutForeign"):
        v, low, high = record[key]["calibrationError"]
        lines.append(f"calibration error, {key}: {v:.3f} ({low:.3f} to {high:.3f})")
        v, low, high = record[key]["calibrationErrorOfClear"]
        lines.append(f"  of those at {CLEAR} and more: {v:.3f} ({low:.3f} to {high:.3f})")
    for name, c in record["classes"].items():
        low, high = c["inFolds"]
        lines.append(
            f"{name:14} threshold {c['threshold']:.2f}  chosen again {c['chosenAgain']:.2f}  in folds {low:.2f} to {high:.2f}"
        )
    return "\n".join([*lines, f"within the limit of novelty: {record['novelty']}"])
