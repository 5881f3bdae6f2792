"""Pictures of surfaces with defects and exact masks, drawn; the same seed gives the same picture."""

from .coco import FIRST_UNSEEN_SEED, write_coco
from .draw import FAMILIES, Scene, generate
from .samples import write_samples

__all__ = ["FAMILIES", "FIRST_UNSEEN_SEED", "Scene", "generate", "write_coco", "write_samples"]
