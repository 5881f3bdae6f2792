"""Networks for the tests: torchvision's with random weights that nevertheless detect, and the shipped one."""

from __future__ import annotations

from pathlib import Path

import torch
from PIL import Image
from torch import Tensor, nn
from torchvision.models.detection import MaskRCNN, maskrcnn_resnet50_fpn
from torchvision.transforms.functional import normalize, to_tensor

from training.data import CLASSES
from training.model import build_model
from training.start import from_onnx
from training.synthesize import generate

NAMES = ["scratch", "dent"]
SHIPPED = Path("public/models/surface-defects.onnx")
IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])


def surface(seed: int, width: int = 192, height: int = 128) -> Image.Image:
    return Image.fromarray(generate(10_002_000 + seed, "metal", width=width, height=height, defects=3).image)


def write_surfaces(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for i in range(count):
        surface(i).save(folder / f"{i}.png")
    return folder


def resnet50() -> MaskRCNN:
    """torchvision's, in evaluation mode, with some detections on every surface.

    Random weights alone name everything background, and what they see drowns in rounding. So the residual branches are
    faint, which leaves a shallow network; batch-norms have the statistics of a photo; and the last layers
    take averages, which answer to contrast, spread as trained ones are.
    """
    torch.manual_seed(5)
    model = maskrcnn_resnet50_fpn(weights=None, weights_backbone=None, num_classes=len(NAMES) + 1)
    photo = to_tensor(surface(0))
    for name, norm in model.named_modules():
        if isinstance(norm, nn.BatchNorm2d):
            norm.momentum = None
            norm.weight.data.fill_(0.03 if name.endswith("bn3") else 1)
    heads = model.roi_heads
    # Few of everything while it is made.
    heads.score_thresh, heads.detections_per_img, model.rpn._post_nms_top_n["testing"] = 0.0, 8, 100
    with torch.inference_mode():
        model.backbone.body.train()(normalize(photo, *IMAGENET)[None])
        model.eval()
        spread(model, photo, model.rpn.head.cls_logits, 3, -3)
        spread(model, photo, heads.box_predictor.cls_score, 1.5, -1.2)
        spread(model, photo, heads.mask_predictor.mask_fcn_logits, 2, 3)
    heads.score_thresh, heads.detections_per_img, model.rpn._post_nms_top_n["testing"] = 0.05, 100, 1000
    return model


def spread(model: MaskRCNN, photo: Tensor, layer: nn.Linear | nn.Conv2d, width: float, shift: float) -> None:
    """Makes the layer's outputs averages of some inputs each, with that deviation and mean; the first is 0 for classes."""
    outputs = torch.arange(len(layer.weight))
    inputs = torch.arange(layer.weight.shape[1])
    layer.weight.zero_()
    layer.weight[inputs % len(outputs), inputs] = 1
    seen: list[Tensor] = []
    hook = layer.register_forward_hook(lambda _m, _i, out: seen.append(out.movedim(1, 0).flatten(1)))
    model([photo])
    hook.remove()
    values = torch.cat(seen, 1)
    scale = width / values.std(1)
    layer.weight *= scale.view(-1, *[1] * (layer.weight.dim() - 1))
    layer.bias.copy_(shift - values.mean(1) * scale)
    if isinstance(layer, nn.Linear):
        layer.weight[0], layer.bias[0] = 0, 0


def shipped() -> MaskRCNN:
    """The shipped file's weights in the network that they come from; scales are 1, since they were folded."""
    model = build_model(len(CLASSES), pretrained=False)
    model.load_state_dict(from_onnx(SHIPPED).state)
    return model.eval()
