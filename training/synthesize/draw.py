"""One picture from one seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import cap, ceramic, metal, strip
from .camera import expose

FAMILIES = {"metal": metal, "strip": strip, "ceramic": ceramic}
# Drawn only when asked for: parts with classes of their own, on which no shipped model was trained.
OTHER_FAMILIES = {"cap": cap}
# Sizes (width, height) of training pictures, as in the datasets.
SIZES = {
    "metal": ((1130, 460), (1130, 460), (770, 320)),
    "strip": ((200, 200), (200, 200), (256, 256), (320, 320)),
    "ceramic": ((240, 340), (220, 270), (300, 260), (200, 300), (420, 260)),
    "cap": ((640, 480),),
}
# The short side at which a pixel of the picture is a pixel of the datasets' photos. Larger pictures show parts from
# nearer, because the network sees them made smaller; crops of strips and tiles are cut smaller, not shrunk.
REFERENCE = {"metal": 460, "strip": 250, "ceramic": 250, "cap": 480}
# Their pictures show the whole width of a part, however small they are.
SHRUNK = ("metal", "cap")
CLEAN_SHARE = 0.25
MOST_DEFECTS = 5


@dataclass(frozen=True)
class Scene:
    """``image`` uint8 [h, w, 3]; ``instances`` (category id, bool mask [h, w]), not overlapping."""

    image: np.ndarray
    instances: list[tuple[int, np.ndarray]]


def generate(
    seed: int,
    family: str | None = None,
    *,
    width: int | None = None,
    height: int | None = None,
    defects: int | None = None,
    category: int | None = None,
) -> Scene:
    """Draws one picture; the same arguments give the same bytes.

    ``defects`` is how many are tried; what ends up too small or covered by others is left out. With another number
    of them the same seed draws the same surface. ``category`` asks for defects of one class, and for a surface
    on which it occurs (a tile holds one fray or uneven area; further tries become blowholes). What is left out is
    drawn by lot; width and height go together.
    """
    dice, surface, marks, camera = np.random.default_rng(seed).spawn(4)
    family = family or str(dice.choice(list(FAMILIES)))
    draw = {**FAMILIES, **OTHER_FAMILIES}[family]
    lot = dice.random(), int(dice.integers(1, MOST_DEFECTS + 1)), int(dice.choice(draw.KINDS))
    if width is None or height is None:
        width, height = SIZES[family][int(dice.integers(len(SIZES[family])))]
    if defects is None:
        defects = 0 if lot[0] < CLEAN_SHARE else lot[1]
    kind = category or lot[2]
    unit = min(width, height) / REFERENCE[family]
    if family not in SHRUNK:
        unit = max(1.0, unit)
    canvas = draw.surface(surface, height, width, unit, kind)
    canvas.rng = marks
    for i in range(defects):
        other = i > 0 and not category and marks.random() < 0.3
        draw.defect(canvas, int(marks.choice(draw.KINDS)) if other else kind)
    image = expose(camera, canvas.grey, canvas.film, unit, absorption=draw.ABSORPTION)
    return Scene(image, canvas.instances)
