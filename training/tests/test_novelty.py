"""Novelty: near what was seen it is small, elsewhere large, and the graph projects as Python does."""

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from onnx import TensorProto, helper

from training.novelty import AXES, Known, auroc, bake, fit_known, fit_projection

CHANNELS = 40


def seen(rng: np.random.Generator, count: int) -> np.ndarray:
    """Three clusters in a 20-dimensional part of the space."""
    centres = np.zeros((3, CHANNELS))
    centres[:, :20] = np.random.default_rng(1).normal(0, 4, (3, 20))
    points = centres[rng.integers(3, size=count)]
    points[:, :20] += rng.normal(0, 1, (count, 20))
    return points + rng.normal(0, 0.05, (count, CHANNELS))


@pytest.fixture(scope="module")
def fitted():
    rng = np.random.default_rng(0)
    train, val = seen(rng, 600), seen(rng, 200)
    projection = fit_projection(train)
    return projection, fit_known(projection(train), projection(val)), val


def test_what_was_seen_is_within_the_limit(fitted) -> None:
    projection, known, val = fitted
    assert (known.novelty(projection(val)) <= 1).mean() >= 0.98


def test_another_direction_is_novel(fitted) -> None:
    """The new points move along an axis that no training point moved along."""
    projection, known, val = fitted
    strange = val.copy()
    strange[:, 30] += 6
    assert (known.novelty(projection(strange)) > 1).mean() > 0.95
    assert auroc(known.novelty(projection(val)), known.novelty(projection(strange))) > 0.99


def test_metadata_says_the_same(fitted) -> None:
    projection, known, val = fitted
    meta = known.as_metadata()
    again = Known(np.array(meta["centres"]), meta["limit"])
    np.testing.assert_allclose(again.novelty(projection(val)), known.novelty(projection(val)), rtol=2e-3)


def test_auroc_by_hand() -> None:
    assert auroc(np.array([0.0, 1.0]), np.array([2.0, 3.0])) == 1
    assert auroc(np.array([0.0, 2.0]), np.array([1.0, 3.0])) == 0.75
    assert auroc(np.array([1.0]), np.array([1.0])) == 0.5


def test_the_graph_projects_alike(fitted) -> None:
    projection, _, val = fitted
    graph = helper.make_graph(
        [helper.make_node("Identity", ["in"], ["features"])],
        "features",
        [helper.make_tensor_value_info("in", TensorProto.FLOAT, [CHANNELS])],
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [CHANNELS])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    bake(model, projection)
    onnx.checker.check_model(model, full_check=True)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    for point in val[:20]:
        found = session.run(["features"], {"in": point.astype(np.float32)})[0]
        assert found.shape == (AXES + 1,)
        np.testing.assert_allclose(found, projection(point[None])[0], atol=2e-3, rtol=2e-3)
