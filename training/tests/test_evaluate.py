import json
from pathlib import Path

from training.evaluate import (
    Evaluation,
    best_f1,
    count_reports,
    evenly,
    false_alarms,
    judge,
    recommended_thresholds,
    truth_counts,
)


def test_evenly_spaced() -> None:
    assert evenly(list(range(10)), 5) == [0, 2, 4, 6, 8]
    assert evenly(list(range(3)), 5) == [0, 1, 2]


def test_best_f1_lies_between_the_last_hit_and_the_first_miss() -> None:
    scored = [(0.9, True), (0.8, True), (0.4, False), (0.3, False)]
    assert best_f1(scored, 2) == 0.6


def rectangle(x: int, y: int, w: int, h: int) -> dict:
    import numpy as np
    from pycocotools import mask as rle

    mask = np.zeros((40, 40), np.uint8, order="F")
    mask[y : y + h, x : x + w] = 1
    return rle.encode(mask)


ANNOTATIONS = {
    "categories": [{"id": 1, "name": "pitting"}],
    "images": [{"id": 1}, {"id": 2}],
    "annotations": [{"image_id": 1, "category_id": 1, "segmentation": rectangle(5, 5, 10, 10)}],
}
RESULTS = [
    {"image_id": 1, "category_id": 1, "score": 0.9, "segmentation": rectangle(5, 5, 10, 9)},
    {"image_id": 1, "category_id": 1, "score": 0.7, "segmentation": rectangle(5, 5, 10, 10)},
    {"image_id": 2, "category_id": 1, "score": 0.6, "segmentation": rectangle(20, 20, 5, 5)},
]


def test_one_truth_is_matched_once() -> None:
    judged = judge(Evaluation("x", 2, RESULTS), ANNOTATIONS)
    assert [(j.image, j.score, j.right) for j in judged] == [(1, 0.9, True), (1, 0.7, False), (2, 0.6, False)]
    assert truth_counts(ANNOTATIONS) == {"pitting": 1}
    assert recommended_thresholds([(Evaluation("x", 2, RESULTS), ANNOTATIONS)]) == {"pitting": 0.8}


def test_false_alarms_count_clean_images_only() -> None:
    run = Evaluation("x", 2, RESULTS, clean_images=1)
    assert false_alarms(run, ANNOTATIONS, {"pitting": 0.5}) == 1
    assert false_alarms(run, ANNOTATIONS, {"pitting": 0.65}) == 0


def test_detections_of_another_datasets_classes_are_wrong() -> None:
    run = Evaluation("x", 2, RESULTS, foreign=[(1, "crack", 0.8), (2, "crack", 0.2)])
    judged = [(j.category, j.right) for j in judge(run, ANNOTATIONS) if j.category == "crack"]
    assert judged == [("crack", False), ("crack", False)]
    assert count_reports(run, ANNOTATIONS, {"pitting": 0.65, "crack": 0.3}) == (1, 2, 1)


def test_a_threshold_keeps_a_class_off_photos_of_other_datasets() -> None:
    cracks = {"categories": [{"id": 1, "name": "crack"}], "images": [{"id": 1}], "annotations": []}
    there = Evaluation("x", 2, RESULTS[:1])
    elsewhere = Evaluation("y", 1, [], foreign=[(1, "pitting", 0.86)])
    assert recommended_thresholds([(there, ANNOTATIONS)]) == {"pitting": 0.48}
    assert recommended_thresholds([(there, ANNOTATIONS), (elsewhere, cracks)]) == {"pitting": 0.88}


def test_reports_are_counted_as_in_the_browser() -> None:
    case = json.loads(Path("tests/fixtures/core/reports.json").read_text())
    truth, expected = case["groundTruth"], case["expected"]
    known = {c["id"]: c["name"] for c in truth["categories"]}
    results = [r for r in case["results"] if r["category_id"] in known]
    foreign = [
        (r["image_id"], case["foreign"][str(r["category_id"])], r["score"])
        for r in case["results"]
        if r["category_id"] not in known
    ]
    names = known | {int(k): v for k, v in case["foreign"].items()}
    thresholds = {names[int(k)]: v for k, v in case["thresholds"].items()}
    counted = count_reports(Evaluation("x", len(truth["images"]), results, foreign), truth, thresholds)
    assert counted == (expected["right"], expected["wrong"], expected["foreign"])
