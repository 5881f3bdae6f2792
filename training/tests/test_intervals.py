"""Bootstrap intervals: the same average precision as COCO's, and wider with fewer photos."""

import contextlib
import io

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from training.intervals import average_precision, bootstrap_ap50


def run_of(photos: int) -> COCOeval:
    """One box truth and two boxes found per photo, the better one right in three of four photos."""
    rng = np.random.default_rng(0)
    boxes, found = [], []
    for i in range(photos):
        boxes.append(
            {"id": i + 1, "image_id": i, "category_id": 1, "bbox": [10, 10, 20, 20], "area": 400, "iscrowd": 0}
        )
        x = 10 if i % 4 else 60
        found.append({"image_id": i, "category_id": 1, "bbox": [x, 10, 20, 20], "score": float(rng.uniform(0.3, 1))})
        found.append({"image_id": i, "category_id": 1, "bbox": [80, 80, 9, 9], "score": float(rng.uniform(0, 0.7))})
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = {
            "images": [{"id": i} for i in range(photos)],
            "categories": [{"id": 1}],
            "annotations": boxes,
            "info": {},
        }
        truth.createIndex()
        run = COCOeval(truth, truth.loadRes(found), "bbox")
        run.evaluate()
        run.accumulate()
        run.summarize()
    return run


def test_weights_of_one_give_coco_s_figure() -> None:
    run = run_of(40)
    cells = [c for c in run.evalImgs[:40] if c]
    scores = np.concatenate([c["dtScores"] for c in cells])
    right = np.concatenate([c["dtMatches"][0] > 0 for c in cells])
    figure = average_precision(scores, right, 40, np.ones(len(scores)))
    np.testing.assert_allclose(figure, run.stats[1], atol=1e-6)


def test_the_interval_holds_the_figure_and_shrinks() -> None:
    few, many = run_of(16), run_of(160)
    for run in (few, many):
        low, high = bootstrap_ap50(run, samples=200)
        assert 0 <= low < run.stats[1] < high <= 1
    widths = [high - low for low, high in (bootstrap_ap50(r, samples=200) for r in (few, many))]
    assert widths[1] < 0.6 * widths[0]
