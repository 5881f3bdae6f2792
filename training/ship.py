"""``python -m training export``: checkpoint to model file, catalogue and model card, measured on the way."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch

from . import calibrate, novelty
from .card import metadata, training_record, write_card
from .convert.pictures import read_pictures
from .data import CLASSES, load_split
from .evaluate import (
    Evaluation,
    card_row,
    count_reports,
    evaluate,
    false_alarms,
    recommended_thresholds,
    summary,
)
from .export import catalogue_entry, quantise_weights, set_metadata, to_onnx
from .folds import part_of
from .foreign import report as report_foreign
from .measure import measure
from .model import build_model
from .predict import OnnxFeatures, load_onnx, read_metadata
from .preprocess import InputRule
from .verify import file_faults

FILE = "surface-defects.onnx"
MAX_BYTES = 6_000_000
# Photos of every training set from which the known features are learnt.
FEATURE_PHOTOS = 400
# Photos of every dataset on which the file is compared with PyTorch.
VERIFICATION_PHOTOS = 4


@dataclass(frozen=True)
class Folders:
    """Where ``ship`` reads and writes. ``packages`` holds foreign photographs, see foreign.py."""

    datasets: list[Path]
    drawn: list[Path]
    packages: Path
    out: Path
    figures: Path


def ship(checkpoint: Path, version: str, folders: Folders, split: str = "val") -> Path:
    """Writes the model file, catalogue.json and MODEL_CARD.md.

    Thresholds, calibration and the limit of novelty come from ``split``, as do the metrics. Raises ValueError when
    the file is larger than MAX_BYTES or does not do what it was made of.
    """
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    if (own := tuple(saved.get("classes", CLASSES))) != CLASSES:
        raise ValueError(
            f"{checkpoint} knows {', '.join(own)}: `python -m training convert` writes the file of such a model."
        )
    model = build_model(len(CLASSES), pretrained=False)
    model.load_state_dict(saved["average"])
    graph = to_onnx(model)
    training = training_record(saved, folders.datasets)
    rule = InputRule(**saved["rule"])

    def save(path: Path, quantisation: str = "weights", **more: dict) -> Path:
        fields = {"thresholds": {}, "metrics": {}, "known": None, **more}
        described = metadata(
            version=version, rule=rule.as_metadata(), quantisation=quantisation, training=training, **fields
        )
        set_metadata(graph, described)
        onnx.checker.check_model(graph)
        onnx.save(graph, path)
        return path

    def run(path: Path) -> list[tuple[Evaluation, dict]]:
        predictor = load_onnx(path)
        return [
            (evaluate(predictor, f, split), json.loads((f / f"{split}.json").read_text())) for f in folders.datasets
        ]

    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / FILE
        exact = run(save(trial, "none"))
        quantise_weights(graph)
        raw = run(save(trial))
        projection, known = learn_known(graph, trial, rule, folders, split)
        calibration, record = learn_calibration(raw)
        calibrate.bake(graph, calibration)
        runs = run(save(trial, known=known.as_metadata()))
        thresholds = recommended_thresholds(runs)
        save(trial, known=known.as_metadata(), thresholds=thresholds)
        pictures = [p for f in folders.datasets for p in read_pictures(f / "images", rule, VERIFICATION_PHOTOS)]
        if wrong := file_faults(trial, model, calibration, projection, known, pictures):
            raise ValueError(f"The file does not do what it was made of: {'; '.join(wrong)}")
        foreign = report_foreign(trial, folders.packages, photos_of(folders.datasets, split))
    rows = {}
    for run, truth in runs:
        alarms = false_alarms(run, truth, thresholds)
        rows[run.name] = card_row(run, alarms, split)
        print(run.name, summary(run, alarms, count_reports(run, truth, thresholds), 0), sep="\n")
    metrics = {
        "command": f"python -m training evaluate public/models/{FILE} --split {split}",
        "datasets": rows,
        "maskAPFloatMinusInt8": {
            a.name: round(a.mask_ap - b.mask_ap, 4) for (a, _), (b, _) in zip(exact, raw, strict=True)
        },
        "calibration": record,
        "foreign": {name: figures.as_metadata() for name, figures in foreign.items()},
    }
    folders.out.mkdir(parents=True, exist_ok=True)
    path = save(folders.out / FILE, thresholds=thresholds, metrics=metrics, known=known.as_metadata())
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise ValueError(f"{path} has {size} bytes, more than the {MAX_BYTES} that the page may load")
    write_companions(path, folders.datasets, folders.figures)
    return path


def photos_of(datasets: list[Path], split: str) -> list[Path]:
    return [photo.path for folder in datasets for photo in load_split(folder, split)]


def learn_known(
    graph: onnx.ModelProto, path: Path, rule: InputRule, folders: Folders, split: str
) -> tuple[novelty.Projection, novelty.Known]:
    """Bakes the projection into ``graph``, whose file at ``path`` still gives pooled features."""
    features = OnnxFeatures(path)
    photos = []
    for folder in [*folders.datasets, *folders.drawn]:
        paths = [photo.path for photo in load_split(folder, "train")]
        photos += paths[:: max(1, len(paths) // FEATURE_PHOTOS)]
    train = novelty.collect(features, photos, rule)
    val = novelty.collect(features, photos_of(folders.datasets, split), rule)
    projection = novelty.fit_projection(train)
    novelty.bake(graph, projection)
    return projection, novelty.fit_known(projection(train), projection(val))


def learn_calibration(runs: list[tuple[Evaluation, dict]]) -> tuple[calibrate.Calibration, dict]:
    """Fits on all detections of all datasets together; the record is for the metadata."""
    found = [found for part in (part_of(*run) for run in runs) for found in part.found]
    scores, right = (np.array([getattr(f, what) for f in found]) for what in ("score", "right"))
    calibration = calibrate.fit(scores, right)
    record = {
        "method": "beta",
        "a": round(calibration.a, 4),
        "b": round(calibration.b, 4),
        "c": round(calibration.c, 4),
        "detections": len(scores),
        "expectedErrorBefore": round(calibrate.expected_error(scores, right), 4),
        "expectedErrorAfter": round(calibrate.expected_error(calibration(scores), right), 4),
    }
    return calibration, record


def write_companions(path: Path, datasets: list[Path], figures: Path) -> None:
    """The catalogue, which names the file's size and hash, its figures, and the card that is made of them."""
    meta = read_metadata(path)
    catalogue = {"models": [catalogue_entry(path, meta)]}
    (path.parent / "catalogue.json").write_text(json.dumps(catalogue, indent=2) + "\n")
    measure(path, datasets, figures)
    write_card(path, figures)
