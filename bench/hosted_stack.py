"""The stack that the page replaces: torchvision's maskrcnn_resnet50_fpn at its default size, PyTorch on the CPU.

Usage: python bench/hosted_stack.py PHOTO [--threads 2] [--runs 5]; prints one JSON line.
Random weights find nothing, so that the time of a mask head and of pasting masks is left out: the comparison
is in the hosted stack's favour.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time

import torch
from PIL import Image
from torchvision.models.detection import maskrcnn_resnet50_fpn
from torchvision.transforms.functional import to_tensor


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("photo")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    model = maskrcnn_resnet50_fpn(weights=None, weights_backbone=None, num_classes=10).eval()
    times = []
    with torch.inference_mode():
        for _ in range(args.runs + 1):
            start = time.perf_counter()
            model([to_tensor(Image.open(args.photo).convert("RGB"))])
            times.append(1000 * (time.perf_counter() - start))
    low, high = model.transform.min_size[-1], model.transform.max_size
    warm = times[1:]
    print(json.dumps({"median": statistics.median(warm), "min": min(warm), "threads": args.threads, "size": [low, high]}))


if __name__ == "__main__":
    main()
