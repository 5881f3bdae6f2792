"""What was chosen on val, measured on photos that the choice did not see.

Calibration and thresholds are chosen on four fifths of the photos and tried on the rest, five times: every
photo is judged once by a choice that knew nothing of it. What the network itself owes to val (its design, and when
training ended) no fold can show, only photos that were kept apart from the start: experiments/held_out.json.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from . import calibrate
from .calibrate import BINS, Calibration
from .evaluate import DEFAULT_THRESHOLD, Evaluation, Judged, choose_thresholds, judge
from .intervals import SAMPLES
from .predict import SCORE_FLOOR

FOLDS = 5
SEED = 0


@dataclass(frozen=True)
class Part:
    """Some photos of one dataset: their defects as (photo, class), and what was found in them, by raw scores."""

    name: str
    photos: list[int]
    defects: list[tuple[int, str]]
    found: list[Judged]

    @property
    def examples(self) -> Counter[str]:
        return Counter(category for _, category in self.defects)

    def only(self, photos: set[int]) -> Part:
        return Part(
            self.name,
            [p for p in self.photos if p in photos],
            [d for d in self.defects if d[0] in photos],
            [f for f in self.found if f.image in photos],
        )


def part_of(run: Evaluation, truth: dict) -> Part:
    names = {c["id"]: c["name"] for c in truth["categories"]}
    defects = [(a["image_id"], names[a["category_id"]]) for a in truth["annotations"]]
    # A score of 0 says that there is nothing.
    found = [f for f in judge(run, truth) if f.score > 0]
    return Part(run.name, sorted(i["id"] for i in truth["images"]), defects, found)


@dataclass(frozen=True)
class Outcome:
    """What a file gives for a part: calibrated scores, one per detection, and which detections it reports."""

    part: Part
    scores: np.ndarray
    reported: np.ndarray


@dataclass(frozen=True)
class Choice:
    """All that is chosen on val after training."""

    calibration: Calibration
    thresholds: dict[str, float]

    def __call__(self, part: Part) -> Outcome:
        scores = self.calibration(np.array([f.score for f in part.found]))
        limits = [self.thresholds.get(f.category, DEFAULT_THRESHOLD) for f in part.found]
        return Outcome(part, scores, scores >= limits)


def choose(parts: list[Part], *, foreign: bool = True) -> Choice:
    """As ``ship`` does. ``foreign``: whether detections of another dataset's classes count, which are all wrong."""
    found = [f for part in parts for f in part.found if foreign or f.category in part.examples]
    # Fainter ones end at the floor, whatever the calibration.
    fitted = [f for f in found if f.score >= SCORE_FLOOR]
    calibration = calibrate.fit(np.array([f.score for f in fitted]), np.array([f.right for f in fitted]))
    scores = calibration(np.array([f.score for f in found]))
    calibrated = [f._replace(score=float(s)) for f, s in zip(found, scores, strict=True)]
    return Choice(calibration, choose_thresholds(calibrated, [part.examples for part in parts]))


def deal(part: Part, folds: int = FOLDS, seed: int = SEED) -> list[set[int]]:
    """Whole photos, at random, but those with the same classes evenly: no fold is left without a rare one."""
    classes = {photo: sorted({c for p, c in part.defects if p == photo}) for photo in part.photos}
    shuffled = np.random.default_rng(seed).permutation(part.photos).tolist()
    ordered = sorted(shuffled, key=lambda photo: classes[photo])
    return [set(ordered[k::folds]) for k in range(folds)]


def held_out(parts: list[Part], *, foreign: bool = True) -> tuple[list[Outcome], list[Choice]]:
    """Every photo's outcome by the choice made on the other folds, and these choices."""
    dealt = [deal(part) for part in parts]
    outcomes, choices = [], []
    for k in range(FOLDS):
        others = [p.only(set(p.photos) - folds[k]) for p, folds in zip(parts, dealt, strict=True)]
        choice = choose(others, foreign=foreign)
        outcomes += [choice(p.only(folds[k])) for p, folds in zip(parts, dealt, strict=True)]
        choices.append(choice)
    return outcomes, choices


class Tally:
    """Counts by photo of some outcomes, over all photos and over draws of them: figures come with their 95 % interval.

    Photos are drawn with replacement, each dataset's among themselves.
    """

    def __init__(self, outcomes: list[Outcome], samples: int = SAMPLES) -> None:
        photos = [(o.part.name, p) for o in outcomes for p in o.part.photos]
        row = {photo: i for i, photo in enumerate(photos)}
        found = [(o.part.name, f) for o in outcomes for f in o.part.found]
        defects = [((o.part.name, p), c) for o in outcomes for p, c in o.part.defects]
        self.dataset = np.array([name for name, _ in photos])
        self.defective = np.isin(np.arange(len(photos)), [row[photo] for photo, _ in defects])
        self.owner = np.array([row[name, f.image] for name, f in found])
        self.category = np.array([f.category for _, f in found])
        self.right = np.array([f.right for _, f in found])
        self.scores = np.concatenate([o.scores for o in outcomes])
        self.reported = np.concatenate([o.reported for o in outcomes])
        self.defect_owner = np.array([row[photo] for photo, _ in defects])
        self.defect_category = np.array([c for _, c in defects])
        rng = np.random.default_rng(SEED)
        self.weights = np.ones((samples + 1, len(photos)))
        for name in np.unique(self.dataset):
            rows = np.flatnonzero(self.dataset == name)
            for draw in self.weights[1:]:
                draw[rows] = np.bincount(rng.integers(0, len(rows), len(rows)), minlength=len(rows))

    def _sums(self, owner: np.ndarray) -> np.ndarray:
        """How often each draw holds the photos named, one number per draw."""
        return self.weights @ np.bincount(owner, minlength=len(self.dataset))

    def reports(self, *, dataset: str | None = None, category: str | None = None) -> dict[str, list[float]]:
        """Precision, recall and F1 of what is reported: on one dataset's photos, or of one class on all photos."""
        shown, defect = self.reported.copy(), np.ones(len(self.defect_owner), bool)
        if dataset:
            shown &= self.dataset[self.owner] == dataset
            defect &= self.dataset[self.defect_owner] == dataset
        if category:
            shown &= self.category == category
            defect &= self.defect_category == category
        reported, right = self._sums(self.owner[shown]), self._sums(self.owner[shown & self.right])
        defects = self._sums(self.defect_owner[defect])
        with np.errstate(invalid="ignore", divide="ignore"):
            return {
                "precision": interval(right / reported),
                "recall": interval(right / defects),
                "f1": interval(2 * right / (reported + defects)),
            }

    def false_alarms(self, dataset: str) -> list[float] | None:
        """Reports per photo without a defect; None where the dataset has no such photo."""
        clean = (self.dataset == dataset) & ~self.defective
        if not clean.any():
            return None
        alarms = self.owner[self.reported & clean[self.owner]]
        return interval(self._sums(alarms) / np.maximum(1, self._sums(np.flatnonzero(clean))))

    def calibration_error(self, least: float = 0) -> list[float]:
        """Expected calibration error over all detections that score ``least``."""
        seen = self.scores >= least
        index = np.minimum((self.scores * BINS).astype(int), BINS - 1)
        off = np.zeros((len(self.dataset), BINS))
        np.add.at(off, (self.owner[seen], index[seen]), (self.scores - self.right)[seen])
        return interval(np.abs(self.weights @ off).sum(1) / self._sums(self.owner[seen]))


def interval(values: np.ndarray) -> list[float]:
    """The figure and the interval of 95 % of its draws; a draw in which there is no such figure is left out."""
    low, high = np.nanquantile(values[1:], (0.025, 0.975))
    return [round(float(v), 3) for v in (values[0], low, high)]
