"""Whether a converted file finds what PyTorch finds, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..masks import paste_full
from ..predict import Predictor
from .pictures import Picture
from .quantise import Quantisation

# Only what is seen this well is compared: detections near the score floor come and go by rounding.
CLEARLY_SEEN = 0.1
SAME_PLACE = 0.5
MAX_DETECTIONS = 100


# A network that knows what it is looking at is surer than that of half of its detections.
UNSURE = 0.3


@dataclass(frozen=True)
class Tolerance:
    """What a converted file must keep to: the share of detections found again, and mean differences over these."""

    share: float
    score: float
    # Pixels of the network's input.
    box: float
    mask_iou: float


# Float kernels add up in another order, no more. int8 rounds every weight to 1/254 of its channel's range, and
# activations to 1/255 of theirs; the limits lie a little beyond what that does to trained networks.
TOLERANCES: dict[Quantisation, Tolerance] = {
    "none": Tolerance(share=0.99, score=0.001, box=0.05, mask_iou=0.995),
    "weights": Tolerance(share=0.9, score=0.03, box=1.5, mask_iou=0.93),
    "qdq": Tolerance(share=0.8, score=0.06, box=3.0, mask_iou=0.88),
}


@dataclass(frozen=True)
class Match:
    score: float
    box: float
    mask_iou: float


@dataclass(frozen=True)
class Agreement:
    """Over all photos. ``scores`` are those of PyTorch's detections, ``renamed`` counts those found again under another class."""

    photos: int
    scores: list[float]
    renamed: int
    matches: list[Match]

    @property
    def expected(self) -> int:
        return len(self.scores)

    @property
    def share(self) -> float:
        return len(self.matches) / max(1, self.expected)

    def mean(self, what: str) -> float:
        return float(np.mean([getattr(match, what) for match in self.matches])) if self.matches else float("nan")

    def worst(self, what: str) -> float:
        values = [getattr(match, what) for match in self.matches]
        return float(min(values) if what == "mask_iou" else max(values)) if values else float("nan")


Outputs = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def compare(expected: list[Outputs], file: Predictor, pictures: list[Picture]) -> Agreement:
    """``expected`` is what PyTorch found in each of the pictures.

    The file is given the photos themselves, as on the page: it says itself how they are prepared, and a wrong word of it shows.
    """
    scores, renamed, matches = [], 0, []
    for whole, picture in zip(expected, pictures, strict=True):
        outputs = within(whole, picture)
        found = from_photo(file, picture)
        clear = clearly_seen(outputs[1])
        scores += outputs[1][clear].tolist()
        pairs, others = pair(outputs, found, clear)
        renamed += others
        height, width = picture.pixels.shape[:2]
        for i, j in pairs:
            a, b = (paste_full(o[3][k], o[0][k], width, height) for o, k in ((outputs, i), (found, j)))
            union = (a | b).sum()
            matches.append(
                Match(
                    score=abs(float(outputs[1][i]) - float(found[1][j])),
                    box=float(np.abs(outputs[0][i] - found[0][j]).max()),
                    # Two masks without a pixel are the same mask.
                    mask_iou=float((a & b).sum() / union) if union else 1.0,
                )
            )
    return Agreement(len(pictures), scores, renamed, matches)


def from_photo(file: Predictor, picture: Picture) -> Outputs:
    """What the file finds in the photo, boxes in pixels of the input that PyTorch was given."""
    found = file(picture.photo)
    return found.boxes * picture.scale, found.scores, found.labels, found.masks


def within(outputs: Outputs, picture: Picture) -> Outputs:
    """Boxes clipped to the photo: none is found in the padding."""
    boxes, *others = outputs
    width, height = (side * picture.scale for side in picture.photo.size)
    return boxes.clip(0, [width, height, width, height]), *others


def unnamed(expected: list[Outputs], file: Predictor) -> list[int]:
    """Labels that PyTorch gives and the file has no name for."""
    known = {c["id"] for c in file.metadata["classes"]}
    return sorted({int(label) for outputs in expected for label in outputs[2]} - known)


def clearly_seen(scores: np.ndarray) -> np.ndarray:
    """Indices. Where the number of detections is capped, which of the last ones are in is chance as well."""
    floor = CLEARLY_SEEN
    if len(scores) >= MAX_DETECTIONS:
        floor = max(floor, float(scores.min()) * 1.02)
    return np.flatnonzero(scores >= floor)


def pair(expected: Outputs, found: Outputs, chosen: np.ndarray) -> tuple[list[tuple[int, int]], int]:
    """Pairs of indices, best scores first, each to the free detection of its class that overlaps most.

    The second value counts those which have a partner of another class only.
    """
    overlap = box_iou(expected[0], found[0])
    free = np.ones(len(found[1]), bool)
    pairs, renamed = [], 0
    for i in chosen[np.argsort(-expected[1][chosen], kind="stable")]:
        same = free & (found[2] == expected[2][i])
        candidates = np.where(same, overlap[i], 0)
        j = int(candidates.argmax()) if len(candidates) else -1
        if j >= 0 and candidates[j] >= SAME_PLACE:
            free[j] = False
            pairs.append((int(i), j))
        elif (overlap[i] >= SAME_PLACE).any():
            renamed += 1
    return pairs, renamed


def box_iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    common = (high - low).clip(0).prod(2)
    areas = [(boxes[:, 2:] - boxes[:, :2]).prod(1) for boxes in (a, b)]
    return common / np.maximum(areas[0][:, None] + areas[1][None] - common, 1e-6)


def faults(agreement: Agreement, kind: Quantisation) -> list[str]:
    """Which outputs are further off than they may be, a clause each."""
    allowed = TOLERANCES[kind]
    out = []
    if agreement.share < allowed.share:
        named = f", {agreement.renamed} of the others under another class" if agreement.renamed else ""
        out.append(
            f"boxes and labels: {len(agreement.matches)} of {agreement.expected} detections were found again{named} "
            f"({agreement.share:.0%}, at least {allowed.share:.0%} must be)"
        )
    for name, what, unit in (("scores", "score", ""), ("boxes", "box", " px")):
        if agreement.mean(what) > getattr(allowed, what):
            out.append(
                f"{name}: {agreement.mean(what):.3g}{unit} off on average, at worst {agreement.worst(what):.3g}{unit} "
                f"(at most {getattr(allowed, what):g}{unit} on average)"
            )
    if agreement.mean("mask_iou") < allowed.mask_iou:
        out.append(
            f"masks: they share {agreement.mean('mask_iou'):.1%} of their area on average (at least {allowed.mask_iou:.1%})"
        )
    return out


def is_undecided(agreement: Agreement, kind: Quantisation) -> bool:
    """Whether PyTorch itself is so unsure of what it finds that rounding decides: a fault then says nothing against the file."""
    return kind != "none" and bool(agreement.expected) and float(np.median(agreement.scores)) < UNSURE


def advice(kind: Quantisation, agreement: Agreement) -> str:
    """The likely reason of a fault, and what to try."""
    if is_undecided(agreement, kind):
        typical = float(np.median(agreement.scores))
        return (
            f"Half of what PyTorch itself finds in these photos has a score below {typical:.2f}: a network that is hardly trained, or has "
            "never seen such photos, is as good as undecided, and what rounding to int8 changes decides. That says nothing against the "
            "conversion. Train it on, or give photos like those it was trained on to --verify."
        )
    if kind == "qdq":
        return (
            "Most likely the photos for calibration are too few or unlike the others, so that int8 cuts values off. Give more "
            "(30 or more, of every kind) to --calibrate, or leave it out: then only the weights are int8."
        )
    if kind == "weights":
        return "Most likely rounding the weights to int8 costs this network too much. Try --float."
    return (
        "Most likely the network does something when it is called that tracing can't follow: branches on values, "
        "loops, random numbers. Make its forward free of them, or report it with the names of your layers."
    )
