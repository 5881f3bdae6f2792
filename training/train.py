"""``python -m training train``: a run bounded by minutes or images, resumable at any moment."""

from __future__ import annotations

import json
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed
import torch.multiprocessing
from torch import nn
from torch.optim import AdamW
from torch.utils.data import DataLoader
from torchvision.models.detection.mask_rcnn import MaskRCNN
from tqdm import tqdm

from .batches import Batches, Source
from .data import CLASSES, DataError, check_photos, class_names, dataset_folder, load_split
from .model import build_model
from .preprocess import InputRule
from .start import Start, begin, read_start

# Share of the batches per dataset; a folder not named here counts as generated images.
SHARES = {"neu_seg": 0.57, "magnetic_tile": 0.28, "bsdata": 0.15}
GENERATED_SHARE = 0.06
WARM_UP_STEPS = 150
SAVE_EVERY_SECONDS = 240
# Steps between two meetings of several processes.
MEET_EVERY = 16


@dataclass(frozen=True)
class TrainOptions:
    data: Path
    datasets: list[str]
    out: Path
    minutes: float = 0.0
    images: int = 0
    """The budget: images seen, the same on every machine, or minutes; one of the two."""
    seed: int = 0
    backbone_rate: float = 2e-4
    head_rate: float = 6e-4
    frozen_blocks: int = 3
    device: str = "auto"
    threads: int = 0
    """Of each process."""
    processes: int = 1
    """On two CPU cores two processes of one thread see half as many images again as one process of two threads,
    since much of a detector's step is serial."""
    start: Path | None = None
    """What the run begins with: a finished run's checkpoint, of which the averaged weights count, or a model file."""

    @property
    def folders(self) -> list[Path]:
        return [dataset_folder(self.data, name) for name in self.datasets]


class MovingAverage:
    """Exponential moving average of the weights (Polyak averaging), short at first."""

    def __init__(self, model: nn.Module, decay: float = 0.998) -> None:
        self.decay, self.steps = decay, 0
        self.state = {k: v.detach().clone() for k, v in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model: nn.Module, steps: int = 1) -> None:
        """``steps``: how many were taken since the last update."""
        self.steps += steps
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps)) ** steps
        for key, value in model.state_dict().items():
            self.state[key].lerp_(value, 1 - decay) if value.is_floating_point() else self.state[key].copy_(value)


@dataclass(frozen=True)
class Material:
    """What a run learns, from what, and what it begins with."""

    classes: tuple[str, ...]
    sources: list[Source]
    start: Start | None


def gather(options: TrainOptions) -> Material:
    """Raises DataError where the datasets or what to start from can't be used."""
    classes = class_names(options.folders)
    sources = []
    for name, folder in zip(options.datasets, options.folders, strict=True):
        photos = load_split(folder, "train", classes)
        check_photos(photos)
        sources.append(Source(name, photos, SHARES.get(name, GENERATED_SHARE)))
    if not any(photo.instances for source in sources for photo in source.photos):
        raise DataError("Nothing is annotated in these photos: there is nothing to learn.")
    return Material(classes, sources, read_start(options.start) if options.start else None)


def parameter_groups(model: MaskRCNN, options: TrainOptions) -> list[dict]:
    body = model.backbone.body
    if options.frozen_blocks:
        body.stem.requires_grad_(False)
        for block in body.blocks[: options.frozen_blocks]:
            block.requires_grad_(False)
    backbone = [p for p in body.parameters() if p.requires_grad]
    known = {id(p) for p in body.parameters()}
    heads = [p for p in model.parameters() if id(p) not in known]
    return [{"params": backbone, "peak": options.backbone_rate}, {"params": heads, "peak": options.head_rate}]


def learning_rate(peak: float, step: int, progress: float) -> float:
    """Linear warm-up by step, then a cosine over the budget down to 1 % of the peak."""
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    return peak * warm * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))


def meet(model: nn.Module, images: int, seconds: float) -> tuple[int, float]:
    """Gives every process the mean of their weights; returns the images that all of them saw and the mean seconds.

    Each process trains alone between two meetings (local SGD, Stich, 2019): unlike gradients that are shared at
    every step, nobody waits for the slowest batch.
    """
    if not torch.distributed.is_initialized():
        return images, seconds
    weights = [p.data for p in model.parameters() if p.requires_grad]
    flat = torch.cat([w.flatten() for w in weights] + [torch.tensor([images, seconds], dtype=torch.float32)])
    torch.distributed.all_reduce(flat)
    world = torch.distributed.get_world_size()
    parts = (flat / world).split([w.numel() for w in weights] + [2])
    for weight, part in zip(weights, parts, strict=False):
        weight.copy_(part.view_as(weight))
    mean_images, mean_seconds = parts[-1].tolist()
    return round(mean_images * world), mean_seconds


def train(options: TrainOptions) -> Path:
    """Trains until the budget is used up, counting what came before a resume; returns the checkpoint's path.

    ``out/checkpoint.pt`` holds model, moving average, optimiser and clock; ``out/log.jsonl`` a line of
    losses per 50 steps. Delete the folder to start anew. The classes are those of the datasets; raises DataError where
    those or what to start from can't be used.
    """
    material = gather(options)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.processes == 1:
        try:
            return _train(0, options, material)
        finally:
            # It holds for the whole process, and other programs rely on exact arithmetic.
            torch.set_flush_denormal(False)
    meeting = options.out / "processes"
    meeting.unlink(missing_ok=True)
    try:
        torch.multiprocessing.start_processes(
            _join, (options, material, meeting), options.processes, start_method="spawn"
        )
    finally:
        meeting.unlink(missing_ok=True)
    return options.out / "checkpoint.pt"


def _join(rank: int, options: TrainOptions, material: Material, meeting: Path) -> None:
    torch.distributed.init_process_group(
        "gloo", init_method=meeting.absolute().as_uri(), rank=rank, world_size=options.processes
    )
    _train(rank, options, material)
    torch.distributed.destroy_process_group()


def _train(rank: int, options: TrainOptions, material: Material) -> Path:
    device = torch.device(
        ("cuda" if torch.cuda.is_available() else "cpu") if options.device == "auto" else options.device
    )
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed + rank)
    checkpoint_path = options.out / "checkpoint.pt"
    rule = InputRule()
    # Values too small to matter slow a CPU down.
    torch.set_flush_denormal(True)
    classes, start = material.classes, material.start
    model = build_model(len(classes)).to(device).train()
    before = {"images": 0, "seconds": 0.0}
    if start:
        fresh = begin(model, start, classes)
        before = {"images": start.images, "seconds": start.seconds}
        if rank == 0 and fresh:
            print(f"New, and learnt from scratch: {', '.join(fresh)}.")
    optimiser = AdamW(parameter_groups(model, options), weight_decay=1e-3)
    average = MovingAverage(model)
    step, images_seen, elapsed = 0, 0, 0.0
    if checkpoint_path.exists():
        saved = torch.load(checkpoint_path, map_location=device, weights_only=True)
        if list(classes) != (known := saved.get("classes", list(CLASSES))):
            raise DataError(
                f"The run in {options.out} learns {', '.join(known)}; these datasets have {', '.join(classes)}. "
                "Name another folder with --out."
            )
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        average.state, average.steps = saved["average"], saved["steps"]
        before = saved["before"]
        step, images_seen, elapsed = saved["steps"], saved["images"], saved["seconds"]

    # The data seed moves with the step so that a resumed run does not repeat its first batches.
    batches = Batches(material.sources, rule, options.seed * 1_000_003 + step, rank)
    workers = 1 if device.type == "cpu" else 12
    loader = iter(DataLoader(batches, batch_size=None, num_workers=workers, prefetch_factor=4))

    def save() -> None:
        state = {
            "model": model.state_dict(),
            "average": average.state,
            "optimiser": optimiser.state_dict(),
            "steps": step,
            "images": images_seen,
            "seconds": elapsed,
            "before": before,
            "seed": options.seed,
            "datasets": options.datasets,
            "classes": list(classes),
            "rule": rule.as_metadata(),
        }
        partial = checkpoint_path.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(checkpoint_path)

    if bool(options.minutes) == bool(options.images):
        raise ValueError("Give a budget in minutes or in images.")
    budget, unit = (options.images, "img") if options.images else (round(options.minutes * 60), "s")

    def spent() -> float:
        return images_seen if options.images else elapsed

    sums: dict[str, float] = {}
    # Fewer than 50 steps after a resume.
    summed = 0
    last_save = elapsed
    meet_every = MEET_EVERY if options.processes > 1 else 1
    # One process writes.
    writes = rank == 0
    with (
        (options.out / "log.jsonl" if writes else Path(os.devnull)).open("a") as log,
        tqdm(total=budget, initial=round(spent()), unit=unit, mininterval=15, disable=not writes) as bar,
    ):
        tick, new_images = time.monotonic(), 0
        while spent() < budget:
            images, targets = next(loader)
            images = images.to(device)
            targets = [{k: v.to(device) for k, v in t.items()} for t in targets]
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(group["peak"], step, spent() / budget)
            losses = model(images, targets)
            loss = sum(losses.values())
            optimiser.zero_grad(set_to_none=True)
            if torch.isfinite(loss):
                loss.backward()
                nn.utils.clip_grad_norm_(model.parameters(), 5.0)
                optimiser.step()
            step += 1
            new_images += len(images)
            if step % meet_every == 0:
                now = time.monotonic()
                new_images, new_seconds = meet(model, new_images, now - tick)
                images_seen += new_images
                elapsed += new_seconds
                tick, new_images = now, 0
                average.update(model, meet_every)
            for name, value in losses.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach())
            summed += 1
            if step % 50 == 0:
                means = {k.removeprefix("loss_"): round(v / summed, 4) for k, v in sums.items()}
                sums.clear()
                summed = 0
                log.write(json.dumps({"step": step, "images": images_seen, "seconds": round(elapsed), **means}) + "\n")
                log.flush()
                bar.set_postfix(loss=round(sum(means.values()), 3), images=images_seen, refresh=False)
            bar.n = min(round(spent()), budget)
            bar.update(0)
            if writes and elapsed - last_save > SAVE_EVERY_SECONDS:
                save()
                last_save = elapsed
        if writes:
            save()
    return checkpoint_path
