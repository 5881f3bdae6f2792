"""A built network as the graph that the page runs: pixels in, one mask per box out, nothing resized or pasted."""

from __future__ import annotations

import numpy as np
import onnx
import torch
from torch import Tensor, nn
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.mask_rcnn import MaskRCNN
from torchvision.models.detection.transform import GeneralizedRCNNTransform

from ..export import OUTPUTS, DetectionGraph, fold_scales, trace
from ..model import Transform
from ..predict import Network
from .errors import ConvertError


class Normalise(nn.Module):
    """Takes the place of torchvision's transform for one photo that is resized and padded already."""

    def __init__(self, mean: list[float], deviation: list[float]) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean).view(3, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.tensor(deviation).view(3, 1, 1), persistent=False)

    def forward(self, images: list[Tensor], targets: None = None) -> tuple[ImageList, None]:
        """A list of one uint8 [3, h, w]."""
        batch = ((images[0].float() / 255 - self.mean) / self.deviation)[None]
        return ImageList(batch, [tuple(batch.shape[-2:])]), targets

    def postprocess(
        self, result: list[dict[str, Tensor]], image_shapes: object, original_sizes: object
    ) -> list[dict[str, Tensor]]:
        return result


def without_resizing(model: MaskRCNN) -> MaskRCNN:
    """Leaves normalisation in the network and takes resizing and the pasting of masks out, in place."""
    transform = model.transform
    if isinstance(transform, GeneralizedRCNNTransform):
        model.transform = Normalise(transform.image_mean, transform.image_std)
    elif not isinstance(transform, Transform):
        raise ConvertError(
            f"This network prepares photos by a {type(transform).__name__}, which can't be exported. "
            "Give it torchvision's GeneralizedRCNNTransform."
        )
    return model.eval()


def as_function(model: MaskRCNN) -> Network:
    """What PyTorch finds in uint8 [h, w, 4]: boxes, scores, labels, masks, as the exported graph gives them."""
    graph = DetectionGraph(model)

    @torch.inference_mode()
    def network(pixels: np.ndarray) -> tuple[np.ndarray, ...]:
        return tuple(output.numpy() for output in graph(torch.from_numpy(pixels)))

    return network


def to_graph(model: MaskRCNN) -> onnx.ModelProto:
    """The float graph. Changes the model: see fold_scales."""
    fold_scales(model)
    return trace(DetectionGraph(model), OUTPUTS)
