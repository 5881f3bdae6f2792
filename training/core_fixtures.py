"""``python -m training.core_fixtures``: reference results for the tests of the TypeScript core.

Writes small files to tests/fixtures/core: resizing by PIL, run-length encodings, polygons and average precision
by pycocotools, mask rasterisation by numpy. Seeded; the same packages write the same files.
"""

from __future__ import annotations

import base64
import contextlib
import copy
import io
import json
from pathlib import Path

import numpy as np
from PIL import Image
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from .evaluate import Evaluation, count_reports
from .masks import paste_full

OUT = Path("tests/fixtures/core")

# name, input width and height, output width and height
RESIZES = [
    ("down", 61, 47, 23, 18),
    ("down-far", 97, 64, 7, 5),
    ("down-whole-factor", 64, 48, 32, 24),
    ("down-slightly", 40, 30, 39, 29),
    ("up", 17, 11, 40, 26),
    ("up-slightly", 20, 20, 26, 26),
    ("identity", 19, 13, 19, 13),
    ("width-only", 33, 12, 20, 12),
    ("height-only", 12, 33, 12, 50),
    ("up-and-down", 30, 20, 11, 47),
    ("one-pixel-up", 1, 1, 5, 3),
    ("one-pixel-down", 9, 7, 1, 1),
    ("column", 1, 50, 1, 13),
    ("row", 50, 1, 77, 1),
]


def text(data: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(data).tobytes()).decode()


def pixels(rng: np.random.Generator, width: int, height: int, kind: int) -> np.ndarray:
    """Noise, black and white only, or a smooth gradient with noise: rounding is tried in all of them."""
    if kind == 0:
        return rng.integers(0, 256, (height, width, 4), dtype=np.uint8)
    if kind == 1:
        return rng.integers(0, 2, (height, width, 4), dtype=np.uint8) * np.uint8(255)
    y, x = np.mgrid[:height, :width]
    ramp = (x * 255 / max(1, width - 1) + y * 255 / max(1, height - 1)) / 2
    noisy = ramp[..., None] + rng.normal(0, 4, (height, width, 4))
    return noisy.clip(0, 255).astype(np.uint8)


def resampling(rng: np.random.Generator) -> list[dict]:
    """Alpha is noise, so that a result which depends on it shows."""
    cases = []
    for i, (name, width, height, out_width, out_height) in enumerate(RESIZES):
        rgba = pixels(rng, width, height, i % 3)
        rgb = Image.fromarray(np.ascontiguousarray(rgba[..., :3]))
        resized = rgb.resize((out_width, out_height), Image.Resampling.BILINEAR)
        cases.append(
            {
                "name": name,
                "width": width,
                "height": height,
                "outWidth": out_width,
                "outHeight": out_height,
                "rgba": text(rgba),
                "rgb": text(np.asarray(resized)),
            }
        )
    return cases


def blob(rng: np.random.Generator, width: int, height: int, least: float = 2) -> np.ndarray:
    """A rotated ellipse with a rough edge, clipped by the image."""
    y, x = np.mgrid[:height, :width]
    cx, cy = rng.uniform(0, width), rng.uniform(0, height)
    a, b = rng.uniform(least, width / 3), rng.uniform(least, height / 3)
    turn = rng.uniform(0, np.pi)
    u = (x - cx) * np.cos(turn) + (y - cy) * np.sin(turn)
    v = (y - cy) * np.cos(turn) - (x - cx) * np.sin(turn)
    return ((u / a) ** 2 + (v / b) ** 2 + rng.normal(0, 0.05, (height, width)) < 1).astype(np.uint8)


def encode(mask: np.ndarray) -> dict:
    rle = coco_mask.encode(np.asfortranarray(mask))
    return {"size": [int(v) for v in rle["size"]], "counts": rle["counts"].decode()}


def runs(mask: np.ndarray) -> list[int]:
    """Lengths of the runs of 0 and 1 in turn, column by column, from the definition."""
    flat = mask.flatten(order="F")
    changes = np.flatnonzero(np.diff(np.concatenate([[0], flat]).astype(int)) != 0)
    return np.diff(np.concatenate([[0], changes, [flat.size]])).tolist()


def run_lengths(rng: np.random.Generator) -> dict:
    masks = [
        np.zeros((5, 4), np.uint8),
        np.ones((5, 4), np.uint8),
        np.eye(6, dtype=np.uint8),
        np.array([[1]], np.uint8),
        np.pad(np.ones((40, 300), np.uint8), ((200, 60), (40, 60))),
        rng.integers(0, 2, (13, 17), dtype=np.uint8),
        *(blob(rng, 90, 70) for _ in range(5)),
    ]
    cases = []
    for mask in masks:
        rle = encode(mask)
        cases.append(
            {
                **rle,
                "runs": runs(mask),
                "mask": text(np.packbits(mask)),
                "area": int(coco_mask.area(rle)),
                "box": [float(v) for v in coco_mask.toBbox(rle)],
            }
        )
    overlapping = [encode(blob(rng, 60, 50)) for _ in range(8)]
    crowd = [i % 2 for i in range(8)]
    return {
        "masks": cases,
        "overlaps": {
            "masks": overlapping,
            "crowd": crowd,
            "iou": coco_mask.iou(overlapping, overlapping, crowd).tolist(),
            "union": coco_mask.merge(overlapping)["counts"].decode(),
        },
    }


def polygons(rng: np.random.Generator) -> list[dict]:
    """Random stars, some self-crossing, some leaving the image, and what pycocotools makes of them."""
    cases = []
    width, height = 48, 36
    for i in range(24):
        corners = int(rng.integers(3, 12))
        points = rng.uniform(-6, [width + 6, height + 6], (corners, 2))
        if i % 2:
            angle = np.sort(rng.uniform(0, 2 * np.pi, corners))
            radius = rng.uniform(3, 20, corners)
            points = np.stack([24 + radius * np.cos(angle), 18 + radius * np.sin(angle)], 1)
        if i % 3 == 0:
            points = points.round()
        polygon = [round(float(v), 2) for v in points.ravel()]
        rle = coco_mask.frPyObjects([polygon], height, width)[0]
        cases.append({"polygon": polygon, "width": width, "height": height, "counts": rle["counts"].decode()})
    return cases


def rasterisation(rng: np.random.Generator) -> list[dict]:
    """Boxes inside, across and larger than the photo, down to slivers; grids of noise and of smooth shapes."""
    cases = []
    boxes = [
        (20, 15, 4.25, 3.5, 11.3, 8.1),
        (20, 15, -3.7, -2.2, 12.0, 9.9),
        (20, 15, 12.4, 8.8, 15.0, 11.0),
        (20, 15, -10.0, -10.0, 60.0, 50.0),
        (64, 48, 10.0, 5.0, 28.0, 28.0),
        (64, 48, 3.125, 2.75, 56.5, 40.25),
        (64, 48, 30.2, 10.0, 0.7, 30.0),
        (64, 48, 5.0, 20.6, 50.0, 1.3),
        (1, 1, 0.0, 0.0, 1.0, 1.0),
        (30, 30, 7.5, 7.5, 15.0, 15.0),
        (30, 30, 40.0, 40.0, 5.0, 5.0),
    ]
    for i, (width, height, x, y, w, h) in enumerate(boxes):
        for size in (1, 2, 7, 28):
            grid = rng.uniform(0, 1, (size, size)).astype(np.float32)
            if i % 2 and size > 2:
                v, u = np.mgrid[:size, :size] / (size - 1) - 0.5
                grid = (1 / (1 + np.exp(20 * (np.hypot(u, 1.4 * v) - 0.35)))).astype(np.float32)
            if i == 9:
                # Equal parts of exactly representable values: the level itself is met.
                grid = (rng.integers(0, 5, (size, size)) / 4).astype(np.float32)
            mask = paste_full(grid, np.array([x, y, x + w, y + h]), width, height)
            cases.append(
                {
                    "width": width,
                    "height": height,
                    # The rule works on corners: the width that subtracting them gives.
                    "box": [x, y, x + w - x, y + h - y],
                    "size": size,
                    "grid": text(grid),
                    "mask": text(np.packbits(mask)),
                    "area": int(mask.sum()),
                }
            )
    return cases


def shifted(rng: np.random.Generator, mask: np.ndarray, by: int) -> np.ndarray:
    return np.roll(mask, rng.integers(-by, by + 1, 2), (0, 1))


def detection_set(rng: np.random.Generator) -> tuple[dict, list[dict]]:
    """Several classes, crowds, equal scores, images without truth, a class without truth, over 100 detections."""
    width, height = 80, 60
    categories = [{"id": i, "name": f"class-{i}"} for i in (2, 3, 5, 7, 8)]
    images = [
        {"id": i, "width": width, "height": height, "file_name": f"{i}.png"} for i in (9, 4, 11, 2, 6, 7, 12, 15, 30, 1)
    ]
    annotations: list[dict] = []
    results: list[dict] = []

    def result(image_id: int, category_id: int, mask: np.ndarray, score: float) -> None:
        rle = encode(mask)
        box = coco_mask.toBbox(rle) + rng.normal(0, 0.3, 4)
        results.append(
            {
                "image_id": image_id,
                "category_id": category_id,
                "score": round(score, 1),
                "bbox": [round(float(v), 2) for v in box],
                "segmentation": rle,
            }
        )

    def annotate(image_id: int, category_id: int, mask: np.ndarray, crowd: int) -> None:
        counts = runs(mask) if crowd else encode(mask)["counts"]
        annotations.append(
            {
                "id": len(annotations) + 1,
                "image_id": image_id,
                "category_id": category_id,
                "segmentation": {"size": [height, width], "counts": counts},
                "area": float(mask.sum()),
                "bbox": [float(v) for v in coco_mask.toBbox(encode(mask))],
                "iscrowd": crowd,
            }
        )

    for image in images[:-2]:
        # Nothing is annotated as class 8, and class 7 in crowds only.
        for category_id in rng.choice([2, 3, 5, 7], rng.integers(2, 7)):
            mask = blob(rng, width, height, 6)
            if not mask.any():
                continue
            annotate(image["id"], int(category_id), mask, int(category_id == 7 or rng.random() < 0.15))
            for _ in range(rng.integers(0, 4)):
                # Scores of one decimal: many are equal.
                result(image["id"], int(category_id), shifted(rng, mask, 2), float(rng.uniform(0.3, 1)))
    for image in images:
        for _ in range(3):
            mask = blob(rng, width, height)
            if mask.any():
                result(image["id"], int(rng.choice([2, 3, 5, 7, 8])), mask, float(rng.uniform(0, 1)))
    # Right, but crowded out by a hundred better scores on the same image.
    small = np.zeros((height, width), np.uint8)
    small[5:12, 5:12] = 1
    annotate(1, 3, small, 0)
    result(1, 3, small, 0.3)
    for _ in range(102):
        result(1, 3, np.roll(small, int(rng.integers(20, 40)), 1), 0.4)
    order = rng.permutation(len(results))
    return {"images": images, "annotations": annotations, "categories": categories}, [results[i] for i in order]


def average_precision(truth: dict, results: list[dict], image_ids: list[int] | None) -> dict:
    """pycocotools' figures. Its classes are those with a precision above -1."""
    out = {}
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        coco.dataset = copy.deepcopy(truth)
        coco.createIndex()
        found = coco.loadRes(copy.deepcopy(results))
        for kind in ("segm", "bbox"):
            run = COCOeval(coco, found, kind)
            if image_ids:
                run.params.imgIds = image_ids
            run.evaluate()
            run.accumulate()
            run.summarize()
            precision = run.eval["precision"][:, :, :, 0, 2]
            out[kind] = {
                "AP": float(run.stats[0]),
                "AP50": float(run.stats[1]),
                "AP75": float(run.stats[2]),
                "classes": [
                    {
                        "id": int(category),
                        "AP": float(precision[:, :, k].mean()),
                        "AP50": float(precision[0, :, k].mean()),
                    }
                    for k, category in enumerate(run.params.catIds)
                    if (precision[:, :, k] > -1).any()
                ],
            }
    return out


def pixel_iou(truth: dict, results: list[dict]) -> float:
    """Pixels that only crowds hold count neither way."""
    intersection = union = 0
    for image in truth["images"]:
        seen = np.zeros((image["height"], image["width"]), bool)
        real = np.zeros_like(seen)
        crowd = np.zeros_like(seen)
        for r in results:
            if r["image_id"] == image["id"] and r["score"] >= 0.5:
                seen |= coco_mask.decode(r["segmentation"]).astype(bool)
        for a in truth["annotations"]:
            if a["image_id"] == image["id"]:
                rle = a["segmentation"]
                if isinstance(rle["counts"], list):
                    rle = coco_mask.frPyObjects(rle, *rle["size"])
                part = crowd if a.get("iscrowd") else real
                part |= coco_mask.decode(rle).astype(bool)
        seen &= real | ~crowd
        intersection += int((seen & real).sum())
        union += int((seen | real).sum())
    return intersection / union


def evaluation(rng: np.random.Generator) -> dict:
    truth, results = detection_set(rng)
    some = [4, 2, 1]
    return {
        "groundTruth": truth,
        "results": results,
        "expected": average_precision(truth, results, None),
        "someImages": some,
        "expectedOfSome": average_precision(truth, results, some),
        "pixelIou": pixel_iou(truth, results),
    }


def reports(rng: np.random.Generator) -> dict:
    """The same set without its crowds, two of its classes taken for another dataset's."""
    truth, results = detection_set(rng)
    others = {7: "fray", 8: "blowhole"}
    categories = [c for c in truth["categories"] if c["id"] not in others]
    annotations = [a for a in truth["annotations"] if not a["iscrowd"] and a["category_id"] not in others]
    # Without the image that holds more detections of a class than are ever looked at.
    images = [image for image in truth["images"] if image["id"] != 1]
    wanted = {image["id"] for image in images}
    truth = {
        "images": images,
        "annotations": [a for a in annotations if a["image_id"] in wanted],
        "categories": categories,
    }
    results = [
        {**r, "category_id": -r["category_id"] if r["category_id"] in others else r["category_id"]}
        for r in results
        if r["image_id"] in wanted
    ]
    thresholds = {**{c["id"]: 0.4 + 0.1 * i for i, c in enumerate(categories)}, -7: 0.6}
    names = {**{c["id"]: c["name"] for c in categories}, **{-k: name for k, name in others.items()}}
    run = Evaluation(
        "drawn",
        len(images),
        [r for r in results if r["category_id"] > 0],
        [(r["image_id"], names[r["category_id"]], r["score"]) for r in results if r["category_id"] < 0],
    )
    counted = count_reports(run, truth, {names[k]: v for k, v in thresholds.items()})
    return {
        "groundTruth": truth,
        "results": results,
        "foreign": {-k: name for k, name in others.items()},
        "thresholds": thresholds,
        "expected": counted._asdict(),
    }


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    total = 0
    for name, make in {
        "resample": resampling,
        "rle": run_lengths,
        "polygon": polygons,
        "mask": rasterisation,
        "evaluation": evaluation,
        "reports": reports,
    }.items():
        # A generator for each file: a new case in one leaves the others as they are.
        data = make(np.random.default_rng(20240607))
        total += (OUT / f"{name}.json").write_text(json.dumps(data, separators=(",", ":")) + "\n")
    print(f"{total / 1000:.0f} kB in {OUT}")


if __name__ == "__main__":
    main()
