"""Parts of torchvision's detector done otherwise where its way costs a browser time, with the same results.

And the one thing that its detector doesn't do: looking at every proposal twice.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torchvision.models.detection._utils import _topk_min
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.roi_heads import RoIHeads
from torchvision.models.detection.rpn import RegionProposalNetwork
from torchvision.ops import MultiScaleRoIAlign, batched_nms, clip_boxes_to_image, remove_small_boxes, roi_align

# A box of this side (square root of its area) looks at the level of stride 16 (Lin et al., 2017).
CANONICAL_SIDE = 224
SAMPLES = 2


class PyramidPool(MultiScaleRoIAlign):
    """RoIAlign from the level of the pyramid that suits a box: [boxes, channels, size, size].

    torchvision scatters every level's results into one tensor, value by value; here they are put one behind
    another and rows are taken in the boxes' order.
    """

    def __init__(self, levels: dict[str, int], size: int) -> None:
        """``levels``: names of the feature maps with their strides, rising powers of two."""
        super().__init__(list(levels), size, SAMPLES)
        self.levels = levels

    def forward(self, x: dict[str, Tensor], boxes: list[Tensor], image_shapes: Sequence[tuple[int, int]]) -> Tensor:
        return self.pool(x, boxes, SAMPLES)

    def pool(self, features: dict[str, Tensor], boxes: list[Tensor], samples: int) -> Tensor:
        """``samples`` per bin and axis."""
        rois = torch.cat([torch.cat([torch.full_like(b[:, :1], i), b], 1) for i, b in enumerate(boxes)])
        side = ((rois[:, 3] - rois[:, 1]) * (rois[:, 4] - rois[:, 2])).sqrt()
        strides = list(self.levels.values())
        # A hair more, so that a box of exactly that side is not rounded down.
        octave = torch.floor(torch.log2(side / (CANONICAL_SIDE / 16 * strides[0])) + 1e-6)
        level = octave.clamp(0, len(strides) - 1).to(torch.int64)
        pooled, order = [], []
        for i, (name, stride) in enumerate(self.levels.items()):
            index = torch.where(level == i)[0]
            order.append(index)
            pooled.append(roi_align(features[name], rois[index], self.output_size, 1 / stride, samples))
        return torch.cat(pooled)[torch.cat(order).argsort()]


class Proposals(RegionProposalNetwork):
    """In evaluation, only the best anchors of every level become boxes: torchvision decodes all of them first."""

    def forward(
        self, images: ImageList, features: dict[str, Tensor], targets: list[dict[str, Tensor]] | None = None
    ) -> tuple[list[Tensor], dict[str, Tensor]]:
        if self.training:
            return super().forward(images, features, targets)
        maps = list(features.values())
        logits, offsets = self.head(maps)
        anchors = self.anchor_generator(images, maps)
        found = [
            self.of_image([m[i] for m in logits], [m[i] for m in offsets], anchors[i], shape)
            for i, shape in enumerate(images.image_sizes)
        ]
        return found, {}

    def of_image(self, logits: list[Tensor], offsets: list[Tensor], anchors: Tensor, shape: tuple[int, int]) -> Tensor:
        """``logits`` [a, h, w] and ``offsets`` [4a, h, w] per level, ``anchors`` of all levels -> boxes [n, 4]."""
        boxes, scores, levels = [], [], []
        start = 0
        for i, (logit, offset) in enumerate(zip(logits, offsets, strict=True)):
            # Anchors come by row, column and kind.
            flat = logit.permute(1, 2, 0).flatten()
            moves = offset.unflatten(0, (-1, 4)).permute(2, 3, 0, 1).reshape(-1, 4)
            best, index = flat.topk(_topk_min(flat, self.pre_nms_top_n(), 0))
            level_anchors = anchors[start : start + flat.shape[0]]
            start = start + flat.shape[0]
            boxes.append(self.box_coder.decode_single(moves[index], level_anchors[index]))
            scores.append(best)
            levels.append(torch.full_like(index, i))
        box, score, level = clip_boxes_to_image(torch.cat(boxes), shape), torch.cat(scores), torch.cat(levels)
        kept = remove_small_boxes(box, self.min_size)
        box, score, level = box[kept], score[kept], level[kept]
        return box[batched_nms(box, score, level, self.nms_thresh)[: self.post_nms_top_n()]]


def lean_proposals(rpn: RegionProposalNetwork) -> Proposals:
    """The same network with the same settings."""
    return Proposals(
        rpn.anchor_generator,
        rpn.head,
        rpn.proposal_matcher.high_threshold,
        rpn.proposal_matcher.low_threshold,
        rpn.fg_bg_sampler.batch_size_per_image,
        rpn.fg_bg_sampler.positive_fraction,
        rpn._pre_nms_top_n,
        rpn._post_nms_top_n,
        rpn.nms_thresh,
    )


def refine_proposals(heads: RoIHeads, inputs: tuple) -> tuple | None:
    """Before the heads' forward in evaluation: moves every proposal to where the box head sees its likeliest class.

    A second look with the same weights (iterative box regression, Gidaris and Komodakis, 2015; its successor Cascade
    R-CNN, Cai and Vasconcelos, 2018, has new weights for each): boxes get tighter, and scores are of boxes that
    lie well. One sample per bin is enough to find the way.
    """
    features, proposals, shapes, *rest = inputs
    if heads.training:
        return None
    logits, offsets = heads.box_predictor(heads.box_head(heads.box_roi_pool.pool(features, proposals, 1)))
    boxes = heads.box_coder.decode(offsets, proposals)
    likeliest = logits[:, 1:].argmax(1) + 1
    chosen = boxes.gather(1, likeliest[:, None, None].expand(-1, 1, 4))[:, 0]
    counts = [len(p) for p in proposals]
    refined = [chosen] if len(counts) == 1 else list(chosen.split(counts))
    return features, [clip_boxes_to_image(b, s) for b, s in zip(refined, shapes, strict=True)], shapes, *rest
