"""Batches on a small dataset written here: what the network is fed is what was annotated."""

import json

import numpy as np
import pytest
from PIL import Image
from pycocotools import mask as rle

from training.batches import Batches, Source
from training.data import load_split
from training.preprocess import InputRule


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "images").mkdir()
    images, annotations = [], []
    rng = np.random.default_rng(0)
    for i in range(12):
        width, height = (160, 120) if i % 2 else (120, 160)
        pixels = rng.integers(90, 110, (height, width, 3)).astype(np.uint8)
        if i % 4:
            mask = np.zeros((height, width), np.uint8, order="F")
            mask[30:60, 40:70] = 1
            pixels[30:60, 40:70] = 240
            encoded = rle.encode(mask)
            annotations.append(
                {
                    "id": i + 1,
                    "image_id": i,
                    "category_id": 1,
                    "area": 900,
                    "bbox": [40, 30, 30, 30],
                    "segmentation": {"size": encoded["size"], "counts": encoded["counts"].decode()},
                }
            )
        Image.fromarray(pixels).save(tmp_path / "images" / f"{i}.png")
        images.append({"id": i, "file_name": f"{i}.png", "width": width, "height": height})
    data = {"images": images, "annotations": annotations, "categories": [{"id": 1, "name": "crack"}]}
    (tmp_path / "train.json").write_text(json.dumps(data))
    return tmp_path


def test_masks_stay_on_their_defects(folder) -> None:
    photos = load_split(folder, "train")
    assert photos[1].instances[0].label == 7
    iterator = iter(Batches([Source("x", photos, 1.0)], InputRule(), 5))
    seen = 0
    for _ in range(6):
        images, targets = next(iterator)
        assert images.dtype.is_floating_point is False
        assert images.shape[2] % 32 == 0
        assert images.shape[3] % 32 == 0
        for image, target in zip(images.numpy(), targets, strict=True):
            for box, mask in zip(target["boxes"].numpy(), target["masks"].numpy().astype(bool), strict=True):
                seen += 1
                x1, y1, x2, y2 = box
                assert mask[int(y1) : int(y2), int(x1) : int(x2)].sum() == mask.sum() > 0
                assert image.mean(0)[mask].mean() > image.mean(0)[~mask].mean() + 40
    assert seen > 10


def test_same_seed_same_batches(folder) -> None:
    photos = load_split(folder, "train")
    first, second = (next(iter(Batches([Source("x", photos, 1.0)], InputRule(), 5)))[0] for _ in range(2))
    assert np.array_equal(first.numpy(), second.numpy())


def test_a_batch_holds_clean_parts_too(folder) -> None:
    photos = load_split(folder, "train")
    iterator = iter(Batches([Source("x", photos, 1.0)], InputRule(), 1))
    counts = [len(t["boxes"]) for _ in range(8) for t in next(iterator)[1]]
    assert 0 in counts
    assert max(counts) == 1
