"""Networks are recognised by their weights, and what is none of them is named."""

from __future__ import annotations

import pytest
import torch
import torchvision
from torch import Tensor, nn
from torchvision.models.detection import (
    fasterrcnn_resnet50_fpn,
    maskrcnn_resnet50_fpn,
    maskrcnn_resnet50_fpn_v2,
)

from training.convert.architectures import TORCHVISION_RULE, build
from training.convert.convert import Options, choose_quantisation, input_rule, name_classes
from training.convert.errors import ConvertError
from training.convert.weights import Weights
from training.model import build_model
from training.preprocess import InputRule

HEAD = "roi_heads.box_predictor.cls_score.weight"
MASKS = "roi_heads.mask_predictor.mask_fcn_logits.weight"


def state_of(model: nn.Module) -> dict[str, Tensor]:
    return dict(model.state_dict())


def untrained(make: object, classes: int) -> dict[str, Tensor]:
    return state_of(make(weights=None, weights_backbone=None, num_classes=classes + 1))


@pytest.fixture(scope="module")
def resnet50() -> dict[str, Tensor]:
    return untrained(maskrcnn_resnet50_fpn, 2)


def seven(num_classes: int) -> nn.Module:
    """A network with a setting that is not among its weights."""
    return maskrcnn_resnet50_fpn(weights=None, weights_backbone=None, num_classes=num_classes, box_detections_per_img=7)


def test_resnet50_and_its_number_of_classes(resnet50: dict[str, Tensor]) -> None:
    network = build(Weights(resnet50))
    assert network.title == "torchvision's maskrcnn_resnet50_fpn"
    assert (network.classes, network.rule, network.is_depthwise) == (2, TORCHVISION_RULE, False)
    loaded = network.model.state_dict()
    assert all(torch.equal(loaded[k], v) for k, v in resnet50.items())


def test_resnet50_v2() -> None:
    network = build(Weights(untrained(maskrcnn_resnet50_fpn_v2, 4)))
    assert (network.title, network.classes) == ("torchvision's maskrcnn_resnet50_fpn_v2", 4)


def test_ours_with_the_input_rule_beside_it() -> None:
    rule = InputRule(shortSide=256)
    network = build(Weights(state_of(build_model(3, pretrained=False)), rule=rule.as_metadata()))
    assert (network.title, network.classes, network.rule) == ("this project's own network", 3, rule)
    assert network.is_depthwise


def test_variances_follow_the_weights_that_training_began_with(resnet50: dict[str, Tensor]) -> None:
    frozen = {k: v for k, v in resnet50.items() if not k.endswith("num_batches_tracked")}
    for start, eps in (("coco", 0.0), ("imagenet", 1e-5)):
        network = build(Weights(frozen), start=start)
        assert network.model.backbone.body.bn1.eps == eps
        assert any(f"--start {'imagenet' if start == 'coco' else 'coco'}" in one for one in network.assumed)


def test_a_whole_network_keeps_its_settings() -> None:
    module = seven(3)
    network = build(Weights(state_of(module), module))
    assert network.model.roi_heads.detections_per_img == 7


def test_a_builder_gives_what_weights_do_not_say(resnet50: dict[str, Tensor]) -> None:
    builder = f"{__name__}:seven"
    network = build(Weights(resnet50), builder)
    assert network.model.roi_heads.detections_per_img == 7
    assert torch.equal(network.model.state_dict()[HEAD], resnet50[HEAD])
    for wrong, sentence in (
        ("training.model", r'wants "module:function"'),
        ("nowhere:seven", "can't be imported"),
        ("torch.nn:Identity", "not a Mask R-CNN of torchvision's kind"),
    ):
        with pytest.raises(ConvertError, match=sentence):
            build(Weights(resnet50), wrong)


def test_heads_that_disagree(resnet50: dict[str, Tensor]) -> None:
    other = {**resnet50, MASKS: resnet50[MASKS][:2]}
    with pytest.raises(ConvertError, match="box head tells 2 classes apart, the mask head 1"):
        build(Weights(other))


def test_parts_and_other_shapes(resnet50: dict[str, Tensor]) -> None:
    part = {k: v for k, v in resnet50.items() if not k.startswith("rpn.head.conv")}
    with pytest.raises(ConvertError, match=r"\d+ are missing, the first is rpn.head.conv"):
        build(Weights(part))
    more = {**resnet50, "roi_heads.keypoint.weight": torch.ones(1)}
    with pytest.raises(ConvertError, match=r"there are 1 that it doesn't have, the first is roi_heads\.keypoint"):
        build(Weights(more))
    anchors = {**resnet50, "rpn.head.cls_logits.weight": torch.ones(5, 256, 1, 1)}
    with pytest.raises(ConvertError, match="5 anchors per place"):
        build(Weights(anchors))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (lambda: untrained(fasterrcnn_resnet50_fpn, 2), "boxes but no masks"),
        (lambda: state_of(torchvision.models.resnet18(weights=None)), "classification network .* 1000 classes"),
        (lambda: {"model.0.conv.weight": torch.ones(1)}, "YOLO.*yolo export"),
        (lambda: {"backbone.bottom_up.res2.weight": torch.ones(1)}, "Detectron2.*--builder"),
        (lambda: {"roi_head.bbox_head.fc.weight": torch.ones(1, 1)}, "MMDetection"),
        (lambda: {"classifier.4.weight": torch.ones(1, 1)}, "labels pixels"),
        (lambda: {"layer.weight": torch.ones(1)}, "not known: its 1 weights begin with layer.weight"),
    ],
)
def test_other_networks_are_named(state: object, sentence: str) -> None:
    with pytest.raises(ConvertError, match=sentence):
        build(Weights(state()))


def test_names_must_fit_the_weights() -> None:
    assert name_classes(["scratch", "dent"], 2) == [{"id": 1, "name": "scratch"}, {"id": 2, "name": "dent"}]
    assert [c["name"] for c in name_classes(None, 2)] == ["class 1", "class 2"]
    with pytest.raises(ConvertError, match=r"names 1 class \(scratch\), but the weights tell 2 apart"):
        name_classes(["scratch"], 2)
    with pytest.raises(ConvertError, match="a name of its own"):
        name_classes(["dent", "dent"], 2)


def test_sides_of_the_input() -> None:
    def rule(**given: float) -> tuple[int, int, float]:
        made = input_rule(TORCHVISION_RULE, Options(out="a.onnx", **given))
        return made.shortSide, made.longSide, made.maxUpscale

    assert rule() == (480, 800, 4.0)
    # A short side alone keeps torchvision's proportion.
    assert rule(short_side=300) == (300, 500, 4.0)
    assert rule(short_side=300, long_side=320, max_upscale=1.0) == (300, 320, 1.0)
    for wrong in ({"short_side": 16}, {"long_side": 100}, {"max_upscale": -1}):
        with pytest.raises(ConvertError, match="must"):
            rule(**wrong)


def test_quantisation_is_what_is_faster_for_the_network(resnet50: dict[str, Tensor], tmp_path: object) -> None:
    dense = build(Weights(resnet50))
    depthwise = build(Weights(state_of(build_model(2, pretrained=False)), rule=InputRule().as_metadata()))
    calibrated = Options(out="a.onnx", calibrate=tmp_path)
    assert choose_quantisation(dense, Options(out="a.onnx")) == "weights"
    assert choose_quantisation(dense, calibrated) == "qdq"
    assert choose_quantisation(depthwise, calibrated) == "weights"
    assert choose_quantisation(dense, Options(out="a.onnx", calibrate=tmp_path, keep_float=True)) == "none"
