"""What a run begins with, and that it learns the classes of whatever dataset it is given."""

import json
import math
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper
from PIL import Image
from pycocotools import mask as rle

from training.data import CLASSES, DataError, check_photos, class_names, dataset_folder, load_split
from training.export import set_metadata
from training.model import build_model
from training.start import BOX_PREDICTOR, Start, begin, from_onnx, read_start
from training.train import TrainOptions, gather, train

SHIPPED = Path("public/models/surface-defects.onnx")


@pytest.fixture(scope="module")
def shipped() -> Start:
    return from_onnx(SHIPPED)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder as the page saves a lesson: two marked photos, one good, a class that the shipped model knows and one new."""
    folder = tmp_path / "mine"
    (folder / "images").mkdir(parents=True)
    rng = np.random.default_rng(0)
    images, annotations = [], []
    for i in range(3):
        name = f"part {i}.png"
        Image.fromarray(rng.integers(90, 160, (96, 128, 3), dtype=np.uint8)).save(folder / "images" / name)
        images.append({"id": i + 1, "file_name": name, "width": 128, "height": 96})
    mask = np.zeros((96, 128), np.uint8, order="F")
    mask[20:50, 30:80] = 1
    runs = rle.encode(mask)
    flat = mask.ravel(order="F")
    edges = np.flatnonzero(np.diff(flat)) + 1
    counts = np.diff([0, *edges, flat.size]).tolist()
    for i, (category, segmentation) in enumerate(
        [
            (7, {"size": [96, 128], "counts": runs["counts"].decode()}),
            (3, {"size": [96, 128], "counts": counts}),
            (3, [[30, 20, 80, 20, 80, 50, 30, 50]]),
        ]
    ):
        box = {"bbox": [30, 20, 50, 30], "area": 1500, "iscrowd": 0}
        annotations.append(
            {"id": i + 1, "image_id": min(i, 1) + 1, "category_id": category, "segmentation": segmentation, **box}
        )
    categories = [{"id": 7, "name": "lost print", "supercategory": "defect"}, {"id": 3, "name": "scratches"}]
    record = {"info": {"version": "1"}, "images": images, "annotations": annotations, "categories": categories}
    (folder / "annotations.json").write_text(json.dumps(record))
    return folder


def test_a_folder_from_the_page_is_a_dataset(mine: Path) -> None:
    assert class_names([mine]) == ("scratches", "lost print")
    photos = load_split(mine, "train", class_names([mine]))
    assert [[i.label for i in p.instances] for p in photos] == [[2], [1, 1], []]
    # However it is written, it is one and the same area.
    assert [int(i.mask().sum()) for p in photos for i in p.instances] == [1500] * 3
    check_photos(photos)


def test_our_datasets_keep_the_shipped_order(mine: Path, tmp_path: Path) -> None:
    categories = [{"id": 10 - i, "name": name} for i, name in enumerate(CLASSES)]
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "train.json").write_text(json.dumps({"categories": categories}))
    assert class_names([tmp_path / "a", tmp_path / "b"]) == CLASSES
    assert class_names([mine, tmp_path / "a"]) == (*CLASSES, "lost print")


def test_a_name_is_a_folder_below_or_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data" / "tiles").mkdir(parents=True)
    assert dataset_folder(Path("data"), "tiles") == Path("data/tiles")
    assert dataset_folder(Path("data"), "mine") == Path("mine")
    assert dataset_folder(Path("data"), "./tiles") == Path("tiles")


def test_weights_of_a_model_file_are_its_dequantised_ones(shipped: Start) -> None:
    values = {t.name: numpy_helper.to_array(t) for t in onnx.load(SHIPPED).graph.initializer}
    assert shipped.classes == CLASSES
    for key, tensor in shipped.state.items():
        if key.endswith(".scale"):
            assert (tensor == 1).all()
            continue
        layer, _, kind = key.rpartition(".")
        name = next(n for n in (f"model.{key}", f"model.{layer}.1.{kind}") if n in values or f"{n}.int8" in values)
        if name in values:
            expected = values[name]
        else:
            axis = 1 if "mask_predictor.up" in name else 0
            shape = [-1 if i == axis else 1 for i in range(tensor.dim())]
            expected = values[f"{name}.int8"].astype(np.float32) * values[f"{name}.scale"].reshape(shape)
        assert np.array_equal(tensor.numpy(), expected), key
    assert set(shipped.state) == set(build_model(len(CLASSES), pretrained=False).state_dict())


def test_heads_go_by_name_and_new_classes_are_fresh(shipped: Start) -> None:
    torch.manual_seed(0)
    classes = ("lost print", "scratches")
    model = build_model(len(classes), pretrained=False)
    drawn = {k: v.clone() for k, v in model.state_dict().items()}
    assert begin(model, shipped, classes) == ["lost print"]
    state = model.state_dict()
    old = CLASSES.index("scratches") + 1
    for name, rows in (("cls_score", 1), ("bbox_pred", 4)):
        for kind in ("weight", "bias"):
            key = f"{BOX_PREDICTOR}{name}.{kind}"
            now, before, file = (s[key].unflatten(0, (-1, rows)) for s in (state, drawn, shipped.state))
            assert torch.equal(now[0], file[0])
            assert torch.equal(now[1], before[1])
            assert torch.equal(now[2], file[old])
    for key, tensor in shipped.state.items():
        if not key.startswith(BOX_PREDICTOR):
            assert torch.equal(state[key], tensor), key


def test_a_few_steps_on_a_lesson_from_the_shipped_file(mine: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "run"
    options = TrainOptions(tmp_path, ["mine"], out, images=12, start=SHIPPED, threads=1)
    saved = torch.load(train(options), weights_only=True)
    assert "learnt from scratch: lost print" in capsys.readouterr().out
    assert saved["classes"] == ["scratches", "lost print"]
    # Small values are flushed while it trains, and not afterwards.
    assert float(torch.tensor([1e-40]) * 1) != 0
    assert saved["before"]["images"] > 40_000
    assert all(torch.isfinite(t).all() for t in saved["model"].values())
    # Frozen blocks are the file's still, the heads have moved.
    start = read_start(SHIPPED)
    stem, head = "backbone.body.stem.weight", "roi_heads.box_head.fc1.weight"
    assert torch.equal(saved["model"][stem], start.state[stem])
    assert not torch.equal(saved["model"][head], start.state[head])
    assert math.isclose(float((saved["model"][head] - start.state[head]).abs().max()), 0, abs_tol=0.01)

    again = read_start(out / "checkpoint.pt")
    assert again.classes == ("scratches", "lost print")
    assert again.images == saved["images"] + saved["before"]["images"]

    record = json.loads((mine / "annotations.json").read_text())
    record["categories"][0]["name"] = "stain"
    (mine / "annotations.json").write_text(json.dumps(record))
    with pytest.raises(DataError, match=r"learns scratches, lost print; these datasets have scratches, stain"):
        train(options)


def test_what_can_not_be_used_is_said(mine: Path, tmp_path: Path) -> None:
    def options(name: str = "mine", start: Path | None = None) -> TrainOptions:
        return TrainOptions(tmp_path, [name], tmp_path / "run", images=1, start=start)

    with pytest.raises(DataError, match=r"no train\.json in .*nowhere and no annotations\.json"):
        gather(options("nowhere"))
    with pytest.raises(DataError, match="is not there"):
        gather(options(start=tmp_path / "none.onnx"))
    for name in ("broken.onnx", "broken.pt"):
        (tmp_path / name).write_bytes(b"not a model")
        with pytest.raises(DataError, match=name):
            gather(options(start=tmp_path / name))
    with pytest.raises(DataError, match="not a model file of this project"):
        gather(options(start=Path("tests/fixtures/adapters/torchvision.onnx")))
    other = onnx.helper.make_model(onnx.helper.make_graph([], "other", [], []))
    set_metadata(other, {"classes": [{"id": 1, "name": "stain"}]})
    onnx.save(other, tmp_path / "other.onnx")
    with pytest.raises(DataError, match="not a file of this project's own network"):
        gather(options(start=tmp_path / "other.onnx"))

    path = mine / "annotations.json"
    record = json.loads(path.read_text())
    path.write_text(json.dumps({**record, "annotations": []}))
    with pytest.raises(DataError, match="Nothing is annotated"):
        gather(options())
    Image.new("RGB", (96, 128)).save(mine / "images" / "part 0.png")
    with pytest.raises(DataError, match=r"part 0\.png is 96 x 128 px, its annotations are for 128 x 96"):
        gather(options())
    (mine / "images" / "part 0.png").unlink()
    with pytest.raises(DataError, match=r"part 0\.png is named in the annotations"):
        gather(options())


def test_a_photo_that_lies_on_its_side_counts_as_it_is_seen(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (60, 40)).save(tmp_path / "images" / "a.jpg", exif=exif)
    image = {"id": 1, "file_name": "a.jpg", "width": 40, "height": 60}
    (tmp_path / "annotations.json").write_text(json.dumps({"images": [image], "annotations": [], "categories": []}))
    check_photos(load_split(tmp_path, "train"))


def test_a_photo_with_a_crowd_is_left_out(mine: Path) -> None:
    record = json.loads((mine / "annotations.json").read_text())
    record["annotations"][0]["iscrowd"] = 1
    (mine / "annotations.json").write_text(json.dumps(record))
    assert [p.id for p in load_split(mine, "train", class_names([mine]))] == [2, 3]
