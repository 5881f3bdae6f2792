"""Command line: ``python -m training COMMAND``, from the project's root."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from .convert import cli as convert_cli

DATA = Path("../shared/datasets")
DATASETS = "bsdata,neu_seg,magnetic_tile"
PACKAGES = Path("build/foreign-packages")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    p = commands.add_parser("train", help="train, or go on with a run that was interrupted")
    p.add_argument("--data", type=Path, default=DATA, help="folder that holds the datasets")
    p.add_argument(
        "--datasets", default=DATASETS, help="names below --data or paths, with commas; their classes are learnt"
    )
    p.add_argument("--out", type=Path, default=Path("build/run"), help="folder of checkpoint and log")
    budget = p.add_mutually_exclusive_group(required=True)
    budget.add_argument("--minutes", type=float, default=0, help="time budget, earlier parts of the run counted in")
    budget.add_argument("--images", type=int, default=0, help="budget in images seen, the same on every machine")
    p.add_argument("--seed", type=int, default=0)
    p.add_argument("--threads", type=int, default=0, help="CPU threads of each process; 0 leaves the choice to torch")
    p.add_argument("--processes", type=int, default=1, help="on a CPU, one per core with one thread each is fastest")
    p.add_argument("--start", type=Path, help="begin with these weights: a checkpoint, or an .onnx of this network")

    p = commands.add_parser("evaluate", help="measure a checkpoint or an .onnx on COCO folders")
    p.add_argument("model", type=Path)
    p.add_argument("--data", type=Path, default=DATA)
    p.add_argument("--datasets", default=DATASETS, help="names below --data or paths, with commas")
    p.add_argument("--split", default="val")
    p.add_argument("--limit", type=int, default=0, help="this many evenly spaced images of each")
    p.add_argument("--threads", type=int, default=0)
    p.add_argument("--out", type=Path, help="write the COCO results here (one dataset)")
    p.add_argument("--max-upscale", type=float, help="instead of the model's own")
    p.add_argument("--weights", choices=("average", "model"), default="average", help="of a checkpoint")
    p.add_argument("--proposals", type=int, help="of a checkpoint: how many reach the box head")

    p = commands.add_parser("export", help="checkpoint -> .onnx, catalogue and model card, measured on val")
    p.add_argument("checkpoint", type=Path)
    p.add_argument("--out", type=Path, default=Path("public/models"))
    p.add_argument("--data", type=Path, default=DATA)
    p.add_argument("--datasets", default=DATASETS)
    p.add_argument("--version", required=True)
    p.add_argument("--drawn", type=Path, nargs="*", default=[Path("build/generated")], help="drawn training surfaces")
    p.add_argument("--packages", type=Path, default=PACKAGES, help="foreign photographs, see training/foreign.py")
    p.add_argument("--figures", type=Path, default=Path("training/figures"))

    p = commands.add_parser("card", help="the shipped file's model card, from its figures")
    p.add_argument("model", type=Path, nargs="?", default=Path("public/models/surface-defects.onnx"))
    p.add_argument("--measure", action="store_true", help="on val first, with what was chosen there in folds")
    p.add_argument("--data", type=Path, default=DATA)
    p.add_argument("--datasets", default=DATASETS)
    p.add_argument("--figures", type=Path, default=Path("training/figures"))

    p = commands.add_parser("foreign", help="what an .onnx says of pictures that it was not made for")
    p.add_argument("model", type=Path)
    p.add_argument("--data", type=Path, default=DATA)
    p.add_argument("--datasets", default=DATASETS)
    p.add_argument("--packages", type=Path, default=PACKAGES)

    p = commands.add_parser("curves", help="draw losses and accuracy over the images seen")
    p.add_argument("--measure", type=Path, nargs="*", default=[], help="checkpoints to be measured on val first")
    p.add_argument("--data", type=Path, default=DATA)
    p.add_argument("--datasets", default=DATASETS)
    p.add_argument("--experiments", type=Path, default=Path("training/experiments"), help="logs and points")
    p.add_argument("--figures", type=Path, default=Path("training/figures"))

    p = commands.add_parser("reproduce", help="from the datasets to a model file and its figures")
    p.add_argument("--data", type=Path, default=DATA)
    p.add_argument("--datasets", default=DATASETS)
    p.add_argument("--out", type=Path, default=Path("build/reproduced"))
    p.add_argument("--packages", type=Path, default=PACKAGES)
    p.add_argument("--images", type=int, default=0, help="as many as the shipped file saw by default")
    p.add_argument("--threads", type=int, default=0, help="of each process")
    p.add_argument("--processes", type=int, default=1)

    p = commands.add_parser("fixtures", help="what Python sees in generated pictures, for the browser's tests")
    p.add_argument("--model", type=Path, default=Path("public/models/surface-defects.onnx"))
    p.add_argument("--out", type=Path, default=Path("tests/fixtures/parity"))

    p = commands.add_parser("pictures", help="photos in all kinds of files and their pixels, for the tests")
    p.add_argument("--out", type=Path, default=Path("tests/fixtures/pictures"))

    p = commands.add_parser("synthesize", help="draw surfaces with defects and exact masks as a COCO folder")
    p.add_argument("out", type=Path)
    p.add_argument("--count", type=int, default=600)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--split", default="train")
    p.add_argument("--part", help="of this part alone: metal, strip, ceramic, cap (which has classes of its own)")
    p.add_argument("--samples", action="store_true", help="the app's sample pictures instead, and its lesson's")
    p.add_argument("--foreign", action="store_true", help="pictures of other things instead, without defects")

    p = commands.add_parser("compose", help="photos of a COCO folder side by side in large ones, as a COCO folder")
    p.add_argument("out", type=Path)
    p.add_argument("--from", dest="source", type=Path, required=True, help="the COCO folder")
    p.add_argument("--split", default="val")
    p.add_argument("--size", type=size, default=(6000, 4000), help="of each large photo, WIDTHxHEIGHT")
    p.add_argument("--photos", type=int, default=12, help="large ones")
    p.add_argument("--seed", type=int, default=1)

    convert_cli.add_arguments(commands.add_parser("convert", help=convert_cli.HELP))

    args = parser.parse_args()
    if args.command == "train":
        from .data import DataError
        from .train import TrainOptions, train

        options = TrainOptions(
            args.data,
            args.datasets.split(","),
            args.out,
            args.minutes,
            args.images,
            args.seed,
            threads=args.threads,
            processes=args.processes,
            start=args.start,
        )
        try:
            train(options)
        except DataError as error:
            raise SystemExit(f"Not trained. {error}") from None
    elif args.command == "pictures":
        from .picture_fixtures import write_pictures

        print(f"{write_pictures(args.out)} photos in {args.out}")
    elif args.command == "evaluate":
        from .evaluate import card_table, report
        from .predict import load_checkpoint, load_onnx

        predictor = (
            load_onnx(args.model, args.threads)
            if args.model.suffix == ".onnx"
            else load_checkpoint(args.model, args.threads, weights=args.weights, proposals=args.proposals)
        )
        if args.max_upscale:
            predictor = replace(predictor, rule=replace(predictor.rule, maxUpscale=args.max_upscale))
        rows = {}
        for folder in folders(args.data, args.datasets):
            print(folder.name)
            rows[folder.name] = report(predictor, folder, args.split, args.limit, args.threads, args.out)
        print(card_table(rows))
    elif args.command == "export":
        from .ship import Folders, ship

        where = Folders(folders(args.data, args.datasets), args.drawn, args.packages, args.out, args.figures)
        print(ship(args.checkpoint, args.version, where))
    elif args.command == "card":
        from .card import write_card
        from .measure import describe, measure

        if args.measure:
            print(describe(measure(args.model, folders(args.data, args.datasets), args.figures)))
        print(write_card(args.model, args.figures))
    elif args.command == "foreign":
        from .foreign import report as report_foreign
        from .ship import photos_of

        report_foreign(args.model, args.packages, photos_of(folders(args.data, args.datasets), "val"))
    elif args.command == "curves":
        from .curves import draw, measure

        for checkpoint in args.measure:
            measure(checkpoint, folders(args.data, args.datasets), args.experiments)
        draw(args.experiments, args.figures)
    elif args.command == "reproduce":
        from .reproduce import reproduce

        names = args.datasets.split(",")
        reproduce(args.data, names, args.out, args.packages, args.images, args.threads, args.processes)
    elif args.command == "convert":
        raise SystemExit(convert_cli.run(args))
    elif args.command == "fixtures":
        from .parity import write_fixtures

        print(f"{write_fixtures(args.model, args.out)} detections at 0.10 or more")
    elif args.command == "synthesize":
        from .synthesize import write_coco, write_lesson, write_samples

        if args.samples:
            write_samples(args.out)
            write_lesson(args.out / "lesson")
        else:
            write_coco(args.out, args.count, args.seed, args.split, foreign=args.foreign, family=args.part)
    elif args.command == "compose":
        from .compose import compose

        print(compose(args.out, args.source, args.split, *args.size, args.photos, args.seed))


def folders(data: Path, names: str) -> list[Path]:
    """The datasets' folders, see dataset_folder."""
    from .data import dataset_folder

    return [dataset_folder(data, name) for name in names.split(",")]


def size(text: str) -> tuple[int, int]:
    """``6000x4000`` as (width, height); ValueError where it is none."""
    width, height = (int(side) for side in text.split("x"))
    return width, height


if __name__ == "__main__":
    main()
