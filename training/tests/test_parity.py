"""The shipped model still sees in the fixtures what the browser's tests expect. Needs onnxruntime, not torch."""

import json
from pathlib import Path

import pytest
from pycocotools import mask as rle

from training.parity import detections, novelty
from training.predict import OnnxFeatures, load_onnx

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "parity"
EXPECTED = json.loads((FIXTURES / "expected.json").read_text())["pictures"]


MODEL = ROOT / "public" / "models" / "surface-defects.onnx"


@pytest.fixture(scope="module")
def predictor():
    return load_onnx(MODEL)


@pytest.mark.parametrize("name", EXPECTED)
def test_detections_are_the_recorded_ones(predictor, name: str) -> None:
    # Kernels differ between processors in the last bits: what is well above the floor must be there again.
    found = detections(predictor, FIXTURES / name)
    for wanted in (d for d in EXPECTED[name]["detections"] if d["score"] >= 0.1):
        match = max(
            (d for d in found if d["classId"] == wanted["classId"]),
            key=lambda d: rle.iou([d["segmentation"]], [wanted["segmentation"]], [0])[0][0],
        )
        assert match["score"] == pytest.approx(wanted["score"], abs=0.01)
        assert match["box"] == pytest.approx(wanted["box"], abs=0.5)
        assert rle.iou([match["segmentation"]], [wanted["segmentation"]], [0])[0][0] >= 0.98


def test_novelty_is_the_recorded_one(predictor) -> None:
    features = OnnxFeatures(MODEL)
    for name, wanted in EXPECTED.items():
        assert novelty(features, predictor, FIXTURES / name) == pytest.approx(wanted["novelty"], abs=0.005)


def test_there_is_enough_to_compare() -> None:
    assert sum(d["score"] >= 0.1 for picture in EXPECTED.values() for d in picture["detections"]) >= 30
    assert EXPECTED["blank.png"]["detections"] == []
