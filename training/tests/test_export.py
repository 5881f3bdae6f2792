"""The exported graph is the trained network: same detections, int8 or not, with and without defects."""

import numpy as np
import onnx
import pytest
import torch

from training.card import metadata
from training.data import CLASSES
from training.export import quantise_channels, quantise_weights, set_metadata, to_onnx
from training.model import build_model
from training.predict import load_onnx, read_metadata
from training.preprocess import InputRule


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory):
    torch.manual_seed(3)
    model = build_model(len(CLASSES), pretrained=False).eval()
    with torch.no_grad():
        # Random weights name everything background, and score all alike: a shifted bias makes detections fire,
        # wider weights keep rounding from changing their order.
        model.roi_heads.box_predictor.cls_score.bias[0] -= 2
        model.roi_heads.box_predictor.cls_score.weight *= 30
        model.rpn.head.cls_logits.weight *= 30
    image = torch.randint(0, 255, (3, 128, 192), dtype=torch.uint8)
    with torch.inference_mode():
        expected = {k: v.numpy() for k, v in model([image])[0].items()}
    graph = to_onnx(model)
    folder = tmp_path_factory.mktemp("export")
    for name, quantisation in (("float", "none"), ("int8", "weights")):
        if name == "int8":
            quantise_weights(graph)
        meta = metadata(
            version="0.0.0",
            rule=InputRule().as_metadata(),
            quantisation=quantisation,
            thresholds={},
            training={},
            metrics={},
        )
        set_metadata(graph, meta)
        onnx.checker.check_model(graph)
        onnx.save(graph, folder / f"{name}.onnx")
    pixels = np.concatenate([image.numpy().transpose(1, 2, 0), np.full((128, 192, 1), 255, np.uint8)], 2)
    return folder, pixels, expected


def test_float_graph_equals_pytorch(exported) -> None:
    folder, pixels, expected = exported
    boxes, scores, labels, masks = load_onnx(folder / "float.onnx").network(pixels)
    assert len(scores) > 20
    assert labels.dtype == np.int32
    assert np.array_equal(labels, expected["labels"])
    np.testing.assert_allclose(boxes, expected["boxes"], atol=0.01)
    np.testing.assert_allclose(scores, expected["scores"], atol=1e-4)
    np.testing.assert_allclose(masks, expected["masks"][:, 0], atol=1e-3)


def test_graph_is_simple_and_standard(exported) -> None:
    graph = onnx.load(exported[0] / "float.onnx")
    assert len(graph.graph.node) < 1400
    assert {o.domain for o in graph.opset_import} == {""}


def test_int8_is_small_and_close(exported) -> None:
    folder, pixels, _ = exported
    sizes = [(folder / f"{n}.onnx").stat().st_size for n in ("float", "int8")]
    assert sizes[1] < 0.35 * sizes[0]
    exact = load_onnx(folder / "float.onnx").network(pixels)
    rounded = load_onnx(folder / "int8.onnx").network(pixels)
    count = min(len(exact[1]), len(rounded[1]))
    assert count > 20
    np.testing.assert_allclose(np.sort(exact[1])[::-1][:count], np.sort(rounded[1])[::-1][:count], atol=0.05)


def test_other_sizes_and_no_detections(exported) -> None:
    folder, pixels, _ = exported
    network = load_onnx(folder / "int8.onnx").network
    first = network(pixels)[1]
    boxes, _, _, masks = network(np.zeros((64, 320, 4), np.uint8))
    assert boxes.shape[1:] == (4,)
    assert masks.shape[1:] == (28, 28)
    assert np.array_equal(network(pixels)[1], first)


def test_metadata_travels_inside(exported) -> None:
    meta = read_metadata(exported[0] / "int8.onnx")
    assert meta["quantisation"] == "weights"
    assert [c["name"] for c in meta["classes"]] == list(CLASSES)


def test_quantisation_error_is_at_most_half_a_step_or_clipped() -> None:
    weights = np.random.default_rng(0).normal(size=(8, 16, 3, 3)).astype(np.float32)
    quantised, scale = quantise_channels(weights, 0)
    assert quantised.dtype == np.int8
    assert scale.shape == (8,)
    restored = quantised * scale[:, None, None, None]
    inside = np.abs(weights) <= 127 * scale[:, None, None, None]
    step = np.broadcast_to(scale[:, None, None, None], weights.shape)
    assert (np.abs(restored - weights)[inside] <= step[inside] / 2 + 1e-6).all()
