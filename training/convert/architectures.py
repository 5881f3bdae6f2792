"""Recognises a network by the names and shapes of its weights, and builds it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from torch import Tensor, nn
from torchvision.models.detection import MaskRCNN, maskrcnn_resnet50_fpn_v2
from torchvision.models.detection.backbone_utils import resnet_fpn_backbone
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.generalized_rcnn import GeneralizedRCNN
from torchvision.models.detection.mask_rcnn import MaskRCNNPredictor
from torchvision.ops import FrozenBatchNorm2d

from ..model import build_model
from ..preprocess import InputRule
from .errors import ConvertError
from .weights import Weights

CLASS_WEIGHT = "roi_heads.box_predictor.cls_score.weight"
MASK_WEIGHT = "roi_heads.mask_predictor.mask_fcn_logits.weight"
MASK_HIDDEN = "roi_heads.mask_predictor.conv5_mask.weight"
ANCHOR_WEIGHT = "rpn.head.cls_logits.weight"
# 0.6 of torchvision's own 800 / 1333: a third of the pixels, and of the time. torchvision enlarges without limit;
# 4 does for photos of 120 px or more. Padding comes near ImageNet's mean, which torchvision pads with.
TORCHVISION_RULE = InputRule(shortSide=480, longSide=800, maxUpscale=4.0, stride=32, padValue=116)
BLOCKS_OF_RESNET50 = 16
BUILDER = "Name a function that builds it with --builder module:function; it is called with num_classes."
# Training began with these weights; the constant below which a variance may not fall goes with them.
FROZEN_EPS = {"coco": 0.0, "imagenet": 1e-5}


@dataclass(frozen=True)
class Network:
    """A built network in evaluation mode, and what is known of it."""

    model: MaskRCNN
    title: str
    # Background not counted.
    classes: int
    rule: InputRule
    # What the weights don't say, one clause each.
    assumed: list[str] = field(default_factory=list)

    @property
    def is_depthwise(self) -> bool:
        """Whether most of its convolutions between channels are split into depthwise and pointwise ones."""
        groups = [getattr(module, "groups", 1) for module in self.model.modules()]
        return sum(g > 1 for g in groups) > 5


def build(weights: Weights, builder: str | None = None, start: str = "coco") -> Network:
    """``builder`` is "module:function"; ``start`` is a key of FROZEN_EPS. Raises ConvertError."""
    if builder:
        return build_by(builder, weights)
    if weights.module is not None:
        return adopt(weights.module)
    state = weights.state
    if "backbone.lateral.0.weight" in state:
        return build_ours(weights)
    requires_torchvision(state)
    count = count_classes(state)
    if "roi_heads.box_head.fc6.weight" in state:
        network = build_resnet50(state, count, start)
    else:
        network = build_resnet50_v2(state, count)
    load(network.model, state, network.title)
    return network


def requires_torchvision(state: dict[str, Tensor]) -> None:
    """Raises ConvertError with what the weights are instead."""
    resnet = "backbone.body.layer1.0.conv1.weight" in state and any(n.startswith("backbone.fpn.") for n in state)
    if resnet and CLASS_WEIGHT in state:
        blocks = {tuple(n.split(".")[2:4]) for n in state if n.startswith("backbone.body.layer")}
        if not any(n.startswith("roi_heads.mask_") for n in state):
            raise ConvertError(
                "This is a detection network (Faster R-CNN): it has boxes but no masks. "
                "Train torchvision's maskrcnn_resnet50_fpn with masks, and convert that."
            )
        if len(blocks) == BLOCKS_OF_RESNET50 and "backbone.body.layer1.0.conv3.weight" in state:
            return
        raise ConvertError(f"This is a Mask R-CNN on another ResNet than ResNet-50 ({len(blocks)} blocks). {BUILDER}")
    raise ConvertError(describe_other(state))


def describe_other(state: dict[str, Tensor]) -> str:
    heads = [n for n in state if n.endswith(("fc.weight", "classifier.weight", "head.weight")) or ".classifier." in n]
    names = list(state)
    if any(n.startswith("backbone.bottom_up.") for n in state):
        return f"These are weights of Detectron2, whose layers differ from torchvision's. {BUILDER}"
    if any(n.startswith("roi_head.bbox_head.") for n in state):
        return f"These are weights of MMDetection, whose layers differ from torchvision's. {BUILDER}"
    if any(n.startswith(("model.0.conv.", "0.conv.")) for n in state):
        return (
            "These look like weights of a YOLO network. Export it with its own program: "
            "`yolo export model=best.pt format=onnx`; the page runs segmentation models of that kind."
        )
    if any(n.startswith(("classifier.4.", "aux_classifier.")) for n in state):
        return (
            "This is a semantic segmentation network: it labels pixels, and does not tell one defect from the next. "
            "Train torchvision's maskrcnn_resnet50_fpn, and convert that."
        )
    if "roi_heads.box_predictor.cls_score.weight" not in state and heads and state[heads[-1]].dim() == 2:
        return (
            f"This is a classification network ({heads[-1]} tells {len(state[heads[-1]])} classes apart): it has neither "
            "boxes nor masks. Train torchvision's maskrcnn_resnet50_fpn, and convert that."
        )
    return (
        f"This network is not known: its {len(names)} weights begin with {', '.join(names[:3])}. "
        f"Known are torchvision's maskrcnn_resnet50_fpn and maskrcnn_resnet50_fpn_v2. {BUILDER}"
    )


def count_classes(state: dict[str, Tensor]) -> int:
    """The number of classes, background not counted, on which the heads agree."""
    if CLASS_WEIGHT not in state:
        raise ConvertError(
            f"The number of classes can't be read from these weights: there is no {CLASS_WEIGHT}. "
            "Keep torchvision's name for that layer."
        )
    boxes = len(state[CLASS_WEIGHT])
    masks = len(state[MASK_WEIGHT]) if MASK_WEIGHT in state else boxes
    if masks != boxes:
        raise ConvertError(
            f"The box head tells {boxes - 1} classes apart, the mask head {masks - 1} (background not counted): one "
            f"of the two was replaced and the other not. Replace both for training, or use --builder. {BUILDER}"
        )
    return boxes - 1


def build_resnet50(state: dict[str, Tensor], classes: int, start: str) -> Network:
    frozen = "backbone.body.bn1.num_batches_tracked" not in state
    backbone = resnet_fpn_backbone(
        backbone_name="resnet50",
        weights=None,
        norm_layer=FrozenBatchNorm2d if frozen else nn.BatchNorm2d,
        trainable_layers=5,
    )
    model = MaskRCNN(backbone, num_classes=classes + 1)
    width = len(state["roi_heads.box_head.fc6.weight"])
    model.roi_heads.box_head = TwoMLPHead(backbone.out_channels * 7**2, width)
    model.roi_heads.box_predictor = FastRCNNPredictor(width, classes + 1)
    replace_mask_predictor(model, state, classes)
    assumed = common_assumptions(state)
    if frozen:
        for module in model.modules():
            if isinstance(module, FrozenBatchNorm2d):
                module.eps = FROZEN_EPS[start]
        other = next(name for name in FROZEN_EPS if name != start)
        began = {"coco": "torchvision's COCO weights", "imagenet": "ImageNet's weights for the backbone alone"}
        assumed.append(
            f"training began with {began[start]}, so that frozen variances have {FROZEN_EPS[start]:g} added "
            f"(if with {began[other]}: --start {other})"
        )
    return Network(model.eval(), "torchvision's maskrcnn_resnet50_fpn", classes, TORCHVISION_RULE, assumed)


def build_resnet50_v2(state: dict[str, Tensor], classes: int) -> Network:
    model = maskrcnn_resnet50_fpn_v2(weights=None, weights_backbone=None, num_classes=classes + 1)
    replace_mask_predictor(model, state, classes)
    title = "torchvision's maskrcnn_resnet50_fpn_v2"
    return Network(model.eval(), title, classes, TORCHVISION_RULE, common_assumptions(state))


def replace_mask_predictor(model: MaskRCNN, state: dict[str, Tensor], classes: int) -> None:
    """By one with as many hidden channels as the weights have: tutorials replace it, with 256 and other numbers."""
    if MASK_HIDDEN in state:
        inputs, hidden = state[MASK_HIDDEN].shape[:2]
        model.roi_heads.mask_predictor = MaskRCNNPredictor(inputs, hidden, classes + 1)


def common_assumptions(state: dict[str, Tensor]) -> list[str]:
    anchors = len(state[ANCHOR_WEIGHT]) if ANCHOR_WEIGHT in state else 3
    if anchors != 3:
        raise ConvertError(
            f"This network has {anchors} anchors per place, torchvision's default is 3. Sizes and ratios of anchors are "
            f"not among the weights. {BUILDER}"
        )
    return [
        "anchors of torchvision's default, 32 to 512 px at ratios 1:2, 1:1 and 2:1 (if others: --builder)",
        "colours normalised by ImageNet's mean and deviation, as torchvision does",
        "torchvision's thresholds: score 0.05, overlap 0.5, 100 detections",
    ]


def build_ours(weights: Weights) -> Network:
    classes = count_classes(weights.state)
    model = build_model(classes, pretrained=False).eval()
    title = "this project's own network"
    load(model, weights.state, title)
    return Network(model, title, classes, InputRule(**weights.rule))


def load(model: nn.Module, state: dict[str, Tensor], title: str) -> None:
    try:
        missing, unexpected = model.load_state_dict(state, strict=False)
    except RuntimeError as error:
        first = str(error).splitlines()[1].strip().rstrip(".")
        raise ConvertError(f"The weights look like {title}, but not all have its shapes: {first}. {BUILDER}") from error
    # Counts of batches are not used in evaluation, and older files lack them.
    missing = [n for n in missing if not n.endswith("num_batches_tracked")]
    if missing:
        raise ConvertError(
            f"The weights look like {title}, but {len(missing)} are missing, the first is {missing[0]}. "
            f"Save all of them (model.state_dict(), not a part). If the network differs: {BUILDER}"
        )
    unexpected = [n for n in unexpected if not n.endswith("num_batches_tracked")]
    if unexpected:
        raise ConvertError(
            f"The weights look like {title}, but there are {len(unexpected)} that it doesn't have, "
            f"the first is {unexpected[0]}. {BUILDER}"
        )


def build_by(builder: str, weights: Weights) -> Network:
    model = import_function(builder)(num_classes=count_classes(weights.state) + 1)
    network = adopt(model)
    load(model, weights.state, f"what {builder} builds")
    return replace(network, title=f"what {builder} builds")


def import_function(builder: str) -> Callable[..., nn.Module]:
    module_name, _, name = builder.partition(":")
    if not name:
        raise ConvertError(f'--builder wants "module:function", not "{builder}".')
    sys.path.insert(0, str(Path.cwd()))
    try:
        return getattr(importlib.import_module(module_name), name)
    except (ImportError, AttributeError) as error:
        raise ConvertError(
            f"--builder {builder} can't be imported ({error}). Run the command in the folder of {module_name}.py."
        ) from error
    finally:
        sys.path.pop(0)


def adopt(model: object) -> Network:
    """A network that comes built: its own anchors, normalisation and thresholds are kept."""
    if not isinstance(model, GeneralizedRCNN) or not model.roi_heads.has_mask():
        raise ConvertError(
            f"This is a {type(model).__name__}, not a Mask R-CNN of torchvision's kind "
            "(torchvision.models.detection.MaskRCNN). Only these can be converted."
        )
    classes = count_classes(model.state_dict())
    stride = getattr(model.transform, "size_divisible", 32)
    return Network(model.eval(), "your network", classes, replace(TORCHVISION_RULE, stride=stride))
