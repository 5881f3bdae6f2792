"""The network's own pieces: losses and scores."""

import torch
from hypothesis import given
from hypothesis import strategies as st
from torchvision.models.detection._utils import BoxCoder
from torchvision.ops import generalized_box_iou_loss

from training.model import BOX_WEIGHTS, pad_image, rescore, unit_boxes


def found(boxes: list[list[float]], scores: list[float], labels: list[int], mask: float = 1.0) -> dict:
    return {
        "boxes": torch.tensor(boxes).reshape(-1, 4),
        "scores": torch.tensor(scores),
        "labels": torch.tensor(labels, dtype=torch.int64),
        "masks": torch.full((len(scores), 1, 28, 28), mask),
    }


def test_a_part_of_a_better_detection_loses_half() -> None:
    whole, part, beside = [0.0, 0, 100, 20], [10.0, 5, 30, 15], [0.0, 50, 100, 70]
    scores = rescore(found([whole, part, beside], [0.9, 0.8, 0.7], [1, 1, 1]))["scores"]
    torch.testing.assert_close(scores, torch.tensor([0.9, 0.4, 0.7]))


def test_other_classes_do_not_matter_and_overlap_counts_by_its_share() -> None:
    boxes = [[0.0, 0, 10, 10], [5.0, 0, 15, 10], [0.0, 0, 10, 10]]
    scores = rescore(found(boxes, [0.9, 0.8, 0.7], [1, 1, 2]))["scores"]
    torch.testing.assert_close(scores, torch.tensor([0.9, 0.8 * 0.75, 0.7]))


def test_a_mask_weighs_in_and_an_empty_one_is_nothing() -> None:
    box = [[0.0, 0, 10, 10]]
    torch.testing.assert_close(rescore(found(box, [0.8], [1], 0.75))["scores"], torch.tensor([0.6]))
    assert rescore(found(box, [0.8], [1], 0.3))["scores"].tolist() == [0]


def test_nothing_found_is_fine() -> None:
    assert rescore(found([], [], []))["scores"].shape == (0,)


corner = st.floats(0, 80)
side = st.floats(4, 100)
box = st.tuples(corner, corner, side, side).map(lambda b: [b[0], b[1], b[0] + b[2], b[1] + b[3]])


@given(box, box, box)
def test_iou_in_units_of_the_proposal_is_iou(proposal: list[float], first: list[float], second: list[float]) -> None:
    """The loss sees offsets only: it must get the same overlap as from the boxes."""
    coder = BoxCoder(BOX_WEIGHTS)
    boxes = [torch.tensor([b], dtype=torch.float64) for b in (proposal, first, second)]
    offsets = [coder.encode_single(b, boxes[0]) for b in boxes[1:]]
    expected = generalized_box_iou_loss(boxes[1], boxes[2])
    torch.testing.assert_close(
        generalized_box_iou_loss(*(unit_boxes(o) for o in offsets)), expected, atol=1e-4, rtol=1e-4
    )


def test_padding_is_padding_in_either_memory_order() -> None:
    x = torch.rand(2, 3, 5, 7)
    expected = torch.nn.functional.pad(x, (0, 1, 0, 1))
    torch.testing.assert_close(pad_image(x, 0, 1), expected)
    torch.testing.assert_close(pad_image(x.contiguous(memory_format=torch.channels_last), 0, 1), expected)
