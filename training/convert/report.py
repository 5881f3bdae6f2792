"""What the command says, sentence by sentence."""

from __future__ import annotations

import json
from pathlib import Path

from ..preprocess import InputRule
from .architectures import Network
from .pictures import Picture
from .quantise import Quantisation
from .verify import CLEARLY_SEEN, Agreement, advice, is_undecided
from .weights import Weights

# What torchvision scales photos to by itself, and from which ratio of pixels on that is worth a word.
TORCHVISION_SHORT, TORCHVISION_LONG = 800, 1333
NOTICEABLE = 1.2


def describe_network(weights: Weights, network: Network, classes: list[dict], *, named: bool) -> str:
    names = ", ".join(c["name"] for c in classes)
    lines = [f"Network: {network.title}; weights from {weights.origin}.", f"Classes: {len(classes)} ({names})."]
    if not named:
        lines.append("No names were given: name them with --classes, in the order of training.")
    lines += [f"Assumed, since weights don't say it: {clause}." for clause in network.assumed]
    return "\n".join(lines)


def describe_input(rule: InputRule, *, is_torchvision: bool) -> str:
    text = (
        f"Input: photos are scaled to a short side of {rule.shortSide} px, a long side of at most {rule.longSide} px, and "
        f"enlarged {rule.maxUpscale:g} times at most."
    )
    # Convolutions take as long as they have pixels; what is after them doesn't depend on the size.
    pixels = TORCHVISION_SHORT * TORCHVISION_LONG / (rule.shortSide * rule.longSide)
    if is_torchvision and pixels > NOTICEABLE:
        text += (
            f" torchvision's own {TORCHVISION_SHORT} / {TORCHVISION_LONG} px are {pixels:.1f} times as many pixels, and take up to as many "
            f"times as long in a browser; if small defects get lost, try --short-side {TORCHVISION_SHORT}."
        )
    return text


def describe_quantisation(kind: Quantisation, calibrated: bool, depthwise: bool) -> str:
    if kind == "none":
        return "Quantisation: none, as --float asks."
    if kind == "qdq":
        return "Quantisation: int8 weights and activations, about twice as fast for a network of ordinary convolutions."
    text = "Quantisation: int8 weights, a quarter of the size at the same speed."
    if depthwise:
        return text + " int8 activations would make a network of depthwise convolutions slower."
    return text if calibrated else text + " For twice the speed give 30 or more photos with defects: --calibrate DIR."


def describe_agreement(agreement: Agreement, kind: Quantisation, wrong: list[str]) -> str:
    what = {"none": "float file", "weights": "file with int8 weights", "qdq": "int8 file"}[kind]
    if not agreement.expected:
        return (
            f"NOT VERIFIED: PyTorch detected nothing at a score of {CLEARLY_SEEN} or more in {agreement.photos} photos, so that "
            f"nothing could be compared and nothing is proven of the {what}. Give photos with defects: --verify DIR."
        )
    if wrong:
        faults = "\n".join(f"  {fault}" for fault in wrong)
        verdict = "UNDECIDED" if is_undecided(agreement, kind) else "WRONG"
        return f"{verdict}: the {what} does not find what PyTorch finds.\n{faults}\n{advice(kind, agreement)}"
    return (
        f"Verified: the {what} finds {len(agreement.matches)} of PyTorch's {agreement.expected} detections in "
        f"{agreement.photos} photos ({agreement.share:.1%}); mean differences: score {agreement.mean('score'):.2g}, "
        f"box {agreement.mean('box'):.2g} px, masks share {agreement.mean('mask_iou'):.1%}."
    )


def describe_speed(path: Path, picture: Picture, native: float, pytorch: float) -> str:
    height, width = picture.pixels.shape[:2]
    return (
        f"{path}: {path.stat().st_size / 1e6:.1f} MB. {picture.name} at {width} x {height} px takes {native:.0f} ms in native "
        f"onnxruntime and {pytorch:.0f} ms in PyTorch ({pytorch / native:.1f} times as long), on this machine."
    )


def describe_entry(path: Path, entry: dict) -> str:
    return (
        f"Drop {path.name} on the page. To offer it to all visitors, put it into the page's models/ and this into "
        f"models/catalogue.json:\n{json.dumps(entry, indent=2)}"
    )
