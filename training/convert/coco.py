"""torchvision's own weights, trained on COCO: a model of everyday things for photos that no defect model knows."""

from __future__ import annotations

from collections.abc import Callable
from urllib.error import URLError

from torch import Tensor
from torchvision.models.detection import MaskRCNN_ResNet50_FPN_Weights

from .architectures import CLASS_WEIGHT
from .errors import ConvertError
from .weights import Weights

DOMAIN = "everyday scenes (COCO): people, vehicles, animals, furniture, food"
LICENSE = "BSD-3-Clause (torchvision); trained on COCO, whose photos have terms of their own"
UNUSED = "N/A"
# exp(-10^4) is 0 in float32: a class with this much less has no share in a score.
NEVER = -1e4

WeightsLoader = Callable[[], dict[str, Tensor]]


def download() -> dict[str, Tensor]:
    return MaskRCNN_ResNet50_FPN_Weights.COCO_V1.get_state_dict(progress=True, check_hash=True)


def coco_weights(loader: WeightsLoader = download) -> Weights:
    """The weights with the unused ones of COCO's 90 numbers switched off. Raises ConvertError without a network."""
    try:
        state = dict(loader())
    except (URLError, OSError, RuntimeError) as error:
        url = MaskRCNN_ResNet50_FPN_Weights.COCO_V1.url
        raise ConvertError(
            f"The COCO weights can't be downloaded ({error}). Download {url} elsewhere, and run the command "
            "with that file's name and --coco."
        ) from error
    name = CLASS_WEIGHT.replace("weight", "bias")
    bias = state[name].clone()
    for label, category in enumerate(categories()):
        if category == UNUSED:
            bias[label] = NEVER
    return Weights({**state, name: bias}, origin="torchvision's download")


def categories() -> list[str]:
    """91 names by label: the background, and 90 of which ten are "N/A"."""
    return MaskRCNN_ResNet50_FPN_Weights.COCO_V1.meta["categories"]


def coco_classes() -> list[dict]:
    """Classes as the metadata wants them; labels without a name are left out, the others keep their numbers."""
    return [{"id": i, "name": name} for i, name in enumerate(categories()) if i > 0 and name != UNUSED]
