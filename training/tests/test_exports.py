"""The Python that docs/exports.md gives reads what the page writes."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

ROOT = Path(__file__).parents[2]
RECORD = json.loads((ROOT / "tests/fixtures/exports/defects.json").read_text())


@pytest.fixture(scope="module")
def documented():
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/exports.md").read_text(), re.S)
    names = {}
    exec(code, names)
    return names


def test_masks_and_outlines_agree(documented):
    (inspection,) = RECORD["inspections"]
    width, height = inspection["image"]["width"], inspection["image"]["height"]
    assert len(inspection["detections"]) == 3
    for detection in inspection["detections"]:
        mask = documented["mask_of"](detection, width, height)
        assert mask.sum() == detection["area"]
        rows, columns = np.nonzero(mask)
        x, y, w, h = detection["box"]
        assert [x, y, x + w - 1, y + h - 1] == [columns.min(), rows.min(), columns.max(), rows.max()]
        # The shoelace formula: holes run the other way and count negative.
        enclosed = 0.0
        for contour in detection["contours"]:
            px, py = documented["points_of"](contour).T
            enclosed += np.sum(np.roll(px, 1) * py - px * np.roll(py, 1)) / 2
        assert enclosed == pytest.approx(detection["area"], rel=0.02)


@pytest.mark.parametrize("segmentation", ["rle", "polygon"])
def test_pycocotools_opens_coco(segmentation):
    path = ROOT / f"tests/fixtures/exports/defects-{segmentation}.coco.json"
    coco = COCO(str(path))
    names = [image["file_name"] for image in coco.loadImgs(coco.getImgIds())]
    assert len(names) == len(set(names)) == 3
    assert [len(coco.getAnnIds(imgIds=[image])) for image in coco.getImgIds()] == [3, 0, 3]
    for annotation in coco.loadAnns(coco.getAnnIds()):
        mask = coco.annToMask(annotation)
        assert int(mask.sum()) == pytest.approx(annotation["area"], rel=0 if segmentation == "rle" else 0.02)
        rows, columns = np.nonzero(mask)
        x, y, w, h = annotation["bbox"]
        assert [x, y, x + w - 1, y + h - 1] == pytest.approx(
            [columns.min(), rows.min(), columns.max(), rows.max()], abs=0 if segmentation == "rle" else 1
        )
    # Its annotations carry scores: they are results, too.
    results = coco.loadRes(json.loads(path.read_text())["annotations"])
    evaluation = COCOeval(coco, results, "segm")
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    assert evaluation.stats[0] == pytest.approx(1)
