"""``python -m training.teach.halves OUT``: photos of bsdata cut in two, so that there are good ones; a stand-in for another product."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from pycocotools import mask as rle

from ..data import load_split
from ..preprocess import load_photo

SOURCE = Path("../shared/datasets/bsdata")
PHOTOS = {"train": 90, "val": 35}
# A half with a smaller piece of pitting than this, in pixels, is neither good nor clearly defective.
SMALLEST = 60


def write_halves(out: Path, source: Path = SOURCE) -> None:
    (out / "images").mkdir(parents=True, exist_ok=True)
    for split, count in PHOTOS.items():
        photos = load_split(source, split)
        images, annotations = [], []
        for i in np.linspace(0, len(photos) - 1, count).astype(int):
            photo = photos[i]
            width = photo.width // 2
            for k in (0, 1):
                part = slice(k * width, (k + 1) * width)
                masks = [m for m in (x.mask()[:, part] for x in photo.instances) if m.any()]
                if any(m.sum() < SMALLEST for m in masks):
                    continue
                name = f"{split}_{photo.id}_{k}.jpg"
                half = load_photo(photo.path).crop((k * width, 0, (k + 1) * width, photo.height))
                half.save(out / "images" / name, quality=96)
                images.append({"id": len(images) + 1, "file_name": name, "width": width, "height": photo.height})
                for mask in masks:
                    runs = rle.encode(np.asfortranarray(mask))
                    annotations.append(
                        {
                            "id": len(annotations) + 1,
                            "image_id": len(images),
                            "category_id": 1,
                            "segmentation": {"size": runs["size"], "counts": runs["counts"].decode()},
                            "area": int(mask.sum()),
                        }
                    )
        coco = {"images": images, "annotations": annotations, "categories": [{"id": 1, "name": "pitting"}]}
        (out / f"{split}.json").write_text(json.dumps(coco))


if __name__ == "__main__":
    write_halves(Path(sys.argv[1]))
