"""The Python that docs/exports.md gives reads what the page writes."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

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
