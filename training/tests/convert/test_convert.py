"""From checkpoints to files: what is written, that it finds what PyTorch finds, and what is said when it does not."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torchvision.models.detection import MaskRCNN, maskrcnn_resnet50_fpn

from training.convert.coco import coco_classes
from training.convert.convert import Options, convert
from training.convert.errors import ConvertError
from training.convert.graph import as_function, without_resizing
from training.convert.pictures import read_pictures
from training.convert.verify import clearly_seen
from training.predict import load_onnx, read_metadata
from training.preprocess import InputRule

from .networks import NAMES, resnet50, shipped, write_surfaces

SMALL = {"short_side": 96, "long_side": 160}


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_surfaces(tmp_path_factory.mktemp("photos"), 2)


@pytest.fixture(scope="module")
def network() -> MaskRCNN:
    return resnet50()


@pytest.fixture(scope="module")
def checkpoint(network: MaskRCNN, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What torchvision's tutorial leaves behind, with detections on every one of the photos."""
    path = tmp_path_factory.mktemp("run") / "maskrcnn_defect.pth"
    torch.save({"model": network.state_dict(), "epoch": 9}, path)
    return path


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint of our own training."""
    path = tmp_path_factory.mktemp("own") / "checkpoint.pt"
    torch.save({"average": shipped().state_dict(), "rule": InputRule().as_metadata(), "steps": 7}, path)
    return path


def said(options: Options, **more: object) -> tuple[Path, str]:
    lines: list[str] = []
    return convert(options, lines.append, **more), "\n".join(lines)


def test_resnet50_with_int8_weights(network: MaskRCNN, checkpoint: Path, photos: Path, tmp_path: Path) -> None:
    path, text = said(Options(tmp_path / "mine.onnx", checkpoint, classes=NAMES, verify=photos, **SMALL))
    assert path == tmp_path / "mine.onnx"
    assert 'torchvision\'s maskrcnn_resnet50_fpn; weights from its entry "model"' in text
    assert "Classes: 2 (scratch, dent)." in text
    assert "short side of 96 px, a long side of at most 160 px" in text
    assert "Verified: the float file" in text
    assert "Verified: the file with int8 weights" in text
    assert "MB." in text
    assert "ms in native onnxruntime" in text
    entry = json.loads(text[text.index('{\n  "name"') :])
    assert entry["bytes"] == path.stat().st_size
    assert path.stat().st_size < 0.3 * checkpoint.stat().st_size

    metadata = read_metadata(path)
    assert metadata["classes"] == [{"id": 1, "name": "scratch"}, {"id": 2, "name": "dent"}]
    assert metadata["input"] == InputRule(96, 160, 4.0, 32, 116).as_metadata()
    assert (metadata["name"], metadata["quantisation"], metadata["license"]) == ("mine", "weights", "not stated")
    assert len(metadata["training"]["sha256"]) == 64

    # Not only by the command's own word: the file against the network that was saved.
    expected = as_function(without_resizing(deepcopy(network)))
    found = load_onnx(path)
    seen = 0
    for picture in read_pictures(photos, InputRule(**metadata["input"]), 2):
        boxes, scores, labels, masks = expected(picture.pixels)
        clear = clearly_seen(scores)
        seen += len(clear)
        ours = found.network(picture.pixels)
        for i in clear[:3]:
            same = np.abs(ours[0] - boxes[i]).max(1).argmin()
            assert np.abs(ours[0][same] - boxes[i]).max() < 6
            assert ours[2][same] == labels[i]
            assert abs(ours[1][same] - scores[i]) < 0.15
            assert np.abs(ours[3][same] - masks[i]).mean() < 0.1
    assert seen >= 4


def test_resnet50_with_int8_activations(checkpoint: Path, photos: Path, tmp_path: Path) -> None:
    path, text = said(Options(tmp_path / "fast.onnx", checkpoint, classes=NAMES, calibrate=photos, **SMALL))
    assert "about twice as fast" in text
    assert "Verified: the float file" in text
    graph = onnx.load(path).graph
    # The kept and the unverified file have the same graph: whether random weights stand int8 activations is chance.
    assert sum(n.op_type == "QuantizeLinear" for n in graph.node) > 50
    assert read_metadata(path)["quantisation"] == "qdq"


def test_ours(own: Path, tmp_path: Path) -> None:
    path, text = said(Options(tmp_path / "ours.onnx", own))
    assert 'this project\'s own network; weights from its entry "average"' in text
    assert "Verified: the file with int8 weights" in text
    assert "No names were given" in text
    assert read_metadata(path)["input"] == InputRule().as_metadata()


def test_coco(photos: Path, tmp_path: Path) -> None:
    """The way of the download, with weights of the same shapes that are not trained."""
    torch.manual_seed(1)
    state = maskrcnn_resnet50_fpn(weights=None, weights_backbone=None, num_classes=91).state_dict()
    # Random weights name everything background: the first real class is preferred, and one without a name even more.
    bias = state["roi_heads.box_predictor.cls_score.bias"]
    bias[1], bias[12] = 3.0, 9.0
    path, text = said(
        Options(tmp_path / "coco.onnx", coco=True, verify=photos, keep_float=True, **SMALL), load_coco=lambda: state
    )
    metadata = read_metadata(path)
    assert "Quantisation: none" in text
    assert metadata["quantisation"] == "none"
    assert len(metadata["classes"]) == 80
    assert metadata["classes"][0] == {"id": 1, "name": "person"}
    assert metadata["classes"][-1] == {"id": 90, "name": "toothbrush"}
    assert metadata["domain"].startswith("everyday scenes")
    found = load_onnx(path)
    labels = np.concatenate([found.network(p.pixels)[2] for p in read_pictures(photos, found.rule, 2)])
    assert set(labels) <= {c["id"] for c in coco_classes()}
    assert 1 in labels
    assert "torchvision's download" in text


def test_coco_without_a_network(tmp_path: Path) -> None:
    def unreachable() -> dict:
        raise OSError("Name or service not known")

    with pytest.raises(ConvertError, match=r"can't be downloaded .*Download http.*that file's name and --coco"):
        convert(Options(tmp_path / "coco.onnx", coco=True), print, unreachable)
    assert not list(tmp_path.iterdir())


def test_a_file_that_finds_something_else_is_not_passed_off(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training.convert import convert as module

    honest = module.as_function

    def shifted(model: object) -> object:
        network = honest(model)

        def run(pixels: np.ndarray) -> tuple[np.ndarray, ...]:
            boxes, scores, labels, masks = network(pixels)
            return boxes + 40, scores, labels, masks

        return run

    monkeypatch.setattr(module, "as_function", shifted)
    path, text = said(Options(tmp_path / "mine.onnx", own, keep_float=True))
    assert path.name == "mine.onnx.unverified"
    assert not (tmp_path / "mine.onnx").exists()
    assert "WRONG: the float file does not find what PyTorch finds." in text
    assert "Don't use it" in text


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"input": InputRule(shortSide=160, maxUpscale=0.5).as_metadata()}, "detections were found again"),
        ({"classes": [{"id": 2, "name": "dent"}]}, "classes: the file has no name for"),
        ({"scoreFloor": 0.6}, "detections were found again"),
    ],
)
def test_what_the_file_says_of_itself_is_verified_too(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: dict, fault: str
) -> None:
    from training.convert import convert as module

    describe = module.describe
    monkeypatch.setattr(module, "describe", lambda *args: {**describe(*args), **wrong})
    path, text = said(Options(tmp_path / "mine.onnx", own, keep_float=True))
    assert path.name == "mine.onnx.unverified"
    assert fault in text


def test_a_network_that_sees_nothing_proves_nothing(photos: Path, tmp_path: Path) -> None:
    model = shipped()
    with torch.no_grad():
        model.roi_heads.box_predictor.cls_score.bias[0] += 30
    checkpoint = tmp_path / "blind.pt"
    torch.save({"average": model.state_dict(), "rule": InputRule().as_metadata()}, checkpoint)
    _, text = said(Options(tmp_path / "blind.onnx", checkpoint, verify=photos))
    assert "NOT VERIFIED: PyTorch detected nothing" in text
    assert "Verified:" not in text


def test_calibration_needs_photos_with_defects(checkpoint: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ConvertError, match="There are no photos in"):
        convert(Options(tmp_path / "a.onnx", checkpoint, calibrate=empty), print)
    with pytest.raises(ConvertError, match="There is no folder"):
        convert(Options(tmp_path / "a.onnx", checkpoint, calibrate=tmp_path / "none"), print)


def test_what_is_asked_for_must_make_sense(checkpoint: Path, tmp_path: Path) -> None:
    with pytest.raises(ConvertError, match=r"must end in \.onnx"):
        convert(Options(tmp_path / "mine.bin", checkpoint), print)
    with pytest.raises(ConvertError, match="Name the checkpoint to convert, or give --coco"):
        convert(Options(tmp_path / "mine.onnx"), print)
    with pytest.raises(ConvertError, match=r"names 3 classes \(a, b, c\), but the weights tell 2 apart"):
        convert(Options(tmp_path / "mine.onnx", checkpoint, classes=["a", "b", "c"]), print)


def test_a_network_that_is_undecided_gets_the_float_file(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training.convert import convert as module

    def ruined(graph: onnx.ModelProto, kind: str, inputs: list) -> onnx.ModelProto:
        other = onnx.ModelProto()
        other.CopyFrom(graph)
        bias = next(one for one in other.graph.initializer if one.name.endswith("bbox_pred.bias"))
        bias.CopyFrom(onnx.numpy_helper.from_array(onnx.numpy_helper.to_array(bias) + 4, bias.name))
        return other

    monkeypatch.setattr(module, "quantise", ruined)
    model = shipped()
    with torch.no_grad():
        for parameter in model.roi_heads.box_predictor.cls_score.parameters():
            parameter *= 0.3
    checkpoint = tmp_path / "unsure.pt"
    torch.save({"average": model.state_dict(), "rule": InputRule().as_metadata()}, checkpoint)
    path, text = said(Options(tmp_path / "unsure.onnx", checkpoint, verify=photos))
    assert "Verified: the float file" in text
    assert "UNDECIDED: the file with int8 weights does not find what PyTorch finds." in text
    assert "WRONG" not in text
    assert path.name == "unsure.onnx"
    assert load_onnx(path).metadata["quantisation"] == "none"
