"""What the command says is true of what it was asked for."""

from dataclasses import replace

import numpy as np
import pytest

from training.convert.architectures import TORCHVISION_RULE
from training.convert.report import describe_agreement, describe_input
from training.convert.verify import Agreement, Match, faults


@pytest.mark.parametrize(
    ("short", "long", "said"),
    [(480, 800, "2.8 times as many"), (320, 533, "6.3 times as many"), (800, 1333, None), (1000, 1600, None)],
)
def test_how_much_longer_torchvisions_size_takes_follows_from_the_sizes(
    short: int, long: int, said: str | None
) -> None:
    text = describe_input(replace(TORCHVISION_RULE, shortSide=short, longSide=long), is_torchvision=True)
    assert (said in text) if said else ("800" not in text.split("times at most.")[1])


def test_nothing_is_said_of_torchvision_where_the_network_is_none_of_its_own() -> None:
    assert "torchvision" not in describe_input(TORCHVISION_RULE, is_torchvision=False)


@pytest.mark.parametrize(("score", "is_said"), [(0.12, True), (0.9, False)])
def test_a_network_that_is_as_good_as_undecided_is_told_from_one_that_rounding_ruins(
    score: float, is_said: bool
) -> None:
    agreement = Agreement(3, [score] * 20, 0, [Match(0.0, 0.1, 0.99)] * 10)
    wrong = faults(agreement, "weights")
    assert len(wrong) == 1
    text = describe_agreement(agreement, "weights", wrong)
    assert text.startswith("UNDECIDED" if is_said else "WRONG")
    assert ("hardly trained" in text) == is_said
    assert ("--float" in text) != is_said


def test_a_float_file_that_is_off_is_never_blamed_on_training() -> None:
    agreement = Agreement(3, [0.12] * 20, 0, [Match(float(np.float32(0.5)), 9, 0.1)] * 20)
    assert "hardly trained" not in describe_agreement(agreement, "none", faults(agreement, "none"))
