"""Which photos a lesson consists of, drawn as ``npm run evaluate:teach`` draws them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..data import Photo

T = TypeVar("T")


def mulberry32(seed: int) -> Callable[[], float]:
    """The page's generator, number by number: 0 <= value < 1."""
    state = seed & 0xFFFFFFFF

    def multiply(a: int, b: int) -> int:
        return a * b & 0xFFFFFFFF

    def draw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = multiply(state ^ state >> 15, state | 1)
        t ^= (t + multiply(t ^ t >> 7, t | 61)) & 0xFFFFFFFF
        return (t ^ t >> 14) / 4294967296

    return draw


def shuffle(items: Sequence[T], random: Callable[[], float]) -> list[T]:
    """Fisher and Yates, from the end."""
    out = list(items)
    for i in range(len(out) - 1, 0, -1):
        j = int(random() * (i + 1))
        out[i], out[j] = out[j], out[i]
    return out


@dataclass(frozen=True)
class Draw:
    """``classes`` are labels; ``truth`` keeps of a photo's instances those of the classes."""

    classes: tuple[int, ...]
    marked: list[Photo]
    good: list[Photo]
    test_defective: list[Photo]
    test_good: list[Photo]


def has(photo: Photo, classes: Sequence[int]) -> bool:
    return any(i.label in classes for i in photo.instances)


def draw_lesson(
    learn: Sequence[Photo], test: Sequence[Photo], classes: Sequence[int], *, marked: int, good: int, seed: int
) -> Draw:
    """``marked`` photos of every class (a label), none twice, and ``good`` ones; every other photo of ``test`` is for testing.

    Photos that have only other classes are left out.
    """
    random = mulberry32(seed)
    drawn: list[Photo] = []
    for label in classes:
        drawn += shuffle([p for p in learn if has(p, (label,)) and p not in drawn], random)[:marked]
    fine = shuffle([p for p in learn if not p.instances], random)[:good]
    used = {p.path for p in (*drawn, *fine)}
    rest = [p for p in test if p.path not in used]
    return Draw(
        tuple(classes),
        drawn,
        fine,
        [p for p in rest if has(p, classes)],
        [p for p in rest if not p.instances],
    )
