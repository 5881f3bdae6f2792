import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from training.preprocess import InputRule, load_photo, network_input

sides = st.integers(1, 6000)


@given(sides, sides)
def test_size_stays_within_the_rule(width: int, height: int) -> None:
    rule = InputRule()
    w, h = rule.size(width, height)
    scale = rule.scale(width, height)
    assert scale <= rule.maxUpscale
    assert max(w, h) <= rule.longSide
    assert min(w, h) <= rule.shortSide
    padded = rule.padded(w, h)
    assert all(p % rule.stride == 0 and 0 <= p - s < rule.stride for p, s in zip(padded, (w, h), strict=True))


@pytest.mark.parametrize(
    ("photo", "size"),
    [
        ((200, 200), (320, 320)),
        ((100, 120), (160, 192)),
        ((1540, 645), (764, 320)),
        ((4000, 3000), (427, 320)),
        ((2745, 969), (907, 320)),
    ],
)
def test_known_photos(photo: tuple[int, int], size: tuple[int, int]) -> None:
    assert InputRule().size(*photo) == size


def test_padding_is_grey_and_opaque() -> None:
    pixels, scale = network_input(Image.new("RGB", (70, 50), (10, 20, 30)), InputRule())
    assert pixels.shape == (96, 128, 4)
    assert scale == 1.6
    assert pixels[79, 111].tolist() == [10, 20, 30, 255]
    assert pixels[80, 0].tolist() == [128, 128, 128, 255]
    assert pixels[0, 112].tolist() == [128, 128, 128, 255]


def test_exif_orientation_is_honoured(tmp_path) -> None:
    image = Image.fromarray(np.arange(40 * 20 * 3, dtype=np.uint8).reshape(20, 40, 3))
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.jpg", exif=exif)
    assert load_photo(tmp_path / "turned.jpg").size == (20, 40)
