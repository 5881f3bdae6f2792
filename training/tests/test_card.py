"""The card beside the model is the one that its figures make: nobody has written into it."""

import re
from pathlib import Path

from training.card import chosen_on, model_card
from training.predict import read_metadata

MODEL = Path("public/models/surface-defects.onnx")
CARD = MODEL.with_name("MODEL_CARD.md").read_text()
METADATA = read_metadata(MODEL)


def test_the_card_is_made_of_figures() -> None:
    rows = re.findall(r"^\| (\w+) \| [^|]+ \| (\d\.\d{3}) \| (\d+) \| \d\.\d\d \|$", CARD, re.M)
    assert len(rows) == len(METADATA["classes"])
    figures = {name: {"AP50": float(ap), "truths": int(truths)} for name, ap, truths in rows}
    assert model_card(METADATA, figures, MODEL.name, MODEL.stat().st_size) == CARD


def test_the_card_says_that_its_figures_flatter() -> None:
    unknown = chosen_on(METADATA["metrics"], None)
    assert "were chosen on the photos that these figures are of" in unknown
    assert "0.61 on bsdata (0.81 above)" in CARD
    assert unknown in CARD
