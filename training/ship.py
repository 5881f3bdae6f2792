"""``python -m training export``: checkpoint to model file, catalogue and model card, measured on the way."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import onnx
import torch

from .card import metadata, model_card, training_record
from .data import CLASSES
from .evaluate import Evaluation, evaluate, false_alarms, recommended_thresholds, summary
from .export import catalogue_entry, quantise_weights, set_metadata, to_onnx
from .model import build_model
from .predict import load_onnx

FILE = "surface-defects.onnx"
MAX_BYTES = 6_000_000


def ship(checkpoint: Path, out: Path, version: str, folders: list[Path], split: str = "val") -> Path:
    """Writes the model file, catalogue.json and MODEL_CARD.md; thresholds and metrics come from ``split``.

    Raises ValueError when the file is larger than MAX_BYTES.
    """
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = build_model(len(CLASSES), pretrained=False)
    model.load_state_dict(saved["average"])
    graph = to_onnx(model)
    quantise_weights(graph)
    onnx.checker.check_model(graph)

    def describe(thresholds: dict[str, float], metrics: dict) -> dict:
        return metadata(
            version=version,
            rule=saved["rule"],
            quantisation="weights",
            thresholds=thresholds,
            training=training_record(saved),
            metrics=metrics,
        )

    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / FILE
        set_metadata(graph, describe({}, {}))
        onnx.save(graph, trial)
        predictor = load_onnx(trial)
        runs = [(evaluate(predictor, f, split), json.loads((f / f"{split}.json").read_text())) for f in folders]
    thresholds = recommended_thresholds(runs)
    datasets = {}
    for run, truth in runs:
        alarms = false_alarms(run, truth, thresholds)
        datasets[run.name] = {
            "split": split,
            **run.metrics(),
            "cleanImages": run.clean_images,
            "falseAlarmsPerCleanImage": round(alarms, 4),
        }
        print(run.name, summary(run, alarms, 0), sep="\n")
    meta = describe(
        thresholds,
        {"command": f"python -m training evaluate public/models/{FILE} --split {split}", "datasets": datasets},
    )
    set_metadata(graph, meta)
    out.mkdir(parents=True, exist_ok=True)
    path = out / FILE
    onnx.save(graph, path)
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise ValueError(f"{path} has {size} bytes, more than the {MAX_BYTES} that the page may load")
    write_companions(path, meta, [run for run, _ in runs])
    return path


def write_companions(path: Path, meta: dict, runs: list[Evaluation]) -> None:
    """The catalogue, which names the file's size and hash, and the card."""
    catalogue = {"models": [catalogue_entry(path, meta)]}
    (path.parent / "catalogue.json").write_text(json.dumps(catalogue, indent=2) + "\n")
    (path.parent / "MODEL_CARD.md").write_text(model_card(meta, runs, path.name, path.stat().st_size))
