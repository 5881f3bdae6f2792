"""Folds: whole photos, nothing seen twice, and figures that overfitting can't lift."""

import numpy as np
import pytest

from training.calibrate import Calibration, expected_error
from training.evaluate import Evaluation, Judged
from training.folds import FOLDS, Choice, Part, Tally, choose, deal, held_out, part_of

# Calibrated scores equal raw ones.
PLAIN = Calibration(1, 1, 0)


def drawn_part(photos: int, seed: int = 0, share: float = 1.0) -> Part:
    """Scores whose share of right ones is ``share`` of their square, 20 a photo, a defect for every right one and one missed."""
    rng = np.random.default_rng(seed)
    found, defects = [], []
    for photo in range(photos):
        for score in rng.uniform(0.05, 1, 20):
            right = bool(rng.random() < share * score**2)
            found.append(Judged("dent", photo, float(score), right))
            defects += [(photo, "dent")] * right
        defects.append((photo, "dent"))
    return Part("drawn", list(range(photos)), defects, found)


def test_photos_are_dealt_whole_and_the_rare_ones_evenly() -> None:
    defects = [(p, "dent") for p in range(10)] + [(p, "crack") for p in range(20, 25)] * 2
    folds = deal(Part("x", list(range(60)), defects, []))
    assert sorted(p for fold in folds for p in fold) == list(range(60))
    assert [len(fold & set(range(10))) for fold in folds] == [2] * FOLDS
    assert [len(fold & set(range(20, 25))) for fold in folds] == [1] * FOLDS
    assert folds == deal(Part("x", list(range(60)), defects, []))


def test_every_photo_is_judged_once_by_a_choice_that_did_not_see_it() -> None:
    part = drawn_part(50)
    outcomes, choices = held_out([part])
    assert sorted(p for o in outcomes for p in o.part.photos) == part.photos
    for outcome, choice in zip(outcomes, choices, strict=True):
        others = part.only(set(part.photos) - set(outcome.part.photos))
        assert choice == choose([others])


def test_photos_that_were_not_fitted_on_gain_too() -> None:
    part = drawn_part(1000)
    scores, right = (np.array([getattr(f, what) for f in part.found]) for what in ("score", "right"))
    assert expected_error(scores, right) > 0.12
    assert Tally(held_out([part])[0], samples=2).calibration_error()[0] < 0.02


def test_thresholds_that_fit_chance_are_found_out() -> None:
    """Scores that mean nothing: in the photos chosen on, F1 is what luck makes of it, in others it is lower."""
    gaps = []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        found = [Judged("dent", p, float(rng.uniform(0.06, 1)), bool(rng.random() < 0.5)) for p in range(30)]
        part = Part("x", list(range(30)), [(f.image, "dent") for f in found if f.right], found)
        seen = Tally([choose([part])(part)], samples=2).reports(category="dent")["f1"][0]
        unseen = Tally(held_out([part])[0], samples=2).reports(category="dent")["f1"][0]
        gaps.append(seen - unseen)
    assert np.mean(gaps) > 0.02


def test_figures_by_hand() -> None:
    found = [
        Judged("dent", 1, 0.9, True),
        Judged("dent", 1, 0.6, False),
        Judged("dent", 2, 0.3, True),
        Judged("crack", 3, 0.8, False),
    ]
    part = Part("x", [1, 2, 3, 4], [(1, "dent"), (2, "dent"), (2, "dent")], found)
    tally = Tally([Choice(PLAIN, {"dent": 0.5, "crack": 0.7})(part)])
    figures = tally.reports(dataset="x")
    assert figures["precision"][0] == pytest.approx(1 / 3, abs=1e-3)
    assert figures["recall"][0] == pytest.approx(1 / 3, abs=1e-3)
    assert figures["f1"][0] == pytest.approx(1 / 3, abs=1e-3)
    assert tally.reports(category="dent")["precision"][0] == 0.5
    # Two photos without a defect, one with a report.
    assert tally.false_alarms("x")[0] == 0.5
    low, high = tally.false_alarms("x")[1:]
    assert low < 0.5 < high
    assert Tally([Choice(PLAIN, {})(part.only({1, 2}))]).false_alarms("x") is None


def test_more_photos_narrow_the_interval() -> None:
    widths = []
    for photos in (20, 320):
        part = drawn_part(photos)
        _, low, high = Tally([choose([part])(part)]).reports(dataset="drawn")["f1"]
        widths.append(high - low)
    assert widths[1] < 0.5 * widths[0]


def test_detections_of_another_datasets_classes_count() -> None:
    truth = {
        "categories": [{"id": 1, "name": "dent"}],
        "images": [{"id": 1}],
        "annotations": [],
    }
    part = part_of(Evaluation("x", 1, [], foreign=[(1, "crack", 0.9), (1, "crack", 0.0)]), truth)
    assert part.found == [Judged("crack", 1, 0.9, False)]
    dents = drawn_part(50)
    stray = [Judged("dent", 0, 0.97, False)] * 200
    elsewhere = Part("elsewhere", [0], [(0, "crack")], stray)
    assert choose([dents, elsewhere], foreign=False).thresholds["dent"] == choose([dents]).thresholds["dent"]
    assert choose([dents, elsewhere]).calibration != choose([dents]).calibration
