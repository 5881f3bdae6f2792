"""Large pictures as a COCO folder whose images list the photos in them as ``parts``."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image
from pycocotools import mask as rle
from tqdm import tqdm

from ..data import to_rle
from ..preprocess import load_photo
from .layout import arrange, choose
from .paste import paste


def compose(out: Path, source: Path, split: str, width: int, height: int, count: int, seed: int) -> str:
    """Writes out/images/*.png and out/SPLIT.json from a COCO folder; returns a line on what is in it.

    A picture holds as many photos as there is room for, none of them twice; those used least come first.
    ValueError where no photo fits, or a photo has another size than the folder says.
    """
    folder = json.loads((source / f"{split}.json").read_text())
    photos = sorted(folder["images"], key=lambda image: image["id"])
    sizes = [(image["width"], image["height"]) for image in photos]
    annotations: dict[int, list[dict]] = {image["id"]: [] for image in photos}
    for annotation in folder["annotations"]:
        annotations[annotation["image_id"]].append(annotation)

    (out / "images").mkdir(parents=True, exist_ok=True)
    uses = [0] * len(photos)
    data = {"images": [], "annotations": [], "categories": folder["categories"]}
    for number in tqdm(range(count), mininterval=5):
        rng = np.random.default_rng([seed, number])
        order = sorted(rng.permutation(len(photos)).tolist(), key=uses.__getitem__)
        chosen = choose(sizes, order, width, height)
        if not chosen:
            raise ValueError(f"No photo of {source} fits into {width} x {height} pixels.")
        cells = arrange(sizes, chosen, width, height, rng)
        pixels = {photo: load_pixels(source, photos[photo]) for photo in chosen}
        name = f"{split}-{seed}-{number:02}.png"
        # Without loss: what differs from the photos one by one is then the way they are looked at.
        picture = Image.fromarray(paste(pixels, cells, width, height))
        picture.save(out / "images" / name, compress_level=1)
        image = {"id": number + 1, "file_name": name, "width": width, "height": height, "parts": []}
        for cell in cells:
            uses[cell.photo] += 1
            photo = photos[cell.photo]
            bbox = [cell.x, cell.y, photo["width"], photo["height"]]
            image["parts"].append({"file_name": photo["file_name"], "bbox": bbox})
            for annotation in annotations[photo["id"]]:
                moved = move(annotation, photo, (cell.x, cell.y), (width, height))
                data["annotations"].append({**moved, "id": len(data["annotations"]) + 1, "image_id": image["id"]})
        data["images"].append(image)
    (out / f"{split}.json").write_text(json.dumps(data))

    judged = sum(w * h for image in data["images"] for w, h in [part["bbox"][2:] for part in image["parts"]])
    return (
        f"{count} pictures of {width} x {height} in {out}: {sum(uses)} parts, {judged / (count * width * height):.0%} of "
        f"the area; {sum(n > 0 for n in uses)} of {len(photos)} photos, {min(uses)} to {max(uses)} times each"
    )


def load_pixels(folder: Path, photo: dict) -> np.ndarray:
    """uint8 [height, width, 3]"""
    pixels = np.asarray(load_photo(folder / "images" / photo["file_name"]))
    if pixels.shape[:2] != (photo["height"], photo["width"]):
        raise ValueError(f"{photo['file_name']} is not {photo['width']} x {photo['height']} pixels large.")
    return pixels


def move(annotation: dict, photo: dict, corner: tuple[int, int], size: tuple[int, int]) -> dict:
    """A photo's annotation at its place in a picture of the given size (width, height): the same pixels."""
    x, y = corner
    width, height = size
    mask = rle.decode(to_rle(annotation["segmentation"], photo["height"], photo["width"]))
    # The runs of each column: what is set begins where the difference is 1, and ends where it is -1.
    steps = np.diff(np.pad(mask.astype(np.int8), ((1, 1), (0, 0))), axis=0).T
    column, row = np.nonzero(steps)
    changes = (x + column) * height + y + row
    runs = np.diff(np.concatenate([[0], changes, [width * height]]))
    encoded = rle.frPyObjects({"size": [height, width], "counts": runs.tolist()}, height, width)
    return {
        **annotation,
        "bbox": [int(value) for value in rle.toBbox(encoded)],
        "area": int(mask.sum()),
        "segmentation": {"size": [height, width], "counts": encoded["counts"].decode()},
    }
