"""Command line: ``python -m training COMMAND``, from the project's root."""

from __future__ import annotations

import argparse
from pathlib import Path

DATA = Path("../shared/datasets")
DATASETS = "bsdata,neu_seg,magnetic_tile"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    p = commands.add_parser("train", help="train, or go on with a run that was interrupted")
    p.add_argument("--data", type=Path, default=DATA, help="folder that holds the datasets")
    p.add_argument("--datasets", default=DATASETS, help="names below --data or paths, with commas")
    p.add_argument("--out", type=Path, default=Path("build/run"), help="folder of checkpoint and log")
    p.add_argument("--minutes", type=float, default=90, help="time budget, earlier parts of the run counted in")
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--threads", type=int, default=0, help="CPU threads; 0 leaves the choice to torch")

    p.add_argument("--start", type=Path, help="begin with the averaged weights of this checkpoint")

    p = commands.add_parser("evaluate", help="measure a checkpoint or an .onnx on COCO folders")
    p.add_argument("model", type=Path)
    p.add_argument("--data", type=Path, default=DATA)
    p.add_argument("--datasets", default=DATASETS, help="names below --data or paths, with commas")
    p.add_argument("--split", default="val")
    p.add_argument("--limit", type=int, default=0, help="this many evenly spaced images of each")
    p.add_argument("--threads", type=int, default=0)
    p.add_argument("--out", type=Path, help="write the COCO results here (one dataset)")

    p = commands.add_parser("export", help="checkpoint -> .onnx, catalogue and model card, measured on val")
    p.add_argument("checkpoint", type=Path)
    p.add_argument("--out", type=Path, default=Path("public/models"))
    p.add_argument("--data", type=Path, default=DATA)
    p.add_argument("--datasets", default=DATASETS)
    p.add_argument("--version", default="0.1.0")

    p = commands.add_parser("fixtures", help="what Python sees in generated pictures, for the browser's tests")
    p.add_argument("--model", type=Path, default=Path("public/models/surface-defects.onnx"))
    p.add_argument("--out", type=Path, default=Path("tests/fixtures/parity"))

    p = commands.add_parser("synthesize", help="draw surfaces with defects and exact masks as a COCO folder")
    p.add_argument("out", type=Path)
    p.add_argument("--count", type=int, default=600)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--split", default="train")
    p.add_argument("--samples", action="store_true", help="the app's sample pictures instead")
    p.add_argument("--foreign", action="store_true", help="pictures of other things instead, without defects")

    args = parser.parse_args()
    if args.command == "train":
        from .train import TrainOptions, train

        datasets = args.datasets.split(",")
        train(
            TrainOptions(
                args.data, datasets, args.out, args.minutes, args.seed, threads=args.threads, start=args.start
            )
        )
    elif args.command == "evaluate":
        from .evaluate import report
        from .predict import load

        predictor = load(args.model, args.threads)
        for folder in folders(args.data, args.datasets):
            print(folder.name)
            report(predictor, folder, args.split, args.limit, args.threads, args.out)
    elif args.command == "export":
        from .ship import ship

        print(ship(args.checkpoint, args.out, args.version, folders(args.data, args.datasets)))
    elif args.command == "fixtures":
        from .parity import write_fixtures

        print(f"{write_fixtures(args.model, args.out)} detections at 0.10 or more")
    elif args.command == "synthesize":
        from .synthesize import write_coco
        from .synthesize.samples import write_samples

        if args.samples:
            write_samples(args.out)
        else:
            write_coco(args.out, args.count, args.seed, args.split, foreign=args.foreign)


def folders(data: Path, names: str) -> list[Path]:
    """A name is a folder below ``data``; anything with a slash is a folder of its own."""
    return [Path(name) if "/" in name else data / name for name in names.split(",")]


if __name__ == "__main__":
    main()
