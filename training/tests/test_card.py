"""The card beside the model is the one that its figures make: nobody has written into it."""

import json
from pathlib import Path

import pytest

from training.card import chosen_on, model_card
from training.folds import FOLDS
from training.predict import read_metadata

MODEL = Path("public/models/surface-defects.onnx")
CARD = MODEL.with_name("MODEL_CARD.md").read_text()
METADATA = read_metadata(MODEL)
MEASURED = json.loads(Path("training/figures/val.json").read_text())


def test_the_card_is_made_of_figures() -> None:
    assert set(MEASURED["classes"]) == {c["name"] for c in METADATA["classes"]}
    assert model_card(METADATA, MEASURED, MODEL) == CARD


def test_figures_of_another_file_are_refused() -> None:
    with pytest.raises(ValueError, match="those of another file"):
        model_card(METADATA, {**MEASURED, "sha256": "0" * 64}, MODEL)


def test_the_card_says_that_its_figures_flatter() -> None:
    unknown = chosen_on(MEASURED["datasets"], None)
    assert "were chosen on the photos that these figures are of" in unknown
    assert "0.61 on bsdata (0.81 above)" in CARD
    assert unknown in CARD


def test_the_card_reports_folds() -> None:
    assert MEASURED["folds"] == FOLDS
    for name in MEASURED["datasets"]:
        left_out, seen = (MEASURED[key]["datasets"][name]["f1"] for key in ("unseen", "seen"))
        assert f"| {name} | other photos |" in CARD
        assert f"{left_out[0]:.2f} ({left_out[1]:.2f} to {left_out[2]:.2f})" in CARD
        assert left_out[0] <= seen[0]


def test_the_file_carries_what_is_chosen_with_foreign_classes_counted() -> None:
    for name, figures in MEASURED["classes"].items():
        assert figures["chosenAgain"] == figures["threshold"], name
    calibration = METADATA["metrics"]["calibration"]
    assert MEASURED["calibration"]["chosenAgain"] == pytest.approx([calibration[k] for k in "abc"], abs=0.001)
