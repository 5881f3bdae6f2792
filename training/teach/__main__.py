"""``python -m training.teach DIR``: what a lesson of few photos reaches, by the rules of ``npm run evaluate:teach``."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..data import class_names, load_split
from ..preprocess import InputRule
from .cells import Grid
from .draws import draw_lesson
from .features import SPREADS, Store
from .lesson import Design, Lesson
from .measure import Seen, figures

PHOTO_FIGURES = ("image AUROC", "pixel IoU", "found", "false alarms")


def interval(runs: Sequence[dict[str, Seen]], samples: int = 400) -> dict[str, tuple[float, float]]:
    """95 % of a bootstrap over photos: a photo that is drawn counts in every seed that tested it."""
    rng = np.random.default_rng(0)
    names = sorted({name for run in runs for name in run})
    draws: dict[str, list[float]] = {k: [] for k in PHOTO_FIGURES}
    for _ in range(samples):
        chosen = rng.choice(names, len(names))
        means = [figures([run[n] for n in chosen if n in run]) for run in runs]
        for k in PHOTO_FIGURES:
            draws[k].append(float(np.mean([m[k] for m in means])))
    return {k: (float(np.nanquantile(v, 0.025)), float(np.nanquantile(v, 0.975))) for k, v in draws.items()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.teach", description=__doc__)
    parser.add_argument("data", type=Path, help="COCO folder: images, SPLIT.json")
    parser.add_argument("--weights", choices=("imagenet", "shipped"), default="imagenet")
    parser.add_argument("--classes", help="names with commas; all by default")
    parser.add_argument("--split", default="train")
    parser.add_argument("--test-split", default="val")
    parser.add_argument("--marked", type=int, default=3, help="photos of every class; 0: good photos alone")
    parser.add_argument("--good", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--short-side", type=int, default=320)
    parser.add_argument("--max-upscale", type=float, default=1.6)
    parser.add_argument("--levels", default="b2,b4,b10")
    parser.add_argument("--stride", type=int, default=8)
    parser.add_argument(
        "--mean", type=int, default=Grid.mean, help="side of the neighbourhood that is appended, in cells"
    )
    parser.add_argument("--smooth", type=int, default=0, help="side of the neighbourhood whose mean replaces a cell")
    parser.add_argument("--l2", type=float, default=Design.l2)
    parser.add_argument("--memory", type=int, default=Design.memory)
    parser.add_argument("--margin", type=float, default=Design.margin)
    parser.add_argument("--random-memory", action="store_true", help="cells drawn at random instead of the coreset")
    parser.add_argument("--views", default="h,v,hv", help="further views to learn from: of h, v, hv, +, - with commas")
    parser.add_argument("--cache", type=Path, default=Path("build/teach"))
    args = parser.parse_args()

    known = class_names([args.data], args.split)
    learn, test = (load_split(args.data, split, known) for split in (args.split, args.test_split))
    names = args.classes.split(",") if args.classes else known
    classes = [
        known.index(n) + 1 for n in names if any(i.label == known.index(n) + 1 for p in learn for i in p.instances)
    ]
    rule = InputRule(shortSide=args.short_side, longSide=3 * args.short_side, maxUpscale=args.max_upscale)
    store = Store(args.cache, args.weights, rule, args.levels.split(","))
    design = Design(
        Grid(tuple(args.levels.split(",")), args.stride, args.mean, args.smooth),
        l2=args.l2,
        memory=args.memory,
        margin=args.margin,
        coreset=not args.random_memory,
        views=("", *(v for v in args.views.split(",") if v)),
    )
    runs, all_figures = [], []
    for seed in range(1, args.seeds + 1):
        draw = draw_lesson(learn, test, classes, marked=args.marked, good=args.good, seed=seed)
        lesson = Lesson(store, SPREADS[args.weights], design, draw.classes)
        start = time.process_time()
        head, lines = lesson.learn(draw)
        spent = time.process_time() - start
        tested = [*draw.test_defective, *draw.test_good]
        seen, pixels = lesson.test(head, lines, tested)
        result = figures(seen, pixels)
        runs.append({p.path.name: s for p, s in zip(tested, seen, strict=True)})
        all_figures.append(result)
        print(line(result), f"| left out F1 {lines.f1:.2f}, learnt in {spent:.0f} s of CPU, {seed=}", flush=True)
    print(line({k: float(np.mean([f[k] for f in all_figures])) for k in all_figures[0]}), f"seeds {args.seeds}")
    bounds = ", ".join(f"{k} {low:.2f}–{high:.2f}" for k, (low, high) in interval(runs).items())
    print(f"{len(draw.test_defective)} defective and {len(draw.test_good)} good photos; 95 %: {bounds}")


def line(values: dict[str, float]) -> str:
    return "  ".join(f"{k} {v:.3f}" for k, v in values.items())


if __name__ == "__main__":
    main()
