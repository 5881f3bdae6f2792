"""Calibration: it finds the truth, keeps the order, and the graph computes the same."""

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper

from training.calibrate import Calibration, bake, expected_error, fit, reliability


@pytest.fixture(scope="module")
def overconfident():
    """Scores whose share of right ones is their square."""
    rng = np.random.default_rng(0)
    scores = rng.uniform(0.05, 1, 20_000)
    return scores, rng.random(20_000) < scores**2


def test_it_finds_the_share_that_is_right(overconfident) -> None:
    scores, right = overconfident
    calibrated = fit(scores, right)(scores)
    assert expected_error(scores, right) > 0.12
    assert expected_error(calibrated, right) < 0.02
    np.testing.assert_allclose(calibrated[scores > 0.3], scores[scores > 0.3] ** 2, atol=0.03)


def test_useless_scores_become_their_mean() -> None:
    """Right ones score lower: a falling curve would turn the ranking around, so there is none."""
    scores = np.tile([0.2, 0.8], 500)
    calibration = fit(scores, np.tile([True, False], 500))
    assert calibration.a == 0
    assert calibration.b == 0
    np.testing.assert_allclose(calibration(scores), 0.5, atol=0.02)


@given(
    st.floats(0, 5),
    st.floats(0, 5),
    st.floats(-5, 5),
    st.lists(st.floats(0, 1, width=16), min_size=2, max_size=20),
)
def test_the_order_stays(a: float, b: float, c: float, scores: list[float]) -> None:
    ordered = np.sort(scores)
    assert (np.diff(Calibration(a, b, c)(ordered)) >= 0).all()


def test_reliability_counts_everything_once() -> None:
    bins = reliability(np.array([0.0, 0.05, 0.95, 1.0]), np.array([0, 1, 1, 1]))
    assert [(b.low, b.count, b.right) for b in bins] == [(0.0, 2, 0.5), (0.9, 2, 1.0)]


def test_the_graph_computes_the_same() -> None:
    graph = helper.make_graph(
        [helper.make_node("Identity", ["in"], ["scores"])],
        "scores",
        [helper.make_tensor_value_info("in", TensorProto.FLOAT, ["n"])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n"])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    calibration = Calibration(1.3, 0.7, -0.9)
    bake(model, calibration)
    onnx.checker.check_model(model, full_check=True)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    for scores in (np.linspace(0, 1, 101, dtype=np.float32), np.zeros(0, np.float32)):
        np.testing.assert_allclose(session.run(["scores"], {"in": scores})[0], calibration(scores), atol=1e-5)
