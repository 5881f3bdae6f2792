"""The command's arguments. Nothing heavy is imported before it runs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

HELP = "a trained Mask R-CNN (.pth) -> an .onnx that the page runs, verified against PyTorch"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("checkpoint", type=Path, nargs="?", help="state dict, or a checkpoint that holds one")
    add("--out", type=Path, required=True, help="the .onnx to write")
    add("--classes", help="names with commas, in the order of training, without the background")
    add("--coco", action="store_true", help="torchvision's COCO weights: downloaded, or the checkpoint named")
    add("--builder", metavar="MODULE:FUNCTION", help="builds any other network; called with num_classes")
    add("--trust", action="store_true", help="read a whole pickled network; unpickling runs code that is in the file")
    add("--start", choices=("coco", "imagenet"), default="coco", help="the weights that training began with")
    add("--short-side", type=int, metavar="PX", help="of the network's input: 480 for torchvision's")
    add("--long-side", type=int, metavar="PX", help="at most; in torchvision's proportion by default")
    add("--max-upscale", type=float, metavar="TIMES", help="small photos are enlarged this much at most")
    add("--calibrate", type=Path, metavar="DIR", help="photos with defects: int8 activations, twice the speed")
    add("--verify", type=Path, metavar="DIR", help="photos to compare on, instead of those for calibration")
    add("--float", action="store_true", dest="keep_float", help="no quantisation")
    add("--name", help="shown by the page; the file's name by default")
    add("--version", default="1.0.0")
    add("--domain", help="what it was trained on, in one clause, shown beside every result")
    add("--license", help="terms of the weights")


def run(args: argparse.Namespace) -> int:
    """The exit code: 1 when there is no file, or one that does not find what PyTorch finds."""
    from .convert import UNVERIFIED, Options, convert
    from .errors import ConvertError

    given = {key: value for key, value in vars(args).items() if key in Options.__dataclass_fields__}
    names = [name.strip() for name in args.classes.split(",")] if args.classes else None
    try:
        path = convert(Options(**{**given, "classes": names}))
    except ConvertError as error:
        print(f"Not converted. {error}", file=sys.stderr)
        return 1
    return 1 if path.suffix == UNVERIFIED else 0
