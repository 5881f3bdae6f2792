"""The camera: light that falls unevenly, focus, exposure, colour of an oil film, sensor noise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .noise import blur, grid, smoothstep


def expose(
    rng: np.random.Generator,
    grey: np.ndarray,
    film: np.ndarray | None,
    unit: float,
    *,
    absorption: Sequence[float] | None,
) -> np.ndarray:
    """uint8 [h, w, 3] of a surface in shades of grey 0..255 and, if it has one, its film.

    ``absorption``: how much a film of thickness 1 takes from red, green and blue; without it, the camera sees no colour.
    """
    height, width = grey.shape
    y, x = grid(height, width)
    dx, dy = x / width - 0.5, y / height - 0.5
    lit = grey * (1 + rng.uniform(-0.2, 0.2) * dx + rng.uniform(-0.2, 0.2) * dy)
    lit *= rng.uniform(0.85, 1.15) * (1 - rng.uniform(0, 0.28) * 2 * (dx**2 + dy**2))
    lit = blur(lit, rng.uniform(0.35, 0.6) * min(unit, 1.7))
    # A soft shoulder, as cameras have, instead of a hard white.
    lit = np.where(lit > 225, 225 + 30 * (1 - np.exp(-np.maximum(lit - 225, 0) / 30)), lit)
    planes = [lit] * 3
    if absorption:
        cast = (1 + rng.normal(0, 0.012, 3)).tolist()
        film = film if film is not None else np.zeros_like(grey)
        # Glare shows the lamp's colour, not the film's.
        through = film * (1 - 0.75 * smoothstep(lit, 200, 250))
        planes = [lit * c * np.exp(-through * a) for c, a in zip(cast, absorption, strict=True)]
    # Shot noise grows with the root of the light; a single grain moves all three channels nearly alike.
    strength = rng.uniform(0.5, 1.6)
    grain = rng.standard_normal(grey.shape, dtype=np.float32) * strength
    grain *= 0.5 + 0.11 * np.sqrt(np.maximum(lit, 0))
    return np.clip(np.stack([plane + grain for plane in planes], 2) + 0.5, 0, 255).astype(np.uint8)
