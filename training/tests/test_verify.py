"""Whatever a file adds to its network is verified: broken, each addition is a fault."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import ModelProto, numpy_helper
from torchvision.models.detection import MaskRCNN

from training import calibrate, novelty
from training.calibrate import Calibration
from training.card import metadata
from training.convert.pictures import drawn_pictures
from training.export import BrowserGraph, quantise_weights, set_metadata, to_onnx
from training.novelty import AXES, CLUSTERS, Known, Projection
from training.preprocess import InputRule
from training.verify import file_faults

from .convert.networks import shipped

RULE = InputRule(shortSide=320, longSide=960, maxUpscale=1.6)
PICTURES = drawn_pictures(RULE)[:2]
CALIBRATION = Calibration(0.4, 2.3, -2.9)


@pytest.fixture(scope="module")
def model() -> MaskRCNN:
    return shipped()


@pytest.fixture(scope="module")
def known(model: MaskRCNN) -> tuple[Projection, Known]:
    graph = BrowserGraph(deepcopy(model))
    with torch.inference_mode():
        pooled = np.stack([graph(torch.from_numpy(p.pixels))[-1].numpy() for p in PICTURES])
    rng = np.random.default_rng(0)
    axes = np.linalg.qr(rng.normal(size=(pooled.shape[1], AXES)))[0].T
    projection = Projection(pooled.mean(0) + 0.1, axes, np.full(AXES, 0.05), 10.0)
    centres = projection(pooled).mean(0) + rng.normal(0, 3, (CLUSTERS, AXES + 1))
    return projection, Known(centres.round(2), 5.0)


@pytest.fixture(scope="module")
def graph(model: MaskRCNN) -> ModelProto:
    return exported(model)


def exported(model: MaskRCNN) -> ModelProto:
    graph = to_onnx(deepcopy(model))
    quantise_weights(graph)
    return graph


def baked(graph: ModelProto, projection: Projection, calibration: Calibration = CALIBRATION) -> ModelProto:
    complete = deepcopy(graph)
    novelty.bake(complete, projection)
    calibrate.bake(complete, calibration)
    return complete


def written(path: Path, graph: ModelProto, known: Known, **instead: object) -> Path:
    described = metadata(
        version="0.0.0",
        rule=RULE.as_metadata(),
        quantisation="weights",
        thresholds={},
        training={},
        metrics={},
        known=known.as_metadata(),
    )
    set_metadata(graph, {**described, **instead})
    onnx.save(graph, path)
    return path


def constant(graph: ModelProto, name: str, change: Callable[[np.ndarray], np.ndarray]) -> ModelProto:
    (tensor,) = (t for t in graph.graph.initializer if t.name == name)
    tensor.CopyFrom(numpy_helper.from_array(change(numpy_helper.to_array(tensor)).astype(np.float32), name))
    return graph


def found(path: Path, model: MaskRCNN, known: tuple[Projection, Known]) -> str:
    return "; ".join(file_faults(path, model, CALIBRATION, *known, PICTURES))


def test_a_faithful_file_has_no_fault(model, graph, known, tmp_path: Path) -> None:
    assert found(written(tmp_path / "m.onnx", baked(graph, known[0]), known[1]), model, known) == ""


def test_calibration(model, graph, known, tmp_path: Path) -> None:
    other = baked(graph, known[0], replace(CALIBRATION, a=0.5))
    assert "calibration: scores are up to" in found(written(tmp_path / "a.onnx", other, known[1]), model, known)
    none = deepcopy(graph)
    novelty.bake(none, known[0])
    assert "calibration: the graph has none" in found(written(tmp_path / "b.onnx", none, known[1]), model, known)


def test_the_tail_above_the_floor(model, graph, known, tmp_path: Path) -> None:
    """Too faint to be compared with PyTorch's, and yet seen."""
    flat = constant(baked(graph, known[0]), "calibration.lift", np.zeros_like)
    text = found(written(tmp_path / "m.onnx", flat, known[1]), model, known)
    assert text.startswith("calibration: scores are up to")


def test_the_floor_of_the_metadata(model, graph, known, tmp_path: Path) -> None:
    path = written(tmp_path / "m.onnx", baked(graph, known[0]), known[1], scoreFloor=0.06)
    assert "floor: the metadata drops what scores less than 0.06" in found(path, model, known)


@pytest.mark.parametrize("part", ["second look", "rescoring"])
def test_parts_of_the_network_that_torchvision_lacks(model, known, part: str, tmp_path: Path) -> None:
    lacking = deepcopy(model)
    if part == "second look":
        lacking.roi_heads._forward_pre_hooks.clear()
    else:
        lacking.transform.postprocess = lambda result, *_: result
    text = found(written(tmp_path / "m.onnx", baked(exported(lacking), known[0]), known[1]), model, known)
    assert ("boxes" if part == "second look" else "scores: ") in text


@pytest.mark.parametrize("name", ["features.mean", "features.spread", "features.rest"])
def test_novelty_of_the_graph(model, graph, known, name: str, tmp_path: Path) -> None:
    other = constant(baked(graph, known[0]), name, lambda values: values * 1.5)
    text = found(written(tmp_path / "m.onnx", other, known[1]), model, known)
    assert text == "novelty: the graph projects features otherwise"


def test_novelty_of_the_metadata(model, graph, known, tmp_path: Path) -> None:
    complete = baked(graph, known[0])
    limit = replace(known[1], limit=2 * known[1].limit)
    assert "has a limit of 10 instead of 5" in found(written(tmp_path / "a.onnx", complete, limit), model, known)
    centres = replace(known[1], centres=known[1].centres[::-1])
    assert "has other centres" in found(written(tmp_path / "c.onnx", complete, centres), model, known)
    unknown = written(tmp_path / "b.onnx", baked(graph, known[0]), known[1], novelty=None)
    assert "novelty: the metadata knows nothing" in found(unknown, model, known)
