"""What is done otherwise must come to the same as torchvision's."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.rpn import RegionProposalNetwork
from torchvision.ops import MultiScaleRoIAlign

from training.inference import PyramidPool, refine_proposals
from training.model import CHANNELS, build_model

STRIDES = {"0": 4, "1": 8, "2": 16, "3": 32}
SHAPES = [(320, 480), (320, 480)]


def maps(seed: int, images: int = 2) -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return {
        name: torch.randn(images, CHANNELS, 320 // stride, 480 // stride, generator=generator)
        for name, stride in (*STRIDES.items(), ("pool", 64))
    }


def some_boxes(seed: int, count: int) -> Tensor:
    """Of all sizes, so that every level has some; the largest go beyond the picture."""
    generator = torch.Generator().manual_seed(seed)
    corner = torch.rand(count, 2, generator=generator) * torch.tensor([400.0, 250.0])
    size = 2 ** (3 + 7 * torch.rand(count, 2, generator=generator))
    return torch.cat([corner, corner + size], 1)


@pytest.mark.parametrize("counts", [(60, 3), (0, 5), (0, 0)])
def test_pool_equals_torchvisions(counts: tuple[int, int]) -> None:
    boxes = [some_boxes(i, count) for i, count in enumerate(counts)]
    expected = MultiScaleRoIAlign(list(STRIDES), 7, 2)(maps(1), boxes, SHAPES)
    pooled = PyramidPool(STRIDES, 7)(maps(1), boxes, SHAPES)
    torch.testing.assert_close(pooled, expected)
    if sum(counts) > 50:
        sides = (torch.cat(boxes)[:, 2:] - torch.cat(boxes)[:, :2]).prod(1).sqrt()
        assert len((sides / 112).log2().floor().clamp(-1, 2).unique()) == 4, "a level without boxes proves little"


@torch.inference_mode()
def test_proposals_equal_torchvisions() -> None:
    model = build_model(3, pretrained=False).eval()
    torch.manual_seed(2)
    for layer in (model.rpn.head.cls_logits, model.rpn.head.bbox_pred):
        torch.nn.init.normal_(layer.weight, std=0.1)
    images = ImageList(torch.zeros(2, 3, *SHAPES[0]), SHAPES)
    ours, _ = model.rpn(images, maps(3))
    theirs, _ = RegionProposalNetwork.forward(model.rpn, images, maps(3))
    assert [len(p) for p in ours] == [100, 100]
    for a, b in zip(ours, theirs, strict=True):
        torch.testing.assert_close(a, b)


@torch.inference_mode()
def test_refining_moves_each_proposal_to_its_likeliest_class() -> None:
    model = build_model(2, pretrained=False).eval()
    heads = model.roi_heads
    # Whatever is seen: class 2, a tenth of the width to the right and twice as wide; class 1 elsewhere.
    for layer in (heads.box_predictor.cls_score, heads.box_predictor.bbox_pred):
        torch.nn.init.zeros_(layer.weight)
    heads.box_predictor.cls_score.bias.copy_(torch.tensor([9.0, 1.0, 2.0]))
    moves = torch.zeros(3, 4)
    moves[1, 1], moves[2, 0], moves[2, 2] = 3.0, 1.0, 5 * torch.tensor(2.0).log()
    heads.box_predictor.bbox_pred.bias.copy_(moves.flatten())
    proposals = [torch.tensor([[100.0, 100, 140, 120], [440, 0, 480, 320]]), torch.zeros(0, 4)]
    _, refined, shapes, targets = refine_proposals(heads, (maps(4), proposals, SHAPES, None))
    torch.testing.assert_close(refined[0], torch.tensor([[84.0, 100, 164, 120], [424, 0, 480, 320]]))
    assert len(refined[1]) == 0
    assert shapes == SHAPES
    assert targets is None


def test_training_sees_proposals_as_they_are() -> None:
    model = build_model(2, pretrained=False).train()
    assert refine_proposals(model.roi_heads, (maps(5), [some_boxes(1, 4)], SHAPES[:1], None)) is None
