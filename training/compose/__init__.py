"""Photos of a dataset side by side in large pictures, to measure what is found in photos of many megapixels."""

from .coco import compose

__all__ = ["compose"]
