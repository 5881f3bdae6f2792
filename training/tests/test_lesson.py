"""A lesson as the page exports it is a dataset to train on, and what comes of it is something to start from."""

import json
import subprocess
import zipfile
from pathlib import Path

import pytest
import torch

from training.convert.convert import Options, convert
from training.data import check_photos, class_names, load_split
from training.start import read_start
from training.train import TrainOptions, train

ROOT = Path(__file__).parents[2]
TSX = ROOT / "node_modules" / ".bin" / "tsx"
SHIPPED = ROOT / "public/models/surface-defects.onnx"
CLASSES = ("scratch", "dent", "bare spot")


@pytest.mark.skipif(not TSX.exists(), reason="needs the packages of package.json")
def test_a_lesson_becomes_a_network_of_its_own(tmp_path: Path) -> None:
    subprocess.run([TSX, "tests/write-lesson.ts", tmp_path / "caps.zip"], cwd=ROOT, check=True)
    folder = tmp_path / "caps"
    zipfile.ZipFile(tmp_path / "caps.zip").extractall(folder)
    assert class_names([folder]) == CLASSES
    photos = load_split(folder, "train", CLASSES)
    check_photos(photos)
    told = json.loads((ROOT / "public/samples/lesson/lesson.json").read_text())["photos"]
    taught = [p for p in told if p["role"] == "lesson"]
    marked = [[m["classId"] for m in p["marks"]] for p in taught]
    assert [[i.label for i in p.instances] for p in photos] == marked
    assert {i for classes in marked for i in classes} == {1, 2, 3}
    assert [] in marked
    for photo, p in zip(photos, taught, strict=True):
        for instance, mark in zip(photo.instances, p["marks"], strict=True):
            box = mark["region"]["width"] * mark["region"]["height"]
            assert 0.05 * box < instance.mask().sum() <= box

    out = tmp_path / "run"
    checkpoint = train(TrainOptions(tmp_path, ["caps"], out, images=len(photos), start=SHIPPED, threads=1))
    saved = torch.load(checkpoint, weights_only=True)
    assert tuple(saved["classes"]) == CLASSES
    assert all(torch.isfinite(t).all() for t in saved["model"].values())

    # From so few photos nothing is found for sure, so that there is nothing to verify by: the weights are those all the same.
    file = convert(Options(tmp_path / "caps.onnx", checkpoint, verify=folder / "images"), lambda _: None)
    own = file.rename(tmp_path / "own.onnx")
    start = read_start(own)
    assert start.classes == CLASSES
    again = train(TrainOptions(tmp_path, ["caps"], tmp_path / "again", images=4, start=own, threads=1))
    assert tuple(torch.load(again, weights_only=True)["classes"]) == CLASSES
