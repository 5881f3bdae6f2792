"""Endless batches of one dataset and of like aspect ratio each.

Mixing tall and wide photos pads a batch to a square of the longest sides; a batch of one kind wastes
next to nothing and made a step on a CPU ten times faster.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import IterableDataset

from .augment import boxes_of, load_example
from .data import Photo
from .preprocess import InputRule, pad

PIXELS_PER_BATCH = 520_000
Batch = tuple[Tensor, list[dict[str, Tensor]]]


@dataclass(frozen=True)
class Source:
    """One dataset's photos and the share of the batches that come from it."""

    name: str
    photos: list[Photo]
    share: float


class Batches(IterableDataset[Batch]):
    """Yields (images uint8 [n, 3, h, w], targets); seeded, and different after every resume."""

    def __init__(self, sources: list[Source], rule: InputRule, seed: int, rank: int = 0) -> None:
        self.sources, self.rule, self.seed, self.rank = sources, rule, seed, rank
        self.share = np.array([s.share for s in sources]) / sum(s.share for s in sources)
        self.pools = [_Pool(s.photos) for s in sources]

    def __iter__(self) -> Iterator[Batch]:
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng((self.seed, worker.id if worker else 0, self.rank))
        while True:
            yield self.batch(self.pools[rng.choice(len(self.pools), p=self.share)], rng)

    def batch(self, pool: _Pool, rng: np.random.Generator) -> Batch:
        zoom = rng.uniform(0.75, 1.12)
        first = pool.pick(rng)
        width, height = (zoom * v for v in self.rule.size(first.width, first.height))
        count = int(np.clip(PIXELS_PER_BATCH // (width * height), 2, 8))
        # A quarter turn of the whole batch keeps its photos alike; a square one turns freely.
        odd = int(rng.random() < 0.5)
        examples = []
        for photo in pool.companions(first, count, rng):
            turns = odd + 2 * int(rng.integers(2))
            scale = zoom * self.rule.scale(photo.width, photo.height)
            examples.append(load_example(photo, scale, turns, rng, pool.donor(photo, rng)))
        height, width = np.max([e[0].shape[:2] for e in examples], axis=0)
        width, height = self.rule.padded(int(width), int(height))
        images, targets = [], []
        for pixels, masks, labels in examples:
            images.append(pad(pixels, width, height, self.rule.padValue).transpose(2, 0, 1))
            full = np.zeros((len(masks), height, width), np.uint8)
            full[:, : masks.shape[1], : masks.shape[2]] = masks
            targets.append(
                {
                    "boxes": torch.from_numpy(boxes_of(masks)),
                    "labels": torch.from_numpy(labels),
                    "masks": torch.from_numpy(full),
                }
            )
        return torch.from_numpy(np.stack(images)), targets


class _Pool:
    """Draws photos of one dataset: rare classes more often, companions of like aspect, some clean parts."""

    CLEAN_SHARE = 0.25
    PASTE_SHARE = 0.4
    ASPECT_TOLERANCE = 0.12

    def __init__(self, photos: list[Photo]) -> None:
        self.defective = [p for p in photos if p.instances]
        self.clean = [p for p in photos if not p.instances]
        counts = np.bincount(np.array([i.label for p in self.defective for i in p.instances], int))
        # Square-root sampling: a class with a hundredth of the examples is drawn ten times as often per example.
        weight = np.array([max(1 / np.sqrt(counts[i.label]) for i in p.instances) for p in self.defective])
        self.weight = weight / weight.sum()
        self.clean_share = self.CLEAN_SHARE if self.defective and self.clean else float(bool(self.clean))
        self.defective_aspect = np.log([p.aspect for p in self.defective])
        self.clean_aspect = np.log([p.aspect for p in self.clean])

    def pick(self, rng: np.random.Generator) -> Photo:
        if not self.defective:
            return self.clean[rng.integers(len(self.clean))]
        return self.defective[rng.choice(len(self.defective), p=self.weight)]

    def companions(self, first: Photo, count: int, rng: np.random.Generator) -> list[Photo]:
        aspect = np.log(first.aspect)
        near = np.abs(self.defective_aspect - aspect) < self.ASPECT_TOLERANCE
        weight = self.weight * near
        chosen = [first]
        for _ in range(count - 1):
            if rng.random() < self.clean_share:
                distance = np.abs(self.clean_aspect - aspect) + rng.exponential(0.05, len(self.clean))
                chosen.append(self.clean[int(distance.argmin())])
            else:
                chosen.append(self.defective[rng.choice(len(weight), p=weight / weight.sum())])
        return chosen

    def donor(self, photo: Photo, rng: np.random.Generator) -> Photo | None:
        """For some clean photos a defective one of like aspect, whose defects are to be copied over."""
        if photo.instances or not self.defective or rng.random() >= self.PASTE_SHARE:
            return None
        near = np.abs(self.defective_aspect - np.log(photo.aspect)) < self.ASPECT_TOLERANCE
        weight = self.weight * near
        return self.defective[rng.choice(len(weight), p=weight / weight.sum())] if near.any() else None
