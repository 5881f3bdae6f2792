"""onnxruntime runs what the page's TypeScript composes, and gives what PyTorch computes."""

import json
import subprocess
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pytest

from training.taught_fixtures import EXPECTED, ROOT, picture

TSX = ROOT / "node_modules" / ".bin" / "tsx"
WANTED = json.loads(EXPECTED.read_text())

pytestmark = pytest.mark.skipif(not TSX.exists(), reason="needs the packages of package.json")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("taught")
    subprocess.run([TSX, "tests/write-taught.ts", folder], cwd=ROOT, check=True)
    return folder


@pytest.mark.parametrize("kind", ["linear", "memory"])
def test_a_taught_file_is_a_model_for_python(folder: Path, kind: str) -> None:
    path = folder / f"{kind}.onnx"
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = ort.InferenceSession(path, providers=["CPUExecutionProvider"])
    scores, features = session.run(["map", "features"], {"image": picture()})
    np.testing.assert_allclose(scores, np.array(WANTED[kind]), atol=2e-4)
    np.testing.assert_allclose(features, np.array(WANTED["features"]), atol=1e-3)
    metadata = json.loads(session.get_modelmeta().custom_metadata_map["defect-inspector"])
    assert (metadata["family"], metadata["cell"], len(metadata["classes"])) == ("taught", 8, len(WANTED[kind]))
