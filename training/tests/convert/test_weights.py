"""What people call a .pth is read, and what can't be is refused in words."""

from __future__ import annotations

import argparse
import os
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from training.convert.errors import ConvertError
from training.convert.weights import read_weights

STATE = OrderedDict(
    {
        "backbone.body.conv1.weight": torch.arange(4.0),
        "roi_heads.box_predictor.cls_score.weight": torch.ones(3, 2),
    }
)


def saved(folder: Path, value: object, name: str = "maskrcnn_defect.pth", **options: bool) -> Path:
    path = folder / name
    torch.save(value, path, **options)
    return path


def same(a: dict[str, Tensor], b: dict[str, Tensor] = STATE) -> bool:
    return a.keys() == b.keys() and all(torch.equal(a[k], b[k]) for k in b)


def prefixed(prefix: str) -> dict[str, Tensor]:
    return {prefix + name: tensor for name, tensor in STATE.items()}


@pytest.mark.parametrize(
    ("value", "origin"),
    [
        (STATE, "the file"),
        (prefixed("module."), "the file"),
        (prefixed("_orig_mod."), "the file"),
        ({"model": STATE, "epoch": 12, "args": argparse.Namespace(lr=0.1)}, 'its entry "model"'),
        ({"state_dict": prefixed("network."), "optimizer_states": [{}]}, 'its entry "state_dict"'),
        ({"model": prefixed("module."), "best": np.float64(0.71)}, 'its entry "model"'),
        ({"optimizer": {"state": {}}, "my_network": dict(STATE)}, 'its entry "my_network"'),
        ({"checkpoint": {"model": STATE}}, 'its entry "model"'),
        # The averaged weights are those that people evaluate.
        ({"model": {k: v + 1 for k, v in STATE.items()}, "ema": STATE}, 'its entry "ema"'),
        ({"ema": {"n_averaged": torch.tensor(9), **prefixed("module.")}}, 'its entry "ema"'),
    ],
)
def test_weights_are_found_wherever_they_are(tmp_path: Path, value: object, origin: str) -> None:
    read = read_weights(saved(tmp_path, value))
    assert same(read.state)
    assert read.origin == origin


def test_our_own_checkpoints_bring_the_names_of_their_classes(tmp_path: Path) -> None:
    own = {"average": STATE, "rule": {"shortSide": 256}, "classes": ["scratches", "lost print"]}
    assert read_weights(saved(tmp_path, own)).classes == ["scratches", "lost print"]
    # What other programs keep under that name may be anything.
    assert read_weights(saved(tmp_path, {"model": STATE, "classes": 91})).classes is None


def test_files_from_before_pytorch_1_6(tmp_path: Path) -> None:
    assert same(read_weights(saved(tmp_path, STATE, _use_new_zipfile_serialization=False)).state)


def test_a_whole_network_is_read_only_with_trust(tmp_path: Path) -> None:
    path = saved(tmp_path, nn.Sequential(nn.Linear(2, 3)))
    with pytest.raises(ConvertError, match=r"whole pickled network.*--trust.*state_dict"):
        read_weights(path)
    read = read_weights(path, trust=True)
    assert isinstance(read.module, nn.Sequential)
    assert list(read.state) == ["0.weight", "0.bias"]


class Mischief:
    """Runs a command when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple:
        return os.mkdir, (str(self.path),)


def test_nothing_in_a_file_is_run(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    path = saved(tmp_path, {"model": STATE, "extra": Mischief(trap)})
    with pytest.raises(ConvertError, match=r"runs code which is in the file"):
        read_weights(path)
    assert not trap.exists()


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"optimizer": {"state": {}, "param_groups": []}}, "state of an optimiser and no weights"),
        ({"epoch": 3}, r'No weights were found in this file; its entries are "epoch"'),
        ([1, 2], "This file holds a list and no weights"),
    ],
)
def test_checkpoints_without_weights(tmp_path: Path, value: object, sentence: str) -> None:
    with pytest.raises(ConvertError, match=sentence):
        read_weights(saved(tmp_path, value))


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"Part 17: see the photo.", "notes.pth", "This is not a PyTorch checkpoint"),
        (b"\x89HDF\r\n\x1a\n" + bytes(99), "model.h5", "HDF5"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "photo.pth", "a picture"),
        (b"\x1f\x8b" + bytes(99), "model.pth", "gzip"),
        ((2).to_bytes(8, "little") + b"{}", "model.safetensors", "safetensors"),
        (b"\x08\x08", "model.onnx", "an ONNX model already: drop it on the page"),
        (b"PK\x03\x04" + bytes(99), "model.pth", "ends early or is damaged"),
        (b"\x80\x02" + bytes(99), "model.pth", "ends early or is damaged"),
        (b"", "empty.pth", "This is not a PyTorch checkpoint"),
    ],
)
def test_other_files(tmp_path: Path, content: bytes, name: str, sentence: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ConvertError, match=sentence):
        read_weights(path)


def test_a_truncated_checkpoint(tmp_path: Path) -> None:
    path = saved(tmp_path, STATE)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ConvertError, match="ends early or is damaged"):
        read_weights(path)


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ConvertError, match="There is no file"):
        read_weights(tmp_path / "nowhere.pth")
    with pytest.raises(ConvertError, match="is a folder"):
        read_weights(tmp_path)


def test_torchscript(tmp_path: Path) -> None:
    path = tmp_path / "scripted.pt"
    torch.jit.trace(nn.Linear(2, 3), torch.ones(1, 2)).save(str(path))
    with pytest.raises(ConvertError, match="TorchScript"):
        read_weights(path)
