"""``python -m training reproduce``: from the datasets to a model file and its figures, beside the shipped ones."""

from __future__ import annotations

from pathlib import Path

from .evaluate import card_table
from .predict import read_metadata
from .ship import FILE, Folders, ship
from .synthesize import write_coco
from .train import TrainOptions, train

# The drawn sets of the recipe: folder, number of pictures, foreign or not.
DRAWN = (("generated", 600, False), ("foreign", 700, True))
DRAWN_SEED = 1


def reproduce(
    data: Path, datasets: list[str], out: Path, packages: Path, images: int = 0, threads: int = 0, processes: int = 1
) -> None:
    """Draws, trains for as many images as the shipped file saw (or ``images``), exports, prints both tables.

    It can be interrupted and started again. The same seed, packages and number of processes give the same batches;
    sums in another order still move the figures, within the intervals that the tables give.
    """
    shipped = read_metadata(Path("public/models") / FILE)
    for name, count, foreign in DRAWN:
        if not (out / name / "train.json").exists():
            write_coco(out / name, count, DRAWN_SEED, foreign=foreign)
    drawn = [out / name for name, _, _ in DRAWN]
    checkpoint = train(
        TrainOptions(
            data,
            [*datasets, *map(str, drawn)],
            out / "run",
            images=images or shipped["training"]["images"],
            seed=shipped["training"]["seed"],
            threads=threads,
            processes=processes,
        )
    )
    folders = Folders(
        [data / name for name in datasets],
        [folder for folder, (_, _, foreign) in zip(drawn, DRAWN, strict=True) if not foreign],
        packages,
        out / "models",
        out / "figures",
    )
    path = ship(checkpoint, shipped["version"], folders)
    print(f"\nshipped\n{card_table(shipped['metrics']['datasets'])}")
    print(f"\nreproduced: {path}\n{card_table(read_metadata(path)['metrics']['datasets'])}")
