"""Pictures of surfaces with defects and exact masks, drawn; the same seed gives the same picture."""

from .coco import FIRST_UNSEEN_SEED, write_coco
from .draw import FAMILIES, OTHER_FAMILIES, Scene, generate
from .lesson import write_lesson
from .samples import write_samples

__all__ = [
    "FAMILIES",
    "FIRST_UNSEEN_SEED",
    "OTHER_FAMILIES",
    "Scene",
    "generate",
    "write_coco",
    "write_lesson",
    "write_samples",
]
