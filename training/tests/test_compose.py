import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pycocotools import mask as rle

from training.compose import compose
from training.compose.coco import move
from training.compose.layout import MARGIN, arrange, choose
from training.compose.paste import paste
from training.data import to_rle

SIZES = st.lists(st.tuples(st.integers(1, 90), st.integers(1, 90)), min_size=1, max_size=30)


@settings(max_examples=50, deadline=None)
@given(SIZES, st.integers(170, 500), st.integers(170, 500), st.integers(0, 100))
def test_cells_fill_the_picture_and_hold_their_photos(
    sizes: list[tuple[int, int]], width: int, height: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    chosen = choose(sizes, rng.permutation(len(sizes)).tolist(), width, height)
    cells = arrange(sizes, chosen, width, height, rng)
    assert sorted(cell.photo for cell in cells) == sorted(chosen)
    covered = np.zeros((height, width), int)
    for cell in cells:
        w, h = sizes[cell.photo]
        covered[cell.top : cell.bottom, cell.left : cell.right] += 1
        assert cell.left + MARGIN <= cell.x <= cell.right - MARGIN - w
        assert cell.top + MARGIN <= cell.y <= cell.bottom - MARGIN - h
    assert (covered == 1).all()


def test_photos_are_passed_over_only_where_there_is_no_room() -> None:
    sizes = [(100, 100), (400, 400), (100, 100), (100, 100)]
    room = 2 * (100 + 2 * MARGIN)
    assert choose(sizes, [3, 1, 0, 2], room, room // 2) == [3, 0]
    assert choose(sizes, [1], room, room) == []
    with pytest.raises(ValueError, match="don't fit"):
        arrange(sizes, [0, 1], room, room, np.random.default_rng(0))


def test_photos_are_unchanged_and_mirrored_around() -> None:
    rng = np.random.default_rng(3)
    sizes = [(60, 50), (40, 70)]
    photos = {i: rng.integers(0, 256, (h, w, 3), np.uint8) for i, (w, h) in enumerate(sizes)}
    cells = arrange(sizes, [0, 1], 300, 160, rng)
    picture = paste(photos, cells, 300, 160)
    for cell in cells:
        photo = photos[cell.photo]
        h, w = photo.shape[:2]
        assert np.array_equal(picture[cell.y : cell.y + h, cell.x : cell.x + w], photo)
        above = picture[cell.y - 10 : cell.y, cell.x : cell.x + w]
        assert np.array_equal(above, photo[:10][::-1])


def test_fillings_run_into_each_other() -> None:
    photos = {0: np.zeros((50, 50, 3), np.uint8), 1: np.full((50, 50, 3), 200, np.uint8)}
    cells = arrange([(50, 50), (50, 50)], [0, 1], 260, 120, np.random.default_rng(1))
    row = paste(photos, cells, 260, 120)[60, :, 0].astype(int)
    assert {row[0], row[-1]} == {0, 200}
    assert np.abs(np.diff(row)).max() <= 7


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_masks_keep_their_pixels(data: st.DataObject) -> None:
    w, h = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 12))
    x, y = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    width, height = x + w + data.draw(st.integers(0, 3)), y + h + data.draw(st.integers(1, 3))
    bits = data.draw(st.lists(st.booleans(), min_size=w * h, max_size=w * h).filter(any))
    mask = np.array(bits, np.uint8).reshape(h, w)
    encoded = rle.encode(np.asfortranarray(mask))
    photo = {"width": w, "height": h}
    moved = move({"segmentation": encoded, "category_id": 4, "iscrowd": 1}, photo, (x, y), (width, height))
    expected = np.zeros((height, width), np.uint8)
    expected[y : y + h, x : x + w] = mask
    assert np.array_equal(rle.decode(moved["segmentation"]), expected)
    assert moved["area"] == mask.sum()
    rows, columns = np.nonzero(expected)
    assert moved["bbox"] == [columns.min(), rows.min(), np.ptp(columns) + 1, np.ptp(rows) + 1]
    assert (moved["category_id"], moved["iscrowd"]) == (4, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five photos; a polygon, runs as numbers and compressed ones."""
    rng = np.random.default_rng(0)
    images, annotations = [], []
    (tmp_path / "images").mkdir()
    square = np.zeros((60, 80), np.uint8, order="F")
    square[10:20, 30:50] = 1
    compressed = rle.encode(square)
    written = [
        [[30, 10, 50, 10, 50, 20, 30, 20]],
        {"size": [60, 80], "counts": [1810] + [10, 50] * 19 + [10, 1840]},
        {"size": [60, 80], "counts": compressed["counts"].decode()},
    ]
    for i in range(5):
        name = f"{i}.png"
        Image.fromarray(rng.integers(0, 256, (60, 80, 3), np.uint8)).save(tmp_path / "images" / name)
        images.append({"id": 10 + i, "file_name": name, "width": 80, "height": 60})
    for i, segmentation in enumerate(written):
        annotations.append(
            {"id": i + 1, "image_id": 10 + i, "category_id": 7, "iscrowd": 0, "segmentation": segmentation}
        )
    categories = [{"id": 7, "name": "crack"}]
    data = {"images": images, "annotations": annotations, "categories": categories}
    (tmp_path / "val.json").write_text(json.dumps(data))
    return tmp_path


def test_folder(folder: Path, tmp_path: Path) -> None:
    summary = compose(tmp_path / "a", folder, "val", 300, 260, 4, 1)
    assert "4 pictures of 300 x 260" in summary
    assert "5 of 5 photos" in summary
    data = json.loads((tmp_path / "a" / "val.json").read_text())
    source = {i["file_name"]: i for i in json.loads((folder / "val.json").read_text())["images"]}
    truth = {a["image_id"]: a for a in json.loads((folder / "val.json").read_text())["annotations"]}
    assert data["categories"] == [{"id": 7, "name": "crack"}]
    assert len({a["id"] for a in data["annotations"]}) == len(data["annotations"])
    uses: dict[str, int] = {}
    for image in data["images"]:
        pixels = np.asarray(Image.open(tmp_path / "a" / "images" / image["file_name"]))
        assert pixels.shape == (260, 300, 3)
        names = [part["file_name"] for part in image["parts"]]
        assert len(names) == 4
        assert len(set(names)) == 4
        masks = [rle.decode(a["segmentation"]) for a in data["annotations"] if a["image_id"] == image["id"]]
        for part in image["parts"]:
            name, (x, y, w, h) = part["file_name"], part["bbox"]
            uses[name] = uses.get(name, 0) + 1
            assert np.array_equal(pixels[y : y + h, x : x + w], np.asarray(Image.open(folder / "images" / name)))
            here = [m for m in masks if m[y : y + h, x : x + w].any()]
            annotation = truth.get(source[name]["id"])
            assert len(here) == (annotation is not None)
            if annotation:
                expected = rle.decode(to_rle(annotation["segmentation"], 60, 80))
                assert np.array_equal(here[0][y : y + h, x : x + w], expected)
                assert here[0].sum() == expected.sum()
    # 16 places for 5 photos: nobody comes a fourth time before all have come three times.
    assert sorted(uses.values()) == [3, 3, 3, 3, 4]

    compose(tmp_path / "b", folder, "val", 300, 260, 4, 1)
    compose(tmp_path / "c", folder, "val", 300, 260, 4, 2)

    def read(name: str) -> dict[str, bytes]:
        return {path.name[-6:]: path.read_bytes() for path in (tmp_path / name / "images").iterdir()}

    assert read("a") == read("b")
    assert (tmp_path / "a/val.json").read_text() == (tmp_path / "b/val.json").read_text()
    assert read("a") != read("c")


def test_photos_larger_than_the_picture(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="No photo of"):
        compose(tmp_path / "out", folder, "val", 140, 300, 1, 1)


def test_a_photo_of_another_size_than_the_folder_says(folder: Path, tmp_path: Path) -> None:
    Image.new("RGB", (81, 60)).save(folder / "images" / "2.png")
    with pytest.raises(ValueError, match=r"2\.png is not 80 x 60"):
        compose(tmp_path / "out", folder, "val", 800, 600, 1, 1)
