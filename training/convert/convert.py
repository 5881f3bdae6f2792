"""From a trained Mask R-CNN to a verified file: reads, builds, exports, quantises, compares, says."""

from __future__ import annotations

import hashlib
import importlib.metadata
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import onnx

from ..export import catalogue_entry, set_metadata
from ..predict import SCORE_FLOOR, Predictor, load_onnx
from ..predict import Network as Function
from ..preprocess import InputRule
from . import report
from .architectures import TORCHVISION_RULE, Network, build
from .coco import DOMAIN, LICENSE, WeightsLoader, coco_classes, coco_weights, download
from .errors import ConvertError
from .graph import as_function, to_graph, without_resizing
from .pictures import Picture, drawn_pictures, read_pictures
from .quantise import Quantisation, quantise
from .timing import milliseconds
from .verify import Outputs, compare, faults, is_undecided, unnamed
from .weights import Weights, read_weights

CALIBRATION_PHOTOS = 48
VERIFICATION_PHOTOS = 8
PACKAGES = ("torch", "torchvision", "onnx", "onnxruntime")
UNVERIFIED = ".unverified"

Verdict = Literal["right", "wrong", "undecided"]


@dataclass(frozen=True)
class Options:
    """``classes`` are names in the order of training, background left out; sides are in pixels of the network's input."""

    out: Path
    checkpoint: Path | None = None
    coco: bool = False
    classes: list[str] | None = None
    trust: bool = False
    builder: str | None = None
    start: str = "coco"
    short_side: int | None = None
    long_side: int | None = None
    max_upscale: float | None = None
    calibrate: Path | None = None
    verify: Path | None = None
    keep_float: bool = False
    name: str | None = None
    version: str = "1.0.0"
    domain: str | None = None
    license: str | None = None


def convert(options: Options, say: Callable[[str], None] = print, load_coco: WeightsLoader = download) -> Path:
    """Writes the file and returns its path, which ends in UNVERIFIED where the comparison failed.

    Raises ConvertError when nothing can be written.
    """
    if options.out.suffix != ".onnx":
        raise ConvertError(f"--out {options.out} must end in .onnx, which the page looks for.")
    weights = read_weights(options.checkpoint, trust=options.trust) if options.checkpoint else None
    if options.coco:
        weights = coco_weights((lambda: weights.state) if weights else load_coco)
    if weights is None:
        raise ConvertError("Name the checkpoint to convert, or give --coco for torchvision's own weights.")
    network = build(weights, options.builder, options.start)
    names = options.classes or weights.classes
    classes = coco_classes() if options.coco else name_classes(names, network.classes)
    rule = input_rule(network.rule, options)
    kind = choose_quantisation(network, options)
    say(report.describe_network(weights, network, classes, named=options.coco or names is not None))
    say(report.describe_input(rule, is_torchvision=network.rule == TORCHVISION_RULE))
    say(report.describe_quantisation(kind, options.calibrate is not None, network.is_depthwise))

    pictures = pictures_to_verify(options, rule)
    model = without_resizing(network.model)
    pytorch = as_function(model)
    expected = [pytorch(picture.pixels) for picture in pictures]
    pytorch_time = milliseconds(pytorch, pictures[0].pixels, runs=2)
    graph = to_graph(model)
    described = describe(options, weights, network, classes, rule)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / "float.onnx"
        exact = save(graph, trial, {**described, "quantisation": "none"})
        wrong = check(exact, "none", expected, pictures, say) != "right"
        if kind == "none":
            final = exact
        else:
            trial = Path(folder) / "int8.onnx"
            graph = quantise(graph, kind, calibration_inputs(kind, options, rule, exact.network))
            final = save(graph, trial, {**described, "quantisation": kind})
            verdict = check(final, kind, expected, pictures, say)
            if verdict == "undecided" and not wrong:
                # Rounding can't be judged by such a network, and nothing speaks against the file without it.
                say(
                    "The float file, which is verified and rounds nothing, is written instead: as exact, four times as large."
                )
                trial, final = Path(folder) / "float.onnx", exact
            else:
                wrong |= verdict != "right"
        options.out.parent.mkdir(parents=True, exist_ok=True)
        path = options.out.with_name(options.out.name + UNVERIFIED) if wrong else options.out
        path.write_bytes(trial.read_bytes())
    if wrong:
        say(f"The file is kept as {path} for a closer look. Don't use it: it does not find what PyTorch finds.")
        return path
    say(report.describe_speed(path, pictures[0], milliseconds(final.network, pictures[0].pixels), pytorch_time))
    say(report.describe_entry(path, catalogue_entry(path, described)))
    return path


def name_classes(names: list[str] | None, count: int) -> list[dict]:
    """Classes as the metadata wants them. Raises ConvertError when there are not ``count`` different names."""
    if names is None:
        names = [f"class {i + 1}" for i in range(count)]
    if len(names) != count:
        raise ConvertError(
            f"--classes names {len(names)} {'class' if len(names) == 1 else 'classes'} ({', '.join(names)}), but the weights "
            f"tell {count} apart. Name them all in the order of training; the background is not counted."
        )
    if len(set(names)) < count or not all(names):
        raise ConvertError("Every class in --classes needs a name of its own.")
    return [{"id": i + 1, "name": name} for i, name in enumerate(names)]


def input_rule(rule: InputRule, options: Options) -> InputRule:
    """The rule of the network with what was asked for instead; a short side alone keeps the proportion."""
    short = options.short_side or rule.shortSide
    long = options.long_side or max(short, round(short * rule.longSide / rule.shortSide))
    if short < rule.stride or long < short:
        raise ConvertError(
            f"The short side must have at least {rule.stride} px, and the long side no fewer than the short: not {short} and {long}."
        )
    upscale = options.max_upscale or rule.maxUpscale
    if upscale <= 0:
        raise ConvertError(f"--max-upscale must be above 0, not {upscale:g}.")
    return replace(rule, shortSide=short, longSide=long, maxUpscale=upscale)


def choose_quantisation(network: Network, options: Options) -> Quantisation:
    if options.keep_float:
        return "none"
    return "qdq" if options.calibrate and not network.is_depthwise else "weights"


def pictures_to_verify(options: Options, rule: InputRule) -> list[Picture]:
    folder = options.verify or options.calibrate
    return read_pictures(folder, rule, VERIFICATION_PHOTOS) if folder else drawn_pictures(rule)


def calibration_inputs(kind: Quantisation, options: Options, rule: InputRule, network: Function) -> list[np.ndarray]:
    """The photos in which something is detected: the mask head has no values in others."""
    if kind != "qdq" or options.calibrate is None:
        return []
    pictures = read_pictures(options.calibrate, rule, CALIBRATION_PHOTOS)
    return [picture.pixels for picture in pictures if len(network(picture.pixels)[1])]


def describe(options: Options, weights: Weights, network: Network, classes: list[dict], rule: InputRule) -> dict:
    """The file's metadata, all but the quantisation."""
    source = options.checkpoint.name if options.checkpoint else weights.origin
    domain = options.domain or (DOMAIN if options.coco else None)
    record = {
        "convertedFrom": source,
        "packages": {package: importlib.metadata.version(package) for package in PACKAGES},
        "assumed": network.assumed,
    }
    if options.checkpoint:
        record["sha256"] = hashlib.sha256(options.checkpoint.read_bytes()).hexdigest()
    return {
        "format": 1,
        "name": options.name or options.out.stem,
        "version": options.version,
        "description": f"Mask R-CNN ({network.title}), converted from {source}",
        **({"domain": domain} if domain else {}),
        "classes": classes,
        "input": rule.as_metadata(),
        "scoreFloor": SCORE_FLOOR,
        "license": options.license or (LICENSE if options.coco else "not stated"),
        "training": record,
    }


def save(graph: onnx.ModelProto, path: Path, metadata: dict) -> Predictor:
    """Writes a checked file and opens it in onnxruntime."""
    set_metadata(graph, metadata)
    onnx.checker.check_model(graph)
    onnx.save(graph, path)
    return load_onnx(path)


def check(
    file: Predictor, kind: Quantisation, expected: list[Outputs], pictures: list[Picture], say: Callable[[str], None]
) -> Verdict:
    """Says how far the file agrees with PyTorch. A file that lacks names is wrong, however unsure the network is."""
    # Begins with a photo of another size, most likely without detections: tracing may have fixed either.
    file.network(np.full((64, 96, 4), 128, np.uint8))
    agreement = compare(expected, file, pictures)
    wrong = faults(agreement, kind)
    labels = unnamed(expected, file)
    if labels:
        wrong.append(f"classes: the file has no name for {', '.join(map(str, labels))}")
    say(report.describe_agreement(agreement, kind, wrong))
    if wrong and is_undecided(agreement, kind) and not labels:
        return "undecided"
    return "wrong" if wrong else "right"
