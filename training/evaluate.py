"""``python -m training evaluate``: what a model reaches on a COCO folder."""

from __future__ import annotations

import contextlib
import io
import json
import os
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from pycocotools import mask as rle
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from tqdm import tqdm

from .data import Photo, class_names, load_split
from .intervals import bootstrap_ap50
from .masks import paste_full
from .predict import Predictor
from .preprocess import load_photo

PIXEL_IOU_SCORE = 0.5
DEFAULT_THRESHOLD = 0.5


@dataclass
class Evaluation:
    """``results`` are COCO results: category_id, score, bbox and compressed segmentation at photo size.

    ``foreign`` are detections of classes that the dataset doesn't know: (image id, class name, score).
    """

    name: str
    images: int
    results: list[dict]
    foreign: list[tuple[int, str, float]] = field(default_factory=list)
    mask_ap: float = 0.0
    mask_ap50: float = 0.0
    mask_ap50_interval: tuple[float, float] = (0.0, 0.0)
    """95 %, by bootstrap over photos."""
    box_ap: float = 0.0
    pixel_iou: float = 0.0
    clean_images: int = 0
    per_class: dict[str, dict[str, float]] = field(default_factory=dict)
    median_ms: float = 0.0

    def metrics(self) -> dict:
        return {
            "maskAP50": round(self.mask_ap50, 4),
            "maskAP50Interval": [round(v, 4) for v in self.mask_ap50_interval],
            "maskAP": round(self.mask_ap, 4),
            "boxAP": round(self.box_ap, 4),
            "pixelIoU": round(self.pixel_iou, 4),
            "images": self.images,
        }


def evenly(photos: list[Photo], limit: int) -> list[Photo]:
    """``limit`` photos, evenly spaced by id: some datasets are ordered by class."""
    if not limit or limit >= len(photos):
        return photos
    return [photos[int(i * len(photos) / limit)] for i in range(limit)]


def evaluate(predictor: Predictor, folder: Path, split: str, limit: int = 0) -> Evaluation:
    """Runs every photo of the split and measures; categories match by name."""
    annotations = json.loads((folder / f"{split}.json").read_text())
    photos = evenly(load_split(folder, split, class_names([folder], split)), limit)
    category = {c["name"]: c["id"] for c in annotations["categories"]}
    name_of = {c["id"]: c["name"] for c in predictor.metadata["classes"]}
    results: list[dict] = []
    foreign: list[tuple[int, str, float]] = []
    durations: list[float] = []
    intersection = union = 0
    for photo in tqdm(photos, desc=folder.name, mininterval=5):
        image = load_photo(photo.path)
        start = time.perf_counter()
        found = predictor(image)
        durations.append(1000 * (time.perf_counter() - start))
        seen = np.zeros((photo.height, photo.width), bool)
        for box, score, label, grid in zip(found.boxes, found.scores, found.labels, found.masks, strict=True):
            mask = paste_full(grid, box, photo.width, photo.height)
            if score >= PIXEL_IOU_SCORE:
                seen |= mask
            if name_of[int(label)] not in category:
                foreign.append((photo.id, name_of[int(label)], float(score)))
                continue
            encoded = rle.encode(np.asfortranarray(mask, np.uint8))
            encoded["counts"] = encoded["counts"].decode()
            results.append(
                {
                    "image_id": photo.id,
                    "category_id": category[name_of[int(label)]],
                    "score": round(float(score), 5),
                    "bbox": [round(float(v), 2) for v in (*box[:2], *(box[2:] - box[:2]))],
                    "segmentation": encoded,
                }
            )
        truth = np.zeros_like(seen)
        for instance in photo.instances:
            truth |= instance.mask().astype(bool)
        intersection += int((seen & truth).sum())
        union += int((seen | truth).sum())
    out = Evaluation(folder.name, len(photos), results, foreign)
    out.median_ms = statistics.median(durations)
    out.pixel_iou = intersection / max(1, union)
    out.clean_images = sum(not p.instances for p in photos)
    measure(out, annotations, [p.id for p in photos])
    return out


def measure(out: Evaluation, annotations: dict, image_ids: list[int]) -> None:
    """Fills in average precision over the given images by pycocotools."""
    names = {c["id"]: c["name"] for c in annotations["categories"]}
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = annotations
        truth.createIndex()
        if not out.results:
            return
        found = truth.loadRes(json.loads(json.dumps(out.results)))
        for kind in ("bbox", "segm"):
            run = COCOeval(truth, found, kind)
            run.params.imgIds = image_ids
            run.evaluate()
            run.accumulate()
            run.summarize()
            if kind == "bbox":
                out.box_ap = float(run.stats[0])
                continue
            out.mask_ap, out.mask_ap50 = float(run.stats[0]), float(run.stats[1])
            out.mask_ap50_interval = bootstrap_ap50(run)
            precision = run.eval["precision"][:, :, :, 0, 2]  # [iou, recall, class]
            for k, category in enumerate(run.params.catIds):
                if (precision[:, :, k] > -1).any():
                    wanted = set(image_ids)
                    truths = sum(
                        a["category_id"] == int(category) and a["image_id"] in wanted
                        for a in annotations["annotations"]
                    )
                    out.per_class[names[category]] = {
                        "AP50": float(precision[0, :, k].mean()),
                        "AP": float(precision[:, :, k].mean()),
                        "truths": truths,
                    }


def false_alarms(out: Evaluation, annotations: dict, thresholds: dict[str, float]) -> float:
    """Detections at or above their class's threshold per image without annotations."""
    names = {c["id"]: c["name"] for c in annotations["categories"]}
    defective = {a["image_id"] for a in annotations["annotations"]}
    found = [(r["image_id"], names[r["category_id"]], r["score"]) for r in out.results] + out.foreign
    alarms = sum(
        score >= thresholds.get(name, DEFAULT_THRESHOLD) for image, name, score in found if image not in defective
    )
    return alarms / max(1, out.clean_images)


class Judged(NamedTuple):
    """One detection and whether it is right: mask IoU of at least .5 with a truth of its class, each matched once."""

    category: str
    image: int
    score: float
    right: bool


def judge(out: Evaluation, annotations: dict) -> list[Judged]:
    """Every detection, by falling score within image and class; those of classes that the dataset lacks are wrong."""
    names = {c["id"]: c["name"] for c in annotations["categories"]}
    truths: dict[tuple[int, int], list[dict]] = {}
    for a in annotations["annotations"]:
        truths.setdefault((a["image_id"], a["category_id"]), []).append(a["segmentation"])
    found: dict[tuple[int, int], list[dict]] = {}
    for r in out.results:
        found.setdefault((r["image_id"], r["category_id"]), []).append(r)
    judged = []
    for key, detections in found.items():
        detections = sorted(detections, key=lambda r: -r["score"])
        expected = truths.get(key, [])
        overlap = (
            rle.iou([r["segmentation"] for r in detections], expected, [0] * len(expected))
            if expected
            else np.zeros((len(detections), 0))
        )
        free = np.ones(len(expected), bool)
        for i, detection in enumerate(detections):
            candidates = np.where(free, overlap[i], 0) if len(expected) else np.zeros(0)
            hit = bool(candidates.size) and float(candidates.max()) >= 0.5
            if hit:
                free[int(candidates.argmax())] = False
            judged.append(Judged(names[key[1]], key[0], detection["score"], hit))
    judged += [Judged(name, image, score, False) for image, name, score in out.foreign]
    return judged


class Reports(NamedTuple):
    """Detections at or above their class's threshold; ``foreign`` are the wrong ones of classes that the dataset lacks."""

    right: int
    wrong: int
    foreign: int

    def __str__(self) -> str:
        return f"{self.right} of {self.right + self.wrong} reports right, {self.foreign} of foreign classes"


def count_reports(out: Evaluation, annotations: dict, thresholds: dict[str, float]) -> Reports:
    """What is reported, on all images; as ``src/core/evaluation/reports.ts`` counts it."""
    shown = [d for d in judge(out, annotations) if d.score >= thresholds.get(d.category, DEFAULT_THRESHOLD)]
    right = sum(d.right for d in shown)
    foreign = sum(score >= thresholds.get(name, DEFAULT_THRESHOLD) for _, name, score in out.foreign)
    return Reports(right, len(shown) - right, foreign)


def truth_counts(annotations: dict) -> dict[str, int]:
    """Annotations per class, classes without any left out."""
    names = {c["id"]: c["name"] for c in annotations["categories"]}
    return dict(Counter(names[a["category_id"]] for a in annotations["annotations"]))


def best_f1(scored: list[tuple[float, bool]], truths: int) -> float:
    """The score at which F1 is best; the middle of the gap to the next lower score, rounded."""
    scored = sorted(scored, reverse=True)
    best, threshold, hits = -1.0, DEFAULT_THRESHOLD, 0
    for i, (score, hit) in enumerate(scored):
        hits += hit
        below = scored[i + 1][0] if i + 1 < len(scored) else SCORE_MARGIN
        f1 = 2 * hits / (i + 1 + truths)
        if f1 > best and below < score:
            best, threshold = f1, (score + below) / 2
    return round(min(0.95, max(0.1, threshold)), 2)


SCORE_MARGIN = 0.05
MIN_EXAMPLES = 50


def recommended_thresholds(runs: list[tuple[Evaluation, dict]]) -> dict[str, float]:
    """From what was found on the photos of every dataset: where a class can't occur, each of its detections is wrong."""
    found = [found for out, truth in runs for found in judge(out, truth)]
    return choose_thresholds(found, [truth_counts(truth) for _, truth in runs])


def choose_thresholds(found: list[Judged], datasets: list[dict[str, int]]) -> dict[str, float]:
    """Per class the threshold of best F1; classes with under 50 examples of a dataset share one.

    ``datasets`` holds each one's number of examples by class.
    """
    scored: dict[str, list[tuple[float, bool]]] = {}
    for f in found:
        scored.setdefault(f.category, []).append((f.score, f.right))
    thresholds: dict[str, float] = {}
    for count in datasets:
        rare = [name for name, n in count.items() if n < MIN_EXAMPLES]
        for name in set(count) - set(rare):
            thresholds[name] = best_f1(scored.get(name, []), count[name])
        if rare:
            pooled = best_f1([s for n in rare for s in scored.get(n, [])], sum(count[n] for n in rare))
            thresholds.update(dict.fromkeys(rare, pooled))
    return thresholds


def summary(out: Evaluation, alarms: float, reports: Reports, threads: int) -> str:
    return (
        f"mask AP50 {out.mask_ap50:.3f}  mask AP {out.mask_ap:.3f}  pixel IoU {out.pixel_iou:.3f}  "
        f"false alarms per clean image {alarms:.2f}  {reports}  images {out.images}  "
        f"median ms {out.median_ms:.0f}  threads {threads or os.cpu_count()}"
    )


def report(predictor: Predictor, folder: Path, split: str, limit: int, threads: int, results: Path | None) -> dict:
    """Evaluates, prints per class and the summary line, writes the COCO results if asked; returns the card's row."""
    out = evaluate(predictor, folder, split, limit)
    annotations = json.loads((folder / f"{split}.json").read_text())
    thresholds = {c["name"]: c.get("threshold", DEFAULT_THRESHOLD) for c in predictor.metadata["classes"]}
    for name, figures in out.per_class.items():
        print(f"  {name:12} AP50 {figures['AP50']:.3f}  AP {figures['AP']:.3f}  truths {figures['truths']}")
    low, high = out.mask_ap50_interval
    print(f"  box AP {out.box_ap:.3f}  mask AP50 with 95 % between {low:.3f} and {high:.3f}")
    alarms = false_alarms(out, annotations, thresholds)
    print(summary(out, alarms, count_reports(out, annotations, thresholds), threads))
    if results:
        results.write_text(json.dumps(out.results))
    return card_row(out, alarms, split)


def card_row(out: Evaluation, alarms: float, split: str) -> dict:
    """What metadata and card say of one dataset."""
    return {
        "split": split,
        **out.metrics(),
        "cleanImages": out.clean_images,
        "falseAlarmsPerCleanImage": round(alarms, 4),
    }


def card_table(rows: dict[str, dict]) -> str:
    """The card's table, as ``evaluate`` prints it."""
    lines = [
        "| dataset | mask AP50 (95 % interval) | mask AP | box AP | pixel IoU | images |",
        "|---|---|---|---|---|---|",
    ]
    for name, m in rows.items():
        low, high = m["maskAP50Interval"]
        lines.append(
            f"| {name} | {m['maskAP50']:.3f} ({low:.2f} to {high:.2f}) | {m['maskAP']:.3f} | {m['boxAP']:.3f} "
            f"| {m['pixelIoU']:.3f} | {m['images']} |"
        )
    return "\n".join(lines)
