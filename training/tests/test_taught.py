"""onnxruntime runs what the page's TypeScript composes, and gives what PyTorch computes."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from PIL import Image

from training.preprocess import InputRule, network_input
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


def test_the_example_of_the_docs_runs(folder: Path) -> None:
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "docs/teaching.md").read_text(), re.DOTALL)
    photo = Image.fromarray(picture()).convert("RGB").resize((330, 200))
    photo.save(folder / "part.png")
    (folder / "my-part.onnx").write_bytes((folder / "linear.onnx").read_bytes())
    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, capture_output=True, text=True)
    session = ort.InferenceSession(folder / "linear.onnx", providers=["CPUExecutionProvider"])
    rule = InputRule(**json.loads(session.get_modelmeta().custom_metadata_map["defect-inspector"])["input"])
    image, scale = network_input(photo, rule)
    width, height = rule.size(*photo.size)
    [scores] = session.run(["map"], {"image": image})
    seen = scores[:, : -(-height // 8), : -(-width // 8)]
    lines = [line.rsplit(maxsplit=3) for line in ran.stdout.splitlines()]
    assert [name for name, *_ in lines] == ["scratch", "spot", "stain"]
    for plane, (_, *numbers) in zip(seen, lines, strict=True):
        highest, x, y = map(float, numbers)
        assert highest == pytest.approx(float(plane.max()), abs=1e-5)
        assert plane[round(y * scale / 8), round(x * scale / 8)] == pytest.approx(highest, abs=1e-5)
